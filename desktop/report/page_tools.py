"""What stands above the pages of a document: which page it is, the way to others, and their size."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.language import Language
from desktop.report.reading import PdfReading
from desktop.report.state import page_said
from desktop.shell.commands import Command
from desktop.shell.theme import Theme
from desktop.widgets.button import button
from desktop.widgets.text import label
from forms.text import N_

#: What it is called, its icon and its keys.
_MOVES = {
    "previous": (N_("Previous page"), "arrow-left", "Ctrl+PgUp"),
    "next": (N_("Next page"), "arrow-right", "Ctrl+PgDown"),
    "smaller": (N_("Smaller"), "minus", "Ctrl+-"),
    "larger": (N_("Larger"), "plus", "Ctrl++"),
    "fit": (N_("Fit the width"), "move-horizontal", "Ctrl+0"),
}


class PageTools(QWidget):
    """Tools for a reading, each an icon with its words and keys when one points at it. ``name`` is the room's ("report.next")."""

    def __init__(self, theme: Theme, language: Language, reading: PdfReading, *, name: str) -> None:
        super().__init__()
        self._language, self._reading, self._name = language, reading, name
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(2))
        self._where = label("", "dense", name=f"{name}.page")
        self._where.setMinimumWidth(theme.px(96))
        row.addWidget(self._where)
        acts = self._acts()
        for move, (words, icon, keys) in _MOVES.items():
            made = button(theme, "", acts[move], name=f"{name}.{move}", kind="quiet", icon=icon)
            made.setAccessibleName(language.text(words))
            made.setToolTip(f"{language.text(words)}  {keys}")
            row.addWidget(made)
        reading.moved.connect(self._say_page)

    def commands(self, *, enabled: bool = True) -> tuple[Command, ...]:
        """Give the same tools as commands, with their keys."""
        acts, text = self._acts(), self._language.text
        return tuple(
            Command(f"{self._name}.{move}", text(words), acts[move], keys, enabled=enabled) for move, (words, _, keys) in _MOVES.items()
        )

    def _acts(self) -> dict[str, Callable[[], None]]:
        turn, zoom = self._reading.turn, self._reading.zoom
        return {
            "previous": partial(turn, -1),
            "next": partial(turn, 1),
            "smaller": partial(zoom, -1),
            "larger": partial(zoom, 1),
            "fit": partial(zoom, 0),
        }

    def _say_page(self) -> None:
        self._where.setText(page_said(self._reading.page, self._reading.pages, self._language))
