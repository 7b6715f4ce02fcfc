"""Answers that are tables are printed as tables: header cells, sums, ratios with their remarks, in the reader's language."""

from __future__ import annotations

import io
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pikepdf
import pytest

from desktop.language import language
from desktop.reports.content import render
from forms.answers import Answer
from forms.reading import read_template
from forms.template import Perspective, RequiredLevel
from models.cards import AssessmentFile
from tests.desktop.reports.sample_file import sample_file

MORE = Path(__file__).parents[1] / "assessment/more/more-kinds.yaml"
FIGURES = (("100000 SEK", "90000 SEK", None, "clean"), ("80000 SEK", None, None, None), ("50000 SEK", "60000 SEK", "30000 SEK", None))


@cache
def _file() -> AssessmentFile:
    given = {
        "more.figures": Answer("answered", FIGURES, known="seen"),
        "more.whom": Answer("answered", ("children", "farmers"), known="said"),
        "more.licence": Answer("answered", ("Permit", "2020-01-31", "2022-01-31"), known="seen"),
    }
    return sample_file(read_template(MORE), sealed=False, overrides=given)


@cache
def _pdf(code: str) -> bytes:
    return render(_file(), language(code), organisation="Brunnstiftelsen (påhittad)")


def _words(code: str) -> str:
    made = subprocess.run(["pdftotext", "-raw", "-", "-"], input=_pdf(code), capture_output=True, check=True)
    return " ".join(made.stdout.decode().split())


@pytest.mark.parametrize(
    "words",
    [
        "3 rows, printed below as a table",
        "Amounts in SEK.",
        "Latest year 1,000 900 – Unqualified",
        "Sum 2,300 1,500",
        "Surplus as a share of income Latest year: 10.0% No deficit.",
        "The year before: – a figure is missing",
        "Two years before: 60.0% Depends on one donor.",
        "Children and young people; Smallholders",
        "Permit, dated 31 Jan 2020, expired 31 Jan 2022",
        "Documents that had expired • Permit, expired 31 Jan 2022 (question 5)",
        "Kenya",
        "Who",
    ],
)
def test_the_record_says_what_the_answers_say(words: str) -> None:
    assert words in _words("en").replace("\N{NO-BREAK SPACE}", " ")


def test_a_swedish_report_writes_the_figures_as_swedes_do() -> None:
    assert "Senaste året 1 000 900 – Utan anmärkning" in _words("sv").replace("\N{NO-BREAK SPACE}", " ")


def _tables(pdf: bytes) -> list[Any]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found: list[Any] = []

        def walk(element: Any) -> None:
            if not isinstance(element, pikepdf.Dictionary):
                return
            if element.get("/S") == "/Table":
                found.append([[str(cell.S) for cell in _kids(row)] for row in _kids(element) if str(row.get("/S")) == "/TR"])
            for kid in _kids(element):
                walk(kid)

        walk(
            opened.Root.StructTreeRoot.K if not isinstance(opened.Root.StructTreeRoot.K, pikepdf.Array) else opened.Root.StructTreeRoot.K[0]
        )
        return found


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K") if isinstance(element, pikepdf.Dictionary) else None
    if kids is None:
        return []
    return [kid for kid in (kids if isinstance(kids, pikepdf.Array) else [kids]) if isinstance(kid, pikepdf.Dictionary)]


def test_a_table_is_tagged_with_header_cells_for_columns_and_rows() -> None:
    figures = next(rows for rows in _tables(_pdf("en")) if rows and rows[0] == ["/TH"] * 5 and len(rows) == 5)
    assert all(row == ["/TH", "/TD", "/TD", "/TD", "/TD"] for row in figures[1:])


def test_each_heading_within_a_section_shows_its_part_of_the_sum() -> None:
    said = _words("en")
    assert "Work 2 / 2 5 / 8" in said
    assert "– Who 1 / 1 3 / 4" in said
    assert "– How 1 / 1 2 / 4" in said


def test_the_questions_that_bear_on_a_perspective_are_named_by_number() -> None:
    template = read_template(MORE)
    seen = Perspective(id="rights", text={"sv": "Rättigheter", "en": "Rights"}, questions=["more.order", "more.seat"])
    file = sample_file(
        msgspec.structs.replace(template, perspectives=[seen], required={"light": RequiredLevel(ordinary=4, key=4)}), sealed=False
    )
    pdf = render(file, language("en"), organisation="Brunnstiftelsen (påhittad)")
    made = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    assert "Rights 2, 3 2" in " ".join(made.stdout.decode().split())
