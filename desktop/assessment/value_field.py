"""Fields for answers that are typed: numbers, amounts, dates, texts, countries, organisation numbers, documents, tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.assessment.country_field import CountryField
from desktop.assessment.document_field import DocumentField
from desktop.assessment.entry import EntryRefused, text_value, whole_number
from desktop.assessment.organisation_number_field import OrganisationNumberField
from desktop.assessment.question_state import QuestionState
from desktop.assessment.table_field import TableField
from desktop.language import Language
from desktop.shell.theme import Theme
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import QUIET, CommittedLine, CommittedText
from desktop.widgets.money_field import MoneyField
from desktop.widgets.text import label, set_property
from forms.template import Question
from forms.values import Value

NUMBERS = ("integer", "percent", "money", "date")
#: Kinds that have an editor of their own, made when the first such question is shown.
EDITORS = {"country": CountryField, "organisation_number": OrganisationNumberField, "document": DocumentField, "table": TableField}
TYPED = (*NUMBERS, "short_text", "long_text", *EDITORS)
Editor = CountryField | OrganisationNumberField | DocumentField | TableField


class ValueField(QWidget):
    """The one field that fits the question's kind; says ``entered(value)`` (``None``: emptied) or ``refused(sentence)``.

    Letters typed in a number, amount or date are left to the room, so that its keys work there too.
    """

    entered = Signal(object)
    refused = Signal(str)
    #: Where in this field one stands, in an editor that is higher than a line.
    stood = Signal(QRect)

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self._language = language
        self._theme = theme
        self._question: Question | None = None
        self._state: QuestionState | None = None
        self._editors: dict[str, Editor] = {}
        self._shown: object = None
        #: Whether something stands here that is no answer; the answer is as it was.
        self.is_wrong = False
        self.refused.connect(lambda _: self._set_wrong(True))
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self._number = CommittedLine()
        self._number.setMaximumWidth(theme.px(160))
        self._number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._unit = label("%", "muted")
        self._short = CommittedLine()
        self._money = MoneyField(theme, language)
        self._date = DateField(theme, language)
        self._long = CommittedText(theme, lines=5)
        self._long.setAcceptDrops(False)  # a file dropped on the question is evidence
        for text in (self._short, self._long):
            text.setPlaceholderText(language.text("Press F2 to write here"))
        for field in (self._number, self._unit, self._short, self._money, self._date):
            row.addWidget(field)
        row.addStretch(0)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self._long)
        self._number.committed.connect(self._number_typed)
        self._short.committed.connect(self._text_typed)
        self._long.committed.connect(self._text_typed)
        self._money.changed.connect(self._money_typed)
        self._date.changed.connect(lambda _: self._date_typed())
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET)
        self._quiet.timeout.connect(self._typed)
        for line, settle in ((self._money.line, self._money_typed), (self._date.line, self._date_typed)):
            line.textEdited.connect(lambda _: self._quiet.start())
            line.editingFinished.connect(settle)
        for line in (self._number, self._money.line, self._date.line):
            line.installEventFilter(self)

    def show_question(self, state: QuestionState, question: Question, *, enabled: bool) -> None:
        """Show the field of a question with its answer; what is being typed stays."""
        new = self._question is None or self._question.id != question.id
        self._state = state
        if new:
            self._question = question
            self._shown = object()
            self._quiet.stop()
            self._set_wrong(False)
        kind = question.kind
        for name, made in self._editors.items():
            made.setVisible(name == kind)
        self._number.setVisible(kind in ("integer", "percent"))
        self._unit.setVisible(kind == "percent")
        self._money.setVisible(kind == "money")
        self._date.setVisible(kind == "date")
        self._short.setVisible(kind == "short_text")
        self._long.setVisible(kind == "long_text")
        for field in (self._number, self._money, self._date, self._short):
            field.setEnabled(enabled)
        self._long.setReadOnly(not enabled)
        value = state.given.value if state.given is not None and state.given.state == "answered" else None
        if kind in EDITORS:
            self._show_editor(question, value, state, enabled=enabled, new=new)
            return
        self.target.setAccessibleName(state.text)
        self.target.setAccessibleIdentifier("assessment.value")
        if value != self._shown and not self._quiet.isActive():
            self._shown = value
            self._put(kind, value, state.currency)

    @property
    def target(self) -> QWidget:
        """The widget that takes what is typed."""
        kind = self._question.kind if self._question is not None else "short_text"
        if kind in self._editors:
            return self._editors[kind]
        targets: dict[str, QWidget] = {"money": self._money, "date": self._date, "short_text": self._short, "long_text": self._long}
        return targets.get(kind, self._number)

    @property
    def has_focus(self) -> bool:
        """Whether something is being typed here."""
        if (editor := self._editor) is not None:
            focused = QApplication.focusWidget()
            return focused is not None and editor.isAncestorOf(focused)
        return any(field.hasFocus() for field in (self._number, self._money.line, self._date.line, self._short, self._long))

    def focus(self) -> None:
        """Put the cursor in the field; a line is marked whole so that typing replaces it."""
        if (editor := self._editor) is not None:
            editor.focus()
            return
        self.target.setFocus(Qt.FocusReason.OtherFocusReason)
        line = {"money": self._money.line, "date": self._date.line}.get(self._question.kind if self._question else "", self.target)
        if isinstance(line, QLineEdit):
            line.selectAll()

    def commit(self) -> None:
        """Say now what has been typed."""
        if self._question is None:
            return
        if (editor := self._editor) is not None:
            self._set_wrong(False)  # said again when it is still so
            editor.commit()
            return
        if self._quiet.isActive():
            self._typed()
        for field in (self._number, self._short, self._long):
            if field is self.target:
                field.commit()

    def restore(self) -> None:
        """Show the answer again instead of what was typed."""
        self._quiet.stop()
        self._set_wrong(False)
        if (editor := self._editor) is not None and self._question is not None and self._state is not None:
            shown = self._shown if isinstance(self._shown, (str, tuple)) else None
            editor.show_value(self._question, shown, state=self._state, enabled=True)
        elif self._question is not None:
            self._put(self._question.kind, self._shown, self._money.currency)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            letter = event.text().isalpha()
            if letter and event.type() == QEvent.Type.ShortcutOverride:
                event.ignore()
                return True
            if letter and event.type() == QEvent.Type.KeyPress:
                event.ignore()  # goes on to the room
                return True
        return super().eventFilter(watched, event)

    @property
    def _editor(self) -> Editor | None:
        return self._editors.get(self._question.kind) if self._question is not None else None

    def _show_editor(self, question: Question, value: Value | None, state: QuestionState, *, enabled: bool, new: bool) -> None:
        """Show a value in the kind's own editor, unless something else is being written there."""
        editor = self._editors.get(question.kind)
        if editor is None:
            editor = EDITORS[question.kind](self._theme, self._language)
            editor.entered.connect(self._entered)
            editor.refused.connect(self.refused)
            if isinstance(editor, TableField):
                editor.stood.connect(lambda cell, made=editor: self.stood.emit(cell.translated(made.pos())))
            self._editors[question.kind] = editor
            self._column.addWidget(editor)
        if new or (value != self._shown and not editor.is_changing):
            self._shown = value
            editor.show_value(question, value, state=state, enabled=enabled)
        else:
            editor.allow(enabled=enabled)

    def _entered(self, value: Value | None) -> None:
        self._set_wrong(False)
        self._shown = value
        self.entered.emit(value)

    def _put(self, kind: str, value: object, currency: str) -> None:
        match kind:
            case "integer" | "percent":
                self._number.show_text("" if value is None else str(value))
            case "short_text":
                self._short.show_text(str(value or ""))
            case "long_text":
                self._long.show_text(str(value or ""))
            case "date":
                self._date.show_day(date.fromisoformat(str(value)) if value else None)
            case "money":
                minor, code = str(value).split(" ") if value else (None, currency)
                self._money.show_amount(None if minor is None else int(minor), code)

    def _typed(self) -> None:
        self._quiet.stop()
        if self._question is not None and self._question.kind == "money":
            self._money_typed()
        elif self._question is not None and self._question.kind == "date":
            self._date_typed()

    def _number_typed(self, typed: str) -> None:
        self._read(lambda question: whole_number(question, typed), "integer", "percent")

    def _text_typed(self, typed: str) -> None:
        self._read(lambda question: text_value(question, typed), "short_text", "long_text")

    def _money_typed(self) -> None:
        self._quiet.stop()
        if self._money.is_wrong:
            self.refused.emit(self._language.text("Write an amount such as 125000 or 1250.50. The answer was not changed."))
            return
        amount = self._money.amount
        self._read(lambda _: None if amount is None else f"{amount[0]} {amount[1]}", "money")

    def _date_typed(self) -> None:
        self._quiet.stop()
        if self._date.is_wrong:
            self.refused.emit(self._language.text("Write a date such as 2026-03-09. The answer was not changed."))
            return
        day = self._date.day
        self._read(lambda _: None if day is None else day.isoformat(), "date")

    def _read(self, read: Callable[[Question], int | str | None], *kinds: str) -> None:
        if self._question is None or self._question.kind not in kinds:
            return
        try:
            value = read(self._question)
        except EntryRefused as error:
            self.refused.emit(self._language.error(error))
            return
        self._set_wrong(False)
        if value != self._shown:
            self._shown = value
            self.entered.emit(value)

    def _set_wrong(self, wrong: bool) -> None:
        self.is_wrong = wrong
        for line in (self._number, self._short):
            set_property(line, "wrong", "true" if wrong and line is self.target else "false")
