"""The cards that lists show: all assessments in a few questions to the vault, however many there are.

What is sealed is read from its seal's rows; only what is still open is scored here. Partner and project carry today's names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import peewee

from models import answering, body, casefile, rapid
from models.act import Act
from models.assessment import Assessment, TemplateText, derive_state, draft_of
from models.cards import AssessmentCard, AssessmentDraft, DecisionDraft, PartnerDraft, RecommendationDraft
from models.database import own_day
from models.decision import Decision
from models.identity import Person
from models.instruments import main_hash, own_tables
from models.partner import Partner, PartnerVersion, Project, project_card
from models.seal import Seal, SealInstrument, SealScore

#: Acts that say how far an assessment has come.
_STEPS = ("submitted", "reopened", "review.returned", "review.agreed", "withdrawn")


@dataclass(frozen=True)
class _Standing:
    """How an assessment adds up: questions asked, answered and stop criteria of all instruments, bands by subject of the main one."""

    asked: int
    answered: int
    stops: int
    bands: Mapping[str, str | None]


@dataclass(frozen=True)
class _Rows:
    """What the vault has about the assessments of a list, by assessment."""

    names: Mapping[UUID, str]
    partners: Mapping[UUID, str]
    projects: Mapping[UUID, str]
    steps: Mapping[UUID, list[tuple[str, str]]]
    touched: Mapping[UUID, list[datetime]]
    recommended: Mapping[UUID, RecommendationDraft]
    decided: Mapping[UUID, DecisionDraft]
    sealed: Mapping[UUID, _Standing]
    superseded: frozenset[UUID]
    upgraded: Mapping[UUID, str]


def cards(*, partner: UUID | None = None) -> tuple[AssessmentCard, ...]:
    """Give assessments as lists show them, the last touched first, all or one partner's."""
    query = Assessment.select()
    if partner is not None:
        query = query.where(Assessment.partner == partner)
    found, rows = list(query), _rows(partner)
    made = rapid.with_continuations([_card(row, rows) for row in found])
    return tuple(sorted(made, key=lambda card: card.touched_at, reverse=True))


def waiting(*, person: UUID, among: Iterable[AssessmentCard] | None = None) -> tuple[AssessmentCard, ...]:
    """Give the assessments that wait for a review by this person: in review, and not written in by the person."""
    return tuple(
        card
        for card in (cards() if among is None else among)
        if card.state == "in_review" and person != card.caseworker and person not in answering.answered_by(card.id)
    )


def due(*, within_days: int, among: Iterable[AssessmentCard] | None = None) -> tuple[AssessmentCard, ...]:
    """Give decided assessments whose renewal is due within some days, or overdue, soonest first.

    One that is renewed is left out, unless the renewal was withdrawn.
    """
    today = own_day()
    known = tuple(cards() if among is None else among)
    renewed = {(card.draft.previous, card.draft.project) for card in known if card.state != "withdrawn"}
    found: list[tuple[date, AssessmentCard]] = [
        (card.next_due, card)
        for card in known
        if card.state == "decided"
        and card.draft.rapid is None  # what completes it is another matter, see ``rapid``
        and (card.id, card.draft.project) not in renewed
        and card.next_due is not None
        and (card.next_due - today).days <= within_days
    ]
    return tuple(card for _, card in sorted(found, key=lambda pair: pair[0]))


def rapid_starts(*, among: Iterable[AssessmentCard] | None = None) -> tuple[AssessmentCard, ...]:
    """Give the rapid starts that are sealed and not completed yet, those whose day comes first (or has passed) first."""
    today = own_day()
    wanted = ("to_complete", "in_completion", "lapsed")
    known = cards() if among is None else among
    found = [card for card in known if card.state in ("sealed", "decided") and rapid.standing(card, today) in wanted]
    return tuple(sorted(found, key=lambda card: card.draft.rapid.complete_by if card.draft.rapid else today))


def sealed_under_real_name(partner: UUID) -> tuple[str, ...]:
    """Give the case numbers of a partner's assessments that were sealed while it was not protected: their records name it for ever."""
    same = (PartnerVersion.partner == Assessment.partner) & (PartnerVersion.rev == Seal.partner_rev)
    query = Assessment.select(Assessment.case_number, PartnerVersion.body).join(Seal, on=(Seal.assessment == Assessment.id))
    query = query.join(PartnerVersion, on=same).where(Assessment.partner == partner).order_by(Assessment.case_number)
    return tuple(number for number, text in _tuples(query) if not body.read(text, PartnerDraft).protected)


def _card(row: Assessment, rows: _Rows) -> AssessmentCard:
    draft, steps, decided = draft_of(row), rows.steps.get(row.id, []), rows.decided.get(row.id)
    sealed = rows.sealed.get(row.id)
    standing = sealed or _scored(row, draft)
    reviewers = [name for act, name in steps if act.startswith("review.")]
    state = derive_state(
        acts=[act for act, _ in steps],
        sealed=sealed is not None,
        outcome=decided.outcome if decided else None,
        superseded=row.id in rows.superseded,
    )
    return AssessmentCard(
        id=row.id,
        case_number=row.case_number,
        draft=draft,
        partner_name=rows.partners[row.partner_id],
        project_title=rows.projects[row.project_id] if row.project_id else "",
        template_hash=rows.upgraded.get(row.id, row.template_hash),
        caseworker=row.caseworker_id,
        caseworker_name=rows.names[row.caseworker_id],
        state=state,
        created_at=row.created_at,
        touched_at=max([row.created_at, *rows.touched.get(row.id, [])]),
        asked=standing.asked,
        answered=standing.answered,
        organisation_band=standing.bands.get("organisation"),
        project_band=standing.bands.get("project"),
        stops=standing.stops,
        reviewer_name=reviewers[-1] if reviewers else "",
        decided_on=decided.decided_on if decided else None,
        next_due=casefile.next_due(draft, decided, rows.recommended.get(row.id)),
        tables=own_tables(rows.upgraded.get(row.id, row.template_hash), standing.bands),
        outcome=decided.outcome if decided else "",
    )


