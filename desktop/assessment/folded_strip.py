"""Outline and result folded into a strip, for narrow windows and large text."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop.assessment.header_view import ElidedLabel
from desktop.assessment.keycap import key_button
from desktop.assessment.state import AssessmentRoomState
from desktop.language import Language
from desktop.shell.theme import Theme
from desktop.widgets.fields import Choice


class FoldedStrip(QFrame):
    """Where one is, how far it has come, and the way to another section; says ``went(question)``, ``filtered(filter)``, ``asked()``."""

    went = Signal(str)
    filtered = Signal(str)
    asked = Signal()

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self._shown: tuple[object, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), theme.px(4), theme.px(8), theme.px(6))
        column.setSpacing(theme.px(4))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self._sections = Choice()
        self._sections.setAccessibleName(language.text("Section"))
        self._sections.setAccessibleIdentifier("assessment.folded.section")
        self._sections.chosen.connect(lambda question: self.went.emit(str(question)))
        self._filters = Choice()
        self._filters.setAccessibleName(language.text("Which questions"))
        self._filters.setAccessibleIdentifier("assessment.folded.filter")
        self._filters.chosen.connect(lambda one: self.filtered.emit(str(one)))
        self._said = ElidedLabel("dense", name="assessment.folded.result")
        self._list = key_button(theme, language.text("What remains"), self.asked.emit, key="R", name="assessment.folded.remaining")
        for choice in (self._sections, self._filters):
            choice.setMinimumContentsLength(6)
        row.addWidget(self._sections, 3)
        row.addWidget(self._filters, 2)
        row.addWidget(self._list)
        column.addLayout(row)
        column.addWidget(self._said)

    def show_state(self, state: AssessmentRoomState) -> None:
        """Show outline and result in one line."""
        shown = (state.outline, state.result)
        if shown == self._shown:
            return
        self._shown = shown
        here = next((row.first for row in state.outline.sections if row.is_here), None)
        self._sections.offer([(row.first, f"{row.title}  {row.count}") for row in state.outline.sections], current=here)
        on = next(one.id for one in state.outline.filters if one.is_on)
        self._filters.offer([(one.id, f"{one.title}  {one.count}") for one in state.outline.filters], current=on)
        result = state.result
        scores = [f"{row.title} {row.number} {row.mark.word if row.mark else ''}".strip() for row in result.subjects]
        self._said.say(" · ".join([f"{result.remains} {result.remains_said}", result.gaps, result.stops.word, *scores]))
