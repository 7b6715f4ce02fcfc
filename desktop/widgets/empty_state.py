"""What an empty place says: one sentence what it is for, one action."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.shell.theme import Theme
from desktop.widgets.text import label


class EmptyState(QWidget):
    """One sentence and at most one action, in the middle of the place."""

    def __init__(self, theme: Theme, text: str, *, icon: str = "", action: QPushButton | None = None) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(32), theme.px(16), theme.px(32))
        column.setSpacing(theme.px(12))
        column.addStretch(1)
        if icon:
            picture = QLabel()
            picture.setPixmap(theme.pixmap(icon, role="muted", size=theme.px(32)))
            column.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        self.words = label(text, "muted", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.words)
        if action is not None:
            column.addWidget(action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
