"""What people declare, judge, recommend and review: acts with their rules, each by the person whose act it is."""

from __future__ import annotations

from uuid import UUID

from forms.recommendation import DECISIONS
from forms.risk import RiskEntry, check_entry
from forms.text import N_, Said
from models import act, casefile, revocation
from models.act import Note
from models.actor import Actor, require_role
from models.assessment import row_of
from models.cards import AgreementCondition, AssessmentFile, JudgedRating, RecommendationDraft, ReviewPoint
from models.database import write_tx
from models.errors import ActRefused, NotReady, RecordRefused
from models.identity import certificate_in_use, person_card
from models.judging import areas, is_rating
from models.protection import names_partner
from models.remaining import Stage, obstacles
from models.reviewed import digest_of
from models.risks import proposals
from models.standing import WRITERS, require_not_closed, require_open

#: Who may write down what follows from a tie.
_DECIDES_TIES = ("caseworker", "controller", "reviewer", "secretary", "manager", "administrator")


def declare_tie(*, actor: Actor, assessment: UUID, has_tie: bool, text: str) -> None:
    """Declare one's own ties to the partner, or that there are none, until it is sealed.

    Raises ``RecordRefused`` for a tie without a description, and for one taken back without saying why.
    """
    if has_tie and not text.strip():
        raise RecordRefused(N_("Describe the tie: what it is, and since when."))
    with write_tx():
        row_of(assessment)
        require_not_closed(assessment)
        declared = [one for one in casefile.ties_of(assessment) if one.person == actor.person and one.has_tie]
        if declared and not has_tie and not text.strip():
            raise RecordRefused(N_("You have declared a tie before. Say why there is none, so that others can follow it."))
        act.add(actor=actor, assessment=assessment, name="tie.declared", card=casefile.Tie(has_tie=has_tie, text=text.strip()))


def resolve_tie(*, actor: Actor, assessment: UUID, person: UUID, resolution: str) -> None:
    """Write down what was decided about somebody else's tie.

    Raises ``ActRefused`` for one's own, and for somebody whose own tie waits for a decision; ``RecordRefused`` when there is no tie.
    """
    text = resolution.strip()
    if person == actor.person:
        raise ActRefused(N_("What follows from your own tie is for another person to write down."))
    if not text:
        raise RecordRefused(N_("Write what was decided about the tie."))
    with write_tx():
        require_role(actor, *_DECIDES_TIES)
        require_not_closed(assessment)
        ties = {one.person: one for one in casefile.ties_of(assessment) if one.has_tie}
        if person not in ties:
            raise RecordRefused(N_("That person has declared no tie. Nothing was changed."))
        if actor.person in ties and not ties[actor.person].resolution:
            raise ActRefused(N_("Your own tie to the partner must be decided about first, by another person."))
        act.add(actor=actor, assessment=assessment, name="tie.resolved", card=casefile.TieResolution(person=person, text=text))


def decide_risk(*, actor: Actor, assessment: UUID, entry: RiskEntry) -> None:
    """Decide about a proposed risk or enter one's own; the latest entry with the same id stands.

    Raises ``ScoringError`` for an entry that says too little, ``RecordRefused`` for one that does not fit the template's proposals.
    """
    check_entry(entry)
    with write_tx():
        _require_writer(actor, assessment)
        file = casefile.read(assessment)
        _, proposed = proposals(file).get(entry.proposal, (file, None))
        subjects = {subject for seen in file.each() for subject in seen.template.subjects}
        if (entry.choice == "own") != (not entry.proposal) or (entry.proposal and proposed is None) or entry.subject not in subjects:
            raise RecordRefused(N_("This risk is not one that the template proposes. Nothing was changed; enter it as your own."))
        numbers = (entry.likelihood, entry.impact)
        if entry.choice == "accepted" and proposed is not None and numbers != (proposed.likelihood, proposed.impact):
            raise RecordRefused(N_("A risk that is accepted keeps the proposed likelihood and impact. Choose to change it, and say why."))
        act.add(actor=actor, assessment=assessment, name="risk.decided", card=entry)


def judge(*, actor: Actor, assessment: UUID, rating: JudgedRating) -> None:
    """Give the judged rating of an area beside the calculated one; a difference needs a reason before it can be handed over.

    Raises ``RecordRefused`` for an area or a rating that there is not.
    """
    with write_tx():
        _require_writer(actor, assessment)
        file = casefile.read(assessment)
        seen = next((one for one in file.each() if one.template.id == rating.instrument), None)
        area = next((one for one in areas(seen.template, seen.result) if one.id == rating.area), None) if seen is not None else None
        if area is None or not is_rating(area, rating.rating):
            raise RecordRefused(N_("Choose one of the ratings for what this assessment is about. Nothing was changed."))
        act.add(actor=actor, assessment=assessment, name="rating.judged", card=rating)


def recommend(*, actor: Actor, assessment: UUID, draft: RecommendationDraft) -> None:
    """Write the recommendation; the latest stands."""
    if draft.decision not in DECISIONS:
        raise RecordRefused(N_("Choose what you recommend."))
    if not draft.summary.strip():
        raise RecordRefused(N_("Write in a few sentences why you recommend this; the board reads it first."))
    check_conditions(draft.conditions)
    with write_tx():
        _require_writer(actor, assessment)
        act.add(actor=actor, assessment=assessment, name="recommended", card=draft)


def check_conditions(conditions: tuple[AgreementCondition, ...]) -> None:
    """Refuse a condition without a text, or one that is to be met by a date without one. Raises ``RecordRefused``."""
    for condition in conditions:
        if not condition.text.strip():
            raise RecordRefused(N_("A condition needs a text."))
        if condition.before == "date" and condition.due is None:
            raise RecordRefused(N_("The condition “{text}” needs a date."), text=condition.text)


