"""Settings: language, look, people, the organisation's root, about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib.metadata import PackageNotFoundError, version

import msgspec
from PySide6.QtWidgets import QVBoxLayout

from desktop.language import OWN_NAMES
from desktop.operations import certificates, rules, timestamp_authority, vaults
from desktop.operations.change import Change
from desktop.operations.timestamp_authority import Timestamps
from desktop.settings.keyring_card import KeyringCard
from desktop.settings.own_key_card import OwnKeyCard
from desktop.settings.passphrase_card import PassphraseCard
from desktop.settings.people_card import PeopleCard
from desktop.settings.preferences import TEXT_SIZES
from desktop.settings.root_card import RootCard
from desktop.settings.scope_rule_card import ScopeRuleCard
from desktop.settings.state import person_lines
from desktop.settings.timestamp_card import TimestampCard
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.shell.room import Room
from desktop.widgets.card import Card
from desktop.widgets.fields import Segments
from desktop.widgets.page import Page
from desktop.widgets.text import label
from models.certificates import CertificateCard, RootTerm
from models.identity import OrganisationCard, PersonCard
from models.organisation_rule import KeptRule
from models.revocation import RevocationListCard
from models.signing_choice import SigningCard


@dataclass(frozen=True)
class _Read:
    """What the cards show, read from the vault in one go."""

    people: tuple[PersonCard, ...]
    organisation: OrganisationCard
    kept_in_keyring: bool
    rule: KeptRule
    certificates: tuple[CertificateCard, ...]
    ending: tuple[CertificateCard, ...]
    root_term: RootTerm
    revocation_list: RevocationListCard | None
    timestamps: Timestamps
    own_key: SigningCard | None


class SettingsRoom(Room):
    """One column of cards."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._page = Page(desk.theme, self.text("Settings"), widest=820)
        whole.addWidget(self._page)
        self._page.body.addWidget(self._look())
        self._passphrase, self._own_key, self._keyring = PassphraseCard(self), OwnKeyCard(self), KeyringCard(self)
        self._people, self._scope_rule = PeopleCard(self), ScopeRuleCard(self)
        self._root, self._timestamps = RootCard(self), TimestampCard(self)
        for card in (
            self._passphrase,
            self._own_key,
            self._keyring,
            self._people,
            self._scope_rule,
            self._root,
            self._timestamps,
        ):
            self._page.body.addWidget(card)
        self._page.body.addWidget(self._about())

    def title(self) -> str:
        return self.text("Settings")

    def show_place(self, place: Place) -> None:
        super().show_place(place)
        vault = self.desk.vault
        if vault is not None:
            me = self.desk.person.id if self.desk.person is not None else None

            def read() -> _Read:
                return _Read(
                    people=vaults.people(),
                    organisation=vaults.organisation(),
                    kept_in_keyring=vault.uses_keyring,
                    rule=rules.scope_rule(),
                    certificates=certificates.everybodys(),
                    ending=certificates.ending(),
                    root_term=certificates.root_term(),
                    revocation_list=certificates.revocation_list(),
                    timestamps=timestamp_authority.timestamps(),
                    own_key=certificates.signing_card(person_id=me) if me is not None else None,
                )

            self.load(read, self._show)

    def change_happened(self, change: Change) -> None:
        del change  # nothing here is about cases, and a form that is being filled in stays as it is

    def commands(self) -> tuple[Command, ...]:
        stamped = self._timestamps.state
        may_give = stamped is not None and stamped.may_change and bool(stamped.lists_said)
        may_change, waits = stamped is not None and stamped.may_change, stamped is not None and bool(stamped.awaiting)
        return (
            Command("passphrase.change", self.text("Change your passphrase"), self._passphrase.change),
            Command("person.add", self.text("Add a person"), self._people.add, enabled=self._people.administers),
            Command(
                "scope_rule.change", self.text("Change the numbers for scope"), self._scope_rule.change, enabled=self._scope_rule.may_change
            ),
            Command("root.export", self.text("Export the root certificate"), self._root.export_root),
            Command("root.page", self.text("Page for the minutes (PDF)"), self._root.export_page),
            Command("keys.help", self.text("Keys and certificates: what to do when"), self._root.show_help),
            Command("list.export", self.text("Export the revocation list"), self._root.export_list),
            Command("list.publish", self.text("Make the revocation list anew"), self._root.publish, enabled=self._root.may_publish),
            Command("key.file", self.text("Use a key file"), self._own_key.use_file),
            Command("key.card", self.text("Use a card"), self._own_key.use_card),
            Command("authority.change", self.text("Use a timestamp authority"), self._timestamps.change, enabled=may_change),
            Command(
                "authority.list",
                self.text("Give a revocation list of the timestamp authority"),
                self._timestamps.give_list,
                enabled=may_give,
            ),
            Command("timestamps.do", self.text("Timestamp what waits"), self._timestamps.begin_waiting, enabled=waits),
        )

    def _look(self) -> Card:
        theme, chosen = self.desk.theme, self.desk.preferences
        card = Card(theme, self.text("Language and look"))
        card.body.setSpacing(theme.px(12))
        schemes = (("system", self.text("Same as the system")), ("light", self.text("Light colours")), ("dark", self.text("Dark colours")))
        sizes = [(size, self.desk.language.percent(size)) for size in TEXT_SIZES]
        rows = (
            (self.text("Language"), "language", tuple(OWN_NAMES.items()), chosen.language),
            (self.text("Colours"), "scheme", schemes, chosen.scheme),
            (self.text("Text size"), "text_size", sizes, chosen.text_size),
        )
        for title, field, options, current in rows:
            segments = Segments(theme, options, name=f"settings.{field}", title=title, current=current)
            segments.chosen.connect(partial(self._prefer, field))
            block = QVBoxLayout()
            block.setSpacing(theme.px(4))
            block.addWidget(label(title, "strong"))
            block.addWidget(segments)
            card.body.addLayout(block)
        return card

    def _prefer(self, field: str, value: object) -> None:
        self.desk.prefer(msgspec.structs.replace(self.desk.preferences, **{field: value}))

    def _about(self) -> Card:
        card = Card(self.desk.theme, self.text("About"))
        try:
            number = version("gedigen")
        except PackageNotFoundError:
            number = ""
        card.body.addWidget(label(f"Gedigen {number}".strip()))
        if self.desk.vault is not None:
            card.body.addWidget(label(self.text("Vault: {folder}", folder=str(self.desk.vault.folder)), "muted", wrap=True))
        card.body.addWidget(label(self.text("Free software under the MIT licence."), "muted"))
        return card

    def _show(self, read: _Read) -> None:
        self._scope_rule.show_rule(read.rule)
        today = date.today()  # noqa: DTZ011 — the reader's own day
        revoked, without = (
            {card.person for card in read.ending if card.state == "revoked" and card.purpose == purpose} for purpose in ("acts", "signing")
        )
        language = self.desk.language
        lines = person_lines(read.people, me=self.desk.person, language=language, today=today, revoked=revoked, without_own_key=without)
        self._people.show_lines(lines, read.certificates)
        self._keyring.show_kept(read.kept_in_keyring)
        self._own_key.show_key(read.own_key, read.people, read.certificates)
        self._root.show_root(read.organisation, read.revocation_list, read.root_term)
        self._timestamps.show_stands(read.timestamps)
