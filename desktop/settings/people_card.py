"""The people of the vault: who is here, and what an administrator can change about them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.settings.add_person import AddPerson
from desktop.settings.certificate_state import CertificateLine, certificate_lines
from desktop.settings.certificates_panel import CertificatesPanel
from desktop.settings.person_forms import ChangeRoles, RenewCertificate
from desktop.settings.revoking_forms import EndAccess, ReplaceKey, RevokeCertificate
from desktop.settings.state import PersonLine
from desktop.shell.room import Room
from desktop.widgets.button import button
from desktop.widgets.card import Card, Notice
from desktop.widgets.flow_row import FlowRow
from desktop.widgets.page import clear
from desktop.widgets.status_mark import StatusMark
from desktop.widgets.text import label, line
from forms.text import N_
from models.certificates import CertificateCard
from models.identity import PersonCard

_ADDED = N_("{name} can now work here, with a passphrase of their own.")
_CHANGED = N_("The roles of {name} are changed.")
_RENEWED = N_("{name} has a new certificate. Until when it holds stands under Certificates.")
_ONE_ADMINISTRATOR = N_(
    "There is one administrator. If that passphrase is forgotten, nobody can add people, renew or revoke certificates, or give anybody"
    " a new key. Make a second person administrator, under Change roles."
)
_REPLACED = N_("{name} has a new key and certificate. The old passphrase opens nothing any more.")


class PeopleCard(Card):
    """A line for each person; a form takes the place of the list while it is filled in."""

    def __init__(self, room: Room) -> None:
        super().__init__(room.desk.theme, room.text("People"))
        self._room = room
        self._lines: tuple[PersonLine, ...] = ()
        self._cards: tuple[CertificateCard, ...] = ()
        self._came_from = ""
        self._list = QVBoxLayout()
        self._list.setSpacing(room.desk.theme.px(8))
        self.body.addLayout(self._list)

    @property
    def administers(self) -> bool:
        """Whether the one who works here may change people."""
        person = self._room.desk.person
        return person is not None and "administrator" in person.roles

    def show_lines(self, lines: tuple[PersonLine, ...], cards: tuple[CertificateCard, ...]) -> None:
        """List people, and put the focus back where a form was opened from. ``cards`` are everybody's certificates."""
        theme, text = self._room.desk.theme, self._room.text
        self._lines, self._cards = lines, cards
        clear(self._list)
        for at, one in enumerate(lines):
            if at:
                self._list.addWidget(line())
            self._list.addWidget(self._line(one))
        if self.administers:
            add = button(theme, text("Add a person"), self.add, name="settings.add_person", icon="plus")
            self._list.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        if len(lines) == 1:
            alone = text("A review needs a second person. Add one before the first assessment is submitted.")
            self._list.addWidget(Notice(theme, alone))
        elif sum("administrator" in one.roles for one in lines if one.active) == 1:
            self._list.addWidget(label(text(_ONE_ADMINISTRATOR), "muted", wrap=True, name="settings.one_administrator"))
        came_from, self._came_from = self._came_from, ""
        for one_button in self.findChildren(QWidget):
            if came_from and one_button.accessibleIdentifier() == came_from:
                one_button.setFocus()

    def add(self) -> None:
        """Open the form that adds a person."""
        if self.administers:
            self._open(AddPerson(self._room, added=partial(self._done, _ADDED), gave_up=self._back), "settings.add_person")

    def _line(self, one: PersonLine) -> QWidget:
        theme, text = self._room.desk.theme, self._room.text
        whole = QWidget()
        whole.setProperty("surface", "plain")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        column.addWidget(label(one.name, "strong", wrap=True))
        column.addWidget(label(one.about, "muted", wrap=True))
        if one.warning is not None:
            column.addWidget(StatusMark(theme, one.warning), 0, Qt.AlignmentFlag.AlignLeft)
        actions = (
            (one.may_change, "roles", text("Change roles"), text("Change the roles of {name}", name=one.name), self._change_roles),
            (one.may_renew, "renew", text("Renew the certificate"), text("Renew the certificate of {name}", name=one.name), self._renew),
            (True, "certificates", text("Certificates"), text("Certificates of {name}", name=one.name), self._certificates),
            (one.may_end, "end", text("End access"), text("End the access of {name}", name=one.name), self._end),
        )
        offered = FlowRow(gap=theme.px(12))
        for is_offered, what, words, spoken, act in actions:
            if is_offered:
                made = button(theme, words, partial(act, one), name=f"settings.{what}.{one.name}", kind="link")
                made.setAccessibleName(spoken)
                offered.addWidget(made)
        if offered.count():
            column.addLayout(offered)
        return whole

    def _change_roles(self, one: PersonLine) -> None:
        form = ChangeRoles(self._room, one, changed=partial(self._done, _CHANGED), gave_up=self._back)
        self._open(form, f"settings.roles.{one.name}")

    def _renew(self, one: PersonLine, *, purpose: str = "acts") -> None:
        form = RenewCertificate(self._room, one, purpose=purpose, renewed=partial(self._done, _RENEWED), gave_up=self._back)
        self._open(form, f"settings.renew.{one.name}")

    def _certificates(self, one: PersonLine) -> None:
        lines = certificate_lines(
            self._cards, person=one.id, administers=self.administers, active=one.active, language=self._room.desk.language
        )
        panel = CertificatesPanel(
            self._room,
            one,
            lines,
            revoke=partial(self._revoke, one),
            renew=lambda shown: self._renew(one, purpose=shown.purpose),
            replace=partial(self._replace, one) if self.administers and one.active else None,
            close=self._back,
        )
        self._open(panel, f"settings.certificates.{one.name}")

    def _revoke(self, one: PersonLine, shown: CertificateLine) -> None:
        form = RevokeCertificate(self._room, one, shown, revoked=partial(self._revoked, one), gave_up=partial(self._certificates, one))
        self._open(form, f"settings.certificates.{one.name}")

    def _replace(self, one: PersonLine) -> None:
        me = self._room.desk.person
        own = me is not None and me.id == one.id
        form = ReplaceKey(self._room, one, own=own, replaced=self._replaced, gave_up=partial(self._certificates, one))
        self._open(form, f"settings.certificates.{one.name}")

    def _end(self, one: PersonLine) -> None:
        self._open(EndAccess(self._room, one, ended=partial(self._ended, one), gave_up=self._back), f"settings.end.{one.name}")

    def _open(self, form: QWidget, came_from: str) -> None:
        self._came_from = came_from
        clear(self._list)
        self._list.addWidget(form)
        form.setFocus()

    def _back(self) -> None:
        self.show_lines(self._lines, self._cards)

    def _done(self, message: str, person: PersonCard) -> None:
        self._room.desk.describe(person)
        self._room.desk.note(self._room.text(message, name=person.name))
        self._room.show_place(self._room.place)

    def _replaced(self, person: PersonCard) -> None:
        me = self._room.desk.person
        if me is not None and me.id == person.id:
            self._room.desk.lock()  # the key that is at hand is the old one
        self._done(_REPLACED, person)

    def _revoked(self, one: PersonLine) -> None:
        self._room.desk.note(self._room.text("The certificate of {name} is revoked, and the revocation list says so.", name=one.name))
        self._room.show_place(self._room.place)

    def _ended(self, one: PersonLine) -> None:
        self._room.desk.note(self._room.text("{name} has left. The certificates are revoked.", name=one.name))
        self._room.show_place(self._room.place)
