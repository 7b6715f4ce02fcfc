"""A chart in the window."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.charts.shapes import Drawing
from desktop.shell.theme import Theme
from desktop.widgets.chart_painter import paint_drawing


class ChartHost(QWidget):
    """Paints a drawing and says its sentence to those who cannot see it.

    One point of the drawing is one pixel at 100 % text size; it shrinks with the room there is, and never grows beyond ``largest`` times.
    """

    def __init__(self, theme: Theme, *, name: str, title: str, largest: float = 1.5) -> None:
        super().__init__()
        self._theme = theme
        self._drawing: Drawing | None = None
        self._largest = largest
        self.setAccessibleIdentifier(name)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def show_drawing(self, drawing: Drawing) -> None:
        """Paint another drawing."""
        self._drawing = drawing
        self.setAccessibleDescription(drawing.sentence)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        if self._drawing is None:
            return QSize(0, 0)
        return QSize(self._theme.px(self._drawing.width), self._theme.px(self._drawing.height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() * 0.6

    def hasHeightForWidth(self) -> bool:
        return self._drawing is not None

    def heightForWidth(self, width: int) -> int:
        if self._drawing is None or not self._drawing.width:
            return 0
        widest = self._theme.px(self._drawing.width * self._largest)
        return round(min(width, widest) * self._drawing.height / self._drawing.width)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._drawing is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        area = QRectF(self.rect())
        widest = self._theme.px(self._drawing.width * self._largest)
        if area.width() > widest:
            area.setWidth(widest)
        paint_drawing(painter, self._drawing, self._theme, into=area)
        painter.end()
