"""Answers that are tables, printed as tables: their rows, the sums under them, and what the figures say against each other."""

from __future__ import annotations

from desktop.reports.content_reader import Reader
from desktop.reports.layout import Bold, Column, ReportBuilder
from desktop.reports.texts import Cell
from desktop.value_words import cell_words, ratio_words, row_title, row_words, rows_of, sum_words
from forms.question import Question
from forms.tables import NUMBERS, Cells, ratios, sums
from forms.text import N_

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
    printed: list[list[Cell]] = [
        [
            row_words(question, place, language),
            *(cell_words(column, cell, language) for column, cell in zip(question.columns, row, strict=True)),
        ]
        for place, row in enumerate(rows)
    ]
    totals = {one.column: sum_words(one, language) for one in sums(question, rows)}
    if totals:
        added = [Bold(totals[column.id]) if column.id in totals else None for column in question.columns]
        printed.append([Bold(language.text(N_("Sum"))), *added])
    first = Column(language.text(N_("Row")), 2.2 if question.rows else 0.7)
    report.table(
        [
            first,
            *(
                Column(reader.own(column.text), _SHARES[column.kind], "right" if column.kind in (*NUMBERS, "year") else "left")
                for column in question.columns
            ),
        ],
        printed,
        row_headers=True,
        size="dense",
    )


def _ratios(report: ReportBuilder, reader: Reader, question: Question, rows: tuple[Cells, ...]) -> None:
    """Write the ratios of a table: a row each for every row of it, with the remark on it."""
    if not question.ratios:
        return
    language = reader.language
    texts = {ratio.id: reader.own(ratio.text) for ratio in question.ratios}
    printed: list[list[Cell]] = []
    for line in ratios(question, rows):
        figure, remark = ratio_words(question, line, language)
        printed.append([texts[line.ratio], row_title(question, rows, line.row, language), figure, remark])
    report.table(
        [
            Column(language.text(N_("Ratio")), 4),
            Column(language.text(N_("Row")), 2),
            Column(language.text(N_("Figure")), 1.4, "right"),
            Column(language.text(N_("Remark")), 5),
        ],
        printed,
        row_headers=True,
        size="dense",
    )
