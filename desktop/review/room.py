"""The review: a second person says of each key question whether they agree, and then agrees or sends back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from desktop.assessment.evidence_reader import EvidenceReader
from desktop.assessment.question_state import EvidenceRow
from desktop.operations import evidence
from desktop.operations.assessments import assessment_file
from desktop.operations.reviewing import agree, declare_tie, send_back
from desktop.result.scores import QuestionWay
from desktop.review.closing_view import ClosingView
from desktop.review.context_view import ContextView
from desktop.review.points_view import PointsView
from desktop.review.state import ReviewState, Sitting, missing, review_state
from desktop.review.ties_view import TiesView
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.shell.room import Room
from desktop.widgets.button import button
from desktop.widgets.card import Card, Notice
from desktop.widgets.case_page import CasePage
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.page import clear
from desktop.widgets.status_mark import StatusMark
from desktop.widgets.text import label
from forms.errors import GedigenError
from models.cards import AssessmentFile

#: Below this width, at 100 % text size, the context goes under the key questions.
_BESIDE = 980


class ReviewRoom(Room):
    """Key questions to the left, the recommendation and its context to the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._file: AssessmentFile | None = None
        self._state: ReviewState | None = None
        self._points: PointsView | None = None
        self._closing: ClosingView | None = None
        self._ties: TiesView | None = None
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._page = CasePage(self, here="review", title=self.text("Review"), widest=1240)
        self._top = QVBoxLayout()
        self._top.setSpacing(desk.theme.px(12))
        self._page.body.addLayout(self._top)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(desk.theme.px(24))
        self._page.body.addLayout(self._sides)
        self._reader = EvidenceReader(desk.theme, desk.language)
        self._reader.left.connect(self._close_evidence)
        self._reader.copied.connect(self._copy_evidence)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._page)
        self._stack.addWidget(self._reader)
        whole.addWidget(self._stack)

    def title(self) -> str:
        return self.text("Review")

    def show_place(self, place: Place) -> None:
        if place != self.place:
            self._file, self._points, self._closing = None, None, None
        super().show_place(place)
        assessment = place.assessment
        if assessment is not None:
            self.load(lambda: assessment_file(assessment_id=assessment), self._show)

    def commands(self) -> tuple[Command, ...]:
        reviews = self._state is not None and self._state.standing == "review" and self._stack.currentWidget() is self._page
        points = self._points
        own = (
            Command("review.point.agree", self.text("Agree on this key question"), partial(self._say, True), "A", enabled=reviews),
            Command("review.point.disagree", self.text("Disagree on this key question"), partial(self._say, False), "D", enabled=reviews),
            Command("review.next", self.text("Next key question"), partial(self._move, 1), enabled=reviews and points is not None),
            Command("review.previous", self.text("Previous key question"), partial(self._move, -1), enabled=reviews and points is not None),
            Command("review.agree", self.text("Agree as the second person"), self._agree, "Ctrl+Return", enabled=reviews),
            Command("review.send_back", self.text("Send back to the caseworker"), self._send_back, enabled=reviews),
            Command("review.switch", self.text("Let the reviewer take over"), self.desk.switch_person, enabled=self._offers_switch),
        )
        return own + self._page.commands()

    def leave(self) -> None:
        self._keep()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= self.desk.theme.px(_BESIDE)
        self._sides.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    @property
    def _offers_switch(self) -> bool:
        return self._state is not None and self._state.offers_switch

    def _show(self, file: AssessmentFile) -> None:
        first = self._file is None or (self._state is not None and self._state.standing != "review")
        self._keep()
        person = self.desk.person
        self._file = file
        self._state = review_state(
            file, self.desk.language, person=person.id if person else None, roles=person.roles if person else frozenset()
        )
        self._page.show_file(file)
        if first:
            self._build(at_once=False)
            self._focus_first()
        else:
            self._page.keeping_place(self._build)
        self.desk.commands_changed.emit()

    def _focus_first(self) -> None:
        if self._points is not None and self._state is not None and self._state.standing == "review":
            self._points.focus_current()
        elif not any(self._page.focus_on(name) for name in ("review.switch", "review.tie.none", "review.seal", "review.recommendation")):
            self._page.page.setFocus()

    def _build(self, *, at_once: bool = True) -> None:
        """Write the page; unless ``at_once``, the questions further down and the closing come in the next turns."""
        state, file = self._state, self._file
        if state is None or file is None:
            return
        self._points, self._closing, self._ties = None, None, None
        clear(self._top)
        clear(self._sides)
        theme = self.desk.theme
        if state.standing == "not_yet":
            back = button(theme, self.text("To the recommendation"), partial(self._go, "recommendation"), name="review.recommendation")
            sent_back = Notice(theme, state.said, tone="warning", action=back) if state.past else None
            self._top.addWidget(sent_back or EmptyState(theme, state.said, icon="users", action=back))
        elif state.standing == "second":
            switch = button(theme, self.text("Switch person"), self.desk.switch_person, name="review.switch", kind="primary", icon="users")
            self._top.addWidget(Notice(theme, state.said, action=switch))
        elif state.standing == "ties":
            self._ties = TiesView(self.desk, state.said, declare=self._declare)
            self._top.addWidget(self._ties)
        elif state.standing == "tie_open":
            self._top.addWidget(Notice(theme, state.said, tone="warning"))
        elif state.standing == "done":
            seal = button(theme, self.text("To seal and sign"), partial(self._go, "seal"), name="review.seal")
            self._top.addWidget(Notice(theme, state.said, action=seal))
        self._write_past(state)
        if state.standing == "not_yet":
            return
        left = QVBoxLayout()
        left.setSpacing(theme.px(16))
        kept = self.desk.drafts.get(self.place)
        sitting = kept if isinstance(kept, Sitting) else Sitting(points={}, focused="")
        # Ties come first, so the questions are not shown before: nobody should have formed a view by then.
        if state.standing != "ties":
            self._points = PointsView(self.desk, state, sitting, editable=state.standing == "review", opened=self._open_evidence)
            left.addWidget(self._points)
        left.addStretch(1)
        self._sides.addLayout(left, 15)
        if state.standing != "ties":
            side = QWidget()
            beside = QVBoxLayout(side)
            beside.setContentsMargins(0, 0, 0, 0)
            self._sides.addWidget(side, 9, Qt.AlignmentFlag.AlignTop)
        if self._points is not None:
            # Tab goes through things in the order they were made: first the questions, then what closes them, then what stands beside.
            close = partial(self._finish_building, self._points, left, beside, state, sitting)
            if at_once:
                self._points.make_all()
                close()
            else:
                self._points.make_rest(close)

    def _finish_building(self, points: PointsView, left: QVBoxLayout, beside: QVBoxLayout, state: ReviewState, sitting: Sitting) -> None:
        """Put what closes the review under its questions and its context beside them, unless something else is shown by now."""
        if points is not self._points:
            return
        if state.standing == "review":
            self._closing = ClosingView(self.desk, state, sitting, agree=self._agree, send_back=self._send_back)
            points.changed.connect(self._say_progress)
            left.insertWidget(1, self._closing)
            self._say_progress()
        beside.addWidget(ContextView(self.desk, state, go=self._go_question))

    def _write_past(self, state: ReviewState) -> None:
        theme = self.desk.theme
        for review in state.past:
            card = Card(theme)
            card.body.addWidget(StatusMark(theme, review.mark, strong=True))
            card.body.addWidget(label(review.said, wrap=True))
            if review.comment:
                card.body.addWidget(label(review.comment, wrap=True))
            for question, comment in review.against:
                card.body.addWidget(label(f"{question}\n{comment}", "dense", wrap=True))
            self._top.addWidget(card)

    def _sitting(self) -> Sitting | None:
        if self._points is None or self._closing is None:
            return None
        return Sitting(self._points.points, self._points.focused, self._closing.comment, self._closing.approves)

    def _keep(self) -> None:
        """Keep what was said so far for when one comes back; the record gets it whole, when one agrees or sends back."""
        sitting = self._sitting()
        if sitting is not None and self._state is not None and self._state.standing == "review":
            self.desk.drafts[self.place] = sitting

    def _say_progress(self) -> None:
        if self._closing is not None and self._points is not None:
            self._closing.show_progress(self._points.points)

    def _say(self, agrees: bool) -> None:
        if self._points is not None:
            self._points.say(agrees)

    def _move(self, step: int) -> None:
        if self._points is not None:
            self._points.move_by(step)

    def _declare(self, has_tie: bool, words: str) -> None:
        assessment, ties = self.place.assessment, self._ties
        if assessment is not None and ties is not None:
            self.run(
                lambda: declare_tie(actor=self.desk.actor(), assessment_id=assessment, has_tie=has_tie, text=words),
                failed=lambda error: ties.refuse(self.desk.language.error(error)),
            )

    def _agree(self) -> None:
        state, sitting, assessment = self._state, self._sitting(), self.place.assessment
        if state is None or sitting is None or assessment is None or self._closing is None:
            return
        left = missing(state, sitting, self.desk.language)
        if left:
            self._closing.refuse(left)
            if self._points is not None:
                self._points.go_to_missing()
            return
        points = tuple(sitting.points[one.question] for one in state.points)
        self._finish(
            lambda: agree(
                actor=self.desk.actor(),
                assessment_id=assessment,
                comment=sitting.comment,
                points=points,
                approves_not_applicable=sitting.approves,
            ),
            self.text("Agreed. The caseworker can seal it."),
        )

    def _send_back(self) -> None:
        sitting, assessment = self._sitting(), self.place.assessment
        if sitting is None or assessment is None or self._closing is None:
            return
        if not sitting.comment.strip():
            self._closing.refuse(self.text("Say what should be done before you send the assessment back."), at_comment=True)
            return
        points = tuple(sitting.points.values())
        self._finish(
            lambda: send_back(actor=self.desk.actor(), assessment_id=assessment, comment=sitting.comment, points=points),
            self.text("Sent back to the caseworker."),
        )

    def _finish(self, operation: Callable[[], object], said: str) -> None:
        place = self.place

        def done(_change: object) -> None:
            self._points, self._closing = None, None
            self.desk.drafts.pop(place, None)
            self.desk.note(said)

        self.run(operation, done, failed=self._refuse)

    def _refuse(self, error: GedigenError) -> None:
        if self._closing is not None:
            self._closing.refuse(self.desk.language.error(error))
        else:
            self.desk.report_error(error)

    def _open_evidence(self, row: EvidenceRow) -> None:
        """Read a piece of evidence inside the window, from memory."""

        def show(content: bytes) -> None:
            self._stack.setCurrentWidget(self._reader)
            self._reader.show_evidence(row, content)
            self._reader.focus()
            self.desk.commands_changed.emit()

        self.run(lambda: evidence.evidence_bytes(evidence_id=row.id), show)

    def _close_evidence(self) -> None:
        self._reader.forget()
        self._stack.setCurrentWidget(self._page)
        if self._points is not None:
            self._points.focus_current()
        self.desk.commands_changed.emit()

    def _copy_evidence(self, row: EvidenceRow) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self.text("Save a copy: outside the vault it is not encrypted"), row.name)
        if chosen:
            path = Path(chosen)
            said = self.text("A copy was saved as {file}. Outside the vault it is not encrypted.", file=path.name)
            self.run(lambda: evidence.save_evidence_as(evidence_id=row.id, path=path), lambda _: self.desk.note(said))

    def _go_question(self, question: QuestionWay) -> None:
        self.desk.go(Place("assessment", assessment=self.place.assessment, partner=self.place.partner, question=question.id))

    def _go(self, room: str) -> None:
        self.desk.go(Place(room, assessment=self.place.assessment, partner=self.place.partner))
