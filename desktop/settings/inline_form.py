"""A form that opens in place of what it changes: Enter does it, Escape leaves it, errors stand under their fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.shell.room import Room
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.form import FormRows
from desktop.widgets.page import row
from desktop.widgets.text import label
from forms.errors import GedigenError


class InlineForm(Card):
    """A heading, perhaps what it is about, ``form`` for the rows, and a button each to do it and to leave it.

    ``do`` is the words of the button; ``name`` the first part of the identifiers (``roles.do``, ``roles.cancel``).
    """

    def __init__(self, room: Room, title: str, about: str = "", *, name: str, gave_up: Callable[[], None]) -> None:
        theme = room.desk.theme
        super().__init__(theme, title, surface="raised")
        self.room = room
        self._called, self._gave_up = name, gave_up
        if about:
            self.body.addWidget(label(about, "muted", wrap=True))
        self.form = FormRows(theme)
        self.body.addSpacing(theme.px(4))
        self.body.addWidget(self.form)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(gave_up)

    def finish(self, do: str, press: Callable[[], None], *, name: str = "") -> None:
        """Add the buttons below the rows; Enter in any line of the form presses the first, which ``name`` may call otherwise."""
        theme = self.room.desk.theme
        self.go = button(theme, do, press, name=name or f"{self._called}.do", kind="primary")
        cancel = button(theme, self.room.text("Cancel"), self._gave_up, name=f"{self._called}.cancel")
        self.body.addSpacing(theme.px(6))
        self.body.addLayout(row(theme, [self.go, cancel, None]))
        for field in self.findChildren(QLineEdit):
            field.returnPressed.connect(self.go.click)

    def refused_here(self, problems: Iterable[tuple[QWidget, str, bool]]) -> bool:
        """Say under each field what is wrong with it, go to the first such field, and tell whether there is one."""
        self.form.clear_errors()
        wrong = [(field, said) for field, said, is_wrong in problems if is_wrong]
        for field, said in wrong:
            self.form.mark_wrong(field, said)
        if wrong:
            wrong[0][0].setFocus()
        return bool(wrong)

    def refuse(self, field: QWidget, error: GedigenError) -> None:
        """Say under a field why it was not done, and let the person try again."""
        self.go.setEnabled(True)
        self.form.mark_wrong(field, self.room.desk.language.error(error))
        field.setFocus()
        if isinstance(field, QLineEdit):
            field.selectAll()
