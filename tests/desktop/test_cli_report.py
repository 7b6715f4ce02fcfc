"""``gedigen report``: documents of a case or of all cases, written from a vault without a window."""

from __future__ import annotations

import getpass
import json
from pathlib import Path

import pytest

from desktop.cli import main
from desktop.operations import sealing
from models import vault
from tests.models.conftest import ASA, SmallCase, asa, cost, folder, opened, rut, small_case  # noqa: F401


@pytest.fixture
def run(small_case: SmallCase, opened: vault.Vault, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # noqa: F811
    """Run the program on a vault that is closed before; gives exit code, what was printed and what was said."""
    small_case.agree()
    sealing.seal_assessment(actor=small_case.asa, assessment_id=small_case.assessment)
    number, place = small_case.file().card.case_number, opened.folder
    opened.close()
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: ASA)

    def go(*arguments: str) -> tuple[int, str, str]:
        given = [number if one == "CASE" else one for one in arguments]
        code = main(["--language", "en", "report", *given, "--vault", str(place)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return go


def test_a_board_page_is_made_by_a_person_and_written(run, tmp_path: Path) -> None:
    out = tmp_path / "page.pdf"
    code, printed, _ = run("CASE", "--kind", "board", "--by", "Åsa Ek", "--report-language", "sv", "--out", str(out))
    assert code == 0
    assert json.loads(printed)["revision"] == 0
    assert out.read_bytes().startswith(b"%PDF-")
    again = run("CASE", "--kind", "board", "--report-language", "sv", "--out", str(tmp_path / "again.pdf"))
    assert again[0] == 0
    assert (tmp_path / "again.pdf").read_bytes() == out.read_bytes()


def test_without_a_person_what_has_not_been_made_is_not_written(run, tmp_path: Path) -> None:
    code, _, said = run("CASE", "--kind", "board", "--out", str(tmp_path / "page.pdf"))
    assert (code, (tmp_path / "page.pdf").exists()) == (2, False)
    assert "has no report in that language yet" in said


def test_a_public_record_tells_its_warning_before_anything_else(run, tmp_path: Path) -> None:
    code, _, said = run("CASE", "--kind", "public", "--by", "Åsa Ek", "--out", str(tmp_path / "public.pdf"))
    assert (code, (tmp_path / "public.pdf").exists()) == (64, False)
    assert "cannot be called back" in said
    code, _, _ = run(
        "CASE", "--kind", "public", "--by", "Åsa Ek", "--confirm", "--report-language", "en", "--out", str(tmp_path / "public.pdf")
    )
    assert (code, (tmp_path / "public.pdf").exists()) == (0, True)


def test_a_feedback_for_an_archive_says_so_in_its_name(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, printed, _ = run("CASE", "--kind", "feedback", "--archive", "2a", "--show", "judged", "--by", "Åsa Ek", "--report-language", "sv")
    assert code == 0
    assert json.loads(printed)["file"].endswith("-återkoppling-sv-pdfa-2a.pdf")


def test_all_are_written_to_a_folder_that_is_made(run, tmp_path: Path) -> None:
    code, printed, said = run("--all", "--folder", str(tmp_path / "new"), "--kind", "board", "--by", "Åsa Ek")
    assert code == 0
    assert {Path(one["file"]).name[-6:] for one in json.loads(printed)} == {"sv.pdf", "en.pdf"}
    assert said.endswith("2/2\n")
    assert {one.name for one in (tmp_path / "new").iterdir()} == {Path(one["file"]).name for one in json.loads(printed)}


def test_a_folder_that_cannot_be_made_is_said_and_nothing_is_written(run, tmp_path: Path) -> None:
    code, printed, said = run("--all", "--folder", str(tmp_path / "no" / "such"), "--kind", "board", "--by", "Åsa Ek")
    assert (code, json.loads(printed), (tmp_path / "no").exists()) == (2, [], False)
    assert "could not be written" in said


@pytest.mark.parametrize("arguments", [[], ["--all"], ["CASE", "--all", "--folder", "."]])
def test_neither_a_case_nor_all_is_wrong_usage(run, arguments: list[str]) -> None:
    assert run(*arguments)[0] == 64


def test_nobody_by_that_name_makes_nothing(run, tmp_path: Path) -> None:
    code, _, said = run("CASE", "--kind", "board", "--by", "Nobody", "--out", str(tmp_path / "page.pdf"))
    assert (code, "nobody called Nobody" in said) == (70, True)
