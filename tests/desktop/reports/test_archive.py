"""The archive form: same content, same bytes; structure, bookmarks, links, fields and the record inside."""

from __future__ import annotations

import io
import itertools
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from desktop.reports import styles
from desktop.reports.archive import finish
from desktop.reports.flowables import TaggedParagraph
from desktop.reports.fonts import register_fonts
from tests.desktop.reports import samples
from tests.desktop.reports.samples import NOW, begin, every_block

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def pdf() -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(finish(every_block(), now=NOW, payload=b'{"a":1}')))


def elements(node: Any) -> list[Any]:
    """List all structure elements in reading order."""
    found = [node] if "/S" in node else []
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and child.get("/Type") == pikepdf.Name.StructElem:
            found += elements(child)
    return found


def test_the_same_content_and_time_give_the_same_bytes_in_two_processes() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    digests = {
        subprocess.run(
            [sys.executable, samples.__file__], env={**environment, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_another_time_gives_other_bytes() -> None:
    layout = [every_block(), every_block()]
    assert finish(layout[0], now=NOW) != finish(layout[1], now=NOW + timedelta(seconds=1))


def test_headings_skip_no_level_and_each_has_a_bookmark(pdf: pikepdf.Pdf) -> None:
    levels = [int(str(one.S)[2:]) for one in elements(pdf.Root.StructTreeRoot) if str(one.S) in ("/H1", "/H2", "/H3")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    with pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Blåklint", "Profile"]
        assert [item.title for item in outline.root[1].children] == ["Sections", "Signatures"]


def test_a_table_over_pages_is_one_table_whose_header_is_tagged_once(pdf: pikepdf.Pdf) -> None:
    tables = [one for one in elements(pdf.Root.StructTreeRoot) if pikepdf.Name.Table == one.S]
    long = max(tables, key=lambda one: len(one.K))
    assert len(long.K) == 71
    headers = [one for one in elements(long) if one.S == pikepdf.Name.TH]
    assert [str(one.A.Scope) for one in headers[:4]] == ["/Column"] * 4
    assert {str(one.A.Scope) for one in headers[4:]} == {"/Row"}
    assert all(isinstance(one.K, pikepdf.Dictionary) for one in elements(long) if one.S == pikepdf.Name.P)


def test_the_figure_says_what_the_chart_says(pdf: pikepdf.Pdf) -> None:
    (figure,) = (one for one in elements(pdf.Root.StructTreeRoot) if pikepdf.Name.Figure == one.S)
    assert str(figure.Alt) == samples.chart().sentence


def test_signature_fields_stand_directly_under_their_form_element(pdf: pikepdf.Pdf) -> None:
    forms = [one for one in elements(pdf.Root.StructTreeRoot) if pikepdf.Name.Form == one.S]
    assert [str(one.K.Obj.T) for one in forms] == ["Caseworker", "Reviewer", "Chair"]
    assert [str(one.T) for one in pdf.Root.AcroForm.Fields] == ["Caseworker", "Reviewer", "Chair"]


def test_the_record_travels_inside_as_data(pdf: pikepdf.Pdf) -> None:
    assert pdf.attachments["assessment.json"].get_file().read_bytes() == b'{"a":1}'
    assert pdf.Root.AF[0].AFRelationship == pikepdf.Name.Data


def text_of(content: bytes, tmp_path: Path, *options: str) -> str:
    file = tmp_path / "report.pdf"
    file.write_bytes(content)
    return subprocess.run(["pdftotext", *options, str(file), "-"], capture_output=True, text=True, check=True).stdout


def test_what_is_read_out_is_what_was_written(tmp_path: Path) -> None:
    text = text_of(finish(every_block(), now=NOW), tmp_path)
    assert "A grant of SEK 2 400 000 & <nothing> else." in " ".join(text.split())
    assert "Page 1 of " in text
    assert "[text in Khmer script, not printed]" in text


def test_no_page_is_empty_and_no_table_row_stands_alone(tmp_path: Path) -> None:
    for rows in range(20, 60):
        report = begin()
        report.title("Rows")
        report.table([samples.Column("Number"), samples.Column("Name")], [[f"row{n}", "x"] for n in range(rows)])
        layout = report.lay_out()
        per_page = [
            sum(1 for line in page if line.tag == "P" and line.parent is not None and line.parent.tag == "TD") for page in layout.marks
        ]
        assert min(per_page) >= 2, (rows, per_page)


def test_text_longer_than_a_page_is_set_wherever_it_stands() -> None:
    words = "word " * 2000
    report = begin()
    report.title("Long")
    report.paragraph(words)
    report.bullets([words])
    report.table([samples.Column("Number"), samples.Column("Text", 5)], [["1", words], ["2", "x" * 900], ["3", None]])
    report.key_values([("Key", words)])
    with report.callout("stop", "Title"):
        report.paragraph(words)
        report.bullets(["one", words])
    assert report.lay_out().pages > 6


def test_a_heading_never_ends_a_page() -> None:
    for filling in range(30, 48):
        report = begin()
        report.title("Headings")
        for _ in range(filling):
            report.space(14.5)
        report.heading(1, "Alone?")
        report.heading(2, "Still alone?")
        report.table([samples.Column("A"), samples.Column("B")], [["1", "2"]] * 30)
        layout = report.lay_out()
        pages = [
            next(mark.page for mark in one.children if hasattr(mark, "number"))
            for page in layout.marks
            for one in page
            if one.tag in ("H1", "H2")
        ]
        cells = [
            number for number, page in enumerate(layout.marks) if any(one.parent is not None and one.parent.tag == "TD" for one in page)
        ]
        assert pages[-1] == cells[0], filling


def test_a_skipped_heading_level_is_refused() -> None:
    report = begin()
    with pytest.raises(ValueError, match="level"):
        report.heading(2, "Too deep")


def test_unprintable_letters_are_listed_and_said() -> None:
    report = begin()
    report.title("បណ្តាញ network")
    assert report.unprintable
    assert "text in Khmer script" in report.lay_out().bookmarks[0].title


@pytest.mark.parametrize("bold", [False, True])
def test_a_word_broken_at_its_hyphen_keeps_it_however_often_a_paragraph_is_measured_and_split(bold: bool) -> None:
    register_fonts()
    text = "Peut-être sont-ils là-bas, a-t-il vu le sud-ouest de Saint-Étienne-du-Rouvray et le procès-verbal ? " * 4
    for width in range(60, 240, 7):
        paragraph = TaggedParagraph(f"<b>K</b> {text}" if bold else text, styles.CELL_DENSE)
        paragraph.wrap(width + 31, 1000)
        paragraph.wrap(width, 1000)
        pending, said = [paragraph], ""
        while pending:
            part, *rest = pending.pop(0).split(width, 60)
            pending += rest
            part.wrap(width, 1000)
            lines = part.blPara.lines
            said += "".join("".join(line[1]) if isinstance(line, tuple) else "".join(one.text for one in line.words) for line in lines)
        assert said.replace(" ", "") == ("K" if bold else "") + text.replace(" ", "")
