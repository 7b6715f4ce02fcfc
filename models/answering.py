"""Answers: every version kept, one current row per key, both written in one transaction."""

from __future__ import annotations

from datetime import datetime
from typing import cast, get_args
from uuid import UUID

import peewee

from forms.answers import Answer, AnswerKey, AnswerSet, check_answer
from forms.errors import ScoringError
from forms.template import Question, Template
from forms.text import N_
from models import audit, body
from models.act import acts
from models.actor import Actor, require_role
from models.assessment import Assessment, row_of, template_of
from models.cards import AnswerCard, Source
from models.database import Record, proxy, write_tx
from models.errors import ReasonNeeded, RecordRefused, SentenceNeeded, VaultDamaged
from models.evidence import has_fresh_evidence, put_by
from models.identity import Person
from models.standing import WRITERS, require_open


class AnswerVersion(Record):
    """One version of an answer; ``body`` is ``None`` when the answer was taken away."""

    person_id: UUID
    assessment = peewee.ForeignKeyField(Assessment)
    instrument = peewee.TextField()
    question = peewee.TextField()
    respondent = peewee.TextField()
    unit = peewee.TextField()
    number = peewee.IntegerField()
    body = peewee.TextField(null=True)
    source = peewee.TextField()
    why = peewee.TextField()
    after_result = peewee.BooleanField()
    person = peewee.ForeignKeyField(Person)


class AnswerCurrent(peewee.Model):
    """Which version of an answer holds now."""

    assessment = peewee.ForeignKeyField(Assessment)
    instrument = peewee.TextField()
    question = peewee.TextField()
    respondent = peewee.TextField()
    unit = peewee.TextField()
    version = peewee.ForeignKeyField(AnswerVersion)

    class Meta:
        database = proxy
        table_name = "answer_current"
        primary_key = peewee.CompositeKey("assessment", "instrument", "question", "respondent", "unit")


def give(
    *, actor: Actor, assessment: UUID, key: AnswerKey, answer: Answer | None, source: Source = "typed", why: str = ""
) -> Answer | None:
    """Give, change or take away (``None``) an answer; returns the one before. ``confirm`` is the only way to confirm one.

    Raises ``ScoringError`` for an answer that the question does not allow, ``SealedAssessment`` when it is not open for answers,
    ``ReasonNeeded`` when the result has been seen and ``why`` says nothing.
    """
    if source == "confirmed":
        raise RecordRefused(N_("Last time’s answer is confirmed as such, not given anew. Nothing was changed."))
    return _put(actor=actor, assessment=assessment, key=key, answer=answer, source=source, why=why)


def _put(*, actor: Actor, assessment: UUID, key: AnswerKey, answer: Answer | None, source: Source, why: str) -> Answer | None:
    with write_tx():
        require_role(actor, *WRITERS)
        row = row_of(assessment)
        require_open(assessment)
        question = _question(template_of(row), key)
        if answer is not None:
            check_answer(question, answer)
        before = _current(assessment, key)
        if before == answer:
            return before
        seen = bool(acts(assessment, "result.seen"))
        if seen and not why.strip():
            raise ReasonNeeded(N_("The result has been seen. Say why the answer is changed; the report counts such changes."))
        version = AnswerVersion.create(
            assessment=assessment,
            instrument=key.instrument,
            question=key.question,
            respondent=key.respondent,
            unit=key.unit,
            number=_latest_number(assessment, key) + 1,
            body=None if answer is None else body.write(answer),
            source=source,
            why=why.strip() if seen else "",
            after_result=seen,
            person=actor.person,
        )
        AnswerCurrent.insert(
            assessment=assessment,
            instrument=key.instrument,
            question=key.question,
            respondent=key.respondent,
            unit=key.unit,
            version=version.id,
        ).on_conflict_replace().execute()
        audit.record(
            actor=actor,
            act="answer.given" if answer is not None else "answer.cleared",
            value={"assessment": assessment, "key": key, "version": version.id, "answer": answer, "source": source, "why": why.strip()},
        )
    return before


def confirm(*, actor: Actor, assessment: UUID, key: AnswerKey, earlier: Answer, sentence: str = "") -> Answer:
    """Take over last time's answer as still true.

    Raises ``SentenceNeeded`` for a key question without fresh evidence and without a sentence, and ``RecordRefused`` when
    ``earlier`` is not what was answered last time or the question is no longer the same.
    """
    with write_tx():
        if last_time(assessment, key.question) != earlier:
            raise RecordRefused(N_("That is not what was answered last time. Nothing was changed; answer the question anew."))
        question = _question(template_of(row_of(assessment)), key)
        if question.key and not sentence.strip() and not has_fresh_evidence(assessment, question):
            raise SentenceNeeded(N_("This is a key question: add fresh evidence, or say in a sentence how you know that it is still so."))
        comment = sentence.strip() or earlier.comment
        answer = Answer(state=earlier.state, value=earlier.value, known=earlier.known, comment=comment, reason=earlier.reason)
        _put(actor=actor, assessment=assessment, key=key, answer=answer, source="confirmed", why=sentence.strip())
    return answer


