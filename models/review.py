"""What people declare, judge, recommend and review: acts with their rules, each by the person whose act it is."""

from __future__ import annotations

from uuid import UUID

from forms.recommendation import DECISIONS
from forms.risk import RiskEntry, check_entry
from forms.text import N_, Said
from models import act, casefile
from models.act import Note
from models.actor import Actor, require_role
from models.answering import require_open
from models.assessment import row_of
from models.cards import AssessmentFile, JudgedRating, RecommendationDraft, ReviewPoint
from models.errors import ActRefused, NotReady, RecordRefused, SealedAssessment
from models.remaining import Stage, obstacles


def declare_tie(*, actor: Actor, assessment: UUID, has_tie: bool, text: str) -> None:
    """Declare one's own ties to the partner, or that there are none. Raises ``RecordRefused`` for a tie without a description."""
    if has_tie and not text.strip():
        raise RecordRefused(N_("Describe the tie: what it is, and since when."))
    act.add(actor=actor, assessment=assessment, name="tie.declared", card=casefile.Tie(has_tie=has_tie, text=text.strip()))


def resolve_tie(*, actor: Actor, assessment: UUID, person: UUID, resolution: str) -> None:
    """Write down what was decided about somebody else's tie. Raises ``ActRefused`` for one's own."""
    if person == actor.person:
        raise ActRefused(N_("What follows from your own tie is for another person to write down."))
    if not resolution.strip():
        raise RecordRefused(N_("Write what was decided about the tie."))
    act.add(actor=actor, assessment=assessment, name="tie.resolved", card=casefile.TieResolution(person=person, text=resolution.strip()))


def decide_risk(*, actor: Actor, assessment: UUID, entry: RiskEntry) -> None:
    """Decide about a proposed risk or enter one's own; the latest entry with the same id stands."""
    _require_writer(actor, assessment)
    check_entry(entry)
    act.add(actor=actor, assessment=assessment, name="risk.decided", card=entry)


def judge(*, actor: Actor, assessment: UUID, rating: JudgedRating) -> None:
    """Give the judged rating of an area beside the calculated one; a difference needs a reason."""
    _require_writer(actor, assessment)
    act.add(actor=actor, assessment=assessment, name="rating.judged", card=rating)


def recommend(*, actor: Actor, assessment: UUID, draft: RecommendationDraft) -> None:
    """Write the recommendation; the latest stands."""
    _require_writer(actor, assessment)
    if draft.decision not in DECISIONS:
        raise RecordRefused(N_("Choose what you recommend."))
    if not draft.summary.strip():
        raise RecordRefused(N_("Write in a few sentences why you recommend this; the board reads it first."))
    for condition in draft.conditions:
        if not condition.text.strip():
            raise RecordRefused(N_("A condition needs a text."))
        if condition.before == "date" and condition.due is None:
            raise RecordRefused(N_("The condition “{text}” needs a date."), text=condition.text)
    act.add(actor=actor, assessment=assessment, name="recommended", card=draft)


def see_result(*, actor: Actor, assessment: UUID) -> None:
    """Note that the result was looked at; from then on a changed answer needs a reason. Noted once, and only when all is answered."""
    require_open(assessment)
    if not act.acts(assessment, "result.seen") and casefile.read(assessment).result.is_complete:
        act.add(actor=actor, assessment=assessment, name="result.seen", card=Note())


def submit(*, actor: Actor, assessment: UUID) -> None:
    """Hand the assessment to a reviewer. Raises ``NotReady`` naming the first thing that remains."""
    _require_writer(actor, assessment)
    require_ready(casefile.read(assessment), stage="submit")
    act.add(actor=actor, assessment=assessment, name="submitted", card=Note())


def reopen(*, actor: Actor, assessment: UUID) -> None:
    """Take a submitted assessment back for changes; a review then starts again."""
    file = casefile.read(assessment)
    if file.card.state not in ("in_review", "agreed"):
        raise RecordRefused(N_("Only an assessment that is with the reviewer can be taken back."))
    _require_caseworker(actor, assessment)
    act.add(actor=actor, assessment=assessment, name="reopened", card=Note())


