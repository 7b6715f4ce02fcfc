"""The field above a list that one searches in."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit

from desktop.shell.theme import Theme

#: A search starts this long after the last key, in milliseconds.
QUIET = 150


class SearchLine(QLineEdit):
    """Says ``sought()`` when what is typed has rested for a moment; Enter is the room's."""

    sought = Signal()

    def __init__(self, theme: Theme, words: str, *, placeholder: str, name: str, widest: int) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(words)
        self.setAccessibleIdentifier(name)
        self.setClearButtonEnabled(True)
        self.setMaximumWidth(theme.px(widest))
        self.addAction(theme.icon("search", "muted"), self.ActionPosition.LeadingPosition)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET)
        self._quiet.timeout.connect(self.sought)
        self.textChanged.connect(lambda _: self._quiet.start())

    def settle(self) -> bool:
        """Wait no longer, and tell whether something new was still to be sought."""
        waited = self._quiet.isActive()
        self._quiet.stop()
        return waited

    def begin(self) -> None:
        """Go here, ready to type something else."""
        self.setFocus()
        self.selectAll()
