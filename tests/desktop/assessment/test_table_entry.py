"""A table while it is filled in: whatever a cell means is read back from how it is written, and what is wrong is said by its place."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.assessment.entry import EntryRefused
from desktop.assessment.table_entry import (
    TableDraft,
    answer_of,
    cell_text,
    cell_value,
    currency_of,
    draft_of,
    problem_of,
    with_pasted,
    with_row,
    with_typed,
    without_row,
)
from desktop.language import LANGUAGES, language
from forms.country import COUNTRIES
from forms.kinds import kind_of
from forms.question import Column, Option, Question, Row
from forms.values import Single

EN = language("en")
TEXT = {"en": "Text", "sv": "Text"}
OPTIONS = [Option(id="grant", text={"en": "A grant", "sv": "Bidrag"}), Option(id="loan", text={"en": "A loan", "sv": "Lån"})]
CELLS: dict[str, st.SearchStrategy[Single]] = {
    "integer": st.integers(-(10**15), 10**15),
    "percent": st.integers(0, 100),
    "year": st.integers(1000, 2999),
    "money": st.builds("{} {}".format, st.integers(-(10**14), 10**14), st.sampled_from(["SEK", "KES", "JPY", "TND"])),
    "date": st.dates().filter(lambda day: day.year >= 1000).map(lambda day: day.isoformat()),
    "country": st.sampled_from(sorted(COUNTRIES)),
    "choice": st.sampled_from(["grant", "loan"]),
    "short_text": st.text("abcå 1-", min_size=1, max_size=20).map(str.strip).filter(bool),
}


def column(kind: str, **more: Any) -> Column:
    return Column(id="c", text={"en": kind.title(), "sv": kind}, kind=kind, options=OPTIONS if kind == "choice" else [], **more)  # type: ignore[arg-type]


def table(*columns: Column, **more: Any) -> Question:
    return Question(id="t", kind="table", text=TEXT, guidance=TEXT, columns=list(columns), **more)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("kind", CELLS)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_a_cell_is_read_back_from_how_it_is_written(kind: str, code: str, data: st.DataObject) -> None:
    cell = data.draw(CELLS[kind])
    one, spoken = column(kind), language(code)
    assert cell_value(one, cell_text(one, cell, spoken), spoken, currency="EUR") == cell


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("integer", " 1 250 ", 1250),
        ("integer", "−3", -3),
        ("integer", "1,250,000", 1_250_000),
        ("money", "1.250 TND", "1250 TND"),
        ("money", "1,250 TND", "1250000 TND"),
        ("percent", "40 %", 40),
        ("money", "1250", "125000 KES"),
        ("money", "SEK 1 250,50", "125050 SEK"),
        ("money", "1,250.50 sek", "125050 SEK"),
        ("money", "-200", "-20000 KES"),
        ("money", "0", "0 KES"),
        ("date", "9/3/2026", "2026-03-09"),
        ("country", "keny", "KE"),
        ("country", "se", "SE"),
        ("choice", "a l", "loan"),
        ("short_text", "  Two words ", "Two words"),
        ("money", "   ", None),
    ],
)
def test_a_cell_is_understood_as_people_write_it(kind: str, typed: str, value: Single | None) -> None:
    assert cell_value(column(kind), typed, EN, currency="KES") == value


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        ("integer", "3.5", "whole number"),
        ("integer", "9" * 17, "whole number"),
        ("percent", "101", "0 to 100"),
        ("year", "25", "four figures"),
        ("money", "much", "an amount"),
        ("money", "SEK 5 KES", "an amount"),
        ("money", "9" * 16, "an amount"),
        ("date", "31 feb", "a date"),
        ("country", "Atlantis", "Choose one"),
        ("choice", "a", "Choose one"),
        ("short_text", "x" * 301, "longer than 300"),
    ],
)
def test_what_cannot_stand_in_a_cell_is_refused_saying_what_would_be_right(kind: str, typed: str, words: str) -> None:
    with pytest.raises(EntryRefused) as caught:
        cell_value(column(kind), typed, EN, currency="KES")
    assert words in str(caught.value)


def typed(question: Question, *cells: tuple[int, int, str], draft: TableDraft | None = None) -> TableDraft:
    draft = draft or draft_of(question, (), EN)
    for row, place, text in cells:
        draft = with_typed(draft, question, row=row, column=place, typed=text, language=EN, currency="EUR")
    return draft


def test_an_amount_without_a_currency_is_in_that_of_the_table() -> None:
    question = table(column("money"), column("money"))
    draft = typed(question, (0, 0, "5 KES"), (0, 1, "7"))
    assert (draft.cells, currency_of(draft, question)) == ((("500 KES", "700 KES"),), "KES")
    assert typed(question, (0, 1, "7")).cells == ((None, "700 EUR"),)


def test_rows_come_after_the_one_one_stands_in_and_go_until_as_many_as_there_must_be_are_left() -> None:
    question = table(column("short_text"), minimum=2, maximum=4)
    draft = typed(question, (0, 0, "One"), (1, 0, "Two"))
    grown = with_row(draft, question, 0)
    assert [row[0].typed for row in grown.rows] == ["One", "", "Two"]
    assert [row[0].typed for row in without_row(grown, question, 1).rows] == ["One", "Two"]
    assert [row[0].typed for row in without_row(draft, question, 0).rows] == ["Two", ""]


def pasted(question: Question, row: int, place: int, text: str) -> TableDraft:
    return with_pasted(draft_of(question, (), EN), question, row=row, column=place, text=text, language=EN, currency="EUR")


def test_cells_of_a_spreadsheet_go_in_from_the_cell_one_stands_in() -> None:
    free = table(column("short_text"), column("integer"), column("money"), maximum=3)
    text = "One\t1,250\t3.50\tmore\nTwo\tx\t\nThree\t3\nFour\t4"
    draft = pasted(free, 0, 0, text)
    assert draft.cells == (("One", 1250, "350 EUR"), ("Two", None, None), ("Three", 3, None))
    assert draft.rows[1][1].typed == "x"
    assert draft.rows[1][1].wrong
    fixed = table(column("integer"), column("integer"), rows=[Row(id="a", text=TEXT), Row(id="b", text=TEXT)])
    assert pasted(fixed, 1, 1, "7\t8\n9").cells == ((None, None), (None, 7))


def test_rows_without_anything_are_left_out_of_the_answer_and_fixed_rows_never() -> None:
    free = table(column("short_text"))
    assert answer_of(with_row(typed(free, (0, 0, "One")), free, 0), free) == (("One",),)
    fixed = table(column("short_text"), rows=[Row(id="a", text=TEXT), Row(id="b", text=TEXT)])
    assert answer_of(typed(fixed, (1, 0, "One")), fixed) == ((None,), ("One",))
    assert answer_of(typed(fixed), fixed) is None


@pytest.mark.parametrize(
    ("question", "cells", "words"),
    [
        (table(column("integer")), [(0, 0, "x")], "Row 1, Integer: Write a whole number"),
        (table(column("integer"), minimum=2), [(0, 0, "1")], "at least 2 rows"),
        (table(column("integer", required=True), column("short_text")), [(0, 1, "x")], "Row 1, Integer: This must be filled in."),
        (table(column("integer"), rows=[Row(id="a", text={"en": "Latest"})]), [(0, 0, "x")], "Latest, Integer: Write"),
        (table(column("integer")), [(0, 0, "1")], ""),
        (table(column("integer", required=True)), [], ""),
    ],
)
def test_what_keeps_a_table_from_being_an_answer_is_said_by_its_place(question: Question, cells: list[Any], words: str) -> None:
    said = problem_of(typed(question, *cells), question, EN)
    assert words in said
    assert bool(said) == bool(words)


def test_more_rows_than_there_may_be_are_said() -> None:
    question = table(column("integer"), maximum=1)
    draft = with_row(typed(question, (0, 0, "1")), question, 0)
    assert "at most 1 row" in problem_of(typed(question, (1, 0, "2"), draft=draft), question, EN)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_table_that_nothing_is_wrong_with_is_an_answer(data: st.DataObject) -> None:
    fixed = data.draw(st.booleans())
    rows = {"rows": [Row(id="a", text=TEXT), Row(id="b", text=TEXT)]} if fixed else {"minimum": data.draw(st.integers(1, 2)), "maximum": 3}
    kinds = data.draw(st.lists(st.sampled_from(list(CELLS)), min_size=1, max_size=3))
    columns = [column(kind, required=data.draw(st.booleans())) for kind in kinds]
    question = table(*columns, **rows)
    draft = draft_of(question, (), EN)
    for row in range(len(draft.rows)):
        for place, one in enumerate(columns):
            cell = data.draw(st.none() | CELLS[one.kind] | st.just("?"))
            draft = typed(question, (row, place, cell_text(one, cell, EN) if cell != "?" else "?"), draft=draft)
    value = answer_of(draft, question)
    if not problem_of(draft, question, EN) and value is not None:
        assert kind_of(question).check(question, value) == value
