"""Conditions of the recommendation: each a text, before what it must be met, and a date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.recommendation.state import before_options
from desktop.shell.desk import Desk
from desktop.widgets.button import button
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import Choice, CommittedText
from desktop.widgets.text import label
from models.cards import AgreementCondition

_Before = Literal["signing", "payment", "date"]


class ConditionRows(QWidget):
    """Rows to add to and take from; says ``changed()``."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: list[_Row] = []
        text = desk.language.text
        self.setAccessibleName(text("Conditions"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(desk.theme.px(8))
        self._column = QVBoxLayout()
        self._column.setSpacing(desk.theme.px(8))
        column.addLayout(self._column)
        self._add = button(desk.theme, text("Add a condition"), self.add, name="recommendation.condition.add", kind="link", icon="plus")
        column.addWidget(self._add)

    def show_conditions(self, conditions: Sequence[AgreementCondition]) -> None:
        """Show conditions without saying that they changed."""
        while self._rows:
            self._drop(self._rows[-1])
        for one in conditions:
            self._made(one)

    @property
    def conditions(self) -> tuple[AgreementCondition, ...]:
        """The conditions as they are typed now."""
        return tuple(one.condition for one in self._rows)

    def add(self) -> None:
        """Add an empty condition and begin to type."""
        made = self._made(AgreementCondition("", "signing"))
        made.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def mark_wrong(self, place: int, *, text: str, due: str) -> None:
        """Say at a row what is wrong with its text or its date; empty words take that away."""
        if 0 <= place < len(self._rows):
            said = " ".join(one for one in (text, due) if one)
            self._rows[place].wrong.setText(said)
            self._rows[place].wrong.setVisible(bool(said))

    def clear_errors(self) -> None:
        """Take away all that is said to be wrong."""
        for place in range(len(self._rows)):
            self.mark_wrong(place, text="", due="")

    def _made(self, condition: AgreementCondition) -> _Row:
        made = _Row(self._desk, condition, place=len(self._rows))
        made.changed.connect(self.changed)
        made.taken_away.connect(lambda: self._take_away(made))
        self._rows.append(made)
        self._column.addWidget(made)
        return made

    def _take_away(self, row: _Row) -> None:
        self._drop(row)
        for place, one in enumerate(self._rows):
            one.name(place)
        (self._rows[-1].words if self._rows else self._add).setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _drop(self, row: _Row) -> None:
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()


class _Row(QFrame):
    """One condition."""

    changed = Signal()
    taken_away = Signal()

    def __init__(self, desk: Desk, condition: AgreementCondition, *, place: int) -> None:
        super().__init__()
        theme, text = desk.theme, desk.language.text
        self._text = text
        self.setProperty("surface", "raised")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(10))
        column.setSpacing(theme.px(6))
        self._title = label("", "caption")
        self.words = CommittedText(theme, condition.text, lines=2, placeholder=text("What must be met"))
        self.words.textChanged.connect(self.changed)
        self._before = Choice(before_options(desk.language), current=condition.before)
        self._before.chosen.connect(lambda _key: self.changed.emit())
        self._due = DateField(theme, desk.language, day=condition.due)
        self._due.changed.connect(lambda _day: self.changed.emit())
        self._remove = button(theme, text("Remove"), self.taken_away.emit, name="", kind="quiet", icon="trash-2")
        self.wrong = label("", "error", wrap=True)
        self.wrong.hide()
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self._before)
        line.addWidget(self._due, 1)
        line.addWidget(self._remove)
        for part in (self._title, self.words):
            column.addWidget(part)
        column.addLayout(line)
        column.addWidget(self.wrong)
        self.name(place)

    @property
    def condition(self) -> AgreementCondition:
        """The condition as it is typed now."""
        return AgreementCondition(self.words.toPlainText().strip(), cast(_Before, self._before.key), self._due.day)

    def name(self, place: int) -> None:
        """Give the row its number, for eyes, ears and tests."""
        number = place + 1
        title = self._text("Condition {n}", n=number)
        self._title.setText(title)
        parts = (
            (self.words, "text", self._text("What must be met")),
            (self._before, "before", self._text("When condition {n} must be met", n=number)),
            (self._due, "due", self._text("Date")),
            (self._remove, "remove", self._text("Remove")),
        )
        for part, what, said in parts:
            part.setAccessibleIdentifier(f"recommendation.condition.{place}.{what}")
            part.setAccessibleName(f"{title}: {said}")
