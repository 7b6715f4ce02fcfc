"""A table question as Qt's views read it: cells, the names of rows and columns, and a last row of sums."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont

from desktop.assessment.table_entry import TableDraft, cell_text, draft_of, with_pasted, with_row, with_typed, without_row
from desktop.language import Language
from desktop.shell.theme import BODY, Theme
from desktop.value_words import cell_words, row_words, sum_words
from forms.question import Column, Question
from forms.tables import NUMBERS, Cells, row_limits, sums
from forms.text import N_, in_language

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class TableModel(QAbstractTableModel):
    """Holds the draft of one table; says ``edited()`` when something was typed, added or taken away."""

    edited = Signal()

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self._theme, self._language = theme, language
        self._question: Question | None = None
        self._currency = ""
        self._sums: dict[str, str] = {}
        self.draft = TableDraft(())
        self.editable = False

    @property
    def question(self) -> Question:
        """The question whose table this is."""
        if self._question is None:
            raise LookupError("no table is shown")
        return self._question

    @property
    def columns(self) -> list[Column]:
        """The columns of the table."""
        return self._question.columns if self._question is not None else []

    @property
    def adds_up(self) -> bool:
        """Whether there is a row of sums."""
        return any(column.sum for column in self.columns)

    @property
    def may_grow(self) -> bool:
        """Whether a row can be added."""
        return self._question is not None and not self._question.rows and len(self.draft.rows) < row_limits(self._question)[1]

    def show_table(self, question: Question, rows: tuple[Cells, ...], *, currency: str) -> None:
        """Show a table anew; ``currency`` is that of amounts typed without one while the table has none of its own."""
        self.beginResetModel()
        self._question, self._currency = question, currency
        self.draft = draft_of(question, rows, self._language)
        self._add_up()
        self.endResetModel()

    def add_row(self, after: int) -> None:
        """Add an empty row after another."""
        self._reshape(with_row(self.draft, self.question, after))

    def remove_row(self, row: int) -> None:
        """Take a row away."""
        self._reshape(without_row(self.draft, self.question, row))

    def paste(self, index: Index, text: str) -> None:
        """Put cells of a spreadsheet in from a cell on."""
        self._reshape(
            with_pasted(
                self.draft,
                self.question,
                row=index.row(),
                column=index.column(),
                text=text,
                language=self._language,
                currency=self._currency,
            )
        )

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.draft.rows) + self.adds_up

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.editable and not self.is_sum(index.row()) else flags

    def is_sum(self, row: int) -> bool:
        """Whether a row is the one of sums."""
        return row >= len(self.draft.rows)

    def wrong(self, index: Index) -> str:
        """Say what is wrong with a cell; empty when nothing is."""
        return "" if not index.isValid() or self.is_sum(index.row()) else self.draft.rows[index.row()][index.column()].wrong

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.kind in (*NUMBERS, "year") else Qt.AlignmentFlag.AlignLeft
            return Qt.AlignmentFlag.AlignVCenter | side
        if role == Role.FontRole:
            return self._theme.font(BODY, QFont.Weight.DemiBold if self.is_sum(index.row()) else QFont.Weight.Normal)
        if self.is_sum(index.row()):
            words = self._sums.get(column.id, "")
            return words if role in (Role.DisplayRole, Role.AccessibleTextRole, Role.ToolTipRole) else None
        cell = self.draft.rows[index.row()][index.column()]
        as_typed = cell.wrong or column.kind == "money"  # an amount is as short as it can be
        shown = cell.typed if as_typed else "" if cell.value is None else cell_words(column, cell.value, self._language)
        match role:
            case Role.DisplayRole:
                return shown
            case Role.EditRole:
                return cell.typed
            case Role.AccessibleTextRole:
                return shown or self._language.text(N_("empty"))
            case Role.ToolTipRole | Role.AccessibleDescriptionRole:
                return cell.wrong or (shown if role == Role.ToolTipRole else None)
            case Role.ForegroundRole if cell.wrong:
                return self._theme.colour("high")
            case Role.BackgroundRole if cell.wrong:
                return self._theme.tint("high", 0.12)
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if role != Role.EditRole or self.is_sum(index.row()):
            return False
        typed = str(value or "")
        if typed == self.draft.rows[index.row()][index.column()].typed:
            return False
        self.draft = with_typed(
            self.draft,
            self.question,
            row=index.row(),
            column=index.column(),
            typed=typed,
            language=self._language,
            currency=self._currency,
        )
        self._add_up()
        self.dataChanged.emit(index, index)
        last = self.rowCount() - 1
        self.dataChanged.emit(self.index(last, 0), self.index(last, self.columnCount() - 1))
        self.edited.emit()
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if role not in (Role.DisplayRole, Role.ToolTipRole):
            return None
        if orientation == Qt.Orientation.Horizontal:
            return in_language(self.columns[section].text, self._language.code) if section < len(self.columns) else None
        if self._question is None or section >= self.rowCount():
            return None
        return self._language.text(N_("Sum")) if self.is_sum(section) else row_words(self._question, section, self._language)

    def _reshape(self, draft: TableDraft) -> None:
        self.beginResetModel()
        self.draft = draft
        self._add_up()
        self.endResetModel()
        self.edited.emit()

    def _add_up(self) -> None:
        columns = {column.id: column for column in self.columns}
        self._sums = {
            one.column: cell_text(columns[one.column], f"{one.value} {one.currency}", self._language)
            if one.currency
            else sum_words(one, self._language)
            for one in sums(self.question, self.draft.cells)
        }
