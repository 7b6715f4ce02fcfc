"""Answers that are tables, printed as tables: their rows, the sums under them, and what the figures say against each other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from desktop.language import Language
from desktop.reports.content_reader import Reader
from desktop.reports.layout import Bold, Column, ReportBuilder
from desktop.reports.texts import Cell
from desktop.value_words import cell_words, ratio_words, row_title, row_words, rows_of, sum_words
from forms.money import minor_digits, whole_units
from forms.question import Column as TableColumn
from forms.question import Question
from forms.tables import NUMBERS, Cells, Sum, ratios, sums
from forms.text import N_
from forms.values import Single

#: How wide a column of each kind is beside the others.
_SHARES = {"short_text": 3.0, "integer": 1.1, "percent": 1.0, "money": 1.9, "date": 1.4, "choice": 1.8, "country": 1.6, "year": 0.9}


def write_tables(report: ReportBuilder, reader: Reader) -> None:
    """Write every answer that is a table, under the number of its question; nothing where there is none."""
    asked = [reader.question(line.question) for line in reader.file.result.lines if line.state == "answered"]
    filled = [(question, rows) for question in asked if question.kind == "table" and (rows := _rows(reader, question))]
    if not filled:
        return
    report.heading(2, reader.language.text(N_("Tables")))
    for question, rows in filled:
        with report.keep_together():
            report.heading(3, f"{reader.number(question.id)}. {reader.own(question.text)}")
            _table(report, reader, question, rows)
        _ratios(report, reader, question, rows)


def _rows(reader: Reader, question: Question) -> tuple[Cells, ...]:
    answer = reader.answer(question.id)
    return rows_of(answer.value) if answer is not None else ()


def _table(report: ReportBuilder, reader: Reader, question: Question, rows: tuple[Cells, ...]) -> None:
    language = reader.language
    amounts = _Amounts.of(question, rows)
    printed: list[list[Cell]] = []
    for place, row in enumerate(rows):
        cells = [_cell(column, cell, amounts, language) for column, cell in zip(question.columns, row, strict=True)]
        printed.append([row_words(question, place, language), *cells])
    totals = {one.column: one for one in sums(question, rows)}
    if totals:
        added = [Bold(_sum(totals[column.id], amounts, language)) if column.id in totals else None for column in question.columns]
        printed.append([Bold(language.text(N_("Sum"))), *added])
    if amounts is not None:
        report.paragraph(language.text(N_("Amounts in {currency}."), currency=amounts.currency), style="small")
    shares = [_SHARES[column.kind] for column in question.columns]
    report.table(
        [
            Column(language.text(N_("Row")), max(2.0, sum(shares) * 0.14) if question.rows else max(0.8, sum(shares) * 0.07)),
            *(
                Column(reader.own(column.text), share, "right" if column.kind in (*NUMBERS, "year") else "left")
                for column, share in zip(question.columns, shares, strict=True)
            ),
        ],
        printed,
        row_headers=True,
        size="dense",
    )


@dataclass(frozen=True)
class _Amounts:
    """The one currency of all amounts in a table, which is then said once; ``digits`` is none where all of them are whole."""

    currency: str
    digits: int

    @classmethod
    def of(cls, question: Question, rows: tuple[Cells, ...]) -> _Amounts | None:
        """Give it, or ``None`` where there is no amount or there are several currencies."""
        money = [place for place, column in enumerate(question.columns) if column.kind == "money"]
        said = [str(row[place]).split(" ") for row in rows for place in money if row[place] is not None]
        currencies = {currency for _, currency in said}
        if len(currencies) != 1:
            return None
        currency = currencies.pop()
        whole = all(whole_units(int(minor), currency).denominator == 1 for minor, _ in said)
        return cls(currency, 0 if whole else minor_digits(currency))

    def write(self, minor: int, language: Language) -> str:
        """Write an amount without its currency."""
        return language.number(whole_units(minor, self.currency), self.digits)


def _cell(column: TableColumn, cell: Single | None, amounts: _Amounts | None, language: Language) -> str:
    if column.kind == "money" and amounts is not None and cell is not None:
        return amounts.write(int(str(cell).split(" ")[0]), language)
    return cell_words(column, cell, language)


def _sum(total: Sum, amounts: _Amounts | None, language: Language) -> str:
    if total.currency and amounts is not None and total.value is not None:
        return amounts.write(total.value, language)
    return sum_words(total, language)


def _ratios(report: ReportBuilder, reader: Reader, question: Question, rows: tuple[Cells, ...]) -> None:
    """Write the ratios of a table; the rows that the same remark fits stand together."""
    if not question.ratios:
        return
    language = reader.language
    texts = {ratio.id: reader.own(ratio.text) for ratio in question.ratios}
    said = [
        (line.ratio, ratio_words(question, line, language), row_title(question, rows, line.row, language))
        for line in ratios(question, rows)
    ]
    printed: list[list[Cell]] = []
    for (ratio, remark), lines in groupby(said, key=lambda one: (one[0], one[1][1])):
        figures = language.chained(language.headed(row, figure) for _, (figure, _), row in lines)
        printed.append([texts[ratio], figures, remark])
    report.table(
        [
            Column(language.text(N_("Ratio")), 4),
            Column(language.text(N_("Figures")), 5),
            Column(language.text(N_("Remark")), 5),
        ],
        printed,
        row_headers=True,
        size="dense",
    )
