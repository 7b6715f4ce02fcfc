"""The form that adds a person: roles, the person's own passphrase, the administrator's."""

from __future__ import annotations

from collections.abc import Callable

from desktop.operations import vaults
from desktop.settings.inline_form import InlineForm
from desktop.settings.new_passphrase import NewPassphrase
from desktop.settings.role_boxes import RoleBoxes
from desktop.shell.room import Room
from desktop.widgets.fields import text_line
from forms.errors import GedigenError
from models.errors import PassphraseRefused, WrongPassphrase
from models.identity import PersonCard


class AddPerson(InlineForm):
    """Calls ``added(person)`` or ``gave_up()``."""

    def __init__(self, room: Room, *, added: Callable[[PersonCard], None], gave_up: Callable[[], None]) -> None:
        desk, text = room.desk, room.text
        super().__init__(room, text("Add a person"), name="person", gave_up=gave_up)
        self._added = added
        self._name, self._email = text_line(), text_line()
        self.form.add(text("Name"), self._name, name="person.name", hint=text("As it should be printed on what the person signs."))
        self.form.add(text("Email"), self._email, name="person.email")
        self._roles = RoleBoxes(desk.language, ticked=("reviewer",))
        self._roles.add_to(self.form, text("Roles"))
        self._own = NewPassphrase(
            self.form,
            desk.theme,
            desk.language,
            name="person",
            title=text("The new person’s passphrase"),
            again=text("The new person’s passphrase once more"),
            hint=text("The new person types this, and nobody else sees it: four or five words."),
        )
        self._mine = text_line(secret=True)
        mine = text("Yours, as administrator: it signs the new person’s certificate.")
        self.form.add(text("Your passphrase"), self._mine, name="person.mine", hint=mine)
        self.finish(text("Add the person"), self._add, name="person.add")
        self.setFocusProxy(self._name)

    def _add(self) -> None:
        text, desk = self.room.text, self.room.desk
        roles = self._roles.chosen
        problems = (
            (self._name, text("Enter the person’s name."), not self._name.text().strip()),
            (self._roles.first, text("Choose at least one role."), not roles),
            *self._own.problems(),
            (self._mine, text("Enter your passphrase."), not self._mine.text()),
        )
        if self.refused_here(problems):
            return
        name, email, own, mine = self._name.text().strip(), self._email.text().strip(), self._own.text, self._mine.text()
        self.go.setEnabled(False)
        self.room.run(
            lambda: vaults.add_person(by=desk.actor(), administrator_passphrase=mine, name=name, email=email, roles=roles, passphrase=own),
            self._added,
            failed=self._refused,
        )

    def _refused(self, error: GedigenError) -> None:
        wrong_own = isinstance(error, PassphraseRefused)
        self.refuse(self._mine if isinstance(error, WrongPassphrase) else self._own.first if wrong_own else self._name, error)
