"""Conditions of the recommendation: each a text, before what it must be met, and a date."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Literal, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop.language import Language
from desktop.recommendation.state import before_options
from desktop.shell.desk import Desk
from desktop.widgets.button import button
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import Choice, CommittedText
from desktop.widgets.row_list import RowList, name_fields
from desktop.widgets.text import label
from models.cards import AgreementCondition

_Before = Literal["signing", "payment", "date"]


class ConditionRows(RowList["_Row"]):
    """Rows to add to and take from; says ``changed()``."""

    def __init__(self, desk: Desk) -> None:
        text = desk.language.text
        self._make = partial(_Row, desk)
        new = partial(self._make, AgreementCondition("", "signing"))
        super().__init__(desk.theme, desk.language, text("Add a condition"), name="recommendation.condition.add", new=new, gap=8)
        self.setAccessibleName(text("Conditions"))

    def show_conditions(self, conditions: Sequence[AgreementCondition]) -> None:
        """Show conditions without saying that they changed."""
        self.show_rows(self._make(one) for one in conditions)

    @property
    def conditions(self) -> tuple[AgreementCondition, ...]:
        """The conditions as they are typed now."""
        return tuple(one.condition for one in self.rows)

    def mark_wrong(self, place: int, *, text: str, due: str) -> None:
        """Say at a row what is wrong with its text or its date; empty words take that away."""
        if 0 <= place < len(self.rows):
            said = " ".join(one for one in (text, due) if one)
            self.rows[place].wrong.setText(said)
            self.rows[place].wrong.setVisible(bool(said))

    def clear_errors(self) -> None:
        """Take away all that is said to be wrong."""
        for place in range(len(self.rows)):
            self.mark_wrong(place, text="", due="")


class _Row(QFrame):
    """One condition."""

    changed = Signal()

    def __init__(self, desk: Desk, condition: AgreementCondition) -> None:
        super().__init__()
        theme, text = desk.theme, desk.language.text
        self.setProperty("surface", "raised")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(10))
        column.setSpacing(theme.px(6))
        self._title = label("", "caption")
        self.first = self.begin = self.words = CommittedText(theme, condition.text, lines=2, placeholder=text("What must be met"))
        self.words.textChanged.connect(self.changed)
        self._before = Choice(before_options(desk.language), current=condition.before)
        self._before.chosen.connect(lambda _key: self.changed.emit())
        self._due = DateField(theme, desk.language, day=condition.due)
        self._due.changed.connect(lambda _day: self.changed.emit())
        self.remove = button(theme, text("Remove"), name="", kind="quiet", icon="trash-2")
        self.wrong = label("", "error", wrap=True)
        self.wrong.hide()
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self._before)
        line.addWidget(self._due, 1)
        line.addWidget(self.remove)
        for part in (self._title, self.words):
            column.addWidget(part)
        column.addLayout(line)
        column.addWidget(self.wrong)

    @property
    def condition(self) -> AgreementCondition:
        """The condition as it is typed now."""
        return AgreementCondition(self.words.toPlainText().strip(), cast(_Before, self._before.key), self._due.day)

    def take_place(self, at: int, language: Language) -> None:
        number = at + 1
        title = language.text("Condition {n}", n=number)
        self._title.setText(title)
        parts = (
            (self.words, "text", language.text("What must be met")),
            (self._before, "before", language.text("When condition {n} must be met", n=number)),
            (self._due, "due", language.text("Date")),
            (self.remove, "remove", language.text("Remove")),
        )
        name_fields("recommendation.condition", at, ((part, what, f"{title}: {said}") for part, what, said in parts))
