"""Published arithmetic of standard instruments, worked out by data: what goes in, what must come out."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations_with_replacement as draws
from typing import Any

import pytest

from forms.bands import Attainable, settle
from forms.result import Score
from forms.template import Template
from tests.forms.building import CAPACITY, NOT_APPLICABLE, built, level, scored, section

# HACT micro assessment: N/A, Low 1, Moderate 2, Significant 3, High 4; key questions 1, 4, 6, 8; mean over what applies.
V1 = {"bands": ["low", "moderate", "significant", "high"], "shares": ["1/4", "2/4", "3/4"], "key_weight_in_range": True}
V2 = {"bands": ["low", "moderate", "significant", "high"], "shares": ["15/100", "30/100", "50/100"], "key_weight_in_range": False}


def hact(areas: list[tuple[int, int]], derived: dict[str, Any]) -> Template:
    """Give a form of so many areas, each of n questions of which the first k are key."""
    bands = {"risk": {"direction": "higher_is_worse", "edge": "worse", "measure": "value", "derived": derived}}
    sections = [
        section(
            f"s{s}",
            [level(f"s{s}.q{q}", points=(1, 2, 3, 4), key=q < keys, not_applicable=True) for q in range(n)],
            bands="risk",
            aggregate="mean",
        )
        for s, (n, keys) in enumerate(areas)
    ]
    return built(
        sections,
        bands=bands,
        subjects={"organisation": {"bands": "risk", "combine": "questions"}},
        key_points={"2": 4, "3": 6, "4": 8},
        not_applicable_share=None,
    )


def whole(template: Template, given: dict[str, Any]) -> Score:
    subject = scored(template, given).subject("organisation")
    assert subject is not None
    return subject.score


L, M, S, H = 1, 2, 3, 4
HACT = [  # key answers, ordinary answers, points, version 1, version 2
    ([L] * 3, [L] * 7, 10, "low", "low"),
    ([M] * 3, [M] * 7, 26, "moderate", "high"),
    ([S] * 3, [S] * 7, 39, "significant", "high"),
    ([H] * 3, [H] * 7, 52, "high", "high"),
    ([L] * 2, [L] * 9, 11, "low", "low"),
    ([H, L], [L] * 9, 18, "low", "moderate"),
    ([S] * 2, [L] * 9, 21, "low", "significant"),
    ([L] * 2, [M] * 4 + [L] * 5, 15, "low", "low"),
    ([L] * 2, [M] * 5 + [L] * 4, 16, "low", "moderate"),
    ([M] * 2, [M] * 9, 26, "moderate", "significant"),
    ([L], [], 1, "low", "low"),
    ([M], [], 4, "moderate", "high"),
    ([], [M], 2, "moderate", "significant"),
    ([L] * 39, [L] * 57, 96, "low", None),
    ([M] * 39, [M] * 57, 270, "moderate", None),
    ([S] * 39, [S] * 57, 405, "significant", None),
    ([H] * 39, [H] * 57, 540, "high", None),
    ([M, M, M, H], [L, M], 23, "significant", None),  # a tie exactly on 23/6: the higher risk
]


@pytest.mark.parametrize(("keys", "others", "points", "first", "second"), HACT)
def test_hact_micro_assessment(keys: list[int], others: list[int], points: int, first: str, second: str | None) -> None:
    n, k = len(keys) + len(others), len(keys)
    given = {f"s0.q{place}": value for place, value in enumerate(keys + others)}
    for derived, band in ((V1, first), (V2, second)):
        if band is None:
            continue
        template = hact([(n, k)], derived)
        result = scored(template, given)
        assert result.section("s0").points == points
        assert result.section("s0").score.value == whole(template, given).value == Fraction(points, n)
        assert result.section("s0").score.band == whole(template, given).band == band


# n and key questions of each area; the points it can give at most (second version), its first cut-off (first version).
SECOND = [(9, 2, 44), (14, 4, 72), (10, 3, 52), (14, 4, 72), (12, 2, 56), (11, 2, 52), (6, 0, 24), (24, 7, 124)]
FIRST = [(11, 5, "2.2045"), (8, 2, "2.0000"), (8, 3, "2.1250"), (32, 19, "2.3438"), (9, 2, "1.9722"), (8, 3, "2.1250"), (20, 5, "2.0000")]


def test_the_areas_of_the_second_version_end_and_are_cut_where_they_are_published() -> None:
    template = hact([(n, k) for n, k, _ in SECOND], V2)
    given = {question.id: H for _, question in template.questions()}
    result = scored(template, given)
    for section_, (n, _, most) in zip(result.sections, SECOND, strict=True):
        assert section_.points == section_.maximum == most
        assert [cut.value * n for cut in section_.score.cutoffs] == [Fraction(n * share, 100) for share in (145, 190, 250)]
    assert whole(template, given).value == Fraction(496, 100)
    assert [cut.value for cut in whole(template, given).cutoffs] == [Fraction(29, 20), Fraction(19, 10), Fraction(5, 2)]


def test_all_moderate_over_the_whole_second_version_reads_significant() -> None:
    template = hact([(n, k) for n, k, _ in SECOND], V2)
    assert whole(template, {question.id: M for _, question in template.questions()}).band == "significant"


def test_the_areas_of_the_first_version_are_cut_where_they_are_published() -> None:
    template = hact([(n, k) for n, k, _ in FIRST], V1)
    given = {question.id: H for _, question in template.questions()}
    result = scored(template, given)
    for section_, (_, _, low) in zip(result.sections, FIRST, strict=True):
        assert abs(section_.score.cutoffs[0].value - Fraction(low)) <= Fraction(1, 20_000)
    assert whole(template, given).value == Fraction(5625, 1000)
    assert [cut.value for cut in whole(template, given).cutoffs] == [Fraction(69, 32), Fraction(53, 16), Fraction(143, 32)]


@pytest.mark.parametrize(("version", "derived"), [(1, V1), (2, V2)])
def test_bands_agree_with_the_integer_form_for_every_total_up_to_24_questions(version: int, derived: dict[str, Any]) -> None:
    """Ties that floating point puts in the lower band are among them: 23/6 with four key questions of six."""
    table = hact([(1, 0)], derived).bands["risk"]
    for n in range(1, 25):
        for k in range(n + 1):
            bands = settle(table, Attainable(Fraction(1), Fraction(4 * (n + k), n), Fraction(4)))
            for p in range(n, 4 * (n + k) + 1):
                assert bands.of(Fraction(p, n)) == integer_form(n, k, p, version)


def integer_form(n: int, k: int, p: int, version: int) -> str:
    """The same rule in integers only, worked out by hand from the published cut-offs."""
    cuts = ((4 * p, 7 * n + 4 * k), (2 * p, 5 * n + 4 * k), (4 * p, 13 * n + 12 * k))
    if version == 2:
        cuts = ((100 * p, 145 * n), (100 * p, 190 * n), (100 * p, 250 * n))
    return next((band for band, (left, right) in zip(("low", "moderate", "significant"), cuts, strict=True) if left < right), "high")


@pytest.mark.parametrize(("version", "derived"), [(1, V1), (2, V2)])
@pytest.mark.parametrize(("n", "k"), [(1, 0), (1, 1), (3, 1), (6, 4), (5, 5)])
def test_hact_agrees_with_its_integer_form_for_every_total(version: int, derived: dict[str, Any], n: int, k: int) -> None:
    template = hact([(n, k)], derived)
    for keys in draws((L, M, S, H), k):
        for others in draws((L, M, S, H), n - k):
            given = {f"s0.q{place}": value for place, value in enumerate(keys + others)}
            points = sum(value if value == 1 else 2 * value for value in keys) + sum(others)
            assert scored(template, given).section("s0").score.band == integer_form(n, k, points, version)


def test_hact_adds_areas_question_by_question_and_is_no_mean_of_means() -> None:
    template = hact([(1, 0), (3, 0)], V1)
    score_ = whole(template, {"s0.q0": H, "s1.q0": L, "s1.q1": L, "s1.q2": L})
    assert score_.value == Fraction(7, 4)
    assert score_.band == "moderate"  # exactly 7/4, the first cut-off


def test_hact_reaches_the_tie_by_leaving_five_questions_out() -> None:
    template = hact([(11, 5)], V1)
    given: dict[str, Any] = {f"s0.q{place}": value for place, value in enumerate([M, M, M, H])} | {"s0.q5": L, "s0.q6": M}
    given |= {f"s0.q{place}": NOT_APPLICABLE for place in (4, 7, 8, 9, 10)}
    assert whole(template, given).value == Fraction(23, 6)
    assert whole(template, given).band == "significant"


@pytest.mark.parametrize("derived", [V1, V2])
def test_hact_with_nothing_applicable_has_no_rating(derived: dict[str, Any]) -> None:
    template = hact([(3, 1)], derived)
    score_ = whole(template, {f"s0.q{place}": NOT_APPLICABLE for place in range(3)})
    assert (score_.status, score_.value, score_.band) == ("not_assessable", None, None)


def test_hact_with_something_unanswered_has_no_rating_instead_of_a_low_one() -> None:
    score_ = whole(hact([(3, 1)], V1), {"s0.q0": L})
    assert (score_.status, score_.band) == ("incomplete", None)


def summed(questions: int, points: tuple[int, ...], steps: list[tuple[str, int, int]]) -> Template:
    listed = [{"band": band, "from": low, "to": high} for band, low, high in steps]
    bands = {"sum": {"direction": "higher_is_better", "edge": "better", "measure": "value", "steps": listed}}
    asked = [level(f"s.q{place}", points=points, not_applicable=False) for place in range(questions)]
    return built(
        [section("s", asked, bands="sum", aggregate="sum")],
        bands=bands,
        subjects={"organisation": {"bands": "sum", "combine": "questions"}},
    )


PSEA = summed(6, (1, 2, 3), [("high", 6, 9), ("moderate", 9, 15), ("low", 15, 18)])


@pytest.mark.parametrize(
    ("ratings", "total", "band"),
    [
        ([1, 1, 1, 1, 1, 1], 6, "high"),
        ([2, 2, 1, 1, 1, 1], 8, "high"),
        ([2, 2, 2, 1, 1, 1], 9, "moderate"),
        ([2, 2, 2, 2, 2, 2], 12, "moderate"),
        ([3, 3, 2, 2, 2, 2], 14, "moderate"),
        ([3, 3, 3, 2, 2, 2], 15, "low"),
        ([3, 3, 3, 3, 3, 3], 18, "low"),
    ],
)
def test_protection_standards_add_up_to_a_rating(ratings: list[int], total: int, band: str) -> None:
    score_ = whole(PSEA, {f"s.q{place}": rating for place, rating in enumerate(ratings)})
    assert (score_.value, score_.band) == (total, band)


def test_protection_standards_have_no_total_while_one_is_missing() -> None:
    score_ = whole(PSEA, {f"s.q{place}": 3 for place in range(5)})
    assert (score_.status, score_.value, score_.band) == ("incomplete", None, None)


HEALTH = summed(15, (0, 1, 4, 5), [("high", 0, 45), ("moderate", 45, 60), ("low", 60, 75)])
ALWAYS, MOSTLY, SOMETIMES, NEVER = 3, 2, 1, 0


@pytest.mark.parametrize(
    ("given", "total", "band"),
    [
        ([MOSTLY] * 15, 60, "low"),
        ([ALWAYS] * 11 + [MOSTLY, SOMETIMES, NEVER, NEVER], 60, "low"),
        ([ALWAYS] * 11 + [MOSTLY] + [NEVER] * 3, 59, "moderate"),
        ([ALWAYS] * 9 + [NEVER] * 6, 45, "moderate"),
        ([MOSTLY] * 11 + [NEVER] * 4, 44, "high"),
        ([SOMETIMES] * 15, 15, "high"),
        ([ALWAYS] * 15, 75, "low"),
    ],
)
def test_financial_health_check_keeps_its_uneven_scale_and_its_edges(given: list[int], total: int, band: str) -> None:
    score_ = whole(HEALTH, {f"s.q{place}": value for place, value in enumerate(given)})
    assert (score_.value, score_.band) == (total, band)


PSEA_EDGES = {8: "high", 9: "moderate", 14: "moderate", 15: "low"}
HEALTH_EDGES = {44: "high", 45: "moderate", 59: "moderate", 60: "low"}


@pytest.mark.parametrize(("template", "edges"), [(PSEA, PSEA_EDGES), (HEALTH, HEALTH_EDGES)], ids=["protection", "health"])
def test_every_total_of_a_fixed_table_lies_in_one_band_and_each_edge_in_the_better_one(template: Template, edges: dict[int, str]) -> None:
    asked = [question for _, question in template.questions()]
    ways: dict[int, tuple[int, ...]] = {0: ()}
    for question in asked:
        ways = {total + step.worth: (*taken, step.key) for total, taken in ways.items() for step in question.levels}
    found = {}
    for total, taken in ways.items():
        score_ = whole(template, {question.id: key for question, key in zip(asked, taken, strict=True)})
        assert score_.value == total
        found[total] = score_.band or ""
    order = [step.band for step in template.bands["sum"].steps]
    assert {total: found[total] for total in edges} == edges
    assert [found[total] for total in sorted(found)] == sorted(found.values(), key=order.index)


def test_the_health_check_has_no_total_while_one_is_missing() -> None:
    score_ = whole(HEALTH, {f"s.q{place}": ALWAYS for place in range(14)})
    assert (score_.status, score_.value, score_.band) == ("incomplete", None, None)


VALUE_0_4 = {
    "direction": "higher_is_better",
    "edge": "better",
    "measure": "value",
    "steps": [{"band": band, "from": place, "to": place + 1} for place, band in enumerate(("weak", "limited", "adequate", "strong"))],
}
COMMITMENT = built(
    [section("c", [level(f"c.q{n}", key=True, not_applicable=True) for n in range(4)], bands="chs", aggregate="mean")],
    bands={"chs": VALUE_0_4},
    subjects={},
    required={"light": {"ordinary": 3, "key": 3}},
    key_cap={"at_most": 0, "band": "weak"},
)


@pytest.mark.parametrize(
    ("items", "mean", "gaps", "major"),
    [([3, 3, 2, 4], Fraction(3), 1, False), ([3, 3, 0, 4], Fraction(5, 2), 1, True), ([2, 2, 2], Fraction(2), 3, False)],
)
def test_a_commitment_is_a_mean_in_which_one_zero_is_a_major_weakness(items: list[int], mean: Fraction, gaps: int, major: bool) -> None:
    given: dict[str, Any] = {f"c.q{n}": item for n, item in enumerate(items)}
    given |= {f"c.q{n}": NOT_APPLICABLE for n in range(len(items), 4)}
    result = scored(COMMITMENT, given)
    score_ = result.section("c").score
    assert (score_.value, len(result.gaps)) == (mean, gaps)
    assert (score_.band == "weak") == major
    assert score_.held_by == (("c.q2",) if major else ())


def steps(*ends: int) -> dict[str, Any]:
    names = ("weak", "limited", "adequate", "strong")
    listed = [{"band": band, "from": low, "to": high} for band, low, high in zip(names, ends, ends[1:], strict=False)]
    return {"direction": "higher_is_better", "edge": "worse", "measure": "value", "steps": listed}


def test_performance_domains_are_means_and_so_is_their_total() -> None:
    domains = ([2, 3], [3, 3], [2, 2], [1, 3])
    template = built(
        [section(f"d{d}", [level(f"d{d}.q{q}", points=(1, 2, 3, 4)) for q in range(2)], bands="v", aggregate="mean") for d in range(4)],
        bands={"v": steps(1, 2, 3, 4), "p": CAPACITY},
        subjects={"organisation": {"bands": "p", "combine": "questions"}},
    )
    given = {f"d{d}.q{q}": value for d, domain in enumerate(domains) for q, value in enumerate(domain)}
    result = scored(template, given)
    assert [one.score.value for one in result.sections] == [Fraction(5, 2), 3, 2, 2]
    assert whole(template, given).value == Fraction(2375, 1000)


def test_an_octagon_variable_is_the_mean_of_its_answers() -> None:
    asked = [level(f"s.q{q}", points=(1, 2, 3, 4, 5, 6, 7)) for q in range(3)]
    template = built([section("s", asked, bands="v", aggregate="mean")], bands={"v": steps(1, 3, 5, 7)}, subjects={})
    assert scored(template, {"s.q0": 4, "s.q1": 5, "s.q2": 7}).section("s").score.value == Fraction(16, 3)


@pytest.mark.parametrize(
    ("total", "band"), [(86, "weak"), (87, "limited"), (88, "limited"), (169, "limited"), (170, "limited"), (172, "limited")]
)
def test_no_total_falls_between_two_bands(total: int, band: str) -> None:
    """A table written as "up to 40 %, from 41 %" would lose 87 of 215; here the cut-off is one number."""
    asked = [level(f"s.q{q}", points=(0, 1, 2, 3, 4, 5)) for q in range(43)]
    edges = [{"band": "weak", "from": 0, "to": 40}, {"band": "limited", "from": 40, "to": 80}, {"band": "adequate", "from": 80, "to": 100}]
    template = built([section("s", asked)], bands={"capacity": {**CAPACITY, "steps": edges}}, subjects={})
    fives, rest = divmod(total, 5)
    values = [5] * fives + [rest] + [0] * 43
    given = {f"s.q{q}": values[q] for q in range(43)}
    assert scored(template, given).section("s").score.band == band


def test_weighted_means_sums_and_sections_that_weigh_alike() -> None:
    """80 (weight 1), 60 (1) | 40 (1), 100 (3): mean 80 of all, sum 480, 77.5 as a mean of two sections (70 and 85)."""
    tens = tuple(range(0, 101, 20))
    sections = [
        section("a", [level("a.p", points=tens), level("a.q", points=tens)]),
        section("b", [level("b.p", points=tens), level("b.q", points=tens, weight=3)]),
    ]
    given = {"a.p": 4, "a.q": 3, "b.p": 2, "b.q": 5}
    by_section = whole(built(sections), given)
    by_question = whole(built(sections, subjects={"organisation": {"bands": "capacity", "combine": "questions"}}), given)
    for one in sections:
        one["aggregate"] = "sum"
    added = scored(built(sections), given)
    assert by_section.value == Fraction(775, 10)
    assert by_question.value == 80
    assert sum((one.score.value for one in added.sections if one.score.value is not None), Fraction(0)) == 480
    assert sum(one.points for one in added.sections) == 480
