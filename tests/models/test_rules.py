"""What no window can talk the vault into: each act checks who, when and on what by itself, and a refused one leaves nothing."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from uuid import UUID

import peewee
import pytest

from forms.answers import Answer
from forms.errors import GedigenError
from forms.risk import RiskEntry
from models import actor, answering, audit, deciding, evidence, partner, person, review, sealing, starting
from models.actor import Actor
from models.cards import JudgedRating, PartnerDraft, ProjectDraft, RecommendationDraft, ReviewPoint
from models.errors import ActRefused, NotReady, RecordRefused, SealedAssessment
from models.remaining import obstacles
from models.wrapping import Cost
from tests.models.conftest import ASA, SmallCase
from tests.models.test_review import AGREES, DECIDED

BOARD, PLAN = "governance.board.meetings", "governance.plan"
IVA = "ivas egna ord"


def added(case: SmallCase, by: Actor, name: str = "Protokoll 2026-01", question: str = BOARD, dated: date | None = None) -> UUID:
    return evidence.add(
        actor=by,
        assessment=case.assessment,
        instrument=case.template.id,
        question=question,
        path=None,
        name=name,
        note="",
        dated=dated,
    )


@pytest.fixture
def iva(small_case: SmallCase, cost: Cost) -> Actor:
    """Iva, who both answers and reviews."""
    card = person.add_person(
        by=small_case.asa,
        administrator_passphrase=ASA,
        name="Iva Om",
        email="",
        roles={"caseworker", "reviewer"},
        passphrase=IVA,
        cost=cost,
    )
    return actor.unlock(person=card.id, passphrase=IVA)


def refused(act: Callable[[], object], *errors: type[GedigenError]) -> None:
    """Make sure that an act is refused and that the trail has no entry of it."""
    before = audit.head()
    with pytest.raises(errors or (ActRefused,)):
        act()
    assert audit.head() == before


def test_somebody_who_only_reviews_writes_nothing_in_the_register_or_in_a_case(small_case: SmallCase) -> None:
    case, rut = small_case, small_case.rut
    item = added(case, case.asa)
    draft = case.file().card.draft
    refused(lambda: partner.register(actor=rut, draft=PartnerDraft(name="Ny", country="SE")))
    refused(lambda: partner.edit(actor=rut, partner=case.partner, rev=1, draft=PartnerDraft(name="Ny", country="SE")))
    refused(lambda: partner.add_project(actor=rut, partner=case.partner, draft=ProjectDraft(title="Nytt")))
    refused(lambda: starting.start(actor=rut, draft=draft, template=case.template))
    refused(lambda: added(case, rut))
    refused(lambda: evidence.withdraw(actor=rut, evidence=item, reason="nej"))
    refused(lambda: review.submit(actor=rut, assessment=case.assessment))
    refused(lambda: review.withdraw(actor=rut, assessment=case.assessment, reason="nej"))
    refused(lambda: review.judge(actor=rut, assessment=case.assessment, rating=JudgedRating(case.template.id, "organisation", "strong")))
    refused(lambda: review.recommend(actor=rut, assessment=case.assessment, draft=RecommendationDraft("approve", "Ja.")))


def test_a_role_that_was_taken_away_counts_no_more_in_an_open_session(small_case: SmallCase, iva: Actor) -> None:
    person.set_roles(by=small_case.asa, person=iva.person, roles={"manager"})
    assert "caseworker" in iva.roles
    refused(lambda: added(small_case, iva))
    person.end_person(by=small_case.asa, person=iva.person)
    refused(lambda: review.declare_tie(actor=iva, assessment=small_case.assessment, has_tie=False, text=""))


def test_another_caseworker_neither_recommends_submits_nor_ends_a_case(small_case: SmallCase, iva: Actor) -> None:
    small_case.make_ready()
    refused(lambda: review.recommend(actor=iva, assessment=small_case.assessment, draft=RecommendationDraft("approve", "Ja.")))
    refused(lambda: review.submit(actor=iva, assessment=small_case.assessment))
    refused(lambda: review.withdraw(actor=iva, assessment=small_case.assessment, reason="nej"))


def test_an_administrator_ends_a_case_whose_caseworker_has_left(small_case: SmallCase, iva: Actor) -> None:
    made = starting.start(actor=iva, draft=small_case.file().card.draft, template=small_case.template)
    refused(lambda: review.withdraw(actor=small_case.asa, assessment=made, reason="nej"))
    person.end_person(by=small_case.asa, person=iva.person)
    review.withdraw(actor=small_case.asa, assessment=made, reason="Iva har slutat.")


@pytest.mark.parametrize("stage", ["submit", "agree", "seal"])
def test_evidence_is_neither_added_nor_taken_back_from_submission_on(small_case: SmallCase, stage: str) -> None:
    item = added(small_case, small_case.asa)
    getattr(small_case, stage)()
    refused(lambda: added(small_case, small_case.asa, "Sent"), SealedAssessment)
    refused(lambda: evidence.withdraw(actor=small_case.asa, evidence=item, reason="nej"), SealedAssessment)


def test_evidence_belongs_to_a_question_that_is_there_and_is_taken_back_once(small_case: SmallCase) -> None:
    refused(lambda: added(small_case, small_case.asa, question="no.such.question"), RecordRefused)
    item = added(small_case, small_case.asa)
    evidence.withdraw(actor=small_case.asa, evidence=item, reason="Fel fil.")
    refused(lambda: evidence.withdraw(actor=small_case.asa, evidence=item, reason="Igen."), RecordRefused)
    refused(lambda: evidence.withdraw(actor=small_case.asa, evidence=small_case.partner, reason="Fel."), RecordRefused)


def test_whoever_added_evidence_does_not_review_and_declares_ties(small_case: SmallCase, iva: Actor) -> None:
    added(small_case, iva)
    small_case.make_ready()
    refused(lambda: review.submit(actor=small_case.asa, assessment=small_case.assessment), NotReady)
    review.declare_tie(actor=iva, assessment=small_case.assessment, has_tie=False, text="")
    review.submit(actor=small_case.asa, assessment=small_case.assessment)
    refused(lambda: review.agree(actor=iva, assessment=small_case.assessment, comment="", points=AGREES))
    refused(lambda: review.send_back(actor=iva, assessment=small_case.assessment, comment="Nej"))


def test_ties_are_closed_with_the_seal_and_only_declared_ones_are_decided(small_case: SmallCase) -> None:
    case = small_case
    refused(
        lambda: review.resolve_tie(actor=case.rut, assessment=case.assessment, person=case.asa.person, resolution="går bra"), RecordRefused
    )
    case.seal()
    refused(lambda: review.declare_tie(actor=case.asa, assessment=case.assessment, has_tie=True, text="Svåger"), SealedAssessment)


def test_a_declared_tie_is_not_taken_back_without_a_word_nor_decided_by_somebody_with_an_open_one(small_case: SmallCase) -> None:
    case = small_case
    for who, text in ((case.asa, "Svåger"), (case.rut, "Granne")):
        review.declare_tie(actor=who, assessment=case.assessment, has_tie=True, text=text)
    refused(lambda: review.declare_tie(actor=case.asa, assessment=case.assessment, has_tie=False, text=" "), RecordRefused)
    refused(lambda: review.resolve_tie(actor=case.rut, assessment=case.assessment, person=case.asa.person, resolution="går bra"))


def test_a_risk_is_the_templates_or_ones_own_and_a_rating_is_of_something(small_case: SmallCase) -> None:
    case = small_case
    own = RiskEntry("r1", "", "own", "Torka", "organisation", 3, 3, False, "", 3, 3)
    review.decide_risk(actor=case.asa, assessment=case.assessment, entry=own)
    for wrong in ({"proposal": "made-up", "choice": "accepted"}, {"choice": "accepted"}, {"subject": "project"}):
        entry = dataclasses.replace(own, **wrong)  # type: ignore[arg-type]
        refused(lambda entry=entry: review.decide_risk(actor=case.asa, assessment=case.assessment, entry=entry), RecordRefused)
    for rating in (
        JudgedRating("other", "organisation", "strong"),
        JudgedRating(case.template.id, "project", "strong"),
        JudgedRating(case.template.id, "organisation", "splendid"),
    ):
        refused(lambda rating=rating: review.judge(actor=case.asa, assessment=case.assessment, rating=rating), RecordRefused)


def test_a_review_says_one_word_on_each_question_that_there_is(small_case: SmallCase) -> None:
    case = small_case
    case.submit()
    review.declare_tie(actor=case.rut, assessment=case.assessment, has_tie=False, text="")
    for points in ((*AGREES, *AGREES), (*AGREES, ReviewPoint("no.such.question", agrees=True))):
        refused(lambda points=points: review.agree(actor=case.rut, assessment=case.assessment, comment="", points=points), RecordRefused)


def test_the_result_seen_by_somebody_who_does_not_answer_steers_nothing(small_case: SmallCase) -> None:
    small_case.answer_all()
    review.see_result(actor=small_case.rut, assessment=small_case.assessment)
    assert small_case.file().result_seen_at is None


def test_last_times_answer_is_confirmed_only_as_it_was(small_case: SmallCase) -> None:
    small_case.seal()
    renewal = small_case.renew()
    better = Answer("answered", 4, "verified")
    refused(
        lambda: answering.confirm(
            actor=renewal.asa, assessment=renewal.assessment, key=renewal.key(BOARD), earlier=better, sentence="Som förr."
        ),
        RecordRefused,
    )
    refused(
        lambda: answering.give(
            actor=renewal.asa, assessment=renewal.assessment, key=renewal.key(PLAN), answer=Answer("answered", "yes"), source="confirmed"
        ),
        RecordRefused,
    )


def test_evidence_older_than_the_template_allows_confirms_nothing(small_case: SmallCase) -> None:
    small_case.seal()
    renewal = small_case.renew()
    question = renewal.template.question(BOARD)
    added(renewal, renewal.asa, dated=date(2026, 3, 8))
    assert not evidence.has_fresh_evidence(renewal.assessment, question)
    added(renewal, renewal.asa, dated=date(2026, 3, 9))
    assert evidence.has_fresh_evidence(renewal.assessment, question)


def test_an_assessment_starts_only_from_a_sealed_one_that_nothing_replaces(small_case: SmallCase) -> None:
    refused(lambda: small_case.renew(), RecordRefused)
    refused(lambda: small_case.renew(kind="new", previous=None, supersedes=small_case.assessment), RecordRefused)
    small_case.seal()
    other = partner.register(actor=small_case.asa, draft=PartnerDraft(name="En annan (påhittad)", country="SE"))
    refused(lambda: small_case.renew(partner=other), RecordRefused)
    correction = small_case.renew(kind="new", previous=None, supersedes=small_case.assessment)
    refused(lambda: small_case.renew(), RecordRefused)
    refused(lambda: small_case.renew(kind="new", previous=None, supersedes=small_case.assessment), RecordRefused)
    review.withdraw(actor=small_case.asa, assessment=correction.assessment, reason="Behövdes inte.")
    assert small_case.renew().file().earlier is not None


def test_one_renewal_at_a_time_and_a_withdrawn_one_leaves_room(small_case: SmallCase) -> None:
    small_case.seal()
    first = small_case.renew()
    refused(lambda: small_case.renew(), RecordRefused)
    review.withdraw(actor=small_case.asa, assessment=first.assessment, reason="Fel år.")
    small_case.renew()


def test_the_template_is_the_one_that_was_chosen(small_case: SmallCase) -> None:
    draft = dataclasses.replace(small_case.file().card.draft, template_id="another")
    refused(lambda: starting.start(actor=small_case.asa, draft=draft, template=small_case.template), RecordRefused)


def test_a_decision_is_not_dated_ahead_nor_before_the_last_one(small_case: SmallCase) -> None:
    case = small_case
    case.seal()
    refused(
        lambda: deciding.put(actor=case.asa, assessment=case.assessment, draft=dataclasses.replace(DECIDED, decided_on=date(2100, 1, 1))),
        RecordRefused,
    )
    refused(lambda: deciding.put(actor=case.rut, assessment=case.assessment, draft=DECIDED))


def test_no_decision_is_recorded_about_an_assessment_that_was_replaced(small_case: SmallCase) -> None:
    small_case.seal()
    correction = small_case.renew(kind="new", previous=None, supersedes=small_case.assessment)
    correction.seal()
    assert small_case.file().card.state == "superseded"
    refused(lambda: deciding.put(actor=small_case.asa, assessment=small_case.assessment, draft=DECIDED), RecordRefused)


def test_the_database_refuses_what_goes_round_the_acts(small_case: SmallCase, iva: Actor) -> None:
    added(small_case, iva)
    with pytest.raises(peewee.IntegrityError, match="keeps the name"):
        person.Person.update(name="Någon annan").execute()
    small_case.answer_all()
    review.declare_tie(actor=iva, assessment=small_case.assessment, has_tie=False, text="")
    small_case.seal()
    for statement in ("DELETE FROM answer_current", "UPDATE answer_current SET question = 'x'"):
        with pytest.raises(peewee.IntegrityError, match="sealed"):
            answering.AnswerCurrent._meta.database.execute_sql(statement)


def test_only_the_caseworker_seals_and_only_what_was_agreed(small_case: SmallCase, iva: Actor) -> None:
    small_case.submit()
    refused(lambda: sealing.put(actor=small_case.asa, assessment=small_case.assessment, record=b"{}"), NotReady)
    review.reopen(actor=small_case.asa, assessment=small_case.assessment)
    small_case.agree()
    record = small_case.record()
    refused(lambda: sealing.put(actor=iva, assessment=small_case.assessment, record=record))
    refused(lambda: sealing.put(actor=small_case.rut, assessment=small_case.assessment, record=record))


def test_a_key_question_confirmed_by_evidence_that_was_taken_back_waits_for_something_else(small_case: SmallCase) -> None:
    small_case.seal()
    renewal = small_case.renew()
    item = added(renewal, renewal.asa)
    answering.confirm(actor=renewal.asa, assessment=renewal.assessment, key=renewal.key(BOARD), earlier=Answer("answered", 3, "seen"))
    assert "confirmed" not in [one.id for one in obstacles(renewal.file(), stage="submit")]
    evidence.withdraw(actor=renewal.asa, evidence=item, reason="Fel fil.")
    assert "confirmed" in [one.id for one in obstacles(renewal.file(), stage="submit")]
