"""The terms of a rapid start, as they are typed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.assessments.starting import TypedRapid
from desktop.language import Language
from desktop.shell.theme import Theme
from desktop.widgets.card import Card
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import CommittedText, text_line
from desktop.widgets.form import FormRows
from desktop.widgets.money_field import MoneyField
from desktop.widgets.text import label


class RapidBlock(QWidget):
    """Urgent need, cap, period, decider and the day by which it is completed; says ``changed()`` when something is typed."""

    changed = Signal()

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        text = language.text
        card = Card(theme, text("What holds for the rapid start"), surface="raised")
        card.body.addWidget(
            label(text("All of this is printed on page one. A decision above the cap or beyond the period is refused."), "muted", wrap=True)
        )
        self._form = FormRows(theme, widest=700)
        self._reason = CommittedText(theme, lines=2)
        self._cap = MoneyField(theme, language)
        self._ends, self._complete_by = DateField(theme, language), DateField(theme, language)
        self._decider = text_line()
        form = self._form
        form.add(
            text("Urgent need"),
            self._reason,
            name="new.rapid.reason",
            hint=text("What has happened, and why it cannot wait for an ordinary assessment."),
        )
        form.add(text("May be paid at most"), self._cap, name="new.rapid.cap")
        form.add(text("The money may be used until"), self._ends, name="new.rapid.ends")
        form.add(text("Who decides"), self._decider, name="new.rapid.decider", hint=text("One person by name, with the right to decide."))
        form.add(
            text("Completed by"),
            self._complete_by,
            name="new.rapid.complete_by",
            hint=text("By this day a fuller assessment must be sealed. No second payment after it lapses."),
        )
        card.body.addWidget(form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.fields: dict[str, QWidget] = {
            "new.rapid.reason": self._reason,
            "new.rapid.cap": self._cap,
            "new.rapid.ends": self._ends,
            "new.rapid.decider": self._decider,
            "new.rapid.complete_by": self._complete_by,
        }
        self._reason.textChanged.connect(self.changed)
        for line in (self._cap.line, self._ends.line, self._complete_by.line, self._decider):
            line.textChanged.connect(lambda _: self.changed.emit())
        self._cap.changed.connect(self.changed)

    def show_typed(self, typed: TypedRapid) -> None:
        """Show what was typed before."""
        self._reason.show_text(typed.reason)
        self._cap.show_amount(typed.cap_minor, typed.currency)
        self._ends.show_day(typed.ends)
        self._decider.setText(typed.decider)
        self._complete_by.show_day(typed.complete_by)
        self.clear_errors()

    def typed(self) -> TypedRapid:
        """Give what stands here."""
        amount = self._cap.amount
        dates = (("new.rapid.ends", self._ends), ("new.rapid.complete_by", self._complete_by))
        return TypedRapid(
            reason=self._reason.toPlainText(),
            cap_minor=amount[0] if amount else None,
            currency=self._cap.currency,
            ends=self._ends.day,
            decider=self._decider.text(),
            complete_by=self._complete_by.day,
            wrong=frozenset(name for name, field in dates if field.is_wrong),
        )

    def mark_wrong(self, name: str, words: str) -> None:
        """Say under a field what is wrong with it."""
        self._form.mark_wrong(self.fields[name], words)

    def clear_errors(self) -> None:
        """Take away all that is said to be wrong."""
        self._form.clear_errors()
