"""Rooms: what the window shows at a place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtWidgets import QWidget

from desktop.shell.commands import Command
from desktop.shell.place import Place

if TYPE_CHECKING:
    from desktop.operations.change import Change
    from desktop.shell.desk import Desk
    from forms.errors import GedigenError

T = TypeVar("T")


class Room(QWidget):
    """Shows one kind of place.

    A room is made at the first visit and kept. When language, scheme or text size change, all rooms are thrown away and made
    again, so a room may word its widgets once, in its constructor, with ``self.text``.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.place = Place("")
        self._asked = 0

    def title(self) -> str:
        """Name the room for the window's title; may depend on what it shows."""
        return ""

    def show_place(self, place: Place) -> None:
        """Come here, or look at something else here; called at each visit. Overriders call it first."""
        self.place = place

    def change_happened(self, change: Change) -> None:
        """Something was written while this room is on screen. Reads everything again unless a room knows better."""
        del change
        self.show_place(self.place)

    def commands(self) -> tuple[Command, ...]:
        """What can be done here now; asked each time that Ctrl+K opens, and for shortcuts after each visit."""
        return ()

    def leave(self) -> None:
        """The window is about to show something else or to close: commit what is half typed."""

    def text(self, message: str, /, **params: object) -> str:
        """Word a message in the window's language."""
        return self.desk.language.text(message, **params)

    def load(self, read: Callable[[], T], then: Callable[[T], None], *, failed: Callable[[GedigenError], None] | None = None) -> None:
        """Read in the database's thread and show the outcome, unless something else was asked for since or the room is gone."""
        self._asked += 1
        mine = self._asked

        def show(outcome: T) -> None:
            if shiboken6.isValid(self) and mine == self._asked:
                then(outcome)

        self.desk.run(read, show, failed=failed)

    def run(
        self, operation: Callable[[], T], then: Callable[[T], None] | None = None, *, failed: Callable[[GedigenError], None] | None = None
    ) -> None:
        """Do something in the database's thread; ``then`` is called only if the room is still there."""
        self.desk.run(operation, self._while_here(then), failed=self._while_here(failed) if failed else None)

    def render_apart(
        self, job: Callable[[], T], then: Callable[[T], None], *, failed: Callable[[GedigenError], None] | None = None
    ) -> None:
        """Do something long without the database (a PDF) in the second thread."""
        self.desk.render(job, self._while_here(then), failed=self._while_here(failed) if failed else None)

    def _while_here(self, then: Callable[[Any], None] | None) -> Callable[[Any], None]:
        def call(outcome: Any) -> None:
            if then is not None and shiboken6.isValid(self):
                then(outcome)

        return call
