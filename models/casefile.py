"""The file of a case: everything about one assessment read in one go, and the cards that lists show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from forms.result import Case, Result
from forms.risk import RiskEntry
from forms.scoring import score
from forms.template import Template
from models import answering, body, decision, evidence, report, seal
from models.act import ActRow, acts
from models.assessment import Assessment, derive_state, draft_of, due_after, row_of, template_of
from models.cards import (
    AssessmentCard,
    AssessmentDraft,
    AssessmentFile,
    AssessmentState,
    DecisionCard,
    Earlier,
    JudgedRating,
    ProjectCard,
    ProjectDraft,
    RecommendationDraft,
    ReviewCard,
    ReviewPoint,
    TieCard,
)
from models.database import utc_now
from models.identity import Person
from models.partner import card as partner_card
from models.partner import project_card

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
    """Read everything about an assessment. Raises ``RecordRefused`` when there is none."""
    row = row_of(assessment)
    draft = draft_of(row)
    template = template_of(row)
    names = {person.id: person.name for person in Person.select(Person.id, Person.name)}
    done = acts(assessment)
    reviews = _reviews(done)
    partner = partner_card(row.partner_id)
    project = project_card(row.project_id) if row.project_id else None
    answers = answering.answers_of(assessment)
    result = score(template, answers, case_for(draft=draft, project=project, approves_not_applicable=_approves(reviews)))
    seen = next((act.at for act in done if act.name == "result.seen"), None)
    return AssessmentFile(
        card=_card(row, draft, done, result),
        partner=partner,
        project=project,
        template=template,
        answers=answers,
        answer_cards=answering.answer_cards(assessment),
        result=result,
        evidence=evidence.cards_of(assessment),
        ties=_ties(done, names),
        risks=_latest(done, "risk.decided", RiskEntry, lambda entry: entry.id),
        judged=_latest(done, "rating.judged", JudgedRating, lambda rating: (rating.instrument, rating.area)),
        recommendation=_recommendation(done),
        reviews=reviews,
        seal=seal.card_of(assessment),
        reports=report.revisions(assessment),
        decision=decision.latest(assessment),
        earlier=_earlier(row.previous_id) if row.previous_id else None,
        result_seen_at=seen,
        changed_after_result=answering.changed_after_result(assessment),
        answered_by=answering.answered_by(assessment),
        people=names,
    )


def cards(*, partner: UUID | None = None) -> tuple[AssessmentCard, ...]:
    """Give assessments as lists show them, the last touched first, all or one partner's."""
    query = Assessment.select()
    if partner is not None:
        query = query.where(Assessment.partner == partner)
    found = [_card(row, draft_of(row), acts(row.id), None) for row in query]
    return tuple(sorted(found, key=lambda card: card.touched_at, reverse=True))


def _card(row: Assessment, draft: AssessmentDraft, done: tuple[ActRow, ...], result: Result | None) -> AssessmentCard:
    decided = decision.latest(row.id)
    sealed = seal.is_sealed(row.id)
    if result is None:
        project = project_card(row.project_id) if row.project_id else None
        case = case_for(draft=draft, project=project, approves_not_applicable=_approves(_reviews(done)))
        result = score(template_of(row), answering.answers_of(row.id), case)
    bands = {subject.subject: subject.score.band for subject in result.subjects}
    reviews = [act for act in done if act.name.startswith("review.")]
    return AssessmentCard(
        id=row.id,
        case_number=row.case_number,
        draft=draft,
        partner_name=partner_card(row.partner_id).name,
        project_title=project_card(row.project_id).draft.title if row.project_id else "",
        template_hash=row.template_hash,
        caseworker=row.caseworker_id,
        caseworker_name=Person.get_by_id(row.caseworker_id).name,
        state=_state(row, done, sealed=sealed, decided=decided),
        created_at=row.created_at,
        touched_at=_touched(row, done, decided),
        asked=result.completeness.asked,
        answered=result.completeness.answered,
        organisation_band=bands.get("organisation"),
        project_band=bands.get("project"),
        stops=len(result.stops),
        reviewer_name=reviews[-1].person_name if reviews else "",
        decided_on=decided.draft.decided_on if decided else None,
        next_due=_due(draft, done, decided),
    )


def _state(row: Assessment, done: tuple[ActRow, ...], *, sealed: bool, decided: DecisionCard | None) -> AssessmentState:
    corrections = Assessment.select(Assessment.id).where(Assessment.supersedes == row.id)
    return derive_state(
        acts=[act.name for act in done],
        sealed=sealed,
        outcome=decided.draft.outcome if decided else None,
        superseded=any(seal.is_sealed(correction.id) for correction in corrections),
    )


def _touched(row: Assessment, done: tuple[ActRow, ...], decided: DecisionCard | None) -> datetime:
    times = [row.created_at, *(act.at for act in done)]
    latest = answering.latest_at(row.id)
    if latest is not None:
        times.append(latest)
    if decided is not None:
        times.append(decided.at)
    return max(times)


def _due(draft: AssessmentDraft, done: tuple[ActRow, ...], decided: DecisionCard | None) -> date | None:
    """Give when the next assessment is due: as decided, else as recommended, else after the usual years; only once decided."""
    if decided is None or decided.draft.outcome not in ("approve", "approve_with_conditions"):
        return None
    if decided.draft.next_due is not None:
        return decided.draft.next_due
    recommended = _recommendation(done)
    if recommended is not None and recommended.next_due is not None:
        return recommended.next_due
    return due_after(draft.as_of, YEARS_BETWEEN)


def _approves(reviews: tuple[ReviewCard, ...]) -> bool:
    return bool(reviews) and reviews[-1].approves_not_applicable


def _reviews(done: tuple[ActRow, ...]) -> tuple[ReviewCard, ...]:
    cards = []
    for act in done:
        if act.name in ("review.agreed", "review.returned"):
            word = body.read(act.body, Word)
            outcome = "agreed" if act.name == "review.agreed" else "returned"
            cards.append(
                ReviewCard(act.person, act.person_name, outcome, word.comment, word.points, word.approves_not_applicable, act.at)  # type: ignore[arg-type]
            )
    return tuple(cards)


def _ties(done: tuple[ActRow, ...], names: dict[UUID, str]) -> tuple[TieCard, ...]:
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
                    declared.person, names[declared.person], declared.has_tie, declared.text, declared.at, resolution.text, act.person_name
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
    draft = draft_of(row)
    template: Template = template_of(row)
    answers = answering.answers_of(assessment)
    done = acts(assessment)
    project = project_card(row.project_id) if row.project_id else None
    result = score(template, answers, case_for(draft=draft, project=project, approves_not_applicable=_approves(_reviews(done))))
    return Earlier(_card(row, draft, done, result), template, answers, result, evidence.cards_of(assessment))


def waiting(*, person: UUID) -> tuple[AssessmentCard, ...]:
    """Give the assessments that wait for a review by this person: in review, and not written in by the person."""
    return tuple(
        card for card in cards() if card.state == "in_review" and person != card.caseworker and person not in answering.answered_by(card.id)
    )


def due(*, within_days: int) -> tuple[AssessmentCard, ...]:
    """Give decided assessments whose renewal is due within some days, or overdue, soonest first; renewed ones are left out."""
    today = utc_now().date()
    renewed = {row.previous_id for row in Assessment.select(Assessment.previous) if row.previous_id}
    found = [
        card
        for card in cards()
        if card.state == "decided" and card.id not in renewed and card.next_due is not None and (card.next_due - today).days <= within_days
    ]
    return tuple(sorted(found, key=lambda card: card.next_due or today))
