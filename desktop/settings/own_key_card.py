"""With which key one signs reports: the vault's, one from a file, or one on a card."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from desktop.settings.certificate_state import signing_mark, signing_said
from desktop.settings.own_key_forms import UseCard, UseKeyFile
from desktop.shell.room import Room
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.flow_row import FlowRow
from desktop.widgets.page import clear
from desktop.widgets.status_mark import StatusMark
from desktop.widgets.text import label
from models.certificates import CertificateCard
from models.database import utc_now
from models.identity import PersonCard
from models.signing_choice import SigningCard


class OwnKeyCard(Card):
    """Says which key signs, and holds the forms that change it."""

    def __init__(self, room: Room) -> None:
        super().__init__(room.desk.theme, room.text("Your key for reports"))
        self._room = room
        self._card: SigningCard | None = None
        self._cards: tuple[CertificateCard, ...] = ()
        self._administrators: tuple[PersonCard, ...] = ()
        self._body = QVBoxLayout()
        self._body.setSpacing(room.desk.theme.px(8))
        self.body.addLayout(self._body)

    def show_key(self, card: SigningCard | None, people: tuple[PersonCard, ...], cards: tuple[CertificateCard, ...]) -> None:
        """Show which key signs; ``people`` are everybody, of whom administrators may issue a certificate, ``cards`` all certificates."""
        theme, text = self._room.desk.theme, self._room.text
        self._card, self._cards = card, cards
        self._administrators = tuple(one for one in people if one.active and "administrator" in one.roles)
        clear(self._body)
        if card is None:
            return
        self._body.addWidget(label(signing_said(card, self._room.desk.language), wrap=True, name="settings.own_key"))
        mark = signing_mark(card, cards, at=utc_now(), language=self._room.desk.language)
        if mark is not None:
            self._body.addWidget(StatusMark(theme, mark), 0, Qt.AlignmentFlag.AlignLeft)
        if mark is not None and mark.tone == "high":
            choose = text("Nothing can be signed with it any more. Choose a key, or let an administrator give a new certificate.")
            self._body.addWidget(label(choose, wrap=True, name="settings.own_key_gone"))
        why = text("What is sealed from now on names the certificate of this key. Everything else here is signed by your key in the vault.")
        self._body.addWidget(label(why, "muted", wrap=True))
        acts = FlowRow(gap=theme.px(8))
        acts.addWidget(button(theme, text("Use a key file"), self.use_file, name="settings.key_file", icon="key-round"))
        acts.addWidget(button(theme, text("Use a card"), self.use_card, name="settings.key_card", icon="key-round"))
        if card.kind != "vault":
            acts.addWidget(button(theme, text("Use the key in the vault"), self._use_vault, name="settings.key_vault"))
        self._body.addLayout(acts)

    def use_file(self) -> None:
        """Open the form for a key file."""
        self._open(partial(UseKeyFile, self._room, self._administrators, done=self._done, gave_up=self._back))

    def use_card(self) -> None:
        """Open the form for a card or token."""
        self._open(partial(UseCard, self._room, self._administrators, done=self._done, gave_up=self._back))

    def _open(self, make: Callable[[], UseKeyFile | UseCard]) -> None:
        if self._card is None:
            return
        form = make()
        clear(self._body)
        self._body.addWidget(form)
        form.setFocus()

    def _use_vault(self) -> None:
        def use() -> object:
            from desktop.operations.own_key import use_vault_key

            return use_vault_key(actor=self._room.desk.actor())

        self._room.run(use, lambda _: self._done())

    def _done(self) -> None:
        self._room.desk.note(self._room.text("Your key for reports is changed."))
        self._room.show_place(self._room.place)

    def _back(self) -> None:
        self.show_key(self._card, self._administrators, self._cards)
