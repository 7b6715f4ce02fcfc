"""Turning the pages of a PDF: which page one is at, and the buttons and keys for pages and zoom."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.report.reading import PdfReading
from desktop.report.state import page_said
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.widgets.button import button
from desktop.widgets.text import label
from forms.text import N_

#: Id, words, what is done (turn or zoom, and by how much) and its keys.
_MOVES = (
    ("previous", N_("Previous page"), "turn", -1, "Ctrl+PgUp"),
    ("next", N_("Next page"), "turn", 1, "Ctrl+PgDown"),
    ("smaller", N_("Smaller"), "zoom", -1, "Ctrl+-"),
    ("larger", N_("Larger"), "zoom", 1, "Ctrl++"),
    ("fit", N_("Fit the width"), "zoom", 0, "Ctrl+0"),
)


class Turning:
    """What stands beside a PDF that is read: ``parts`` are the words and buttons, to be put in a row, ``commands`` their keys.

    ``name`` is the room's, as in "report.next"; the page stands in "report.page".
    """

    def __init__(self, desk: Desk, reading: PdfReading, *, name: str) -> None:
        self._desk, self._reading, self._name = desk, reading, name
        self._where = label("", "dense", name=f"{name}.page")
        self._where.setMinimumWidth(desk.theme.px(110))
        reading.moved.connect(self._say_page)
        self.parts: list[QWidget] = [self._where]
        for id_, words, what, step, keys in _MOVES:
            act = partial(self._do, what, step)
            self.parts.append(button(desk.theme, desk.language.text(words), act, name=f"{name}.{id_}", kind="quiet", shortcut=keys))

    def commands(self, *, enabled: bool = True) -> tuple[Command, ...]:
        """Give what can be done by keys."""
        text = self._desk.language.text
        return tuple(
            Command(f"{self._name}.{id_}", text(words), partial(self._do, what, step), keys, enabled=enabled)
            for id_, words, what, step, keys in _MOVES
        )

    def _do(self, what: str, step: int) -> None:
        if what == "turn":
            self._reading.turn(step)
        else:
            self._reading.zoom(step)

    def _say_page(self) -> None:
        self._where.setText(page_said(self._reading.page, self._reading.pages, self._desk.language))
