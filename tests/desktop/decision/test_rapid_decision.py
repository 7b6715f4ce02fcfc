"""Deciding about a rapid start: within its cap and period, by its decider, and never after it has lapsed."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest

from desktop.decision.state import TypedDecision, decision_draft, problems, recorded_facts, starting_point
from desktop.language import language
from desktop.operations import assessments
from desktop.shell.place import Place
from models.cards import DecisionCard, RapidTerms
from models.database import own_day, utc_now
from tests.desktop.reports.sample_file import sample_file, three_questions, with_seal

EN = language("en")
TODAY = own_day()
TERMS = RapidTerms(50_000_00, "SEK", TODAY + timedelta(90), "Karin Sandell", TODAY + timedelta(60), "A flood.")
PLAIN = with_seal(sample_file(three_questions()))
SEALED_ON = own_day(PLAIN.seal.at)
FILE = dataclasses.replace(
    PLAIN,
    card=dataclasses.replace(
        PLAIN.card,
        draft=dataclasses.replace(
            PLAIN.card.draft,
            kind="rapid",
            rapid=dataclasses.replace(TERMS, ends=SEALED_ON + timedelta(90), complete_by=SEALED_ON + timedelta(60)),
        ),
    ),
)
SAID = dataclasses.replace(
    starting_point(FILE),
    outcome=FILE.recommendation.decision,
    minutes="D-7",
    paragraph="1",
    decided_on=SEALED_ON,
    granted_minor=50_000_00,
)


def test_the_form_starts_from_the_decider_and_the_end_of_the_period():
    start = starting_point(FILE)
    assert (start.body, start.granted_until) == ("Karin Sandell", SEALED_ON + timedelta(90))


def test_within_the_terms_it_can_be_recorded_with_what_is_granted():
    assert problems(FILE, SAID, EN) == {}
    draft = decision_draft(FILE, SAID, EN)
    assert (draft.granted_minor, draft.granted_until, draft.next_due) == (50_000_00, SEALED_ON + timedelta(90), None)
    facts = dict(recorded_facts(DecisionCard(draft, "Ada", utc_now()), FILE, EN))
    assert facts["Granted"].replace("\N{NO-BREAK SPACE}", " ").startswith("SEK 50,000, until ")


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"granted_minor": 50_000_01}, "decision.granted"),
        ({"granted_minor": None}, "decision.granted"),
        ({"granted_until": SEALED_ON + timedelta(91)}, "decision.granted_until"),
        ({"granted_until": None}, "decision.granted_until"),
        ({"decided_on": SEALED_ON + timedelta(61)}, "decision.date"),
        ({"body": "The board"}, "decision.departure"),
    ],
)
def test_what_the_terms_forbid_is_said_by_its_field(changes, wrong):
    assert list(problems(FILE, dataclasses.replace(SAID, **changes), EN)) == [wrong]


def test_declining_asks_for_nothing_that_is_granted():
    declined = dataclasses.replace(SAID, outcome="decline", departure="No need any more.", granted_minor=None)
    assert problems(FILE, declined, EN) == {}
    assert decision_draft(FILE, declined, EN).granted_minor is None


def test_an_ordinary_decision_is_asked_none_of_it():
    assert starting_point(PLAIN).body == ""
    assert "decision.granted" not in problems(PLAIN, TypedDecision(outcome="approve"), EN)


def test_a_rapid_start_is_decided_in_the_window_and_leads_on_to_its_completion(walk):
    partner = walk.register()
    started = walk.start(partner, kind="rapid", rapid=TERMS, as_of=TODAY)
    walk.seal(started)
    walk.go(Place("decision", assessment=started, partner=partner))
    walk.find("decision.outcome").pick_digit("1")
    walk.wait()
    assert walk.find("decision.body").text() == "Karin Sandell"
    walk.type("decision.minutes", "D-7")
    walk.type("decision.paragraph", "1")
    sealed_on = own_day(walk.do(lambda: assessments.assessment_file(assessment_id=started)).seal.at)
    walk.type("decision.date", sealed_on.isoformat())
    walk.type("decision.granted", "60 000")
    walk.press("decision.record")
    assert any("This is above the cap" in words for words in walk.said())
    walk.type("decision.granted", "40 000")
    walk.press("decision.record")
    file = walk.do(lambda: assessments.assessment_file(assessment_id=started))
    assert (file.card.outcome, file.decision.draft.granted_minor) == ("approve", 40_000_00)
    assert any("must be completed by a fuller assessment" in words for words in walk.said())
    walk.press("decision.complete")
    assert walk.find("new.kind.completion").isChecked()
    assert walk.find("new.previous").key == started
