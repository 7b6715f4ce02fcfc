"""The file of a case: everything about one assessment, read in one go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from forms.answers import AnswerSet
from forms.result import Case, Result
from forms.risk import RiskEntry
from forms.scoring import score
from models import answering, body, decision, evidence, report, seal
from models.act import ActRow, acts
from models.assessment import Assessment, derive_state, draft_of, due_after, row_of, template_of
from models.cards import (
    AssessmentCard,
    AssessmentDraft,
    AssessmentFile,
    DecisionDraft,
    Earlier,
    JudgedRating,
    PartnerCard,
    ProjectCard,
    ProjectDraft,
    RecommendationDraft,
    ReviewCard,
    ReviewPoint,
    TieCard,
)
from models.identity import Person
from models.partner import card as partner_card
from models.partner import project_card
from models.seal import Seal

Card = TypeVar("Card")
#: An assessment is looked at again after so many years when nobody has said when.
YEARS_BETWEEN = 3


@dataclass(frozen=True)
class Tie:
    """What somebody declares about ties to the partner."""

    has_tie: bool
    text: str


@dataclass(frozen=True)
class TieResolution:
    """What was decided about a person's tie."""

    person: UUID
    text: str


@dataclass(frozen=True)
class Word:
    """A reviewer's word: the comment, and what is said on each key question."""

    comment: str
    points: tuple[ReviewPoint, ...] = ()
    approves_not_applicable: bool = False
    reviewed: str = ""


def case_for(*, draft: AssessmentDraft, project: ProjectCard | None, approves_not_applicable: bool = False) -> Case:
    """Give the case that an assessment is scored for: a renewal is one by its facts, the amount is the project's for one year."""
    facts = {"kind": draft.kind, "collaboration": draft.collaboration}
    if approves_not_applicable:
        facts["not_applicable_approved"] = "yes"
    return Case(
        as_of=draft.as_of,
        scope=draft.scope,
        variant=draft.collaboration,
        facts=facts,
        amount_minor=yearly_amount(project.draft) if project else None,
        currency=project.draft.currency if project else None,
        rate=draft.rate,
    )


