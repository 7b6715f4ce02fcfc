"""The forms for a key of one's own: a key file, or a card with its library and PIN."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QLineEdit

from desktop.settings.authority_form import FileLine
from desktop.settings.inline_form import InlineForm
from desktop.shell.room import Room
from desktop.widgets.fields import Choice, text_line
from desktop.widgets.text import label
from forms.errors import GedigenError
from models.errors import WrongPassphrase
from models.identity import PersonCard

if TYPE_CHECKING:
    from desktop.operations.own_key import TokenKey
    from desktop.reports.signing_keys import Identity


class _OwnKeyForm(InlineForm):
    """The rows for an administrator, who is needed when another than the organisation's root issued the certificate."""

    def __init__(self, room: Room, title: str, about: str, *, name: str, done: Callable[[], None], gave_up: Callable[[], None]) -> None:
        super().__init__(room, title, about, name=name, gave_up=gave_up)
        self.done, self._named = done, name

    def add_administrator(self, administrators: tuple[PersonCard, ...]) -> None:
        """Add who may issue a certificate for the key, and that person's passphrase."""
        text = self.room.text
        first = administrators[0].id if administrators else None
        self.who = Choice([(one.id, one.name) for one in administrators], current=first)
        hint = text("Only when the organisation has not issued the key’s certificate: an administrator then lets the root issue one.")
        self.form.add(text("Administrator"), self.who, name=f"{self._named}.administrator", hint=hint)
        self.theirs = text_line(secret=True)
        self.form.add(text("The administrator’s passphrase"), self.theirs, name=f"{self._named}.theirs")

    @property
    def issuer(self) -> tuple[UUID | None, str]:
        """The administrator and the passphrase, nobody while none is typed."""
        key, typed = self.who.key, self.theirs.text()
        return (key, typed) if isinstance(key, UUID) and typed else (None, "")

    def not_opened(self, field: QLineEdit, error: GedigenError) -> None:
        """Say why the key itself could not be used, at the field that opens it."""
        self.refuse(field, error)

    def not_taken(self, field: QLineEdit, error: GedigenError) -> None:
        """Say why it was not taken in: a passphrase of one's own or of the administrator's, or that an administrator is needed."""
        self.refuse(field if isinstance(error, WrongPassphrase) and not self.theirs.text() else self.theirs, error)


class UseKeyFile(_OwnKeyForm):
    """Calls ``done()`` or ``gave_up()``."""

    def __init__(
        self, room: Room, administrators: tuple[PersonCard, ...], *, done: Callable[[], None], gave_up: Callable[[], None]
    ) -> None:
        text = room.text
        about = text(
            "The key is copied into the vault, under your own passphrase. Keep the file where others cannot reach it, or delete it."
        )
        super().__init__(room, text("Use a key file"), about, name="key_file", done=done, gave_up=gave_up)
        self._file = FileLine(room, name="key_file.file", title=text("Choose the key file"), kinds=text("Key files") + " (*.p12 *.pfx)")
        hint = text("PKCS #12, usually .p12 or .pfx, with a P-256 key or RSA of at least 3072 bits.")
        self.form.add(text("Key file"), self._file, name="key_file.file", hint=hint, buddy=self._file.line)
        self._lock = text_line(secret=True)
        self.form.add(text("The file’s passphrase"), self._lock, name="key_file.lock")
        self._mine = text_line(secret=True)
        self.form.add(text("Your passphrase"), self._mine, name="key_file.mine", hint=text("The key is kept under it."))
        self.add_administrator(administrators)
        self.finish(text("Use this key"), self._read)
        self.setFocusProxy(self._file.line)

    def _read(self) -> None:
        text, path, lock, mine = self.room.text, self._file.path, self._lock.text(), self._mine.text()
        problems = (
            (self._file.line, text("Choose the key file."), path is None),
            (self._mine, text("Enter your passphrase."), not mine),
        )
        if self.refused_here(problems) or path is None:
            return
        self.go.setEnabled(False)

        def read() -> Identity:
            from desktop.operations.own_key import read_key_file

            return read_key_file(path=path, passphrase=lock)

        self.room.render_apart(read, partial(self._take, mine), failed=partial(self.not_opened, self._lock))

    def _take(self, mine: str, found: Identity) -> None:
        administrator, theirs = self.issuer

        def use() -> object:
            from desktop.operations.own_key import use_key_file

            return use_key_file(
                actor=self.room.desk.actor(),
                passphrase=mine,
                found=found,
                administrator=administrator,
                administrator_passphrase=theirs,
            )

        self.room.run(use, lambda _: self.done(), failed=partial(self.not_taken, self._mine))


