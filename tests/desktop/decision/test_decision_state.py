"""What the form for a decision asks for, and that it follows the same rules as recording it."""

from __future__ import annotations

import dataclasses
import time
from datetime import date, datetime, timedelta

import pytest

from desktop.decision.state import (
    TypedCondition,
    TypedDecision,
    TypedWaiver,
    cannot_approve,
    decision_draft,
    needs,
    problems,
    recommended_words,
    recorded_facts,
    starting_point,
    stops_of,
)
from desktop.language import language
from forms.recommendation import DECISIONS
from models.cards import AgreementCondition, DecisionCard, Waiver
from models.database import own_day
from tests.desktop.reports.sample_file import sample_file, with_seal

EN, SV = language("en"), language("sv")
PLAIN = with_seal(sample_file())
STOPPED = with_seal(sample_file(stops=True))
BOARD_ONLY = dataclasses.replace(
    STOPPED, result=dataclasses.replace(STOPPED.result, stops=tuple(stop for stop in STOPPED.result.stops if stop.waivable == "board"))
)
SAID = TypedDecision(
    outcome="approve_with_conditions", body="The board", minutes="2026-04", paragraph="§ 12", decided_on=own_day(PLAIN.seal.at)
)


def said(file, **changes):
    start = starting_point(file)
    return dataclasses.replace(SAID, conditions=start.conditions, next_due=start.next_due, **changes)


def test_the_form_starts_from_the_recommended_conditions_and_date():
    start = starting_point(PLAIN)
    assert [one.text for one in start.conditions] == [one.text for one in PLAIN.recommendation.conditions]
    assert start.next_due == PLAIN.recommendation.next_due
    assert start.outcome == ""


def test_what_is_recommended_can_be_recorded_as_it_is():
    assert PLAIN.recommendation.decision == "approve_with_conditions"
    assert problems(PLAIN, said(PLAIN), EN) == {}


def test_an_empty_form_says_everything_that_is_missing_in_the_order_of_the_form():
    assert list(problems(PLAIN, TypedDecision(), EN)) == [
        "decision.outcome",
        "decision.body",
        "decision.minutes",
        "decision.paragraph",
        "decision.date",
    ]


@pytest.mark.parametrize("outcome", DECISIONS)
def test_a_reason_is_asked_for_exactly_when_the_decision_departs(outcome):
    departs = outcome not in (PLAIN.recommendation.decision, "postpone")
    assert needs(PLAIN, outcome, EN).departs is departs
    assert ("decision.departure" in problems(PLAIN, said(PLAIN, outcome=outcome), EN)) is departs


def test_a_decision_is_not_older_than_the_seal():
    day = own_day(PLAIN.seal.at)
    wrong = problems(PLAIN, said(PLAIN, decided_on=day - timedelta(1)), EN)
    assert EN.date(day) in wrong["decision.date"]


@pytest.mark.parametrize(
    ("zone", "sealed", "day"),
    [("America/Los_Angeles", "2027-01-01T01:00", date(2026, 12, 31)), ("Pacific/Auckland", "2027-01-01T12:00", date(2027, 1, 2))],
)
def test_a_case_can_be_decided_on_the_day_of_its_sealing_wherever_one_is(monkeypatch, zone, sealed, day):
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        file = dataclasses.replace(PLAIN, seal=dataclasses.replace(PLAIN.seal, at=datetime.fromisoformat(sealed)))
        refused = [list(problems(file, said(file, decided_on=day - timedelta(before)), EN)) for before in (0, 1)]
    time.tzset()
    assert refused == [[], ["decision.date"]]


def test_what_can_never_be_waived_cannot_be_approved_and_asks_for_no_waiver():
    wanted = needs(STOPPED, "approve", EN)
    assert "nobody can waive" in wanted.forbidden
    assert wanted.waivers == ()
    assert "decision.outcome" in problems(STOPPED, said(STOPPED, outcome="approve", departure="x"), EN)
    assert needs(STOPPED, "decline", EN).forbidden == ""


def test_each_stop_that_the_board_may_waive_needs_limit_date_and_control():
    (stop,) = needs(BOARD_ONLY, "approve", EN).waivers
    typed = said(BOARD_ONLY, outcome="approve", departure="The need is acute.")
    name = f"decision.waiver.{stop.id}"
    assert list(problems(BOARD_ONLY, typed, EN)) == [f"{name}.limit", f"{name}.until", f"{name}.control"]
    waiver = TypedWaiver(stop.id, "SEK 100 000", date(2026, 12, 31), "We approve each payment")
    assert problems(BOARD_ONLY, dataclasses.replace(typed, waivers=(waiver,)), EN) == {}
    draft = decision_draft(BOARD_ONLY, dataclasses.replace(typed, waivers=(waiver,)), EN)
    assert draft.waivers == (Waiver(stop.id, "SEK 100 000", date(2026, 12, 31), "We approve each payment"),)


