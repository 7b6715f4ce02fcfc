"""Rows that one adds to and takes from: people, accounts, conditions."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.language import Language
from desktop.shell.theme import Theme
from desktop.widgets.button import button


class ListedRow(Protocol):
    """A widget that can stand in a list: ``changed()`` is its signal, ``begin`` where one begins to type in a new one."""

    changed: Signal
    first: QWidget
    begin: QWidget
    remove: QPushButton

    def take_place(self, at: int, language: Language) -> None:
        """Be named for a place in the list, counted from 0, for eyes, ears and tests."""


Row = TypeVar("Row", bound=ListedRow)


class RowList(QWidget, Generic[Row]):
    """Rows with a button below that adds one; says ``changed()``.

    The cursor goes where a row was added, and to the next one when a row is removed; Tab takes the rows in their order and then the
    button.
    """

    changed = Signal()

    def __init__(self, theme: Theme, language: Language, words: str, *, name: str, new: Callable[[], Row], gap: int = 12) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self._language, self._new = language, new
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(min(gap, 12)))
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(gap))
        column.addLayout(self._list)
        self._add = button(theme, words, self.add, name=name, kind="link", icon="plus")
        column.addWidget(self._add)

    def show_rows(self, rows: Iterable[Row]) -> None:
        """Show these rows instead, without saying that anything changed."""
        for row in self.rows:
            _drop(row)
        self.rows = []
        for row in rows:
            self._append(row)

    def add(self) -> None:
        """Add an empty row and go there."""
        row = self._new()
        self._append(row)
        row.show()
        row.begin.setFocus()
        self.changed.emit()

    def _append(self, row: Row) -> None:
        row.remove.clicked.connect(lambda: self._remove(row))
        row.changed.connect(self.changed)
        self.rows.append(row)
        self._list.addWidget(row)
        self._number()

    def _remove(self, row: Row) -> None:
        at = self.rows.index(row)
        self.rows.remove(row)
        _drop(row)
        self._number()
        (self.rows[min(at, len(self.rows) - 1)].first if self.rows else self._add).setFocus()
        self.changed.emit()

    def _number(self) -> None:
        for at, row in enumerate(self.rows):
            row.take_place(at, self._language)
        for row, after in itertools.pairwise(self.rows):
            QWidget.setTabOrder(row.remove, after.first)
        if self.rows:
            QWidget.setTabOrder(self.rows[-1].remove, self._add)


def name_fields(list_name: str, at: int, fields: Iterable[tuple[QWidget, str, str]]) -> None:
    """Give the fields of the row at a place their identifiers ("list.0.field") and accessible names."""
    for field, what, words in fields:
        field.setAccessibleIdentifier(f"{list_name}.{at}.{what}")
        field.setAccessibleName(words)


def _drop(row: QWidget) -> None:
    row.hide()
    row.setParent(None)
    row.deleteLater()
