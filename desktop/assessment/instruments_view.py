"""The instruments of an assessment: take one away, go over to a newer version after seeing what it does, add one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.assessment.instruments_state import InstrumentsState, NewerVersion, OfferedInstrument, UsedInstrument
from desktop.assessment.keycap import key_button
from desktop.language import Language
from desktop.shell.theme import Theme
from desktop.widgets.button import button
from desktop.widgets.fields import Segments
from desktop.widgets.page import clear
from desktop.widgets.text import label, line


class InstrumentsView(QFrame):
    """Says ``added(id, scope)``, ``removed(id)``, ``upgraded(newer)`` and ``left()``."""

    added = Signal(str, str)
    removed = Signal(str)
    upgraded = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self._theme, self._language = theme, language
        self._shown: InstrumentsState | None = None
        self._scopes: dict[str, str] = {}
        self.setProperty("surface", "card")
        self.setAccessibleName(language.text("Instruments"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        column.setSpacing(theme.px(8))
        head = QHBoxLayout()
        head.addWidget(label(language.text("Instruments"), "section"), 1)
        self._back = key_button(theme, language.text("Back to the question"), self.left.emit, key="Esc", name="assessment.instruments.back")
        head.addWidget(self._back)
        column.addLayout(head)
        said = language.text("Each instrument keeps its own result; a question that two of them ask is answered once.")
        column.addWidget(label(said, "muted", wrap=True))
        self._wrong = label("", "error", wrap=True, name="assessment.instruments.error")
        self._wrong.hide()
        column.addWidget(self._wrong)
        inside = QWidget()
        inside.setProperty("surface", "plain")
        self._body = QVBoxLayout(inside)
        self._body.setContentsMargins(0, 0, theme.px(8), 0)
        self._body.setSpacing(theme.px(10))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        column.addWidget(area, 1)

    def show_state(self, state: InstrumentsState) -> None:
        """Show the instruments."""
        self.refuse("")
        if state == self._shown:
            return
        self._shown = state
        clear(self._body)
        text = self._language.text
        for newer in state.newer:
            self._body.addWidget(self._newer(newer))
        self._body.addWidget(label(text("In this assessment"), "heading"))
        for used in state.used:
            self._body.addWidget(self._used(used))
        if state.offered:
            self._body.addWidget(line())
            self._body.addWidget(label(text("Can be added"), "heading"))
            for offered in state.offered:
                self._body.addWidget(self._offered(offered))
        self._body.addStretch(1)

    def refuse(self, said: str) -> None:
        """Say why something was not done; empty takes it away."""
        self._wrong.setText(said)
        self._wrong.setVisible(bool(said))

    def focus(self) -> None:
        """Stand at the first thing that can be done."""
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.focusNextChild()

    def _used(self, used: UsedInstrument) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(8))
        row.addLayout(self._words(used.title, used.about), 1)
        if used.can_go:
            away = button(
                self._theme,
                self._language.text("Take away"),
                partial(self.removed.emit, used.id),
                name=f"assessment.instruments.remove.{used.id}",
                kind="quiet",
            )
            away.setAccessibleDescription(used.title)
            row.addWidget(away, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def _offered(self, offered: OfferedInstrument) -> QWidget:
        theme, text = self._theme, self._language.text
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        words = self._words(offered.title, offered.about)
        self._scopes[offered.id] = offered.scopes[0][0]
        if len(offered.scopes) > 1:
            title = text("Scope of {template}", template=offered.title)
            scopes = Segments(
                theme, offered.scopes, name=f"assessment.instruments.scope.{offered.id}", title=title, current=offered.scopes[0][0]
            )
            scopes.chosen.connect(partial(self._choose_scope, offered.id))
            words.addWidget(scopes)
        row.addLayout(words, 1)
        add = button(
            theme, text("Add"), partial(self._add, offered.id), name=f"assessment.instruments.add.{offered.id}", kind="plain", icon="plus"
        )
        add.setAccessibleDescription(offered.title)
        row.addWidget(add, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def _newer(self, newer: NewerVersion) -> QWidget:
        theme, text = self._theme, self._language.text
        made = QFrame()
        made.setProperty("surface", "note")
        column = QVBoxLayout(made)
        column.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(10))
        column.setSpacing(theme.px(4))
        column.addWidget(label(text("Newer version: {template}", template=newer.title), "strong", wrap=True))
        column.addWidget(label(newer.said, "dense", wrap=True, name=f"assessment.instruments.newer.{newer.id}"))
        for title, questions in newer.parts:
            column.addWidget(label(title, "heading"))
            for question in questions:
                column.addWidget(label(f"– {question}", "dense", wrap=True))
        over = button(
            theme,
            text("Go over to this version"),
            partial(self.upgraded.emit, newer.newer),
            name=f"assessment.instruments.upgrade.{newer.id}",
            kind="plain",
        )
        over.setAccessibleDescription(newer.said)
        row = QHBoxLayout()
        row.addWidget(over)
        row.addStretch(1)
        column.addLayout(row)
        return made

    def _words(self, title: str, about: str) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self._theme.px(1))
        column.addWidget(label(title, "strong", wrap=True))
        column.addWidget(label(about, "dense", wrap=True))
        return column

    def _choose_scope(self, template: str, scope: object) -> None:
        self._scopes[template] = str(scope)

    def _add(self, template: str) -> None:
        self.added.emit(template, self._scopes[template])
