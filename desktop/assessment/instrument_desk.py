"""Several instruments in the assessment room: going between them, following a link, adding one, going over to a newer version."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from desktop.assessment.answer_sheet import AnswerSheet
from desktop.assessment.instruments_state import InstrumentsState, instruments_state
from desktop.assessment.instruments_view import InstrumentsView
from desktop.assessment.question_view import QuestionView
from desktop.operations import instruments
from desktop.operations.change import Change
from desktop.operations.instruments import InstrumentChoices, Newer
from desktop.shell.room import Room
from forms.errors import GedigenError


class InstrumentDesk:
    """Joins the page of instruments with the operations; ``show(page)`` turns to it, ``changed`` is called when the choices are known."""

    PAGE = 3

    def __init__(
        self,
        room: Room,
        sheet: AnswerSheet,
        view: InstrumentsView,
        question: QuestionView,
        *,
        go: Callable[[str], None],
        show: Callable[[int], None],
        changed: Callable[[], None],
    ) -> None:
        self._room, self._sheet, self._view, self._question = room, sheet, view, question
        self._go, self._show, self._changed = go, show, changed
        self._choices: InstrumentChoices | None = None
        self._of: UUID | None = None
        self._opens = False
        view.added.connect(self._add)
        view.removed.connect(self._remove)
        view.upgraded.connect(self._upgrade)

    @property
    def notice(self) -> str:
        """Say that an instrument has a newer version; nothing when none has."""
        state = self._state
        return state.notice if state is not None else ""

    def follow_link(self) -> None:
        """Go to the question of another instrument that answers the one in focus."""
        state = self._question.state
        if state is not None and state.link is not None:
            self._go(state.link.source)

    def open(self) -> None:
        """Turn to the page of instruments."""
        self._opens = True
        self.read()

    def read(self) -> None:
        """Ask the library what it has for this assessment; once, until something is changed about its instruments."""
        case = self._room.place.assessment
        if case is None:
            return
        if self._of == case and self._choices is not None:
            self._take(case, self._choices)
            return
        self._room.run(lambda: instruments.instrument_choices(assessment_id=case), lambda choices: self._take(case, choices))

    def refresh(self) -> None:
        """Show on the page, while it is in sight, what stands now."""
        state = self._state
        if state is not None and self._view.isVisible():
            self._view.show_state(state)

    def _take(self, case: UUID, choices: InstrumentChoices) -> None:
        if case != self._room.place.assessment:
            return
        self._of, self._choices = case, choices
        state = self._state
        if state is not None and self._opens:
            self._opens = False
            self._view.show_state(state)
            self._show(self.PAGE)
            self._view.focus()
        self._changed()

    @property
    def _state(self) -> InstrumentsState | None:
        file, person = self._sheet.now, self._room.desk.person
        if file is None or self._choices is None or file.card.id != self._of:
            return None
        mine = person is not None and person.id == file.card.caseworker and file.card.state in ("draft", "returned")
        return instruments_state(file, self._choices if mine else InstrumentChoices(), self._room.desk.language)

    def _add(self, template: str, scope: str) -> None:
        desk = self._room.desk
        said = self._room.text("The instrument was added. Its questions follow those of the others.")
        self._run(lambda case: instruments.add_instrument(actor=desk.actor(), assessment_id=case, template_id=template, scope=scope), said)

    def _remove(self, instrument: str) -> None:
        desk = self._room.desk
        said = self._room.text("The instrument was taken away.")
        self._run(lambda case: instruments.remove_instrument(actor=desk.actor(), assessment_id=case, instrument=instrument), said)

    def _upgrade(self, newer: Newer) -> None:
        desk = self._room.desk
        said = self._room.text("The assessment uses the newer version now. What could not be kept stays in the history.")
        self._run(lambda case: instruments.upgrade_template(actor=desk.actor(), assessment_id=case, template=newer.template), said)

    def _run(self, act: Callable[[UUID], Change], said: str) -> None:
        case = self._room.place.assessment
        if case is None:
            return

        def done(_: Change) -> None:
            self._choices = None
            self._room.desk.note(said)
            self.open()

        self._room.run(lambda: act(case), done, failed=self._refused)

    def _refused(self, error: GedigenError) -> None:
        self._view.refuse(self._room.desk.language.error(error))