class UseCard(_OwnKeyForm):
    """Calls ``done()`` or ``gave_up()``. The PIN is used at once and not kept."""

    def __init__(
        self, room: Room, administrators: tuple[PersonCard, ...], *, done: Callable[[], None], gave_up: Callable[[], None]
    ) -> None:
        text = room.text
        about = text(
            "The key stays on the card. Gedigen keeps where the card is found and its certificate; the PIN is asked each time you sign."
        )
        super().__init__(room, text("Use a card"), about, name="key_card", done=done, gave_up=gave_up)
        self._module = FileLine(
            room, name="key_card.module", title=text("Choose the card’s library"), kinds=text("Libraries") + " (*.so *.dll *.dylib)"
        )
        hint = text("The PKCS #11 library that came with the card or the USB key.")
        self.form.add(text("The card’s library"), self._module, name="key_card.module", hint=hint, buddy=self._module.line)
        self._which: Choice | None = None
        self._label, self._pin = text_line(), text_line(secret=True)
        called = text("The name that the program that came with the card shows for it.")
        self.form.add(text("Name of the card"), self._label, name="key_card.label", hint=called)
        self.form.add(text("PIN"), self._pin, name="key_card.pin", hint=text("It is tried once: a card locks after a few wrong tries."))
        self.add_administrator(administrators)
        self._waiting = label(text("Reading the card…"), "muted", name="key_card.waiting")
        self._waiting.hide()
        self.body.addWidget(self._waiting)
        self.finish(text("Use this card"), self._read)
        self.setFocusProxy(self._module.line)

    def _read(self) -> None:
        text, module, name, pin = self.room.text, self._module.path, self._label.text().strip(), self._pin.text()
        problems = (
            (self._module.line, text("Choose the card’s library."), module is None),
            (self._label, text("Enter the card’s name."), not name),
            (self._pin, text("Enter the PIN."), not pin),
        )
        if self.refused_here(problems) or module is None:
            return
        self.go.setEnabled(False)
        self._waiting.show()
        wanted = str(self._which.key) if self._which is not None else ""

        def read() -> tuple[TokenKey, ...]:
            from desktop.operations.own_key import keys_on_token

            return keys_on_token(module=module, label=name, pin=pin, wanted=wanted)

        self.room.render_apart(read, self._take, failed=self._not_read)

    def _take(self, keys: tuple[TokenKey, ...]) -> None:
        self._waiting.hide()
        found = next((one for one in keys if one.proof is not None), None)
        if found is None:
            self._offer(keys)
            return
        administrator, theirs = self.issuer

        def use() -> object:
            from desktop.operations.own_key import use_token_key

            return use_token_key(actor=self.room.desk.actor(), found=found, administrator=administrator, administrator_passphrase=theirs)

        self.room.run(use, lambda _: self.done(), failed=partial(self.not_taken, self._pin))

    def _offer(self, keys: tuple[TokenKey, ...]) -> None:
        """Let one of several keys be chosen; the button then uses that one."""
        named = [(one.fingerprint, one.called) for one in keys]
        self._which = Choice(named, current=named[0][0])
        hint = self.room.text("The card holds several keys. Choose one and press the button again.")
        self.form.add(self.room.text("Key on the card"), self._which, name="key_card.which", hint=hint)
        self.go.setEnabled(True)
        self._which.setFocus()

    def _not_read(self, error: GedigenError) -> None:
        self._waiting.hide()
        self.not_opened(self._pin, error)
