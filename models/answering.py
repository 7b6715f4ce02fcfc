"""Answers: every version kept, one current row per key, both written in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import cast, get_args
from uuid import UUID

import peewee

from forms.answers import Answer, AnswerKey, AnswerSet, check_answer
from forms.errors import ScoringError
from forms.kinds import same_scale as same_scale
from forms.linking import linked
from forms.template import Question
from forms.text import N_
from models import audit, body
from models.act import ActRow, acts
from models.actor import Actor, require_role
from models.assessment import Assessment, row_of
from models.cards import AnswerCard, Source
from models.database import Record, proxy, write_tx
from models.errors import ReasonNeeded, RecordRefused, SentenceNeeded, VaultDamaged
from models.evidence import has_fresh_evidence, put_by
from models.identity import Person
from models.instruments import ACTS, Chosen, in_use, template_of, template_with
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
    if source == "relied_on":
        raise RecordRefused(N_("Another body’s result is relied on by confirming it, not by giving its answer. Nothing was changed."))
    return _put(actor=actor, assessment=assessment, key=key, answer=answer, source=source, why=why)


def _put(*, actor: Actor, assessment: UUID, key: AnswerKey, answer: Answer | None, source: Source, why: str) -> Answer | None:
    with write_tx():
        require_role(actor, *WRITERS)
        row = row_of(assessment)
        require_open(assessment)
        question = _question(row, key)
        if answer is not None:
            check_answer(question, answer)
        before = _current(assessment, key)
        if before == answer:
            return before
        seen = result_seen_at(acts(assessment, "result.seen", *ACTS), key.instrument) is not None
        if seen and not why.strip():
            raise ReasonNeeded(N_("The result has been seen. Say why the answer is changed; the report counts such changes."))
        _write(actor, assessment, key, answer, source=source, why=why.strip(), seen=seen)
    return before


def _write(actor: Actor, assessment: UUID, key: AnswerKey, answer: Answer | None, *, source: Source, why: str, seen: bool) -> None:
    """Write one more version of an answer, which holds from now on."""
    version = AnswerVersion.create(
        assessment=assessment,
        instrument=key.instrument,
        question=key.question,
        respondent=key.respondent,
        unit=key.unit,
        number=_latest_number(assessment, key) + 1,
        body=None if answer is None else body.write(answer),
        source=source,
        why=why if seen or source == "upgraded" else "",
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
        value={"assessment": assessment, "key": key, "version": version.id, "answer": answer, "source": source, "why": why},
    )


def carry(*, actor: Actor, assessment: UUID, instrument: str, old: str, new: str, why: str) -> None:
    """Let an answer go over to the question that replaces its own, or to none (empty); it stays in the history.

    Part of going over to a newer template, which has checked who does it and that the question is answered on the same scale.
    """
    with write_tx():
        given = _current(assessment, AnswerKey(instrument, old))
        if given is None:
            return
        _write(actor, assessment, AnswerKey(instrument, old), None, source="upgraded", why=why, seen=False)
        if new:
            _write(actor, assessment, AnswerKey(instrument, new), given, source="upgraded", why=why, seen=False)


def result_seen_at(done: Iterable[ActRow], instrument: str) -> datetime | None:
    """Give when the result was seen with an instrument in it; one that is added later has not been seen before it is looked at anew."""
    seen: datetime | None = None
    for act in done:
        if act.name == "result.seen":
            seen = seen or act.at
        elif act.name == "instrument.added" and body.read(act.body, Chosen).instrument == instrument:
            seen = None
    return seen


def confirm(*, actor: Actor, assessment: UUID, key: AnswerKey, earlier: Answer, sentence: str = "") -> Answer:
    """Take over last time's answer as still true.

    Raises ``SentenceNeeded`` for a key question without fresh evidence and without a sentence, and ``RecordRefused`` when
    ``earlier`` is not what was answered last time or the question is no longer the same.
    """
    with write_tx():
        if last_time(assessment, key.question) != earlier:
            raise RecordRefused(N_("That is not what was answered last time. Nothing was changed; answer the question anew."))
        question = _question(row_of(assessment), key)
        if question.key and not sentence.strip() and not has_fresh_evidence(assessment, question):
            raise SentenceNeeded(N_("This is a key question: add fresh evidence, or say in a sentence how you know that it is still so."))
        comment = sentence.strip() or earlier.comment
        answer = Answer(state=earlier.state, value=earlier.value, known=earlier.known, comment=comment, reason=earlier.reason)
        _put(actor=actor, assessment=assessment, key=key, answer=answer, source="confirmed", why=sentence.strip())
    return answer


def rely(*, actor: Actor, assessment: UUID, key: AnswerKey, answer: Answer, why: str = "") -> Answer | None:
    """Give an answer that stands on another body's result; ``models.relying`` says which may. Returns the one before."""
    return _put(actor=actor, assessment=assessment, key=key, answer=answer, source="relied_on", why=why)


def last_time(assessment: UUID, question: str) -> Answer | None:
    """Give what was answered last time to a question, or to the one that it replaces.

    ``None`` when there was no last time, no answer, or the question is no longer answered on the same scale.
    """
    row = row_of(assessment)
    if row.previous_id is None:
        return None
    template = template_with(row, question)
    now, used = template.question(question), in_use(row_of(row.previous_id))
    main = used[0].template if template.id == template_of(row).id else None
    before = next((one.template for one in used if one.template.id == template.id), main)
    questions = {one.id: one for _, one in before.questions()} if before is not None else {}
    then = next((questions[id_] for id_ in [now.id, *now.replaces] if id_ in questions), None)
    if then is None or not same_scale(then, now):
        return None
    return linked(answers_of(row.previous_id), [one.template for one in used]).of(before.id if before is not None else "", then.id)


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


def _question(row: Assessment, key: AnswerKey) -> Question:
    try:
        return template_of(row, key.instrument).question(key.question)
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
