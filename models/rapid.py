"""A rapid start: what it is held to, how long it stands, and what completes it.

The rapid assessment is sealed for ever with its cap, its period, its decider and the day by which a fuller assessment must have
continued it. That one is a new assessment. Once the day has passed without it, nothing more may be paid.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Literal
from uuid import UUID

from forms.money import Money, is_currency
from forms.scope_rule import SCOPES
from forms.template import Template
from forms.text import N_
from models.act import Act
from models.assessment import Assessment, draft_of, row_of
from models.cards import AssessmentCard, AssessmentDraft, AssessmentFile, DecisionDraft, RapidTerms
from models.database import own_day, utc_now
from models.decision import latest
from models.errors import RecordRefused
from models.seal import is_sealed

APPROVALS = ("approve", "approve_with_conditions")
#: ``open``: not sealed yet. ``none``: declined, replaced or withdrawn, so there is nothing to complete.
RapidStanding = Literal["open", "to_complete", "in_completion", "completed", "lapsed", "none"]


def standing(card: AssessmentCard, today: date) -> RapidStanding | None:
    """Say how a rapid start stands on a day; ``None`` for any other assessment.

    It stands through the day by which it must be completed. An assessment that continues it saves it only when it is sealed.
    """
    terms = card.draft.rapid
    if terms is None:
        return None
    if card.state in ("withdrawn", "superseded") or card.outcome in ("decline", "send_back"):
        return "none"
    if card.is_completed:
        return "completed"
    if today > terms.complete_by:
        return "lapsed"
    if card.state not in ("sealed", "decided"):
        return "open"
    return "in_completion" if card.continued_by else "to_complete"


def check_start(draft: AssessmentDraft, template: Template) -> None:
    """Make sure that a rapid start has its terms and a completion continues one. Raises ``RecordRefused``."""
    if draft.kind == "rapid":
        _check_terms(draft, template)
    elif draft.rapid is not None:
        raise RecordRefused(N_("Only a rapid start has a cap and a day by which it must be completed. Nothing was started."))
    if draft.kind == "completion":
        _check_completion(draft, template)
    elif draft.previous is not None and draft_of(row_of(draft.previous)).kind == "rapid":
        raise RecordRefused(
            N_("The earlier assessment is a rapid start. It is completed by a fuller assessment that continues it, not renewed.")
        )


def _check_terms(draft: AssessmentDraft, template: Template) -> None:
    terms = draft.rapid
    if terms is None:
        raise RecordRefused(N_("A rapid start needs a cap, a period, a decider and a day by which it is completed. Nothing was started."))
    if "light" in template.scopes and draft.scope != "light":
        raise RecordRefused(N_("A rapid start is a light assessment. Choose the scope light, or start an ordinary assessment."))
    if not terms.reason.strip():
        raise RecordRefused(N_("Say what urgent need allows a rapid start. Without one, start an ordinary assessment."))
    if terms.cap_minor <= 0 or not is_currency(terms.currency):
        raise RecordRefused(N_("Say how much may be paid at most, and in which currency. Nothing was started."))
    if not terms.decider.strip():
        raise RecordRefused(N_("Name the person who decides about the rapid start. Nothing was started."))
    if terms.ends < draft.as_of or terms.complete_by < draft.as_of:
        raise RecordRefused(N_("The period and the day of completion must lie after the date of the assessment. Nothing was started."))


def _check_completion(draft: AssessmentDraft, template: Template) -> None:
    if draft.previous is None or draft_of(row_of(draft.previous)).kind != "rapid":
        raise RecordRefused(N_("A completing assessment continues a rapid start. Choose the one, or start a new assessment."))
    decided = latest(draft.previous)
    if decided is not None and decided.draft.outcome == "decline":
        raise RecordRefused(N_("The rapid start was declined, so there is nothing to complete. Start a new assessment."))
    before = draft_of(row_of(draft.previous))
    wider = any(_width(scope) > _width(before.scope) for scope in template.scopes)
    if template.id == before.template_id and wider and _width(draft.scope) <= _width(before.scope):
        raise RecordRefused(
            N_("What completes a rapid start asks more than it did. Choose a wider scope than {scope}."), scope=before.scope
        )


def _width(scope: str) -> int:
    return next((place for place, one in enumerate(SCOPES) if one == scope), 0)


def continuation(row: Assessment) -> tuple[str, bool]:
    """Give the case number of the assessment that continues a rapid start (empty while there is none), and whether it is sealed."""
    withdrawn = Act.select(Act.assessment).where(Act.name == "withdrawn")
    query = Assessment.select().where((Assessment.previous == row.id) & Assessment.id.not_in(withdrawn)).order_by(Assessment.created_at)
    found = [(str(one.case_number), is_sealed(one.id)) for one in query]
    return next((one for one in found if one[1]), found[-1] if found else ("", False))


def with_continuations(cards: Iterable[AssessmentCard]) -> list[AssessmentCard]:
    """Say on each rapid start's card which of the others continues it; the partner's cards are all among them."""
    known = list(cards)
    followers: dict[UUID, list[AssessmentCard]] = defaultdict(list)
    for card in sorted(known, key=lambda one: one.created_at):
        if card.draft.previous is not None and card.state != "withdrawn":
            followers[card.draft.previous].append(card)
    return [_continued(card, followers[card.id]) if card.draft.rapid is not None and card.id in followers else card for card in known]


def _continued(card: AssessmentCard, followers: list[AssessmentCard]) -> AssessmentCard:
    sealed = [one for one in followers if one.state in ("sealed", "decided", "superseded")]
    return replace(card, continued_by=(sealed[0] if sealed else followers[-1]).case_number, is_completed=bool(sealed))


def lapsed_before(others: tuple[UUID, ...]) -> str:
    """Give the case number of a rapid start, approved but never completed in time, that forbids another; empty when there is none."""
    for other in others:
        row = row_of(other)
        terms, decided = draft_of(row).rapid, latest(other)
        if terms is None or decided is None or decided.draft.outcome not in APPROVALS:
            continue
        if own_day(utc_now()) > terms.complete_by and not continuation(row)[1]:
            return str(row.case_number)
    return ""


def names_decider(terms: RapidTerms, body: str) -> bool:
    """Say whether a decision's body names the person who was to decide."""
    return terms.decider.strip().casefold() in body.casefold()


