"""Which answers a question takes, and how they are refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from forms.answers import Answer, AnswerKey, AnswerSet, check_answer
from forms.errors import ScoringError
from forms.kinds import answers_of, points_of
from forms.scoring import score
from forms.template import Question
from tests.forms.building import (
    CASE,
    NOT_APPLICABLE,
    NOT_ESTABLISHED,
    answer,
    answers,
    built,
    choice,
    level,
    recorded,
    section,
    three,
    yes_no,
)

TEMPLATE = built(
    [
        section(
            "s",
            [
                level("level"),
                level("key", key=True),
                level("free", key=True, not_applicable=True),
                yes_no("yes"),
                choice("choice", {"x": 1, "y": 0}),
            ],
        ),
        section(
            "r",
            [
                recorded("integer"),
                recorded("few", minimum=1, maximum=5),
                recorded("percent", "percent"),
                recorded("money", "money"),
                recorded("date", "date"),
                recorded("short", "short_text"),
                recorded("long", "long_text"),
                choice("fact", {"x": None, "y": None}),
            ],
            bands=None,
        ),
    ]
)


def question(id_: str) -> Question:
    return TEMPLATE.question(id_)


@pytest.mark.parametrize(
    ("id_", "value"),
    [
        ("level", 0),
        ("level", 4),
        ("yes", "partly"),
        ("choice", "x"),
        ("integer", -3),
        ("few", 5),
        ("percent", 0),
        ("percent", 100),
        ("money", "125000 SEK"),
        ("money", "-5 XOF"),
        ("date", "2024-02-29"),
        ("short", "Å" * 300),
        ("long", "One line\nand another"),
        ("fact", "y"),
    ],
)
def test_an_answer_of_its_kind_is_taken(id_: str, value: int | str) -> None:
    check_answer(question(id_), answer(value))


@pytest.mark.parametrize(
    ("id_", "value"),
    [
        ("level", 5),
        ("level", "3"),
        ("level", True),
        ("level", None),
        ("yes", "maybe"),
        ("yes", 1),
        ("choice", "z"),
        ("integer", "3"),
        ("integer", 3.0),
        ("integer", True),
        ("few", 0),
        ("few", 6),
        ("percent", 101),
        ("percent", -1),
        ("money", "125000"),
        ("money", "1250.00 SEK"),
        ("money", "٣ SEK"),
        ("money", "1 sek"),
        ("date", "2025-02-29"),
        ("date", "29/2 2024"),
        ("date", "٢٠٢٤-٠٢-٢٩"),
        ("date", 20240229),
        ("short", ""),
        ("short", "  "),
        ("short", "Two\nlines"),
        ("short", "Å" * 301),
        ("long", 7),
        ("long", "x" * 20_001),
    ],
)
def test_any_other_answer_is_refused_and_never_scored(id_: str, value: Any) -> None:
    with pytest.raises(ScoringError, match=r"is not an answer to .* The answer was not changed\."):
        check_answer(question(id_), answer(value))
    with pytest.raises(ScoringError):
        score(TEMPLATE, answers(TEMPLATE, {id_: answer(value)}), CASE)


@pytest.mark.parametrize("id_", ["level", "free", "integer"])
def test_what_may_be_set_aside_needs_a_reason(id_: str) -> None:
    check_answer(question(id_), NOT_APPLICABLE)
    with pytest.raises(ScoringError, match="without a reason it stays open"):
        check_answer(question(id_), replace(NOT_APPLICABLE, reason=" "))


def test_a_key_question_is_set_aside_only_where_the_template_says_so() -> None:
    with pytest.raises(ScoringError, match="key is a key question and cannot be set aside"):
        check_answer(question("key"), NOT_APPLICABLE)


def test_could_not_be_established_needs_a_reason() -> None:
    check_answer(question("key"), NOT_ESTABLISHED)
    with pytest.raises(ScoringError, match="Say why key"):
        check_answer(question("key"), Answer("not_established"))


def test_a_value_stands_only_beside_answered() -> None:
    with pytest.raises(ScoringError, match="cannot be both answered and “dont_know”"):
        check_answer(question("level"), Answer("dont_know", 3))


@pytest.mark.parametrize("odd", [Answer("lost"), Answer("answered", 3, known="rumoured")])  # type: ignore[arg-type]
def test_a_state_or_source_that_there_is_not_is_refused(odd: Answer) -> None:
    with pytest.raises(ScoringError, match="level cannot stand as"):
        check_answer(question("level"), odd)


def test_a_scope_that_the_template_does_not_have_is_refused() -> None:
    with pytest.raises(ScoringError, match="has no scope “full”"):
        score(TEMPLATE, AnswerSet(), replace(CASE, scope="full"))


def test_every_kind_says_its_answers_and_what_they_are_worth() -> None:
    assert answers_of(question("level")) == ["0", "1", "2", "3", "4"]
    assert answers_of(question("yes")) == ["yes", "partly", "no"]
    assert answers_of(question("fact")) == ["x", "y"]
    assert answers_of(question("integer")) is None
    assert points_of(question("choice")) == {"x": 1, "y": 0}
    assert points_of(question("fact")) is None
    assert points_of(question("long")) is None


def test_an_answer_set_is_a_mapping_that_is_never_changed() -> None:
    key = AnswerKey("three-questions", "governance.plan")
    empty = AnswerSet()
    one = empty.with_answer(key, answer("yes"))
    assert (len(empty), len(one), one[key], list(one)) == (0, 1, answer("yes"), [key])
    assert one.of("three-questions", "governance.plan") == answer("yes")
    assert one.of("three-questions", "governance.staff") is None
    assert one.with_answer(key, None) == empty
    assert empty.with_answer(key, None) == empty


def test_answers_of_another_instrument_count_for_nothing() -> None:
    template = three()
    other = AnswerSet({AnswerKey("other", "governance.plan"): answer("yes")})
    assert score(template, other, CASE).to_bytes() == score(template, AnswerSet(), CASE).to_bytes()
