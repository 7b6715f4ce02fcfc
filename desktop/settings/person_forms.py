"""The forms that change a person who is here: roles, and a certificate that comes to its end."""

from __future__ import annotations

from collections.abc import Callable

from desktop.operations import vaults
from desktop.settings.inline_form import InlineForm
from desktop.settings.role_boxes import RoleBoxes
from desktop.settings.state import PersonLine
from desktop.shell.room import Room
from desktop.widgets.fields import text_line
from desktop.widgets.form import FormRows
from forms.errors import GedigenError
from models.errors import WrongPassphrase
from models.identity import PersonCard


class ChangeRoles(InlineForm):
    """Calls ``changed(person)`` or ``gave_up()``. A new administrator gets the root key, which takes both people's passphrases."""

    def __init__(self, room: Room, one: PersonLine, *, changed: Callable[[PersonCard], None], gave_up: Callable[[], None]) -> None:
        desk, text = room.desk, room.text
        about = text("What {name} did before stays as it is. Signatures show the role in which each was given.", name=one.name)
        super().__init__(room, text("Roles of {name}", name=one.name), about, name="roles", gave_up=gave_up)
        self._one, self._changed = one, changed
        self._roles = RoleBoxes(desk.language, ticked=one.roles)
        self._roles.add_to(self.form, text("Roles"))
        self._secrets = FormRows(desk.theme)
        self._mine, self._theirs = text_line(secret=True), text_line(secret=True)
        why = text("A new administrator gets the organisation’s root key too. That takes your passphrase and the person’s own.")
        self._secrets.add(text("Your passphrase"), self._mine, name="roles.mine", hint=why)
        self._secrets.add(text("The passphrase of {name}", name=one.name), self._theirs, name="roles.theirs")
        self.body.addWidget(self._secrets)
        self._secrets.setVisible(False)
        self._roles.first.toggled.connect(lambda _: self._secrets.setVisible(self._promotes))
        self.finish(text("Save the roles"), self._save)
        self.setFocusProxy(self._roles.first)

    @property
    def _promotes(self) -> bool:
        return "administrator" in self._roles.chosen - self._one.roles

    def _save(self) -> None:
        text, desk, one = self.room.text, self.room.desk, self._one
        roles, promotes = self._roles.chosen, self._promotes
        mine, theirs = (self._mine.text(), self._theirs.text()) if promotes else ("", "")
        self._secrets.clear_errors()
        if self.refused_here([(self._roles.first, text("Choose at least one role."), not roles)]):
            return
        missing = [field for field, typed in ((self._mine, mine), (self._theirs, theirs)) if promotes and not typed]
        for field in missing:
            self._secrets.mark_wrong(field, text("Enter this passphrase."))
        if missing:
            missing[0].setFocus()
            return
        self.go.setEnabled(False)
        self.room.run(
            lambda: vaults.set_roles(by=desk.actor(), person_id=one.id, roles=roles, administrator_passphrase=mine, passphrase=theirs),
            self._changed,
            failed=self._refused,
        )

    def _refused(self, error: GedigenError) -> None:
        if isinstance(error, WrongPassphrase):
            self.go.setEnabled(True)
            # Which of the two was wrong is not told: each person knows whose fingers slipped.
            said = self.room.desk.language.error(error)
            self._secrets.mark_wrong(self._mine, said)
            self._secrets.mark_wrong(self._theirs, said)
            self._mine.selectAll()
            self._mine.setFocus()
        else:
            self.refuse(self._roles.first, error)


class RenewCertificate(InlineForm):
    """Calls ``renewed(person)`` or ``gave_up()``."""

    def __init__(
        self, room: Room, one: PersonLine, *, renewed: Callable[[PersonCard], None], gave_up: Callable[[], None], purpose: str = "acts"
    ) -> None:
        text = room.text
        about = text(
            "The new certificate is for the same key and holds for three years, or until the root certificate ends. What was signed with"
            " the old one stays valid; what is sealed and not yet signed still needs the old one, so sign that before it ends."
        )
        super().__init__(room, text("Renew the certificate of {name}", name=one.name), about, name="renew", gave_up=gave_up)
        self._one, self._purpose, self._renewed = one, purpose, renewed
        self._mine = text_line(secret=True)
        self.form.add(
            text("Your passphrase"), self._mine, name="renew.mine", hint=text("Yours, as administrator: it signs the certificate.")
        )
        self.finish(text("Renew the certificate"), self._renew)
        self.setFocusProxy(self._mine)

    def _renew(self) -> None:
        desk, one, mine = self.room.desk, self._one, self._mine.text()
        if self.refused_here([(self._mine, self.room.text("Enter your passphrase."), not mine)]):
            return
        self.go.setEnabled(False)
        self.room.run(
            lambda: vaults.renew_certificate(by=desk.actor(), administrator_passphrase=mine, person_id=one.id, purpose=self._purpose),
            self._renewed,
            failed=lambda error: self.refuse(self._mine, error),
        )
