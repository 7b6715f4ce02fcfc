"""The bar over the list of assessments while one chooses several."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop.assessments.state import chosen_words, has_seal
from desktop.shell.desk import Desk
from desktop.widgets.button import button
from desktop.widgets.flow_row import flow
from desktop.widgets.text import label
from desktop.widgets.ticking_table import TickingTable


class ChoosingBar(QFrame):
    """Says how many are ticked, takes all that are shown or none, and leads on; hidden until one chooses."""

    def __init__(self, desk: Desk, table: TickingTable, *, go: Callable[[], None], end: Callable[[], None]) -> None:
        super().__init__()
        self._desk, self._table = desk, table
        theme, text = desk.theme, desk.language.text
        self.setProperty("surface", "note")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(10))
        column.setSpacing(theme.px(8))
        self._said = label("", wrap=True, name="assessments.chosen")
        self._all = button(theme, "", table.tick_shown, name="assessments.tick_shown", shortcut="Ctrl+A")
        self._none = button(theme, text("None"), table.untick, name="assessments.untick")
        self._go = button(theme, text("Documents…"), go, name="assessments.documents", kind="primary", shortcut="Ctrl+Enter")
        self._go.setAccessibleDescription(text("Documents of the chosen cases…"))
        leave = button(theme, text("End choosing"), end, name="assessments.end", kind="quiet", shortcut="Esc")
        column.addWidget(self._said)
        column.addWidget(flow([self._go, self._all, self._none, leave], gap=theme.px(8)))
        table.ticked_changed.connect(self._changed)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(self.width()))  # else the list, which can be scrolled, would take it

    def count(self) -> None:
        """Say anew how many are chosen and can be."""
        shown = [line for line in self._table.shown if has_seal(line)]
        keys = {line.card.id for line in shown if line.card is not None}
        ticked = self._table.ticked
        language = self._desk.language
        self._said.setText(chosen_words(len(ticked), sum(key not in keys for key in ticked), language))
        words = language.text("All that are shown ({n})", n=language.number(len(shown)))
        self._all.setText(words)
        self._all.setAccessibleName(words)
        self._all.setEnabled(bool(shown))
        self._none.setEnabled(bool(ticked))
        self._go.setEnabled(bool(ticked))
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def _changed(self) -> None:
        self.count()
        if self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._said.text()))
        self._desk.commands_changed.emit()
