"""The people at a partner, one row each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.language import Language
from desktop.shell.theme import Theme
from desktop.widgets.button import button
from desktop.widgets.fields import check, text_line
from desktop.widgets.row_list import RowList, name_fields
from desktop.widgets.text import label, set_property
from models.cards import Contact


class PeopleRows(RowList["_PersonRow"]):
    """Rows of name, role, signs and controls; says ``changed()`` at each key. Rows are numbered from 0 in identifiers."""

    def __init__(self, theme: Theme, language: Language) -> None:
        self._make = partial(_PersonRow, theme, language)
        new = partial(self._make, Contact("", ""))
        super().__init__(theme, language, language.text("Add a person"), name="partner.person.add", new=new)

    def show_people(self, people: Sequence[Contact]) -> None:
        """Show these people instead."""
        self.show_rows(self._make(person) for person in people)

    def typed(self) -> tuple[Contact, ...]:
        """Give what stands in the rows, empty ones too."""
        return tuple(row.typed() for row in self.rows)

    def field(self, name: str) -> QWidget | None:
        """Find a field by its identifier."""
        return next((row.name for row in self.rows if row.name.accessibleIdentifier() == name), None)

    def mark_wrong(self, name: str, words: str) -> None:
        """Say under a row what is wrong in it; an empty name takes all of that away."""
        for row in self.rows:
            row.say_wrong(words if row.name.accessibleIdentifier() == name else "")


class _PersonRow(QWidget):
    changed = Signal()

    def __init__(self, theme: Theme, language: Language, person: Contact) -> None:
        super().__init__()
        text = language.text
        self.first = self.begin = self.name = text_line(person.name, placeholder=text("Name"))
        self.role: QLineEdit = text_line(person.role, placeholder=text("Role, such as chair or cashier"))
        self.signs: QCheckBox = check(text("Signs for the partner"), name="", on=person.signs)
        self.controls: QCheckBox = check(text("Controls it"), name="", on=person.controls)
        self.controls.setToolTip(text("Owns the organisation or controls it"))
        self.remove: QPushButton = button(theme, "", name="", kind="quiet", icon="trash-2")
        for signal in (self.name.textEdited, self.role.textEdited, self.signs.toggled, self.controls.toggled):
            signal.connect(lambda *_: self.changed.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        upper, lower = QHBoxLayout(), QHBoxLayout()
        upper.setSpacing(theme.px(8))
        lower.setSpacing(theme.px(16))
        upper.addWidget(self.name, 3)
        upper.addWidget(self.role, 3)
        upper.addWidget(self.remove)
        lower.addWidget(self.signs)
        lower.addWidget(self.controls)
        lower.addStretch(1)
        column.addLayout(upper)
        column.addLayout(lower)
        self._wrong = label("", "error", wrap=True)
        self._wrong.hide()
        column.addWidget(self._wrong)
        for before, after in ((self.name, self.role), (self.role, self.signs), (self.signs, self.controls), (self.controls, self.remove)):
            QWidget.setTabOrder(before, after)

    def typed(self) -> Contact:
        return Contact(self.name.text(), self.role.text(), self.signs.isChecked(), self.controls.isChecked())

    def say_wrong(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))
        set_property(self.name, "wrong", "true" if words else "false")

    def take_place(self, at: int, language: Language) -> None:
        text, place = language.text, language.number(at + 1)
        fields = (
            (self.name, "name", text("Name of person {n}", n=place)),
            (self.role, "role", text("Role of person {n}", n=place)),
            (self.signs, "signs", text("Person {n} signs for the partner", n=place)),
            (self.controls, "controls", text("Person {n} controls the partner", n=place)),
            (self.remove, "remove", text("Remove person {n}", n=place)),
        )
        name_fields("partner.person", at, fields)
        self.remove.setToolTip(text("Remove person {n}", n=place))
