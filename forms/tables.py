"""Tables: rows of typed cells, the sums under their columns and the ratios of their rows. Exact, and never over two currencies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from forms.country import COUNTRIES
from forms.errors import ScoringError
from forms.question import Column, Question, Ratio, Remark
from forms.text import N_
from forms.values import LARGEST_NUMBER, LONGEST_LINE, YEARS, Single, is_day, is_money, is_text, is_whole

Cells = tuple[Single | None, ...]
MOST_ROWS = 200
#: Kinds of cell that can be added up and set against each other; amounts only with amounts.
NUMBERS = ("integer", "percent", "money")
#: Why there is no figure: a cell is empty, the cells are in several currencies, or what is divided by is nothing.
Why = Literal["", "empty", "currencies", "zero"]


@dataclass(frozen=True)
class Sum:
    """One column added up: ``value`` in the column's own unit (minor units with ``currency``); ``empty`` cells are left out."""

    column: str
    value: int | None
    currency: str
    empty: int
    why: Why


@dataclass(frozen=True)
class RatioLine:
    """One ratio of one row (its place from 0): exact, or ``None`` with the reason; ``remark`` is the first that fits."""

    ratio: str
    row: int
    value: Fraction | None
    remark: Remark | None
    why: Why


_FITS: Mapping[str, Callable[[Column, object], bool]] = {
    "short_text": lambda _, cell: is_text(cell, longest=LONGEST_LINE),
    "integer": lambda _, cell: is_whole(cell, low=-LARGEST_NUMBER, high=LARGEST_NUMBER),
    "percent": lambda _, cell: is_whole(cell, low=0, high=100),
    "money": lambda _, cell: is_money(cell),
    "date": lambda _, cell: is_day(cell),
    "choice": lambda column, cell: any(option.id == cell for option in column.options),
    "country": lambda _, cell: isinstance(cell, str) and cell in COUNTRIES,
    "year": lambda _, cell: is_whole(cell, low=YEARS[0], high=YEARS[1]),
}


def fits(column: Column, cell: object) -> bool:
    """Say whether something can stand in a column; an empty cell (``None``) can, where the column is not required."""
    return not column.required if cell is None else _FITS[column.kind](column, cell)


def row_limits(question: Question) -> tuple[int, int]:
    """Give how many rows a table has at least and at most."""
    if question.rows:
        return len(question.rows), len(question.rows)
    return question.minimum or 1, question.maximum or MOST_ROWS


def check_table(question: Question, value: object) -> tuple[Cells, ...]:
    """Give the rows of a table when all of it can stand there.

    Raises ``ScoringError``: not the number of rows that the question has, a row without a cell for each column, a row with nothing
    in it (a fixed row may be empty, not all of them), a cell that its column does not allow, named by row (from 1) and column.
    """
    low, high = row_limits(question)
    if not isinstance(value, tuple) or not low <= len(value) <= high:
        raise ScoringError(
            N_("The table of {question} has from {low} to {high} rows. The answer was not changed."),
            question=question.id,
            low=low,
            high=high,
        )
    for place, row in enumerate(value):
        if not isinstance(row, tuple) or len(row) != len(question.columns):
            raise ScoringError(
                N_("Row {row} of the table of {question} needs a cell for each of its {n} columns. The answer was not changed."),
                row=place + 1,
                question=question.id,
                n=len(question.columns),
            )
        _check_row(question, row, place)
    if all(cell is None for row in value for cell in row):
        raise ScoringError(N_("The table of {question} is empty. Leave the question open instead."), question=question.id)
    return value


def _check_row(question: Question, row: Cells, place: int) -> None:
    if not question.rows and all(cell is None for cell in row):
        raise ScoringError(
            N_("Row {row} of the table of {question} is empty. Take it away; the answer was not changed."),
            row=place + 1,
            question=question.id,
        )
    for column, cell in zip(question.columns, row, strict=True):
        if cell is None and column.required:
            raise ScoringError(
                N_("“{column}” in row {row} of the table of {question} must be filled in. The answer was not changed."),
                column=column.id,
                row=place + 1,
                question=question.id,
            )
        if not fits(column, cell):
            raise ScoringError(
                N_("“{value}” cannot stand in “{column}” in row {row} of the table of {question}. The answer was not changed."),
                value=cell,
                column=column.id,
                row=place + 1,
                question=question.id,
            )


def sums(question: Question, rows: tuple[Cells, ...]) -> tuple[Sum, ...]:
    """Add up each column that asks for it; amounts in two currencies have no sum, and neither has a column without a figure."""
    return tuple(
        _sum(column.id, [row[place] for row in rows], money=column.kind == "money")
        for place, column in enumerate(question.columns)
        if column.sum
    )


def _sum(column: str, cells: list[Single | None], *, money: bool) -> Sum:
    filled = [cell for cell in cells if cell is not None]
    empty = len(cells) - len(filled)
    currencies = {str(cell)[-3:] for cell in filled} if money else {""}
    if len(currencies) > 1:
        return Sum(column, None, "", empty, "currencies")
    if not filled:
        return Sum(column, None, "", empty, "empty")
    return Sum(column, sum(_number(cell) for cell in filled), currencies.pop(), empty, "")


def ratios(question: Question, rows: tuple[Cells, ...]) -> tuple[RatioLine, ...]:
    """Work out each ratio for each row, in the order of the ratios and within it of the rows."""
    places = {column.id: place for place, column in enumerate(question.columns)}
    lines = []
    for ratio in question.ratios:
        for place, row in enumerate(rows):
            value, why = _ratio(ratio, {id_: row[at] for id_, at in places.items()})
            lines.append(RatioLine(ratio.id, place, value, None if value is None else remark_on(ratio, value), why))
    return tuple(lines)


def remark_on(ratio: Ratio, value: Fraction) -> Remark | None:
    """Give the first remark that fits a ratio: the value lies below its limit, or it has none."""
    return next((remark for remark in ratio.remarks if remark.below is None or value < Fraction(remark.below)), None)


def _ratio(ratio: Ratio, row: Mapping[str, Single | None]) -> tuple[Fraction | None, Why]:
    cells = [row[column] for column in (*ratio.over, *ratio.minus, ratio.under)]
    filled = [cell for cell in cells if cell is not None]
    if len(filled) < len(cells):
        return None, "empty"
    if len({str(cell)[-3:] if isinstance(cell, str) else "" for cell in filled}) > 1:
        return None, "currencies"
    numbers = [_number(cell) for cell in filled]
    if numbers[-1] == 0:
        return None, "zero"
    added, taken = numbers[: len(ratio.over)], numbers[len(ratio.over) : -1]
    return Fraction(sum(added) - sum(taken), numbers[-1]), ""


def _number(cell: Single) -> int:
    """Give a figure as a number: a whole number as it is, an amount in its minor units."""
    return cell if isinstance(cell, int) else int(cell.split(" ")[0])
