"""Risks over the years: none is lost, none is invented, and a rating by another table is never called a movement."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.risk import RiskEntry, rate
from forms.risk_years import Register, RiskCourse, risks_over_years
from forms.template import RISK, RiskMatrix

MATRIX = RiskMatrix(
    rows=[
        ["low", "low", "low", "moderate", "moderate"],
        ["low", "low", "moderate", "moderate", "significant"],
        ["low", "moderate", "moderate", "significant", "high"],
        ["moderate", "moderate", "significant", "high", "high"],
        ["moderate", "significant", "significant", "high", "high"],
    ],
    people_floor="significant",
)
STRICTER = RiskMatrix(rows=[*MATRIX.rows[:1], *[["high"] * 5] * 4], people_floor="high")
CASH = RiskEntry("r1", "cash", "accepted", "Kontanter försvinner", "organisation", 4, 4, False, "Två attesterar", 2, 3)
OWN = RiskEntry("r2", "", "own", "Vägen stängs", "project", 3, 3, False, "Besök i januari", 2, 2)


def register(*entries: RiskEntry, matrix: RiskMatrix | None = MATRIX) -> Register:
    return Register(entries, matrix)


def only(*registers: Register) -> RiskCourse:
    (course,) = risks_over_years(registers)
    return course


@pytest.mark.parametrize(
    ("then", "now", "movement"),
    [
        ((), (CASH,), "came"),
        ((CASH,), (), "went"),
        ((CASH,), (CASH,), "same"),
        ((CASH,), (replace(CASH, residual_impact=2, residual_likelihood=3),), "shifted"),
        ((CASH,), (replace(CASH, residual_likelihood=4, residual_impact=4),), "higher"),
        ((CASH,), (replace(CASH, residual_likelihood=1),), "lower"),
        ((replace(CASH, choice="rejected", reason="Inga kontanter."),), (CASH,), "back"),
        ((CASH,), (replace(CASH, choice="rejected", reason="Inga kontanter."),), "set_aside"),
    ],
)
def test_how_one_risk_moved(then: tuple[RiskEntry, ...], now: tuple[RiskEntry, ...], movement: str) -> None:
    assert only(register(*then), register(*now)).movement == movement


def test_a_proposed_risk_is_the_same_one_whatever_it_is_called_and_an_own_one_by_its_title() -> None:
    course = only(register(CASH), register(replace(CASH, id="other", title="Kontanterna försvinner på vägen")))
    assert [one is not None for one in course.standings] == [True, True]
    assert course.newest.title == "Kontanterna försvinner på vägen"
    assert only(register(OWN), register(replace(OWN, id="x", title=" VÄGEN  stängs "))).movement == "same"
    assert len(risks_over_years([register(OWN), register(replace(OWN, title="Bron stängs"))])) == 2


def test_a_rating_by_another_table_is_not_called_higher_or_lower() -> None:
    course = only(register(CASH), register(CASH, matrix=STRICTER))
    assert [one.rating for one in course.standings if one is not None] == ["moderate", "high"]
    assert course.movement == "re_rated"


def test_a_time_without_a_register_is_passed_over_and_is_no_absence() -> None:
    course = only(register(CASH), register(matrix=None), register(CASH))
    assert ([one is None for one in course.standings], course.movement) == ([False, True, False], "same")
    assert only(register(CASH), register(matrix=None)).movement == "came"
    assert risks_over_years([register(matrix=None)]) == ()


def test_a_risk_that_was_gone_and_stands_again_is_back_and_not_new() -> None:
    assert only(register(CASH), register(), register(CASH)).movement == "back"
    assert only(register(), register(), register(CASH)).movement == "came"


def test_what_was_only_ever_set_aside_is_no_risk() -> None:
    aside = replace(CASH, choice="rejected", reason="Inga kontanter.")
    assert risks_over_years([register(aside), register(aside)]) == ()


def test_the_worst_that_stands_comes_first_and_what_is_gone_last() -> None:
    worst = replace(OWN, title="Våld", residual_likelihood=3, residual_impact=5)
    aside = replace(OWN, title="Torka")
    gone = replace(OWN, title="Räntan")
    found = risks_over_years([register(gone, aside, CASH), register(CASH, replace(aside, choice="rejected", reason="Regn."), worst)])
    assert [one.newest.title for one in found] == ["Våld", "Kontanter försvinner", "Torka", "Räntan"]


entries = st.builds(
    RiskEntry,
    id=st.just("r"),
    proposal=st.sampled_from(["cash", "law", ""]),
    choice=st.sampled_from(["accepted", "rejected", "own"]),
    title=st.sampled_from(["A", "B"]),
    subject=st.just("organisation"),
    likelihood=st.just(5),
    impact=st.just(5),
    on_people=st.booleans(),
    mitigation=st.just("x"),
    residual_likelihood=st.integers(1, 5),
    residual_impact=st.integers(1, 5),
    reason=st.just("x"),
)


def known(entry: RiskEntry) -> str:
    return entry.proposal or entry.title.casefold()


registers = st.lists(entries, max_size=4, unique_by=known).map(lambda found: register(*found))


@given(st.lists(registers, min_size=1, max_size=4))
def test_every_risk_stands_in_its_place_with_the_rating_that_its_table_gives(times: list[Register]) -> None:
    courses = risks_over_years(times)
    for place, time in enumerate(times):
        standing = [one.standings[place] for one in courses if one.standings[place] is not None]
        rated = {known(one.entry): one.rating for one in standing if one is not None and one.rating is not None}
        assert rated == {
            known(one): rate(MATRIX, likelihood=one.residual_likelihood, impact=one.residual_impact, on_people=one.on_people)
            for one in time.entries
            if one.choice != "rejected"
        }
    last = [RISK.index(one.standings[-1].rating) for one in courses if one.standings[-1] is not None and one.standings[-1].rating]
    assert last == sorted(last, reverse=True)
