"""What the recommendation shows and asks for, worked out without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.language import language
from desktop.recommendation.remaining_state import remaining
from desktop.recommendation.state import condition_words, departs, recommendation_state, words_said, wrong_with
from models.cards import AgreementCondition, RapidTerms, RecommendationDraft
from tests.desktop.reports.sample_file import half_done, ident, sample_file

CASEWORKER = ident("Maja Ekwall")
EN, SV = language("en"), language("sv")
GOOD = RecommendationDraft("approve", "En solid partner.")


@pytest.fixture(scope="module")
def file():
    made = sample_file(sealed=False)
    return replace(made, card=replace(made.card, state="draft"))


def test_there_is_nothing_to_write_while_a_question_is_open(file):
    assert recommendation_state(half_done(file), EN, person=CASEWORKER).standing == "open"


def test_the_caseworker_writes_and_others_read(file):
    assert recommendation_state(file, EN, person=CASEWORKER).standing == "write"
    assert recommendation_state(file, EN, person=ident("Henrik Sandell")).standing == "read"


def test_the_calculated_decision_is_marked_among_the_five(file):
    rows = recommendation_state(file, EN, person=CASEWORKER).decisions
    assert [row.digit for row in rows] == ["1", "2", "3", "4", "5"]
    assert [row.key for row in rows if row.note] == [file.result.proposal.decision]


def test_a_whole_draft_has_nothing_wrong_with_it():
    assert wrong_with(GOOD, "approve") == {}


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (replace(GOOD, decision=""), "decision"),
        (replace(GOOD, summary="  "), "summary"),
        (replace(GOOD, decision="decline"), "departure"),
        (replace(GOOD, decision="approve_with_conditions", departure="Skäl."), "conditions"),
        (replace(GOOD, conditions=(AgreementCondition(" ", "signing"),)), "condition.0"),
        (replace(GOOD, conditions=(AgreementCondition("Rutin.", "date"),)), "condition.0.due"),
    ],
)
def test_what_is_missing_is_said_at_its_field(draft, field):
    assert list(wrong_with(draft, "approve")) == [field]


def test_without_a_calculated_decision_nothing_departs():
    assert not departs(GOOD, None)
    assert departs(GOOD, "decline")


def test_words_are_counted_and_too_many_are_said():
    assert words_said("", EN) == "0 words"
    assert words_said("ett  två\ntre", SV) == "3 ord"
    assert "at most 150" in words_said("ord " * 151, EN)
    assert "at most" not in words_said("ord " * 150, EN)


def test_a_condition_is_one_sentence_and_then_its_time(file):
    condition = AgreementCondition("Rutinen är antagen.", "date", date(2026, 9, 30))
    assert condition_words(condition, file, EN) == "Rutinen är antagen. By 30 Sept 2026."


def test_nothing_can_be_handed_over_while_something_remains(file):
    state = recommendation_state(replace(file, recommendation=None), EN, person=CASEWORKER)
    assert not state.can_submit
    assert "recommendation" in {one.id for one in state.remains}


def test_what_remains_is_said_in_the_readers_language(file):
    waits = replace(file, risks=())
    texts = [one.text for one in remaining(waits, SV, stage="submit") if one.id == "risk"]
    titles = [risk.text["sv"] for risk in file.template.risks]
    assert texts
    assert all(any(title in text for title in titles) for text in texts)


def test_an_open_question_is_named_by_number_and_words(file):
    half = half_done(file)
    opened = [one for one in remaining(half, EN, stage="submit") if one.id == "open"]
    single = [one for one in opened if one.text[0].isdigit()]
    assert single
    assert all(one.question and one.room == "assessment" for one in opened)


def test_open_questions_of_a_section_stand_in_one_line_that_leads_to_the_first(file):
    bare = replace(file, result=replace(file.result, lines=tuple(replace(one, state="open", optional=False) for one in file.result.lines)))
    opened = [one for one in remaining(bare, EN, stage="seal") if one.id == "open"]
    sections = {section.id for section, question in file.template.questions() if question.id in {one.question for one in bare.result.lines}}
    assert len(opened) == len(sections)
    assert any(one.text.endswith(" questions") for one in opened)
    assert opened[0].question == bare.result.lines[0].question


def test_the_reviewers_comment_is_shown_only_while_it_is_back(file):
    sent = replace(file, reviews=(replace(file.reviews[0], outcome="returned", comment="Se över fråga 4."),))
    back = replace(sent, card=replace(sent.card, state="returned"))
    assert recommendation_state(back, EN, person=CASEWORKER).returned == "Se över fråga 4."
    assert recommendation_state(sent, EN, person=CASEWORKER).returned == ""


def test_only_its_caseworker_takes_it_back_and_only_while_it_is_away(file):
    away = replace(file, card=replace(file.card, state="in_review"))
    assert recommendation_state(away, EN, person=CASEWORKER).can_take_back
    assert not recommendation_state(away, EN, person=ident("Henrik Sandell")).can_take_back
    assert not recommendation_state(file, EN, person=CASEWORKER).can_take_back


def test_a_rapid_start_says_its_terms_beside_the_recommendation_and_is_due_no_later_than_its_day(file):
    assert recommendation_state(file, EN, person=CASEWORKER).rapid == ()
    terms = RapidTerms(50_000_00, "SEK", date(2026, 6, 30), "Karin Sandell", date(2026, 5, 31), "A flood.")
    late = replace(file.recommendation, next_due=date(2026, 6, 1))
    rapid = replace(file, card=replace(file.card, draft=replace(file.card.draft, kind="rapid", rapid=terms)), recommendation=late)
    shown = recommendation_state(rapid, EN, person=CASEWORKER)
    assert shown.rapid[0].startswith("At most SEK")
    assert any("must be completed by 31 May 2026" in one.text for one in shown.remains)
    in_time = replace(rapid, recommendation=replace(late, next_due=date(2026, 5, 31)))
    assert not any("must be completed" in one.text for one in recommendation_state(in_time, EN, person=CASEWORKER).remains)
