"""Several choices, countries, organisation numbers and dated documents: what is taken, what it is worth, what has expired."""

from __future__ import annotations

from datetime import date
from itertools import chain, combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.answers import check_answer
from forms.country import COUNTRIES
from forms.documents import Document, document_of, expired
from forms.errors import ScoringError
from forms.kinds import answers_of, attainable, named_in, worth_of
from forms.template import Template
from forms.values import as_value, fraction_of
from tests.forms.building import (
    NOT_ESTABLISHED,
    SOME,
    answer,
    answers,
    built,
    by_worth,
    level,
    recorded,
    said,
    scored,
    section,
    wide,
    yes_no,
)

WIDE = wide()


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("value.several", ("a",)),
        ("value.several", ("a", "b", "c")),
        ("facts.several", ("x", "z")),
        ("facts.country", "CD"),
        ("facts.country", "XK"),
        ("facts.number", "SE-ON 556091-2148"),
        ("facts.number", "NO-BRC 923 609 016"),
        ("facts.number", "KE-NCB OP.218/051/2003-0147"),
        ("facts.paper", ("Statutes", "2024-02-29", "")),
        ("facts.paper", ("Licence", "2024-02-29", "2024-02-29")),
    ],
)
def test_an_answer_of_its_kind_is_taken(question: str, value: Any) -> None:
    check_answer(WIDE.question(question), answer(value))


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("value.several", ()),
        ("value.several", "a"),
        ("value.several", ["a"]),
        ("value.several", ("b", "a")),
        ("value.several", ("a", "a")),
        ("value.several", ("a", "d")),
        ("facts.country", "Sweden"),
        ("facts.country", "se"),
        ("facts.country", "ZZ"),
        ("facts.country", ("SE",)),
        ("facts.number", "556091-2148"),
        ("facts.number", "SE-ON"),
        ("facts.number", " 556091-2148"),
        ("facts.number", "SE-ON 5560912148"),
        ("facts.number", 5560912148),
        ("facts.paper", "Statutes"),
        ("facts.paper", ("Statutes", "2024-01-31")),
        ("facts.paper", (" ", "2024-01-31", "")),
        ("facts.paper", ("Statutes", "2025-02-29", "")),
        ("facts.paper", ("Licence", "2024-01-31", "2024-01-30")),
        ("facts.paper", ("Licence", "2024-01-31", None)),
        ("facts.paper", ("Licence", "2024-01-31", "soon")),
    ],
)
def test_any_other_answer_is_refused(question: str, value: Any) -> None:
    with pytest.raises(ScoringError, match=r"is not an answer to .* The answer was not changed\."):
        check_answer(WIDE.question(question), answer(value))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("SE-ON 556091-2149", "is not a Swedish organisation number"),
        ("NO-BRC 123 456 789", "is not a Norwegian organisation number"),
        ("Sweden 556091-2148", "is not a list code"),
        ("SE-ON 640823-3234", "personal identity number"),
    ],
)
def test_an_organisation_number_that_cannot_be_right_is_refused_with_the_reason(value: str, words: str) -> None:
    with pytest.raises(ScoringError, match=words):
        check_answer(WIDE.question("facts.number"), answer(value))


def choosing(points: list[int], maximum: int | None) -> Template:
    options = [{"id": f"o{place}", "text": said(), "points": worth} for place, worth in enumerate(points)]
    limit = {} if maximum is None else {"maximum": maximum}
    return built(
        [section("s", [level("s.other"), recorded("s.choices", "choices", options=options, **limit)], aggregate="sum")], subjects={}
    )


@given(points=st.lists(st.integers(-3, 6), min_size=2, max_size=5), maximum=st.none() | st.integers(1, 12))
@SOME
def test_several_choices_add_up_to_the_most_that_they_may_and_everything_they_can_be_worth_is_listed(
    points: list[int], maximum: int | None
) -> None:
    picked = list(chain.from_iterable(combinations(range(len(points)), n) for n in range(1, len(points) + 1)))
    totals = [sum(points[place] for place in places) for places in picked]
    worth = [total if maximum is None else min(total, maximum) for total in totals]
    if len(set(worth)) < 2:
        return
    template = choosing(points, maximum)
    question = template.question("s.choices")
    assert attainable(question) == tuple(sorted(set(worth)))
    assert [worth_of(question, tuple(f"o{place}" for place in places)) for places in picked] == worth
    assert list(by_worth(question)) == sorted(set(worth))
    for places, total in zip(picked, worth, strict=True):
        given_ = {"s.other": 0, "s.choices": tuple(f"o{place}" for place in places)}
        assert scored(template, given_).section("s").points == total
    worst = scored(template, {"s.other": 0, "s.choices": NOT_ESTABLISHED}).section("s")
    assert (worst.points, worst.score.percent) == (min(worth), 0)


