"""What review, seal and decision promise: four eyes, each with own secret; a seal never changes; a stop goes to the board."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Literal

import msgspec
import peewee
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from forms.template import Condition, StopCriterion
from models import act, actor, audit, case_list, casefile, deciding, partner, review, seal, sealing, starting
from models.actor import Actor
from models.cards import AgreementCondition, DecisionDraft, ReviewPoint, Waiver
from models.database import own_day
from models.errors import ActRefused, NotReady, RecordRefused, SealedAssessment
from models.remaining import obstacles
from tests.models.conftest import SmallCase

BOARD = "governance.board.meetings"
AGREES = (ReviewPoint(BOARD, agrees=True),)


def test_submitting_is_refused_while_something_is_open_and_names_it(small_case: SmallCase) -> None:
    small_case.give(BOARD, 3)
    with pytest.raises(NotReady, match="remain"):
        review.submit(actor=small_case.asa, assessment=small_case.assessment)
    assert small_case.file().card.state == "draft"


def test_what_remains_is_listed_in_the_order_one_would_do_it(small_case: SmallCase) -> None:
    assert [one.id for one in obstacles(small_case.file(), stage="submit")] == ["tie", "open", "open", "open"]
    small_case.answer_all()
    assert [one.id for one in obstacles(small_case.file(), stage="submit")] == ["tie", "judged", "recommendation"]
    small_case.make_ready()
    assert obstacles(small_case.file(), stage="submit") == ()
    assert [one.id for one in obstacles(small_case.file(), stage="seal")] == ["review"]


def test_a_rating_that_differs_from_the_calculated_one_needs_a_reason(small_case: SmallCase) -> None:
    small_case.make_ready()
    rating = dataclasses.replace(small_case.file().judged[0], rating="weak")
    review.judge(actor=small_case.asa, assessment=small_case.assessment, rating=rating)
    assert [one.id for one in obstacles(small_case.file(), stage="submit")] == ["judged_reason"]


def test_the_caseworker_cannot_review_the_own_assessment(small_case: SmallCase) -> None:
    small_case.submit()
    with pytest.raises(ActRefused):
        review.agree(actor=small_case.asa, assessment=small_case.assessment, comment="", points=AGREES)
    assert small_case.file().card.state == "in_review"


def test_a_caseworker_who_is_also_a_reviewer_still_needs_a_second_person(small_case: SmallCase) -> None:
    small_case.submit()
    with pytest.raises(peewee.IntegrityError, match="another person"):
        act.add(actor=small_case.asa, assessment=small_case.assessment, name="review.agreed", card=casefile.Word("", AGREES))
    assert small_case.file().card.state == "in_review"


def test_a_review_signed_with_the_caseworkers_key_in_the_reviewers_name_is_refused(small_case: SmallCase) -> None:
    small_case.submit()
    review.declare_tie(actor=small_case.rut, assessment=small_case.assessment, has_tie=False, text="")
    with pytest.raises(ActRefused):
        Actor(person=small_case.rut.person, key=small_case.asa.private_key)
    forged = object.__new__(Actor)
    for name, value in (("person", small_case.rut.person), ("name", "Rut Al"), ("roles", small_case.rut.roles)):
        setattr(forged, name, value)
    forged.certificate, forged._key = small_case.rut.certificate, small_case.asa.private_key
    before = audit.head()
    with pytest.raises(ActRefused):
        review.agree(actor=forged, assessment=small_case.assessment, comment="", points=AGREES)
    assert small_case.file().card.state == "in_review"
    assert audit.head() == before


def test_a_locked_reviewer_cannot_agree(small_case: SmallCase) -> None:
    small_case.submit()
    review.declare_tie(actor=small_case.rut, assessment=small_case.assessment, has_tie=False, text="")
    small_case.rut.lock()
    with pytest.raises(actor.PersonLocked):
        review.agree(actor=small_case.rut, assessment=small_case.assessment, comment="", points=AGREES)


@pytest.mark.parametrize("points", [(), (ReviewPoint(BOARD, agrees=False),)])
def test_a_review_says_a_word_on_every_key_question(small_case: SmallCase, points: tuple[ReviewPoint, ...]) -> None:
    small_case.submit()
    review.declare_tie(actor=small_case.rut, assessment=small_case.assessment, has_tie=False, text="")
    with pytest.raises(NotReady, match=r"key question|disagree"):
        review.agree(actor=small_case.rut, assessment=small_case.assessment, comment="", points=points)


def test_a_reviewer_declares_ties_first_and_an_open_tie_waits_for_another_person(small_case: SmallCase) -> None:
    small_case.submit()
    with pytest.raises(NotReady, match="ties"):
        review.agree(actor=small_case.rut, assessment=small_case.assessment, comment="", points=AGREES)
    review.declare_tie(actor=small_case.rut, assessment=small_case.assessment, has_tie=True, text="Satt i styrelsen 2019")
    with pytest.raises(NotReady, match="decided about"):
        review.agree(actor=small_case.rut, assessment=small_case.assessment, comment="", points=AGREES)
    with pytest.raises(ActRefused):
        review.resolve_tie(actor=small_case.rut, assessment=small_case.assessment, person=small_case.rut.person, resolution="går bra")
    review.resolve_tie(actor=small_case.asa, assessment=small_case.assessment, person=small_case.rut.person, resolution="Sju år sedan")
    review.agree(actor=small_case.rut, assessment=small_case.assessment, comment="", points=AGREES)
    assert small_case.file().card.state == "agreed"


def test_an_assessment_sent_back_is_open_again_with_the_reviewers_comment(small_case: SmallCase) -> None:
    small_case.submit()
    review.declare_tie(actor=small_case.rut, assessment=small_case.assessment, has_tie=False, text="")
    review.send_back(actor=small_case.rut, assessment=small_case.assessment, comment="Läs protokoll nummer tre igen.")
    file = small_case.file()
    assert (file.card.state, file.reviews[-1].comment) == ("returned", "Läs protokoll nummer tre igen.")
    small_case.give(BOARD, 2)
    assert small_case.file().answers.of("three-questions", BOARD) is not None


def test_taking_it_back_makes_the_review_start_again(small_case: SmallCase) -> None:
    small_case.agree()
    review.reopen(actor=small_case.asa, assessment=small_case.assessment)
    assert small_case.file().card.state == "draft"
    assert [one.id for one in obstacles(small_case.file(), stage="seal")] == ["review"]


def test_a_seal_is_made_once_and_never_changes(small_case: SmallCase) -> None:
    small_case.seal()
    assert small_case.file().card.state == "sealed"
    with pytest.raises(SealedAssessment):
        sealing.put(actor=small_case.asa, assessment=small_case.assessment, record=small_case.record())
    for statement in ("UPDATE seal SET record = x'00'", "DELETE FROM seal", "UPDATE seal_score SET band = 'strong'", "DELETE FROM act"):
        with pytest.raises(peewee.IntegrityError, match="insert-only"):
            seal.Seal._meta.database.execute_sql(statement)


def test_a_withdrawn_assessment_is_closed_and_readable(small_case: SmallCase) -> None:
    review.withdraw(actor=small_case.asa, assessment=small_case.assessment, reason="Partnern drog sig ur.")
    assert small_case.file().card.state == "withdrawn"
    with pytest.raises(SealedAssessment):
        small_case.give(BOARD, 3)


DECIDED = DecisionDraft("approve", "Styrelsen", "2026-11", "§ 4", own_day())


def test_a_decision_is_recorded_and_makes_the_next_assessment_due(small_case: SmallCase) -> None:
    small_case.seal()
    deciding.put(actor=small_case.asa, assessment=small_case.assessment, draft=DECIDED)
    card = small_case.file().card
    assert (card.state, card.next_due) == ("decided", date(2029, 3, 9))


@pytest.mark.parametrize(
    "draft",
    [
        dataclasses.replace(DECIDED, minutes=""),
        dataclasses.replace(DECIDED, outcome="decline"),
        dataclasses.replace(DECIDED, outcome="approve_with_conditions", departure="försiktighet"),
        dataclasses.replace(DECIDED, decided_on=date(2000, 1, 1)),
        dataclasses.replace(DECIDED, outcome="perhaps"),
    ],
)
def test_a_decision_that_the_record_does_not_allow_is_refused(small_case: SmallCase, draft: DecisionDraft) -> None:
    small_case.seal()
    with pytest.raises(RecordRefused):
        deciding.put(actor=small_case.asa, assessment=small_case.assessment, draft=draft)
    assert small_case.file().decision is None


def test_a_postponed_case_still_waits_and_can_be_decided_later(small_case: SmallCase) -> None:
    small_case.seal()
    deciding.put(actor=small_case.asa, assessment=small_case.assessment, draft=dataclasses.replace(DECIDED, outcome="postpone"))
    assert small_case.file().card.state == "sealed"
    condition = AgreementCondition("Två attestanter", "payment")
    later = dataclasses.replace(DECIDED, outcome="approve_with_conditions", conditions=(condition,), departure="villkor till")
    deciding.put(actor=small_case.asa, assessment=small_case.assessment, draft=later)
    assert small_case.file().card.state == "decided"


def test_no_decision_is_recorded_about_an_assessment_that_is_not_sealed(small_case: SmallCase) -> None:
    small_case.agree()
    with pytest.raises(RecordRefused, match="Seal it"):
        deciding.put(actor=small_case.asa, assessment=small_case.assessment, draft=DECIDED)


def test_home_shows_reviewers_what_waits_for_them_and_not_their_own(small_case: SmallCase) -> None:
    small_case.submit()
    assert [card.id for card in case_list.waiting(person=small_case.rut.person)] == [small_case.assessment]
    assert case_list.waiting(person=small_case.asa.person) == ()


def test_the_trail_of_a_whole_case_is_whole(small_case: SmallCase) -> None:
    small_case.seal()
    deciding.put(actor=small_case.asa, assessment=small_case.assessment, draft=DECIDED)
    assert audit.check_chain().whole
    acts = [entry.act for entry in audit.entries()]
    assert acts.index("submitted") < acts.index("review.agreed") < acts.index("sealed") < acts.index("decided")


def stopped(small_case: SmallCase, waivable: Literal["never", "board"]) -> SmallCase:
    """Seal a case whose template has a stop criterion that its answers meet."""
    criterion = StopCriterion(
        id="audit", text={"sv": "Revision", "en": "Audit"}, waivable=waivable, when=Condition(question="governance.plan", is_=["yes"])
    )
    template = msgspec.structs.replace(small_case.template, stops=[criterion], version="2")
    made = starting.start(actor=small_case.asa, draft=small_case.file().card.draft, template=template)
    case = dataclasses.replace(small_case, assessment=made, template=template)
    case.seal()
    assert [stop.id for stop in case.file().result.stops] == ["audit"]
    return case


def test_a_stop_that_the_board_may_waive_needs_limit_date_and_control(small_case: SmallCase) -> None:
    case = stopped(small_case, "board")
    waiver = Waiver("audit", "högst 100 000 kr", date(2100, 12, 31), "kvartalsvis stickprov")
    for given in ((), (dataclasses.replace(waiver, control=" "),), (dataclasses.replace(waiver, until=date(2026, 1, 1)),)):
        with pytest.raises(RecordRefused, match="waiver"):
            deciding.put(actor=case.asa, assessment=case.assessment, draft=dataclasses.replace(DECIDED, waivers=given))
    other = dataclasses.replace(waiver, stop="other")
    with pytest.raises(RecordRefused, match="that is met"):
        deciding.put(actor=case.asa, assessment=case.assessment, draft=dataclasses.replace(DECIDED, waivers=(waiver, other)))
    deciding.put(actor=case.asa, assessment=case.assessment, draft=dataclasses.replace(DECIDED, waivers=(waiver,)))
    assert case.file().card.state == "decided"


def test_a_stop_that_is_never_waivable_is_not_approved_over(small_case: SmallCase) -> None:
    case = stopped(small_case, "never")
    waiver = Waiver("audit", "högst 100 000 kr", date(2100, 12, 31), "kvartalsvis stickprov")
    with pytest.raises(RecordRefused, match="never"):
        deciding.put(actor=case.asa, assessment=case.assessment, draft=dataclasses.replace(DECIDED, waivers=(waiver,)))
    declined = dataclasses.replace(DECIDED, outcome="decline", departure="Stopp")
    deciding.put(actor=case.asa, assessment=case.assessment, draft=declined)


def test_an_unknown_partner_is_said_plainly(asa: Actor) -> None:
    with pytest.raises(RecordRefused):
        partner.card(asa.person)


def test_a_made_up_key_never_becomes_an_actor(asa: Actor) -> None:
    with pytest.raises(ActRefused):
        Actor(person=asa.person, key=ec.generate_private_key(ec.SECP256R1()))
