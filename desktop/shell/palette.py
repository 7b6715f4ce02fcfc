"""Ctrl+K: everything that can be done and every partner and assessment, found by words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QCloseEvent, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.language import Language
from desktop.shell.commands import Command, found
from desktop.shell.theme import BODY, CAPTION, Theme
from desktop.widgets.text import label, line

#: How many are found at most, and how many of them stand in sight at once.
_SHOWN, _ROWS = 60, 10


class _Found(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.commands: list[Command] = []

    def take(self, commands: list[Command]) -> None:
        self.beginResetModel()
        self.commands = commands
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.commands)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        command = self.commands[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return command.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (command.title, command.about, command.keys) if part)
        return command if role == Qt.ItemDataRole.UserRole else None


class _Line(QStyledItemDelegate):
    """A command: title, what it is about, and its shortcut at the right."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del option, index
        return QSize(self._theme.px(200), self._theme.px(36))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        theme, command = self._theme, index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.tint("accent", 0.16, "raised"))
            painter.drawRoundedRect(option.rect, 6, 6)
        area = option.rect.adjusted(theme.px(10), 0, -theme.px(10), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        small = theme.font(CAPTION)
        behind = QFontMetrics(small).horizontalAdvance(command.keys) + (theme.px(16) if command.keys else 0)
        painter.setFont(small)
        painter.setPen(theme.colour("muted"))
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, command.keys)
        body = theme.font(BODY, QFont.Weight.Medium)
        painter.setFont(body)
        painter.setPen(theme.colour("text"))
        room = area.width() - behind
        title = QFontMetrics(body).elidedText(command.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(area.left(), area.top(), room, area.height()), middle | Qt.AlignmentFlag.AlignLeft, title)
        used = QFontMetrics(body).horizontalAdvance(title) + theme.px(12)
        if command.about and room - used > theme.px(40):
            painter.setFont(small)
            painter.setPen(theme.colour("muted"))
            about = QFontMetrics(small).elidedText(command.about, Qt.TextElideMode.ElideRight, room - used)
            left = QRect(area.left() + used, area.top(), room - used, area.height())
            painter.drawText(left, middle | Qt.AlignmentFlag.AlignLeft, about)
        painter.restore()


class CommandPalette(QDialog):
    """A line to type in and what fits under it. Enter runs, arrows move, Escape leaves."""

    def __init__(self, theme: Theme, language: Language, commands: Sequence[Command], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(language.text("Search or command"))
        self._theme = theme
        self._commands = list(commands)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        frame = QFrame()
        frame.setObjectName("paletteFrame")
        outer.addWidget(frame)
        column = QVBoxLayout(frame)
        column.setContentsMargins(theme.px(6), theme.px(4), theme.px(6), theme.px(6))
        column.setSpacing(theme.px(4))
        self._typed = QLineEdit()
        self._typed.setProperty("kind", "palette")
        self._typed.setPlaceholderText(language.text("Type a command, a partner or a case number"))
        self._typed.setAccessibleName(language.text("Search or command"))
        self._typed.setAccessibleIdentifier("palette.typed")
        self._typed.textChanged.connect(self._search)
        self._typed.installEventFilter(self)
        self._found = _Found()
        self._list = QListView()
        self._list.setProperty("kind", "palette")
        self._list.setModel(self._found)
        self._list.setItemDelegate(_Line(theme, self._list))
        self._list.setUniformItemSizes(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setAccessibleName(language.text("Search results"))
        self._list.setAccessibleIdentifier("palette.found")
        self._list.clicked.connect(lambda index: self._run(index.row()))
        self._nothing = label(language.text("Nothing matches. Try a word for what you want to do, or part of a name."), "muted", wrap=True)
        self._nothing.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(12))
        column.addWidget(self._typed)
        column.addWidget(line())
        column.addWidget(self._list, 1)
        column.addWidget(self._nothing)
        self._search("")
        corner = parent.mapToGlobal(parent.rect().topLeft())
        width = min(theme.px(620), parent.width() - 2 * theme.px(24))
        frame.setFixedWidth(width)
        self.move(corner.x() + (parent.width() - width) // 2, corner.y() + theme.px(56))
        self._typed.setFocus()

    def add(self, commands: Sequence[Command]) -> None:
        """Offer more: what had to be read first."""
        self._commands.extend(commands)
        self._search(self._typed.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            key = Qt.Key(event.key())
            if key in steps:
                self._select(self._list.currentIndex().row() + steps[key])
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(self._list.currentIndex().row())
                return True
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if (below := self.parentWidget()) is not None:
            below.activateWindow()  # not every window manager gives the keyboard back to the window below

    def _search(self, typed: str) -> None:
        self._found.take(found(self._commands, typed)[:_SHOWN])
        self._select(0)
        rows = min(len(self._found.commands), _ROWS)
        self._list.setVisible(rows > 0)
        self._list.setFixedHeight(rows * self._theme.px(36))
        self._nothing.setVisible(not self._found.commands)

    def _select(self, row: int) -> None:
        if self._found.commands:
            self._list.setCurrentIndex(self._found.index(min(max(row, 0), len(self._found.commands) - 1)))

    def _run(self, row: int) -> None:
        if 0 <= row < len(self._found.commands):
            chosen = self._found.commands[row]
            self.close()
            chosen.run()
