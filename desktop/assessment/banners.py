"""Strips above the question: ties to declare or to decide about, and why nothing can be changed."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.assessment.inline_ask import InlineAsk
from desktop.assessment.keycap import key_button
from desktop.assessment.state import AssessmentRoomState, TieToResolve
from desktop.language import Language
from desktop.shell.theme import Theme
from desktop.widgets.button import button
from desktop.widgets.card import Notice
from desktop.widgets.page import clear


class Banners(QWidget):
    """Says ``declared(has_tie, text)``, ``resolved(person, text)`` and ``taken_back()``."""

    declared = Signal(bool, str)
    resolved = Signal(object, str)
    taken_back = Signal()
    left = Signal()
    instruments_asked = Signal()

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self._theme, self._language = theme, language
        self._shown: tuple[object, ...] | None = None
        self._first: QPushButton | None = None
        self._narrow = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        self._notices = QVBoxLayout()
        self._notices.setSpacing(theme.px(6))
        column.addLayout(self._notices)
        self.ask = InlineAsk(theme, language, name="assessment.tie.text")
        column.addWidget(self.ask)

    def show_state(self, state: AssessmentRoomState) -> None:
        """Show what the state says; nothing is made anew while it is the same."""
        shown = (state.declares_ties, state.resolves, state.notice, state.can_take_back, state.newer, self._narrow)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._notices)
        self._first = None
        if state.notice:
            action = None
            if state.can_take_back:
                action = button(self._theme, self._language.text("Take it back"), self.taken_back.emit, name="assessment.take_back")
            self._say(Notice(self._theme, state.notice, action=action))
        if state.declares_ties:
            short = self._language.text("Ties to the partner: not declared yet")
            notice = Notice(self._theme, short if self._narrow else state.declares_ties, action=self._declaring())
            notice.setAccessibleName(state.declares_ties)
            self._say(notice)
        if state.newer:
            look = key_button(
                self._theme,
                self._language.text("See what changes"),
                self.instruments_asked.emit,
                key="I",
                name="assessment.newer",
                kind="plain",
            )
            self._say(Notice(self._theme, state.newer, action=look))
        for tie in state.resolves:
            self._say(Notice(self._theme, tie.text, tone="warning", action=self._resolving(tie)))
        self.setVisible(any((state.notice, state.declares_ties, state.resolves, state.newer)))

    def fold(self, narrow: bool) -> None:
        """Say it shorter from now on where there is little room."""
        self._narrow = narrow

    def focus(self) -> None:
        """Stand at the first thing to do about ties."""
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _say(self, notice: Notice) -> None:
        """Add a strip; it is low, for every line that it takes is the question's."""
        margin = self._theme.px(3)
        notice.layout().setContentsMargins(self._theme.px(12), margin, margin, margin)
        self._notices.addWidget(notice)

    def _declaring(self) -> QWidget:
        text = self._language.text
        none = key_button(
            self._theme, text("I have no tie"), lambda: self.declared.emit(False, ""), key="T", name="assessment.tie.none", kind="plain"
        )
        some = button(self._theme, text("I have a tie…"), self._describe, name="assessment.tie.some", kind="quiet")
        self._first = none
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(4))
        row.addWidget(none)
        row.addWidget(some)
        return beside

    def _resolving(self, tie: TieToResolve) -> QPushButton:
        made = button(
            self._theme, self._language.text("Write what was decided…"), lambda: self._decide(tie.person), name="assessment.tie.resolve"
        )
        self._first = self._first or made
        return made

    def _describe(self) -> None:
        prompt = self._language.text("What is the tie, and since when? Another person then writes down what was decided about it.")
        self.ask.ask(prompt, lambda text: self.declared.emit(True, text), dismissed=self.left.emit)

    def _decide(self, person: UUID) -> None:
        prompt = self._language.text("What was decided about the tie, by whom and when?")
        self.ask.ask(prompt, lambda text: self.resolved.emit(person, text), dismissed=self.left.emit)
