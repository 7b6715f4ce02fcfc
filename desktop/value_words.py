"""Words for the values of answers, one way for window and report: figures, dates, countries, documents, tables with sums and ratios."""

from __future__ import annotations

from datetime import date

from desktop.language import Language
from desktop.words import ANSWER_STATES, YES_PARTLY_NO, word
from forms.answers import Answer
from forms.documents import Document, document_of
from forms.question import Column, Question
from forms.tables import Cells, RatioLine, Sum
from forms.text import N_, in_language
from forms.values import Single, Value

EN_DASH = "\N{EN DASH}"
_NO_FIGURE = {
    "empty": N_("a figure is missing"),
    "currencies": N_("several currencies"),
    "zero": N_("nothing to divide by"),
}


def answer_words(question: Question, answer: Answer, language: Language, *, brief: bool = False, as_of: date | None = None) -> str:
    """Say an answer in words: its value, or its state by name.

    ``brief`` gives a level as its number alone and a table as how many rows it has. A document that had expired at ``as_of`` says so.
    """
    if answer.state != "answered" or answer.value is None:
        return word(ANSWER_STATES, answer.state, language)
    document = document_of(question, answer)
    if document is not None:
        return document_words(document, language, as_of=as_of)
    return value_words(question, answer.value, language, brief=brief)


def value_words(question: Question, value: Value, language: Language, *, brief: bool = False) -> str:
    """Say a value in words."""
    if question.kind == "level":
        words = next((in_language(level.text, language.code) for level in question.levels if level.key == value), "")
        return str(value) if brief else f"{value} · {words}"
    if question.kind == "yes_partly_no":
        return word(YES_PARTLY_NO, str(value), language)
    if question.kind == "table" and isinstance(value, tuple):
        rows = rows_of(value)
        return language.plural("{n} row", "{n} rows", len(rows)) if brief else table_words(question, rows, language)
    if isinstance(value, tuple):
        chosen = [option for option in question.options if option.id in value]
        return language.chained(in_language(option.text, language.code) for option in chosen)
    if question.kind == "choice":
        return next((in_language(option.text, language.code) for option in question.options if option.id == value), str(value))
    return single_words(question.kind, value, language)


def single_words(kind: str, value: Single, language: Language) -> str:
    """Say a single value of a kind that answers and cells share; a text, a year or an organisation number stands as it is."""
    match kind:
        case "integer":
            return language.number(int(value))
        case "percent":
            return language.percent(int(value))
        case "money":
            minor, currency = str(value).split(" ")
            return language.money(int(minor), currency)
        case "date":
            return language.date(date.fromisoformat(str(value)))
        case "country":
            return language.country(str(value))
    return str(value)


def document_words(document: Document, language: Language, *, as_of: date | None = None) -> str:
    """Say a document: its title, its own date, and until when it holds or since when it does not."""
    dated = language.text(N_("dated {date}"), date=document.dated)
    if document.expires is None:
        expires = language.text(N_("does not expire"))
    elif as_of is not None and document.has_expired(as_of):
        expires = language.text(N_("expired {date}"), date=document.expires)
    else:
        expires = language.text(N_("holds through {date}"), date=document.expires)
    return f"{document.title}, {dated}, {expires}"


def rows_of(value: Value | None) -> tuple[Cells, ...]:
    """Give the rows of a table’s value; none of anything else."""
    return tuple(row for row in value if isinstance(row, tuple)) if isinstance(value, tuple) else ()


def row_words(question: Question, place: int, language: Language) -> str:
    """Name a row (from 0) of a table: by its own words where the rows are fixed, else by its number."""
    return in_language(question.rows[place].text, language.code) if place < len(question.rows) else language.number(place + 1)


def row_title(question: Question, rows: tuple[Cells, ...], place: int, language: Language) -> str:
    """Name a row by what stands first in it where that is a name or a year, so that it can be told by it elsewhere; else by number."""
    first = question.columns[0]
    if question.rows or first.kind not in ("short_text", "year") or rows[place][0] is None:
        return row_words(question, place, language)
    return cell_words(first, rows[place][0], language)


def cell_words(column: Column, cell: Single | None, language: Language) -> str:
    """Say what stands in a cell; a dash where nothing does."""
    if cell is None:
        return EN_DASH
    if column.kind == "choice":
        return next((in_language(option.text, language.code) for option in column.options if option.id == cell), str(cell))
    return single_words(column.kind, cell, language)


def table_words(question: Question, rows: tuple[Cells, ...], language: Language) -> str:
    """Say a table as sentences, a row each; empty cells are passed over."""
    said = []
    for place, row in enumerate(rows):
        filled = [(column, cell) for column, cell in zip(question.columns, row, strict=True) if cell is not None]
        cells = ", ".join(f"{in_language(column.text, language.code)} {cell_words(column, cell, language)}" for column, cell in filled)
        said.append(language.headed(row_words(question, place, language), cells or EN_DASH))
    return language.chained(said)


def sum_words(total: Sum, language: Language) -> str:
    """Say a column’s sum, or why it has none."""
    if total.value is None:
        return language.text(_NO_FIGURE["currencies"]) if total.why == "currencies" else EN_DASH
    return language.money(total.value, total.currency) if total.currency else language.number(total.value)


def ratio_words(question: Question, line: RatioLine, language: Language) -> tuple[str, str]:
    """Give a ratio as its figure and the remark on it; a dash and the reason where there is no figure."""
    if line.value is None:
        return EN_DASH, language.text(_NO_FIGURE[line.why])
    ratio = next(one for one in question.ratios if one.id == line.ratio)
    figure = language.percent(line.value * 100, 1) if ratio.show == "percent" else language.number(line.value, 2)
    return figure, in_language(line.remark.text, language.code) if line.remark is not None else ""
