"""Last time's answer in a renewal, and confirming it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop.assessment.keycap import key_button
from desktop.assessment.question_state import LastTime
from desktop.language import Language
from desktop.shell.theme import Theme
from desktop.widgets.text import label, set_property


class LastTimeView(QFrame):
    """What was answered last time; says ``confirmed()`` when the user takes it over."""

    confirmed = Signal()

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self._language = language
        self._last: LastTime | None = None
        self.setProperty("surface", "note")
        self.setAccessibleIdentifier("assessment.last")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(6), theme.px(8), theme.px(6))
        row.setSpacing(theme.px(8))
        words = QVBoxLayout()
        words.setSpacing(theme.px(1))
        self._words = label("", "dense", wrap=True, name="assessment.last.answer")
        self._said = label("", "caption", wrap=True, name="assessment.last.standing")
        words.addWidget(self._words)
        words.addWidget(self._said)
        row.addLayout(words, 1)
        self._confirm = key_button(theme, language.text("Confirm"), self.confirmed.emit, key="⏎", name="assessment.confirm", kind="plain")
        row.addWidget(self._confirm)
        self.hide()

    def show_last(self, last: LastTime | None, *, editable: bool) -> None:
        """Show last time's answer; hidden where there was none."""
        self.setVisible(last is not None)
        if last is None:
            self._last = None
            return
        self._confirm.setVisible(editable and last.standing == "unconfirmed")
        if last == self._last:
            return
        self._last = last
        text = self._language.text
        parts = [text("Last time ({date}): {answer}", date=last.when, answer=last.words)]
        parts += [part for part in (last.known,) if part]
        if last.comment:
            parts.append(text("“{comment}”", comment=last.comment))
        if last.evidence:
            parts.append(text("Evidence then: {names}", names="; ".join(last.evidence)))
        self._words.setText(" · ".join(parts))
        self._said.setText(last.said)
        self._said.setVisible(True)
        self.setAccessibleName(f"{self._words.text()}. {last.said}")
        set_property(self, "surface", "note" if last.standing in ("unconfirmed", "anew") else "plain")