def test_a_waiver_does_not_end_before_it_is_decided():
    (stop,) = needs(BOARD_ONLY, "approve", EN).waivers
    waiver = TypedWaiver(stop.id, "x", date(2026, 3, 1), "y")
    wrong = problems(BOARD_ONLY, said(BOARD_ONLY, outcome="approve", departure="x", waivers=(waiver,)), EN)
    assert list(wrong) == [f"decision.waiver.{stop.id}.until"]


def test_only_a_stop_that_nobody_can_waive_closes_the_approvals():
    assert "nobody can waive" in cannot_approve(STOPPED, EN)
    assert cannot_approve(BOARD_ONLY, EN) == cannot_approve(PLAIN, EN) == ""


def test_declining_asks_for_no_waiver_and_keeps_none():
    waiver = TypedWaiver(stops_of(BOARD_ONLY, EN)[0].id, "x", date(2027, 1, 1), "y")
    draft = decision_draft(BOARD_ONLY, said(BOARD_ONLY, outcome="decline", waivers=(waiver,)), EN)
    assert (draft.waivers, draft.conditions, draft.next_due) == ((), (), None)


def test_approving_with_conditions_needs_one_and_a_date_for_those_by_a_date():
    assert "decision.conditions" in problems(PLAIN, dataclasses.replace(SAID, conditions=(TypedCondition("  "),)), EN)
    undated = dataclasses.replace(SAID, conditions=(TypedCondition("Report", "payment"), TypedCondition("Audit", "date")))
    assert list(problems(PLAIN, undated, EN)) == ["decision.condition.1.due"]


def test_a_condition_before_payment_keeps_no_date_and_an_empty_row_is_none():
    typed = dataclasses.replace(SAID, conditions=(TypedCondition(" Report ", "payment", date(2027, 1, 1)), TypedCondition("")))
    assert decision_draft(PLAIN, typed, EN).conditions == (AgreementCondition("Report", "payment", None),)


def test_stops_are_worded_in_the_reader_s_language_and_the_final_ones_first():
    english, swedish = stops_of(STOPPED, EN), stops_of(STOPPED, SV)
    assert [stop.waivable for stop in english] == sorted(stop.waivable for stop in english)
    assert {stop.text for stop in english}.isdisjoint({stop.text for stop in swedish})


def test_the_recommendation_is_worded_beside_the_form():
    words = recommended_words(PLAIN, EN)
    assert words.decision == "Approve with conditions"
    assert len(words.conditions) == len(PLAIN.recommendation.conditions)
    assert recommended_words(dataclasses.replace(PLAIN, recommendation=None), EN) is None


def test_waivers_and_conditions_stand_apart_and_end_in_one_full_stop():
    stops = tuple(stop.id for stop in PLAIN.template.stops[:2])
    waivers = tuple(Waiver(stop, "Half the amount.", date(2026, 12, 31), "Paid to the supplier.") for stop in stops)
    conditions = (AgreementCondition("An audit.", "date", date(2026, 12, 31)), AgreementCondition("Two approvers", "payment"))
    draft = dataclasses.replace(decision_draft(PLAIN, said(PLAIN), EN), waivers=waivers, conditions=conditions)
    facts = dict(recorded_facts(DecisionCard(draft, "Ruth", datetime(2026, 4, 1, 8, 0)), PLAIN, EN))  # noqa: DTZ001
    assert len(facts["Waivers"]) == 2
    assert all(".." not in one and "Limit: Half the amount. Until" in one for one in facts["Waivers"])
    assert facts["Conditions"] == ("An audit. By 31 Dec 2026.", "Two approvers. Before the first payment.")


def test_a_recorded_decision_says_who_and_where_and_leaves_out_what_was_not_said():
    draft = decision_draft(PLAIN, said(PLAIN), EN)
    facts = dict(recorded_facts(DecisionCard(draft, "Ruth", datetime(2026, 4, 1, 8, 0)), PLAIN, EN))  # noqa: DTZ001
    assert facts["Minutes"] == "2026-04, § 12"
    assert facts["Recorded by"].startswith("Ruth, 1 Apr 2026")
    assert not {"Waivers", "Took no part"} & set(facts)
