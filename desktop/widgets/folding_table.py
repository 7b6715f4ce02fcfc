"""A table that lets less important columns go when there is little width, as at large text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent

from desktop.shell.theme import Theme
from desktop.widgets.record_table import Column, RecordTable


class FoldingTable(RecordTable):
    """Hides columns, in the order of ``give_way`` (their ids), until the one that takes the rest has ``least`` pixels at 100 %.

    What is hidden can still be searched for, and stands on the record's own page.
    """

    def __init__(
        self, theme: Theme, columns: Sequence[Column], *, name: str, title: str, give_way: Sequence[str], least: int = 180
    ) -> None:
        super().__init__(theme, columns, name=name, title=title)
        self._widths = {at: theme.px(column.width) for at, column in enumerate(columns) if column.width}
        ids = [column.id for column in columns]
        self._give_way = [ids.index(one) for one in give_way]
        self._least = theme.px(least)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fold()

    def fold(self) -> None:
        """Hide and show columns for the width that there is; one that is hidden and is not to give way takes none."""
        taken = (width for at, width in self._widths.items() if at in self._give_way or not self.isColumnHidden(at))
        room = self.viewport().width() - self._least - sum(taken)
        for at in self._give_way:
            hide = room < 0
            if self.isColumnHidden(at) != hide:
                self.setColumnHidden(at, hide)
            room += self._widths[at] if hide else 0
