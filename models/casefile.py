"""The file of a case: everything about one assessment, read in one go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from forms.answers import AnswerSet
from forms.result import Case
from forms.risk import RiskEntry
from models import answering, body, decision, evidence, outside_result, rapid, report, seal
from models.act import ActRow, acts
from models.assessment import Assessment, derive_state, draft_of, due_after, row_of
from models.cards import (
    AssessmentCard,
    AssessmentDraft,
    AssessmentFile,
    DecisionDraft,
    Earlier,
    InstrumentCard,
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
from models.instruments import InUse, Sum, add_up, in_use, own_tables
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
    # Every fact stands in ``forms.facts``.
    first = draft.first_time if draft.first_time is not None else draft.previous is None
    facts = {
        "kind": draft.kind,
        "collaboration": draft.collaboration,
        "first_time": "yes" if first else "no",
        "fragile": "yes" if draft.fragile else "no",
    }
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
    """Give the case that the instrument in focus is scored for, with what its reviewer has approved."""
    case = case_for(draft=file.card.draft, project=file.project, approves_not_applicable=_approves(file.reviews))
    return replace(case, scope=file.scope)


def with_answers(file: AssessmentFile, own: AnswerSet) -> AssessmentFile:
    """Give an open file as it would be with other own answers: linked anew, and every instrument scored by itself."""
    used = tuple(InUse(one.template, one.scope) for one in file.instruments) or (InUse(file.template, file.scope),)
    case = case_for(draft=file.card.draft, project=file.project, approves_not_applicable=_approves(file.reviews))
    before = Sum(file.answers, tuple(seen.result for seen in file.each()), file.origins)
    done = add_up(used, own, case, before)
    cards = (
        tuple(replace(one, result=result) for one, result in zip(file.instruments, done.results, strict=True)) if file.instruments else ()
    )
    place = next(place for place, one in enumerate(used) if one.template.id == file.template.id)
    return replace(file, answers=done.answers, origins=done.origins, result=done.results[place], instruments=cards)


def read(assessment: UUID) -> AssessmentFile:
    """Read everything about an assessment. Raises ``RecordRefused`` when there is none.

    Of a sealed one, partner, project and result are as they were sealed, whatever the register says today.
    """
    row = row_of(assessment)
    names = {person.id: person.name for person in Person.select(Person.id, Person.name)}
    done = acts(assessment)
    sealed = seal.row_of(assessment)
    reviews = _reviews(done)
    partner, project = subjects_of(row, sealed)
    used = in_use(row, done)
    stands = _stands(row, used, sealed, project)
    instruments = tuple(InstrumentCard(one.template, one.scope, result) for one, result in zip(used, stands.results, strict=True))
    earlier = _earlier(row.previous_id) if row.previous_id else {}
    instruments = tuple(
        replace(
            one,
            # What is assessed by another template this time is still compared with last time's main one.
            earlier=earlier.get(one.template.id) or (next(iter(earlier.values()), None) if place == 0 else None),
            seen_at=answering.result_seen_at(done, one.template.id),
        )
        for place, one in enumerate(instruments)
    )
    decided, documents = decision.latest(assessment), report.documents(assessment)
    return AssessmentFile(
        card=_card(row, sealed, used, stands, partner, project),
        partner=partner,
        project=project,
        template=instruments[0].template,
        answers=stands.answers,
        answer_cards=answering.answer_cards(assessment),
        result=instruments[0].result,
        evidence=evidence.cards_of(assessment),
        ties=_ties(done),
        risks=_latest(done, "risk.decided", RiskEntry, lambda entry: entry.id),
        judged=_judged(done, used),
        recommendation=_recommendation(done),
        reviews=reviews,
        seal=seal.card(sealed) if sealed else None,
        reports=tuple(one for one in documents if report.is_main(one)),
        documents=tuple(one for one in documents if not report.is_main(one)),
        decision=decided,
        earlier=instruments[0].earlier,
        result_seen_at=instruments[0].seen_at,
        changed_after_result=answering.changed_after_result(assessment),
        answered_by=answering.answered_by(assessment),
        outside=outside_result.cards_of(row.partner_id, at=sealed.created_at if sealed else None),
        people=names,
        instruments=instruments,
        origins=stands.origins,
    )


def subjects_of(row: Assessment, sealed: Seal | None) -> tuple[PartnerCard, ProjectCard | None]:
    """Give partner and project of an assessment: as they were sealed, else as they are now."""
    partner = partner_card(row.partner_id, rev=sealed.partner_rev if sealed else None)
    if row.project_id is None:
        return partner, None
    return partner, project_card(row.project_id, rev=sealed.project_rev if sealed else None)


def rescore(row: Assessment, own: AnswerSet, project: ProjectCard | None, used: tuple[InUse, ...] | None = None) -> Sum:
    """Score an assessment by its own answers, whether it is sealed or not, each instrument by itself."""
    reviews = _reviews(acts(row.id, "review.agreed", "review.returned"))
    case = case_for(draft=draft_of(row), project=project, approves_not_applicable=_approves(reviews))
    return add_up(in_use(row) if used is None else used, own, case)


def _stands(row: Assessment, used: tuple[InUse, ...], sealed: Seal | None, project: ProjectCard | None) -> Sum:
    """Give what the answers add up to; of a sealed assessment the Results as they were sealed."""
    stands = rescore(row, answering.answers_of(row.id), project, used)
    return stands if sealed is None else replace(stands, results=seal.results_of(sealed))


def _card(
    row: Assessment, sealed: Seal | None, used: tuple[InUse, ...], stands: Sum, partner: PartnerCard, project: ProjectCard | None
) -> AssessmentCard:
    draft, done, decided = draft_of(row), acts(row.id), decision.latest(row.id)
    bands = {subject.subject: subject.score.band for subject in stands.results[0].subjects}
    reviews = [act for act in done if act.name.startswith("review.")]
    corrections = Assessment.select(Assessment.id).where(Assessment.supersedes == row.id)
    superseded = any(seal.is_sealed(correction.id) for correction in corrections)
    outcome = decided.draft.outcome if decided else None
    continued_by, is_completed = rapid.continuation(row) if draft.rapid is not None else ("", False)
    latest = answering.latest_at(row.id)
    times = [row.created_at, *(act.at for act in done), latest, sealed.created_at if sealed else None, decided.at if decided else None]
    return AssessmentCard(
        id=row.id,
        case_number=row.case_number,
        draft=draft,
        partner_name=partner.name,
        project_title=project.draft.title if project else "",
        template_hash=used[0].template.hash,
        caseworker=row.caseworker_id,
        caseworker_name=Person.get_by_id(row.caseworker_id).name,
        state=derive_state(acts=[act.name for act in done], sealed=sealed is not None, outcome=outcome, superseded=superseded),
        created_at=row.created_at,
        touched_at=max(at for at in times if at is not None),
        asked=sum(result.completeness.asked for result in stands.results),
        answered=sum(result.completeness.answered for result in stands.results),
        organisation_band=bands.get("organisation"),
        project_band=bands.get("project"),
        stops=sum(len(result.stops) for result in stands.results),
        reviewer_name=reviews[-1].person_name if reviews else "",
        decided_on=decided.draft.decided_on if decided else None,
        next_due=next_due(draft, decided.draft if decided else None, _recommendation(done)),
        tables=own_tables(used[0].template.hash, bands),
        outcome=outcome or "",
        continued_by=continued_by,
        is_completed=is_completed,
    )


def next_due(draft: AssessmentDraft, decided: DecisionDraft | None, recommended: RecommendationDraft | None) -> date | None:
    """Give when the next assessment is due: as decided, else as recommended, else after the usual years; only once approved."""
    if decided is None or decided.outcome not in ("approve", "approve_with_conditions"):
        return None
    if draft.rapid is not None:
        return draft.rapid.complete_by
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


def _judged(done: tuple[ActRow, ...], used: tuple[InUse, ...]) -> tuple[JudgedRating, ...]:
    """Give the judged ratings of the instruments in use."""
    found = _latest(done, "rating.judged", JudgedRating, lambda rating: (rating.instrument, rating.area))
    return tuple(one for one in found if one.instrument in {each.template.id for each in used})


def _earlier(assessment: UUID) -> dict[str, Earlier]:
    """Give last time's assessment once for each of its instruments, by the instrument's id."""
    row = row_of(assessment)
    sealed = seal.row_of(assessment)
    partner, project = subjects_of(row, sealed)
    used = in_use(row)
    stands = _stands(row, used, sealed, project)
    card, kept = _card(row, sealed, used, stands, partner, project), evidence.cards_of(assessment)
    return {
        one.template.id: Earlier(card, one.template, stands.answers, result, kept) for one, result in zip(used, stands.results, strict=True)
    }
