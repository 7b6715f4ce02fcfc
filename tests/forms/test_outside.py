"""Others' results: what they could answer, and when they may not be relied on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from forms.outside import RATINGS, OutsideResult, Registered, proposals, standing
from forms.template import Template
from tests.forms.building import built, level, section, yes_no

DAY = date(2026, 11, 22)
HACT = {"result": "hact_micro_assessment", "answers": {"low": "4", "moderate": "3", "significant": "1", "high": "0"}}
AUDIT = {"result": "external_audit", "answers": {"unqualified": "yes", "qualified": "partly", "adverse": "no"}}


def result(**changes: Any) -> OutsideResult:
    given: dict[str, Any] = {
        "owner": "UN agency (invented)",
        "kind": "hact_micro_assessment",
        "rating": "moderate",
        "dated": date(2025, 5, 1),
    }
    return OutsideResult(**{**given, **changes})


@pytest.fixture
def asked() -> Template:
    questions = [level("finance.control", relies_on=[HACT]), yes_no("finance.audit", relies_on=[AUDIT]), level("other")]
    return built([section("finance", questions)])


def test_a_rating_answers_the_questions_that_rely_on_its_kind_and_no_other(asked: Template) -> None:
    found = proposals(asked, {"a": Registered(result())}, as_of=DAY)
    assert list(found) == ["finance.control"]
    assert (found["finance.control"].value, found["finance.control"].key, found["finance.control"].standing) == (3, "a", "usable")


def test_a_level_becomes_a_number_and_a_choice_stays_a_word(asked: Template) -> None:
    found = proposals(asked, {"a": Registered(result(kind="external_audit", rating="qualified"))}, as_of=DAY)
    assert found["finance.audit"].value == "partly"


def test_a_rating_that_the_template_does_not_map_proposes_nothing_and_is_named(asked: Template) -> None:
    found = proposals(asked, {"a": Registered(result(kind="external_audit", rating="disclaimer"))}, as_of=DAY)
    assert (found["finance.audit"].value, found["finance.audit"].standing) == (None, "no_answer")


def test_the_newest_that_holds_goes_first(asked: Template) -> None:
    results = {
        "old": Registered(result(rating="low", dated=date(2022, 1, 1))),
        "new": Registered(result(rating="significant")),
        "newest": Registered(result(rating="high", dated=date(2026, 1, 1), valid_until=date(2026, 6, 30))),
        "gone": Registered(result(rating="high", dated=date(2026, 2, 1)), withdrawn=True),
    }
    found = proposals(asked, results, as_of=DAY)["finance.control"]
    assert (found.key, found.value) == ("new", 1)


def test_no_older_rating_speaks_over_a_newer_one_that_gives_no_answer(asked: Template) -> None:
    audits = {
        "old": Registered(result(kind="external_audit", rating="unqualified", dated=date(2022, 1, 1))),
        "new": Registered(result(kind="external_audit", rating="disclaimer", dated=date(2025, 1, 1))),
    }
    found = proposals(asked, audits, as_of=DAY)["finance.audit"]
    assert (found.key, found.standing) == ("new", "no_answer")


def test_of_two_kinds_the_one_that_can_be_relied_on_goes_first() -> None:
    both = built([section("finance", [yes_no("both", relies_on=[AUDIT, {"result": "un_verification", "answers": {"verified": "yes"}}])])])
    results = {
        "audit": Registered(result(kind="external_audit", rating="disclaimer", dated=date(2026, 1, 1))),
        "un": Registered(result(kind="un_verification", rating="verified", dated=date(2023, 1, 1))),
    }
    assert proposals(both, results, as_of=DAY)["both"].key == "un"


def test_where_none_can_be_relied_on_the_newest_says_why(asked: Template) -> None:
    results = {
        "old": Registered(result(valid_until=date(2025, 6, 1))),
        "new": Registered(result(dated=date(2026, 1, 1)), withdrawn=True),
    }
    assert proposals(asked, results, as_of=DAY)["finance.control"].standing == "withdrawn"


@pytest.mark.parametrize(
    ("changes", "withdrawn", "expected"),
    [
        ({}, False, "usable"),
        ({"valid_until": DAY}, False, "usable"),
        ({"valid_until": date(2026, 11, 21)}, False, "expired"),
        ({"dated": date(2026, 11, 23)}, False, "ahead"),
        ({"consent": "none"}, False, "no_consent"),
        ({"consent": "public"}, False, "usable"),
        ({"valid_until": date(2026, 1, 1)}, True, "withdrawn"),
    ],
)
def test_a_result_holds_through_its_last_day_with_consent_until_it_is_withdrawn(
    changes: dict[str, Any], withdrawn: bool, expected: str
) -> None:
    assert standing(result(**changes), as_of=DAY, withdrawn=withdrawn) == expected


def test_every_kind_has_ratings_and_none_twice() -> None:
    assert all(ratings and len(set(ratings)) == len(ratings) for ratings in RATINGS.values())