def check_decision(file: AssessmentFile, draft: DecisionDraft) -> None:
    """Make sure that a decision about a rapid start keeps to its cap, period and day, and is its decider's. Raises ``RecordRefused``."""
    terms = file.card.draft.rapid
    if terms is None or draft.outcome not in APPROVALS:
        return
    if not names_decider(terms, draft.body) and not draft.departure.strip():
        raise RecordRefused(
            N_("{decider} was named to decide about this rapid start. Name that person as who decided, or say why somebody else did."),
            decider=terms.decider,
        )
    if draft.decided_on > terms.complete_by:
        raise RecordRefused(
            N_("This rapid start lapsed on {date}. It can no longer be approved; only a fuller assessment can be."), date=terms.complete_by
        )
    if draft.granted_minor is None or draft.granted_minor <= 0 or draft.granted_until is None:
        raise RecordRefused(N_("Say how much is granted and until when: a rapid start is approved within its cap and period only."))
    if draft.granted_minor > terms.cap_minor:
        raise RecordRefused(
            N_("More is granted than the cap of this rapid start, {cap}. Nothing was recorded."),
            cap=Money(terms.cap_minor, terms.currency, whole=True),
        )
    if draft.granted_until > terms.ends:
        raise RecordRefused(
            N_("The money is granted for longer than the period of this rapid start, which ends on {date}. Nothing was recorded."),
            date=terms.ends,
        )
