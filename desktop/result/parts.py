"""Parts of the result that only show: stops, requirement gaps, contradictions, how it is known, follow-up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.charts.sources import source_parts, sources_bar
from desktop.result.instrument_state import ClashLine, InstrumentResult, key_letter
from desktop.result.scores import QuestionWay
from desktop.result.state import FollowUp, StopLine
from desktop.shell.desk import Desk
from desktop.shell.theme import Theme
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.chart_host import ChartHost
from desktop.widgets.chart_painter import text_width
from desktop.widgets.ledger import Cell, Ledger, LedgerColumn, Link, Strong
from desktop.widgets.text import label
from models.cards import AssessmentFile

GoQuestion = Callable[[QuestionWay], object]


def question_link(desk: Desk, way: QuestionWay, go: GoQuestion, *, name: str) -> Link:
    """Make the way back to a question: its number, spoken with its words."""
    spoken = desk.language.text("Question {number}: {text}", number=way.number, text=way.text)
    return Link(way.number, spoken, f"{name}.{way.id}", partial(go, way))


def question_links(theme: Theme, ways: Sequence[QuestionWay], go: GoQuestion, *, name: str) -> QWidget:
    """Show questions one under the other, each a link with its words beside."""
    rows: list[list[Cell]] = [
        [Link(one.number, f"{one.number} {one.text}", f"{name}.{one.id}", partial(go, one)), one.text] for one in ways
    ]
    return Ledger(theme, [LedgerColumn("", number=True), LedgerColumn("", share=1)], rows, title="")


def stop_notice(desk: Desk, stops: Sequence[StopLine], go: GoQuestion) -> QWidget:
    """Show the stop criteria that are met, above all else."""
    theme, language = desk.theme, desk.language
    frame = QFrame()
    frame.setProperty("surface", "stop")
    column = QVBoxLayout(frame)
    column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
    column.setSpacing(theme.px(6))
    heading = language.plural("{n} stop criterion is met", "{n} stop criteria are met", len(stops))
    frame.setAccessibleName(heading)
    head = QHBoxLayout()
    head.setSpacing(theme.px(10))
    icon = QLabel()
    icon.setPixmap(theme.pixmap("octagon-alert", role="high", size=theme.px(20)))
    head.addWidget(icon)
    head.addWidget(label(heading, "section"), 1)
    column.addLayout(head)
    for at, stop in enumerate(stops):
        named = f"{stop.instrument}: {stop.text}" if stop.instrument else stop.text
        words = label(named, "strong", wrap=True, name=f"result.stop.{at}")
        column.addWidget(words)
        line = QHBoxLayout()
        line.setSpacing(theme.px(6))
        line.addWidget(label(stop.said, "dense", wrap=True), 1)
        for way in stop.because:
            line.addWidget(_way_button(desk, way, go, name=f"result.stop.{at}"), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
    return frame


def _way_button(desk: Desk, way: QuestionWay, go: GoQuestion, *, name: str) -> QWidget:
    made = button(
        desk.theme, desk.language.text("Question {number}", number=way.number), partial(go, way), name=f"{name}.{way.id}", kind="link"
    )
    made.setToolTip(way.text)
    made.setAccessibleDescription(way.text)
    return made


def gap_card(desk: Desk, state: InstrumentResult, go: GoQuestion) -> Card:
    """Show the requirement gaps first, key questions before others, each with the way back to it."""
    text = desk.language.text
    card = Card(desk.theme, text("Requirement"))
    card.body.addWidget(
        label(state.gap_sentence, "strong", wrap=True, name="result.gaps" if not state.title else f"result.gaps.{state.id}")
    )
    if state.gaps:
        columns = [
            LedgerColumn(text("No."), number=True),
            LedgerColumn(""),
            LedgerColumn(text("Below the requirement"), share=5),
            LedgerColumn(text("Answer"), share=5),
            LedgerColumn(text("Required"), number=True),
        ]
        rows: list[list[Cell]] = [
            [
                question_link(desk, gap.question, go, name="result.gap"),
                Strong(key_letter(gap.key)),
                gap.question.text,
                gap.answer,
                gap.required,
            ]
            for gap in state.gaps
        ]
        card.body.addWidget(Ledger(desk.theme, columns, rows, title=state.gap_sentence))
    return card


def clash_card(desk: Desk, clashes: Sequence[ClashLine], go: GoQuestion) -> Card:
    """Show answers that do not fit together."""
    theme, language = desk.theme, desk.language
    card = Card(theme, language.plural("{n} contradiction to look at again", "{n} contradictions to look at again", len(clashes)))
    for at, clash in enumerate(clashes):
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        icon = QLabel()
        icon.setPixmap(theme.pixmap("triangle-alert", role="moderate", size=theme.px(18)))
        line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label(clash.text, wrap=True), 1)
        for way in clash.because:
            line.addWidget(_way_button(desk, way, go, name=f"result.clash.{at}"), 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(line)
    return card


def sources_card(desk: Desk, file: AssessmentFile, state: InstrumentResult) -> Card:
    """Show how complete the answers are and how they are known."""
    language = desk.language
    card = Card(desk.theme, language.text("How sure we are"))
    chart = ChartHost(
        desk.theme,
        name="result.sources" if file.is_main else f"result.sources.{state.id}",
        title=language.text("How the answers are known"),
        largest=1.45,
    )
    parts = source_parts(file.result.completeness, language)
    chart.show_drawing(sources_bar(parts, language=language, measure=text_width, width=CHART_WIDTH))
    card.body.addWidget(chart)
    for fact in state.facts:
        card.body.addWidget(label(fact, "dense", wrap=True))
    return card


def follow_up_card(desk: Desk, plan: FollowUp) -> Card:
    """Show the assurance plan: where in the table it stands, and how often what is done."""
    text = desk.language.text
    card = Card(desk.theme, text("Assurance plan"))
    card.body.addWidget(label(plan.said, "dense", wrap=True))
    rows: list[list[Cell]] = [[Strong(count), measure] for measure, count in plan.measures]
    columns = [LedgerColumn(text("Per year"), number=True), LedgerColumn(text("Measure"), share=1)]
    card.body.addWidget(Ledger(desk.theme, columns, rows, title=text("Assurance plan")))
    return card


#: The width in points that charts are laid out for, the same as on the page of the report.
CHART_WIDTH = 487.0
