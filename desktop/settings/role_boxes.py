"""The roles to tick."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desktop.language import Language
from desktop.settings.state import ROLE_ORDER
from desktop.widgets.fields import check
from desktop.widgets.form import FormRows
from desktop.words import ROLES, word


class RoleBoxes(QWidget):
    """A box for each role, named ``person.role.reviewer`` and so on."""

    def __init__(self, language: Language, *, ticked: Collection[str]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._boxes = {role: check(word(ROLES, role, language), name=f"person.role.{role}", on=role in ticked) for role in ROLE_ORDER}
        for box in self._boxes.values():
            column.addWidget(box)

    @property
    def first(self) -> QCheckBox:
        """The box for the administrator, where the focus goes and errors stand."""
        return self._boxes["administrator"]

    @property
    def chosen(self) -> frozenset[str]:
        """The roles that are ticked."""
        return frozenset(role for role, box in self._boxes.items() if box.isChecked())

    def add_to(self, form: FormRows, title: str) -> None:
        """Become a row of a form; the first box keeps its own name, for it is more than the row's first part."""
        form.add(title, self, name="person.roles", buddy=self.first)
        self.first.setAccessibleIdentifier("person.role.administrator")
        self.first.setAccessibleName(self.first.text())
