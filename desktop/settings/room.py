"""Settings: language, look, people, the organisation's root, about."""

from __future__ import annotations

from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMessageBox, QVBoxLayout, QWidget

from desktop.operations import vaults
from desktop.settings.add_person import AddPerson
from desktop.settings.preferences import TEXT_SIZES
from desktop.settings.state import PersonLine, person_lines, spaced_fingerprint
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.shell.room import Room
from desktop.widgets.button import button
from desktop.widgets.card import Card, Notice
from desktop.widgets.fields import Segments
from desktop.widgets.page import Page, clear
from desktop.widgets.text import label, line
from models.identity import OrganisationCard, PersonCard


class SettingsRoom(Room):
    """One column of cards."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._page = Page(desk.theme, self.text("Settings"), widest=820)
        whole.addWidget(self._page)
        self._page.body.addWidget(self._look())
        self._people = Card(desk.theme, self.text("People"))
        self._list = QVBoxLayout()
        self._list.setSpacing(desk.theme.px(4))
        self._people.body.addLayout(self._list)
        self._page.body.addWidget(self._people)
        self._root = Card(desk.theme, self.text("The organisation's root certificate"))
        self._root_body = QVBoxLayout()
        self._root_body.setSpacing(desk.theme.px(8))
        self._root.body.addLayout(self._root_body)
        self._page.body.addWidget(self._root)
        self._page.body.addWidget(self._about())

    def title(self) -> str:
        return self.text("Settings")

    def show_place(self, place: Place) -> None:
        super().show_place(place)
        self.load(lambda: (vaults.people(), vaults.organisation()), self._show)

    def commands(self) -> tuple[Command, ...]:
        return (
            Command("person.add", self.text("Add a person"), self._add, enabled=self._administers),
            Command("root.export", self.text("Export the root certificate"), self._export),
        )

    @property
    def _administers(self) -> bool:
        return self.desk.person is not None and "administrator" in self.desk.person.roles

    def _look(self) -> Card:
        theme, chosen = self.desk.theme, self.desk.preferences
        card = Card(theme, self.text("Language and look"))
        card.body.setSpacing(theme.px(12))
        schemes = (("system", self.text("As the system")), ("light", self.text("Light colours")), ("dark", self.text("Dark colours")))
        sizes = [(size, self.desk.language.percent(size)) for size in TEXT_SIZES]
        rows = (
            (self.text("Language"), "language", (("sv", "Svenska"), ("en", "English")), chosen.language),
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
            by_keyring = self.text("This computer's keyring keeps the vault's key, so the vault opens without asking.")
            by_passphrase = self.text("The vault's key is not in a keyring here: your passphrase is asked at each start.")
            card.body.addWidget(label(by_keyring if self.desk.vault.key_source == "keyring" else by_passphrase, "muted", wrap=True))
        card.body.addWidget(label(self.text("Free software under the MIT licence."), "muted"))
        return card

    def _show(self, read: tuple[tuple[PersonCard, ...], OrganisationCard]) -> None:
        people, organisation = read
        self._show_people(person_lines(people, me=self.desk.person, language=self.desk.language))
        self._show_root(organisation)

    def _show_people(self, lines: tuple[PersonLine, ...]) -> None:
        theme = self.desk.theme
        clear(self._list)
        for at, one in enumerate(lines):
            if at:
                self._list.addWidget(line())
            row = QHBoxLayout()
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(label(one.name, "strong"))
            words.addWidget(label(one.about, "muted", wrap=True))
            row.addLayout(words, 1)
            if one.may_end:
                end = button(theme, self.text("End access"), partial(self._end, one), name=f"settings.end.{at}", kind="link")
                end.setAccessibleName(self.text("End the access of {name}", name=one.name))
                row.addWidget(end)
            self._list.addLayout(row)
        if self._administers:
            add = button(theme, self.text("Add a person"), self._add, name="settings.add_person", icon="plus")
            self._list.addSpacing(theme.px(8))
            self._list.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        if len([one for one in lines if one.may_end]) == 0 and len(lines) == 1:
            alone = self.text("A review needs a second person. Add one before the first assessment is submitted.")
            self._list.addWidget(Notice(theme, alone))

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

    def _add(self) -> None:
        if not self._administers:
            return
        clear(self._list)
        form = AddPerson(self, added=self._added, gave_up=lambda: self.show_place(self.place))
        self._list.addWidget(form)
        form.setFocus()

    def _added(self, person: PersonCard) -> None:
        self.desk.note(self.text("{name} can work here from now on, with an own passphrase.", name=person.name))
        self.show_place(self.place)

    def _end(self, one: PersonLine) -> None:
        asked = self.text("End the access of {name}?", name=one.name)
        then = self.text("The passphrase will open nothing any more. What {name} did stays. This cannot be undone.", name=one.name)
        box = QMessageBox(QMessageBox.Icon.NoIcon, self.text("People"), asked, parent=self)
        box.setInformativeText(then)
        yes = box.addButton(self.text("End access"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(self.text("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def answered(pressed: QWidget) -> None:
            if pressed is yes:
                self.run(lambda: vaults.end_person(by=self.desk.actor(), person_id=one.id), lambda _: self.show_place(self.place))

        box.buttonClicked.connect(answered)
        box.finished.connect(self.activateWindow)
        box.open()

    def _export(self) -> None:
        usual = str(Path.home() / self.text("root certificate.pem"))
        chosen, _ = QFileDialog.getSaveFileName(self, self.text("Export the root certificate"), usual, "PEM (*.pem)")
        if chosen:
            path = Path(chosen)
            self.run(lambda: vaults.export_root(path=path), lambda _: self.desk.note(self.text("Exported to {file}.", file=str(path))))
