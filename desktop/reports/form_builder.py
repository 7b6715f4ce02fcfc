"""A report builder that also knows the pieces of a form to fill in by hand."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from desktop.reports.form_pieces import BoxRow, GroupedLine, WritingLines, choice_list, empty_table
from desktop.reports.layout import ReportBuilder


class FormBuilder(ReportBuilder):
    """A form in one language, built from top to bottom."""

    def boxes(self, items: Sequence[tuple[str, str]], *, indent: float = 0.0) -> None:
        """Add choices below each other, each (number or nothing, words) with a box to tick."""
        for piece in choice_list(items, parent=self._element, printable=self._printable, indent=indent):
            self._add(piece)

    def groups(self, lines: Sequence[Sequence[str]]) -> None:
        """Add lines of large letters in groups, a paragraph each, the groups of all lines below each other."""
        for groups in lines:
            self._add(GroupedLine(groups, self._element.add("P")))

    def box_row(self, title: str, items: Sequence[str]) -> None:
        """Add short choices side by side, each with a box to tick."""
        self._add(BoxRow(title, items, parent=self._element, printable=self._printable))

    def lines(self, title: str, count: int) -> None:
        """Add lines to write on."""
        self._add(WritingLines(title, count, parent=self._element, printable=self._printable))

    def empty_table(self, headings: Sequence[str], rows: Sequence[str], *, widths: Sequence[float], foot: Sequence[str] = ()) -> None:
        """Add a table with empty cells; a row is named in its first cell, or wholly empty (``""``)."""
        table: Flowable = empty_table(
            headings=headings, rows=rows, widths=widths, width=self._width, parent=self._element, printable=self._printable, foot=foot
        )
        self._add(table)
