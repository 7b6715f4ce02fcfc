"""Who may review, and what a reviewer has left to say, worked out without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from desktop.language import language
from desktop.review.state import Sitting, missing, moved, next_unsaid, progress, review_state
from forms.outside import OutsideResult
from models.cards import OutsideCard, RapidTerms, ReviewPoint
from tests.desktop.reports.sample_file import ident, sample_file

CASEWORKER, REVIEWER = ident("Maja Ekwall"), ident("Henrik Sandell")
EN = language("en")
ROLES = frozenset({"reviewer"})


@pytest.fixture(scope="module")
def file():
    made = sample_file(sealed=False)
    return replace(made, reviews=(), card=replace(made.card, state="in_review"))


@pytest.fixture(scope="module")
def state(file):
    return review_state(file, EN, person=REVIEWER, roles=ROLES)


def standing(file, person=REVIEWER, roles=ROLES):
    return review_state(file, EN, person=person, roles=roles).standing


def test_a_draft_is_not_reviewed_yet(file):
    assert standing(replace(file, card=replace(file.card, state="draft"))) == "not_yet"


def test_the_caseworker_never_reviews_even_with_the_role(file):
    shown = review_state(file, EN, person=CASEWORKER, roles=ROLES)
    assert (shown.standing, shown.offers_switch) == ("second", True)
    assert "second person" in shown.said


def test_nobody_who_has_answered_reviews(file):
    assert standing(replace(file, answered_by=(REVIEWER,))) == "second"


def test_a_reviewer_without_the_role_does_not_review(file):
    assert standing(file, roles=frozenset({"caseworker"})) == "second"


def test_ties_are_declared_before_anything_is_reviewed(file):
    assert standing(replace(file, ties=())) == "ties"


def test_a_tie_waits_for_somebody_elses_decision(file):
    waiting = tuple(replace(tie, resolution="") for tie in file.ties)
    assert standing(replace(file, ties=waiting)) == "tie_open"
    assert standing(file) == "review"


def test_every_key_question_that_is_asked_is_a_point(file, state):
    assert [point.question for point in state.points] == [line.question for line in file.result.lines if line.key]


def test_evidence_stands_at_its_question_with_the_beginning_of_its_hash(file, state):
    shown = {line.row.id: (point.question, line.hash) for point in state.points for line in point.evidence}
    expected = {one.id: (one.question, one.sha256[:16]) for one in file.evidence if file.template.question(one.question).key}
    assert shown == expected


def test_a_reference_without_a_file_cannot_be_opened(file, state):
    for point in state.points:
        for line in point.evidence:
            assert line.row.can_open == bool(line.hash)


def test_agreeing_needs_a_word_on_every_key_question(state):
    assert "is left" in missing(state, Sitting({}, ""), EN)
    points = {one.question: ReviewPoint(one.question, True) for one in state.points}
    assert missing(state, Sitting(points, ""), EN) == ""


def test_disagreeing_needs_a_comment(state):
    points = {one.question: ReviewPoint(one.question, True) for one in state.points}
    first = state.points[0].question
    points[first] = ReviewPoint(first, False)
    assert "write what you see differently" in missing(state, Sitting(points, ""), EN)
    points[first] = ReviewPoint(first, False, "Jag ser något annat.")
    assert missing(state, Sitting(points, ""), EN) == ""


def test_a_large_share_not_applicable_must_be_approved(file):
    from fractions import Fraction

    much = replace(file, result=replace(file.result, not_applicable_share=Fraction(1, 4)))
    shown = review_state(much, EN, person=REVIEWER, roles=ROLES)
    points = {one.question: ReviewPoint(one.question, True) for one in shown.points}
    assert "25%" in shown.needs_approval
    assert missing(shown, Sitting(points, ""), EN)
    assert missing(shown, Sitting(points, "", approves=True), EN) == ""


def test_exactly_the_permitted_share_needs_no_approval(file):
    from fractions import Fraction

    edge = replace(file, result=replace(file.result, not_applicable_share=Fraction(1, 5)))
    assert review_state(edge, EN, person=REVIEWER, roles=ROLES).needs_approval == ""


def test_the_next_question_without_a_word_is_found_past_the_end(state):
    order = [one.question for one in state.points]
    points = {question: ReviewPoint(question, True) for question in order[1:]}
    assert next_unsaid(state, points, order[-1]) == order[0]
    assert next_unsaid(state, {question: ReviewPoint(question, True) for question in order}, order[2]) == order[2]


def test_moving_stops_at_the_ends(state):
    order = [one.question for one in state.points]
    assert moved(state, order[0], -1) == order[0]
    assert moved(state, order[-1], 1) == order[-1]
    assert moved(state, order[0], 1) == order[1]


def test_progress_counts_words_and_disagreements(state):
    first = state.points[0].question
    said = progress(state, {first: ReviewPoint(first, False, "x")}, EN)
    assert said == f"1 of {len(state.points)} key questions · 1 disagreement"


def test_earlier_reviews_are_shown_with_what_was_said_against():
    (past,) = review_state(sample_file(), EN, person=REVIEWER, roles=ROLES).past
    assert past.mark.word == "Agreed"
    assert len(past.against) == 1


def test_the_reviewer_sees_what_a_rapid_start_is_held_to_and_what_was_relied_on(file):
    terms = RapidTerms(50_000_00, "SEK", date(2026, 6, 30), "Karin Sandell", date(2026, 5, 31), "A flood.")
    result = OutsideResult("Agency (invented)", "hact_micro_assessment", "moderate", date(2025, 5, 1), date(2028, 5, 1))
    outside = OutsideCard(ident("result"), file.partner.id, result, "", "", 0, "", "Maja", datetime(2026, 3, 1))  # noqa: DTZ001
    key = next(line.question for line in file.result.lines if line.key)
    behind = replace(file.evidence[0], id=ident("behind"), question=key, outside=outside.id)
    relying = replace(
        file,
        card=replace(file.card, draft=replace(file.card.draft, kind="rapid", rapid=terms)),
        outside=(outside,),
        evidence=(*file.evidence, behind),
        answer_cards=tuple(replace(card, source="relied_on") if card.question == key else card for card in file.answer_cards),
    )
    shown = review_state(relying, EN, person=REVIEWER, roles=ROLES)
    assert shown.rapid[1] == "Karin Sandell decides."
    (said,) = shown.relied
    assert said.startswith("HACT micro assessment: Moderate risk, Agency (invented), of 1 May 2025, valid until 1 May 2028: question ")
    point = next(one for one in shown.points if one.question == key)
    assert point.known.startswith("Relied on: HACT micro assessment: Moderate risk, Agency (invented)")


def test_an_ordinary_review_shows_neither(state):
    assert (state.rapid, state.relied) == ((), ())
