"""Going over to a newer version: every answer is kept, moved or dropped, and none is rescaled."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.kinds import same_scale
from forms.template import Template
from forms.upgrading import Upgrade, upgrade
from tests.forms.building import (
    NOT_APPLICABLE,
    SOME,
    answer_sets,
    answers,
    built,
    choice,
    column,
    level,
    mixed,
    recorded,
    section,
    three,
    wide,
    yes_no,
)


def version(*questions: dict[str, Any]) -> Template:
    return built([section("s", [level("s.fixed"), *questions])])


OLD = version(level("s.a"), yes_no("s.b"), level("s.c"), recorded("s.d", maximum=90), choice("s.e", {"x": 1, "y": 0}))
NEW = version(
    level("s.a"),
    yes_no("s.bb", replaces=["s.b"]),
    level("s.c", points=(0, 1, 2)),
    recorded("s.d", maximum=9),
    choice("s.e", {"x": 1, "z": 0}),
    level("s.f"),
)


def test_answers_are_kept_replaced_and_dropped_and_new_questions_are_named() -> None:
    given_ = answers(OLD, {"s.a": 3, "s.b": "yes", "s.c": 4, "s.d": 7, "s.e": "x"})
    assert upgrade(OLD, NEW, given_) == Upgrade(kept=("s.a", "s.d"), replaced=(("s.b", "s.bb"),), new=("s.f",), dropped=("s.c", "s.e"))


def test_an_answer_that_the_newer_question_no_longer_allows_is_dropped() -> None:
    assert upgrade(OLD, NEW, answers(OLD, {"s.d": 80})).dropped == ("s.d",)
    key = version(level("s.a", key=True))
    assert upgrade(OLD, key, answers(OLD, {"s.a": NOT_APPLICABLE})).dropped == ("s.a",)


def test_a_question_that_is_gone_takes_its_answer_with_it() -> None:
    gone = version(level("s.a"))
    assert upgrade(OLD, gone, answers(OLD, {"s.a": 1, "s.b": "no"})) == Upgrade(("s.a",), (), (), ("s.b",))


def test_what_was_not_answered_is_neither_kept_nor_dropped() -> None:
    assert upgrade(OLD, NEW, answers(OLD, {})) == Upgrade((), (), ("s.f",), ())


@pytest.mark.parametrize("template", [three(), mixed(), wide()], ids=lambda template: template.id)
@given(data=st.data())
@SOME
def test_going_over_to_the_same_version_keeps_everything(template: Template, data: st.DataObject) -> None:
    given_ = data.draw(answer_sets(template))
    answered = tuple(question.id for _, question in template.questions() if given_.of(template.id, question.id))
    assert upgrade(template, template, given_) == Upgrade(answered, (), (), ())


@given(data=st.data())
@SOME
def test_every_answer_goes_one_way(data: st.DataObject) -> None:
    given_ = data.draw(answer_sets(OLD))
    plan = upgrade(OLD, NEW, given_)
    ways = [*plan.kept, *(old for old, _ in plan.replaced), *plan.dropped]
    assert sorted(ways) == sorted(key.question for key in given_)


def table(*columns: dict[str, Any]) -> Any:
    return built([section("s", [recorded("s.t", "table", columns=list(columns))], bands=None)], subjects={}).question("s.t")


def test_tables_are_on_the_same_scale_only_with_the_same_columns() -> None:
    one, two = column("a", "money"), column("b")
    assert same_scale(table(one, two), table(one, {**two, "text": {"en": "Other words"}}))
    assert not same_scale(table(one, two), table(two, one))
    assert not same_scale(table(one), table({**one, "kind": "integer"}))
