"""A template goes into a workbook and comes out as the same template, to the last byte of its canonical form."""

from __future__ import annotations

import io
from pathlib import Path

import msgspec
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from forms.question import Part
from forms.reading import read_template
from forms.template import JudgedRule, Template
from forms.workbook import template_from_workbook, workbook_from_template
from forms.workbook.cells import Cell, cell_of, value_of
from forms.workbook.layout import Kind, Sheet, layout, sheets
from forms.workbook.opening import open_workbook
from forms.workbook.reading import _Reading
from tests.forms.building import BUNDLED
from tests.forms.workbook.drawn import templates

HERE = Path(__file__).parents[1]
FILES = sorted([*BUNDLED.glob("*.yaml"), *HERE.glob("golden/*.yaml"), HERE / "three-questions.yaml"])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_template_that_nobody_edited_comes_back_with_the_same_hash(file: Path) -> None:
    template = read_template(file)
    assert template_from_workbook(workbook_from_template(template), file="mall.xlsx").hash == template.hash


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(template=templates())
def test_every_key_of_the_format_survives_with_whatever_stands_in_it(template: Template) -> None:
    source = workbook_from_template(template)
    read = _Reading("x.xlsx", {sheet.name: sheet for sheet in open_workbook(source, file="x.xlsx")})
    assert msgspec.convert(read.tree(), Template, strict=True).canonical() == template.canonical()


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        ("words", ["light", "full"], "light, full"),
        ("words", ["a, b", "c"], '["a, b", "c"]'),
        ("words", [], "[]"),
        ("text", "", '\\""'),
        ("whole", -7, -7),
        ("truth", False, False),
    ],
)
def test_what_stands_in_a_cell_is_read_as_what_was_written(kind: Kind, value: object, written: Cell) -> None:
    assert cell_of(kind, value) == written
    assert value_of(kind, written) == value


def test_the_same_template_gives_the_same_bytes() -> None:
    template = read_template(FILES[0])
    assert workbook_from_template(template) == workbook_from_template(template)


def test_each_key_of_the_format_has_one_place_in_the_workbook() -> None:
    def keys(sheet: Sheet) -> set[str]:
        return {leaf.path[0] for leaf in sheet.leaves if leaf.path} | {branch.path[0] for branch in sheet.branches}

    assert keys(layout()) == set(Template.__struct_encode_fields__)
    names = [sheet.name for sheet in sheets()]
    assert len(names) == len(set(names))
    assert all(len(name) <= 31 for name in names)
    assert {"sections", "groups", "questions", "levels", "options", "columns", "rows", "ratios", "remarks", "same_as"} <= set(names)
    assert issubclass(Template, Part)


def test_the_lines_for_the_reader_stand_on_a_sheet_that_is_not_read() -> None:
    template = read_template(FILES[0])
    source = workbook_from_template(template, read_me=("Så fyller du i", "=1+1"))
    book = openpyxl.load_workbook(io.BytesIO(source))
    assert book.sheetnames[:2] == ["#read me", "template"]
    assert template_from_workbook(source, file="x.xlsx").hash == template.hash


def test_a_workbook_saved_by_another_program_is_read_the_same() -> None:
    template = read_template(FILES[0])
    book = openpyxl.load_workbook(io.BytesIO(workbook_from_template(template)))
    again = io.BytesIO()
    book.save(again)
    assert template_from_workbook(again.getvalue(), file="x.xlsx").hash == template.hash


def test_a_key_with_everything_at_its_usual_value_is_there_again() -> None:
    template = msgspec.structs.replace(read_template(HERE / "three-questions.yaml"), judged=JudgedRule())
    again = template_from_workbook(workbook_from_template(template), file="x.xlsx")
    assert again.judged == JudgedRule()
    assert again.hash == template.hash


def test_a_sheet_that_was_emptied_or_removed_is_a_list_with_nothing_in_it() -> None:
    template = read_template(HERE / "three-questions.yaml")
    for change in (lambda book: book.remove(book["stops"]), lambda book: book["stops"].delete_rows(1)):
        book = openpyxl.load_workbook(io.BytesIO(workbook_from_template(template)))
        change(book)
        book["required"].append([])
        out = io.BytesIO()
        book.save(out)
        assert template_from_workbook(out.getvalue(), file="x.xlsx") == msgspec.structs.replace(template, stops=[])
