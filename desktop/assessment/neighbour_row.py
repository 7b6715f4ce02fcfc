"""The question before or after the one in focus, dimmed, in one line."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.assessment.keycap import keycap
from desktop.assessment.state import Neighbour
from desktop.shell.theme import DENSE, Theme


class NeighbourRow(QAbstractButton):
    """Pressing it goes there. It keeps its place also when there is no such question."""

    def __init__(self, theme: Theme, *, key: str, name: str) -> None:
        super().__init__()
        self._theme, self._key = theme, key
        self._neighbour: Neighbour | None = None
        self.setAccessibleIdentifier(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def question(self) -> str:
        """The question it leads to, or nothing."""
        return self._neighbour.id if self._neighbour else ""

    def show_neighbour(self, neighbour: Neighbour | None) -> None:
        """Show a question, or an empty place."""
        if neighbour == self._neighbour:
            return
        self._neighbour = neighbour
        self.setEnabled(neighbour is not None)
        self.setAccessibleName(f"{neighbour.title} {neighbour.answer}" if neighbour else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(300), self._theme.px(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._neighbour is None:
            return
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        if self.underMouse():
            painter.setBrush(theme.tint("text", 0.05, on="ground"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        cap = keycap(theme, self._key)
        size = cap.deviceIndependentSize()
        painter.drawPixmap(QPointF(theme.px(16), (self.height() - size.height()) / 2), cap)
        painter.setPen(theme.colour("muted"))
        painter.setFont(theme.font(DENSE, QFont.Weight.Medium))
        metrics = painter.fontMetrics()
        right = self.width() - theme.px(16)
        answer = metrics.elidedText(self._neighbour.answer, Qt.TextElideMode.ElideRight, self.width() // 3)
        wide = metrics.horizontalAdvance(answer)
        painter.drawText(QRect(right - wide, 0, wide + 1, self.height()), Qt.AlignmentFlag.AlignVCenter, answer)
        painter.setFont(theme.font(DENSE))
        left = theme.px(16) + round(size.width()) + theme.px(8)
        words = painter.fontMetrics().elidedText(self._neighbour.title, Qt.TextElideMode.ElideRight, right - wide - theme.px(12) - left)
        painter.drawText(QRect(left, 0, right - wide - left, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()
