"""What is concluded from answers: risks, recommendation, assurance plan."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.errors import ScoringError
from forms.result import AssurancePlan, Proposal
from forms.risk import RiskEntry, check_entry, rate
from forms.template import RISK, RiskMatrix, Template
from tests.forms.building import CASE, NOT_APPLICABLE, built, level, mixed, real, said, scored, section, yes_no

ROWS = [
    ["low", "low", "moderate", "moderate", "significant"],
    ["low", "low", "moderate", "significant", "significant"],
    ["low", "moderate", "moderate", "significant", "high"],
    ["low", "moderate", "significant", "significant", "high"],
    ["moderate", "moderate", "significant", "high", "high"],
]
MATRIX = RiskMatrix(rows=[["low"] * 5, *ROWS[1:]], people_floor="significant")
MATRICES = [MATRIX, *([matrix] if (matrix := real().risk_matrix) else [])]
NUMBERS = st.integers(1, 5)


# ── risks ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_rows_are_likelihood_and_the_columns_impact() -> None:
    assert rate(MATRIX, likelihood=5, impact=1, on_people=False) == "moderate"
    assert rate(MATRIX, likelihood=1, impact=5, on_people=False) == "low"


@given(st.sampled_from(MATRICES), NUMBERS, NUMBERS, NUMBERS, NUMBERS, st.booleans())
def test_a_likelier_or_graver_risk_is_never_rated_lower(
    matrix: RiskMatrix, likelihood: int, impact: int, likelier: int, graver: int, on_people: bool
) -> None:
    less = rate(matrix, likelihood=min(likelihood, likelier), impact=min(impact, graver), on_people=on_people)
    more = rate(matrix, likelihood=max(likelihood, likelier), impact=max(impact, graver), on_people=on_people)
    assert RISK.index(less) <= RISK.index(more)


@given(st.sampled_from(MATRICES), NUMBERS, NUMBERS)
def test_the_gravest_harm_to_people_is_never_below_significant(matrix: RiskMatrix, likelihood: int, impact: int) -> None:
    plain, people = (rate(matrix, likelihood=likelihood, impact=impact, on_people=on_people) for on_people in (False, True))
    assert RISK.index(people) >= RISK.index(plain)
    if impact == 5:
        assert people in ("significant", "high")
    else:
        assert people == plain


@pytest.mark.parametrize(("likelihood", "impact"), [(0, 1), (6, 1), (1, 0), (1, 6)])
def test_a_cell_outside_the_matrix_is_refused(likelihood: int, impact: int) -> None:
    with pytest.raises(ScoringError, match="each from 1 to 5"):
        rate(MATRIX, likelihood=likelihood, impact=impact, on_people=False)


def test_answers_propose_risks_with_their_rating_and_reason() -> None:
    risk = {"id": "theft", "text": said(), "when": {"question": "a", "at_most": 1}, "likelihood": 1, "impact": 5, "on_people": True}
    template = built([section("s", [level("a")])], risks=[risk], risk_matrix={"rows": MATRIX.rows, "people_floor": "significant"})
    (proposed,) = scored(template, {"a": 1}).risks
    assert (proposed.id, proposed.rating, proposed.because) == ("theft", "significant", ("a",))
    assert scored(template, {"a": 2}).risks == ()


ENTRY = RiskEntry(
    id="r1",
    proposal="theft",
    choice="accepted",
    title="Money is lost",
    subject="organisation",
    likelihood=4,
    impact=3,
    on_people=False,
    mitigation="Two approvers",
    residual_likelihood=2,
    residual_impact=3,
)


@pytest.mark.parametrize("change", [{}, {"mitigation": "", "residual_likelihood": 4}, {"choice": "rejected", "reason": "Not here."}])
def test_a_risk_that_says_enough_is_taken(change: dict[str, Any]) -> None:
    check_entry(replace(ENTRY, **change))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"likelihood": 0}, "each from 1 to 5"),
        ({"residual_impact": 6}, "each from 1 to 5"),
        ({"title": " "}, "a risk needs a sentence"),
        ({"choice": "rejected"}, "Say why the proposed risk “Money is lost”"),
        ({"choice": "changed", "reason": " "}, "Say why the proposed risk"),
        ({"residual_likelihood": 5}, "cannot be higher than before"),
        ({"residual_impact": 4}, "cannot be higher than before"),
        ({"mitigation": " "}, "Say what is done about “Money is lost”"),
    ],
)
def test_a_risk_that_says_too_little_is_refused(change: dict[str, Any], words: str) -> None:
    with pytest.raises(ScoringError, match=words):
        check_entry(replace(ENTRY, **change))


# ── recommendation ───────────────────────────────────────────────────────────────────────────────────────────────────────

GOOD: dict[str, Any] = {
    "finance.books": 4,
    "finance.bank": 4,
    "finance.staff": 3,
    "integrity.policy": "yes",
    "integrity.cases": 4,
    "integrity.kind": "good",
    "extra.two": 4,
    "design.need": 4,
    "design.plan": "yes",
}


@pytest.mark.parametrize(
    ("changes", "decision", "rule"),
    [
        ({}, "approve", 4),
        ({"finance.bank": 1, "integrity.cases": 1}, "approve_with_conditions", 2),
        ({"finance.books": 2}, "send_back", 1),
        ({"finance.books": 0}, "decline", 0),
        ({"extra.two": 0, "integrity.policy": "no", "integrity.kind": "poor"}, "postpone", 3),
    ],
)
def test_the_first_rule_that_holds_gives_the_recommendation(changes: dict[str, Any], decision: str, rule: int) -> None:
    assert scored(mixed(), GOOD | changes).proposal == Proposal(decision, rule)


def test_nothing_is_recommended_while_anything_is_open() -> None:
    given_ = {key: value for key, value in GOOD.items() if key != "finance.staff"}
    assert scored(mixed(), given_).proposal is None


def test_a_rating_that_awaits_approval_can_have_a_rule_of_its_own() -> None:
    aside = dict.fromkeys(("finance.bank", "integrity.cases"), NOT_APPLICABLE)
    assert scored(mixed(), GOOD | aside).proposal == Proposal("postpone", 3)


def test_a_template_without_rules_recommends_nothing() -> None:
    assert scored(built([section("s", [level("a")])]), {"a": 4}).proposal is None


def ruled(rule: dict[str, Any]) -> Template:
    stop = {"id": "stop", "text": said(), "waivable": "board", "subject": "project", "when": {"question": "p", "at_most": 0}}
    project = {**section("t", [level("p"), yes_no("q")]), "subject": "project"}
    return built(
        [section("s", [level("o", key=True)]), project],
        subjects={"organisation": {"bands": "capacity"}, "project": {"bands": "capacity"}},
        scopes=["light", "full"],
        required={"light": {"ordinary": 2, "key": 3}, "full": {"ordinary": 3, "key": 4}},
        stops=[stop],
        recommendation=[{"decision": "decline", "text": said(), **rule}, {"decision": "approve", "text": said()}],
    )


@pytest.mark.parametrize(
    ("rule", "given_", "holds"),
    [
        ({"stops": "board"}, {"o": 4, "p": 0, "q": "yes"}, True),
        ({"stops": "never"}, {"o": 4, "p": 0, "q": "yes"}, False),
        ({"stops": "board", "subject": "project"}, {"o": 4, "p": 0, "q": "yes"}, True),
        ({"stops": "board", "subject": "organisation"}, {"o": 4, "p": 0, "q": "yes"}, False),
        ({"gaps_at_least": 1, "subject": "project"}, {"o": 0, "p": 4, "q": "yes"}, False),
        ({"gaps_at_least": 1, "subject": "organisation"}, {"o": 0, "p": 4, "q": "yes"}, True),
        ({"key_gaps_at_least": 1}, {"o": 4, "p": 1, "q": "yes"}, False),
        ({"bands": ["strong"], "subject": "project"}, {"o": 0, "p": 4, "q": "yes"}, True),
        ({"bands": ["strong"], "subject": "organisation"}, {"o": 0, "p": 4, "q": "yes"}, False),
        ({"bands": ["strong"]}, {"o": 0, "p": 4, "q": "yes"}, True),
        ({"scope": "full"}, {"o": 4, "p": 4, "q": "yes"}, False),
        ({"scope": "light"}, {"o": 4, "p": 4, "q": "yes"}, True),
    ],
)
def test_every_condition_of_a_rule_narrows_it(rule: dict[str, Any], given_: dict[str, Any], holds: bool) -> None:
    proposal = scored(ruled(rule), given_).proposal
    assert proposal is not None
    assert (proposal.decision == "decline") == holds


# ── requirements ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_gaps_are_counted_against_the_level_required_in_the_scope() -> None:
    given_ = {"o": 3, "p": 2, "q": "no"}
    light, full = (scored(ruled({"scope": "full"}), given_, replace(CASE, scope=scope)) for scope in ("light", "full"))
    assert (light.gaps, light.required, light.required_key) == ((), 2, 1)
    assert [(gap.question, gap.subject, gap.required, gap.key) for gap in full.gaps] == [
        ("o", "organisation", 4, True),
        ("p", "project", 3, False),
    ]


def test_a_question_may_require_a_level_of_its_own() -> None:
    template = built([section("s", [yes_no("a", required=4), level("b")])])
    result = scored(template, {"a": "partly", "b": 0})
    assert [(gap.question, gap.points, gap.required) for gap in result.gaps] == [("a", 2, 4)]


def test_what_is_set_aside_or_open_is_no_gap() -> None:
    template = built([section("s", [level("a"), level("b")])], required={"light": {"ordinary": 2, "key": 3}})
    result = scored(template, {"a": NOT_APPLICABLE})
    assert (result.gaps, result.required) == ((), 0)


# ── assurance ────────────────────────────────────────────────────────────────────────────────────────────────────────────

COUNTS = {"weak": [2, 1], "limited": [2, 0], "adequate": [1, 0], "strong": [0, 0], "unknown": [3, 3]}
ASSURED = built(
    [section("s", [level("a")])],
    assurance={
        "currency": "SEK",
        "subject": "organisation",
        "unassessed": "unknown",
        "measures": [{"id": "visits", "text": said()}, {"id": "checks", "text": said()}],
        "rows": [
            {"up_to": 100_000, "counts": COUNTS},
            {"up_to": 500_000, "counts": {band: [one + 1 for one in counts] for band, counts in COUNTS.items()}},
            {"counts": {band: [one + 2 for one in counts] for band, counts in COUNTS.items()}},
        ],
    },
)


def plan(answers_: dict[str, Any], minor: int | None, currency: str | None = "SEK", rate_: Fraction | None = None) -> AssurancePlan:
    found = scored(ASSURED, answers_, replace(CASE, amount_minor=minor, currency=currency, rate=rate_)).assurance
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("minor", "currency", "rate_", "row", "amount"),
    [
        (0, "SEK", None, 0, Fraction(0)),
        (10_000_000, "SEK", None, 0, Fraction(100_000)),
        (10_000_001, "SEK", None, 1, Fraction(10_000_001, 100)),
        (50_000_000, "SEK", None, 1, Fraction(500_000)),
        (50_000_001, "SEK", None, 2, Fraction(50_000_001, 100)),
        (100_000, "XOF", Fraction(1, 2), 0, Fraction(50_000)),  # no minor unit
        (300_000_000, "TND", Fraction(1, 3), 0, Fraction(100_000)),  # a thousandth; exactly on the edge
        (300_000_001, "TND", Fraction(1, 3), 1, Fraction(300_000_001, 3000)),
        (5, "USD", None, 2, None),
        (None, "SEK", None, 2, None),
        (5, None, None, 2, None),
    ],
)
def test_follow_up_rises_with_the_amount_and_is_highest_when_it_is_not_known(
    minor: int | None, currency: str | None, rate_: Fraction | None, row: int, amount: Fraction | None
) -> None:
    found = plan({"a": 4}, minor, currency, rate_)
    assert (found.row, found.amount, found.band) == (row, amount, "strong")
    assert found.counts == {"visits": row, "checks": row}


def test_what_is_not_assessed_is_followed_up_by_its_own_column_and_never_zero_times() -> None:
    for answers_ in ({}, {"a": NOT_APPLICABLE}):
        found = plan(answers_, 0)
        assert (found.band, found.counts) == ("unknown", {"visits": 3, "checks": 3})


def test_the_plan_of_the_bundled_template_covers_every_band_and_amount() -> None:
    template = real()
    table = template.assurance
    assert table is not None
    for minor in (0, 10**6, 10**9, 10**12, None):
        found = scored(template, {}, replace(CASE, amount_minor=minor, currency=table.currency)).assurance
        assert found is not None
        assert any(found.counts.values())


def test_a_template_without_a_table_has_no_plan() -> None:
    assert scored(mixed(), {}).assurance is None
