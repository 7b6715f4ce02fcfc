"""The answers of a question: one row each, its number the key to press, the whole row to hit; one of them or several."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from desktop.shell.theme import BODY, CAPTION, Theme

#: Pixels above and below the words of a row that needs more than one line.
_ABOVE = 6
_WRAPS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True)
class LevelRow:
    """One row: its key (a digit, or an option's id), what is printed in front of it, its words, and a quiet note behind ("last time").

    A row that is not ``open`` is shown and cannot be picked.
    """

    key: object
    digit: str
    text: str
    note: str = ""
    open: bool = True


class LevelPicker(QWidget):
    """Rows of which one is chosen, or several; says ``picked(key)`` when the user picks, also when it is one that was chosen.

    Of several, a pick takes a row in or out; what is chosen then is for the one who listens to show.
    Digits pick at once, arrow keys move the focus, Space or Enter picks the focused row. ``pick_digit`` lets a room give it digits that
    were typed elsewhere.
    """

    picked = Signal(object)

    def __init__(self, theme: Theme, *, name: str, title: str) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self.setAccessibleName(title)
        self.setAccessibleIdentifier(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(2))
        self._group = QButtonGroup(self)
        self._rows: list[_Row] = []
        self._several = False

    def show_rows(self, rows: Iterable[LevelRow], *, chosen: object = None, enabled: bool = True, several: bool = False) -> None:
        """Show answers; only what differs is made anew, so that the focus stays. Of ``several``, ``chosen`` is a tuple of keys."""
        wanted = list(rows)
        if [row.level for row in self._rows] != wanted or several != self._several:
            self._several = several
            self._make(wanted)
        self._group.setExclusive(False)
        for row in self._rows:
            taken = isinstance(chosen, tuple) and row.level.key in chosen if several else chosen is not None and row.level.key == chosen
            row.setChecked(taken)
            row.setEnabled(enabled and row.level.open)
        self._group.setExclusive(not several)
        # Tab comes to the chosen row, or to the first; arrows lead on from there.
        first = self._entry
        for row in self._rows:
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if row is first else Qt.FocusPolicy.ClickFocus)

    @property
    def chosen(self) -> object:
        """The key of the row that is chosen, ``None`` while none is."""
        return next((row.level.key for row in self._rows if row.isChecked()), None)

    @property
    def _entry(self) -> _Row | None:
        """The chosen row, else the first that can be picked."""
        ways = [row for row in self._rows if row.isChecked()] + [row for row in self._rows if row.level.open]
        return ways[0] if ways else None

    def pick_digit(self, digit: str) -> bool:
        """Pick the row with that key on the keyboard; says whether there is one."""
        for row in self._rows:
            if digit and row.level.digit == digit and row.isEnabled():
                row.setFocus(Qt.FocusReason.OtherFocusReason)
                row.click()
                return True
        return False

    def focus_chosen(self) -> None:
        """Put the focus on the chosen row, or on the first."""
        row = self._entry
        if row is not None:
            row.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        focused = next((at for at, row in enumerate(self._rows) if row.hasFocus()), None)
        step = keys.get(Qt.Key(event.key()))
        if step is not None and focused is not None:
            onward = self._rows[focused + 1 :] if step > 0 else self._rows[:focused][::-1]
            beside = next((row for row in onward if row.level.open), None)
            if beside is not None:
                beside.setFocus(Qt.FocusReason.TabFocusReason)
        elif event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier) and self.pick_digit(event.text()):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _make(self, wanted: list[LevelRow]) -> None:
        for row in self._rows:
            self._group.removeButton(row)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for level in wanted:
            row = _Row(self._theme, level, name=f"{self._name}.{level.key}", several=self._several)
            row.clicked.connect(lambda _=False, key=level.key: self.picked.emit(key))
            self._group.addButton(row)
            self._column.addWidget(row)
            self._rows.append(row)


class _Row(QAbstractButton):
    """One level, painted: digit, ring, words over as many lines as they need."""

    def __init__(self, theme: Theme, level: LevelRow, *, name: str, several: bool) -> None:
        super().__init__()
        self._theme = theme
        self._several = several
        self.level = level
        self.setCheckable(True)
        self.setText(level.text)
        self.setAccessibleName(". ".join(part for part in (level.digit, level.text, level.note) if part))
        self.setAccessibleIdentifier(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        words = self._metrics().boundingRect(QRect(0, 0, self._words_width(width), 10_000), _WRAPS, self.level.text).height()
        return max(self._theme.px(36), words + 2 * self._theme.px(_ABOVE))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(480), self.heightForWidth(self._theme.px(480)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(36))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()  # arrows and digits are the picker's

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def paintEvent(self, event: QEvent | QPaintEvent) -> None:
        del event
        theme, chosen, enabled = self._theme, self.isChecked(), self.isEnabled()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().adjusted(1, 1, -1, -1)
        if chosen:
            painter.setBrush(theme.tint("accent", 0.12))
        elif self.underMouse() and enabled:
            painter.setBrush(theme.tint("text", 0.05))
        pen = QPen(theme.colour("accent"), 2 if self.hasFocus() else 1)
        painter.setPen(pen if self.hasFocus() or chosen else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(area, 6, 6)
        line = self._metrics().height()
        top = max(theme.px(_ABOVE), (theme.px(36) - line) // 2 if self.height() <= theme.px(36) else 0)
        painter.setFont(theme.font(BODY, QFont.Weight.DemiBold if chosen else QFont.Weight.Normal))
        painter.setPen(theme.colour("accent" if chosen else "muted"))
        painter.drawText(QRect(theme.px(10), top, theme.px(14), line), Qt.AlignmentFlag.AlignRight, self.level.digit)
        self._paint_ring(painter, QPoint(theme.px(42), top + line // 2))
        painter.setFont(theme.font(BODY, QFont.Weight.Medium if chosen else QFont.Weight.Normal))
        painter.setPen(theme.colour("text" if enabled else "muted"))
        words = QRect(theme.px(60), top, self._words_width(self.width()), self.height() - top)
        painter.drawText(words, _WRAPS, self.level.text)
        if self.level.note:
            painter.setFont(theme.font(CAPTION))
            painter.setPen(theme.colour("muted"))
            note = QRect(words.right() + theme.px(8), top, self._note_width(), line)
            painter.drawText(note, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.level.note)
        painter.end()

    def _paint_ring(self, painter: QPainter, middle: QPoint) -> None:
        """Paint a ring, or a box to tick where several may be chosen."""
        radius = self._theme.px(7)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._several:
            self._paint_box(painter, middle, radius)
            return
        painter.setPen(QPen(self._theme.colour("accent" if self.isChecked() else "outline"), 1.5))
        painter.drawEllipse(middle, radius, radius)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("accent"))
            painter.drawEllipse(middle, self._theme.px(4), self._theme.px(4))

    def _paint_box(self, painter: QPainter, middle: QPoint, radius: int) -> None:
        painter.setPen(QPen(self._theme.colour("accent" if self.isChecked() else "outline"), 1.5))
        painter.drawRoundedRect(QRect(middle - QPoint(radius, radius), QSize(2 * radius, 2 * radius)), 3, 3)
        if self.isChecked():
            reach = self._theme.px(4)
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.drawPolyline([middle + QPoint(-reach, 0), middle + QPoint(-1, reach - 1), middle + QPoint(reach, 1 - reach)])

    def _metrics(self) -> QFontMetrics:
        # Measured as if chosen, the wider weight, so that choosing never moves a line.
        return QFontMetrics(self._theme.font(BODY, QFont.Weight.Medium))

    def _note_width(self) -> int:
        return QFontMetrics(self._theme.font(CAPTION)).horizontalAdvance(self.level.note) + 2 if self.level.note else 0

    def _words_width(self, width: int) -> int:
        behind = self._note_width() + self._theme.px(16 if self.level.note else 8)
        return max(self._theme.px(80), width - self._theme.px(60) - behind)
