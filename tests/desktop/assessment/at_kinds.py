"""What is done at the questions with more kinds of answer: give, read, write, fill in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.operations import answering
from forms.answers import Answer

Key = Qt.Key
FIGURES = (("100000 SEK", "90000 SEK", None, "clean"), ("80000 SEK", None, None, None), ("50000 SEK", "60000 SEK", "30000 SEK", None))


def answered(case, question):
    return case.file().answers.of("more-kinds", question)


def value(case, question):
    answer = answered(case, question)
    return None if answer is None else answer.value


def give(case, question, value_):
    answer = Answer("answered", value_, known="seen")
    case.do(lambda: answering.give_answer(actor=case.asa, assessment_id=case.id, instrument="more-kinds", question=question, answer=answer))


def editor(at):
    return at.room.question.value._editor


def grid(at):
    return editor(at).grid


def write(at):
    """Go to the field, as F2 does."""
    at.room.question.value.focus()


def fill(at, *texts):
    """Type into one cell after the other, going on with Enter."""
    for text in texts:
        if text:
            at.type(text)
        QTest.keyPress(QApplication.focusWidget(), Key.Key_Return)
        QApplication.processEvents()
    at.settle()
