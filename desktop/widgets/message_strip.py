"""The strip that says what was done or could not be done, without standing in the way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from desktop.language import Language
from desktop.shell.theme import Theme
from desktop.widgets.text import label, set_property

_SHOWN = 8_000


class MessageStrip(QFrame):
    """One sentence at a time. What was done goes away by itself; what went wrong stays until it is closed."""

    def __init__(self, theme: Theme, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(6), theme.px(8), theme.px(6))
        row.setSpacing(theme.px(8))
        self._words = label("", wrap=True, name="message.text")
        self._words.setObjectName("messageText")
        self._undo = QPushButton(language.text("Undo"))
        self._undo.setObjectName("messageUndo")
        self._undo.setAccessibleIdentifier("message.undo")
        self._undo.clicked.connect(self._take_back)
        self._close = QPushButton(language.text("Close"))
        self._close.setObjectName("messageClose")
        self._close.setAccessibleIdentifier("message.close")
        self._close.clicked.connect(self.hide)
        row.addWidget(self._words, 1)
        row.addWidget(self._undo)
        row.addWidget(self._close)
        self._undoing: Callable[[], None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, text: str, *, undo: Callable[[], None] | None = None, wrong: bool = False) -> None:
        """Say a sentence, and to a screen reader too."""
        self._undoing = undo
        self._words.setText(text)
        self._undo.setVisible(undo is not None)
        for part in (self, self._words, self._undo, self._close):
            set_property(part, "tone", "wrong" if wrong else "")
        self.setVisible(True)
        self.raise_()
        self._timer.stop()
        if not wrong:
            self._timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _take_back(self) -> None:
        undo = self._undoing
        self.hide()
        if undo is not None:
            undo()
