"""A dialog that asks before a step: a heading, sentences and ways on, whole also in large text."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.shell.theme import Theme
from desktop.widgets.text import label


class QuestionDialog(QDialog):
    """Add to ``column`` below the heading. ``least`` is its least width in pixels at 100 % text size."""

    def __init__(self, theme: Theme, title: str, *, least: int, parent: QWidget, heading: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.px(least))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(20))
        self.column.setSpacing(theme.px(10))
        self.column.addWidget(label(heading or title, "section", wrap=bool(heading)))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # A dialog opens at two thirds of the screen's height at most, and would cut sentences in large text.
        needed = self.column.totalHeightForWidth(self.width())
        self.setMinimumHeight(min(needed, self.screen().availableGeometry().height()))
