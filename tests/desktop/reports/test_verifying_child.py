"""A hostile file cannot take the program down: it is verified in a child process with limits."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from desktop.reports.verifying_child import CHILD_ARGUMENT, is_child_call, run_limited, verified
from tests.desktop.reports.conftest import Signed


def test_the_child_gives_the_verdict_wherever_it_is_started(reports: Signed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "report ö.pdf"
    file.write_bytes(reports.two)
    verdict = run_limited(Path(file.name), root_pem=reports.root.pem)
    assert (verdict.status, verdict.file.name, len(verdict.signatures)) == ("valid", "report ö.pdf", 2)


def test_who_verified_is_another_process_of_this_program(reports: Signed, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(reports.two)
    told = verified(file, root_pem=reports.root.pem)
    assert told.verdict.status == "valid"
    assert told.program == sys.executable
    assert told.process not in (0, os.getpid())
    late = verified(file, root_pem=None, seconds=0.01)
    assert (late.program, late.process) == ("", 0)


def test_too_little_time_is_unreadable(reports: Signed, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(reports.two)
    verdict = run_limited(file, root_pem=None, seconds=0.01)
    assert (verdict.status, verdict.exit_code) == ("unreadable", 66)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a process's memory")
def test_a_file_that_asks_for_too_much_memory_is_never_valid(reports: Signed, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(reports.two)
    assert run_limited(file, root_pem=reports.root.pem, memory_bytes=40_000_000).status == "unreadable"


def test_a_huge_file_is_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "huge.pdf"
    with file.open("wb") as opened:
        opened.write(b"%PDF-1.7\n")
        os.truncate(opened.fileno(), 2_000_000_000)
    verdict = run_limited(file, root_pem=None)
    assert verdict.status == "unreadable"
    assert "larger than" in verdict.sentences[0].message


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    assert run_limited(tmp_path / "none.pdf", root_pem=None).status == "unreadable"


def test_the_frozen_program_knows_when_it_is_the_child() -> None:
    assert is_child_call([CHILD_ARGUMENT])
    assert not is_child_call(["verify", "file.pdf"])
