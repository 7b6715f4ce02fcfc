"""``gedigen report --kind comparison``: a partner over the years, written from a vault without a window."""

from __future__ import annotations

import getpass
import json
from pathlib import Path

import pytest

from desktop.cli import main
from models import vault
from tests.models.conftest import ASA, SmallCase, asa, cost, folder, opened, rut, small_case  # noqa: F401
from tests.models.four_years import four_years

NAME = "källvattnets vänner (påhittad)"


@pytest.fixture
def run(small_case: SmallCase, opened: vault.Vault, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # noqa: F811
    """Run the program on a vault with four years that is closed before; gives exit code, what was printed and what was said."""
    four_years(small_case)
    place = opened.folder
    opened.close()
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: ASA)

    def go(*arguments: str) -> tuple[int, str, str]:
        code = main(["--language", "en", "report", "--kind", "comparison", *arguments, "--vault", str(place)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return go


def test_a_comparison_is_made_by_a_person_and_written_again_by_nobody(run, tmp_path: Path) -> None:
    out = tmp_path / "years.pdf"
    code, printed, _ = run("--partner", NAME, "--by", "Åsa Ek", "--report-language", "sv", "--out", str(out))
    assert (code, json.loads(printed)["revision"]) == (0, 0)
    again = run("--partner", NAME, "--report-language", "sv", "--out", str(tmp_path / "again.pdf"))
    assert again[0] == 0
    assert (tmp_path / "again.pdf").read_bytes() == out.read_bytes()


def test_chosen_cases_make_another_one_for_an_archive_under_its_own_name(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    chosen = ("--compare", "2030-001", "--compare", "2026-001")
    code, printed, said = run("--partner", NAME, *chosen, "--archive", "2a", "--by", "Åsa Ek", "--report-language", "en")
    assert code == 0, said
    assert json.loads(printed)["file"].endswith("-comparison-2026-2030-en-pdfa-2a.pdf")


def test_without_a_person_what_has_not_been_made_is_not_written(run, tmp_path: Path) -> None:
    code, _, said = run("--partner", NAME, "--out", str(tmp_path / "years.pdf"))
    assert (code, (tmp_path / "years.pdf").exists()) == (2, False)
    assert "has not been made" in said


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        ([], 64, "--partner NAME"),
        (["2026-001", "--partner", NAME], 64, "neither a case number"),
        (["--partner", "Nobody"], 66, "no partner called Nobody"),
        (["--partner", NAME, "--compare", "2099-001"], 66, "has no case 2099-001"),
        (["--partner", NAME, "--compare", "2026-001"], 70, "takes two"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_the_reason(run, arguments: list[str], code: int, reason: str) -> None:
    ended, printed, said = run(*arguments)
    assert (ended, printed) == (code, "")
    assert reason in said


def test_other_kinds_take_no_partner(run, capsys: pytest.CaptureFixture[str]) -> None:
    ended, _, said = run("--kind", "board", "2026-001", "--partner", NAME)
    assert (ended, "go with --kind comparison" in said) == (64, True)
