"""Key questions one under the other: what was answered, how it is known, what stands behind it, and the reviewer's word."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.assessment.keycap import key_button
from desktop.assessment.question_state import EvidenceRow
from desktop.review.state import PointLine, ReviewState, Sitting, moved, next_unsaid
from desktop.shell.desk import Desk
from desktop.widgets.button import button
from desktop.widgets.fields import CommittedText
from desktop.widgets.status_mark import StatusMark
from desktop.widgets.text import label
from desktop.words import Mark
from models.cards import ReviewPoint

#: So many cards are made before anything is shown, and so many in each turn after that.
_AT_ONCE, _IN_A_TURN = 3, 4


class PointsView(QWidget):
    """Says ``changed()`` when a word is given. ``points`` are the words so far, ``focused`` the question in focus.

    The cards down to the one in focus stand from the beginning; ``make_rest`` or ``make_all`` makes the others.
    """

    changed = Signal()

    def __init__(
        self, desk: Desk, state: ReviewState, sitting: Sitting, *, editable: bool, opened: Callable[[EvidenceRow], object]
    ) -> None:
        super().__init__()
        self._desk, self._state = desk, state
        self.points: dict[str, ReviewPoint] = dict(sitting.points)
        order = [one.question for one in state.points]
        self.focused = sitting.focused if sitting.focused in order else next_unsaid(state, self.points, "") or (order[0] if order else "")
        self.setAccessibleName(desk.language.text("Key questions"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(desk.theme.px(12))
        self._column, self._editable, self._opened = column, editable, opened
        self._cards: dict[str, PointCard] = {}
        self._waiting = list(state.points)
        self._make(max(_AT_ONCE, order.index(self.focused) + 1 if self.focused else 0))

    def make_all(self) -> None:
        """Make every card that is not made yet."""
        self._make(len(self._waiting))

    def make_rest(self, then: Callable[[], object]) -> None:
        """Make the other cards a few at a time, so that the window answers in between; ``then`` is called when all stand."""
        if not self._waiting:
            then()
            return
        self._make(_IN_A_TURN)
        QTimer.singleShot(0, self, partial(self.make_rest, then))

    def _make(self, number: int) -> None:
        made, self._waiting = self._waiting[:number], self._waiting[number:]
        for line in made:
            card = PointCard(self._desk, line, self.points.get(line.question), editable=self._editable, opened=self._opened)
            card.said.connect(self._said)
            card.entered.connect(self._entered)
            card.stepped.connect(self.move_by)
            self._cards[line.question] = card
            self._column.addWidget(card)

    def say(self, agrees: bool) -> None:
        """Give a word on the question in focus; agreeing goes on to the next without one."""
        card = self._cards.get(self.focused)
        if card is not None:
            card.say(agrees)

    def move_by(self, step: int) -> None:
        """Go to the key question before or after."""
        self._go(moved(self._state, self.focused, step))

    def focus_current(self) -> None:
        """Put the focus on the question one is at."""
        self._go(self.focused)

    def go_to_missing(self) -> None:
        """Go to the first question that lacks a word, or a comment to a disagreement."""
        for question, card in self._cards.items():
            point = self.points.get(question)
            if point is None or (not point.agrees and not point.comment.strip()):
                self._go(question)
                if point is not None:
                    card.focus_comment()
                return

    def _go(self, question: str) -> None:
        card = self._cards.get(question)
        if card is None:
            return
        self.focused = question
        card.focus()
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(card, 0, self._desk.theme.px(24))

    def _entered(self, question: str) -> None:
        self.focused = question

    def _said(self, point: ReviewPoint, go_on: bool) -> None:
        self.points[point.question] = point
        self.changed.emit()
        if go_on:
            self._go(next_unsaid(self._state, self.points, point.question))


class PointCard(QFrame):
    """One key question. Says ``said(point, go_on)``, ``entered(question)`` and ``stepped(1 or -1)`` when an arrow key is pressed."""

    said = Signal(object, bool)
    entered = Signal(str)
    stepped = Signal(int)

    def __init__(
        self, desk: Desk, line: PointLine, point: ReviewPoint | None, *, editable: bool, opened: Callable[[EvidenceRow], object]
    ) -> None:
        super().__init__()
        self._desk, self._line = desk, line
        self._agrees: bool | None = point.agrees if point else None
        theme, text = desk.theme, desk.language.text
        self.setProperty("surface", "card")
        self.setAccessibleName(f"{line.number} {line.text}")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        column.setSpacing(theme.px(6))
        column.addWidget(label(f"{line.number} · {line.section}", "caption"))
        column.addWidget(label(line.text, "strong", wrap=True))
        column.addWidget(label(line.answer, wrap=True))
        facts = QHBoxLayout()
        facts.setSpacing(theme.px(16))
        if line.below:
            facts.addWidget(StatusMark(theme, Mark("significant", line.below), size=13))
        about = " · ".join(part for part in (line.known, line.given_by, line.last_time) if part)
        facts.addWidget(label(about, "caption", wrap=True), 1)
        column.addLayout(facts)
        if line.comment:
            column.addWidget(label(line.comment, "dense", wrap=True))
        self._write_evidence(column, opened)
        self._comment = CommittedText(theme, point.comment if point else "", lines=2, placeholder=text("Comment"))
        self._buttons: tuple[QPushButton, ...] = ()
        if editable:
            self._write_word(column)

    def say(self, agrees: bool) -> None:
        """Give the word: agreeing goes on, disagreeing asks for a comment."""
        self._agrees = agrees
        self._show()
        needs = not agrees and not self._comment.toPlainText().strip()
        self.said.emit(self._point(), agrees)
        if needs:
            self.focus_comment()

    def focus(self) -> None:
        """Put the focus on this question."""
        if self._buttons:
            self._buttons[1 if self._agrees is False else 0].setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_comment(self) -> None:
        """Begin to write."""
        self._comment.show()
        self._comment.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit(self._line.question)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is not self._comment:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self.stepped.emit(step)
                return True
        return super().eventFilter(watched, event)

    def _write_evidence(self, column: QVBoxLayout, opened: Callable[[EvidenceRow], object]) -> None:
        theme, text = self._desk.theme, self._desk.language.text
        if not self._line.evidence:
            column.addWidget(label(text("No evidence is attached."), "caption"))
        for at, one in enumerate(self._line.evidence):
            name = f"review.point.{self._line.question}.evidence.{at}"
            made = button(theme, one.row.name, partial(opened, one.row), name=name, kind="link", icon="paperclip")
            made.setEnabled(one.row.can_open)
            if one.hash:
                made.setToolTip(f"SHA-256 {one.hash}…")
            both = QVBoxLayout()
            both.setSpacing(0)
            both.addWidget(made)
            column.addLayout(both)
            said = [one.about] if one.hash else [one.about, text("a reference without a file")]
            if any(said):
                about = label(" · ".join(filter(None, said)), "caption", wrap=True)
                about.setContentsMargins(theme.px(30), 0, 0, theme.px(4))  # under the name, which an icon stands before
                both.addWidget(about)

    def _write_word(self, column: QVBoxLayout) -> None:
        theme, text = self._desk.theme, self._desk.language.text
        question = self._line.question
        agree = key_button(
            theme, text("Agree"), lambda: self.say(True), key="A", name=f"review.point.{question}.agree", kind="segment", checkable=True
        )
        disagree = key_button(
            theme,
            text("Disagree"),
            lambda: self.say(False),
            key="D",
            name=f"review.point.{question}.disagree",
            kind="segment",
            checkable=True,
        )
        note = button(theme, text("Comment"), self.focus_comment, name=f"review.point.{question}.note", kind="quiet", icon="message-square")
        self._buttons = (agree, disagree)
        self._comment.setAccessibleIdentifier(f"review.point.{question}.comment")
        self._comment.setAccessibleName(text("Comment on question {number}", number=self._line.number))
        self._comment.textChanged.connect(self._commented)
        for one in (agree, disagree, note, self._comment):
            one.installEventFilter(self)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for one in (agree, disagree, note):
            row.addWidget(one)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._comment)
        self._show()

    def _commented(self) -> None:
        if self._agrees is not None:
            self.said.emit(self._point(), False)

    def _point(self) -> ReviewPoint:
        return ReviewPoint(self._line.question, bool(self._agrees), self._comment.toPlainText().strip())

    def _show(self) -> None:
        agree, disagree = self._buttons
        agree.setChecked(self._agrees is True)
        disagree.setChecked(self._agrees is False)
        self._comment.setVisible(self._agrees is False or bool(self._comment.toPlainText()))
