"""What is granted by the decision about a rapid start: within its cap and its period."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.language import Language
from desktop.rapid_words import terms_words
from desktop.shell.theme import Theme
from desktop.widgets.card import Card
from desktop.widgets.date_field import DateField
from desktop.widgets.form import FormRows
from desktop.widgets.money_field import MoneyField
from desktop.widgets.text import label
from models.cards import RapidTerms


class RapidCard(Card):
    """The terms in words, how much is granted, and until when."""

    def __init__(self, theme: Theme, language: Language, terms: RapidTerms, *, granted_minor: int | None, until: date | None) -> None:
        text = language.text
        super().__init__(theme, text("Granted by this rapid start"))
        for said in terms_words(terms, language):
            self.body.addWidget(label(said, "muted", wrap=True))
        self._form = FormRows(theme, widest=760)
        self._amount = MoneyField(theme, language, minor=granted_minor, currency=terms.currency)
        self._amount.code.setEnabled(False)
        self._until = DateField(theme, language, day=until)
        self._form.add(text("Amount granted"), self._amount, name="decision.granted")
        self._form.add(text("Granted until"), self._until, name="decision.granted_until")
        self.body.addWidget(self._form)
        self.fields: dict[str, QWidget] = {"decision.granted": self._amount, "decision.granted_until": self._until}

    @property
    def granted_minor(self) -> int | None:
        """The amount in minor units of the cap's currency."""
        return self._amount.amount[0] if self._amount.amount else None

    @property
    def until(self) -> date | None:
        """The last day."""
        return self._until.day

    def mark_wrong(self, name: str, words: str) -> None:
        """Say under a field what is wrong with it."""
        self._form.mark_wrong(self.fields[name], words)

    def clear_errors(self) -> None:
        """Take away all that is said to be wrong."""
        self._form.clear_errors()
