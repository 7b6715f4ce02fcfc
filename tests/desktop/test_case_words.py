"""Why a scope is proposed, how a rapid start stands and what another body has found are said the same everywhere."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import get_args

import pytest

from desktop import outside_words, words
from desktop.language import language
from desktop.rapid_words import lapsed_words, rapid_mark, standing_mark
from desktop.scope_words import chosen_words, proposal_words, reason_words
from forms.facts import COLLABORATIONS, EARLIER_COLLABORATIONS, KINDS
from forms.outside import CONSENTS, RATINGS, OutsideResult, Standing
from forms.scope_rule import Reason, ReasonId, ScopeProposal
from models.cards import AssessmentKind, RapidTerms
from tests.desktop.reports.sample_file import sample_file, three_questions

EN = language("en")
DAY = date(2026, 5, 31)
CARD = sample_file(three_questions(), sealed=False).card
TERMS = RapidTerms(50_000_00, "SEK", date(2026, 6, 30), "Karin Sandell", DAY, "A flood.")


def rapid(**changes):
    return dataclasses.replace(
        CARD, state="decided", outcome="approve", draft=dataclasses.replace(CARD.draft, kind="rapid", rapid=TERMS), **changes
    )


@pytest.mark.parametrize("reason", get_args(ReasonId))
def test_every_reason_has_words(reason):
    said = reason_words(Reason(reason, limit=200_000, currency="SEK", years=6), EN)
    assert said
    assert "{" not in said


def test_a_proposal_says_the_scope_and_every_reason():
    proposal = ScopeProposal("standard", (Reason("within_light", 200_000, "SEK"), Reason("first_time")))
    said = proposal_words(proposal, EN).replace("\N{NO-BREAK SPACE}", " ")
    assert said == (
        "The rule proposes standard: the amount for twelve months is at most SEK 200,000; the partner has not been assessed here before."
    )


def test_without_a_rule_the_reason_alone_is_said():
    assert chosen_words(dataclasses.replace(CARD.draft, scope_reason="Small."), EN) == "Why this scope: Small."
    assert chosen_words(dataclasses.replace(CARD.draft, scope_reason=""), EN) == ""


@pytest.mark.parametrize(
    ("changes", "today", "short", "long", "plain"),
    [
        ({}, DAY, "To be completed", "Complete by 31 May 2026", "must be completed by a fuller assessment by 31 May 2026"),
        ({}, DAY + timedelta(1), "Lapsed", "Lapsed: no second payment", "no second payment until a fuller assessment has completed it"),
        ({"continued_by": "2026-020"}, DAY, "Being completed", "Being completed by 2026-020", "is being completed by 2026-020"),
        ({"continued_by": "2026-020", "is_completed": True}, DAY + timedelta(1), "Completed", "Completed by 2026-020", ""),
    ],
)
def test_a_rapid_start_says_what_must_be_done_or_may_no_longer_be(changes, today, short, long, plain):
    card = rapid(**changes)
    assert standing_mark(card, EN, today).word == short
    assert rapid_mark(card, EN, today).word == long
    said = lapsed_words(card, EN, today)
    assert plain in said if plain else said == ""


def test_a_declined_rapid_start_and_an_ordinary_assessment_say_nothing_of_it():
    declined = dataclasses.replace(rapid(), outcome="decline")
    assert rapid_mark(declined, EN, DAY + timedelta(1)) is None
    assert lapsed_words(CARD, EN, DAY) == ""
    assert standing_mark(CARD, EN, DAY) == words.state_mark(CARD.state, EN)


def test_every_kind_form_rating_and_consent_has_words():
    assert set(words.KINDS) == set(KINDS) == set(get_args(AssessmentKind))
    assert set(words.COLLABORATIONS) == {*COLLABORATIONS, *EARLIER_COLLABORATIONS}
    assert set(outside_words.KINDS) == set(RATINGS)
    for kind, ratings in RATINGS.items():
        for rating in ratings:
            assert outside_words.rating_word(kind, rating, EN) != rating
    assert set(outside_words.CONSENTS) == set(CONSENTS)


@pytest.mark.parametrize("standing", get_args(Standing))
def test_why_a_result_cannot_be_relied_on_is_said_unless_it_can(standing):
    result = OutsideResult("Agency (invented)", "psea_assessment", "low", date(2025, 1, 1), date(2025, 12, 31))
    said = outside_words.why_not(result, standing, "Replaced", EN)
    assert bool(said) == (standing != "usable")
    assert "{" not in said