def see_result(*, actor: Actor, assessment: UUID) -> None:
    """Note that the result was looked at; from then on a changed answer needs a reason.

    Noted once, when all is answered, and of those only who may answer: what others look at steers no answer.
    """
    with write_tx():
        require_open(assessment)
        may_answer = person_card(actor.person).roles.intersection(WRITERS)
        file = casefile.read(assessment)
        if may_answer and file.is_complete and any(one.result_seen_at is None for one in file.each()):
            act.add(actor=actor, assessment=assessment, name="result.seen", card=Note())


def submit(*, actor: Actor, assessment: UUID) -> None:
    """Hand the assessment to a reviewer. Raises ``NotReady`` naming the first thing that remains."""
    with write_tx():
        _require_writer(actor, assessment)
        require_ready(casefile.read(assessment), stage="submit")
        act.add(actor=actor, assessment=assessment, name="submitted", card=Note())


def reopen(*, actor: Actor, assessment: UUID) -> None:
    """Take a submitted assessment back for changes; a review then starts again."""
    with write_tx():
        _require_caseworker(actor, assessment)
        if casefile.read(assessment).card.state not in ("in_review", "agreed"):
            raise RecordRefused(N_("Only an assessment that is with the reviewer can be taken back."))
        act.add(actor=actor, assessment=assessment, name="reopened", card=Note())


def withdraw(*, actor: Actor, assessment: UUID, reason: str) -> None:
    """End an assessment that will not be finished; everything in it stays readable.

    Its caseworker does that, or an administrator when the caseworker has left.
    """
    if not reason.strip():
        raise RecordRefused(N_("Say why the assessment is withdrawn."))
    with write_tx():
        if person_card(row_of(assessment).caseworker_id).active:
            _require_caseworker(actor, assessment)
        else:
            require_role(actor, "administrator")
        require_not_closed(assessment)
        act.add(actor=actor, assessment=assessment, name="withdrawn", card=Note(reason.strip()))


def agree(*, actor: Actor, assessment: UUID, comment: str, points: tuple[ReviewPoint, ...], approves_not_applicable: bool = False) -> None:
    """Agree as the second person, with a word on every key question.

    Raises ``ActRefused`` for the caseworker or anybody who has answered, ``NotReady`` when a key question has no word, a disagreement
    no comment, the reviewer has not declared ties, or too much is *not applicable* without approval.
    """
    with write_tx():
        file = _reviewable(actor, assessment)
        _check_points(file, points)
        for seen in file.each():
            share, limit = seen.result.not_applicable_share, seen.template.not_applicable_share
            if limit is not None and share * 100 > limit and not approves_not_applicable:
                raise NotReady(N_("More than {limit} % is not applicable: approve that, or send the assessment back."), limit=limit)
        _check_unnamed(file, comment, points)
        word = casefile.Word(comment.strip(), points, approves_not_applicable, reviewed=digest_of(file))
        act.add(actor=actor, assessment=assessment, name="review.agreed", card=word)


def send_back(*, actor: Actor, assessment: UUID, comment: str, points: tuple[ReviewPoint, ...] = ()) -> None:
    """Return the assessment to its caseworker with a comment that says what to do."""
    if not comment.strip():
        raise NotReady(N_("Say what should be done before you send the assessment back."))
    with write_tx():
        file = _reviewable(actor, assessment)
        _check_known(file, points)
        _check_unnamed(file, comment, points)
        word = casefile.Word(comment.strip(), points, reviewed=digest_of(file))
        act.add(actor=actor, assessment=assessment, name="review.returned", card=word)


def _check_known(file: AssessmentFile, points: tuple[ReviewPoint, ...]) -> None:
    questions = [point.question for point in points]
    asked = {one.id for seen in file.each() for _, one in seen.template.questions()}
    if len(set(questions)) != len(questions) or not asked.issuperset(questions):
        raise RecordRefused(N_("A review says once for each question whether it agrees. Nothing was changed; open the review again."))


def _check_points(file: AssessmentFile, points: tuple[ReviewPoint, ...]) -> None:
    _check_known(file, points)
    said = {point.question: point for point in points}
    for seen, line in [(one, line) for one in file.each() for line in one.result.lines if line.key]:
        point = said.get(line.question)
        text = seen.template.question(line.question).text
        if point is None:
            raise NotReady(N_("Say for each key question whether you agree. Left: {question}"), question=text)
        if not point.agrees and not point.comment.strip():
            raise NotReady(N_("You disagree on “{question}”: write what you see differently."), question=text)


def _check_unnamed(file: AssessmentFile, comment: str, points: tuple[ReviewPoint, ...]) -> None:
    if names_partner(file.partner.draft, (comment, points)):
        raise RecordRefused(
            N_("A comment names the protected partner or somebody there, and it would stand in the report. Write it without the name.")
        )


def _reviewable(actor: Actor, assessment: UUID) -> AssessmentFile:
    require_role(actor, "reviewer")
    revocation.require_unrevoked(certificate_in_use(actor.person))
    file = casefile.read(assessment)
    if file.card.state != "in_review":
        raise RecordRefused(N_("This assessment is not waiting for a review."))
    if actor.person in (file.card.caseworker, *file.answered_by):
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
            N_("Before this can be done, {count} remain. First: {what}"), count=len(left), what=Said(left[0].message, left[0].params)
        )


def _require_writer(actor: Actor, assessment: UUID) -> None:
    _require_caseworker(actor, assessment)
    require_open(assessment)


def _require_caseworker(actor: Actor, assessment: UUID) -> None:
    require_role(actor, "caseworker")
    if row_of(assessment).caseworker_id != actor.person:
        raise ActRefused(N_("Only the caseworker of this assessment does that. Nothing was changed."))
