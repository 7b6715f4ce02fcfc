"""What the window says about a decision's document."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desktop.decision.document_state import document_state
from desktop.language import language
from models.decided import DecisionDocumentCard
from tests.desktop.reports.decision_samples import RECORDED, decided
from tests.desktop.reports.sample_file import ident

EN = language("en")
FILE, ONE = decided()
SIGNED = DecisionDocumentCard(ident("document"), "sv", 0, "ab" * 32, 99, RECORDED)


def test_nothing_is_said_before_anything_is_decided():
    assert document_state(FILE, (), EN, wanted="sv", person=ONE.recorder) is None


def test_who_recorded_the_decision_may_sign_and_nobody_else():
    assert document_state(FILE, (ONE,), EN, wanted="sv", person=ONE.recorder).action == "sign"
    other = document_state(FILE, (ONE,), EN, wanted="sv", person=ident("Maja Ekwall"))
    assert other.action == "switch"
    assert "Ruth Bergman recorded this decision" in other.said


def test_the_newest_revision_is_shown_and_signed_once():
    stamped = replace(SIGNED, id=ident("stamped"), revision=1, sha256="cd" * 32)
    state = document_state(FILE, (replace(ONE, documents=(SIGNED, stamped)),), EN, wanted="sv", person=ONE.recorder)
    assert (state.action, state.document, state.sha256) == ("none", stamped.id, "cd" * 32)
    assert document_state(FILE, (replace(ONE, documents=(SIGNED,)),), EN, wanted="en", person=ONE.recorder).action == "sign"


def test_a_language_that_the_templates_lack_gives_way_to_one_that_is_signed():
    state = document_state(FILE, (replace(ONE, documents=(SIGNED,)),), EN, wanted="nb", person=None)
    assert (state.language, state.document) == ("sv", SIGNED.id)
    assert "nb" not in dict(state.languages)


def test_the_decision_that_stands_is_shown_unless_an_earlier_one_is_asked_for():
    before = replace(ONE, id=ident("before"), card=replace(ONE.card, draft=replace(ONE.card.draft, outcome="postpone")))
    latest = document_state(FILE, (before, ONE), EN, wanted="sv", person=None)
    assert latest.decision.id == ONE.id
    assert latest.earlier == ((before.id, "Postpone, 2 Apr 2026"),)
    asked = document_state(FILE, (before, ONE), EN, wanted="sv", decision=str(before.id), person=None)
    assert asked.decision.id == before.id


def test_what_awaits_a_timestamp_says_so_and_who_signed_it_stays():
    waits = document_state(FILE, (replace(ONE, documents=(SIGNED,)),), EN, wanted="sv", person=None, awaiting={SIGNED.id})
    assert waits.said.startswith("Signed by Ruth Bergman")
    assert "It has no timestamp yet" in waits.said
    later = RECORDED + timedelta(days=40)
    stamped = replace(SIGNED, id=ident("stamped"), revision=1, at=later, timestamp_ends=later + timedelta(days=3000))
    done = document_state(FILE, (replace(ONE, documents=(SIGNED, stamped)),), EN, wanted="sv", person=None)
    assert EN.moment(SIGNED.at) in done.said
    assert f"Timestamp added {EN.moment(later)}" in done.said
    assert "timestamp" not in document_state(FILE, (replace(ONE, documents=(SIGNED,)),), EN, wanted="sv", person=None).said