def test_choices_without_points_are_recorded() -> None:
    question = WIDE.question("facts.several")
    assert (attainable(question), worth_of(question, ("x",)), answers_of(question)) == (None, None, None)
    assert named_in(question) == ["x", "y", "z"]


@pytest.mark.parametrize(
    ("when", "value", "holds"),
    [
        ({"question": "r.choices", "is": ["b"]}, ("a", "b"), True),
        ({"question": "r.choices", "is": ["b", "c"]}, ("c",), True),
        ({"question": "r.choices", "is": ["b"]}, ("a", "c"), False),
        ({"question": "r.choices", "at_least": 4}, ("a", "c"), True),
        ({"question": "r.choices", "at_least": 4}, ("a", "b"), False),
        ({"question": "r.choices", "at_most": 1}, NOT_ESTABLISHED, True),
        ({"question": "r.country", "is": ["KE", "CD"]}, "CD", True),
        ({"question": "r.country", "is": ["KE"]}, "CD", False),
        ({"question": "r.number", "is": ["SE-ON 556091-2148"]}, "SE-ON 556091-2148", True),
        ({"question": "r.paper", "state": ["answered"]}, ("Statutes", "2024-01-31", ""), True),
        ({"question": "r.table", "state": ["not_established"]}, NOT_ESTABLISHED, True),
    ],
)
def test_a_condition_looks_into_what_may_be_looked_into(when: dict[str, Any], value: Any, holds: bool) -> None:
    several = [{"id": name, "text": said(), "points": worth} for name, worth in (("a", 1), ("b", 2), ("c", 3))]
    asked = [
        recorded("r.choices", "choices", options=several),
        recorded("r.country", "country"),
        recorded("r.number", "organisation_number"),
        recorded("r.paper", "document"),
        recorded("r.table", "table", columns=[{"id": "n", "text": said(), "kind": "integer"}]),
        yes_no("r.then", asked_if=when),
    ]
    result = scored(built([section("r", asked)], subjects={}), {when["question"]: value})
    assert (result.line("r.then") is not None) == holds


def test_a_document_holds_through_its_last_day_and_has_expired_after_it() -> None:
    given_ = answers(WIDE, {"facts.paper": ("Licence", "2024-01-31", "2026-03-01"), "facts.country": "KE"})
    licence = Document("Licence", date(2024, 1, 31), date(2026, 3, 1))
    assert expired(WIDE, given_, as_of=date(2026, 3, 1)) == {}
    assert expired(WIDE, given_, as_of=date(2026, 3, 2)) == {"facts.paper": licence}
    for_ever = answers(WIDE, {"facts.paper": ("Statutes", "1999-01-31", "")})
    assert expired(WIDE, for_ever, as_of=date.max) == {}


@pytest.mark.parametrize("given_", [None, NOT_ESTABLISHED])
def test_where_there_is_no_document_there_is_none(given_: Any) -> None:
    assert document_of(WIDE.question("facts.paper"), given_) is None
    assert document_of(WIDE.question("facts.country"), answer("KE")) is None


def test_the_countries_are_those_of_the_window() -> None:
    from desktop.language import Language
    from desktop.partners.countries import countries

    assert {code for code, _ in countries(Language("en"))} == COUNTRIES


def test_lists_that_a_reader_gives_become_values() -> None:
    assert as_value([["SE", None], ["a", 1]]) == (("SE", None), ("a", 1))
    assert as_value("SE") == "SE"


@pytest.mark.parametrize("text", ["", "x", "1e9", "1/0", "½", " 1", "9" * 13])
def test_a_number_that_is_none_is_not_read(text: str) -> None:
    assert fraction_of(text) is None
