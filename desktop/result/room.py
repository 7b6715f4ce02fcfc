"""The result: what an assessment adds up to, why, and what the caseworker makes of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.operations.assessments import assessment_file
from desktop.operations.reviewing import judge, see_result
from desktop.result.change_state import change_state
from desktop.result.change_view import ChangeView
from desktop.result.instrument_view import InstrumentView
from desktop.result.parts import follow_up_card, question_links, stop_notice
from desktop.result.risk_view import RiskView
from desktop.result.scores import QuestionWay
from desktop.result.state import ResultState, result_state
from desktop.result.trace_view import TraceView
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.shell.room import Room
from desktop.widgets.button import button
from desktop.widgets.card import Card, Notice
from desktop.widgets.case_page import CasePage, prose
from desktop.widgets.page import clear, row
from desktop.widgets.text import label
from models.cards import AssessmentFile, JudgedRating
from models.risks import matrix_template


class ResultRoom(Room):
    """The result on one page, and its trace on another ("Why?")."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._file: AssessmentFile | None = None
        self._state: ResultState | None = None
        self._instruments: list[InstrumentView] = []
        self._risks: RiskView | None = None
        self._built: ResultState | None = None
        self._traced = ""
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._page = CasePage(self, here="result", title=self.text("Result"))
        self._why_button = button(desk.theme, self.text("Why?"), self._open_why, name="result.why", icon="list-checks", shortcut="W")
        self._next_button = button(desk.theme, self.text("Recommendation"), self._recommend, name="result.recommend", icon="arrow-right")
        self._page.page.act(self._why_button, self._next_button)
        self._trace = TraceView(desk, back=self._close_why, go=self._go_question)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._page)
        self._stack.addWidget(self._trace)
        whole.addWidget(self._stack)

    def title(self) -> str:
        return self.text("Result")

    def show_place(self, place: Place) -> None:
        if place != self.place:
            self._stack.setCurrentWidget(self._page)
            self._file = None
        super().show_place(place)
        assessment = place.assessment
        if assessment is not None:
            self.load(lambda: assessment_file(assessment_id=assessment), self._show)

    def commands(self) -> tuple[Command, ...]:
        shown = self._state is not None and self._state.standing == "shown"
        asks = self._state is not None and self._state.standing == "asks"
        edits = shown and self._state is not None and self._state.editable
        own = (
            Command("result.show", self.text("Show the result"), self._see, enabled=asks),
            Command("result.why", self.text("Why? The whole sum"), self._open_why, "W", enabled=shown),
            Command("result.risk.own", self.text("Add a risk of your own"), self._own_risk, enabled=edits),
            Command("result.recommend", self.text("Continue to the recommendation"), self._recommend, enabled=shown),
        )
        # Escape is the page's own keys' until the trace is open: two shortcuts of one key would cancel each other.
        back = (Command("result.back", self.text("Back to the result"), self._close_why, "Esc"),) * (
            self._stack.currentWidget() is self._trace
        )
        return own + back + self._page.commands()

    def leave(self) -> None:
        for one in self._instruments:
            one.commit()

    def _show(self, file: AssessmentFile) -> None:
        first = self._file is None
        person = self.desk.person
        before, before_file = self._state, self._file
        self._file = file
        self._state = result_state(file, self.desk.language, person=person.id if person else None)
        self._page.show_file(file)
        if before is not None and before_file is not None and self._only_judged(before, before_file):
            for view, one in zip(self._instruments, self._state.instruments, strict=True):
                view.show_ratings(one)
            return
        self._why_button.setVisible(self._state.standing == "shown")
        self._next_button.setVisible(self._state.standing == "shown")
        if first:
            self._build()
        else:
            self._page.keeping_place(self._build, otherwise=lambda: self._risks.next_to_decide if self._risks is not None else "")
        if self._stack.currentWidget() is self._trace:
            self._trace.show_file(file.seen_as(self._traced) if self._traced else file)
        elif first:
            self._focus_first()
        self.desk.commands_changed.emit()

    def _only_judged(self, before: ResultState, before_file: AssessmentFile) -> bool:
        """Whether nothing but a judged rating is new: then nothing is built anew, for a reason may still be being typed."""
        now, file = self._state, self._file
        if now is None or file is None or len(before.instruments) != len(now.instruments):
            return False
        rated = tuple(
            replace(old, subjects=new.subjects, judged=new.judged) for old, new in zip(before.instruments, now.instruments, strict=True)
        )
        return replace(before, instruments=rated) == now and before_file.risks == file.risks

    def _focus_first(self) -> None:
        if not self._page.focus_on("result.show"):
            self._why_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        state, file = self._state, self._file
        if state is None or file is None:
            return
        drafts = {one.instrument: one.unsaved for one in self._instruments}
        risk_draft = self._risks.unsaved if self._risks is not None else None
        self._instruments, self._risks = [], None
        self._built = state
        clear(self._page.body)
        match state.standing:
            case "open":
                self._build_open(state)
            case "asks":
                self._page.body.addWidget(self._before())
            case _:
                self._build_result(state, file)
                for one in self._instruments:
                    if one.instrument in drafts:
                        one.take_up(drafts[one.instrument])
                if self._risks is not None and risk_draft is not None:
                    self._risks.take_up(risk_draft)

    def _build_open(self, state: ResultState) -> None:
        theme = self.desk.theme
        card = Card(theme, state.progress)
        card.body.addWidget(
            label(
                self.text("There is no rating while a question is open. If every question asked now gets an answer, it ends up within:"),
                wrap=True,
            )
        )
        for title, interval in state.intervals:
            card.body.addLayout(row(theme, [label(title, "strong"), label(interval), None], gap=12))
        card.body.addSpacing(theme.px(4))
        card.body.addWidget(label(self.text("What remains"), "strong"))
        card.body.addWidget(question_links(theme, state.open_questions, self._go_question, name="result.open"))
        self._page.body.addWidget(card)

    def _before(self) -> QWidget:
        """What is said before the result is shown for the first time: calmly, with a way back."""
        theme = self.desk.theme
        card = Card(theme, self.text("Everything is answered"))
        for said in (
            self.text("The result shows what the answers add up to, and what would move it."),
            self.text(
                "It is recorded that you have seen it. After that, changing an answer needs a reason, and the report counts such changes. "
                "If an answer still worries you, look at it first."
            ),
        ):
            card.body.addLayout(prose(said))
        card.body.addSpacing(theme.px(4))
        show = button(theme, self.text("Show the result"), self._see, name="result.show", kind="primary")
        back = button(theme, self.text("Back to the answers"), partial(self._go, "assessment"), name="result.answers")
        card.body.addLayout(row(theme, [show, back, None]))
        return card

    def _build_result(self, state: ResultState, file: AssessmentFile) -> None:
        theme, body = self.desk.theme, self._page.body
        if state.read_only:
            body.addWidget(Notice(theme, state.read_only))
        if state.stops:
            body.addWidget(stop_notice(self.desk, state.stops, self._go_question))
        for seen, one in zip(file.each(), state.instruments, strict=True):
            why = partial(self._open_why, instrument=one.id)
            view = InstrumentView(self.desk, seen, one, editable=state.editable, why=why, go=self._go_question)
            view.judged.connect(self._judge)
            self._instruments.append(view)
            body.addWidget(view)
        if matrix_template(file) is not None:
            self._risks = RiskView(self, file, editable=state.editable, go=self._go_question)
            body.addWidget(self._risks)
        # What lies further down is made when the top is on screen, so that the window never stands still for long.
        QTimer.singleShot(0, self, partial(self._build_rest, state, file))

    def _build_rest(self, state: ResultState, file: AssessmentFile) -> None:
        if state is not self._built:
            return
        body = self._page.body
        for seen in file.each():
            change = change_state(seen, self.desk.language)
            if change is not None:
                body.addWidget(ChangeView(self.desk, seen, change, go=self._go_question))
        if state.follow_up is not None:
            body.addWidget(follow_up_card(self.desk, state.follow_up))
        body.addWidget(self._calculated(state))

    def _calculated(self, state: ResultState) -> QWidget:
        theme = self.desk.theme
        card = Card(theme, self.text("Calculated recommendation"))
        if state.calculated.word:
            card.body.addWidget(label(state.calculated.word, "strong", name="result.calculated"))
        if state.calculated.reason:
            card.body.addLayout(prose(state.calculated.reason))
        card.body.addWidget(
            label(
                self.text("It follows from the template’s rules. The recommendation is yours; where it differs, you say why."),
                "muted",
                wrap=True,
            )
        )
        said = (
            self.text("Open the recommendation")
            if state.has_recommendation or not state.editable
            else self.text("Write the recommendation")
        )
        kind = "primary" if state.editable else "plain"
        card.body.addWidget(button(theme, said, self._recommend, name="result.recommendation", kind=kind))
        return card

    def _see(self) -> None:
        assessment = self.place.assessment
        if assessment is not None:
            self._file = None  # the whole page is new: begin at its top
            self.run(lambda: see_result(actor=self.desk.actor(), assessment_id=assessment))

    def _judge(self, instrument: str, area: str, rating: str, reason: str) -> None:
        assessment = self.place.assessment
        if assessment is None:
            return
        judged = JudgedRating(instrument, area, rating, reason)
        self.run(lambda: judge(actor=self.desk.actor(), assessment_id=assessment, rating=judged))

    def _own_risk(self) -> None:
        if self._risks is not None:
            self._risks.begin_own()

    def _open_why(self, subject: str = "", *, instrument: str = "") -> None:
        if self._file is not None and self._state is not None and self._state.standing == "shown":
            self._traced = instrument
            self._trace.show_file(self._file.seen_as(instrument) if instrument else self._file)
            self._stack.setCurrentWidget(self._trace)
            self._trace.begin_at(subject)
            self.desk.commands_changed.emit()

    def _close_why(self) -> None:
        self._stack.setCurrentWidget(self._page)
        self._why_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.desk.commands_changed.emit()

    def _go_question(self, question: QuestionWay) -> None:
        place = self.place
        self.desk.go(Place("assessment", assessment=place.assessment, partner=place.partner, question=question.id))

    def _recommend(self) -> None:
        self._go("recommendation")

    def _go(self, room: str) -> None:
        self.desk.go(Place(room, assessment=self.place.assessment, partner=self.place.partner))