def withdraw(*, actor: Actor, assessment: UUID, reason: str) -> None:
    """End an assessment that will not be finished; everything in it stays readable."""
    _require_caseworker(actor, assessment)
    if not reason.strip():
        raise RecordRefused(N_("Say why the assessment is withdrawn."))
    if casefile.read(assessment).card.state not in ("draft", "returned", "in_review", "agreed"):
        raise SealedAssessment(N_("This assessment is closed and cannot be changed. To correct it, start a new one that replaces it."))
    act.add(actor=actor, assessment=assessment, name="withdrawn", card=Note(reason.strip()))


def agree(*, actor: Actor, assessment: UUID, comment: str, points: tuple[ReviewPoint, ...], approves_not_applicable: bool = False) -> None:
    """Agree as the second person, with a word on every key question.

    Raises ``ActRefused`` for the caseworker or anybody who has answered, ``NotReady`` when a key question has no word, a disagreement
    no comment, the reviewer has not declared ties, or too much is *not applicable* without approval.
    """
    file = _reviewable(actor, assessment)
    _check_points(file, points)
    share, limit = file.result.not_applicable_share, file.template.not_applicable_share
    if limit is not None and share * 100 > limit and not approves_not_applicable:
        raise NotReady(N_("More than {limit} % is not applicable: approve that, or send the assessment back."), limit=limit)
    word = casefile.Word(comment=comment.strip(), points=points, approves_not_applicable=approves_not_applicable)
    act.add(actor=actor, assessment=assessment, name="review.agreed", card=word)


def send_back(*, actor: Actor, assessment: UUID, comment: str, points: tuple[ReviewPoint, ...] = ()) -> None:
    """Return the assessment to its caseworker with a comment that says what to do."""
    _reviewable(actor, assessment)
    if not comment.strip():
        raise NotReady(N_("Say what should be done before you send the assessment back."))
    act.add(actor=actor, assessment=assessment, name="review.returned", card=casefile.Word(comment=comment.strip(), points=points))


def _check_points(file: AssessmentFile, points: tuple[ReviewPoint, ...]) -> None:
    said = {point.question: point for point in points}
    for line in file.result.lines:
        if not line.key:
            continue
        point = said.get(line.question)
        if point is None:
            raise NotReady(N_("Say whether you agree on every key question; {question} is left."), question=line.question)
        if not point.agrees and not point.comment.strip():
            raise NotReady(N_("You disagree on {question}: write what you see differently."), question=line.question)


def _reviewable(actor: Actor, assessment: UUID) -> AssessmentFile:
    require_role(actor, "reviewer")
    file = casefile.read(assessment)
    if file.card.state != "in_review":
        raise RecordRefused(N_("This assessment is not waiting for a review."))
    if actor.person == file.card.caseworker or actor.person in file.answered_by:
        raise ActRefused(N_("A review needs a second person: somebody who has not written in the assessment."))
    tie = next((tie for tie in file.ties if tie.person == actor.person), None)
    if tie is None:
        raise NotReady(N_("Declare your own ties to the partner before you review."))
    if tie.has_tie and not tie.resolution:
        raise NotReady(N_("Your tie to the partner must be decided about before you review."))
    return file


def require_ready(file: AssessmentFile, *, stage: Stage) -> None:
    """Make sure that nothing remains before a stage. Raises ``NotReady`` naming the first thing."""
    left = obstacles(file, stage=stage)
    if left:
        raise NotReady(
            N_("{count} things remain before this can be done. First: {what}"), count=len(left), what=Said(left[0].message, left[0].params)
        )


def _require_writer(actor: Actor, assessment: UUID) -> None:
    require_role(actor, "caseworker")
    require_open(assessment)
    _require_caseworker(actor, assessment)


def _require_caseworker(actor: Actor, assessment: UUID) -> None:
    if row_of(assessment).caseworker_id != actor.person:
        raise ActRefused(N_("Only the caseworker of this assessment does that. Nothing was changed."))
