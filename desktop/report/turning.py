"""Turning the pages of a PDF: which page one is at, and the buttons and keys for pages and zoom."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.report.reading import PdfReading
from desktop.report.state import page_said
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.widgets.button import button
from desktop.widgets.text import label
from forms.text import N_

#: Id, words, icon, what is done (turn or zoom, and by how much) and its keys.
_MOVES = (
    ("previous", N_("Previous page"), "arrow-left", "turn", -1, "Ctrl+PgUp"),
    ("next", N_("Next page"), "arrow-right", "turn", 1, "Ctrl+PgDown"),
    ("smaller", N_("Smaller"), "minus", "zoom", -1, "Ctrl+-"),
    ("larger", N_("Larger"), "plus", "zoom", 1, "Ctrl++"),
    ("fit", N_("Fit the width"), "move-horizontal", "zoom", 0, "Ctrl+0"),
)


class Turning:
    """What stands beside a PDF that is read: ``parts`` are the words and buttons, to be put in a row, ``commands`` their keys.

    The buttons are icons with their words and keys when one points at them, so that the row leaves room for what is chosen beside it.
    ``name`` is the room's, as in "report.next"; the page stands in "report.page".
    """

    def __init__(self, desk: Desk, reading: PdfReading, *, name: str) -> None:
        self._desk, self._reading, self._name = desk, reading, name
        text = desk.language.text
        self._where = label("", "dense", name=f"{name}.page")
        self._where.setMinimumWidth(desk.theme.px(96))
        reading.moved.connect(self._say_page)
        self.parts: list[QWidget] = [self._where]
        for id_, words, icon, what, step, keys in _MOVES:
            made = button(desk.theme, "", partial(self._do, what, step), name=f"{name}.{id_}", kind="quiet", icon=icon)
            made.setAccessibleName(text(words))
            made.setToolTip(f"{text(words)}  {keys}")
            self.parts.append(made)

    def row(self) -> QWidget:
        """Put the parts beside each other."""
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._desk.theme.px(2))
        for part in self.parts:
            row.addWidget(part)
        return made

    def commands(self, *, enabled: bool = True) -> tuple[Command, ...]:
        """Give what can be done by keys."""
        text = self._desk.language.text
        return tuple(
            Command(f"{self._name}.{id_}", text(words), partial(self._do, what, step), keys, enabled=enabled)
            for id_, words, _, what, step, keys in _MOVES
        )

    def _do(self, what: str, step: int) -> None:
        if what == "turn":
            self._reading.turn(step)
        else:
            self._reading.zoom(step)

    def _say_page(self) -> None:
        self._where.setText(page_said(self._reading.page, self._reading.pages, self._desk.language))
