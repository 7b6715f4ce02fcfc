"""What the command line promises: exit codes and sentences."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.cli import main
from resources import path


def test_a_good_template_is_named_with_its_hash(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "en", "template", "check", str(path("templates", "partner-project.yaml"))]) == 0
    out = capsys.readouterr().out
    assert "partner-project" in out
    assert "sha256 " in out


def test_a_bad_template_is_refused_with_file_and_path(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(path("templates", "partner-project.yaml").read_text("utf-8").replace("rules: 1", "rules: 1\nrulez: 2", 1), "utf-8")
    assert main(["--language", "en", "template", "check", str(bad)]) == 1
    assert "bad.yaml" in (said := capsys.readouterr().err)
    assert "rulez" in said


@pytest.mark.parametrize("arguments", [["verify"], ["nonsense"], ["template"], ["verify", "a.pdf", "--root", "x", "--vault", "y"]])
def test_wrong_usage_ends_with_64(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 64


@pytest.mark.parametrize("content", [b"", b"not a PDF at all", b"%PDF-1.7\n%broken"])
def test_what_is_not_a_report_is_unreadable(tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(content)
    assert main(["--language", "en", "verify", str(file)]) == 66
    assert capsys.readouterr().out.startswith("UNREADABLE")


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    assert main(["--language", "en", "verify", str(tmp_path / "none.pdf")]) == 66
    assert main(["--language", "en", "template", "check", str(tmp_path / "none.yaml")]) == 66


@pytest.mark.parametrize("pem", [b"", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_a_root_certificate_that_is_none_is_said_plainly(tmp_path: Path, pem: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    root, file = tmp_path / "root.pem", tmp_path / "x.pdf"
    root.write_bytes(pem)
    file.write_bytes(b"%PDF-1.7")
    assert main(["--language", "en", "verify", str(file), "--root", str(root)]) == 66
    assert capsys.readouterr().err


def test_the_language_follows_the_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for code in ("sv_SE.UTF-8", "en_GB.UTF-8"):
        monkeypatch.setenv("LC_ALL", code)
        main(["template", "check", str(tmp_path / "none.yaml")])
        said.append(capsys.readouterr().err)
    assert said[0] != said[1]


def test_when_nobody_reads_the_output_any_more_it_ends_without_a_word() -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "desktop", "template", "check", str(path("templates", "project-review.yaml"))]
    ended = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, cwd=path().parent, check=False)
    os.close(write)
    assert (ended.returncode, ended.stderr) == (141, b"")
