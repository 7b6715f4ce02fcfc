"""Sub-areas, values without bands and flags: what each adds up to, and that templates without them say not a byte more."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.scoring import score
from forms.template import Template
from tests.forms.building import (
    APPROVED,
    NOT_APPLICABLE,
    NOT_ESTABLISHED,
    SOME,
    answer_sets,
    built,
    level,
    said,
    scored,
    section,
    three,
    wide,
)

GROUPS = [{"id": "first", "title": said()}, {"id": "second", "title": said()}]
V2 = {"bands": ["low", "moderate", "significant", "high"], "shares": ["15/100", "30/100", "50/100"], "key_weight_in_range": False}
RISK = {"risk": {"direction": "higher_is_worse", "edge": "worse", "measure": "value", "derived": V2}}


def grouped(groups: list[tuple[str, int, int]]) -> Template:
    """Give an area of sub-areas, each of n questions of which the first k are key."""
    asked = [
        level(f"{name}.q{place}", points=(1, 2, 3, 4), key=place < keys, not_applicable=True, group=name)
        for name, n, keys in groups
        for place in range(n)
    ]
    titled = [{"id": name, "title": said()} for name, _, _ in groups]
    return built(
        [section("area", asked, bands="risk", aggregate="mean", groups=titled)],
        bands=RISK,
        subjects={"organisation": {"bands": "risk", "combine": "questions"}},
        key_points={"2": 4, "3": 6, "4": 8},
        not_applicable_share=None,
    )


@given(data=st.data())
@SOME
def test_the_sub_areas_of_an_area_add_up_to_it(data: st.DataObject) -> None:
    template = grouped([("a", 3, 2), ("b", 1, 0), ("c", 2, 2)])
    result = score(template, data.draw(answer_sets(template)), APPROVED)
    area = result.section("area")
    for name in ("asked", "counted", "open", "not_applicable", "points", "maximum"):
        assert sum(getattr(group, name) for group in area.groups) == getattr(area, name)
    assert sum(group.key for group in area.groups) == sum(1 for line in result.lines if line.key and line.counts)


@given(data=st.data())
@SOME
def test_a_sub_area_is_rated_as_an_area_of_its_own_would_be(data: st.DataObject) -> None:
    template = grouped([("a", 3, 2), ("b", 2, 0)])
    given_ = data.draw(answer_sets(template))
    result = score(template, given_, APPROVED)
    for place, name in enumerate(("a", "b")):
        alone = grouped([(name, *(((3, 2), (2, 0))[place]))])
        own = score(alone, given_, APPROVED).section("area")
        group = result.section("area").groups[place]
        assert (group.score, group.points, group.counted) == (own.score, own.points, own.counted)


def test_a_sub_area_that_nothing_counts_in_is_not_assessable_and_an_open_one_has_no_rating() -> None:
    template = grouped([("a", 1, 1), ("b", 2, 0)])
    groups = scored(template, {"a.q0": NOT_APPLICABLE, "b.q0": 2}).section("area").groups
    assert [(group.score.status, group.score.band) for group in groups] == [("not_assessable", None), ("incomplete", None)]


def test_the_parts_of_a_fixed_sum_have_a_value_and_no_band() -> None:
    steps = [{"band": "weak", "from": 0, "to": 5}, {"band": "strong", "from": 5, "to": 8}]
    bands = {"sum": {"direction": "higher_is_better", "edge": "better", "measure": "value", "steps": steps}}
    asked = [level(f"s.{name}", not_applicable=False, group=name) for name in ("first", "second")]
    template = built([section("s", asked, bands="sum", aggregate="sum", groups=GROUPS)], bands=bands, subjects={})
    area = scored(template, {"s.first": 4, "s.second": 1}).section("s")
    assert (area.score.value, area.score.band) == (5, "strong")
    assert [(group.score.value, group.score.percent, group.score.band) for group in area.groups] == [(4, 100, None), (1, 25, None)]


def test_a_heading_over_what_is_recorded_only_is_unscored() -> None:
    template = built(
        [section("s", [level("s.a", group="first"), {**level("s.b", group="second"), "scored": False}, level("s.c")], groups=GROUPS)]
    )
    first, second = scored(template, {"s.a": 4, "s.b": 1, "s.c": 2}).section("s").groups
    assert (first.score.band, second.score.status, second.points) == ("strong", "unscored", 0)


def test_a_section_may_have_headings_without_a_number() -> None:
    template = built([section("s", [level("s.a", group="first"), level("s.b", group="second")], bands=None, groups=GROUPS)], subjects={})
    assert [group.score.status for group in scored(template, {"s.a": 4, "s.b": 1}).section("s").groups] == ["unscored", "unscored"]


# ── a value without a band ───────────────────────────────────────────────────────────────────────────────────────────────


def valued(n: int, points: tuple[int, ...] = (0, 1, 2, 3, 4), **more: Any) -> Template:
    asked = [level(f"c.q{place}", points=points, not_applicable=True) for place in range(n)]
    return built(
        [{**section("c", asked, bands=None), "aggregate": "mean", "value_only": True, **more}],
        bands={},
        subjects={},
        not_applicable_share=None,
        required={"light": {"ordinary": 3, "key": 3}},
    )


def test_an_octagon_variable_is_the_mean_of_its_answers_and_has_no_band() -> None:
    variable = scored(valued(3, (1, 2, 3, 4, 5, 6, 7)), {"c.q0": 4, "c.q1": 5, "c.q2": 7}).section("c").score
    assert (variable.status, variable.value, variable.percent, variable.band) == ("complete", Fraction(16, 3), Fraction(650, 9), None)
    assert (variable.cutoffs, variable.next_band) == ((), None)


@pytest.mark.parametrize(
    ("items", "mean", "gaps", "major"),
    [
        ([3, 3, 2, 4], Fraction(3), 1, ()),
        ([3, 3, 0, 4], Fraction(5, 2), 1, ("c.q2",)),
        ([2, 2, 2], Fraction(2), 3, ()),
        ([4, 4, 4, NOT_ESTABLISHED], Fraction(3), 1, ("c.q3",)),
    ],
)
def test_a_commitment_is_a_mean_in_which_one_zero_is_flagged_whatever_the_mean(
    items: list[Any], mean: Fraction, gaps: int, major: tuple[str, ...]
) -> None:
    template = valued(len(items), flag={"at_most": 0, "text": said("Major weakness")})
    result = scored(template, {f"c.q{place}": item for place, item in enumerate(items)})
    one = result.section("c").score
    assert (one.value, one.held_by, one.band, len(result.gaps)) == (mean, major, None, gaps)


def test_a_flag_is_said_before_the_rest_is_answered() -> None:
    one = scored(valued(2, flag={"at_most": 0, "text": said()}), {"c.q0": 0}).section("c").score
    assert (one.status, one.interval, one.held_by) == ("incomplete", (0, 50), ("c.q0",))


def test_a_value_without_a_band_needs_an_answer_that_counts() -> None:
    template = valued(2)
    assert scored(template, {}).section("c").score.interval == (0, 100)
    set_aside = scored(template, {"c.q0": NOT_APPLICABLE, "c.q1": NOT_APPLICABLE}).section("c").score
    assert (set_aside.status, set_aside.value) == ("not_assessable", None)


@pytest.mark.parametrize(("aggregate", "value"), [("sum", 6), ("mean", 3), ("weighted_mean", 3), ("worst", 2)])
def test_a_value_without_a_band_adds_up_in_each_way(aggregate: str, value: int) -> None:
    assert scored(valued(2, aggregate=aggregate), {"c.q0": 2, "c.q1": 4}).section("c").score.value == value


def test_bands_named_by_the_template_itself_are_told_apart_by_the_same_edges() -> None:
    own = [scored(wide(), {"own.one": one, "own.two": two}).section("own").score.band for one, two in ((2, 2), (2, 1))]
    assert own == ["done", "begun"]


def test_a_template_without_groups_says_nothing_of_them() -> None:
    assert b"groups" not in scored(three(), {"governance.plan": "yes"}).to_bytes()
    assert b'"groups":[{' in scored(wide(), {}).to_bytes()
