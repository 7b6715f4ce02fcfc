"""Asks a person for the passphrase, calmly, as often as it takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.language import Language
from desktop.shell.theme import Theme
from desktop.widgets.button import button
from desktop.widgets.fields import Choice, text_line
from desktop.widgets.form import FormRows
from desktop.widgets.text import label

if TYPE_CHECKING:
    from models.identity import PersonCard


class PassphraseDialog(QDialog):
    """Who, and that person's passphrase. Calls ``attempt(person, passphrase)``; whoever made it answers with ``refuse`` or ``accept``."""

    def __init__(
        self,
        theme: Theme,
        language: Language,
        *,
        people: Sequence[PersonCard],
        person: UUID | None,
        attempt: Callable[[UUID, str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._attempt = attempt
        self._language = language
        self.setWindowTitle(language.text("Your passphrase"))
        self.setModal(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(24), theme.px(24), theme.px(24))
        column.setSpacing(theme.px(16))
        column.addWidget(label(language.text("Your passphrase"), "section"))
        self._why = label(language.text("What you do here counts as yours because only you know this passphrase."), "muted", wrap=True)
        column.addWidget(self._why)
        self._form = FormRows(theme)
        self._who = Choice([(one.id, one.name) for one in people if one.active], current=person)
        self._secret = text_line(secret=True)
        self._form.add(language.text("Person"), self._who, name="unlock.person")
        self._form.add(language.text("Passphrase"), self._secret, name="unlock.passphrase")
        column.addWidget(self._form)
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = button(theme, language.text("Cancel"), self.reject, name="unlock.cancel")
        self._go = button(theme, language.text("Continue"), self._press, name="unlock.continue", kind="primary")
        self._go.setDefault(True)
        row.addWidget(cancel)
        row.addWidget(self._go)
        column.addLayout(row)
        self.setMinimumWidth(theme.px(420))
        (self._secret if person is not None else self._who).setFocus()

    def say_why(self, text: str) -> None:
        """Say what the passphrase is asked for this time."""
        self._why.setText(text)

    def refuse(self, text: str) -> None:
        """Say why it did not open and let the person try again."""
        self._go.setEnabled(True)
        self._form.mark_wrong(self._secret, text)
        self._secret.selectAll()
        self._secret.setFocus()

    def _press(self) -> None:
        person = self._who.key
        if not isinstance(person, UUID):
            self._form.mark_wrong(self._who, self._language.text("Choose who you are."))
            return
        self._form.clear_errors()
        self._go.setEnabled(False)
        self._attempt(person, self._secret.text())
