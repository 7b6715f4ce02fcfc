"""Recording a decision: what the minutes must say, and what no decision may pass over."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from forms.recommendation import DECISIONS
from forms.text import N_
from models import audit, body, casefile
from models.actor import Actor, require_role
from models.cards import AssessmentFile, DecisionDraft
from models.database import own_day, utc_now, write_tx
from models.decision import Decision
from models.errors import RecordRefused
from models.partner import card as partner_card
from models.protection import names_partner
from models.rapid import check_decision
from models.review import check_conditions
from models.stops import met_stops

#: The minutes carry the day of the place where they were written, what is kept carries UTC.
_ONE_DAY = timedelta(days=1)


def put(*, actor: Actor, assessment: UUID, draft: DecisionDraft) -> UUID:
    """Record a decision about a sealed assessment. Raises ``RecordRefused`` for one that the record does not allow.

    Approving over a stop criterion needs a waiver of it with limit, date and compensating control; what can never be waived cannot be
    approved over; departing from the recommendation needs a reason; approving with conditions needs at least one. It may not name a
    protected partner.
    """
    with write_tx():
        require_role(actor, "secretary", "caseworker", "administrator")
        _check(casefile.read(assessment), draft)
        entry = audit.record(actor=actor, act="decided", value={"assessment": assessment, "body": draft})
        row = Decision.create(
            assessment=assessment, outcome=draft.outcome, body=body.write(draft), person=actor.person, audit_seq=entry.seq
        )
    return UUID(str(row.id))


def _check(file: AssessmentFile, draft: DecisionDraft) -> None:
    if file.seal is None:
        raise RecordRefused(N_("A decision is about a sealed assessment. Seal it first."))
    if file.card.state == "superseded":
        raise RecordRefused(N_("A newer assessment replaces this one. Nothing was recorded; record the decision there."))
    if draft.outcome not in DECISIONS:
        raise RecordRefused(N_("Choose what was decided."))
    if not draft.body.strip() or not draft.minutes.strip() or not draft.paragraph.strip():
        raise RecordRefused(N_("Say who decided, and which minutes and paragraph the decision stands in."))
    _check_day(file, draft)
    recommended = file.recommendation.decision if file.recommendation else ""
    if draft.outcome not in (recommended, "postpone") and not draft.departure.strip():
        raise RecordRefused(N_("The decision departs from the recommendation. Say why, as the minutes put it."))
    if draft.outcome == "approve_with_conditions" and not draft.conditions:
        raise RecordRefused(N_("Approving with conditions needs at least one condition."))
    check_conditions(draft.conditions)
    check_decision(file, draft)
    _check_waivers(file, draft)
    _check_unnamed(file, draft)


def _check_unnamed(file: AssessmentFile, draft: DecisionDraft) -> None:
    """Refuse a decision that names a partner which is protected today, whatever it was when the case was sealed."""
    if names_partner(partner_card(file.partner.id).draft, draft):
        raise RecordRefused(
            N_("The decision names the protected partner or somebody there, and it would be printed. Nothing was recorded; leave it out.")
        )


def _check_day(file: AssessmentFile, draft: DecisionDraft) -> None:
    if file.seal is not None and draft.decided_on < file.seal.at.date() - _ONE_DAY:
        raise RecordRefused(
            N_("The decision is dated before the assessment was sealed ({date}). Check the date."), date=file.seal.at.date()
        )
    if draft.decided_on > own_day(utc_now()) + _ONE_DAY:
        raise RecordRefused(N_("The decision is dated ahead of today. Check the date; record it when it has been made."))
    if file.decision is not None and draft.decided_on < file.decision.draft.decided_on:
        raise RecordRefused(
            N_("A decision of {date} is recorded already, and this one is dated before it. Check the date."),
            date=file.decision.draft.decided_on,
        )


def _check_waivers(file: AssessmentFile, draft: DecisionDraft) -> None:
    waived = {waiver.stop: waiver for waiver in draft.waivers}
    met = {stop.id: stop for stop in met_stops(file)}
    texts = {stop.id: stop.text for stop in met.values()}
    if not met.keys() >= waived.keys():
        raise RecordRefused(
            N_("A waiver must be of a stop criterion that is met in this assessment. Nothing was recorded; remove the other one.")
        )
    for waiver in draft.waivers:
        if waiver.until < draft.decided_on:
            raise RecordRefused(N_("The waiver ends before the decision was made. Check its date: {stop}"), stop=texts[waiver.stop])
    if draft.outcome not in ("approve", "approve_with_conditions"):
        return
    for stop in met.values():
        if stop.waivable == "never":
            raise RecordRefused(N_("This stop criterion can never be waived, so the case cannot be approved: {stop}"), stop=texts[stop.id])
        given = waived.get(stop.id)
        if given is None or not given.limit.strip() or not given.control.strip():
            raise RecordRefused(
                N_("Approving needs the board’s waiver, with limit, date and compensating control, of: {stop}"), stop=texts[stop.id]
            )
