"""Ledgers: rows of words that may run over several lines, numbers that line up, statuses, and links to where something is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.shell.theme import DENSE, Theme
from desktop.widgets.button import button
from desktop.widgets.status_mark import StatusMark
from desktop.widgets.text import label, line
from desktop.words import Mark


@dataclass(frozen=True)
class LedgerColumn:
    """One column: its heading, its share of the width that is left (0: as wide as it needs), and whether it holds numbers."""

    title: str
    share: int = 0
    number: bool = False


@dataclass(frozen=True)
class Strong:
    """Words that stand out."""

    text: str


@dataclass(frozen=True)
class Link:
    """A way to somewhere: what is shown, what a screen reader hears, and its accessible identifier."""

    text: str
    spoken: str
    name: str
    go: Callable[[], object] = field(compare=False)


Cell = str | Strong | Mark | Link | QWidget | None


#: In larger text than this (in percent), this many columns or more no longer stand beside each other.
_LARGE, _MANY = 150, 5


class Ledger(QWidget):
    """A table to read rather than to sort; every row may be as tall as its words need.

    In large text a row of many columns is set as lines, each under the other with its heading before it.
    """

    def __init__(self, theme: Theme, columns: Sequence[LedgerColumn], rows: Sequence[Sequence[Cell]], *, title: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(title)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(4))
        self._grid = grid
        self._columns = tuple(columns)
        if theme.text_size > _LARGE and len(columns) >= _MANY:
            self._set_as_lines(rows)
        else:
            self._set_as_table(rows)

    def _set_as_table(self, rows: Sequence[Sequence[Cell]]) -> None:
        theme, grid, columns = self._theme, self._grid, self._columns
        top = 0
        if any(column.title for column in columns):
            for at, column in enumerate(columns):
                grid.addWidget(label(column.title, "heading"), 0, at, self._side(column) | Qt.AlignmentFlag.AlignBottom)
            top = 1
        for at, column in enumerate(columns):
            grid.setColumnStretch(at, column.share)
        for row in rows:
            # A link is taller than a line of words: words beside one begin a little lower.
            above = theme.px(8 if any(isinstance(cell, Link) for cell in row) else 5)
            if top:
                grid.addWidget(line(), top, 0, 1, len(columns))
            for at, cell in enumerate(row):
                self._put(cell, columns[at], top + 1, at, above)
            top += 2

    def _set_as_lines(self, rows: Sequence[Sequence[Cell]]) -> None:
        grid, above = self._grid, self._theme.px(5)
        grid.setColumnStretch(1, 1)
        top = 0
        for row in rows:
            if top:
                grid.addWidget(line(), top, 0, 1, 2)
            for column, cell in zip(self._columns, row, strict=True):
                if cell is None or cell == "" or cell == Strong(""):
                    continue
                top += 1
                heading = label(column.title, "heading")
                heading.setContentsMargins(0, above, 0, 0)
                grid.addWidget(heading, top, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
                self._put(cell, replace(column, number=False), top, 1, above)
            top += 1

    def _put(self, cell: Cell, column: LedgerColumn, row: int, at: int, above: int) -> None:
        match cell:
            case None | "":
                return
            case Mark():
                self._grid.addWidget(_below(StatusMark(self._theme, cell, size=DENSE), above - 1), row, at, Qt.AlignmentFlag.AlignTop)
            case Link():
                made = button(self._theme, cell.text, cell.go, name=cell.name, kind="link")
                made.setFont(self._theme.font(DENSE))
                made.setAccessibleName(cell.spoken)
                made.setToolTip(cell.spoken)
                self._grid.addWidget(made, row, at, self._side(column) | Qt.AlignmentFlag.AlignTop)
            case QWidget():
                self._grid.addWidget(cell, row, at, Qt.AlignmentFlag.AlignTop)
            case _:
                words = cell.text if isinstance(cell, Strong) else cell
                made_label = label(words, "dense", wrap=bool(column.share))
                if isinstance(cell, Strong):
                    font = self._theme.font(DENSE)
                    font.setWeight(font.Weight.DemiBold)
                    made_label.setFont(font)
                made_label.setMargin(0)
                made_label.setContentsMargins(0, above, 0, self._theme.px(5))
                side = Qt.AlignmentFlag.AlignTop if column.share and not column.number else self._side(column) | Qt.AlignmentFlag.AlignTop
                self._grid.addWidget(made_label, row, at, side)

    @staticmethod
    def _side(column: LedgerColumn) -> Qt.AlignmentFlag:
        return Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft


def _below(mark: StatusMark, above: int) -> QWidget:
    """Set a status on the first line of words beside it."""
    holder = QWidget()
    column = QGridLayout(holder)
    column.setContentsMargins(0, above, 0, 0)
    column.addWidget(mark, 0, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    return holder
