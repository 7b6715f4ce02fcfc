"""When questions are asked, and what conditions see."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from forms.result import Case
from forms.template import Template
from tests.forms.building import CASE, DONT_KNOW, NOT_APPLICABLE, NOT_ESTABLISHED, built, choice, level, recorded, scored, section, yes_no


def asked(template: Template, given: dict[str, Any], case: Case = CASE) -> list[str]:
    return [line.question for line in scored(template, given, case).lines]


def meets(when: dict[str, Any], given: dict[str, Any], case: Case = CASE) -> bool:
    """Say whether a stop criterion with this condition is met."""
    template = built(
        [
            section("s", [level("a"), yes_no("b"), choice("c", {"x": 1, "y": 0})]),
            section("r", [recorded("n"), recorded("p", "percent"), recorded("m", "money"), recorded("t", "short_text")], bands=None),
        ],
        stops=[{"id": "stop", "text": {"en": "x"}, "waivable": "board", "when": when}],
    )
    return bool(scored(template, given, case).stops)


@pytest.mark.parametrize(
    ("when", "given", "holds"),
    [
        ({"question": "a", "at_most": 1}, {"a": 1}, True),
        ({"question": "a", "at_most": 1}, {"a": 2}, False),
        ({"question": "a", "at_least": 2}, {"a": 2}, True),
        ({"question": "a", "at_least": 2, "at_most": 3}, {"a": 4}, False),
        ({"question": "a", "at_least": 2, "at_most": 3}, {"a": 3}, True),
        ({"question": "a", "at_most": 1}, {}, False),
        ({"question": "a", "at_most": 1}, {"a": DONT_KNOW}, False),
        ({"question": "a", "at_most": 1}, {"a": NOT_APPLICABLE}, False),
        ({"question": "a", "at_most": 1}, {"a": NOT_ESTABLISHED}, True),
        ({"question": "a", "is": ["3", "4"]}, {"a": 3}, True),
        ({"question": "a", "is": ["3", "4"]}, {"a": 2}, False),
        ({"question": "a", "is": ["0"]}, {"a": NOT_ESTABLISHED}, False),
        ({"question": "b", "is": ["no"]}, {"b": "no"}, True),
        ({"question": "b", "is": ["no"]}, {}, False),
        ({"question": "b", "at_most": 2}, {"b": "partly"}, True),
        ({"question": "c", "at_most": 0}, {"c": "y"}, True),
        ({"question": "c", "is": ["x"]}, {"c": "x"}, True),
        ({"question": "n", "at_least": 10}, {"n": 10}, True),
        ({"question": "n", "at_least": 10}, {"n": -11}, False),
        ({"question": "n", "at_most": 10}, {"n": NOT_ESTABLISHED}, False),
        ({"question": "p", "at_least": 67}, {"p": 66}, False),
        ({"question": "m", "at_least": 100}, {"m": "100 SEK"}, True),
        ({"question": "t", "is": ["x"]}, {"t": "x"}, True),
        ({"question": "a", "state": ["open"]}, {}, True),
        ({"question": "a", "state": ["open"]}, {"a": DONT_KNOW}, False),
        ({"question": "a", "state": ["dont_know", "not_established"]}, {"a": NOT_ESTABLISHED}, True),
        ({"question": "a", "state": ["answered"]}, {"a": 0}, True),
        ({"question": "a", "state": ["not_applicable"]}, {"a": NOT_APPLICABLE}, True),
        ({"all": [{"question": "a", "at_least": 3}, {"question": "b", "is": ["no"]}]}, {"a": 3, "b": "no"}, True),
        ({"all": [{"question": "a", "at_least": 3}, {"question": "b", "is": ["no"]}]}, {"a": 3}, False),
        ({"any": [{"question": "a", "at_least": 3}, {"question": "b", "is": ["no"]}]}, {"b": "no"}, True),
        ({"any": [{"question": "a", "at_least": 3}, {"question": "b", "is": ["no"]}]}, {"b": "yes"}, False),
        ({"not": {"question": "a", "at_least": 3}}, {"a": 2}, True),
        ({"not": {"question": "a", "at_least": 3}}, {"a": 3}, False),
    ],
)
def test_a_condition_holds(when: dict[str, Any], given: dict[str, Any], holds: bool) -> None:
    assert meets(when, given) == holds


def test_a_condition_may_look_at_a_case_fact() -> None:
    when = {"fact": "collaboration", "is": ["channel"]}
    assert meets(when, {}, replace(CASE, facts={"collaboration": "channel"}))
    assert not meets(when, {}, replace(CASE, facts={"collaboration": "application"}))
    assert not meets(when, {})


CHAIN = built(
    [
        section(
            "s",
            [
                yes_no("first"),
                level("second", asked_if={"question": "first", "is": ["yes"]}),
                level("third", asked_if={"question": "second", "at_least": 3}),
                level("always"),
            ],
        )
    ],
    stops=[{"id": "stop", "text": {"en": "x"}, "waivable": "never", "when": {"question": "third", "at_most": 0}}],
    contradictions=[{"id": "open", "text": {"en": "x"}, "when": {"question": "third", "state": ["open"]}}],
)


def test_a_question_appears_and_disappears_with_what_it_depends_on() -> None:
    assert asked(CHAIN, {}) == ["first", "always"]
    assert asked(CHAIN, {"first": "yes"}) == ["first", "second", "always"]
    assert asked(CHAIN, {"first": "yes", "second": 3}) == ["first", "second", "third", "always"]
    assert asked(CHAIN, {"first": "no"}) == ["first", "always"]


def test_a_chain_closes_from_its_first_link_although_the_answers_are_kept() -> None:
    kept = {"first": "no", "second": 3, "third": 0, "always": 4}
    assert asked(CHAIN, kept) == ["first", "always"]


def test_an_answer_to_a_question_that_is_not_asked_leaves_the_sum_and_comes_back() -> None:
    kept: dict[str, Any] = {"second": 4, "third": 0, "always": 4}
    hidden = scored(CHAIN, {"first": "no", **kept})
    shown = scored(CHAIN, {"first": "yes", **kept})
    assert hidden.to_bytes() == scored(CHAIN, {"first": "no", "always": 4}).to_bytes()
    assert hidden.section("s").points == 4
    assert shown.section("s").points == 12


def test_a_question_that_is_not_asked_meets_no_stop_and_contradicts_nothing() -> None:
    hidden = scored(CHAIN, {"first": "no", "second": 3, "third": 0, "always": 4})
    assert (hidden.stops, hidden.clashes) == ((), ())
    shown = scored(CHAIN, {"first": "yes", "second": 3, "third": 0, "always": 4})
    assert [stop.because for stop in shown.stops] == [("third",)]
    assert scored(CHAIN, {"first": "yes", "second": 3}).clashes[0].because == ("third",)


def test_an_answer_that_does_not_fit_does_no_harm_while_its_question_is_hidden() -> None:
    assert asked(CHAIN, {"first": "no", "second": 99, "always": 4}) == ["first", "always"]


def test_questions_of_other_scopes_are_not_asked_and_their_answers_meet_nothing() -> None:
    template = built(
        [section("s", [level("a"), level("deep", scopes=["full"]), level("b", asked_if={"question": "deep", "at_least": 1})])],
        scopes=["light", "full"],
    )
    given = {"a": 3, "deep": 4, "b": 1}
    assert asked(template, given) == ["a"]
    assert asked(template, given, replace(CASE, scope="full")) == ["a", "deep", "b"]
    assert scored(template, given).subjects[0].score.percent == 75


def test_a_stop_says_which_answers_met_it_each_once() -> None:
    when = {
        "any": [
            {"all": [{"question": "a", "at_most": 1}, {"not": {"question": "b", "is": ["yes"]}}, {"question": "a", "at_most": 2}]},
            {"question": "c", "is": ["x"]},
        ]
    }
    template = built(
        [section("s", [level("a"), yes_no("b"), choice("c", {"x": 1, "y": 0})])],
        stops=[{"id": "stop", "text": {"en": "x"}, "waivable": "board", "when": when}],
    )
    assert scored(template, {"a": 1, "b": "no", "c": "y"}).stops[0].because == ("a", "b")
    assert scored(template, {"a": 1, "b": "no", "c": "x"}).stops[0].because == ("a", "b", "c")
    assert scored(template, {"a": 4, "b": "no", "c": "x"}).stops[0].because == ("c",)
