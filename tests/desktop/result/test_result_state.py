"""What the result says, worked out without a window."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from desktop.charts.wording import score_number
from desktop.language import language
from desktop.result.change_state import change_state
from desktop.result.risk_state import beginning, own_risk, risk_state
from desktop.result.state import result_state
from desktop.result.trace_state import trace_state
from forms.answers import Answer
from forms.risk import check_entry
from tests.desktop.reports.sample_file import half_done, ident, sample_file, three_questions

CASEWORKER, REVIEWER = ident("Maja Ekwall"), ident("Henrik Sandell")
EN, SV = language("en"), language("sv")


@pytest.fixture(scope="module")
def file():
    made = sample_file(sealed=False)
    return replace(made, card=replace(made.card, state="draft"))


def test_an_incomplete_assessment_has_intervals_and_no_band(file):
    state = result_state(half_done(file), EN, person=CASEWORKER)
    assert state.standing == "open"
    assert all("–" in said for _, said in state.intervals)
    assert all(subject.mark.tone == "incomplete" and not subject.figure for one in state.instruments for subject in one.subjects)
    assert state.calculated.decision is None
    assert state.follow_up is None


def test_what_remains_is_exactly_the_open_questions(file):
    half = half_done(file)
    shown = {one.id for one in result_state(half, EN, person=CASEWORKER).open_questions}
    assert shown == {line.question for line in half.result.lines if line.is_open and not line.optional}


def test_the_result_asks_before_it_is_shown_the_first_time_only(file):
    assert result_state(replace(file, result_seen_at=None), EN, person=CASEWORKER).standing == "asks"
    assert result_state(file, EN, person=CASEWORKER).standing == "shown"


def test_a_sealed_result_is_shown_without_asking():
    sealed = replace(sample_file(), result_seen_at=None)
    assert result_state(sealed, EN, person=REVIEWER).standing == "shown"


def test_only_the_caseworker_may_write_and_only_before_handing_over(file):
    assert result_state(file, EN, person=CASEWORKER).editable
    assert not result_state(file, EN, person=REVIEWER).editable
    assert not result_state(replace(file, card=replace(file.card, state="in_review")), EN, person=CASEWORKER).editable


@pytest.mark.parametrize("state", ["in_review", "agreed", "sealed", "decided", "superseded", "withdrawn", "draft"])
def test_it_says_why_it_can_only_be_read(file, state):
    shown = result_state(replace(file, card=replace(file.card, state=state)), EN, person=REVIEWER)
    assert shown.read_only.endswith(".")


def test_a_never_waivable_stop_stands_before_one_the_board_may_waive():
    file = sample_file(stops=True)
    waivable = [stop.waivable for stop in file.result.stops]
    assert set(waivable) == {"never", "board"}
    said = [stop.said for stop in result_state(file, EN, person=None).stops]
    assert said[0].startswith("Can never be waived")
    assert said[-1].startswith("Only the board")


def test_every_stop_leads_to_the_answers_that_met_it():
    file = sample_file(stops=True)
    assert all(stop.because for stop in result_state(file, EN, person=None).stops)


def test_a_subject_says_beside_its_figure_that_stop_criteria_of_it_are_met(file):
    stopped = sample_file(stops=True)
    counts = {
        card.id: sum(stop.subject == card.id for stop in stopped.result.stops)
        for card in result_state(stopped, EN, person=None).instruments[0].subjects
    }
    assert any(counts.values())
    for card in result_state(stopped, EN, person=None).instruments[0].subjects:
        assert (card.stops is not None) == bool(counts[card.id])
        assert card.stops is None or (card.stops.tone == "high" and "goes to the board" in card.stops.word)
    assert all(card.stops is None for card in result_state(file, EN, person=None).instruments[0].subjects)


def test_key_gaps_stand_before_others(file):
    gaps = result_state(file, EN, person=CASEWORKER).instruments[0].gaps
    assert len(gaps) == len(file.result.gaps) > 0
    assert [gap.key for gap in gaps] == sorted((gap.key for gap in gaps), reverse=True)


def test_organisation_and_project_are_two_cards_and_there_is_no_third(file):
    assert [one.id for one in result_state(file, EN, person=CASEWORKER).instruments[0].subjects] == ["organisation", "project"]


def test_the_figure_shown_is_the_results_own(file):
    for card, subject in zip(result_state(file, EN, person=CASEWORKER).instruments[0].subjects, file.result.subjects, strict=True):
        assert card.figure == score_number(EN, subject.score.percent)
        assert card.calculated == subject.score.band


def test_the_bands_to_judge_by_are_those_of_the_template(file):
    card = result_state(file, SV, person=CASEWORKER).instruments[0].subjects[0]
    assert card.choices == (("weak", "Svag"), ("limited", "Begränsad"), ("adequate", "Tillräcklig"), ("strong", "Stark"))


def test_a_judged_rating_that_differs_without_reason_asks_for_one(file):
    calculated = file.result.subjects[0].score.band
    other = "strong" if calculated != "strong" else "weak"
    differing = tuple(replace(one, rating=other, reason="") if one.area == "organisation" else one for one in file.judged)
    card = result_state(replace(file, judged=differing), EN, person=CASEWORKER).instruments[0].subjects[0]
    assert "say why" in card.judged_said


def test_what_is_not_judged_yet_is_asked_for_of_the_caseworker_alone(file):
    bare = replace(file, judged=())
    assert result_state(bare, EN, person=CASEWORKER).instruments[0].subjects[0].judged_said == "Enter your judged rating."
    assert result_state(bare, EN, person=REVIEWER).instruments[0].subjects[0].judged_said == "Not judged."


def test_late_changes_are_counted(file):
    assert any(
        "2 answers were changed after the result was seen" in fact for fact in result_state(file, EN, person=None).instruments[0].facts
    )
    none = result_state(replace(file, changed_after_result=0), EN, person=None).instruments[0].facts
    assert "No answer was changed after the result was seen" in none


def test_the_follow_up_has_every_measure_of_the_plan(file):
    plan = result_state(file, EN, person=None).follow_up
    assert [count for _, count in plan.measures] == [EN.number(count) for count in file.result.assurance.counts.values()]
    assert plan.said.startswith("By the table’s row for up to")


def test_the_calculated_recommendation_comes_with_its_rules_words(file):
    found = result_state(file, SV, person=None).calculated
    rule = file.template.recommendation[file.result.proposal.rule]
    assert (found.decision, found.reason) == (file.result.proposal.decision, rule.text["sv"])


# The trace


def test_the_products_of_a_section_add_up_to_its_sum(file):
    for subject in trace_state(file, EN):
        for section in subject.sections:
            if section.lines and " of " in section.total:
                products = sum(Fraction(line.product) for line in section.lines)
                assert section.total.startswith(f"{EN.number(products)} of ")


def test_the_shares_of_a_section_add_up_to_the_whole(file):
    for subject in trace_state(file, EN):
        for section in subject.sections:
            shares = [int(line.share.rstrip("%")) for line in section.lines]
            assert not shares or abs(sum(shares) - 100) <= len(shares)


def test_one_level_more_is_what_scoring_again_gives():
    three = sample_file(three_questions(), sealed=False, overrides={"governance.board.meetings": Answer("answered", 2, "seen")})
    better = sample_file(three_questions(), sealed=False, overrides={"governance.board.meetings": Answer("answered", 3, "seen")})
    (subject,) = trace_state(three, EN)
    line = next(line for line in subject.sections[0].lines if line.question.id == "governance.board.meetings")
    moved = better.result.sections[0].score.percent - three.result.sections[0].score.percent
    assert line.step == f"+{score_number(EN, moved)}"


def test_an_answer_at_the_top_has_no_level_more(file):
    top = {line.question for line in file.result.lines if line.counts and line.points == line.highest}
    steps = {line.question.id: line.step for subject in trace_state(file, EN) for section in subject.sections for line in section.lines}
    assert all((not steps[question]) == (question in top) for question in steps)


def test_a_question_that_does_not_count_says_why(file):
    counted = {line.question for line in file.result.lines if line.counts}
    said = sum(len(section.uncounted) for subject in trace_state(file, EN) for section in subject.sections)
    scored = {one.section for one in file.result.sections if one.score.status != "unscored"}
    assert said == sum(1 for line in file.result.lines if line.question not in counted and line.section in scored)


def test_the_sum_of_a_subject_gives_its_figure(file):
    for subject in trace_state(file, EN):
        assert subject.total.endswith(f"= {subject.figure}")


def test_a_cap_is_said_where_it_holds():
    low = sample_file(three_questions(), sealed=False, overrides={"governance.board.meetings": Answer("answered", 1, "seen")})
    section = low.result.sections[0]
    (subject,) = trace_state(low, EN)
    assert bool(section.score.held_by) == any("Held down by question 1" in said for said in subject.sections[0].remarks)


# Risks


def test_a_proposed_risk_waits_until_it_is_decided_on(file):
    bare = risk_state(replace(file, risks=()), EN)
    assert {one.entry.proposal for one in bare.waiting} == {risk.id for risk in file.result.risks}
    assert risk_state(file, EN).waiting == ()


def test_accepting_a_proposal_as_it_stands_is_allowed_by_the_rules(file):
    for one in risk_state(replace(file, risks=()), SV).waiting:
        check_entry(one.entry)


def test_a_rejected_risk_leaves_the_register_and_keeps_its_reason(file):
    aside = replace(file.risks[0], choice="rejected", reason="Gäller inte här.")
    state = risk_state(replace(file, risks=(aside, *file.risks[1:])), EN)
    assert aside.title not in [one.title for one in state.decided]
    assert [one.reason for one in state.set_aside] == ["Gäller inte här."]


def test_going_back_to_accepting_takes_the_templates_numbers_back(file):
    proposal = next(risk for risk in file.template.risks if risk.id == file.risks[0].proposal)
    changed = replace(file.risks[0], choice="changed", likelihood=5, impact=5, residual_likelihood=5, residual_impact=5, reason="x")
    back = beginning(changed, "accepted", file, EN)
    assert (back.likelihood, back.impact, back.reason) == (proposal.likelihood, proposal.impact, "")
    check_entry(replace(back, mitigation=back.mitigation or "x"))


def test_two_own_risks_are_two_risks():
    assert own_risk("project").id != own_risk("project").id


# What changed


def test_a_new_partner_has_nothing_to_compare_with(file):
    assert change_state(file, EN) is None


def test_what_became_worse_stands_first_and_nothing_same_among_changed():
    state = change_state(sample_file(renewal=True), EN)
    hows = [line.how for line in state.some("changed")]
    assert "same" not in hows
    assert hows == sorted(hows, key=lambda how: ("worse", "better").index(how) if how in ("worse", "better") else 2)
    assert {line.how for line in state.some("worse")} == {"worse"}
    assert len(state.some("all")) >= len(state.some("changed"))
