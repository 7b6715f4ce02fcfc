"""Judged ratings of an instrument's sections and of the whole: one row each, calculated beside judged, with its comment."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.result.instrument_state import InstrumentResult, JudgedLine
from desktop.shell.desk import Desk
from desktop.widgets.card import Card
from desktop.widgets.fields import CommittedLine, Segments
from desktop.widgets.status_mark import StatusMark
from desktop.widgets.text import label


class JudgedView(Card):
    """Says ``judged(area, rating, comment)``.

    In a row, 1, 2, 3 … choose a rating and lead to its comment; Enter there leads to the next row; ↑ and ↓ go from row to row.
    """

    judged = Signal(str, str, str)

    def __init__(self, desk: Desk, state: InstrumentResult, *, editable: bool) -> None:
        text = desk.language.text
        super().__init__(desk.theme, text("Your judged ratings") if editable else text("Judged by the caseworker"))
        self.instrument = state.id
        if editable:
            said = text("A number chooses a rating, Enter goes on to the next. Each rating needs a comment where it says so.")
            self.body.addWidget(label(said, "muted", wrap=True))
        self._rows = [JudgedRow(desk, line, name=f"result.judged.{state.id}.{line.area}", editable=editable) for line in state.judged]
        for at, row in enumerate(self._rows):
            row.judged.connect(self.judged)
            row.moved.connect(lambda step, at=at: self._go(at + step))
            self.body.addWidget(row)

    @property
    def unsaved(self) -> dict[str, tuple[str, str]]:
        """Ratings that are chosen and wait for their comment, by area."""
        return {row.line.area: row.unsaved for row in self._rows if row.unsaved is not None}

    def take_up(self, unsaved: dict[str, tuple[str, str]]) -> None:
        """Show again what was chosen and not yet commented on."""
        for row in self._rows:
            if row.line.area in unsaved:
                row.take_up(*unsaved[row.line.area])

    def show_lines(self, lines: tuple[JudgedLine, ...]) -> None:
        """Show what was kept; what is being typed stays."""
        for row, line in zip(self._rows, lines, strict=True):
            row.show_line(line)

    def commit(self) -> None:
        """Say what is half typed."""
        for row in self._rows:
            row.commit()

    def _go(self, at: int) -> None:
        if 0 <= at < len(self._rows):
            self._rows[at].focus()


class JudgedRow(QWidget):
    """One area: its calculated rating, the choices, and the comment below."""

    judged = Signal(str, str, str)
    moved = Signal(int)

    def __init__(self, desk: Desk, line: JudgedLine, *, name: str, editable: bool) -> None:
        super().__init__()
        theme, text = desk.theme, desk.language.text
        self._language = desk.language
        self.line = line
        self._pending: str | None = None
        self._choices: Segments | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(6), 0, theme.px(6))
        column.setSpacing(theme.px(4))
        head = QHBoxLayout()
        head.setSpacing(theme.px(10))
        head.addWidget(label(line.title, "strong", wrap=True), 1)
        calculated = label(text("calculated"), "caption")
        mark = StatusMark(theme, line.mark)
        mark.setAccessibleIdentifier(f"{name}.calculated")
        for made in (calculated, *((label(line.figure, "dense"),) if line.figure else ()), mark):
            head.addWidget(made)
        column.addLayout(head)
        self._said = label("", "caption", wrap=True, name=f"{name}.said")
        if not editable:
            words = dict(line.choices)
            rating = words.get(line.judged or "", text("Not judged."))
            column.addWidget(label(f"{rating}. {line.reason}" if line.reason else rating, "dense", wrap=True, name=name))
            return
        title = text("Your judged rating: {area}", area=line.title)
        self._choices = Segments(theme, line.choices, name=name, title=title, current=line.judged)
        self._choices.chosen.connect(lambda rating: self._choose(str(rating)))
        self._comment = CommittedLine(line.reason, placeholder=text("Why, in a sentence"))
        self._comment.setAccessibleName(text("Comment: {area}", area=line.title))
        self._comment.setAccessibleIdentifier(f"{name}.reason")
        self._comment.committed.connect(self._commented)
        for made in (*self._choices.findChildren(QPushButton), self._comment):
            made.installEventFilter(self)
        column.addWidget(self._choices)
        column.addWidget(self._comment)
        column.addWidget(self._said)
        self._say()

    @property
    def unsaved(self) -> tuple[str, str] | None:
        """A rating that waits for its comment, with what is typed of it."""
        return None if self._pending is None else (self._pending, self._comment.text())

    def take_up(self, rating: str, comment: str) -> None:
        """Show a choice again that waits for its comment."""
        if self._choices is not None:
            self._choices.show_key(rating)
            self._comment.setText(comment)
            self._pending = rating
            self._say()

    def show_line(self, line: JudgedLine) -> None:
        """Show what was kept."""
        self.line = line
        if self._choices is None or self._pending is not None:
            return
        self._choices.show_key(line.judged)
        self._comment.show_text(line.reason)
        self._say()

    def commit(self) -> None:
        """Say what is half typed."""
        if self._choices is not None:
            self._comment.commit()

    def focus(self) -> None:
        """Stand at the choices."""
        if self._choices is None:
            return
        self._choices.focus_chosen()
        if self._choices.key is None:
            self._choices.findChildren(QPushButton)[0].setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key, digit = event.key(), event.text()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.commit()
            self.moved.emit(-1 if key == Qt.Key.Key_Up else 1)
            return True
        if watched is self._comment:
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.commit()
                self.moved.emit(1)
                return True
        elif digit.isdigit() and 1 <= int(digit) <= len(self.line.choices):
            rating, _ = self.line.choices[int(digit) - 1]
            if self._choices is not None:
                self._choices.show_key(rating)
            self._choose(rating)
            self._comment.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _choose(self, rating: str) -> None:
        """Keep a rating, or wait for the comment that it needs."""
        comment = self._comment.text().strip()
        if rating in self.line.needs_reason and not comment:
            self._pending = rating
            self._say()
            self._comment.setFocus(Qt.FocusReason.TabFocusReason)
            return
        self._pending = None
        self.judged.emit(self.line.area, rating, comment)

    def _commented(self, comment: str) -> None:
        rating = self._pending or self.line.judged
        if rating is not None and (comment.strip() or rating not in self.line.needs_reason):
            self._pending = None
            self.judged.emit(self.line.area, rating, comment.strip())

    def _say(self) -> None:
        """Say below the comment what is missing."""
        text, rating = self._language.text, self._pending or self.line.judged
        said = ""
        if rating is None:
            said = text("Enter your judged rating.")
        elif rating in self.line.needs_reason and not self._comment.text().strip():
            said = text("Write a comment to it.")
        self._said.setText(said)
        self._said.setVisible(bool(said))
