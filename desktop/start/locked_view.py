"""The locked view: a passphrase opens the vault, or lets a person work in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.shell.desk import Desk
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.fields import Choice, text_line
from desktop.widgets.form import FormRows
from desktop.widgets.text import label
from forms.errors import GedigenError
from models.errors import WrongPassphrase

if TYPE_CHECKING:
    from models.identity import PersonCard


class LockedView(QWidget):
    """Says ``given(person | None, passphrase)``. With ``people`` the vault is open and one of them signs in; without, it is closed."""

    given = Signal(object, str)

    def __init__(self, desk: Desk, *, folder: Path, people: Sequence[PersonCard], other: Callable[[], None]) -> None:
        super().__init__()
        self._desk = desk
        theme, text = desk.theme, desk.language.text
        outer = QVBoxLayout(self)
        card = Card(theme)
        card.setFixedWidth(theme.px(440))
        card.body.setContentsMargins(theme.px(32), theme.px(28), theme.px(32), theme.px(28))
        card.body.setSpacing(theme.px(16))
        icon = QLabel()
        icon.setPixmap(theme.pixmap("lock", role="accent", size=theme.px(28)))
        card.body.addWidget(icon)
        card.body.addWidget(label(folder.stem, "title", wrap=True))
        if people:
            why = text("Who is working? What you do here counts as yours because only you know your passphrase.")
        else:
            why = text(
                "The vault is locked, and what it holds is safe. This computer’s keyring did not open it, so your passphrase is needed."
            )
        card.body.addWidget(label(why, "muted", wrap=True))
        form = FormRows(theme)
        self._form = form
        self._who: Choice | None = None
        if people:
            active = [person for person in people if person.active]
            current = desk.person.id if desk.person is not None else None
            self._who = Choice([(person.id, person.name) for person in active], current=current)
            form.add(text("Person"), self._who, name="locked.person")
        self._secret = text_line(secret=True)
        self._secret.returnPressed.connect(self._press)
        form.add(text("Passphrase"), self._secret, name="locked.passphrase")
        card.body.addWidget(form)
        self._go = button(theme, text("Unlock"), self._press, name="locked.unlock", kind="primary", icon="lock-open")
        away = text("Close the vault") if people else text("Another vault")
        row = QHBoxLayout()
        row.addWidget(button(theme, away, other, name="locked.other", kind="link"))
        row.addStretch(1)
        row.addWidget(self._go)
        card.body.addLayout(row)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        outer.addStretch(2)
        outer.addLayout(middle)
        outer.addStretch(3)
        first = self._who if self._who is not None and self._who.key is None else self._secret
        self.setFocusProxy(first)
        first.setFocus()

    def refuse(self, error: GedigenError) -> None:
        """Say why it did not open and let the person try again."""
        self._go.setEnabled(True)
        said = self._desk.language.error(error)
        if isinstance(error, WrongPassphrase):
            forgotten = self._desk.language.text("Forgotten? An administrator unlocks the vault and gives you a new one, under Settings.")
            said = f"{said} {forgotten}"
        self._form.mark_wrong(self._secret, said)
        self._secret.selectAll()
        self._secret.setFocus()

    def _press(self) -> None:
        if not self._go.isEnabled():
            return
        person = self._who.key if self._who is not None else None
        self._form.clear_errors()
        if self._who is not None and not isinstance(person, UUID):
            self._form.mark_wrong(self._who, self._desk.language.text("Choose who you are."))
            return
        self._go.setEnabled(False)
        self.given.emit(person, self._secret.text())
