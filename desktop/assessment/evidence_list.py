"""Evidence behind the question in focus: what there is, and adding more in place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.assessment.keycap import key_button
from desktop.assessment.question_state import EvidenceRow
from desktop.language import Language
from desktop.shell.theme import Theme
from desktop.widgets.button import button
from desktop.widgets.date_field import DateField
from desktop.widgets.page import clear
from desktop.widgets.text import label

#: Letters of a file's name that a row has room for.
_LONGEST_NAME = 40


class EvidenceList(QWidget):
    """Rows of evidence; says ``opened(row)``, ``copied(row)`` (save a copy) and ``withdrawn(row)``."""

    opened = Signal(object)
    copied = Signal(object)
    withdrawn = Signal(object)

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self._theme, self._language = theme, language
        self._rows: tuple[EvidenceRow, ...] | None = None
        self._editable: bool | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(2))

    def show_rows(self, rows: tuple[EvidenceRow, ...], *, editable: bool) -> None:
        """Show evidence; nothing is made anew while it is the same."""
        if (rows, editable) == (self._rows, self._editable):
            return
        self._rows, self._editable = rows, editable
        clear(self._column)
        for place, row in enumerate(rows, start=1):
            self._column.addWidget(self._made(place, row, editable))
        self.setVisible(bool(rows))

    def _made(self, place: int, row: EvidenceRow, editable: bool) -> QWidget:
        made = QWidget()
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self._theme.px(8))
        name = button(
            self._theme, _short(row.name), lambda: self.opened.emit(row), name=f"assessment.evidence.{place}", kind="link", icon="paperclip"
        )
        name.setEnabled(row.can_open)
        name.setToolTip(row.note or row.name)
        name.setAccessibleName(row.name)
        about = label(row.about + (f" · {row.note}" if row.note else ""), "caption", wrap=True)
        line.addWidget(name)
        if row.warning:
            line.addWidget(label(row.warning, "error"))
        line.addWidget(about, 1)
        if row.can_open:
            copy = self._language.text("Save a copy…")
            line.addWidget(self._action(copy, row, place, "copy"))
        if editable:
            line.addWidget(self._action(self._language.text("Withdraw…"), row, place, "withdraw"))
        return made

    def _action(self, text: str, row: EvidenceRow, place: int, what: str) -> QWidget:
        signal = self.copied if what == "copy" else self.withdrawn
        made = button(self._theme, text, lambda: signal.emit(row), name=f"assessment.evidence.{place}.{what}", kind="link")
        made.setAccessibleName(f"{text} {row.name}")
        return made


def _short(name: str) -> str:
    """Leave out the middle of a long name, so that a row keeps its place; its end says what kind of file it is."""
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 16].rstrip()}…{name[-15:].lstrip()}"


class EvidenceForm(QFrame):
    """Adds a file, or a reference without one: says ``added(path | None, name, note, date | None)``. Files can be dropped on it."""

    added = Signal(object, str, str, object)
    opened = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self.setProperty("surface", "note")
        self._language = language
        self.question = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        column.setSpacing(theme.px(6))
        column.addWidget(label(language.text("Add evidence: choose or drop a file, or name where it can be found"), "strong", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(6))
        self.file = QLineEdit()
        self.name = QLineEdit()
        self.note = QLineEdit()
        self.day = DateField(theme, language)
        browse = button(theme, language.text("Choose…"), self._browse, name="assessment.evidence.choose")
        titles = (
            (language.text("File"), self.file, "assessment.evidence.file"),
            (language.text("Name"), self.name, "assessment.evidence.name"),
            (language.text("Its own date"), self.day, "assessment.evidence.date"),
            (language.text("Note"), self.note, "assessment.evidence.note"),
        )
        for row, (title, field, name) in enumerate(titles):
            words = label(title, "dense")
            words.setBuddy(self.day.line if field is self.day else field)
            field.setAccessibleName(title)
            field.setAccessibleIdentifier(name)
            grid.addWidget(words, row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(browse, 0, 2)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        self._wrong = label("", "error", wrap=True)
        self._wrong.hide()
        column.addWidget(self._wrong)
        row_ = QHBoxLayout()
        row_.setSpacing(theme.px(8))
        row_.addWidget(key_button(theme, language.text("Add"), self.add, key="⏎", name="assessment.evidence.add", kind="plain"))
        row_.addWidget(key_button(theme, language.text("Cancel"), self.close_form, key="Esc", name="assessment.evidence.leave"))
        row_.addStretch(1)
        column.addLayout(row_)
        self.file.textChanged.connect(self._suggest_name)
        for line in (self.file, self.name, self.note, self.day.line):
            line.returnPressed.connect(self.add)
        self._suggested = ""
        self.hide()

    def open_for(self, question: str, path: Path | None = None) -> None:
        """Begin to add evidence to a question, perhaps with a file that was dropped."""
        self.question = question
        for line in (self.file, self.name, self.note):
            line.clear()
        self.day.show_day(None)
        self._suggested = ""
        self._wrong.hide()
        if path is not None:
            self.file.setText(str(path))
        self.show()
        (self.file if path is None else self.day.line).setFocus(Qt.FocusReason.OtherFocusReason)
        self.opened.emit()

    def say_wrong(self, text: str) -> None:
        """Say what could not be added and why."""
        self._wrong.setText(text)
        self._wrong.show()

    def add(self) -> None:
        """Add what stands in the form."""
        typed = self.file.text().strip()
        day: date | None = self.day.day
        if self.day.is_wrong:
            self.say_wrong(self._language.text("Write the date such as 2026-03-09, or leave it empty."))
        elif not typed and not self.name.text().strip():
            self.say_wrong(self._language.text("Choose a file, or write the name of what is kept elsewhere."))
        else:
            self.added.emit(Path(typed) if typed else None, self.name.text().strip(), self.note.text().strip(), day)

    def close_form(self) -> None:
        """Stop adding; nothing was changed."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # the line has taken it
        else:
            super().keyPressEvent(event)

    def _browse(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self._language.text("Choose evidence"))
        if chosen:
            self.file.setText(chosen)
            self.day.line.setFocus()

    def _suggest_name(self, typed: str) -> None:
        if self.name.text() == self._suggested:
            self._suggested = Path(typed.strip()).name
            self.name.setText(self._suggested)
