"""An organisation number as an answer: whose register it is in, and the number, judged while it is typed."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.assessment.question_state import QuestionState
from desktop.language import Language
from desktop.partners.registers import is_whole, number_problem, registers
from desktop.shell.theme import Theme
from desktop.widgets.fields import Choice, CommittedLine
from desktop.widgets.text import label, set_property
from forms.question import Question
from forms.registration import normal
from forms.values import Value

_WITH_CODE = re.compile(r"([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,10})+) +(.+)")


class OrganisationNumberField(QWidget):
    """Says ``entered("SE-ON 556091-2148")`` (``None``: emptied) or ``refused(sentence)``; a number may be written with its list code."""

    entered = Signal(object)
    refused = Signal(str)

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self._language = language
        self._saved: Value | None = None
        self._register = Choice()
        self._register.setAccessibleName(language.text("Register"))
        self._register.setAccessibleIdentifier("assessment.value.register")
        self._number = CommittedLine()
        self._number.setMaximumWidth(theme.px(220))
        self._number.setAccessibleIdentifier("assessment.value")
        self._says = label("", "error", wrap=True, name="assessment.value.says")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(8))
        grid.addWidget(self._register, 0, 0)
        grid.addWidget(self._number, 0, 1)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        grid.addWidget(self._says, 1, 0, 1, 2)
        self._says.hide()
        self._number.textEdited.connect(lambda _: self._judge(typing=True))
        self._number.committed.connect(lambda _: self._settle())
        self._register.chosen.connect(lambda _: self._settle())

    @property
    def is_changing(self) -> bool:
        """Whether something here is not what was last shown or said."""
        return self._value() != self._saved

    def show_value(self, question: Question, value: Value | None, *, state: QuestionState, enabled: bool) -> None:
        """Show a number; while there is none, the register of the partner's country is proposed."""
        self._number.setAccessibleName(self._language.text("Organisation number"))
        del question
        self._saved = value
        code, _, number = str(value or "").partition(" ")
        self._offer(code or state.register)
        self._number.show_text(number)
        self._mark("")
        self.setEnabled(enabled)

    def allow(self, *, enabled: bool) -> None:
        """Let the number be written, or only read."""
        self.setEnabled(enabled)

    def focus(self) -> None:
        """Stand at the number."""
        self._number.setFocus()
        self._number.selectAll()

    def commit(self) -> None:
        """Say now what has been written, or what is wrong with it."""
        self._number.commit()
        self._settle()
        if self._says.text():
            self.refused.emit(self._language.text("{problem} The answer was not changed.", problem=self._says.text()))

    def _offer(self, code: str) -> None:
        self._register.offer([(own, words) for own, words in registers(self._language, own=code) if own], current=code)

    def _judge(self, *, typing: bool) -> None:
        """Say what is wrong with the number; while it is typed only when it is as long as it will be."""
        code, number = str(self._register.key or ""), self._number.text()
        if typing and not is_whole(scheme=code, number=number):
            self._mark("")
            return
        wrong = number_problem(scheme=code, number=number)
        self._mark("" if wrong is None else self._language.error(wrong))

    def _settle(self) -> None:
        if match := _WITH_CODE.fullmatch(self._number.text().strip()):
            self._offer(match[1].upper())
            self._number.show_text(match[2])
        self._judge(typing=False)
        if self._says.text():
            return
        value = self._value()
        if value is not None:
            self._number.show_text(value.partition(" ")[2])
        if value != self._saved:
            self._saved = value
            self.entered.emit(value)

    def _value(self) -> str | None:
        code, number = str(self._register.key or ""), self._number.text().strip()
        if not number or number_problem(scheme=code, number=number) is not None:
            return None
        return f"{code} {normal(scheme=code, number=number)}"

    def _mark(self, wrong: str) -> None:
        self._says.setText(wrong)
        self._says.setVisible(bool(wrong))
        set_property(self._number, "wrong", "true" if wrong else "false")