def yearly_amount(project: ProjectDraft) -> int | None:
    """Give the amount for twelve months in minor units, rounded up; the whole amount when the period is a year or is not known."""
    if project.amount_minor is None or project.starts is None or project.ends is None:
        return project.amount_minor
    months = (project.ends.year - project.starts.year) * 12 + project.ends.month - project.starts.month + 1
    return project.amount_minor if months <= 12 else -(-project.amount_minor * 12 // months)


def case_of(file: AssessmentFile) -> Case:
    """Give the case that the file's assessment is scored for, with what its reviewer has approved."""
    return case_for(draft=file.card.draft, project=file.project, approves_not_applicable=_approves(file.reviews))


def read(assessment: UUID) -> AssessmentFile:
    """Read everything about an assessment. Raises ``RecordRefused`` when there is none.

    Of a sealed one, partner, project and result are as they were sealed, whatever the register says today.
    """
    row = row_of(assessment)
    template = template_of(row)
    names = {person.id: person.name for person in Person.select(Person.id, Person.name)}
    done = acts(assessment)
    sealed = seal.row_of(assessment)
    reviews = _reviews(done)
    partner, project = subjects_of(row, sealed)
    answers = answering.answers_of(assessment)
    result = _result(row, sealed, answers, project)
    decided = decision.latest(assessment)
    seen = next((act.at for act in done if act.name == "result.seen"), None)
    return AssessmentFile(
        card=_card(row, sealed, result, partner, project),
        partner=partner,
        project=project,
        template=template,
        answers=answers,
        answer_cards=answering.answer_cards(assessment),
        result=result,
        evidence=evidence.cards_of(assessment),
        ties=_ties(done),
        risks=_latest(done, "risk.decided", RiskEntry, lambda entry: entry.id),
        judged=_latest(done, "rating.judged", JudgedRating, lambda rating: (rating.instrument, rating.area)),
        recommendation=_recommendation(done),
        reviews=reviews,
        seal=seal.card(sealed) if sealed else None,
        reports=report.revisions(assessment),
        decision=decided,
        earlier=_earlier(row.previous_id) if row.previous_id else None,
        result_seen_at=seen,
        changed_after_result=answering.changed_after_result(assessment),
        answered_by=answering.answered_by(assessment),
        people=names,
    )


def subjects_of(row: Assessment, sealed: Seal | None) -> tuple[PartnerCard, ProjectCard | None]:
    """Give partner and project of an assessment: as they were sealed, else as they are now."""
    partner = partner_card(row.partner_id, rev=sealed.partner_rev if sealed else None)
    if row.project_id is None:
        return partner, None
    return partner, project_card(row.project_id, rev=sealed.project_rev if sealed else None)


def rescore(row: Assessment, answers: AnswerSet, project: ProjectCard | None) -> Result:
    """Score an assessment by its answers, whether it is sealed or not."""
    reviews = _reviews(acts(row.id, "review.agreed", "review.returned"))
    return score(template_of(row), answers, case_for(draft=draft_of(row), project=project, approves_not_applicable=_approves(reviews)))


def _result(row: Assessment, sealed: Seal | None, answers: AnswerSet, project: ProjectCard | None) -> Result:
    return rescore(row, answers, project) if sealed is None else seal.result_of(sealed)


def _card(row: Assessment, sealed: Seal | None, result: Result, partner: PartnerCard, project: ProjectCard | None) -> AssessmentCard:
    draft, done, decided = draft_of(row), acts(row.id), decision.latest(row.id)
    bands = {subject.subject: subject.score.band for subject in result.subjects}
    reviews = [act for act in done if act.name.startswith("review.")]
    corrections = Assessment.select(Assessment.id).where(Assessment.supersedes == row.id)
    superseded = any(seal.is_sealed(correction.id) for correction in corrections)
    outcome = decided.draft.outcome if decided else None
    latest = answering.latest_at(row.id)
    times = [row.created_at, *(act.at for act in done), latest, sealed.created_at if sealed else None, decided.at if decided else None]
    return AssessmentCard(
        id=row.id,
        case_number=row.case_number,
        draft=draft,
        partner_name=partner.name,
        project_title=project.draft.title if project else "",
        template_hash=row.template_hash,
        caseworker=row.caseworker_id,
        caseworker_name=Person.get_by_id(row.caseworker_id).name,
        state=derive_state(acts=[act.name for act in done], sealed=sealed is not None, outcome=outcome, superseded=superseded),
        created_at=row.created_at,
        touched_at=max(at for at in times if at is not None),
        asked=result.completeness.asked,
        answered=result.completeness.answered,
        organisation_band=bands.get("organisation"),
        project_band=bands.get("project"),
        stops=len(result.stops),
        reviewer_name=reviews[-1].person_name if reviews else "",
        decided_on=decided.draft.decided_on if decided else None,
        next_due=next_due(draft, decided.draft if decided else None, _recommendation(done)),
    )


def next_due(draft: AssessmentDraft, decided: DecisionDraft | None, recommended: RecommendationDraft | None) -> date | None:
    """Give when the next assessment is due: as decided, else as recommended, else after the usual years; only once approved."""
    if decided is None or decided.outcome not in ("approve", "approve_with_conditions"):
        return None
    if decided.next_due is not None:
        return decided.next_due
    if recommended is not None and recommended.next_due is not None:
        return recommended.next_due
    return due_after(draft.as_of, YEARS_BETWEEN)


def ties_of(assessment: UUID) -> tuple[TieCard, ...]:
    """Give each person's latest declaration of ties with what was decided about it."""
    return _ties(acts(assessment, "tie.declared", "tie.resolved"))


def _approves(reviews: tuple[ReviewCard, ...]) -> bool:
    return bool(reviews) and reviews[-1].approves_not_applicable


def _reviews(done: tuple[ActRow, ...]) -> tuple[ReviewCard, ...]:
    cards = []
    for act in done:
        if act.name in ("review.agreed", "review.returned"):
            word = body.read(act.body, Word)
            cards.append(
                ReviewCard(
                    act.person,
                    act.person_name,
                    "agreed" if act.name == "review.agreed" else "returned",
                    word.comment,
                    word.points,
                    word.approves_not_applicable,
                    act.at,
                    word.reviewed,
                )
            )
    return tuple(cards)


def _ties(done: tuple[ActRow, ...]) -> tuple[TieCard, ...]:
    found: dict[UUID, TieCard] = {}
    for act in done:
        if act.name == "tie.declared":
            tie = body.read(act.body, Tie)
            found[act.person] = TieCard(act.person, act.person_name, tie.has_tie, tie.text, act.at)
        elif act.name == "tie.resolved":
            resolution = body.read(act.body, TieResolution)
            declared = found.get(resolution.person)
            if declared is not None:
                found[resolution.person] = TieCard(
                    declared.person, declared.person_name, declared.has_tie, declared.text, declared.at, resolution.text, act.person_name
                )
    return tuple(found.values())


def _recommendation(done: tuple[ActRow, ...]) -> RecommendationDraft | None:
    latest = next((act for act in reversed(done) if act.name == "recommended"), None)
    return body.read(latest.body, RecommendationDraft) if latest else None


def _latest(done: tuple[ActRow, ...], name: str, kind: type[Card], key: Callable[[Card], object]) -> tuple[Card, ...]:
    """Give the latest card for each key, in the order the keys came first."""
    found: dict[object, Card] = {}
    for act in done:
        if act.name == name:
            card = body.read(act.body, kind)
            found[key(card)] = card
    return tuple(found.values())


def _earlier(assessment: UUID) -> Earlier:
    row = row_of(assessment)
    sealed = seal.row_of(assessment)
    partner, project = subjects_of(row, sealed)
    answers = answering.answers_of(assessment)
    result = _result(row, sealed, answers, project)
    return Earlier(_card(row, sealed, result, partner, project), template_of(row), answers, result, evidence.cards_of(assessment))
