"""What Home says on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

import pytest

from desktop.home.state import Upkeep, home_state, upkeep_of
from desktop.language import language
from desktop.operations.assessments import HomeCards
from desktop.operations.timestamp_authority import Timestamps
from desktop.shell.place import Place
from models.cards import AssessmentCard, AssessmentDraft, RapidTerms
from models.certificates import CertificateCard
from models.identity import PersonCard
from models.timestamp_setting import KeptSetting

TODAY = date(2026, 3, 9)


def card(**chosen):
    draft = AssessmentDraft(
        partner=uuid4(), project=None, kind="new", collaboration="partner", template_id="t", scope="light", scope_reason="", as_of=TODAY
    )
    usual = {
        "id": uuid4(),
        "case_number": "2026-001",
        "draft": draft,
        "partner_name": "Solrosen",
        "project_title": "",
        "template_hash": "",
        "caseworker": uuid4(),
        "caseworker_name": "Ada",
        "state": "draft",
        "created_at": datetime(2026, 1, 1),  # noqa: DTZ001
        "touched_at": datetime(2026, 1, 1),  # noqa: DTZ001
    }
    return AssessmentCard(**{**usual, **chosen})


def state(*, to_continue=(), to_review=(), to_decide=(), due=(), partners=1, may_decide=False, code="en"):
    cards = HomeCards(to_continue=to_continue, to_review=to_review, to_decide=to_decide, due=due)
    return home_state(cards, language=language(code), today=TODAY, partners=partners, may_decide=may_decide)


def test_without_a_partner_home_is_new():
    assert state(partners=0).is_new
    assert not state(partners=1).is_new


def test_a_draft_says_how_much_is_done_and_leads_to_it():
    one = card(asked=40, answered=10)
    (line,) = state(to_continue=(one,)).to_continue
    assert (line.note, line.share, line.mark) == ("10 of 40", 0.25, None)
    assert line.place == Place("assessment", assessment=one.id)


def test_a_draft_in_which_nothing_is_asked_has_no_share():
    (line,) = state(to_continue=(card(asked=0),)).to_continue
    assert line.share is None


def test_a_returned_one_is_marked_and_an_agreed_one_leads_to_the_seal():
    returned, agreed = state(to_continue=(card(state="returned"), card(state="agreed"))).to_continue
    assert returned.mark.word == "Returned"
    assert agreed.place.room == "seal"


@pytest.mark.parametrize(("may_decide", "rooms"), [(True, ["review", "decision"]), (False, ["review"])])
def test_a_decision_waits_only_for_those_who_record_decisions(may_decide, rooms):
    needs = state(to_review=(card(),), to_decide=(card(state="sealed"),), may_decide=may_decide).needs_me
    assert [line.place.room for line in needs] == rooms


def test_a_renewal_that_is_late_is_marked_and_one_due_today_is_not():
    late, today = state(due=(card(next_due=date(2026, 3, 8)), card(next_due=TODAY))).coming_up
    assert late.mark.word == "Overdue"
    assert today.mark is None
    assert today.note == "9 Mar 2026"


def test_today_counts_what_waits():
    assert state(to_continue=(card(), card()), due=(card(),)).today == "2 to continue · 0 waiting for my review · 1 due within 90 days"


def test_what_waits_for_review_or_decision_says_which_stops_are_met():
    shown = state(to_review=(card(stops=1),), to_decide=(card(stops=2), card()), may_decide=True)
    assert [line.mark.word if line.mark else "" for line in shown.needs_me] == ["1 stop", "2 stops", ""]


def test_a_lapsed_rapid_start_comes_first_and_says_that_no_second_payment_may_be_made():
    terms = RapidTerms(1, "SEK", date(2026, 6, 30), "Karin", date(2026, 3, 8), "A flood.")
    lapsed = card(state="decided", outcome="approve")
    lapsed = replace(lapsed, draft=replace(lapsed.draft, kind="rapid", rapid=terms))
    coming = replace(lapsed, id=uuid4(), draft=replace(lapsed.draft, rapid=replace(terms, complete_by=date(2026, 4, 8))))
    cards = HomeCards(to_continue=(), to_review=(), to_decide=(), due=(card(next_due=date(2026, 3, 1)),), rapid=(lapsed, coming))
    shown = home_state(cards, language=language("en"), today=TODAY, partners=1, may_decide=False)
    assert [line.mark.word if line.mark else "" for line in shown.coming_up] == ["Lapsed", "", "Overdue"]
    assert [line.about for line in shown.coming_up[:2]] == [
        "Rapid start 2026-001: no second payment",
        "Rapid start 2026-001, to be completed",
    ]
    assert [line.note for line in shown.coming_up[:2]] == ["8 Mar 2026", "8 Apr 2026"]
    assert shown.today.startswith("1 rapid start has lapsed")
    assert shown.coming_up[0].place == Place("partner", partner=lapsed.draft.partner)


def certificate(*, ends: datetime, purpose: str = "acts", person=None) -> CertificateCard:
    began = datetime(2023, 1, 1)  # noqa: DTZ001
    return CertificateCard(person or uuid4(), "Ruth", "ab" * 32, "3f", purpose, began, ends, "in_use")


def seen_to(upkeep):
    cards = HomeCards(to_continue=(), to_review=(), to_decide=(), due=())
    return home_state(cards, language=language("en"), today=TODAY, partners=1, may_decide=False, upkeep=upkeep).needs_me


def test_a_certificate_that_ends_soon_or_has_ended_is_said_with_the_way_to_renew_it():
    soon, gone = certificate(ends=datetime(2026, 4, 1)), certificate(ends=datetime(2026, 3, 1))  # noqa: DTZ001
    lines = seen_to(Upkeep(ending=(soon, gone)))
    assert [(line.title, line.mark.word, line.note) for line in lines] == [
        ("Certificate of Ruth", "Ends soon", "1 Apr 2026"),
        ("Certificate of Ruth", "Ended", "1 Mar 2026"),
    ]
    assert {line.place.room for line in lines} == {"settings"}


def test_a_revoked_certificate_is_said_to_sign_nothing():
    (line,) = seen_to(Upkeep(ending=(replace(certificate(ends=datetime(2028, 4, 1)), state="revoked", since=datetime(2026, 3, 2)),)))  # noqa: DTZ001
    assert (line.mark.word, line.about, line.note) == ("Revoked", "New certificate under Settings", "2 Mar 2026")


def test_reports_that_want_a_timestamp_are_counted():
    lines = seen_to(Upkeep(awaiting=3, renewable=1))
    assert [line.title for line in lines] == ["3 documents await a timestamp", "1 timestamp ends within a year"]


def test_others_see_their_own_certificates_and_an_administrator_all():
    person = uuid4()
    own = certificate(ends=datetime(2026, 4, 1), person=person)  # noqa: DTZ001
    other = certificate(ends=datetime(2026, 4, 1))  # noqa: DTZ001
    stands = Timestamps(KeptSetting(), (), ())

    def shown(*roles):
        return upkeep_of(PersonCard(person, "Ruth", "", frozenset(roles), "", active=True), (own, other), stands).ending

    assert shown("reviewer") == (own,)
    assert shown("administrator") == (own, other)


def test_a_lost_card_is_said_to_want_another_key():
    card = replace(certificate(ends=datetime(2028, 4, 1)), purpose="signing", state="revoked", since=datetime(2026, 3, 2))  # noqa: DTZ001
    (line,) = seen_to(Upkeep(ending=(card,)))
    assert line.about == "Cannot sign reports · choose a key in Settings"


@pytest.mark.parametrize(("ends", "word"), [(datetime(2026, 12, 1), "Ends soon"), (datetime(2026, 1, 1), "Ended")])  # noqa: DTZ001
def test_a_root_certificate_near_its_end_is_said_first(ends, word):
    lines = seen_to(Upkeep(ending=(certificate(ends=datetime(2026, 4, 1)),), root_ends=ends))  # noqa: DTZ001
    assert (lines[0].title, lines[0].mark.word) == ("Root certificate", word)
    assert lines[0].about.startswith("Cannot be renewed")


def test_the_root_certificate_is_an_administrator_s_to_see_to():
    def shown(role):
        card = PersonCard(uuid4(), "Ruth", "", frozenset({role}), "", active=True)
        return upkeep_of(card, (), Timestamps(KeptSetting(), (), ()), root_ends=datetime(2026, 12, 1)).root_ends  # noqa: DTZ001

    assert shown("reviewer") is None
    assert shown("administrator") == datetime(2026, 12, 1)  # noqa: DTZ001