def last_time(assessment: UUID, question: str) -> Answer | None:
    """Give what was answered last time to a question, or to the one that it replaces.

    ``None`` when there was no last time, no answer, or the question is no longer answered on the same scale.
    """
    row = row_of(assessment)
    if row.previous_id is None:
        return None
    now, before = template_of(row).question(question), template_of(row_of(row.previous_id))
    questions = {one.id: one for _, one in before.questions()}
    then = next((questions[id_] for id_ in [now.id, *now.replaces] if id_ in questions), None)
    if then is None or not same_scale(then, now):
        return None
    return _current(row.previous_id, AnswerKey(before.id, then.id))


def same_scale(then: Question, now: Question) -> bool:
    """Say whether two questions are answered on the same scale, so that an answer to one is an answer to the other."""
    return _scale(then) == _scale(now)


def _scale(question: Question) -> tuple[object, ...]:
    return question.kind, [level.key for level in question.levels], [option.id for option in question.options]


def answers_of(assessment: UUID) -> AnswerSet:
    """Give all current answers."""
    found = {}
    for row in _current_rows(assessment):
        if row.body is not None:
            found[AnswerKey(row.instrument, row.question, row.respondent, row.unit)] = body.read(row.body, Answer)
    return AnswerSet(found)


def answer_cards(assessment: UUID) -> tuple[AnswerCard, ...]:
    """Give all current answers with who gave them, when and how."""
    names = {row.id: row.name for row in Person.select(Person.id, Person.name)}
    return tuple(
        AnswerCard(row.question, body.read(row.body, Answer), _source(row.source), names[row.person_id], row.created_at, row.why)
        for row in _current_rows(assessment)
        if row.body is not None
    )


def answered_by(assessment: UUID) -> tuple[UUID, ...]:
    """Give everybody who has written in an assessment: a version of an answer, or evidence added or taken back."""
    rows = AnswerVersion.select(AnswerVersion.person).where(AnswerVersion.assessment == assessment).distinct()
    return tuple(dict.fromkeys([*(row.person_id for row in rows), *put_by(assessment)]))


def latest_at(assessment: UUID) -> datetime | None:
    """Give when the latest version of an answer was written."""
    row = (
        AnswerVersion.select(AnswerVersion.created_at)
        .where(AnswerVersion.assessment == assessment)
        .order_by(AnswerVersion.created_at.desc())
        .first()
    )
    return None if row is None else row.created_at


def changed_after_result(assessment: UUID) -> int:
    """Count the changes made after the result was seen; the report says the number."""
    count = AnswerVersion.select().where((AnswerVersion.assessment == assessment) & AnswerVersion.after_result).count()
    return int(count)


def _source(text: str) -> Source:
    if text not in get_args(Source):
        raise VaultDamaged(N_("An answer in the vault has an unknown source, “{source}”. Restore the vault from a backup."), source=text)
    return cast(Source, text)


def _question(template: Template, key: AnswerKey) -> Question:
    if key.instrument != template.id:
        raise ScoringError(N_("This assessment does not use the template “{template}”."), template=key.instrument)
    try:
        return template.question(key.question)
    except KeyError:
        raise ScoringError(N_("The template has no question “{question}”."), question=key.question) from None


def _current_rows(assessment: UUID) -> list[AnswerVersion]:
    query = (
        AnswerVersion.select()
        .join(AnswerCurrent, on=(AnswerCurrent.version == AnswerVersion.id))
        .where(AnswerCurrent.assessment == assessment)
        .order_by(AnswerVersion.question)
    )
    return list(query)


def _where(assessment: UUID, key: AnswerKey) -> peewee.Expression:
    return (
        (AnswerVersion.assessment == assessment)
        & (AnswerVersion.instrument == key.instrument)
        & (AnswerVersion.question == key.question)
        & (AnswerVersion.respondent == key.respondent)
        & (AnswerVersion.unit == key.unit)
    )


def _latest_number(assessment: UUID, key: AnswerKey) -> int:
    return AnswerVersion.select(peewee.fn.MAX(AnswerVersion.number)).where(_where(assessment, key)).scalar() or 0


def _current(assessment: UUID, key: AnswerKey) -> Answer | None:
    row = AnswerVersion.select().where(_where(assessment, key)).order_by(AnswerVersion.number.desc()).first()
    return None if row is None or row.body is None else body.read(row.body, Answer)
