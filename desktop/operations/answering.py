"""Answering: give, clear, confirm."""

from __future__ import annotations

from uuid import UUID

from desktop.operations.change import Change
from forms.answers import Answer, AnswerKey
from forms.text import N_
from models import answering
from models.actor import Actor
from models.assessment import row_of
from models.cards import Source
from models.errors import RecordRefused
from models.instruments import template_with


def give_answer(
    *,
    actor: Actor,
    assessment_id: UUID,
    instrument: str,
    question: str,
    answer: Answer | None,
    why: str = "",
    source: Source = "typed",
) -> Change:
    """Give or change an answer, or take it away (``None``): one commit.

    Raises ``ReasonNeeded`` when the result has been seen and ``why`` is empty, ``SealedAssessment`` when it is closed.
    """
    before = answering.give(
        actor=actor, assessment=assessment_id, key=AnswerKey(instrument, question), answer=answer, why=why, source=source
    )
    return Change("answer", assessment=assessment_id, question=question, instrument=instrument, before=before, after=answer)


def confirm_answer(*, actor: Actor, assessment_id: UUID, question: str, sentence: str = "") -> Change:
    """Confirm last time's answer for this assessment, keeping who and when.

    Raises ``SentenceNeeded`` for a key question without fresh evidence and without a sentence.
    """
    earlier = answering.last_time(assessment_id, question)
    if earlier is None:
        raise RecordRefused(N_("This question was not answered last time, or it has changed since; answer it anew."))
    key = AnswerKey(template_with(row_of(assessment_id), question).id, question)
    before = answering.answers_of(assessment_id).of(key.instrument, question)
    after = answering.confirm(actor=actor, assessment=assessment_id, key=key, earlier=earlier, sentence=sentence)
    return Change("answer", assessment=assessment_id, question=question, instrument=key.instrument, before=before, after=after)
