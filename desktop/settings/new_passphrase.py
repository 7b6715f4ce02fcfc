"""The two rows in which a new passphrase is typed twice, with what is said about its strength."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from desktop.language import Language
from desktop.shell.theme import Theme
from desktop.start.strength import strength
from desktop.widgets.fields import text_line
from desktop.widgets.form import FormRows
from desktop.widgets.status_mark import StatusMark
from desktop.words import Mark


class NewPassphrase:
    """Adds its rows to a form. ``name`` is the first part of the identifiers: ``person.passphrase`` and ``person.again``."""

    def __init__(self, form: FormRows, theme: Theme, language: Language, *, name: str, title: str, again: str, hint: str) -> None:
        self._language = language
        self.first, self._second = text_line(secret=True), text_line(secret=True)
        form.add(title, self.first, name=f"{name}.passphrase", hint=hint)
        self._strength = StatusMark(theme, Mark("incomplete", ""))
        self._strength.hide()
        form.add_wide(self._strength)
        form.add(again, self._second, name=f"{name}.again")
        self.first.textChanged.connect(self._judge)

    @property
    def text(self) -> str:
        """What was typed first."""
        return self.first.text()

    def problems(self) -> tuple[tuple[QLineEdit, str, bool], ...]:
        """Give each field, what could be wrong with it, and whether it is."""
        judged = strength(self.text, self._language)
        return (
            (self.first, self._language.text("Enter a longer passphrase."), judged is None or not judged.enough),
            (self._second, self._language.text("The two passphrases differ. Type it again."), self.text != self._second.text()),
        )

    def _judge(self, typed: str) -> None:
        judged = strength(typed, self._language)
        self._strength.setVisible(judged is not None)
        if judged is not None:
            self._strength.show_mark(judged.mark)
