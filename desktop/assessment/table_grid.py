"""The cells of a table on screen: as high as its rows, walked through and filled in with the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLineEdit,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.assessment.table_model import Index, TableModel
from desktop.language import Language
from desktop.partners.countries import countries
from desktop.shell.theme import CAPTION, Theme
from desktop.widgets.fields import Choice
from desktop.widgets.text import set_property
from forms.tables import NUMBERS
from forms.text import in_language

_WIDTHS = {"short_text": 150, "integer": 84, "percent": 72, "money": 96, "date": 104, "choice": 130, "country": 130, "year": 72}
_WIDEST = 280
_WRAPS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
End = QAbstractItemDelegate.EndEditHint


class CellDelegate(QStyledItemDelegate):
    """Opens the field that fits a cell; Enter and Tab keep what is typed and go on to the next one."""

    def __init__(self, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self._language = language

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        del option
        model = index.model()
        column = model.columns[index.column()]
        if column.kind in ("choice", "country"):
            own = [(option.id, in_language(option.text, self._language.code)) for option in column.options]
            offered = countries(self._language) if column.kind == "country" else own
            current = model.draft.rows[index.row()][index.column()].value or ""
            editor: QWidget = Choice([("", ""), *offered], current=current, searchable=column.kind == "country")
            editor.setMinimumContentsLength(1)
            editor.chosen.connect(lambda _: self.commitData.emit(editor))
            editor.setParent(parent)
            set_property(editor, "kind", "cell")
        else:
            editor = QLineEdit(parent)
            set_property(editor, "kind", "cell")
        editor.setAccessibleName(str(model.headerData(index.column(), Qt.Orientation.Horizontal)))
        editor.setAccessibleDescription(str(model.headerData(index.row(), Qt.Orientation.Vertical)))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()
        elif editor.isEditable():
            editor.lineEdit().selectAll()  # what is typed replaces it

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        model.setData(index, editor.text() if isinstance(editor, QLineEdit) else editor.currentText())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        del index
        editor.setGeometry(option.rect.adjusted(0, 0, -1, -1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.text().isalnum():
            event.accept()  # a letter looks for a choice, it is no shortcut of the room
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            hint = {
                Qt.Key.Key_Return: End.EditNextItem,
                Qt.Key.Key_Enter: End.EditNextItem,
                Qt.Key.Key_Tab: End.EditNextItem,
                Qt.Key.Key_Backtab: End.EditPreviousItem,
            }.get(Qt.Key(event.key()))
            if hint is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.commitData.emit(watched)
                self.closeEditor.emit(watched, hint)
                return True
        return super().eventFilter(watched, event)


class _Titles(QHeaderView):
    """The titles of the columns, over as many lines as they need; Qt's own draws one line and cuts it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme

    def paintSection(self, painter: QPainter, rect: QRect, place: int) -> None:
        theme = self._theme
        painter.save()
        painter.fillRect(rect, theme.colour("ground"))
        painter.setPen(theme.colour("border"))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setPen(theme.colour("outline"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(theme.colour("muted"))
        painter.setFont(theme.font(CAPTION, QFont.Weight.DemiBold))
        title = str(self.model().headerData(place, Qt.Orientation.Horizontal) or "")
        number = self.model().columns[place].kind in (*NUMBERS, "year")
        side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
        inside = rect.adjusted(theme.px(8), theme.px(4), -theme.px(10), -theme.px(4))
        painter.drawText(inside, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | side, title)
        painter.restore()

    def height_of(self, place: int) -> int:
        """Give the height that a title needs at the width of its column."""
        room = QRect(0, 0, self.sectionSize(place) - 2 * self._theme.px(8), 10_000)
        title = str(self.model().headerData(place, Qt.Orientation.Horizontal) or "")
        return self._metrics().boundingRect(room, _WRAPS, title).height() + 2 * self._theme.px(6)

    def least_width(self, place: int) -> int:
        """Give the width that the longest word of a title needs."""
        title = str(self.model().headerData(place, Qt.Orientation.Horizontal) or "")
        return max((self._metrics().horizontalAdvance(part) for part in title.split()), default=0) + 2 * self._theme.px(8) + 2

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._theme.font(CAPTION, QFont.Weight.DemiBold))


class TableGrid(QTableView):
    """Arrows move, typing fills in, Enter and Tab go on; Tab after the last cell leaves, Escape goes back to the question.

    Insert adds a row and Ctrl+Delete takes one away: ``wants_row(after)`` and ``drops_row(row)``. ``left()`` when the cursor leaves.
    """

    wants_row = Signal(int)
    drops_row = Signal(int)
    moved = Signal(QRect)
    left = Signal()

    def __init__(self, theme: Theme, language: Language, model: TableModel) -> None:
        super().__init__()
        self._theme = theme
        self._cells = model
        self.setModel(model)
        self.setItemDelegate(CellDelegate(language, self))
        self._titles = _Titles(theme)
        self.setHorizontalHeader(self._titles)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setShowGrid(True)
        self.setProperty("kind", "cells")
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionsClickable(False)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setHighlightSections(False)
        self.verticalHeader().setDefaultSectionSize(theme.px(34))
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        model.modelReset.connect(self.fit)
        model.dataChanged.connect(self.fit)

    @property
    def is_editing(self) -> bool:
        """Whether something is being typed in a cell."""
        return self.state() == QAbstractItemView.State.EditingState

    @property
    def cell_place(self) -> QRect:
        """Where the cell that one stands in is in this grid."""
        return self.visualRect(self.currentIndex()).translated(self.viewport().pos())

    def focus_cell(self) -> None:
        """Stand in the cell that one stood in, or in the first."""
        if not self.currentIndex().isValid() and self._cells.rowCount():
            self.setCurrentIndex(self._cells.index(0, 0))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish_typing(self) -> None:
        """Keep what is being typed in a cell."""
        editor = self.indexWidget(self.currentIndex()) if self.is_editing else None
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, End.NoHint)

    def fit(self) -> None:
        """Give the columns the room there is, and the table the height of its rows."""
        columns = self._cells.columns
        if not columns:
            return
        wanted = [self._wanted(place) for place in range(len(columns))]
        side = max(self.verticalHeader().sizeHint().width(), self._theme.px(36))
        self.verticalHeader().setFixedWidth(min(side, self._theme.px(220)))
        spare = self.width() - self.verticalHeader().width() - 2 * self.frameWidth() - sum(wanted)
        texts = [place for place, column in enumerate(columns) if column.kind in ("short_text", "choice", "country")] or list(
            range(len(columns))
        )
        for place, width in enumerate(wanted):
            self.setColumnWidth(place, width + (max(0, spare) // len(texts) if place in texts else 0))
        header = max(self._titles.height_of(place) for place in range(len(columns)))
        self.horizontalHeader().setFixedHeight(header)
        bar = self.horizontalScrollBar().sizeHint().height() if spare < 0 else 0
        rows = self._cells.rowCount() * self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(header + rows + bar + 2 * self.frameWidth())
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())  # columns that grew may have pushed the cell out of sight

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, End.NoHint)
        if hint in (End.EditNextItem, End.EditPreviousItem):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self._step(1 if hint == End.EditNextItem else -1):
                self.update()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        self.moved.emit(self.cell_place)

    def focusNextPrevChild(self, forth: bool) -> bool:
        return self._step(1 if forth else -1) or super().focusNextPrevChild(forth)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason) and self._cells.rowCount():
            last = event.reason() == Qt.FocusReason.BacktabFocusReason
            at = len(self._cells.draft.rows) * len(self._cells.columns) - 1 if last else 0
            self.setCurrentIndex(self._place(at))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self.is_editing:
            self.left.emit()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            opens = event.key() == Qt.Key.Key_F2 and self._cells.editable
            if opens or self._is_typing(event):
                event.accept()  # it is written in the cell or opens it, and is no shortcut of the room
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers()
        at = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Paste) and self._cells.editable and at.isValid() and not self._cells.is_sum(at.row()):
            row, column = at.row(), at.column()
            self._cells.paste(at, QApplication.clipboard().text())
            self.setCurrentIndex(self._cells.index(row, column))
        elif event.matches(QKeySequence.StandardKey.Copy) and at.isValid():
            QApplication.clipboard().setText(str(at.data(Qt.ItemDataRole.EditRole) or at.data() or ""))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held & Qt.KeyboardModifier.ControlModifier:
            self._step(1)
        elif key == Qt.Key.Key_Insert and self._cells.editable and self._cells.may_grow:
            self.wants_row.emit(min(at.row(), len(self._cells.draft.rows) - 1))
        elif key == Qt.Key.Key_Delete and held == Qt.KeyboardModifier.ControlModifier and self._cells.editable:
            self.drops_row.emit(at.row())
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._cells.editable and at.isValid():
            self._cells.setData(at, "")
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right) or self._is_typing(event):
            super().keyPressEvent(event)
            event.accept()  # an arrow at the edge and a letter that no choice begins with are not the room's either
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls; the table is as high as its rows

    def _step(self, by: int) -> bool:
        """Go to the next or previous cell in reading order; says whether there was one."""
        at = self.currentIndex()
        if not at.isValid() or self._cells.is_sum(at.row()):
            return False
        place = at.row() * len(self._cells.columns) + at.column() + by
        if not 0 <= place < len(self._cells.draft.rows) * len(self._cells.columns):
            return False
        self.setCurrentIndex(self._place(place))
        return True

    def _place(self, number: int) -> QModelIndex:
        return self._cells.index(*divmod(number, len(self._cells.columns)))

    def _is_typing(self, event: QKeyEvent) -> bool:
        controls = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
        return self._cells.editable and event.text().isprintable() and bool(event.text()) and not event.modifiers() & controls

    def _wanted(self, place: int) -> int:
        """Give how wide a column is with what stands in it, within reason."""
        kind = self._cells.columns[place].kind
        metrics, margin = self.fontMetrics(), self._theme.px(26)
        shown = [str(self._cells.index(row, place).data() or "") for row in range(self._cells.rowCount())]
        longest = max((metrics.horizontalAdvance(text) for text in shown), default=0) + margin
        return max(self._theme.px(_WIDTHS[kind]), self._titles.least_width(place), min(longest, self._theme.px(_WIDEST)))
