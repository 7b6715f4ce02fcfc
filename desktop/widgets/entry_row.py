"""A row that leads somewhere: a title, a quiet line under it, and at the right what is counted and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.shell.theme import BODY, CAPTION, Theme
from desktop.widgets.status_mark import mark_width, paint_mark
from desktop.words import Mark


@dataclass(frozen=True)
class Entry:
    """What a row says. ``share`` (0–1) draws how much is done under it; at the right stand ``note``, beside the title, and ``mark``,
    beside the quiet line if there is one: the title is a name, and names need their room."""

    title: str
    about: str = ""
    note: str = ""
    mark: Mark | None = None
    share: float | None = None

    @property
    def spoken(self) -> str:
        """All of it in one sentence, for a screen reader."""
        return ", ".join(part for part in (self.title, self.about, self.mark.word if self.mark else "", self.note) if part)


class EntryRow(QAbstractButton):
    """Calls ``go`` when it is pressed, by mouse, Space or Enter."""

    def __init__(self, theme: Theme, entry: Entry, go: Callable[[], object], *, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._entry = entry
        self.setText(entry.title)
        self.setAccessibleName(entry.spoken)
        self.setAccessibleIdentifier(name)
        self.setToolTip(entry.title if not entry.about else f"{entry.title}\n{entry.about}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: go())

    def sizeHint(self) -> QSize:
        theme = self._theme
        height = QFontMetrics(theme.font(BODY, QFont.Weight.Medium)).height() + theme.px(14)
        if self._entry.about:
            height += QFontMetrics(theme.font(CAPTION)).height() + theme.px(2)
        if self._entry.share is not None:
            height += theme.px(10)
        return QSize(theme.px(220), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(140), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme, entry = self._theme, self._entry
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        if self.underMouse():
            painter.setBrush(theme.tint("text", 0.05))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        area = self.rect().adjusted(theme.px(8), theme.px(7), -theme.px(8), -theme.px(7))
        bold, small = theme.font(BODY, QFont.Weight.Medium), theme.font(CAPTION)
        line = QFontMetrics(bold).height()
        upper = QRect(area.left(), area.top(), area.width(), line)
        under = QRect(area.left(), area.top() + line + theme.px(2), area.width(), QFontMetrics(small).height())
        painter.setFont(small)
        behind = self._paint_note(painter, upper)
        marked = self._paint_mark(painter, under if entry.about else upper.adjusted(0, 0, -behind, 0))
        painter.setFont(bold)
        painter.setPen(theme.colour("text"))
        self._paint_line(painter, upper.adjusted(0, 0, -behind - (0 if entry.about else marked), 0), entry.title)
        if entry.about:
            painter.setFont(small)
            painter.setPen(theme.colour("muted"))
            self._paint_line(painter, under.adjusted(0, 0, -marked, 0), entry.about)
        if entry.share is not None:
            bar = QRectF(area.left(), area.bottom() - theme.px(3), area.width(), theme.px(4))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("border"))
            painter.drawRoundedRect(bar, 2, 2)
            bar.setWidth(bar.width() * min(max(entry.share, 0.0), 1.0))
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(bar, 2, 2)
        painter.end()

    def _paint_note(self, painter: QPainter, area: QRect) -> int:
        """Paint what is counted at the right and give how much room it took."""
        note = self._entry.note
        if not note:
            return 0
        painter.setPen(self._theme.colour("muted"))
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, note)
        return painter.fontMetrics().horizontalAdvance(note) + self._theme.px(12)

    def _paint_mark(self, painter: QPainter, area: QRect) -> int:
        """Paint the status at the right and give how much room it took."""
        mark = self._entry.mark
        if mark is None:
            return 0
        width = mark_width(painter.fontMetrics(), mark.word, self._theme)
        paint_mark(painter, mark, self._theme, into=QRect(area.right() - width + 1, area.top(), width, area.height()))
        return width + self._theme.px(12)

    @staticmethod
    def _paint_line(painter: QPainter, area: QRect, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class EntryColumn(QWidget):
    """Rows one under the other; Tab comes to one of them, and arrows, Home and End lead on from there."""

    def __init__(self, theme: Theme, rows: Sequence[EntryRow]) -> None:
        super().__init__()
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(2))
        self._rows: list[EntryRow] = []
        self.add(rows)

    def add(self, rows: Sequence[EntryRow]) -> None:
        """Add rows below."""
        for row in rows:
            row.setFocusPolicy(Qt.FocusPolicy.ClickFocus if self._rows else Qt.FocusPolicy.StrongFocus)
            row.installEventFilter(self)
            self._rows.append(row)
            self._column.addWidget(row)

    def focus_row(self, at: int) -> None:
        """Put the focus on a row, or on the first or last where there is none of that number."""
        if not self._rows:
            return
        row = self._rows[min(max(at, 0), len(self._rows) - 1)]
        row.setFocus(Qt.FocusReason.TabFocusReason)
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            area, gap = around, self._theme.px(24)
            QTimer.singleShot(0, row, lambda: area.ensureWidgetVisible(row, 0, gap))  # a new row has its place only then

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, EntryRow) and watched in self._rows:
            at = self._rows.index(watched)
            if event.type() == QEvent.Type.FocusIn:
                for row in self._rows:
                    row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if row is watched else Qt.FocusPolicy.ClickFocus)
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                last = len(self._rows) - 1
                to = {Qt.Key.Key_Up: at - 1, Qt.Key.Key_Down: at + 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}.get(Qt.Key(event.key()))
                if to is not None:
                    self.focus_row(to)
                    return True
        return super().eventFilter(watched, event)
