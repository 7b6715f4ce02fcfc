"""The usual room: a title with actions, and a column below that scrolls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.shell.theme import Theme
from desktop.widgets.bounded_column import BoundedColumn
from desktop.widgets.flow_row import flow
from desktop.widgets.text import label

#: From this text size on, in per cent.
_LARGE_TEXT = 150


class Page(QWidget):
    """A title row (``head``) and a ``body`` column to add to. ``widest`` limits the column, in pixels at 100 % text size.

    ``scrolls=False`` gives the body all the height instead: for a table that scrolls by itself. ``middle`` puts the column in the middle
    of a window in which nothing stands beside it.
    """

    def __init__(
        self, theme: Theme, title: str = "", *, under: str = "", widest: int = 1200, scrolls: bool = True, middle: bool = False
    ) -> None:
        super().__init__()
        self.theme = theme
        margin = theme.px(24)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        column = QWidget()
        column.setProperty("surface", "ground")
        column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.column = BoundedColumn(column, theme.px(widest))
        self.column.setContentsMargins(margin, margin, margin, margin)
        self.column.setSpacing(theme.px(16))
        self.heading = label(title, "title", wrap=True)
        self.under = label(under, "muted", wrap=True)
        if not under:
            self.under.hide()  # never shown here: without a parent it would be a window of its own for a moment
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(self.heading)
        words.addWidget(self.under)
        self.head = QHBoxLayout()
        self.head.setSpacing(theme.px(8))
        self.head.addLayout(words, 1)
        self.column.addLayout(self.head)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.px(16))
        self.column.addLayout(self.body, 0 if scrolls else 1)
        outer = QWidget()
        outer.setProperty("surface", "ground")
        around = QHBoxLayout(outer)
        around.setContentsMargins(0, 0, 0, 0)
        if middle:
            around.addStretch(0)
        around.addWidget(column, 1)
        around.addStretch(0)
        if scrolls:
            self.column.addStretch(0)
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.setWidget(outer)
            self.area: QScrollArea | None = area
            whole.addWidget(area)
        else:
            self.area = None
            whole.addWidget(outer)

    def say_title(self, title: str, under: str = "") -> None:
        """Change title and the line under it."""
        self.heading.setText(title)
        self.under.setText(under)
        self.under.setVisible(bool(under))

    def act(self, *actions: QWidget) -> None:
        """Put actions to the right of the title, or below it where several of them in large text would leave it no room."""
        if len(actions) > 1 and self.theme.px(100) >= _LARGE_TEXT:
            self.column.insertWidget(1, flow(list(actions), gap=self.theme.px(8)))
            return
        for action in actions:
            self.head.addWidget(action, 0, Qt.AlignmentFlag.AlignTop)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let go of it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def row(theme: Theme, parts: Sequence[QWidget | None], *, gap: int = 8) -> QHBoxLayout:
    """Put parts beside each other; ``None`` is a stretch."""
    made = QHBoxLayout()
    made.setSpacing(theme.px(gap))
    for part in parts:
        if part is None:
            made.addStretch(1)
        else:
            made.addWidget(part)
    return made
