"""Outline and result folded into a strip, for narrow windows and large text."""

from __future__ import annotations

from itertools import zip_longest

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.assessment.keycap import key_button
from desktop.assessment.state import AssessmentRoomState
from desktop.language import Language
from desktop.shell.theme import DENSE, Theme
from desktop.widgets.fields import Choice
from desktop.widgets.flow_row import flow
from desktop.widgets.status_mark import StatusMark
from desktop.widgets.text import label
from desktop.words import Mark


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
        self._said = label("", "dense", name="assessment.folded.result")
        self._stops = StatusMark(theme, Mark("incomplete", ""), size=DENSE)
        self._stops.setAccessibleIdentifier("assessment.folded.stops")
        self._scores: list[tuple[QWidget, QLabel, StatusMark]] = []
        for place in (1, 2):
            words = label("", "dense", name=f"assessment.folded.score.{place}")
            mark = StatusMark(theme, Mark("incomplete", ""), size=DENSE)
            mark.setAccessibleIdentifier(f"assessment.folded.band.{place}")
            score = QWidget()
            beside = QHBoxLayout(score)
            beside.setContentsMargins(0, 0, 0, 0)
            beside.setSpacing(theme.px(4))
            beside.addWidget(words)
            beside.addWidget(mark)
            self._scores.append((score, words, mark))
        self._list = key_button(theme, language.text("What remains"), self.asked.emit, key="R", name="assessment.folded.remaining")
        for choice in (self._sections, self._filters):
            choice.setMinimumContentsLength(6)
        row.addWidget(self._sections, 3)
        row.addWidget(self._filters, 2)
        row.addWidget(self._list)
        column.addLayout(row)
        column.addWidget(flow([self._said, self._stops, *(score for score, _, _ in self._scores)], gap=theme.px(10)))

    def show_state(self, state: AssessmentRoomState) -> None:
        """Show outline and result in as few lines as there is room for."""
        shown = (state.outline, state.result)
        if shown == self._shown:
            return
        self._shown = shown
        here = next((row.first for row in state.outline.sections if row.is_here), None)
        self._sections.offer([(row.first, f"{row.title}  {row.count}") for row in state.outline.sections], current=here)
        on = next(one.id for one in state.outline.filters if one.is_on)
        self._filters.offer([(one.id, f"{one.title}  {one.count}") for one in state.outline.filters], current=on)
        result = state.result
        self._said.setText(" · ".join([f"{result.remains} {result.remains_said}" if result.open else result.remains_said, result.gaps]))
        self._stops.show_mark(result.stops)
        self._stops.setAccessibleDescription("\n".join(result.stop_titles))
        for (score, words, mark), row in zip_longest(self._scores, result.subjects[: len(self._scores)]):
            score.setVisible(row is not None)
            mark.setVisible(row is not None and row.mark is not None)
            if row is not None:
                words.setText(f"{row.title} {row.number}".strip())
                if row.mark is not None:
                    mark.show_mark(row.mark)
