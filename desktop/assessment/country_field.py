"""A country as an answer, found by typing some of its name."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.assessment.question_state import QuestionState
from desktop.language import Language
from desktop.partners.countries import countries
from desktop.shell.theme import Theme
from desktop.widgets.fields import Choice
from forms.question import Question
from forms.values import Value


class CountryField(QWidget):
    """Says ``entered(code)``, or ``None`` when the empty line is chosen; a name that is none is put back and never an answer."""

    entered = Signal(object)
    refused = Signal(str)

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self._saved: Value | None = None
        self._choice = Choice([("", ""), *countries(language)], current="", searchable=True)
        self._choice.setMinimumWidth(theme.px(280))
        self._choice.setAccessibleIdentifier("assessment.value")
        self._choice.chosen.connect(self._chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._choice)
        row.addStretch(1)

    @property
    def is_changing(self) -> bool:
        """Whether something here is not what was last shown or said."""
        return self._choice.hasFocus() and self._choice.currentText() != self._choice.itemText(self._choice.currentIndex())

    def show_value(self, question: Question, value: Value | None, *, state: QuestionState, enabled: bool) -> None:
        """Show a country."""
        del question
        self._choice.setAccessibleName(state.text)
        self._saved = value
        self._choice.show_key(value or "")
        self.setEnabled(enabled)

    def allow(self, *, enabled: bool) -> None:
        """Let the country be chosen, or only read."""
        self.setEnabled(enabled)

    def focus(self) -> None:
        """Stand in the field; what is typed replaces it."""
        self._choice.setFocus()
        self._choice.lineEdit().selectAll()

    def commit(self) -> None:
        """Choose now what was typed, where it is one country."""
        self._choice.settle()

    def _chosen(self, key: object) -> None:
        value = str(key) or None
        if value != self._saved:
            self._saved = value
            self.entered.emit(value)
