"""An instrument over the years: every question followed through versions and scopes, and nothing set against what is not the same."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.answers import Answer
from forms.comparison import Assessed, compare
from forms.scoring import score
from forms.template import Template
from forms.years import Course, QuestionCourse, over_years
from tests.forms.building import (
    CAPACITY,
    CASE,
    DONT_KNOW,
    NOT_ESTABLISHED,
    answer_sets,
    built,
    level,
    mixed,
    recorded,
    section,
    yes_no,
)
from tests.forms.test_comparison import assessed


def question(course: Course, id_: str) -> QuestionCourse:
    return next(one for one in course.questions if one.question == id_)


FIRST = built([section("s", [level("a", key=True), yes_no("b"), level("c", asked_if={"question": "b", "is": ["yes"]})])], version="1")
SECOND = built([section("s", [level("a.board", key=True, replaces=["a"]), yes_no("b")]), section("t", [level("d")])], version="2")
THIRD = built(
    [section("s", [level("a.council", replaces=["a.board"]), yes_no("b")]), section("t", [level("d"), recorded("n")])], version="3"
)


def four() -> Course:
    return over_years(
        [
            assessed(FIRST, {"a": 1, "b": "yes", "c": 2}),
            assessed(FIRST, {"a": 2, "b": "no"}),
            assessed(SECOND, {"a.board": 2, "b": "yes", "d": 3}),
            assessed(THIRD, {"a.council": Answer("answered", 1, "seen", comment="Two members left."), "b": "yes", "d": 4, "n": 7}),
        ]
    )


def test_a_question_is_followed_through_every_version_that_replaced_it() -> None:
    found = question(four(), "a.council")
    assert [one.question for one in found.standings] == ["a", "a", "a.board", "a.council"]
    assert [one.how for one in found.standings] == [None, "better", "same", "worse"]
    assert [one.since for one in found.standings] == [None, 0, 1, 2]
    assert (found.moves, found.is_replaced, found.is_rescaled, found.key) == ((1, 3), True, False, False)
    assert found.standings[3].reason == "Two members left."


def test_a_question_that_a_version_dropped_keeps_its_place_and_says_why_it_is_absent() -> None:
    found = question(four(), "c")
    assert [one.absent for one in found.standings] == [None, "not_asked", "lacking", "lacking"]
    assert [one.how for one in found.standings] == [None, "no_longer_asked", None, None]
    assert (found.section, found.newest, found.moves) == ("s", 1, ())
    assert (found.places("lacking"), found.places("not_asked"), found.places("scope")) == ((2, 3), (1,), ())


def test_a_question_that_came_later_is_new_once_and_moves_from_then_on() -> None:
    found = question(four(), "d")
    assert [one.how for one in found.standings] == [None, None, "new", "better"]
    assert [one.since for one in found.standings] == [None, None, None, 2]
    assert found.moves == (3,)


def test_an_answer_is_compared_over_a_time_at_which_it_was_not_asked() -> None:
    course = over_years(
        [assessed(FIRST, {"a": 1, "b": one, **({"c": c} if c is not None else {})}) for one, c in (("yes", 3), ("no", None), ("yes", 1))]
    )
    found = question(course, "c").standings[2]
    assert (found.since, found.how, found.has_moved) == (0, "worse", True)


def test_what_a_scope_leaves_out_is_not_an_answer() -> None:
    template = built([section("s", [level("a"), level("b", scopes=["full"])])], scopes=["light", "full"])
    course = over_years(
        [assessed(template, {"a": 1, "b": 1}, "full"), assessed(template, {"a": 1}), assessed(template, {"a": 1, "b": 2}, "full")]
    )
    found = question(course, "b")
    assert [one.absent for one in found.standings] == [None, "scope", None]
    assert course.differences == (frozenset({"scope"}), frozenset({"scope"}))
    assert found.standings[2].how == "better"


def test_the_newest_questions_come_first_in_their_order_and_dropped_ones_after() -> None:
    assert [one.question for one in four().questions] == ["a.council", "b", "d", "n", "c"]


def test_versions_are_said_to_differ_even_when_their_figures_can_be_set_against_each_other() -> None:
    course = four()
    assert course.differences == (frozenset(), frozenset({"version"}), frozenset({"version"}))
    assert all(change is not None for change in course.subjects[0].changes)


def test_sections_are_followed_and_missing_is_not_zero() -> None:
    course = four()
    s, t = course.sections
    assert (s.id, t.id) == ("s", "t")
    assert t.scores[:2] == (None, None)
    assert t.changes[:2] == (None, None)
    last = t.changes[2]
    assert last is not None
    assert (last.before_percent, last.now_percent, last.difference) == (75, 100, 25)


def test_an_incomplete_time_has_no_figure_and_no_difference_on_either_side() -> None:
    course = over_years([assessed(FIRST, {"a": one, "b": "no"}) for one in (1, DONT_KNOW, 3)])
    (s,) = course.sections
    assert [one.status if one is not None else "" for one in s.scores] == ["complete", "incomplete", "complete"]
    assert [change.difference if change is not None else "none" for change in s.changes] == [None, None]


WIDER = [{"band": "weak", "from": 0, "to": 50}, {"band": "adequate", "from": 50, "to": 80}, {"band": "strong", "from": 80, "to": 100}]
TURNED = [{"band": "strong", "from": 0, "to": 50}, {"band": "weak", "from": 50, "to": 100}]


@pytest.mark.parametrize(
    "bands",
    [{"direction": "higher_is_worse", "steps": TURNED}, {"edge": "better"}, {"steps": WIDER}],
    ids=["direction", "edge", "cut-offs"],
)
def test_figures_by_other_bands_are_never_subtracted(bands: dict[str, Any]) -> None:
    bands = {**CAPACITY, **bands}
    other = built([section("s", [level("a", key=True), yes_no("b")])], version="2", bands={"capacity": bands})
    course = over_years([assessed(FIRST, {"a": 2, "b": "no"}), assessed(other, {"a": 2, "b": "no"})])
    assert (course.sections[0].changes, course.subjects[0].changes) == ((None,), (None,))
    assert all(one is not None for one in course.sections[0].scores)


def test_figures_by_other_arithmetic_are_never_subtracted_and_are_said_to_differ() -> None:
    one = assessed(FIRST, {"a": 2, "b": "no"})
    course = over_years([one, replace(one, result=replace(one.result, rules=2))])
    assert course.subjects[0].changes == (None,)
    assert course.differences == (frozenset({"rules"}),)


def test_answers_on_another_scale_are_changed_and_told_apart() -> None:
    seven = built([section("s", [level("a", points=(1, 2, 3, 4, 5, 6, 7)), yes_no("b")])], version="2")
    found = question(over_years([assessed(FIRST, {"a": 3, "b": "no"}), assessed(seven, {"a": 5, "b": "no"})]), "a")
    assert (found.is_rescaled, found.standings[1].how) == (True, "changed")


def test_a_question_split_in_two_carries_its_past_into_both() -> None:
    split = built([section("s", [level("a1", replaces=["a"]), level("a2", replaces=["a"]), yes_no("b")])], version="2")
    course = over_years([assessed(FIRST, {"a": 3, "b": "no"}), assessed(split, {"a1": 3, "a2": 1, "b": "no"})])
    assert [question(course, one).standings[1].how for one in ("a1", "a2")] == ["same", "worse"]
    assert [one.question for one in course.questions] == ["a1", "a2", "b"]


def test_counts_of_moves_are_those_of_the_questions() -> None:
    course = four()
    assert [(course.moved(3, how), course.moved(1, how)) for how in ("worse", "better")] == [(1, 1), (1, 1)]
    established = over_years([assessed(FIRST, {"a": 1, "b": "no"}), assessed(FIRST, {"a": NOT_ESTABLISHED, "b": "no"})])
    assert established.moved(1, "worse") == 1


def test_different_instruments_and_none_are_refused() -> None:
    other = built([section("s", [level("a")])], id="other")
    with pytest.raises(ValueError, match="one instrument"):
        over_years([assessed(FIRST, {"a": 1}), assessed(other, {"a": 1})])
    with pytest.raises(ValueError, match="one instrument"):
        over_years([])


def test_one_time_alone_has_a_course_without_moves() -> None:
    course = over_years([assessed(FIRST, {"a": 1, "b": "no"})])
    assert all(one.moves == () and one.standings[0].how is None for one in course.questions)
    assert (course.differences, course.sections[0].changes) == ((), ())


MIXED = mixed()


def drawn(data: st.DataObject, count: int) -> list[Assessed]:
    sets = [data.draw(answer_sets(MIXED)) for _ in range(count)]
    return [Assessed(MIXED, one, score(MIXED, one, CASE)) for one in sets]


@settings(max_examples=40)
@given(st.data())
def test_every_step_says_what_the_comparison_of_the_two_times_says(data: st.DataObject) -> None:
    times = drawn(data, 4)
    course = over_years(times)
    for place, (before, now) in enumerate(pairwise(times), start=1):
        step = compare(before=before, now=now)
        for change in step.questions:
            found = next(one for one in course.questions if one.standings[place].question == change.question)
            here = found.standings[place]
            if here.since == place - 1 or change.how == "no_longer_asked":
                assert (here.how, here.answer, here.reason) == (change.how, change.now, change.reason)
            else:
                assert change.how == "new"
        for kind, changes in (("sections", step.sections), ("subjects", step.subjects)):
            for scored in changes:
                course_of = next((one for one in getattr(course, kind) if one.id == scored.id), None)
                assert course_of is None or course_of.changes[place - 1] in (scored, None)


@settings(max_examples=40)
@given(st.data())
def test_every_question_that_was_ever_asked_has_one_place_at_each_time(data: st.DataObject) -> None:
    times = drawn(data, 3)
    course = over_years(times)
    for place, time in enumerate(times):
        asked = [one.standings[place].question for one in course.questions if one.standings[place].line is not None]
        assert sorted(asked) == sorted(line.question for line in time.result.lines)
    assert all(len(one.standings) == 3 for one in course.questions)


@settings(max_examples=25)
@given(st.data())
def test_the_same_over_and_over_never_moves(data: st.DataObject) -> None:
    (one,) = drawn(data, 1)
    course = over_years([one, one, one])
    assert all(found.moves == () for found in course.questions)
    differences = [change.difference for found in (*course.sections, *course.subjects) for change in found.changes if change is not None]
    assert all(one in (None, Fraction(0)) for one in differences)


def test_a_value_without_bands_is_compared_only_while_its_questions_are_worth_the_same() -> None:
    def valued(*names: str, version: str) -> Template:
        return built([section("s", [level(one) for one in names], bands=None, value_only=True)], version=version, subjects={})

    one, other = valued("a", "b", version="1"), valued("a", version="2")
    course = over_years([assessed(one, {"a": 1, "b": 3}), assessed(one, {"a": 3, "b": 3}), assessed(other, {"a": 4})])
    first, second = course.sections[0].changes
    assert first is not None
    assert (first.before_percent, first.now_percent, second) == (50, 75, None)
