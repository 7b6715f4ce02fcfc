"""A table while it is filled in: what is typed in each cell, what it means, and what is still wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from desktop.assessment.entry import EntryRefused
from desktop.language import Language
from desktop.value_words import row_words
from desktop.widgets.date_field import understood as understood_date
from desktop.widgets.money_field import decimal_of
from desktop.widgets.money_field import understood as understood_money
from forms.country import COUNTRIES
from forms.money import minor_digits
from forms.question import Column, Question
from forms.tables import Cells, fits, row_limits
from forms.text import N_, in_language
from forms.values import LARGEST_NUMBER, LONGEST_LINE, YEARS, Single

_SPACES = dict.fromkeys(map(ord, " \t\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"))
#: Thousands set apart by commas or points.
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:(?:,[0-9]{3})+|(?:\.[0-9]{3})+)")
_MINUS = "\N{MINUS SIGN}"
_CODED = re.compile(r"(?:(?P<before>[A-Za-z]{3})\s*)?(?P<amount>[^A-Za-z]*?)\s*(?P<after>[A-Za-z]{3})?")


@dataclass(frozen=True)
class Cell:
    """One cell: what stands in it, what it means (``None``: nothing, or nothing that fits), and what is wrong with it in a sentence."""

    typed: str = ""
    value: Single | None = None
    wrong: str = ""


@dataclass(frozen=True)
class TableDraft:
    """The rows of a table as they are being filled in."""

    rows: tuple[tuple[Cell, ...], ...]

    @property
    def cells(self) -> tuple[Cells, ...]:
        """What every row means now; cells that are wrong count as empty."""
        return tuple(tuple(cell.value for cell in row) for row in self.rows)

    @property
    def value(self) -> tuple[Cells, ...] | None:
        """The rows that hold something, as an answer has them; ``None`` while nothing does."""
        return tuple(row for row in self.cells if any(cell is not None for cell in row)) or None


def draft_of(question: Question, rows: tuple[Cells, ...], language: Language) -> TableDraft:
    """Give a table with these rows, filled up with empty ones to as many as it has at least."""
    least, _ = row_limits(question)
    filled = [
        tuple(Cell(cell_text(column, cell, language), cell) for column, cell in zip(question.columns, row, strict=True)) for row in rows
    ]
    return TableDraft((*filled, *(_empty_row(question) for _ in range(least - len(filled)))))


def with_typed(
    draft: TableDraft, question: Question, *, row: int, column: int, typed: str, language: Language, currency: str
) -> TableDraft:
    """Give the table with something typed into a cell; an amount without a currency is in the one that the table has already."""
    try:
        value = cell_value(question.columns[column], typed, language, currency=currency_of(draft, question) or currency)
        cell = Cell(cell_text(question.columns[column], value, language), value)
    except EntryRefused as error:
        cell = Cell(typed, None, language.error(error))
    cells = tuple(cell if place == column else one for place, one in enumerate(draft.rows[row]))
    return replace(draft, rows=(*draft.rows[:row], cells, *draft.rows[row + 1 :]))


def with_row(draft: TableDraft, question: Question, after: int) -> TableDraft:
    """Give the table with an empty row after another."""
    return replace(draft, rows=(*draft.rows[: after + 1], _empty_row(question), *draft.rows[after + 1 :]))


def without_row(draft: TableDraft, question: Question, row: int) -> TableDraft:
    """Give the table without a row; where it may not have fewer, the row is emptied instead."""
    least, _ = row_limits(question)
    rows = (*draft.rows[:row], *draft.rows[row + 1 :])
    return replace(draft, rows=rows if len(rows) >= least else (*rows, _empty_row(question)))


def with_pasted(
    draft: TableDraft, question: Question, *, row: int, column: int, text: str, language: Language, currency: str
) -> TableDraft:
    """Give the table with cells of a spreadsheet (lines, tabs between cells) put in from a cell on; what lies outside is left out."""
    _, most = row_limits(question)
    for at, line in enumerate(text.splitlines(), start=row):
        if at >= most:
            break
        if at >= len(draft.rows):
            draft = with_row(draft, question, len(draft.rows))
        for place, typed in zip(range(column, len(question.columns)), line.split("\t"), strict=False):
            draft = with_typed(draft, question, row=at, column=place, typed=typed.strip(), language=language, currency=currency)
    return draft


def answer_of(draft: TableDraft, question: Question) -> tuple[Cells, ...] | None:
    """Give the rows as the answer they make: fixed rows all of them, of others those that hold something; ``None`` for an empty table."""
    return draft.value if not question.rows or draft.value is None else draft.cells


def problem_of(draft: TableDraft, question: Question, language: Language) -> str:
    """Say what keeps the table from being an answer, first things first; empty when nothing does."""
    for place, row in enumerate(draft.rows):
        for column, cell in zip(question.columns, row, strict=True):
            if cell.wrong:
                return _at(question, column, place, cell.wrong, language)
    rows = answer_of(draft, question)
    if rows is None:
        return ""
    least, most = row_limits(question)
    if len(rows) < least:
        return language.plural(
            "The table needs at least {n} row that is filled in.", "The table needs at least {n} rows that are filled in.", least
        )
    if len(rows) > most:
        return language.plural("The table has at most {n} row.", "The table has at most {n} rows.", most)
    for place, values in enumerate(draft.cells):
        if not question.rows and all(value is None for value in values):
            continue
        for column, value in zip(question.columns, values, strict=True):
            if value is None and column.required:
                return _at(question, column, place, language.text(N_("This must be filled in.")), language)
    return ""


def currency_of(draft: TableDraft, question: Question) -> str:
    """Give the currency of the first amount in the table; empty while there is none."""
    amounts = (str(cell.value) for row in draft.rows for column, cell in zip(question.columns, row, strict=True) if column.kind == "money")
    return next((amount[-3:] for amount in amounts if amount != "None"), "")


def cell_text(column: Column, cell: Single | None, language: Language) -> str:
    """Write a cell as one types it."""
    if cell is None:
        return ""
    match column.kind:
        case "money":
            minor, currency = str(cell).split(" ")
            digits = minor_digits(currency)
            whole = int(minor) % 10**digits == 0
            return f"{language.number(Fraction(int(minor), 10**digits), 0 if whole else digits)} {currency}"
        case "choice":
            return next((in_language(option.text, language.code) for option in column.options if option.id == cell), str(cell))
        case "country":
            return language.country(str(cell))
    return str(cell)


def cell_value(column: Column, typed: str, language: Language, *, currency: str) -> Single | None:
    """Read what is typed in a cell; ``None`` for nothing. Raises ``EntryRefused`` saying what would be right."""
    text = typed.strip()
    if not text:
        return None
    match column.kind:
        case "integer":
            return _whole(text, -LARGEST_NUMBER, LARGEST_NUMBER, N_("Write a whole number, without letters or decimals."))
        case "percent":
            return _whole(text.removesuffix("%"), 0, 100, N_("Write a whole percentage from 0 to 100."))
        case "year":
            return _whole(text, *YEARS, N_("Write a year of four figures, such as 2025."))
        case "money":
            return _amount(text, currency, decimal_of(language))
        case "date":
            day = understood_date(text)
            if day is None:
                raise EntryRefused(N_("Write a date such as 2026-03-09."))
            return day.isoformat()
        case "choice":
            named = {in_language(option.text, language.code).casefold(): option.id for option in column.options}
            return _one_of(text, named)
        case "country":
            named = {language.country(code).casefold(): code for code in COUNTRIES}
            return _one_of(text, {code.casefold(): code for code in COUNTRIES} | named)
    if not fits(column, text):
        raise EntryRefused(N_("The text is longer than {n} characters, or has more than one line. Shorten it."), n=LONGEST_LINE)
    return text


def _whole(text: str, low: int, high: int, message: str) -> int:
    digits = text.translate(_SPACES).replace(_MINUS, "-")
    if _GROUPED.fullmatch(digits):
        digits = digits.replace(",", "").replace(".", "")
    number = int(digits) if re.fullmatch(r"-?[0-9]{1,16}", digits) else None
    if number is None or not low <= number <= high:
        raise EntryRefused(message)
    return number


def _amount(text: str, currency: str, decimal: str) -> str:
    parts = _CODED.fullmatch(text)
    wrong = EntryRefused(N_("Write an amount such as 125000 or 1250.50, with its currency when it is another: 1250 KES."))
    if parts is None or (parts["before"] and parts["after"]):
        raise wrong
    code = (parts["before"] or parts["after"] or currency).upper()
    amount = parts["amount"].strip().replace(_MINUS, "-")
    minor = understood_money(amount.removeprefix("-").strip(), code, decimal=decimal)
    if minor is None or minor >= 10**15:
        raise wrong
    return f"{'-' if amount.startswith('-') and minor else ''}{minor} {code}"


def _one_of(text: str, named: dict[str, str]) -> str:
    """Find what is meant by its whole name, or as the only one that begins with or holds what is typed."""
    typed = text.casefold()
    if typed in named:
        return named[typed]
    for holding in ({id_ for name, id_ in named.items() if name.startswith(typed)}, {id_ for name, id_ in named.items() if typed in name}):
        if len(holding) == 1:
            return holding.pop()
    raise EntryRefused(N_("Choose one from the list."))


def _at(question: Question, column: Column, place: int, wrong: str, language: Language) -> str:
    """Say in which cell something is wrong."""
    where = f"{row_words(question, place, language)}, {in_language(column.text, language.code)}"
    return f"{where}: {wrong}" if question.rows else f"{language.text(N_('Row {row}'), row=where)}: {wrong}"


def _empty_row(question: Question) -> tuple[Cell, ...]:
    return tuple(Cell() for _ in question.columns)
