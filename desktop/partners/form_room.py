"""What the forms for partners and projects have in common: nothing typed is lost, whatever one does."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.operations.change import Change
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.shell.room import Room
from desktop.widgets.button import button
from desktop.widgets.card import Notice
from desktop.widgets.page import Page
from desktop.widgets.save_bar import SaveBar


@dataclass(frozen=True)
class Kept:
    """What is typed and which version it started from; ``rev`` 0 is a new one."""

    typed: object
    rev: int


class FormRoom(Room):
    """A form for one thing. What is typed here stays, wherever one goes, until it is saved or discarded.

    ``name`` begins its identifiers. A form adds its parts to ``_page`` and then the bar below with ``_add_bar``; it says what is typed,
    whether that is new, how it is saved and where one goes without saving.
    """

    def __init__(self, desk: Desk, *, name: str, widest: int) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._thing = name
        self._rev = 0
        self._saving = False
        self._page = Page(theme, "", widest=widest)
        discard = button(theme, self.text("Discard"), self._discard, name=f"{name}.discard", kind="plain")
        self._notice = Notice(theme, "", tone="note", action=discard)
        self._notice.hide()
        self._page.body.addWidget(self._notice)

    def _add_bar(self) -> None:
        """Put the bar below the form; last, so that Tab comes there last."""
        words = self.text("Save")
        self._bar = SaveBar(
            self.desk.theme, self.desk.language, name=f"{self._thing}.save", words=words, save=self._save, cancel=self._cancel
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._page, 1)
        whole.addWidget(self._bar)

    def title(self) -> str:
        return self._page.heading.text()

    def change_happened(self, change: Change) -> None:
        """What is typed stands against anything that is written meanwhile; saving says if it was the same thing."""

    def leave(self) -> None:
        if not self._saving:
            self._keep()

    def _ways_out(self, save: str) -> tuple[Command, ...]:
        name = self._thing
        return (
            Command(f"{name}.save", save, self._save, "Ctrl+Return"),
            Command(f"{name}.save.keypad", save, self._save, "Ctrl+Enter", about=self.text("Keypad")),
            Command(f"{name}.cancel", self.text("Leave without saving"), self._cancel),
        )

    def _typed(self) -> object:
        """Give what stands in the form."""

    @property
    def _is_dirty(self) -> bool:
        """Whether something is typed that is not saved."""
        return False

    def _save(self) -> None:
        """Save what is typed."""

    def _go_away(self) -> None:
        """Go where one goes without saving."""

    def _kept(self) -> Kept | None:
        """Give what was typed here before."""
        kept = self.desk.drafts.get(self.place)
        return kept if isinstance(kept, Kept) else None

    def _keep(self) -> None:
        if self._is_dirty:
            self.desk.drafts[self.place] = Kept(self._typed(), self._rev)
        else:
            self.desk.drafts.pop(self.place, None)

    def _touched(self) -> None:
        self._bar.say(self.text("Not saved yet. What you have typed stays here if you go elsewhere.") if self._is_dirty else "")

    def _say_kept(self) -> None:
        self._notice.say(self.text("You have typed this before and not saved it yet."))
        self._notice.show()

    def _say_wrong(self, count: int, first: QWidget | None) -> None:
        """Say how many things are wrong, and go to the first."""
        if first is not None:
            first.setFocus()
            self._bring_into_view(first)
        self._bar.say(self.desk.language.plural("{n} thing to put right first.", "{n} things to put right first.", count))

    def _say_second(self, words: str) -> None:
        """Say that somebody else has saved the same thing meanwhile."""
        self._notice.say(words)
        self._notice.show()
        self._bar.say(self.text("Not saved: somebody else was first."), wrong=True)
        self._bring_into_view(self._notice)

    def _bring_into_view(self, part: QWidget) -> None:
        if self._page.area is not None:
            self._page.area.ensureWidgetVisible(part)

    def _discard(self) -> None:
        """Take the typed text away and show what is saved, with a way to have it back."""
        kept, place = Kept(self._typed(), self._rev), self.place
        self.desk.drafts.pop(place, None)
        self.show_place(place)
        self.desk.note(self.text("What you had typed is discarded."), lambda: self._bring_back(place, kept))

    def _cancel(self) -> None:
        """Leave; what was typed is discarded with a way to have it back."""
        kept, place, dirty = Kept(self._typed(), self._rev), self.place, self._is_dirty
        self.desk.drafts.pop(place, None)
        self._saving = True  # nothing is kept on the way out
        self._go_away()
        self._saving = False
        if dirty:
            self.desk.note(self.text("Nothing was saved."), lambda: self._bring_back(place, kept))

    def _bring_back(self, place: Place, kept: Kept) -> None:
        self.desk.drafts[place] = kept
        self.desk.go(place)
