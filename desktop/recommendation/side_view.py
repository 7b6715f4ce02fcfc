"""What stands beside the recommendation: what is calculated and why, what speaks against, what remains, and handing over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.recommendation.remaining_state import Remains
from desktop.recommendation.state import RecommendationState
from desktop.shell.desk import Desk
from desktop.shell.theme import SECTION
from desktop.widgets.button import button
from desktop.widgets.card import Card, Notice
from desktop.widgets.text import label
from forms.text import N_

#: Room → what the way there is called.
WAYS = {
    "assessment": N_("To the answers"),
    "result": N_("To the result"),
    "recommendation": N_("Here"),
    "review": N_("To the review"),
    "project_edit": N_("To the project"),
    "partner_edit": N_("To the partner"),
}


class SideView(QWidget):
    """Two cards; ``go(room, question)`` leads to where something is done, ``submit`` hands over."""

    def __init__(self, desk: Desk, state: RecommendationState, *, go: Callable[[str, str], object], submit: Callable[[], object]) -> None:
        super().__init__()
        theme, text = desk.theme, desk.language.text
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(16))
        if state.stops is not None:
            stopped = Card(theme, surface="stop")
            stopped.setAccessibleName(state.stops.word)
            heading = label(f"■ {state.stops.word}", "error", wrap=True, name="recommendation.stops")
            heading.setFont(theme.font(SECTION, QFont.Weight.DemiBold))
            stopped.body.addWidget(heading)
            for stop in state.beside:
                stopped.body.addWidget(label(stop.word, "dense", wrap=True))
            column.addWidget(stopped)
        if state.rapid:
            column.addWidget(Notice(theme, " ".join(state.rapid), tone="warning"))
        card = Card(theme, text("Calculated"))
        if state.calculated.word:
            card.body.addWidget(label(state.calculated.word, "strong", wrap=True, name="recommendation.calculated"))
        card.body.addWidget(label(state.calculated.reason, "dense", wrap=True))
        for said in state.beside_said:
            card.body.addWidget(label(said, "dense", wrap=True))
        card.body.addWidget(button(theme, text("To the result"), lambda: go("result", ""), name="recommendation.result", kind="link"))
        column.addWidget(card)
        if state.standing == "write" or state.handed_over:
            column.addWidget(self._handing_over(desk, state, go, submit))
        column.addStretch(1)

    def _handing_over(self, desk: Desk, state: RecommendationState, go: Callable[[str, str], object], submit: Callable[[], object]) -> Card:
        theme, text = desk.theme, desk.language.text
        card = Card(theme, text("Where it stands") if state.handed_over else text("What remains"))
        if state.handed_over:
            card.body.addWidget(label(state.handed_over, wrap=True))
            card.body.addWidget(button(theme, text("To the review"), lambda: go("review", ""), name="recommendation.review", kind="link"))
            return card
        if state.remains:
            card.body.addWidget(RemainsList(desk, state.remains, go, name="recommendation.remains"))
        else:
            card.body.addWidget(label(text("Nothing remains. A second person can review it."), wrap=True))
        made = button(
            theme,
            text("Hand over for review"),
            submit,
            name="recommendation.submit",
            kind="primary" if state.can_submit else "plain",
            shortcut="Ctrl+Shift+Enter",
        )
        made.setEnabled(state.can_submit)
        card.body.addWidget(made)
        return card


class RemainsList(QWidget):
    """What remains, each with the way to where it is done."""

    def __init__(self, desk: Desk, remains: Sequence[Remains], go: Callable[[str, str], object], *, name: str) -> None:
        super().__init__()
        theme = desk.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        for at, one in enumerate(remains):
            line = QHBoxLayout()
            line.setSpacing(theme.px(8))
            for part, share in ((label("○", "dense"), 0), (label(one.text, "dense", wrap=True), 1)):
                part.setContentsMargins(0, theme.px(8), 0, 0)  # its first line beside the words of the link, which is taller
                line.addWidget(part, share, Qt.AlignmentFlag.AlignTop)
            there = button(theme, desk.language.text(WAYS[one.room]), partial(go, one.room, one.question), name=f"{name}.{at}", kind="link")
            there.setAccessibleDescription(one.text)
            line.addWidget(there, 0, Qt.AlignmentFlag.AlignTop)
            column.addLayout(line)
