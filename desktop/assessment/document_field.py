"""A dated document as an answer: its title, its own date, and the day it expires or that it does not."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.assessment.question_state import QuestionState
from desktop.language import Language
from desktop.shell.theme import Theme
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import QUIET, check, text_line
from desktop.widgets.text import label
from forms.documents import Document
from forms.question import Question
from forms.values import LONGEST_LINE, Value


class DocumentField(QWidget):
    """Says ``entered((title, dated, expires))`` when all of it is there (``None``: emptied).

    ``refused(sentence)`` when one leaves it half written.
    """

    entered = Signal(object)
    refused = Signal(str)

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self._language = language
        self._saved: Value | None = None
        self._as_of = date.min
        text = language.text
        self._title = text_line()
        self._title.setMaxLength(LONGEST_LINE)
        self._dated = DateField(theme, language)
        self._expires = DateField(theme, language)
        self._for_ever = check(text("does not expire"), name="assessment.document.for_ever", changed=lambda _: self._ticked())
        self._says = label("", "error", wrap=True, name="assessment.document.says")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(6))
        for at, (words, field, name) in enumerate(
            (
                (text("Document"), self._title, "assessment.value"),
                (text("Dated"), self._dated, "assessment.document.dated"),
                (text("Expires"), self._expires, "assessment.document.expires"),
            )
        ):
            field.setAccessibleIdentifier(name)
            field.setAccessibleName(words)
            titled = label(words, "dense")
            titled.setBuddy(field)
            grid.addWidget(titled, at, 0)
            grid.addWidget(field, at, 1, 1, 3 if field is self._title else 1)
        grid.addWidget(self._for_ever, 2, 2)
        grid.addWidget(self._says, 3, 1, 1, 3)
        grid.setColumnStretch(3, 1)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET)
        self._quiet.timeout.connect(self._settle)
        for line in (self._title, self._dated.line, self._expires.line):
            line.textEdited.connect(lambda _: self._quiet.start())
            line.editingFinished.connect(self._settle)
        for field in (self._dated, self._expires):
            field.changed.connect(lambda _: self._settle())

    @property
    def is_changing(self) -> bool:
        """Whether something here is not what was last shown or said."""
        return self._quiet.isActive() or bool(self._problem())

    def show_value(self, question: Question, value: Value | None, *, state: QuestionState, enabled: bool) -> None:
        """Show a document; one that had expired at the day of assessment says so."""
        del question
        self._saved, self._as_of = value, state.as_of
        title, dated, expires = map(str, value) if isinstance(value, tuple) else ("", "", "")
        self._title.setText(title)
        self._dated.show_day(date.fromisoformat(dated) if dated else None)
        self._expires.show_day(date.fromisoformat(expires) if expires else None)
        self._for_ever.blockSignals(True)
        self._for_ever.setChecked(bool(dated) and not expires)
        self._for_ever.blockSignals(False)
        self._expires.setEnabled(not self._for_ever.isChecked())
        self._say()
        self.setEnabled(enabled)

    def allow(self, *, enabled: bool) -> None:
        """Let the document be written, or only read."""
        self.setEnabled(enabled)

    def focus(self) -> None:
        """Stand at the title."""
        self._title.setFocus()
        self._title.selectAll()

    def commit(self) -> None:
        """Say now what has been written, or what is missing."""
        self._settle()
        if problem := self._problem():
            self.refused.emit(problem)

    def _ticked(self) -> None:
        self._expires.setEnabled(not self._for_ever.isChecked())
        if self._for_ever.isChecked():
            self._expires.show_day(None)
        self._settle()

    def _settle(self) -> None:
        self._quiet.stop()
        self._say()
        if self._problem():
            return
        value = self._written()
        if value != self._saved:
            self._saved = value
            self.entered.emit(value)

    def _written(self) -> tuple[str, str, str] | None:
        dated, expires = self._dated.day, self._expires.day
        if not self._title.text().strip() or dated is None:
            return None
        return self._title.text().strip(), dated.isoformat(), expires.isoformat() if expires else ""

    def _problem(self) -> str:
        """Say what is missing or cannot be; empty for a whole document and for none at all."""
        text = self._language.text
        given = [bool(self._title.text().strip()), bool(self._dated.line.text().strip()), bool(self._expires.line.text().strip())]
        if not any(given) and not self._for_ever.isChecked():
            return ""
        if self._dated.is_wrong or self._expires.is_wrong:
            return text("Write a date such as 2026-03-09. The answer was not changed.")
        if not given[0] or not given[1]:
            return text("Give the document’s title and its own date. The answer was not changed.")
        if not given[2] and not self._for_ever.isChecked():
            return text("Say when the document expires, or that it does not. The answer was not changed.")
        dated, expires = self._dated.day, self._expires.day
        if dated is not None and expires is not None and expires < dated:
            return text("The document cannot expire before its own date. The answer was not changed.")
        return ""

    def _say(self) -> None:
        written = self._written()
        expires = date.fromisoformat(written[2]) if written is not None and written[2] else None
        gone = written is not None and Document(written[0], date.fromisoformat(written[1]), expires).has_expired(self._as_of)
        self._says.setText(self._language.text("It had expired at the day of assessment, {day}.", day=self._as_of) if gone else "")
        self._says.setVisible(gone)
