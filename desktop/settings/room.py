"""Settings: language, look, people, the organisation's root, about."""

from __future__ import annotations

from datetime import date
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from desktop.language import OWN_NAMES
from desktop.operations import rules, vaults
from desktop.operations.change import Change
from desktop.settings.keyring_card import KeyringCard
from desktop.settings.passphrase_card import PassphraseCard
from desktop.settings.people_card import PeopleCard
from desktop.settings.preferences import TEXT_SIZES
from desktop.settings.scope_rule_card import ScopeRuleCard
from desktop.settings.state import person_lines, spaced_fingerprint
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.shell.room import Room
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.fields import Segments
from desktop.widgets.page import Page, clear
from desktop.widgets.text import label
from models.identity import OrganisationCard, PersonCard
from models.organisation_rule import KeptRule


class SettingsRoom(Room):
    """One column of cards."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._page = Page(desk.theme, self.text("Settings"), widest=820)
        whole.addWidget(self._page)
        self._page.body.addWidget(self._look())
        self._passphrase, self._keyring, self._people = PassphraseCard(self), KeyringCard(self), PeopleCard(self)
        for card in (self._passphrase, self._keyring, self._people):
            self._page.body.addWidget(card)
        self._scope_rule = ScopeRuleCard(self)
        self._page.body.addWidget(self._scope_rule)
        self._root = Card(desk.theme, self.text("The organisation’s root certificate"))
        self._root_body = QVBoxLayout()
        self._root_body.setSpacing(desk.theme.px(8))
        self._root.body.addLayout(self._root_body)
        self._page.body.addWidget(self._root)
        self._page.body.addWidget(self._about())

    def title(self) -> str:
        return self.text("Settings")

    def show_place(self, place: Place) -> None:
        super().show_place(place)
        vault = self.desk.vault
        if vault is not None:
            self.load(lambda: (vaults.people(), vaults.organisation(), vault.uses_keyring, rules.scope_rule()), self._show)

    def change_happened(self, change: Change) -> None:
        del change  # nothing here is about cases, and a form that is being filled in stays as it is

    def commands(self) -> tuple[Command, ...]:
        return (
            Command("passphrase.change", self.text("Change your passphrase"), self._passphrase.change),
            Command("person.add", self.text("Add a person"), self._people.add, enabled=self._people.administers),
            Command(
                "scope_rule.change", self.text("Change the numbers for scope"), self._scope_rule.change, enabled=self._scope_rule.may_change
            ),
            Command("root.export", self.text("Export the root certificate"), self._export),
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

    def _show(self, read: tuple[tuple[PersonCard, ...], OrganisationCard, bool, KeptRule]) -> None:
        people, organisation, kept_in_keyring, rule = read
        self._scope_rule.show_rule(rule)
        today = date.today()  # noqa: DTZ011 — the reader's own day
        self._people.show_lines(person_lines(people, me=self.desk.person, language=self.desk.language, today=today))
        self._keyring.show_kept(kept_in_keyring)
        self._show_root(organisation)

    def _show_root(self, organisation: OrganisationCard) -> None:
        theme = self.desk.theme
        clear(self._root_body)
        self._root_body.addWidget(label(organisation.name, "strong", wrap=True))
        why = self.text("Whoever has this certificate can check that a report was signed here. Compare the fingerprint by telephone.")
        self._root_body.addWidget(label(why, "muted", wrap=True))
        mark = label(spaced_fingerprint(organisation.fingerprint_sha256), "dense", name="settings.fingerprint")
        mark.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        mark.setAccessibleName(self.text("Fingerprint, SHA-256: {digits}", digits=organisation.fingerprint_sha256))
        self._root_body.addWidget(mark)
        export = button(theme, self.text("Export the root certificate"), self._export, name="settings.export_root", icon="download")
        self._root_body.addWidget(export, 0, Qt.AlignmentFlag.AlignLeft)

    def _export(self) -> None:
        usual = str(Path.home() / self.text("root certificate.pem"))
        chosen, _ = QFileDialog.getSaveFileName(self, self.text("Export the root certificate"), usual, "PEM (*.pem)")
        if chosen:
            path = Path(chosen)
            self.run(lambda: vaults.export_root(path=path), lambda _: self.desk.note(self.text("Exported to {file}.", file=str(path))))
