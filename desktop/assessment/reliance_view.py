"""Another body's result at the question, and relying on it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop.assessment.keycap import key_button, show_key
from desktop.assessment.reliance import Reliance
from desktop.language import Language
from desktop.shell.theme import Theme
from desktop.widgets.text import label, set_property


class RelianceView(QFrame):
    """What another body has found out; says ``confirmed()`` when the user relies on it."""

    confirmed = Signal()

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self._theme, self._shown = theme, None
        self.setProperty("surface", "note")
        self.setAccessibleIdentifier("assessment.reliance")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(6), theme.px(8), theme.px(6))
        row.setSpacing(theme.px(8))
        words = QVBoxLayout()
        words.setSpacing(theme.px(1))
        self._words = label("", "dense", wrap=True, name="assessment.reliance.result")
        self._said = label("", "caption", wrap=True, name="assessment.reliance.standing")
        words.addWidget(self._words)
        words.addWidget(self._said)
        row.addLayout(words, 1)
        self._rely = key_button(theme, language.text("Rely on it"), self.confirmed.emit, key="B", name="assessment.rely", kind="plain")
        row.addWidget(self._rely)
        self.hide()

    def show_reliance(self, shown: Reliance | None, *, key: str, editable: bool) -> None:
        """Show a result; hidden where none could answer the question."""
        self.setVisible(shown is not None)
        if shown is None:
            return
        show_key(self._theme, self._rely, key)
        self._rely.setVisible(editable and shown.proposed is not None)
        self._words.setText(shown.words)
        self._said.setText(shown.said)
        self.setAccessibleName(f"{shown.words}. {shown.said}")
        set_property(self, "surface", shown.tone)
