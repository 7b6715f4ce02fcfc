"""A status: shape, word and colour together."""

from __future__ import annotations

import math

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.charts.marks import status_mark
from desktop.shell.theme import BODY, Theme
from desktop.widgets.chart_painter import paint_path
from desktop.words import Mark


class StatusMark(QWidget):
    """Shows a ``Mark``; its accessible name is the word."""

    def __init__(self, theme: Theme, mark: Mark, *, size: int = BODY, strong: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._mark = mark
        self._font = theme.font(size, QFont.Weight.DemiBold if strong else QFont.Weight.Medium)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(mark.word)

    def show_mark(self, mark: Mark) -> None:
        """Show another status."""
        self._mark = mark
        self.setAccessibleName(mark.word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._font)
        return QSize(mark_width(metrics, self._mark.word, self._theme), metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setFont(self._font)
        paint_mark(painter, self._mark, self._theme, into=self.rect())
        painter.end()


#: The shape's share of a line's height; it begins where the words above and below it begin.
_SHAPE = 0.62


def mark_width(metrics: QFontMetrics, words: str, theme: Theme) -> int:
    """Give how wide a status with these words is in a font, in pixels."""
    return _words_begin(metrics.height(), theme) + metrics.horizontalAdvance(words) + 2


def _words_begin(height: int, theme: Theme) -> int:
    return math.ceil(height * _SHAPE) + theme.px(6)


def paint_mark(painter: QPainter, mark: Mark, theme: Theme, *, into: QRect) -> None:
    """Paint a status at the left of a rectangle with the painter's font."""
    height = painter.fontMetrics().height()
    middle = into.top() + into.height() / 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_path(painter, status_mark(mark.tone, x=into.left() + height * _SHAPE / 2, y=middle, size=height * _SHAPE), theme)
    painter.setPen(theme.colour(mark.tone))
    left = into.left() + _words_begin(height, theme)
    words = QRect(left, into.top(), into.right() - left + 1, into.height())
    shown = painter.fontMetrics().elidedText(mark.word, Qt.TextElideMode.ElideRight, words.width())
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
