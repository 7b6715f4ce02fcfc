"""Assessments: starting, listing, reading, withdrawing."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from desktop.operations.change import Change
from forms.library import Library
from models import case_list, casefile, imported, review, starting
from models.actor import Actor
from models.cards import AssessmentCard, AssessmentDraft, AssessmentFile
from models.imported_cards import ImportedCard

#: How many days ahead Home shows what is due.
DUE_WITHIN_DAYS = 90


@dataclass(frozen=True)
class HomeCards:
    """What waits for a person: own drafts to continue, reviews to make, renewals coming up, rapid starts that must be completed."""

    to_continue: tuple[AssessmentCard, ...]
    to_review: tuple[AssessmentCard, ...]
    to_decide: tuple[AssessmentCard, ...]
    due: tuple[AssessmentCard, ...]
    rapid: tuple[AssessmentCard, ...] = ()


def start_assessment(*, actor: Actor, draft: AssessmentDraft, templates: Library) -> Change:
    """Start an assessment by the newest versions of the chosen templates; ``Change.made`` is its id."""
    added = [templates.newest(one.template_id) for one in draft.added]
    made = starting.start(actor=actor, draft=draft, template=templates.newest(draft.template_id), added=added)
    return Change("assessment.started", assessment=made, partner=draft.partner, made=made)


def withdraw(*, actor: Actor, assessment_id: UUID, reason: str) -> Change:
    """End an assessment that will not be finished."""
    review.withdraw(actor=actor, assessment=assessment_id, reason=reason)
    return Change("withdrawn", assessment=assessment_id)


def assessment_rows() -> tuple[AssessmentCard, ...]:
    """List all assessments, the last touched first."""
    return case_list.cards()


def imported_rows() -> tuple[ImportedCard, ...]:
    """List the sealed assessments that came from other organisations, the newest first."""
    return imported.cards()


def assessment_file(*, assessment_id: UUID) -> AssessmentFile:
    """Read everything about one assessment."""
    return casefile.read(assessment_id)


def home(*, person: UUID) -> HomeCards:
    """Give what waits for a person."""
    cards = case_list.cards()
    return HomeCards(
        to_continue=tuple(card for card in cards if card.caseworker == person and card.state in ("draft", "returned", "agreed")),
        to_review=case_list.waiting(person=person, among=cards),
        to_decide=tuple(card for card in cards if card.state == "sealed"),
        due=case_list.due(within_days=DUE_WITHIN_DAYS, among=cards),
        rapid=case_list.rapid_starts(among=cards),
    )
