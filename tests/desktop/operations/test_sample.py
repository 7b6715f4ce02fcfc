"""What the sample promises: two invented cases, worked through by the real operations, in each language."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.cli import main
from desktop.operations.sample import PASSPHRASE
from desktop.reports.verdict import verdict_from_json
from models import vault


@pytest.fixture(scope="module", params=["sv", "en"])
def demonstration(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    folder = tmp_path_factory.mktemp("demo")
    assert main(["--language", request.param, "demo", "--folder", str(folder)]) == 0
    return request.param, folder


def test_the_demonstration_leaves_a_vault_a_report_and_a_root_certificate(demonstration: tuple[str, Path]) -> None:
    language, folder = demonstration
    assert sorted(path.suffix for path in folder.iterdir()) == [".gedigen", ".pdf", ".pem"]
    assert next(folder.glob("*.pdf")).stem.endswith(f"-{language}")


def test_the_report_is_valid_with_the_root_and_incomplete_without(
    demonstration: tuple[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    _, folder = demonstration
    report = str(next(folder.glob("*.pdf")))
    assert main(["--language", "en", "verify", report, "--root", str(folder / "organisation-root.pem"), "--json"]) == 0
    verdict = verdict_from_json(capsys.readouterr().out)
    assert [one.field for one in verdict.signatures] == ["Caseworker", "Reviewer", "Chair"]
    assert main(["--language", "en", "verify", report]) == 2
    assert "not tied to a known organisation" in capsys.readouterr().out


def test_the_reports_of_the_sample_can_be_taken_out_of_the_vault_again(
    demonstration: tuple[str, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _, folder = demonstration
    monkeypatch.setattr("getpass.getpass", lambda _prompt: PASSPHRASE)
    out = tmp_path / "again.pdf"
    assert main(["--language", "en", "report", "2026-002", "--vault", str(folder / "Sample.gedigen"), "--out", str(out)]) == 0
    assert out.read_bytes() == next(folder.glob("*.pdf")).read_bytes()


def test_a_sample_is_never_made_over_another(demonstration: tuple[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    _, folder = demonstration
    assert main(["--language", "en", "demo", "--folder", str(folder)]) != 0
    assert capsys.readouterr().err
    with vault.open_vault(folder=folder / "Sample.gedigen", passphrase=PASSPHRASE, use_keyring=False) as opened:
        assert opened.damaged_files() == ()
