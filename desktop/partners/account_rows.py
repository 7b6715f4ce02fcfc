"""A partner's bank accounts, one block each."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.language import Language
from desktop.partners.countries import countries
from desktop.partners.state import holder_note
from desktop.shell.theme import Theme
from desktop.widgets.button import button
from desktop.widgets.card import Notice
from desktop.widgets.fields import Choice, text_line
from desktop.widgets.money_field import CURRENCIES
from desktop.widgets.row_list import RowList, name_fields
from desktop.widgets.text import label, line, set_property
from models.cards import BankAccount


class AccountRows(RowList["_AccountRow"]):
    """Blocks of holder, bank, country, number and currency; says ``changed()`` at each key. Numbered from 0 in identifiers."""

    def __init__(self, theme: Theme, language: Language) -> None:
        self._theme, self._language = theme, language
        self._partner_name = self._country = ""
        self._countries = countries(language)
        super().__init__(theme, language, language.text("Add a bank account"), name="partner.account.add", new=self._empty, gap=16)

    def show_accounts(self, accounts: Sequence[BankAccount]) -> None:
        """Show these accounts instead."""
        self.show_rows(self._made(account) for account in accounts)

    def typed(self) -> tuple[BankAccount, ...]:
        """Give what stands in the blocks, empty ones too."""
        return tuple(row.typed() for row in self.rows)

    def know_partner(self, name: str, country: str) -> None:
        """Hear the partner's name as it is typed: an account in another name gets a note; a new one starts in the partner's country."""
        self._partner_name, self._country = name, country
        for row in self.rows:
            row.compare(name)

    def field(self, name: str) -> QWidget | None:
        """Find a field by its identifier."""
        return next((one for row in self.rows for one in (row.holder, row.number) if one.accessibleIdentifier() == name), None)

    def mark_wrong(self, name: str, words: str) -> None:
        """Say under a block what is wrong in it; an empty name takes all of that away."""
        for row in self.rows:
            if not name:
                row.clear_wrong()
            row.mark_wrong(name, words)

    def _empty(self) -> _AccountRow:
        """An account is in the partner's name and country until something else is typed."""
        return self._made(BankAccount(self._partner_name, "", self._country, "", ""))

    def _made(self, account: BankAccount) -> _AccountRow:
        row = _AccountRow(self._theme, self._language, account, self._countries)
        row.holder.textChanged.connect(lambda _: row.compare(self._partner_name))
        row.compare(self._partner_name)
        return row


class _AccountRow(QWidget):
    changed = Signal()

    def __init__(self, theme: Theme, language: Language, account: BankAccount, countries_: list[tuple[str, str]]) -> None:
        super().__init__()
        text = language.text
        self._language = language
        self.first = self.holder = text_line(account.holder)
        self.begin = self.bank = text_line(account.bank)
        self.country = Choice(countries_, current=account.country, searchable=True)
        self.number = text_line(account.number)
        codes = [account.currency, *CURRENCIES] if account.currency and account.currency not in CURRENCIES else list(CURRENCIES)
        self.currency = Choice([("", text("Any"))] + [(code, code) for code in codes], current=account.currency)
        self.currency.setMinimumContentsLength(6)
        self.remove: QPushButton = button(theme, text("Remove"), name="", kind="quiet", icon="trash-2")
        self._note = Notice(theme, "")
        self._note.hide()
        self._wrong = label("", "error", wrap=True)
        self._wrong.hide()
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(4))
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 2)
        for words, field, at, column in (
            (text("Holder"), self.holder, 0, 0),
            (text("Bank"), self.bank, 0, 1),
            (text("Country"), self.country, 0, 2),
            (text("IBAN or account number"), self.number, 3, 0),
            (text("Currency"), self.currency, 3, 1),
        ):
            title: QLabel = label(words, "caption")
            title.setBuddy(field)
            grid.addWidget(title, at, column)
            grid.addWidget(field, at + 1, column)
        grid.addWidget(self.remove, 4, 2)
        grid.setRowMinimumHeight(2, theme.px(4))
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.setSpacing(theme.px(8))
        self.divider = line()
        column_.addWidget(self.divider)
        column_.addLayout(grid)
        column_.addWidget(self._note)
        column_.addWidget(self._wrong)
        for field in (self.holder, self.bank, self.number):
            field.setCursorPosition(0)  # a long name is read from its beginning
        for signal in (self.holder.textEdited, self.bank.textEdited, self.number.textEdited, self.country.chosen, self.currency.chosen):
            signal.connect(lambda *_: self.changed.emit())
        order = (self.holder, self.bank, self.country, self.number, self.currency, self.remove)
        for before, after in itertools.pairwise(order):
            QWidget.setTabOrder(before, after)

    def typed(self) -> BankAccount:
        return BankAccount(
            self.holder.text(), self.bank.text(), str(self.country.key or ""), self.number.text(), str(self.currency.key or "")
        )

    def compare(self, partner_name: str) -> None:
        note = holder_note(self.holder.text(), partner_name, self._language)
        self._note.say(note)
        self._note.setVisible(bool(note))

    def mark_wrong(self, name: str, words: str) -> None:
        for field in (self.holder, self.number):
            if field.accessibleIdentifier() == name:
                set_property(field, "wrong", "true" if words else "false")
                self._wrong.setText(words)
                self._wrong.setVisible(bool(words))

    def clear_wrong(self) -> None:
        for field in (self.holder, self.number):
            set_property(field, "wrong", "false")
        self._wrong.hide()

    def take_place(self, at: int, language: Language) -> None:
        self.divider.setVisible(at > 0)
        text, place = language.text, language.number(at + 1)
        fields = (
            (self.holder, "holder", text("Holder of account {n}", n=place)),
            (self.bank, "bank", text("Bank of account {n}", n=place)),
            (self.country, "country", text("Country of account {n}", n=place)),
            (self.number, "number", text("Number of account {n}", n=place)),
            (self.currency, "currency", text("Currency of account {n}", n=place)),
            (self.remove, "remove", text("Remove account {n}", n=place)),
        )
        name_fields("partner.account", at, fields)
