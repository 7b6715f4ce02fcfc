"""Changing one's own passphrase."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from desktop.operations import vaults
from desktop.settings.inline_form import InlineForm
from desktop.settings.new_passphrase import NewPassphrase
from desktop.shell.room import Room
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.fields import text_line
from desktop.widgets.page import clear
from desktop.widgets.text import label
from forms.errors import GedigenError
from models.errors import PassphraseRefused


class PassphraseCard(Card):
    """Says what the passphrase is for, and holds the form that changes it."""

    def __init__(self, room: Room) -> None:
        super().__init__(room.desk.theme, room.text("Your passphrase"))
        self._room = room
        about = room.text("It opens the vault and signs as you. Others in the vault have their own, and yours changes nothing of theirs.")
        self.body.addWidget(label(about, "muted", wrap=True))
        self._place = QVBoxLayout()
        self.body.addLayout(self._place)
        self._offer()

    def change(self) -> None:
        """Open the form."""
        clear(self._place)
        form = _ChangePassphrase(self._room, changed=self._changed, gave_up=self._give_up)
        self._place.addWidget(form)
        form.setFocus()

    def _offer(self) -> None:
        self._open = button(
            self._room.desk.theme, self._room.text("Change your passphrase"), self.change, name="settings.change_passphrase", icon="lock"
        )
        self._place.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)

    def _give_up(self) -> None:
        clear(self._place)
        self._offer()
        self._open.setFocus()

    def _changed(self) -> None:
        self._give_up()
        self._room.desk.note(self._room.text("Your passphrase is changed. The old one no longer opens this vault."))


class _ChangePassphrase(InlineForm):
    def __init__(self, room: Room, *, changed: Callable[[], None], gave_up: Callable[[], None]) -> None:
        desk, text = room.desk, room.text
        about = text(
            "Your key and what you have signed stay the same. Copies and backups of the vault that were made before still open with the"
            " old passphrase."
        )
        super().__init__(room, text("Change your passphrase"), about, name="passphrase", gave_up=gave_up)
        self._changed = changed
        self._old = text_line(secret=True)
        self.form.add(text("The passphrase that you have now"), self._old, name="passphrase.old")
        self._new = NewPassphrase(
            self.form,
            desk.theme,
            desk.language,
            name="passphrase.new",
            title=text("The new passphrase"),
            again=text("The new passphrase once more"),
            hint=text("Four or five words that only you would put together. Write it nowhere near this computer."),
        )
        self.finish(text("Change the passphrase"), self._change)
        self.setFocusProxy(self._old)

    def _change(self) -> None:
        person = self.room.desk.person
        missing = (self._old, self.room.text("Enter the passphrase that you have now."), not self._old.text())
        if person is None or self.refused_here([missing, *self._new.problems()]):
            return
        who, old, new = person.id, self._old.text(), self._new.text
        self.go.setEnabled(False)
        self.room.run(lambda: vaults.change_passphrase(person_id=who, old=old, new=new), lambda _: self._changed(), failed=self._refused)

    def _refused(self, error: GedigenError) -> None:
        self.refuse(self._new.first if isinstance(error, PassphraseRefused) else self._old, error)
