"""Tables of records: text left, numbers right, sorted and searched in the model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from desktop.shell.theme import DENSE, ROW, Theme
from desktop.widgets.status_mark import paint_mark
from desktop.words import Mark

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Column:
    """One column. ``text`` words a record's cell; ``mark`` gives a status instead; ``order`` what to sort by (the text, if not given).

    ``ticked`` makes it a column of boxes: whether a record's is ticked, ``None`` for one that has no box; ``text`` is for ears only then.
    ``number`` puts it to the right. ``width`` is in pixels at 100 % text size; the one with 0 takes the rest.
    """

    id: str
    title: str
    text: Callable[[Any], str]
    order: Callable[[Any], Any] | None = None
    mark: Callable[[Any], Mark | None] | None = None
    number: bool = False
    width: int = 0
    ticked: Callable[[Any], bool | None] | None = None


class _Records(QAbstractTableModel):
    def __init__(self, columns: Sequence[Column], theme: Theme) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._theme = theme
        self._all: list[Any] = []
        self.shown: list[Any] = []
        self._find = ""
        self.sorted_by: tuple[int, bool] | None = None

    def take(self, records: Sequence[Any]) -> None:
        self._all = list(records)
        self._arrange()

    def find(self, wanted: str) -> None:
        self._find = wanted
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.sorted_by = (column, order == Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._arrange()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.shown)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        column, record = self.columns[index.column()], self.shown[index.row()]
        if column.ticked is not None:
            return self._box(column, record, role)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                mark = column.mark(record) if column.mark else None
                return mark.word if mark else column.text(record)
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
                return Qt.AlignmentFlag.AlignVCenter | side
            case Qt.ItemDataRole.UserRole:
                return column.mark(record) if column.mark else None
            case _:
                return None

    def _box(self, column: Column, record: Any, role: int) -> object:
        ticked = column.ticked(record) if column.ticked is not None else None
        match role:
            case Qt.ItemDataRole.AccessibleTextRole:
                return column.text(record)
            case Qt.ItemDataRole.CheckStateRole if ticked is not None:
                return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
            case _:
                return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        can = super().flags(index)
        boxed = index.isValid() and self.data(index, Qt.ItemDataRole.CheckStateRole) is not None
        return can | Qt.ItemFlag.ItemIsUserCheckable if boxed else can

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return self.columns[section].title
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].title if self.columns[section].ticked is None else ""
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if self.columns[section].number else Qt.AlignmentFlag.AlignLeft
                return Qt.AlignmentFlag.AlignVCenter | side
        return None

    def _arrange(self) -> None:
        self.beginResetModel()
        words = self._find.casefold().split()
        self.shown = [one for one in self._all if self._fits(one, words)] if words else list(self._all)
        if self.sorted_by is not None:
            column = self.columns[self.sorted_by[0]]
            order = column.order or (lambda record: column.text(record).casefold())
            self.shown.sort(key=order, reverse=self.sorted_by[1])
        self.endResetModel()

    def _fits(self, record: Any, words: list[str]) -> bool:
        text = " ".join(column.text(record) for column in self.columns if column.ticked is None).casefold()
        return all(word in text for word in words)


class _Cells(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        mark, ticked = index.data(Qt.ItemDataRole.UserRole), index.data(Qt.ItemDataRole.CheckStateRole)
        if not isinstance(mark, Mark) and ticked is None:
            super().paint(painter, option, index)
            return
        empty = QStyleOptionViewItem(option)
        self.initStyleOption(empty, index)
        empty.text = ""
        empty.features &= ~QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
        empty.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, empty, painter, empty.widget)
        painter.save()
        painter.setFont(self._theme.font(DENSE))
        inset = self._theme.px(8)
        if isinstance(mark, Mark):
            paint_mark(painter, mark, self._theme, into=option.rect.adjusted(inset, 0, -inset, 0))
        else:
            self._paint_box(painter, option.rect, ticked == Qt.CheckState.Checked)
        painter.restore()

    def _paint_box(self, painter: QPainter, cell: QRect, ticked: bool) -> None:
        """Paint a box to tick as the boxes of forms are, in the middle of a cell."""
        theme = self._theme
        side = theme.px(16)
        box = QRect(cell.center().x() - side // 2, cell.center().y() - side // 2, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("accent" if ticked else "outline"))
        painter.setBrush(theme.colour("accent" if ticked else "surface"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if ticked:
            painter.drawPixmap(box, theme.pixmap("check", role="on_accent", size=side))


class RecordTable(QTableView):
    """Shows records in rows and says ``opened(record)`` on Enter or a double click.

    Sorting and searching happen in the model's Python list, a hundred times quicker than through a proxy.
    """

    opened = Signal(object)

    def __init__(self, theme: Theme, columns: Sequence[Column], *, name: str, title: str) -> None:
        super().__init__()
        self._model = _Records(columns, theme)
        self.setModel(self._model)
        self.setItemDelegate(_Cells(theme, self))
        self.setFont(theme.font(DENSE))
        self.setAccessibleIdentifier(name)
        self.setAccessibleName(title)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        for at, column in enumerate(columns):
            if column.width:
                self.setColumnWidth(at, theme.px(column.width))
            else:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        self.setSortingEnabled(True)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._model.shown[index.row()]))

    def show_records(self, records: Sequence[Any]) -> None:
        """Show other records in the order that was chosen; the selected place in the list stays."""
        row = self.currentIndex().row()
        self._model.take(records)
        self._select(row)

    def seek(self, wanted: str) -> int:
        """Show only records in whose cells all typed words stand; gives how many."""
        self._model.find(wanted)
        self._select(0)
        return len(self._model.shown)

    @property
    def shown(self) -> Sequence[Any]:
        """The records that are shown, in their order."""
        return tuple(self._model.shown)

    @property
    def current(self) -> Any:
        """The record of the row that is selected, or ``None``."""
        row = self.currentIndex().row()
        return self._model.shown[row] if 0 <= row < len(self._model.shown) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.opened.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _select(self, row: int) -> None:
        if self._model.shown:
            self.setCurrentIndex(self._model.index(min(max(row, 0), len(self._model.shown) - 1), self._first_column()))

    def _first_column(self) -> int:
        return next((at for at in range(self._model.columnCount()) if not self.isColumnHidden(at)), 0)