def _scored(row: Assessment, draft: AssessmentDraft) -> _Standing:
    project = project_card(draft.project) if draft.project else None
    results = casefile.rescore(row, answering.answers_of(row.id), project).results
    bands = {subject.subject: subject.score.band for subject in results[0].subjects}
    return _Standing(
        sum(result.completeness.asked for result in results),
        sum(result.completeness.answered for result in results),
        sum(len(result.stops) for result in results),
        bands,
    )


def _rows(partner: UUID | None) -> _Rows:
    def here(column: peewee.Field) -> peewee.Expression:
        if partner is None:
            return column.is_null(False)
        return column.in_(Assessment.select(Assessment.id).where(Assessment.partner == partner))

    names = dict(_tuples(Person.select(Person.id, Person.name)))
    return _Rows(
        names=names,
        partners=dict(_tuples(Partner.select(Partner.id, Partner.name))),
        projects=dict(_tuples(Project.select(Project.id, Project.title))),
        steps=_steps(here(Act.assessment), names),
        touched=_touched(here),
        recommended=_recommended(here(Act.assessment)),
        decided=_decided(here(Decision.assessment)),
        sealed=_sealed(here),
        superseded=frozenset(earlier for (earlier,) in _tuples(_corrected())),
        upgraded=_upgraded(here(Act.assessment)),
    )


def _tuples(query: peewee.ModelSelect[Any]) -> Iterator[tuple[Any, ...]]:
    rows: Iterator[tuple[Any, ...]] = iter(query.tuples())
    return rows


def _corrected() -> peewee.ModelSelect[Any]:
    joined = Assessment.select(Assessment.supersedes).join(Seal, on=(Seal.assessment == Assessment.id))
    return joined.where(Assessment.supersedes.is_null(False))


def _steps(here: peewee.Expression, names: Mapping[UUID, str]) -> dict[UUID, list[tuple[str, str]]]:
    found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    query = Act.select(Act.assessment, Act.name, Act.person).where(here & Act.name.in_(_STEPS)).order_by(Act.audit_seq)
    for assessment, name, person in _tuples(query):
        found[assessment].append((name, names[person]))
    return found


def _upgraded(here: peewee.Expression) -> dict[UUID, str]:
    """Give the main template's hash of each assessment that has gone over to a newer one."""
    moved = [assessment for (assessment,) in _tuples(Act.select(Act.assessment).where(here & (Act.name == "template.upgraded")).distinct())]
    return {row.id: main_hash(row) for row in Assessment.select().where(Assessment.id.in_(moved))}


def _touched(here: Callable[[peewee.Field], peewee.Expression]) -> dict[UUID, list[datetime]]:
    """Give when each was last acted in, answered, sealed and decided."""
    found: dict[UUID, list[datetime]] = defaultdict(list)
    # The seal is later than all that is in the assessment.
    closed = Seal.select(Seal.assessment)
    version = answering.AnswerVersion
    for table, condition in (
        (Act, Act.assessment.not_in(closed)),
        (version, version.assessment.not_in(closed)),
        (Seal, None),
        (Decision, None),
    ):
        query = table.select(table.assessment, peewee.fn.MAX(table.created_at)).where(here(table.assessment)).group_by(table.assessment)
        for assessment, at in _tuples(query if condition is None else query.where(condition)):
            found[assessment].append(at)
    return found


def _recommended(here: peewee.Expression) -> dict[UUID, RecommendationDraft]:
    """Give the recommendations, where the day when the next assessment is due may come from: of decided assessments only."""
    decided = Decision.select(Decision.assessment)
    query = Act.select(Act.assessment, Act.body).where(here & (Act.name == "recommended") & Act.assessment.in_(decided))
    latest = dict(_tuples(query.order_by(Act.audit_seq)))
    return {assessment: body.read(text, RecommendationDraft) for assessment, text in latest.items()}


def _decided(here: peewee.Expression) -> dict[UUID, DecisionDraft]:
    query = Decision.select(Decision.assessment, Decision.body).where(here)
    latest = dict(_tuples(query.order_by(Decision.audit_seq)))
    return {assessment: body.read(text, DecisionDraft) for assessment, text in latest.items()}


def _sealed(here: Callable[[peewee.Field], peewee.Expression]) -> dict[UUID, _Standing]:
    bands: dict[UUID, dict[str, str | None]] = defaultdict(dict)
    scores = SealScore.select(SealScore.assessment, SealScore.instrument, SealScore.name, SealScore.band)
    mains = dict(_tuples(_main_instruments()))
    for assessment, instrument, name, band in _tuples(scores.where(here(SealScore.assessment) & (SealScore.kind == "subject"))):
        if instrument == mains[assessment]:
            bands[assessment][name] = band
    sums: dict[UUID, list[int]] = {}
    for table in (Seal, SealInstrument):
        query = table.select(table.assessment, table.asked, table.answered, table.stops).where(here(table.assessment))
        for assessment, *counts in _tuples(query):
            sums[assessment] = [before + more for before, more in zip(sums.get(assessment, [0, 0, 0]), counts, strict=True)]
    return {one: _Standing(asked, answered, stops, bands[one]) for one, (asked, answered, stops) in sums.items()}


def _main_instruments() -> peewee.ModelSelect[Any]:
    joined = Assessment.select(Assessment.id, TemplateText.template_id)
    return joined.join(TemplateText, on=(TemplateText.hash == Assessment.template_hash))
