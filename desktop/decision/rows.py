"""Rows of a decision: its conditions, and its waivers of stop criteria."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.decision.state import StopWords, TypedCondition, TypedWaiver
from desktop.language import Language
from desktop.shell.theme import Theme
from desktop.widgets.button import button
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import Choice, text_line
from desktop.widgets.form import FormRows
from desktop.widgets.row_list import RowList, name_fields
from desktop.widgets.text import label, set_property
from desktop.words import BEFORE, word


class ConditionRows(RowList["_ConditionRow"]):
    """Conditions: what, before when, and the date for those that have one; says ``changed()``."""

    def __init__(self, theme: Theme, language: Language) -> None:
        self._make = partial(_ConditionRow, theme, language)
        new = partial(self._make, TypedCondition())
        super().__init__(theme, language, language.text("Add a condition"), name="decision.condition.add", new=new, gap=8)

    def show_conditions(self, conditions: Sequence[TypedCondition]) -> None:
        """Show these conditions instead."""
        self.show_rows(self._make(condition) for condition in conditions)

    def typed(self) -> tuple[TypedCondition, ...]:
        """Give what stands in the rows."""
        return tuple(row.typed() for row in self.rows)

    def wrong_dates(self) -> set[str]:
        """Give the identifiers of date fields in which something stands that is no date."""
        return {f"decision.condition.{at}.due" for at, row in enumerate(self.rows) if row.due.is_wrong and row.due.isVisibleTo(self)}

    def mark_wrong(self, name: str, words: str) -> QWidget | None:
        """Say under a row what is wrong with its date, and give the field; an empty name takes all of that away."""
        found: QWidget | None = None
        for at, row in enumerate(self.rows):
            mine = name == f"decision.condition.{at}.due"
            row.say_wrong(words if mine else "")
            found = row.due if mine else found
        return found


class _ConditionRow(QWidget):
    changed = Signal()

    def __init__(self, theme: Theme, language: Language, condition: TypedCondition) -> None:
        super().__init__()
        self.first = self.begin = self.what = text_line(condition.text, placeholder=language.text("What must be met"))
        self.before = Choice([(key, word(BEFORE, key, language)) for key in BEFORE], current=condition.before)
        self.due = DateField(theme, language, day=condition.due)
        self.remove: QPushButton = button(theme, "", name="", kind="quiet", icon="trash-2")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        upper, lower = QHBoxLayout(), QHBoxLayout()
        for row in (upper, lower):
            row.setSpacing(theme.px(8))
        upper.addWidget(self.what, 1)
        upper.addWidget(self.remove)
        lower.addWidget(self.before)
        lower.addWidget(self.due)
        lower.addStretch(1)
        column.addLayout(upper)
        column.addLayout(lower)
        self._wrong = label("", "error", wrap=True)
        self._wrong.hide()
        column.addWidget(self._wrong)
        self.due.setVisible(condition.before == "date")
        self.what.setCursorPosition(0)  # a long condition is read from its beginning
        self.before.chosen.connect(lambda key: self.due.setVisible(key == "date"))
        for signal in (self.what.textEdited, self.before.chosen, self.due.line.textChanged):
            signal.connect(lambda *_: self.changed.emit())
        order = (self.what, self.before, self.due.line, self.remove)
        for one, after in itertools.pairwise(order):
            QWidget.setTabOrder(one, after)

    def typed(self) -> TypedCondition:
        return TypedCondition(self.what.text(), str(self.before.key), self.due.day)

    def say_wrong(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))
        set_property(self.due.line, "wrong", "true" if words else "false")

    def take_place(self, at: int, language: Language) -> None:
        text, place = language.text, language.number(at + 1)
        fields = (
            (self.what, "text", text("Condition {n}", n=place)),
            (self.before, "before", text("When condition {n} must be met", n=place)),
            (self.due, "due", text("Date of condition {n}", n=place)),
            (self.remove, "remove", text("Remove condition {n}", n=place)),
        )
        name_fields("decision.condition", at, fields)
        self.remove.setToolTip(text("Remove condition {n}", n=place))


class WaiverBlock(QWidget):
    """The board's waiver of one stop criterion: what it allows at most, until when, and what control replaces it."""

    changed = Signal()

    def __init__(self, theme: Theme, language: Language, stop: StopWords, typed: TypedWaiver) -> None:
        super().__init__()
        text, name = language.text, f"decision.waiver.{stop.id}"
        self.stop = stop.id
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(label(stop.text, "strong", wrap=True))
        self._form = FormRows(theme)
        self._limit, self._control = text_line(typed.limit), text_line(typed.control)
        self.until = DateField(theme, language, day=typed.until)
        self._form.add(
            text("Allows at most"), self._limit, name=f"{name}.limit", hint=text("For example an amount, or the first payment only.")
        )
        self._form.add(text("Until"), self.until, name=f"{name}.until")
        self._form.add(
            text("Control in its place"),
            self._control,
            name=f"{name}.control",
            hint=text("What is done meanwhile so that the money is safe."),
        )
        column.addWidget(self._form)
        self.fields: dict[str, QWidget] = {f"{name}.limit": self._limit, f"{name}.until": self.until, f"{name}.control": self._control}
        for field in (self._limit, self._control, self.until.line):
            field.textChanged.connect(lambda _: self.changed.emit())

    def typed(self) -> TypedWaiver:
        """Give what stands here."""
        return TypedWaiver(self.stop, self._limit.text(), self.until.day, self._control.text())

    def mark_wrong(self, name: str, words: str) -> None:
        """Say under a field what is wrong with it."""
        self._form.mark_wrong(self.fields[name], words)

    def clear_errors(self) -> None:
        """Take away all that is said to be wrong."""
        self._form.clear_errors()
