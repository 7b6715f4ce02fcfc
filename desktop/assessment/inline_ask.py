"""Asking for a reason or a sentence in place, without a dialog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from desktop.assessment.keycap import key_button
from desktop.language import Language
from desktop.shell.theme import Theme
from desktop.widgets.text import label


class InlineAsk(QFrame):
    """One question with a line to answer it in. Enter takes the answer, Esc leaves everything as it was."""

    opened = Signal()

    def __init__(self, theme: Theme, language: Language, *, name: str) -> None:
        super().__init__()
        self.setProperty("surface", "note")
        self._language = language
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        column.setSpacing(theme.px(4))
        self._prompt = label("", "strong", wrap=True)
        self.line = QLineEdit()
        self.line.setAccessibleIdentifier(name)
        self._prompt.setBuddy(self.line)
        self._wrong = label("", "error", wrap=True)
        self._wrong.hide()
        take = key_button(theme, language.text("Continue"), self._take, key="⏎", name=f"{name}.take", kind="plain")
        leave = key_button(theme, language.text("Cancel"), self.dismiss, key="Esc", name=f"{name}.leave")
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.line, 1)
        row.addWidget(take)
        row.addWidget(leave)
        column.addWidget(self._prompt)
        column.addLayout(row)
        column.addWidget(self._wrong)
        self._then: Callable[[str], object] | None = None
        self._dismissed: Callable[[], object] | None = None
        self.line.returnPressed.connect(self._take)
        self.line.textEdited.connect(lambda _: self._wrong.hide())
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether something is being asked."""
        return self._then is not None

    def ask(
        self,
        prompt: str,
        then: Callable[[str], object],
        *,
        dismissed: Callable[[], object] | None = None,
        text: str = "",
        waits: bool = False,
    ) -> None:
        """Ask; ``then`` gets the words, never empty ones. ``waits``: the cursor stays where somebody is typing."""
        self._then, self._dismissed = then, dismissed
        self._prompt.setText(prompt)
        self.line.setAccessibleName(prompt)
        self.line.setText(text)
        self._wrong.hide()
        self.show()
        if not waits:
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.opened.emit()

    def dismiss(self) -> None:
        """Stop asking; everything stays as it was."""
        if not self.is_open:
            return
        dismissed, self._then, self._dismissed = self._dismissed, None, None
        self.hide()
        if dismissed is not None:
            dismissed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # the line has taken it
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        text = self.line.text().strip()
        if not text:
            self._wrong.setText(self._language.text("Write a few words first; nothing was changed."))
            self._wrong.show()
            self.line.setFocus()
            return
        then, self._then, self._dismissed = self._then, None, None
        self.hide()
        if then is not None:
            then(text)
