"""The form that adds a person: roles, the person's own passphrase, the administrator's."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.operations import vaults
from desktop.settings.state import ROLE_ORDER
from desktop.shell.room import Room
from desktop.start.strength import strength
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.fields import check, text_line
from desktop.widgets.form import FormRows
from desktop.widgets.status_mark import StatusMark
from desktop.words import ROLES, Mark, word
from forms.errors import GedigenError
from models.errors import PassphraseRefused, WrongPassphrase
from models.identity import PersonCard


class AddPerson(Card):
    """Calls ``added(person)`` or ``gave_up()``."""

    def __init__(self, room: Room, *, added: Callable[[PersonCard], None], gave_up: Callable[[], None]) -> None:
        theme, text = room.desk.theme, room.text
        super().__init__(theme, text("Add a person"), surface="raised")
        self._room, self._added = room, added
        self._form = FormRows(theme)
        self._name, self._email = text_line(), text_line()
        self._form.add(text("Name"), self._name, name="person.name", hint=text("As it is to stand on what the person signs."))
        self._form.add(text("E-mail"), self._email, name="person.email")
        self._roles = {role: check(word(ROLES, role, room.desk.language), name=f"person.role.{role}") for role in ROLE_ORDER}
        boxes = QWidget()
        column = QVBoxLayout(boxes)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for box in self._roles.values():
            column.addWidget(box)
        self._roles["reviewer"].setChecked(True)
        self._form.add(text("Roles"), boxes, name="person.roles", buddy=self._roles["administrator"])
        self._roles["administrator"].setAccessibleIdentifier("person.role.administrator")
        self._roles["administrator"].setAccessibleName(self._roles["administrator"].text())
        self._own, self._again, self._mine = text_line(secret=True), text_line(secret=True), text_line(secret=True)
        own = text("The new person types this, and nobody else sees it: four or five words.")
        self._form.add(text("The new person's passphrase"), self._own, name="person.passphrase", hint=own)
        self._strength = StatusMark(theme, Mark("incomplete", ""))
        self._strength.hide()
        self._form.add_wide(self._strength)
        self._own.textChanged.connect(self._judge)
        self._form.add(text("The new person's passphrase once more"), self._again, name="person.again")
        mine = text("Yours, as administrator: it signs the new person's certificate.")
        self._form.add(text("Your passphrase"), self._mine, name="person.mine", hint=mine)
        self.body.addWidget(self._form)
        row = QHBoxLayout()
        self._go = button(theme, text("Add the person"), self._add, name="person.add", kind="primary")
        row.addWidget(self._go)
        row.addWidget(button(theme, text("Cancel"), gave_up, name="person.cancel"))
        row.addStretch(1)
        self.body.addLayout(row)
        self.setFocusProxy(self._name)

    def _judge(self, typed: str) -> None:
        judged = strength(typed, self._room.desk.language)
        self._strength.setVisible(judged is not None)
        if judged is not None:
            self._strength.show_mark(judged.mark)

    def _add(self) -> None:
        text, desk = self._room.text, self._room.desk
        self._form.clear_errors()
        roles = frozenset(role for role, box in self._roles.items() if box.isChecked())
        judged = strength(self._own.text(), desk.language)
        problems = (
            (self._name, text("Give the person's name."), not self._name.text().strip()),
            (self._roles["administrator"], text("Choose at least one role."), not roles),
            (self._own, text("Give a longer passphrase."), judged is None or not judged.enough),
            (self._again, text("The two passphrases differ. Type it again."), self._own.text() != self._again.text()),
            (self._mine, text("Give your passphrase."), not self._mine.text()),
        )
        wrong = [(field, said) for field, said, is_wrong in problems if is_wrong]
        for field, said in wrong:
            self._form.mark_wrong(field, said)
        if wrong:
            wrong[0][0].setFocus()
            return
        name, email, own, mine = self._name.text().strip(), self._email.text().strip(), self._own.text(), self._mine.text()
        self._go.setEnabled(False)
        self._room.run(
            lambda: vaults.add_person(by=desk.actor(), administrator_passphrase=mine, name=name, email=email, roles=roles, passphrase=own),
            self._added,
            failed=self._refuse,
        )

    def _refuse(self, error: GedigenError) -> None:
        self._go.setEnabled(True)
        field = self._mine if isinstance(error, WrongPassphrase) else self._own if isinstance(error, PassphraseRefused) else self._name
        self._form.mark_wrong(field, self._room.desk.language.error(error))
        field.setFocus()
