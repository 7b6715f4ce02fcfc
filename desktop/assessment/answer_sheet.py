"""The answers of one assessment in memory, ahead of the vault by what is being saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from desktop.assessment.last_time import earlier_answer
from desktop.assessment.state import Saving
from desktop.operations.answering import confirm_answer, give_answer
from desktop.operations.change import Change
from desktop.operations.outside import rely_on_result
from desktop.operations.undo import UndoHistory
from desktop.shell.room import Room
from forms.answers import Answer, AnswerKey, check_answer
from forms.errors import GedigenError
from models.cards import AnswerCard, AssessmentFile, Source
from models.casefile import with_answers
from models.database import utc_now


@dataclass(frozen=True)
class _Waiting:
    question: str
    answer: Answer | None


class AnswerSheet:
    """What stands now: ``file`` as it is in the vault, ``now`` with what is on its way there, both with the main instrument in focus.

    ``changed()`` is called after each difference, ``refused(question, error)`` when a commit failed and what stands is shown again.
    """

    def __init__(
        self, room: Room, *, changed: Callable[[], None], refused: Callable[[str, GedigenError], None], went_to: Callable[[str], None]
    ) -> None:
        self._room = room
        self._changed, self._refused, self._went_to = changed, refused, went_to
        self.file: AssessmentFile | None = None
        self.now: AssessmentFile | None = None
        self.saving: Saving = "idle"
        self.saved_at: datetime | None = None
        self._waiting: list[_Waiting] = []

    @property
    def can_undo(self) -> bool:
        """Something given here can be taken back."""
        return self.file is not None and (bool(self._waiting) or self._history().can_undo)

    @property
    def can_redo(self) -> bool:
        """Something taken back can be brought forward."""
        return self.file is not None and not self._waiting and self._history().can_redo

    def take(self, file: AssessmentFile) -> None:
        """Take on the file as it was read; what is still being saved stays on top of it."""
        if self.file is None or self.file.card.id != file.card.id:
            self._waiting, self.saving, self.saved_at = [], "idle", None
        self.file, self.now = file.main(), None
        self._settle()

    def answer(self, question: str) -> Answer | None:
        """Give the answer as it stands now, own or linked."""
        seen = self._standing(question)
        return seen.answers.of(seen.template.id, question)

    def own(self, question: str) -> Answer | None:
        """Give the answer that was given to this very question."""
        seen = self._standing(question)
        return seen.own_answers.of(seen.template.id, question)

    def give(self, question: str, answer: Answer | None, *, why: str = "") -> None:
        """Give an answer: shown at once, then committed. Raises ``ScoringError`` for one that the question does not allow."""
        if answer == self.own(question):
            return
        template = self._standing(question).template
        if answer is not None:
            check_answer(template.question(question), answer)
        desk, case, instrument, history = self._room.desk, self._file.card.id, template.id, self._history()

        def operation() -> Change:
            change = give_answer(actor=desk.actor(), assessment_id=case, instrument=instrument, question=question, answer=answer, why=why)
            history.push(change)
            return change

        self._commit(question, answer, operation, source="typed", why=why)

    def confirm(self, question: str, *, sentence: str = "") -> None:
        """Confirm last time's answer."""
        file = self._standing(question)
        before = earlier_answer(file.earlier, file.template.question(question))
        if before is None or not before.fits:
            return
        answer = replace(before.answer, comment=sentence.strip() or before.answer.comment)
        desk, case, history = self._room.desk, file.card.id, self._history()

        def operation() -> Change:
            change = confirm_answer(actor=desk.actor(), assessment_id=case, question=question, sentence=sentence)
            history.push(change)
            return change

        self._commit(question, answer, operation, source="confirmed", why=sentence.strip())

    def rely(self, question: str, answer: Answer, *, why: str = "") -> None:
        """Rely on the result of another body that gives this answer; the file is read again, for the result now stands behind it."""
        desk, case, history = self._room.desk, self._file.card.id, self._history()
        instrument = self._standing(question).template.id

        def operation() -> Change:
            change = rely_on_result(actor=desk.actor(), assessment_id=case, instrument=instrument, question=question, why=why)
            history.push(change)
            return change

        self._commit(question, answer, operation, source="relied_on", why=why)

    def step(self, *, forth: bool, why: str = "") -> None:
        """Take the latest answer back, or bring it forward again; a commit of its own."""
        desk, case = self._room.desk, self._file.card.id
        history = self._history()

        def operation() -> Change | None:
            if not (history.can_redo if forth else history.can_undo):
                return None
            actor = desk.actor()
            return history.redo(actor=actor, why=why) if forth else history.undo(actor=actor, why=why)

        def done(change: Change | None) -> None:
            if change is not None and self._is_here(case):
                self._keep(change.question, change.after, source="redo" if forth else "undo", why=why)
                self._went_to(change.question)

        self.saving = "saving"
        self._changed()
        self._room.run(operation, done, failed=lambda error: self._failed(case, "", error))

    def _commit(self, question: str, answer: Answer | None, operation: Callable[[], Change], *, source: Source, why: str) -> None:
        case = self._file.card.id
        waiting = _Waiting(question, answer)
        self._waiting.append(waiting)
        self.saving = "saving"
        self._settle()
        self._changed()

        def done(change: Change) -> None:
            if self._is_here(case):
                self._waiting.remove(waiting)
                self._keep(change.question, change.after, source=source, why=why)

        def failed(error: GedigenError) -> None:
            if self._is_here(case):
                self._waiting.remove(waiting)
            self._failed(case, question, error)

        self._room.run(operation, done, failed=failed)

    def _keep(self, question: str, answer: Answer | None, *, source: Source, why: str) -> None:
        """Take what was committed into the file without reading it again."""
        file, person = self._file, self._room.desk.person
        cards = tuple(card for card in file.answer_cards if card.question != question)
        now = utc_now()
        if answer is not None and person is not None:
            cards += (AnswerCard(question, answer, source, person.name, now, why),)
        answered_by = file.answered_by if person is None or person.id in file.answered_by else (*file.answered_by, person.id)
        seen = file.with_question(question)
        own = file.own_answers.with_answer(AnswerKey(seen.template.id, question), answer)
        # What is on its way has mostly been added up already.
        standing = self.now if self.now is not None and self.now.own_answers == own else with_answers(file, own)
        self.file = replace(
            standing,
            answer_cards=cards,
            answered_by=answered_by,
            changed_after_result=file.changed_after_result + (seen.result_seen_at is not None),
        )
        self.saving, self.saved_at = ("saving", self.saved_at) if self._waiting else ("saved", now)
        self._settle()
        self._changed()

    def _failed(self, case: UUID, question: str, error: GedigenError) -> None:
        if self._is_here(case):
            self.saving = "failed"
            self._settle()
            self._changed()
        self._refused(question, error)

    def _settle(self) -> None:
        file, own = self._file, self._file.own_answers
        for waiting in self._waiting:
            own = own.with_answer(AnswerKey(file.with_question(waiting.question).template.id, waiting.question), waiting.answer)
        if own == file.own_answers:
            self.now = file
        elif self.now is None or own != self.now.own_answers:
            self.now = with_answers(file, own)

    def _standing(self, question: str) -> AssessmentFile:
        return (self.now or self._file).with_question(question)

    def _is_here(self, case: UUID) -> bool:
        return self.file is not None and self.file.card.id == case

    def _history(self) -> UndoHistory:
        return self._room.desk.history(self._file.card.id, self._file.template.id)

    @property
    def _file(self) -> AssessmentFile:
        if self.file is None:
            raise LookupError("no assessment has been read")
        return self.file
