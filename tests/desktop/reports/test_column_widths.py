"""Columns are as wide as what stands in them needs: no status on two lines, room where the words are, a place to write kept."""

from __future__ import annotations

import pytest
from reportlab.platypus import Flowable

from desktop.reports import styles
from desktop.reports.column_widths import column_widths
from desktop.reports.flowables import BlankSpace, TaggedParagraph
from desktop.reports.fonts import register_fonts
from desktop.reports.layout import Column, ReportBuilder
from desktop.reports.tables import cell_paragraph
from desktop.reports.tagging import Element
from desktop.reports.texts import Blank, Paragraphs, StatusWord
from tests.desktop.reports.editorial import faults
from tests.desktop.reports.page_reading import read_pages
from tests.desktop.reports.samples import begin

LONG = "Words that go on and on, as a comment does that tells what was seen and by whom. " * 6
WIDTH = 480.0


@pytest.fixture(autouse=True)
def _typefaces() -> None:
    register_fonts()


def words(text: str) -> TaggedParagraph:
    return TaggedParagraph(text, styles.CELL_DENSE, Element("P"))


def status(word: str) -> Flowable | list[Flowable] | None:
    return cell_paragraph(StatusWord("significant", word), style=styles.CELL_DENSE, element=Element("TD"), printable=str)


def made(columns: list[Column], rows: list[list[object]], *, by_content: bool = True) -> ReportBuilder:
    report = begin()
    report.title("T")
    report.table(columns, rows, size="dense", by_content=by_content)  # type: ignore[arg-type]
    return report


def test_room_goes_from_columns_with_little_to_the_one_with_much() -> None:
    content = [[words("A short question?"), words("An answer."), words(LONG)] for _ in range(6)]
    fixed, _ = column_widths(content, [4.6, 5, 4.8], width=WIDTH, between=8)
    moved, _ = column_widths(content, [4.6, 5, 4.8], width=WIDTH, between=8, by_content=True)
    assert sum(moved) == pytest.approx(WIDTH) == pytest.approx(sum(fixed))
    assert moved[2] > fixed[2] * 1.4
    assert min(moved[:2]) > min(fixed[:2]) * 0.55


def test_where_little_is_won_the_authors_widths_stand() -> None:
    content = [[words("A short question?"), words("An answer."), words("A remark.")] for _ in range(6)]
    assert column_widths(content, [4.6, 5, 4.8], width=WIDTH, between=8, by_content=True) == column_widths(
        content, [4.6, 5, 4.8], width=WIDTH, between=8
    )


def test_a_place_to_write_keeps_its_width_however_long_the_rest() -> None:
    content = [[words("A short question?"), words(LONG), BlankSpace(46)] for _ in range(4)]
    fixed, _ = column_widths(content, [3, 4, 4.8], width=WIDTH, between=8)
    moved, _ = column_widths(content, [3, 4, 4.8], width=WIDTH, between=8, by_content=True)
    assert moved[2] >= fixed[2]
    assert moved[1] > fixed[1]


def test_a_status_of_several_words_keeps_to_one_line() -> None:
    content = [[words(LONG), status("Betydande S3\u00a0K4"), words(LONG)]]
    (_, column, _), between = column_widths(content, [5, 1, 5], width=WIDTH, between=8)
    cell = content[0][1]
    assert isinstance(cell, TaggedParagraph)
    assert cell.wrap(column - between, 1000)[1] == pytest.approx(styles.CELL_DENSE.leading)


def test_a_long_comment_makes_its_table_lower_not_only_wider() -> None:
    columns = [Column("Question", 4.6), Column("Answer", 5), Column("Comment", 4.8)]
    rows: list[list[object]] = [["A short question?", "An answer.", LONG] for _ in range(12)]
    assert made(columns, rows).lay_out().pages < made(columns, rows, by_content=False).lay_out().pages


def test_paragraphs_in_a_cell_stand_apart_and_are_read_one_by_one() -> None:
    laid_out = made([Column("Section"), Column("Found", 3)], [["Finance", Paragraphs(("First found.", "Then found."))]]).lay_out()
    first, then = (next(one for one in read_pages(laid_out).words if one.text.startswith(word)) for word in ("First", "Then"))
    assert first.element is not then.element
    assert first.baseline - then.baseline > styles.CELL_DENSE.leading + 2


def test_a_row_with_a_place_to_write_is_at_least_so_high_and_is_cut_like_any_other() -> None:
    columns = [Column("No.", 0.5), Column("Found", 3), Column("Your reply", 3)]
    low = read_pages(made(columns, [["1", "Little.", Blank(90)], ["2", "Next.", Blank(90)]]).lay_out())
    first, second = (next(one for one in low.words if one.text == number) for number in "12")
    assert first.baseline - second.baseline > 90
    assert faults(made(columns, [[str(number), LONG * number, Blank(46)] for number in range(1, 9)]).lay_out()) == []


def test_a_paragraph_cut_in_a_cell_stays_as_wide_as_it_was_measured() -> None:
    paragraph = words(LONG)
    paragraph.wrap(100, 1000)
    lines = len(paragraph.blPara.lines)
    above, below = paragraph.split(160, paragraph.height / 2)
    assert len(above.blPara.lines) + len(below.blPara.lines) == lines
    assert all(one.wrap(160, 1000)[0] == 100 for one in (above, below))
