"""Questions of two instruments that ask the same are answered once; links that could not hold are found."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.answers import Answer, AnswerKey, AnswerSet
from forms.checks.links import check_between
from forms.library import Library
from forms.linking import Link, linked, links, origins
from forms.template import Template
from tests.forms.building import (
    BUNDLED,
    DONT_KNOW,
    NOT_APPLICABLE,
    NOT_ESTABLISHED,
    SOME,
    answer,
    built,
    choice,
    level,
    recorded,
    section,
)

MAP = {"0": "1", "2": "2", "4": "4"}


def main_(**more: Any) -> Template:
    asked = [level("main.board"), choice("main.form", {"a": None, "b": None}), recorded("main.seat", "country"), recorded("main.staff")]
    return built([section("s", asked)], id="main", **more)


def other(*, same_as: list[dict[str, Any]] | None = None) -> Template:
    board = level("other.board", points=(1, 2, 3, 4), key=True, same_as=same_as or [{"question": "main.board", "answers": MAP}])
    seat = recorded("other.seat", "country", same_as=[{"question": "main.seat"}])
    form = choice("other.form", {"x": None, "y": None}, same_as=[{"question": "main.form", "answers": {"a": "y"}}])
    few = recorded("other.few", minimum=0, maximum=9, same_as=[{"question": "main.staff"}])
    return built([section("t", [board, seat, form, few])], id="other")


BOTH = (main_(), other())


def given_(**values: Any) -> AnswerSet:
    found = {}
    for name, one in values.items():
        template, question = name.split("__")
        found[AnswerKey(template, f"{template}.{question}")] = one if isinstance(one, Answer) else answer(one)
    return AnswerSet(found)


def of(answers: AnswerSet, name: str) -> Answer | None:
    return answers.of("other", f"other.{name}")


@pytest.mark.parametrize(("theirs", "ours"), [(0, 1), (2, 2), (4, 4)])
def test_an_answer_of_the_other_instrument_becomes_ours_by_the_map(theirs: int, ours: int) -> None:
    assert of(linked(given_(main__board=theirs), BOTH), "board") == answer(ours)


@pytest.mark.parametrize("theirs", [1, 3])
def test_an_answer_that_the_map_does_not_name_answers_nothing(theirs: int) -> None:
    assert of(linked(given_(main__board=theirs), BOTH), "board") is None


def test_without_a_map_the_answer_is_the_same_and_one_that_is_not_allowed_is_not_taken() -> None:
    answers = linked(given_(main__seat="KE", main__form="a", main__staff=12), BOTH)
    assert (of(answers, "seat"), of(answers, "form"), of(answers, "few")) == (answer("KE"), answer("y"), None)


def test_how_it_is_known_and_what_was_said_come_along() -> None:
    said = Answer("answered", "KE", known="verified", comment="Seen on the wall.")
    assert of(linked(given_(main__seat=said), BOTH), "seat") == said
    assert of(linked(given_(main__board=NOT_ESTABLISHED), BOTH), "board") == NOT_ESTABLISHED


@pytest.mark.parametrize("state", [DONT_KNOW, NOT_APPLICABLE])
def test_what_is_open_or_set_aside_answers_nothing_elsewhere(state: Answer) -> None:
    assert of(linked(given_(main__seat=state), BOTH), "seat") is None


@pytest.mark.parametrize("own", [answer("SE"), DONT_KNOW, NOT_APPLICABLE])
def test_an_own_answer_always_wins(own: Answer) -> None:
    answers = given_(main__seat="KE", other__seat=own)
    assert of(linked(answers, BOTH), "seat") == own
    assert origins(answers, BOTH) == {}


def test_where_a_taken_answer_comes_from_is_said() -> None:
    answers = given_(main__seat="KE", main__board=1)
    assert origins(answers, BOTH) == {AnswerKey("other", "other.seat"): AnswerKey("main", "main.seat")}


def test_nothing_is_taken_from_an_answer_that_is_itself_taken() -> None:
    seat = recorded("third.seat", "country", same_as=[{"question": "other.seat"}])
    third = built([section("u", [seat], bands=None)], id="third", subjects={})
    answers = linked(given_(main__seat="KE"), (*BOTH, third))
    assert of(answers, "seat") == answer("KE")
    assert answers.of("third", "third.seat") is None


def test_of_two_links_the_first_that_fits_answers() -> None:
    two = (main_(), other(same_as=[{"question": "main.board", "answers": {"0": "1"}}, {"question": "spare.board"}]))
    spare = built([section("v", [level("spare.board", points=(1, 2, 3, 4))])], id="spare")
    answers = AnswerSet({AnswerKey("main", "main.board"): answer(3), AnswerKey("spare", "spare.board"): answer(2)})
    assert of(linked(answers, (*two, spare)), "board") == answer(2)


def test_a_question_of_an_instrument_that_is_not_there_links_nothing() -> None:
    assert links([other()]) == ()
    assert links(BOTH)[0] == Link(AnswerKey("other", "other.board"), AnswerKey("main", "main.board"), MAP)


@given(st.dictionaries(st.sampled_from(["main__board", "main__seat", "other__seat", "other__board"]), st.sampled_from([1, 2, 4, "KE"])))
@SOME
def test_linking_adds_answers_and_changes_none_and_again_adds_nothing_new(values: dict[str, Any]) -> None:
    answers = given_(**values)
    once = linked(answers, BOTH)
    assert all(once[key] == one for key, one in answers.items())
    assert set(once) - set(answers) == set(origins(answers, BOTH))
    assert linked(once, BOTH) == once


def between(*templates: Template) -> list[str]:
    return [f"{problem.path}: {problem.message.format(**problem.params)}" for problem in check_between(templates)]


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ({"question": "main.nothing"}, "other: other.board.same_as[0].question: there is no question “main.nothing”"),
        ({"question": "other.seat"}, "other: other.board.same_as[0].question: “other.seat” is a question of this template itself"),
        ({"question": "main.board", "answers": {"7": "1"}}, "other: other.board.same_as[0].answers: “7” can never be; possible are 0, 1"),
        ({"question": "main.board"}, "other: other.board.same_as[0]: “main.board” is not answered on the same scale"),
        ({"question": "main.seat", "answers": {"KE": "1"}}, "other: other.board.same_as[0].answers: “KE” can never be"),
    ],
)
def test_a_link_that_cannot_hold_is_found(link: dict[str, Any], words: str) -> None:
    assert any(words in found for found in between(main_(), other(same_as=[link])))


def test_links_that_hold_are_not_complained_of() -> None:
    assert between(*BOTH) == []


def test_every_link_between_the_bundled_templates_holds_and_no_two_share_a_question() -> None:
    templates = Library(BUNDLED).templates()
    assert between(*templates) == []
    ids = [question.id for template in templates for _, question in template.questions()]
    assert len(ids) == len(set(ids))
    assert links(templates)
