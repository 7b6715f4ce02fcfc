"""The proposed scope: by amount exactly, raised by history and context, and always one that the template has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.scope_rule import BUNDLED, SCOPES, Circumstances, ScopeRule, ScopeRuleError, Threshold, check, propose, whole_years

RULE = ScopeRule((Threshold("SEK", 100_000, 500_000), Threshold("JPY", 1_000, 9_000), Threshold("TND", 10, 20)), years=5)
TODAY = date(2026, 11, 22)
KNOWN = Circumstances(as_of=TODAY, amount_minor=0, currency="SEK", last=date(2025, 11, 22))


def scope(seen: Circumstances, scopes: tuple[str, ...] = SCOPES) -> str:
    return propose(RULE, seen, scopes=scopes).scope  # type: ignore[arg-type]


def reasons(seen: Circumstances, scopes: tuple[str, ...] = SCOPES) -> list[str]:
    return [reason.id for reason in propose(RULE, seen, scopes=scopes).reasons]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("amount_minor", "currency", "expected"),
    [
        (100_000_00, "SEK", "light"),
        (100_000_01, "SEK", "standard"),
        (500_000_00, "SEK", "standard"),
        (500_000_01, "SEK", "full"),
        (1_000, "JPY", "light"),
        (1_001, "JPY", "standard"),
        (10_000, "TND", "light"),
        (10_001, "TND", "standard"),
    ],
)
def test_an_amount_on_the_limit_is_within_it_and_one_minor_unit_more_is_not(amount_minor: int, currency: str, expected: str) -> None:
    assert scope(replace(KNOWN, amount_minor=amount_minor, currency=currency)) == expected


def test_a_currency_without_numbers_is_never_converted_and_counts_as_standard() -> None:
    seen = replace(KNOWN, amount_minor=1, currency="XOF")
    assert (scope(seen), reasons(seen)) == ("standard", ["other_currency"])


def test_without_an_amount_only_history_and_context_decide() -> None:
    seen = replace(KNOWN, amount_minor=None, currency="")
    assert (scope(seen), reasons(seen)) == ("light", ["no_amount"])
    assert scope(replace(seen, last=None)) == "standard"


def test_a_first_assessment_and_one_after_long_are_at_least_standard() -> None:
    assert scope(replace(KNOWN, last=None)) == "standard"
    assert scope(replace(KNOWN, last=date(2021, 11, 23))) == "light"
    assert scope(replace(KNOWN, last=date(2021, 11, 22))) == "standard"
    assert scope(replace(KNOWN, last=None, amount_minor=900_000_00)) == "full"


@pytest.mark.parametrize("last_time", [{"last_stops": 1}, {"last_bands": ("strong", "weak")}, {"last_bands": ("high",)}])
def test_a_stop_or_a_weak_rating_last_time_asks_for_full(last_time: dict[str, object]) -> None:
    assert scope(replace(KNOWN, **last_time)) == "full"  # type: ignore[arg-type]


def test_a_fragile_context_is_one_step_up_and_never_beyond_full() -> None:
    assert scope(replace(KNOWN, fragile=True)) == "standard"
    assert scope(replace(KNOWN, fragile=True, last=None)) == "full"
    assert scope(replace(KNOWN, fragile=True, amount_minor=900_000_00)) == "full"


def test_a_rapid_start_is_light_whatever_the_amount_and_its_completion_is_more() -> None:
    assert (scope(replace(KNOWN, kind="rapid", last=None, amount_minor=900_000_00, fragile=True))) == "light"
    assert scope(replace(KNOWN, kind="completion")) == "standard"


def test_a_template_without_the_scope_gives_the_next_wider_and_says_so() -> None:
    assert scope(KNOWN, ("standard", "full")) == "standard"
    assert reasons(KNOWN, ("standard", "full"))[-1] == "not_in_template"
    assert scope(replace(KNOWN, last_stops=1), ("light", "standard")) == "standard"


@given(
    amount=st.none() | st.integers(0, 10**9),
    last=st.none() | st.dates(date(2000, 1, 1), TODAY),
    stops=st.integers(0, 2),
    fragile=st.booleans(),
    scopes=st.sets(st.sampled_from(SCOPES), min_size=1),
)
def test_every_proposal_is_a_scope_of_the_template_with_a_reason_and_more_reasons_never_lower_it(
    amount: int | None, last: date | None, stops: int, fragile: bool, scopes: set[str]
) -> None:
    seen = replace(KNOWN, amount_minor=amount, last=last, last_stops=stops, fragile=fragile)
    made = propose(RULE, seen, scopes=tuple(scopes))  # type: ignore[arg-type]
    calm = propose(RULE, replace(seen, last_stops=0, fragile=False), scopes=tuple(scopes))  # type: ignore[arg-type]
    assert made.scope in scopes
    assert made.reasons
    assert SCOPES.index(made.scope) >= SCOPES.index(calm.scope)


@pytest.mark.parametrize(
    "rule",
    [
        replace(RULE, thresholds=(Threshold("kr", 1, 2),)),
        replace(RULE, thresholds=(Threshold("SEK", 2, 1),)),
        replace(RULE, thresholds=(Threshold("SEK", -1, 1),)),
        replace(RULE, thresholds=(Threshold("SEK", 1, 2), Threshold("SEK", 1, 2))),
        replace(RULE, years=0),
    ],
)
def test_numbers_that_cannot_be_a_rule_are_refused(rule: ScopeRule) -> None:
    with pytest.raises(ScopeRuleError):
        check(rule)


def test_the_bundled_numbers_are_a_rule() -> None:
    check(BUNDLED)


@pytest.mark.parametrize(
    ("earlier", "later", "years"),
    [
        (date(2020, 2, 29), date(2021, 2, 28), 0),
        (date(2020, 2, 29), date(2021, 3, 1), 1),
        (date(2026, 1, 1), date(2025, 1, 1), 0),
        (date(2021, 5, 5), date(2026, 5, 5), 5),
    ],
)
def test_years_are_counted_whole(earlier: date, later: date, years: int) -> None:
    assert whole_years(earlier, later) == years
