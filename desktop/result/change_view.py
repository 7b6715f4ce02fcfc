"""What changed since last time, for a renewal: each subject's chart, and the questions old → new with the reason."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from desktop.charts.change import change_chart
from desktop.charts.scale import zones_of
from desktop.reports.content_reader import Reader
from desktop.result.change_state import ChangedSubject, ChangeState, Which
from desktop.result.instrument_state import key_letter
from desktop.result.parts import CHART_WIDTH, GoQuestion, question_link
from desktop.shell.desk import Desk
from desktop.widgets.card import Card
from desktop.widgets.chart_host import ChartHost
from desktop.widgets.chart_painter import text_width
from desktop.widgets.fields import Segments
from desktop.widgets.ledger import Cell, Ledger, LedgerColumn, Strong
from desktop.widgets.page import clear
from desktop.widgets.text import label
from models.cards import AssessmentFile


class ChangeView(Card):
    """One card; a filter chooses which questions the table holds."""

    def __init__(self, desk: Desk, file: AssessmentFile, state: ChangeState, *, go: GoQuestion) -> None:
        text = desk.language.text
        super().__init__(desk.theme, text("What changed since last time"))
        self._desk, self._state, self._go = desk, state, go
        self.body.addWidget(label(state.summary, wrap=True, name="result.change"))
        for subject in state.subjects:
            self._write_subject(file, subject)
        options = (
            ("changed", text("Changed ({n})", n=len(state.some("changed")))),
            ("worse", text("Worse ({n})", n=len(state.some("worse")))),
            ("key", text("Key questions ({n})", n=len(state.some("key")))),
            ("all", text("All ({n})", n=len(state.some("all")))),
        )
        which = Segments(desk.theme, options, name="result.change", title=text("Which questions to show"), current="changed")
        which.chosen.connect(lambda key: self._fill(key))
        self.body.addWidget(which)
        self._table = QVBoxLayout()
        self.body.addLayout(self._table)
        self._fill("changed")

    def _write_subject(self, file: AssessmentFile, subject: ChangedSubject) -> None:
        language = self._desk.language
        self.body.addWidget(label(subject.title, "strong"))
        self.body.addWidget(label(subject.said, "dense", wrap=True))
        if not subject.sections:
            return
        reader = Reader(file, language)
        title = language.text("Change in the capacity of the {subject}", subject=subject.title.lower())
        chart = ChartHost(self._desk.theme, name=f"result.change.{subject.id}", title=title, largest=1.35)
        chart.show_drawing(
            change_chart(
                subject.sections,
                {one.id: reader.section_title(one.id) for one in subject.sections},
                zones_of(file.template, subject.id),
                before_label=self._state.then,
                now_label=self._state.now,
                language=language,
                measure=text_width,
                width=CHART_WIDTH,
            )
        )
        self.body.addWidget(chart)

    def _fill(self, which: Which) -> None:
        clear(self._table)
        text = self._desk.language.text
        lines = self._state.some(which)
        if not lines:
            self._table.addWidget(label(text("None"), "muted"))
            return
        columns = [
            LedgerColumn(text("No."), number=True),
            LedgerColumn(""),
            LedgerColumn(text("Question"), share=6),
            LedgerColumn(text("Then"), share=2),
            LedgerColumn(text("Now"), share=2),
            LedgerColumn(""),
            LedgerColumn(text("Why"), share=5),
        ]
        rows: list[list[Cell]] = [
            [
                question_link(self._desk, line.question, self._go, name="result.change.question") if line.asked else "",
                Strong(key_letter(line.key)),
                line.question.text,
                line.then,
                Strong(line.now),
                line.mark,
                line.reason or "–",
            ]
            for line in lines
        ]
        self._table.addWidget(Ledger(self._desk.theme, columns, rows, title=self._state.summary))
