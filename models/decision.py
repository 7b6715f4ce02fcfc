"""Decisions: what the board or its delegate decided, as the minutes say, linked to the sealed assessment."""

from __future__ import annotations

from uuid import UUID

import peewee

from forms.recommendation import DECISIONS
from forms.text import N_
from models import audit, body
from models.actor import Actor, require_role
from models.cards import AssessmentFile, DecisionCard, DecisionDraft
from models.database import Record, write_tx
from models.errors import RecordRefused
from models.identity import Person
from models.seal import Seal


class Decision(Record):
    """A decision. A case may be postponed and decided later, so there can be several; the latest stands."""

    assessment = peewee.ForeignKeyField(Seal, field="assessment")
    outcome = peewee.TextField()
    body = peewee.TextField()
    person = peewee.ForeignKeyField(Person)
    audit_seq = peewee.IntegerField()


def put(*, actor: Actor, file: AssessmentFile, draft: DecisionDraft) -> UUID:
    """Record a decision. Raises ``RecordRefused`` for one that the record does not allow.

    Approving over a stop criterion needs a waiver of it with limit, date and compensating control; what can never be waived cannot be
    approved over; departing from the recommendation needs a reason; approving with conditions needs at least one.
    """
    require_role(actor, "secretary", "caseworker", "administrator")
    _check(file, draft)
    with write_tx():
        entry = audit.record(actor=actor, act="decided", value={"assessment": file.card.id, "body": draft})
        row = Decision.create(
            assessment=file.card.id, outcome=draft.outcome, body=body.write(draft), person=actor.person, audit_seq=entry.seq
        )
    return UUID(str(row.id))


def latest(assessment: UUID) -> DecisionCard | None:
    """Give the decision that stands, or ``None``."""
    row = Decision.select().where(Decision.assessment == assessment).order_by(Decision.audit_seq.desc()).first()
    if row is None:
        return None
    return DecisionCard(body.read(row.body, DecisionDraft), Person.get_by_id(row.person_id).name, row.created_at)


def _check(file: AssessmentFile, draft: DecisionDraft) -> None:
    if file.seal is None:
        raise RecordRefused(N_("A decision is about a sealed assessment. Seal it first."))
    if draft.outcome not in DECISIONS:
        raise RecordRefused(N_("Choose what was decided."))
    if not draft.body.strip() or not draft.minutes.strip() or not draft.paragraph.strip():
        raise RecordRefused(N_("Say who decided, and which minutes and paragraph the decision stands in."))
    if draft.decided_on < file.seal.at.date():
        raise RecordRefused(
            N_("The decision is dated before the assessment was sealed ({date}). Check the date."), date=file.seal.at.date()
        )
    recommended = file.recommendation.decision if file.recommendation else ""
    if draft.outcome not in (recommended, "postpone") and not draft.departure.strip():
        raise RecordRefused(N_("The decision departs from the recommendation. Say why, as the minutes do."))
    if draft.outcome == "approve_with_conditions" and not draft.conditions:
        raise RecordRefused(N_("Approving with conditions needs at least one condition."))
    if draft.outcome in ("approve", "approve_with_conditions"):
        _check_waivers(file, draft)


def _check_waivers(file: AssessmentFile, draft: DecisionDraft) -> None:
    waived = {waiver.stop: waiver for waiver in draft.waivers}
    texts = {stop.id: stop.text.get("en", stop.id) for stop in file.template.stops}
    for stop in file.result.stops:
        if stop.waivable == "never":
            raise RecordRefused(N_("This stop criterion can never be waived, so the case cannot be approved: {stop}"), stop=texts[stop.id])
        waiver = waived.get(stop.id)
        if waiver is None or not waiver.limit.strip() or not waiver.control.strip():
            raise RecordRefused(
                N_("Approving needs the board's waiver, with limit, date and compensating control, of: {stop}"), stop=texts[stop.id]
            )
