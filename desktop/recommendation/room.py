"""The recommendation: written beside what is calculated, saved on purpose, handed over when nothing remains."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from desktop.operations.assessments import assessment_file
from desktop.operations.reviewing import recommend, reopen, submit
from desktop.recommendation.form import RecommendationForm
from desktop.recommendation.remaining_state import way_to
from desktop.recommendation.side_view import SideView
from desktop.recommendation.state import RecommendationState, recommendation_state, wrong_with
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.shell.room import Room
from desktop.widgets.button import button
from desktop.widgets.card import Notice
from desktop.widgets.case_page import CasePage
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.page import clear
from forms.errors import GedigenError
from models.cards import AssessmentFile, RecommendationDraft

#: Below this width, at 100 % text size, what stands beside the form goes under it.
_BESIDE = 900


class RecommendationRoom(Room):
    """A form to the left, what it is weighed against to the right. What is typed outlives leaving; only Save keeps it in the record."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._file: AssessmentFile | None = None
        self._state: RecommendationState | None = None
        self._form: RecommendationForm | None = None
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._page = CasePage(self, here="recommendation", title=self.text("Recommendation"), widest=1180)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(desk.theme.px(8))
        self._page.body.addLayout(self._notes)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(desk.theme.px(24))
        self._page.body.addLayout(self._sides)
        whole.addWidget(self._page)

    def title(self) -> str:
        return self.text("Recommendation")

    def show_place(self, place: Place) -> None:
        if place != self.place:
            self._file, self._form = None, None
        super().show_place(place)
        assessment = place.assessment
        if assessment is not None:
            self.load(lambda: assessment_file(assessment_id=assessment), self._show)

    def commands(self) -> tuple[Command, ...]:
        state = self._state
        writes = state is not None and state.standing == "write"
        own = (
            Command("recommendation.save", self.text("Save the recommendation"), self._save, "Ctrl+Return", enabled=writes),
            Command(
                "recommendation.submit",
                self.text("Hand over for review"),
                self._submit,
                "Ctrl+Shift+Return",
                enabled=state is not None and state.can_submit,
            ),
            Command(
                "recommendation.take_back", self.text("Take it back"), self._take_back, enabled=state is not None and state.can_take_back
            ),
        )
        return own + self._page.commands()

    def leave(self) -> None:
        self._keep_draft()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= self.desk.theme.px(_BESIDE)
        self._sides.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _show(self, file: AssessmentFile) -> None:
        first = self._file is None
        self._keep_draft()
        person = self.desk.person
        self._file = file
        self._state = recommendation_state(file, self.desk.language, person=person.id if person else None)
        self._page.show_file(file)
        if first:
            self._build()
            self._page.focus_on("recommendation.decision." + (self._state.kept.decision or "approve"))
        else:
            self._page.keeping_place(self._build)
        self.desk.commands_changed.emit()

    def _build(self) -> None:
        state, file = self._state, self._file
        if state is None or file is None:
            return
        self._form = None
        clear(self._notes)
        clear(self._sides)
        theme = self.desk.theme
        if state.standing == "open":
            back = button(
                theme, self.text("Back to the answers"), partial(self._go, "assessment"), name="recommendation.answers", kind="primary"
            )
            said = self.text("The recommendation is written when every question has its answer, so that it follows from what was found.")
            self._notes.addWidget(EmptyState(theme, said, icon="file-pen", action=back))
            return
        if state.returned:
            self._notes.addWidget(Notice(theme, self.text("Sent back by the reviewer: {comment}", comment=state.returned), tone="warning"))
        if state.read_only:
            take = (
                button(theme, self.text("Take it back"), self._take_back, name="recommendation.take_back") if state.can_take_back else None
            )
            self._notes.addWidget(Notice(theme, state.read_only, action=take))
        side = SideView(self.desk, state, go=self._go, submit=self._submit)
        self._form = RecommendationForm(self.desk, file, state)
        kept = self.desk.drafts.get(self.place)
        if state.standing == "write" and isinstance(kept, RecommendationDraft):
            self._form.show_draft(kept)
        self._form.changed.connect(self._changed)
        self._form.save.connect(self._save)
        self._sides.addWidget(self._form, 15, Qt.AlignmentFlag.AlignTop)
        self._sides.addWidget(side, 10, Qt.AlignmentFlag.AlignTop)
        self._changed()

    def _changed(self) -> None:
        """Say whether anything is unsaved, and what saving would need."""
        form, state = self._form, self._state
        if form is None or state is None or state.standing != "write":
            return
        if form.draft() != state.kept:
            form.say(self.text("Not saved yet. What you have typed is kept while Gedigen is open."))
        else:
            form.say(self.text("Saved.") if state.is_saved else "")

    def _keep_draft(self) -> None:
        form, state = self._form, self._state
        if form is None or state is None or state.standing != "write":
            return
        draft = form.draft()
        if draft != state.kept:
            self.desk.drafts[self.place] = draft
        else:
            self.desk.drafts.pop(self.place, None)

    def _save(self) -> None:
        form, state, assessment = self._form, self._state, self.place.assessment
        if form is None or state is None or assessment is None or state.standing != "write":
            return
        draft = form.draft()
        wrong = wrong_with(draft, state.calculated.decision)
        form.mark_wrong({field: self.text(said) for field, said in wrong.items()})
        if wrong:
            return
        place = self.place

        def saved(_done: object) -> None:
            self.desk.drafts.pop(place, None)
            if self._form is form:
                if form.draft() != draft:
                    self.desk.drafts[place] = form.draft()  # typed on while it was being saved
                self._form = None  # what is shown next is what was saved
            self.desk.note(self.text("The recommendation is saved."))

        self.run(lambda: recommend(actor=self.desk.actor(), assessment_id=assessment, draft=draft), saved, failed=self._refuse)

    def _refuse(self, error: GedigenError) -> None:
        if self._form is not None:
            self._form.refuse(self.desk.language.error(error))
        else:
            self.desk.report_error(error)

    def _submit(self) -> None:
        assessment, form, state = self.place.assessment, self._form, self._state
        if assessment is None or state is None:
            return
        if form is not None and form.draft() != state.kept:
            form.refuse(self.text("Save the recommendation first: what you have changed is not in the record yet."))
            return

        def handed(_done: object) -> None:
            self.desk.note(self.text("Handed over. A second person reviews it now."))

        self.run(lambda: submit(actor=self.desk.actor(), assessment_id=assessment), handed, failed=self._refuse)

    def _take_back(self) -> None:
        assessment = self.place.assessment
        if assessment is not None:
            self.run(lambda: reopen(actor=self.desk.actor(), assessment_id=assessment), failed=self._refuse)

    def _go(self, room: str, question: str = "") -> None:
        if room == "recommendation":
            self._focus_summary()
        elif self._file is not None:
            self.desk.go(way_to(self._file, room, question))

    def _focus_summary(self) -> None:
        if self._form is not None:
            self._page.focus_on("recommendation.summary")
