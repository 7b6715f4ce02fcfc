"""``gedigen template`` writes forms and workbooks, takes both kinds of file, and says what is wrong with a code of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.cli import main
from forms.reading import read_template
from resources import path

PROJECT = path("templates", "partner-project.yaml")


def test_a_workbook_that_was_exported_checks_with_the_same_hash(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "own.xlsx"
    assert main(["--language", "en", "template", "export", "partner-project", "--out", str(out)]) == 0
    assert capsys.readouterr().out.strip() == str(out.resolve())
    assert main(["--language", "en", "template", "check", str(out)]) == 0
    assert f"sha256 {read_template(PROJECT).hash}" in capsys.readouterr().out


def test_a_template_goes_from_workbook_to_yaml_and_stays_the_same(tmp_path: Path) -> None:
    book, text = tmp_path / "own.xlsx", tmp_path / "own.yaml"
    assert main(["template", "export", str(PROJECT), "--out", str(book)]) == 0
    assert main(["template", "export", str(book), "--out", str(text)]) == 0
    assert read_template(text).hash == read_template(PROJECT).hash


def test_a_form_is_written_in_the_language_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["--language", "en", "template", "form", "psea-six-standards", "--form-language", "sv"]) == 0
    (written,) = tmp_path.glob("*.pdf")
    assert written.name.startswith("psea-six-standards-")
    assert written.name.endswith("-sv.pdf")
    assert written.read_bytes().startswith(b"%PDF-1.7")
    assert capsys.readouterr().out.strip() == str(written.resolve())


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["form", "nobody"], 66, "There is no bundled template “nobody”; there are: "),
        (["form", "partner-project", "--scope", "huge"], 64, "has no scope “huge”; there are: light"),
        (["form", "partner-project", "--form-language", "xx"], 64, "is not in “xx”; its languages are: sv, en"),
        (["export", "partner-project", "--out", "a.docx"], 64, "not as “.docx”"),
        (["export", "partner-project", "--out", "/nowhere/at/all/a.xlsx"], 66, "could not be written"),
        (["form", "missing.xlsx"], 66, "there is no such file"),
    ],
)
def test_what_cannot_be_done_is_said(arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "en", "template", *arguments]) == code
    assert said in capsys.readouterr().err


def test_a_workbook_with_an_error_names_the_cell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import openpyxl

    out = tmp_path / "own.xlsx"
    main(["template", "export", "partner-project", "--out", str(out)])
    book = openpyxl.load_workbook(out)
    book["questions"]["A2"].value = "nowhere"
    book.save(out)
    capsys.readouterr()
    assert main(["--language", "en", "template", "check", str(out)]) == 1
    assert capsys.readouterr().err.strip() == "own.xlsx: sheet “questions”, cell A2: there is no section “nowhere”"
    (tmp_path / "own.docx").write_bytes(b"x")
    assert main(["--language", "en", "template", "check", str(tmp_path / "own.docx")]) == 1
    assert "neither YAML" in capsys.readouterr().err
