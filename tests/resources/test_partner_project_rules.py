"""The bundled template “Partner and project”: each of its rules can come true, and says what it should."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from forms.answers import Answer
from forms.facts import COLLABORATIONS, KINDS
from forms.kinds import points_of
from forms.outside import RATINGS
from forms.reading import read_template
from forms.tables import ratios
from forms.template import CAPACITY, Question, Scope, Template
from tests.resources.partner_project import (
    BOARD,
    BOARD_OF_A_FORM,
    LEVELLED,
    NEVER,
    QUESTIONS,
    TEMPLATE,
    case,
    scored,
    setting,
    ways,
)


def test_sections_that_are_recorded_and_not_scored_have_no_band() -> None:
    for section in TEMPLATE.sections:
        counted = [question for question in section.questions if points_of(question) is not None]
        assert (section.bands is None) == (not counted), section.id


def test_networks_and_what_we_owe_the_partner_are_never_scored() -> None:
    assert all(
        points_of(question) is None for section in TEMPLATE.sections if section.id == "partnership" for question in section.questions
    )


@pytest.mark.parametrize("scope", TEMPLATE.scopes)
@pytest.mark.parametrize("form", COLLABORATIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_best_answers_give_approval_and_nothing_else(kind: str, form: str, scope: Scope) -> None:
    result = scored(case=case(scope, kind=kind, collaboration=form))
    assert (result.gaps, result.stops, result.clashes, result.risks) == ((), (), (), ())
    assert result.proposal is not None
    assert result.proposal.decision == "approve"
    assert {subject.score.band for subject in result.subjects} == {"strong"}


def test_ordinary_questions_need_level_2_and_key_questions_level_3() -> None:
    for scope in TEMPLATE.scopes:
        lines = [line for line in scored(case=case(scope)).lines if line.scored]
        assert {(line.key, line.required) for line in lines} == {(False, 2), (True, 3)}


def test_bands_end_at_40_60_and_80_and_an_edge_belongs_to_the_weaker() -> None:
    table = TEMPLATE.bands["capacity"]
    assert [(step.band, step.from_, step.to) for step in table.steps] == list(
        zip(CAPACITY, (0, 40, 60, 80), (40, 60, 80, 100), strict=True)
    )
    assert table.edge == "worse"


def test_the_organisation_is_never_better_than_the_weakest_of_three_sections() -> None:
    for held in ("finance.segregation", "integrity.screening.done", "safeguarding.conduct"):
        result = scored({held: Answer("answered", 1, "seen")})
        organisation = result.subject("organisation")
        assert organisation is not None
        assert organisation.score.band == "limited"
        assert organisation.score.held_by == (held.split(".")[0],)


def test_there_are_six_stop_criteria_never_waived_and_five_for_the_board_beside_those_of_a_form() -> None:
    assert {stop.id for stop in TEMPLATE.stops if stop.waivable == "never"} == NEVER
    assert {stop.id for stop in TEMPLATE.stops if stop.waivable == "board"} == BOARD | BOARD_OF_A_FORM


@pytest.mark.parametrize("stop", sorted(NEVER | BOARD))
def test_each_stop_criterion_of_a_plain_partner_is_within_reach_of_a_light_assessment(stop: str) -> None:
    when = next(one.when for one in TEMPLATE.stops if one.id == stop)
    for changes in ways(when):
        assert stop in {one.id for one in scored(changes).stops}, changes


@pytest.mark.parametrize("stop", TEMPLATE.stops, ids=lambda stop: stop.id)
def test_each_stop_criterion_comes_true_in_each_of_its_ways_and_decides_the_recommendation(stop) -> None:  # type: ignore[no-untyped-def]
    for changes in ways(stop.when):
        result = scored(changes, setting(changes))
        assert result.scope == "light"
        assert stop.id in {one.id for one in result.stops}, changes
        assert result.proposal is not None
        assert result.proposal.decision == ("decline" if stop.waivable == "never" else "postpone")


@pytest.mark.parametrize("stop", sorted(NEVER))
def test_what_could_not_be_established_never_declines_a_partner_for_good(stop: str) -> None:
    when = next(one.when for one in TEMPLATE.stops if one.id == stop)
    assert when.question is not None
    result = scored({when.question: Answer("not_established", reason="Nobody would say.")})
    assert stop not in {one.id for one in result.stops}


@pytest.mark.parametrize("risk", TEMPLATE.risks, ids=lambda risk: risk.id)
def test_each_risk_is_proposed_in_each_of_its_ways_with_a_mitigation(risk) -> None:  # type: ignore[no-untyped-def]
    assert risk.mitigation
    for changes in ways(risk.when):
        assert risk.id in {one.id for one in scored(changes, setting(changes)).risks}, changes


@pytest.mark.parametrize("clash", TEMPLATE.contradictions, ids=lambda clash: clash.id)
def test_each_contradiction_can_be_met(clash) -> None:  # type: ignore[no-untyped-def]
    for changes in ways(clash.when):
        assert clash.id in {one.id for one in scored(changes, setting(changes)).clashes}, changes


def test_there_are_enough_risks_and_contradictions_to_be_of_use() -> None:
    assert len(TEMPLATE.risks) >= 10
    assert len(TEMPLATE.contradictions) >= 6
    assert {risk.subject for risk in TEMPLATE.risks} == {"organisation", "project"}


@pytest.mark.parametrize(
    ("id_", "asked_after"),
    [
        ("identity.unregistered.why", {"identity.registration": Answer("answered", "unregistered", "seen")}),
        ("finance.audit.followup", {"finance.audit.result": Answer("answered", 2, "seen")}),
        ("design.further.partners", {"finance.further.partners": Answer("answered", "some", "seen")}),
    ],
)
def test_a_question_that_does_not_concern_the_partner_is_not_asked(id_: str, asked_after: dict[str, Answer]) -> None:
    assert scored().line(id_) is None
    assert scored(asked_after).line(id_) is not None


def test_without_an_audit_nobody_asks_for_its_day_or_its_report() -> None:
    without = {"finance.audit.result": Answer("answered", 1, "seen")}
    for id_ in ("finance.audit.year_end", "finance.audit.report"):
        assert scored(case=case("full")).line(id_) is not None
        assert scored(without, case("full")).line(id_) is None


def test_who_answers_is_said_of_every_question_and_the_controller_has_the_finance_part() -> None:
    assert {question.answered_by for question in QUESTIONS} == {"caseworker", "controller", "office"}
    assert {question.answered_by for question in QUESTIONS if question.id.startswith(("finance.", "budget."))} == {"controller"}


def test_every_perspective_is_met_in_a_light_assessment_and_deepened_in_a_full_one() -> None:
    assert [one.id for one in TEMPLATE.perspectives] == ["rights", "participation", "gender", "conflict", "environment", "anti_corruption"]
    light, full = ({line.question for line in scored(case=case(scope)).lines} for scope in ("light", "full"))
    for one in TEMPLATE.perspectives:
        assert light & set(one.questions), one.id
        assert (full - light) & set(one.questions), one.id


def test_nothing_is_relied_on_further_than_it_was_examined() -> None:
    for question in QUESTIONS:
        for source in question.relies_on:
            best_rating = max(source.answers.values(), key=int)
            assert int(best_rating) <= 3, question.id
            assert set(source.answers) <= set(RATINGS[source.result])
    results = {source.result for question in QUESTIONS for source in question.relies_on}
    assert not results & {"partner_passport", "other_assessment"}


def test_the_three_year_figures_give_their_ratios_with_a_remark() -> None:
    question = TEMPLATE.question("finance.figures")
    assert [row.id for row in question.rows] == ["latest", "before", "two_before"]
    assert [ratio.id for ratio in question.ratios] == ["margin", "equity_share", "liquidity", "largest_donor_share", "our_share"]
    row = ("100000 SEK", "95000 SEK", "15000 SEK", "40000 SEK", "20000 SEK", "70000 SEK", "30000 SEK", "unqualified")
    lines = [line for line in ratios(question, (row, (None,) * 8, (None,) * 8)) if line.row == 0]
    assert [str(line.value) for line in lines] == ["1/20", "3/19", "2", "7/10", "3/10"]
    assert [line.remark.text["en"].split(",")[0] for line in lines if line.remark] == [
        "In balance or a smaller surplus",
        "Covers at least one month of costs but not two",
        "Enough",
        "Two thirds or more from one donor",
        "Between a quarter and a half from us",
    ]


def test_the_budgets_heads_add_up_to_the_whole_or_are_said_not_to() -> None:
    question = TEMPLATE.question("budget.years")
    whole = (2027, "50000 SEK", "30000 SEK", "0 SEK", "10000 SEK", "10000 SEK", "100000 SEK", "80000 SEK", "5000 SEK")
    less = (*whole[:6], "120000 SEK", *whole[7:])
    remarks = [line.remark.text["en"] for line in ratios(question, (whole, less)) if line.ratio == "unexplained" and line.remark]
    assert remarks == ["The heads add up to the whole budget", "The heads do not cover the whole budget; ask what is missing"]


def _of(subject: str) -> list[Question]:
    return [question for question in LEVELLED if TEMPLATE.section_of(question.id).subject == subject]


#: Levels that differ from the best, the decision they should give, and what it rests on.
OUTCOMES: list[tuple[dict[str, int], str, str]] = [
    ({question.id: 1 for question in _of("organisation")}, "decline", "weak organisation"),
    ({"finance.trace": 2, "governance.ties": 2, "delivery.need": 2}, "send_back", "three key gaps"),
    ({question.id: 0 if not question.key else 2 for question in _of("project")}, "send_back", "weak project"),
    ({"finance.trace": 2}, "approve_with_conditions", "one key gap"),
    ({"people.data": 1}, "approve_with_conditions", "one gap"),
    ({question.id: 3 if question.key else 2 for question in LEVELLED}, "approve_with_conditions", "limited without gaps"),
    ({}, "approve", "nothing"),
]


@pytest.mark.parametrize(("levels", "decision", "because"), OUTCOMES, ids=[because for _, _, because in OUTCOMES])
def test_the_recommendation_follows_from_gaps_and_bands(levels: dict[str, int], decision: str, because: str) -> None:
    result = scored({id_: Answer("answered", level, "seen") for id_, level in levels.items()})
    assert result.proposal is not None
    assert result.proposal.decision == decision


def test_each_recommendation_rule_is_the_outcome_of_some_case() -> None:
    aside = {id_.id: Answer("not_applicable", reason="No.") for id_ in LEVELLED if id_.may_be_not_applicable}
    cases = [next(ways(stop.when)) for stop in TEMPLATE.stops] + [aside]
    cases += [{id_: Answer("answered", level, "seen") for id_, level in levels.items()} for levels, _, _ in OUTCOMES]
    proposals = [scored(changes).proposal for changes in cases]
    assert {proposal.rule for proposal in proposals if proposal} == set(range(len(TEMPLATE.recommendation)))


def test_too_much_set_aside_is_sent_back_until_the_reviewer_accepts_it() -> None:
    aside = [question.id for question in LEVELLED if question.may_be_not_applicable]
    result = scored({id_: Answer("not_applicable", reason="Does not concern this partner.") for id_ in aside})
    assert result.proposal is not None
    assert result.proposal.decision == "send_back"


def test_what_is_not_assessed_is_followed_up_as_the_weakest_and_never_not_at_all() -> None:
    table = TEMPLATE.assurance
    assert table is not None
    assert table.unassessed == "weak"
    assert [measure.id for measure in table.measures] == ["visits", "spot_checks", "instalments"]
    for row in table.rows:
        assert set(row.counts) == set(CAPACITY)
        assert min(row.counts["weak"]) > 0


def test_follow_up_never_falls_when_capacity_falls_or_the_amount_rises() -> None:
    table = TEMPLATE.assurance
    assert table is not None
    for row in table.rows:
        for weaker, stronger in pairwise(CAPACITY):
            assert all(more >= less for more, less in zip(row.counts[weaker], row.counts[stronger], strict=True))
    for smaller, larger in pairwise(table.rows):
        for band in CAPACITY:
            assert all(more >= less for more, less in zip(larger.counts[band], smaller.counts[band], strict=True))


def test_the_template_keeps_its_hash_when_it_is_read_again() -> None:
    again: Template = read_template(Path(__file__).parents[2] / "resources" / "templates" / "partner-project.yaml")
    assert again.hash == TEMPLATE.hash
