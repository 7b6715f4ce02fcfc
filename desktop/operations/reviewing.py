"""From ties to review: what people declare, judge, recommend, hand over and agree on."""

from __future__ import annotations

from uuid import UUID

from desktop.operations.change import Change
from forms.risk import RiskEntry
from models import review
from models.actor import Actor
from models.cards import JudgedRating, RecommendationDraft, ReviewPoint


def declare_tie(*, actor: Actor, assessment_id: UUID, has_tie: bool, text: str = "") -> Change:
    """Declare one's own ties to the partner, or that there are none."""
    review.declare_tie(actor=actor, assessment=assessment_id, has_tie=has_tie, text=text)
    return Change("tie", assessment=assessment_id)


def resolve_tie(*, actor: Actor, assessment_id: UUID, person: UUID, resolution: str) -> Change:
    """Write down, as another person, what was decided about somebody's tie."""
    review.resolve_tie(actor=actor, assessment=assessment_id, person=person, resolution=resolution)
    return Change("tie", assessment=assessment_id)


def decide_risk(*, actor: Actor, assessment_id: UUID, entry: RiskEntry) -> Change:
    """Accept, change or set aside a proposed risk, or enter one's own."""
    review.decide_risk(actor=actor, assessment=assessment_id, entry=entry)
    return Change("risk", assessment=assessment_id)


def judge(*, actor: Actor, assessment_id: UUID, rating: JudgedRating) -> Change:
    """Give one's own rating of an area beside the calculated one."""
    review.judge(actor=actor, assessment=assessment_id, rating=rating)
    return Change("judged", assessment=assessment_id)


def recommend(*, actor: Actor, assessment_id: UUID, draft: RecommendationDraft) -> Change:
    """Write the recommendation."""
    review.recommend(actor=actor, assessment=assessment_id, draft=draft)
    return Change("recommendation", assessment=assessment_id)


def see_result(*, actor: Actor, assessment_id: UUID) -> Change:
    """Note that the complete result was looked at; from then on a changed answer needs a reason."""
    review.see_result(actor=actor, assessment=assessment_id)
    return Change("result.seen", assessment=assessment_id)


def submit(*, actor: Actor, assessment_id: UUID) -> Change:
    """Hand the assessment to a reviewer. Raises ``NotReady`` while something remains."""
    review.submit(actor=actor, assessment=assessment_id)
    return Change("state", assessment=assessment_id)


def reopen(*, actor: Actor, assessment_id: UUID) -> Change:
    """Take a submitted assessment back for changes."""
    review.reopen(actor=actor, assessment=assessment_id)
    return Change("state", assessment=assessment_id)


def agree(
    *, actor: Actor, assessment_id: UUID, comment: str, points: tuple[ReviewPoint, ...], approves_not_applicable: bool = False
) -> Change:
    """Agree as the second person. Raises ``ActRefused`` for anybody who has written in the assessment."""
    review.agree(actor=actor, assessment=assessment_id, comment=comment, points=points, approves_not_applicable=approves_not_applicable)
    return Change("state", assessment=assessment_id)


def send_back(*, actor: Actor, assessment_id: UUID, comment: str, points: tuple[ReviewPoint, ...] = ()) -> Change:
    """Return the assessment to its caseworker."""
    review.send_back(actor=actor, assessment=assessment_id, comment=comment, points=points)
    return Change("state", assessment=assessment_id)
