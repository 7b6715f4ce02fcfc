"""What changed between two assessments, and how."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.answers import Answer
from forms.comparison import Assessed, Comparison, QuestionChange, compare
from forms.scoring import score
from forms.template import Template
from tests.forms.building import (
    CASE,
    DONT_KNOW,
    NOT_APPLICABLE,
    NOT_ESTABLISHED,
    answer_sets,
    answers,
    built,
    level,
    mixed,
    recorded,
    section,
    yes_no,
)


def assessed(template: Template, given_: dict[str, Any], scope: str = "light") -> Assessed:
    answered = answers(template, given_)
    return Assessed(template, answered, score(template, answered, replace(CASE, scope=scope)))


def changes(before: Assessed, now: Assessed) -> dict[str, QuestionChange]:
    return {change.question: change for change in compare(before=before, now=now).questions}


ONE = built(
    [
        section("s", [level("a", key=True), yes_no("b"), level("c", asked_if={"question": "b", "is": ["yes"]})]),
        section("r", [recorded("n")], bands=None),
    ]
)


@pytest.mark.parametrize(
    ("then", "now", "how"),
    [
        (2, 3, "better"),
        (3, 2, "worse"),
        (3, 3, "same"),
        (3, NOT_APPLICABLE, "changed"),
        (NOT_APPLICABLE, 3, "changed"),
        (0, NOT_ESTABLISHED, "changed"),
        (NOT_ESTABLISHED, 1, "better"),
        (NOT_ESTABLISHED, NOT_ESTABLISHED, "same"),
        (3, DONT_KNOW, "changed"),
        (3, None, "open"),
        (None, 3, "changed"),
        (None, None, "same"),
    ],
)
def test_how_one_answer_changed(then: int | Answer | None, now: int | Answer | None, how: str) -> None:
    template = built([section("s", [level("a", key=True, not_applicable=True)])])
    sides = [assessed(template, {} if one is None else {"a": one}) for one in (then, now)]
    assert changes(*sides)["a"].how == how


def test_what_changed_leaves_out_what_is_the_same() -> None:
    before, now = assessed(ONE, {"a": 2, "b": "yes", "c": 1, "n": 3}), assessed(ONE, {"a": 3, "b": "yes", "c": 1, "n": 4})
    assert [(change.question, change.how) for change in compare(before=before, now=now).changed] == [("a", "better"), ("n", "changed")]


def test_what_is_recorded_and_not_scored_is_same_or_changed() -> None:
    before = assessed(ONE, {"n": 3})
    assert changes(before, assessed(ONE, {"n": 4}))["n"].how == "changed"
    assert changes(before, assessed(ONE, {"n": 3}))["n"].how == "same"


def test_a_change_tells_points_section_key_and_this_time_s_words() -> None:
    now = Answer("answered", 4, known="verified", comment="Minutes of four meetings read.")
    change = changes(assessed(ONE, {"a": 2}), assessed(ONE, {"a": now}))["a"]
    assert (change.section, change.key, change.before_points, change.now_points) == ("s", True, 2, 4)
    assert (change.now, change.reason) == (now, "Minutes of four meetings read.")
    assert changes(assessed(ONE, {"b": "yes"}), assessed(ONE, {"b": NOT_APPLICABLE}))["b"].reason == NOT_APPLICABLE.reason


def test_questions_that_came_or_went_with_an_answer_are_new_or_no_longer_asked() -> None:
    short, long = assessed(ONE, {"b": "no"}), assessed(ONE, {"b": "yes", "c": 3})
    assert changes(short, long)["c"].how == "new"
    assert changes(long, short)["c"].how == "no_longer_asked"
    assert "c" not in changes(short, short)


TWO = built(
    [section("s", [level("a.board", key=True, replaces=["a"]), level("d")]), section("new", [level("e")])],
    version="2",
)


def test_a_new_version_is_paired_by_what_it_replaces() -> None:
    found = changes(assessed(ONE, {"a": 2, "b": "yes", "c": 1}), assessed(TWO, {"a.board": 3, "d": 3, "e": 1}))
    assert (found["a.board"].before_id, found["a.board"].how) == ("a", "better")
    assert (found["d"].how, found["d"].before_id, found["e"].how) == ("new", "d", "new")
    assert [found[one].how for one in ("b", "c")] == ["no_longer_asked", "no_longer_asked"]
    assert (found["c"].before_points, found["c"].now, found["c"].now_points) == (1, None, None)
    assert "a" not in found


def test_points_on_another_scale_are_changed_not_better() -> None:
    seven = built([section("s", [level("a", points=(1, 2, 3, 4, 5, 6, 7))])], version="2")
    found = changes(assessed(ONE, {"a": 3}), assessed(seven, {"a": 5}))["a"]
    assert found.how == "changed"
    assert changes(assessed(ONE, {"a": 3}), assessed(seven, {"a": 3}))["a"].how == "changed"


def test_where_more_points_are_worse_a_rise_is_worse() -> None:
    steps = [{"band": "low", "from": 0, "to": 50}, {"band": "high", "from": 50, "to": 100}]
    bands = {"risk": {"direction": "higher_is_worse", "edge": "worse", "steps": steps}}
    template = built([section("s", [level("a")], bands="risk")], bands=bands, subjects={})
    assert changes(assessed(template, {"a": 1}), assessed(template, {"a": 2}))["a"].how == "worse"
    assert changes(assessed(template, {"a": 2}), assessed(template, {"a": 1}))["a"].how == "better"


def test_sections_and_subjects_show_then_and_now_with_the_exact_difference() -> None:
    comparison = compare(before=assessed(ONE, {"a": 2, "b": "yes", "c": 1, "n": 0}), now=assessed(TWO, {"a.board": 3, "d": 3, "e": 1}))
    first, second = comparison.sections
    assert (first.id, first.before_percent, first.now_percent, first.difference) == ("s", Fraction(175, 3), 75, Fraction(50, 3))
    assert (first.before_band, first.now_band) == ("limited", "adequate")
    assert (second.id, second.before_percent, second.difference) == ("new", None, None)
    (organisation,) = comparison.subjects
    assert (organisation.before_percent, organisation.now_percent) == (Fraction(175, 3), 50)


def test_what_is_incomplete_or_was_not_there_has_no_difference() -> None:
    comparison = compare(before=assessed(built([section("s", [level("a")])], subjects={}), {"a": 1}), now=assessed(ONE, {"a": 2}))
    assert comparison.sections[0].difference is None
    assert (comparison.subjects[0].before_percent, comparison.subjects[0].before_band) == (None, None)


MIXED = mixed()


def both(data: st.DataObject) -> tuple[Assessed, Assessed]:
    given_ = [data.draw(answer_sets(MIXED)) for _ in range(2)]
    return Assessed(MIXED, given_[0], score(MIXED, given_[0], CASE)), Assessed(MIXED, given_[1], score(MIXED, given_[1], CASE))


@settings(max_examples=50)
@given(st.data())
def test_read_backwards_every_change_is_its_opposite(data: st.DataObject) -> None:
    before, now = both(data)
    opposite = {"better": "worse", "worse": "better", "same": "same", "new": "no_longer_asked", "no_longer_asked": "new"}
    there, back = changes(before, now), changes(now, before)
    assert set(there) == set(back)
    for question, change in there.items():
        assert back[question].how in (opposite.get(change.how), "changed", "open") or change.how in ("changed", "open")
        assert (back[question].before_points, back[question].now_points) == (change.now_points, change.before_points)


@settings(max_examples=50)
@given(st.data())
def test_nothing_changed_against_itself(data: st.DataObject) -> None:
    before, _ = both(data)
    same: Comparison = compare(before=before, now=replace(before))
    assert same.changed == ()
    assert all(one.difference in (None, 0) for one in (*same.sections, *same.subjects))
