"""Tables: which rows are taken, and that sums and ratios are exact, of one currency, and say why there is none."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.answers import check_answer
from forms.errors import ScoringError
from forms.kinds import kind_of
from forms.tables import Cells, RatioLine, Sum, check_table, ratios, remark_on, row_limits, sums
from forms.template import Question
from tests.forms.building import SOME, answer, answers, built, column, recorded, remark, said, scored, section, whole_value, wide

WIDE = wide()
FIGURES, FUNDERS = WIDE.question("facts.figures"), WIDE.question("facts.funders")
YEAR = ("1000 SEK", "900 SEK", 4, "Unqualified")
ROW = ("Fund A", 40, 2019, "2027-06-30", "grant", "SE", "100 SEK", 3)


def question(columns: list[dict[str, Any]], **more: Any) -> Question:
    return built([section("s", [recorded("s.t", "table", columns=columns, **more)], bands=None)], subjects={}).question("s.t")


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        (FIGURES, (YEAR, ("-5 SEK", None, None, None))),
        (FIGURES, (YEAR, (None, None, None, None))),
        (FUNDERS, (ROW,)),
        (FUNDERS, (ROW, ("Fund B", None, None, None, None, None, None, None), ROW)),
    ],
)
def test_rows_that_fit_are_taken(asked: Question, rows: tuple[Cells, ...]) -> None:
    assert check_table(asked, rows) == rows
    check_answer(asked, answer(rows))


@pytest.mark.parametrize(
    ("asked", "rows", "words"),
    [
        (FIGURES, (YEAR,), "facts.figures has from 2 to 2 rows"),
        (FIGURES, "1000 SEK", "facts.figures has from 2 to 2 rows"),
        (FIGURES, [YEAR, YEAR], "facts.figures has from 2 to 2 rows"),
        (FUNDERS, (ROW,) * 4, "facts.funders has from 1 to 3 rows"),
        (FUNDERS, (), "facts.funders has from 1 to 3 rows"),
        (FIGURES, (YEAR, YEAR[:3]), "Row 2 of the table of facts.figures needs a cell for each of its 4 columns"),
        (FIGURES, (YEAR, list(YEAR)), "Row 2 of the table of facts.figures needs a cell for each"),
        (FIGURES, ((None,) * 4,) * 2, "The table of facts.figures is empty"),
        (FUNDERS, (ROW, (None,) * 8), "Row 2 of the table of facts.funders is empty"),
        (FUNDERS, ((None, *ROW[1:]),), "“name” in row 1 of the table of facts.funders must be filled in"),
        (FIGURES, (YEAR, ("1000", *YEAR[1:])), "“1000” cannot stand in “income” in row 2 of the table of facts.figures"),
    ],
)
def test_rows_that_do_not_fit_are_refused_by_row_and_column(asked: Question, rows: Any, words: str) -> None:
    with pytest.raises(ScoringError, match=words):
        check_answer(asked, answer(rows))


@pytest.mark.parametrize(
    ("place", "cell"),
    [
        (0, 7),
        (0, " "),
        (0, "Two\nlines"),
        (0, "Å" * 301),
        (1, 101),
        (1, -1),
        (1, True),
        (2, 19),
        (2, "2019"),
        (3, "2027-02-29"),
        (4, "gift"),
        (5, "Sweden"),
        (5, ["SE"]),
        (6, "100"),
        (6, "100 sek"),
        (7, 10**15 + 1),
        (7, 1.0),
    ],
)
def test_a_cell_that_its_column_does_not_allow_is_refused_by_the_column(place: int, cell: Any) -> None:
    with pytest.raises(ScoringError, match=f"cannot stand in “{FUNDERS.columns[place].id}” in row 1"):
        check_table(FUNDERS, ((*ROW[:place], cell, *ROW[place + 1 :]),))


def test_a_table_without_limits_has_from_one_row() -> None:
    assert row_limits(question([column("a")])) == (1, 200)


@given(
    st.lists(st.tuples(st.none() | st.integers(-9, 9), st.none() | st.sampled_from(["5 SEK", "-7 SEK", "3 KES"])), min_size=1, max_size=6)
)
@SOME
def test_a_sum_is_that_of_the_filled_cells_and_never_of_two_currencies(rows: list[tuple[int | None, str | None]]) -> None:
    asked = question([column("n", sum=True), column("m", "money", sum=True), column("free", "short_text")])
    people, money = sums(asked, tuple((*row, None) for row in rows))
    filled = [n for n, _ in rows if n is not None]
    assert people == Sum("n", sum(filled) if filled else None, "", len(rows) - len(filled), "" if filled else "empty")
    amounts = [(int(m.split()[0]), m[-3:]) for _, m in rows if m is not None]
    currencies = {currency for _, currency in amounts}
    if len(currencies) == 1:
        assert (money.value, money.currency, money.why) == (sum(minor for minor, _ in amounts), currencies.pop(), "")
    else:
        assert (money.value, money.currency, money.why) == (None, "", "currencies" if amounts else "empty")
    assert money.empty == sum(1 for _, m in rows if m is None)


def test_a_column_is_added_up_with_its_currency_and_its_empty_cells_or_says_why_not() -> None:
    asked = question([column("n", sum=True), column("m", "money", sum=True), column("free", "short_text")])
    assert sums(asked, ((4, "500 SEK", "a"), (None, "-700 SEK", None))) == (Sum("n", 4, "", 1, ""), Sum("m", -200, "SEK", 0, ""))
    assert sums(asked, ((4, "500 SEK", "a"), (-4, "700 KES", None))) == (Sum("n", 0, "", 0, ""), Sum("m", None, "", 0, "currencies"))
    assert sums(asked, ((None, None, "a"),)) == (Sum("n", None, "", 1, "empty"), Sum("m", None, "", 1, "empty"))


RATIO = [{"id": "r", "text": said(), "over": ["a", "b"], "minus": ["c"], "under": "d", "remarks": [remark("0"), remark("1/3"), remark()]}]


@given(st.lists(st.none() | st.integers(-9, 9), min_size=4, max_size=4))
@SOME
def test_a_ratio_is_exact_and_says_why_there_is_none(cells: list[int | None]) -> None:
    asked = question([column(name) for name in "abcd"], ratios=RATIO)
    (line,) = ratios(asked, (tuple(cells),))
    a, b, c, d = cells
    if a is None or b is None or c is None or d is None:
        assert line == RatioLine("r", 0, None, None, "empty")
    elif d == 0:
        assert line == RatioLine("r", 0, None, None, "zero")
    else:
        value = Fraction(a + b - c, d)
        place = 0 if value < 0 else 1 if value < Fraction(1, 3) else 2
        assert line == RatioLine("r", 0, value, asked.ratios[0].remarks[place], "")


def test_a_ratio_is_over_one_currency_only() -> None:
    surplus, *_ = ratios(FIGURES, (("1000 SEK", "900 KES", 4, None), YEAR))
    assert (surplus.value, surplus.why) == (None, "currencies")


def test_a_ratio_over_nothing_is_not_worked_out_and_one_with_an_empty_cell_says_so() -> None:
    (divided,) = ratios(question([column(name) for name in "abcd"], ratios=RATIO), ((1, 2, 3, 0),))
    assert divided == RatioLine("r", 0, None, None, "zero")
    surplus, cover = ratios(FIGURES, (("1000 SEK", None, 4, None),))
    assert (surplus.value, surplus.why, cover.value, cover.why) == (None, "empty", None, "empty")


def test_a_remark_begins_below_its_limit_and_a_ratio_may_have_none() -> None:
    surplus, cover = FIGURES.ratios
    assert [remark_on(surplus, Fraction(n)) for n in (-1, 0)] == list(surplus.remarks)
    assert [remark_on(cover, value) for value in (Fraction(99, 100), Fraction(1), Fraction(3, 2))] == [*cover.remarks, None]


def test_ratios_of_every_row_come_with_their_figures() -> None:
    lines = ratios(FIGURES, (YEAR, ("1000 SEK", "1250 SEK", 0, None)))
    assert [(line.ratio, line.row, line.value) for line in lines] == [
        ("surplus", 0, Fraction(1, 10)),
        ("surplus", 1, Fraction(-1, 4)),
        ("cover", 0, Fraction(10, 9)),
        ("cover", 1, Fraction(4, 5)),
    ]


@given(st.randoms(use_true_random=True))
@SOME
def test_whatever_is_taken_can_be_added_up_and_is_recorded_only(chance: Random) -> None:
    for asked in (FIGURES, FUNDERS):
        rows = whole_value(asked, chance)
        try:
            kind_of(asked).check(asked, rows)
        except ScoringError:
            continue
        assert isinstance(rows, tuple)
        sums(asked, rows)  # type: ignore[arg-type]
        ratios(asked, rows)  # type: ignore[arg-type]
        given_ = {asked.id: rows}
        assert scored(WIDE, given_).line(asked.id).points is None  # type: ignore[union-attr]
        assert answers(WIDE, given_).of(WIDE.id, asked.id) == answer(rows)
