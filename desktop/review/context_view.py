"""What the reviewer weighs the answers against: recommendation, stops, gaps, late changes. To read only."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.result.parts import GoQuestion, stop_notice
from desktop.review.state import ReviewState
from desktop.shell.desk import Desk
from desktop.widgets.button import button
from desktop.widgets.card import Card, Notice
from desktop.widgets.text import label


class ContextView(QWidget):
    """Cards under each other."""

    def __init__(self, desk: Desk, state: ReviewState, *, go: GoQuestion) -> None:
        super().__init__()
        theme, text = desk.theme, desk.language.text
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(16))
        if state.stops:
            column.addWidget(stop_notice(desk, state.stops, go))
        if state.rapid:
            column.addWidget(Notice(theme, " ".join(state.rapid), tone="warning"))
        card = Card(theme, text("Recommendation"))
        card.body.addWidget(label(state.decision or text("The caseworker has not written a recommendation yet."), "strong", wrap=True))
        if state.summary:
            card.body.addWidget(label(state.summary, "dense", wrap=True))
        if state.conditions:
            card.body.addWidget(label(text("Conditions"), "strong"))
            for number, condition in enumerate(state.conditions, start=1):
                card.body.addWidget(label(f"{number}. {condition}", "dense", wrap=True))
        if state.calculated.word:
            said = text("Calculated from the answers: {decision}.", decision=state.calculated.word.lower())
            card.body.addWidget(label(f"{said} {state.calculated.reason}", "caption", wrap=True))
        if state.departure:
            card.body.addWidget(label(text("Why it differs: {reason}", reason=state.departure), "dense", wrap=True))
        column.addWidget(card)
        gaps = Card(theme, text("Requirement"))
        for part in state.requirements:
            gaps.body.addWidget(label(f"{part.instrument}: {part.said}" if part.instrument else part.said, "dense", wrap=True))
            for gap in part.gaps:
                line = QHBoxLayout()
                line.setSpacing(theme.px(6))
                link = button(theme, gap.question.number, partial(go, gap.question), name=f"review.gap.{gap.question.id}", kind="link")
                link.setAccessibleName(text("Question {number}: {text}", number=gap.question.number, text=gap.question.text))
                line.addWidget(link)
                line.addWidget(label(("K " if gap.key else "") + gap.question.text, "dense", wrap=True), 1)
                gaps.body.addLayout(line)
        if state.changed:
            gaps.body.addWidget(label(state.changed, "dense", wrap=True))
        column.addWidget(gaps)
        if state.relied:
            relied = Card(theme, text("Relied on from other bodies"))
            for words in state.relied:
                relied.body.addWidget(label(words, "dense", wrap=True))
            column.addWidget(relied)
        column.addStretch(1)
