"""Writing, saving and handing over a recommendation in the window, on a real vault."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.operations import answering, assessments, reviewing
from desktop.shell.place import Place
from forms.answers import Answer
from models.cards import JudgedRating

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def ready(walk):
    """All answered and judged; only the recommendation remains."""
    assessment = walk.start(walk.register())

    def do():
        for question, value in (("governance.board.meetings", 3), ("governance.plan", "yes"), ("governance.staff", 7)):
            answering.give_answer(
                actor=walk.ada,
                assessment_id=assessment,
                instrument="three-questions",
                question=question,
                answer=Answer("answered", value, "seen"),
            )
        reviewing.declare_tie(actor=walk.ada, assessment_id=assessment, has_tie=False)
        reviewing.judge(actor=walk.ada, assessment_id=assessment, rating=JudgedRating("three-questions", "organisation", "strong", "Sett."))
        return assessment

    return walk.do(do)


def case(walk, assessment):
    return walk.do(lambda: assessments.assessment_file(assessment_id=assessment))


def write(walk, summary="A solid partner.", digit="1"):
    assert walk.find("recommendation.decision").pick_digit(digit)
    walk.type("recommendation.summary", summary)


def test_while_answers_remain_it_leads_back_to_them(walk):
    assessment = walk.start(walk.register())
    walk.go(Place("recommendation", assessment=assessment))
    walk.press("recommendation.answers")
    assert walk.window.house._journey.here.room == "assessment"


def test_nothing_is_in_the_record_before_it_is_saved(walk, ready):
    walk.go(Place("recommendation", assessment=ready))
    write(walk)
    assert "Not saved" in walk.find("recommendation.status").text()
    assert case(walk, ready).recommendation is None


def test_control_enter_saves(walk, ready):
    walk.go(Place("recommendation", assessment=ready))
    write(walk)
    walk.keys(Qt.Key.Key_Return, CTRL)
    kept = case(walk, ready).recommendation
    assert (kept.decision, kept.summary) == ("approve", "A solid partner.")
    assert walk.find("recommendation.status").text() == "Saved."


def test_what_is_typed_outlives_leaving(walk, ready):
    walk.go(Place("recommendation", assessment=ready))
    write(walk, summary="Half a tho")
    walk.go(Place("assessments"))
    walk.go(Place("recommendation", assessment=ready))
    assert walk.find("recommendation.summary").toPlainText() == "Half a tho"
    assert walk.find("recommendation.decision").chosen == "approve"


def test_what_is_typed_outlives_another_language(walk, ready):
    import msgspec

    walk.go(Place("recommendation", assessment=ready))
    write(walk, summary="Half a tho")
    desk = walk.window.desk
    desk.prefer(msgspec.structs.replace(desk.preferences, language="sv"))
    walk.wait()
    assert walk.find("recommendation.summary").toPlainText() == "Half a tho"


def test_an_empty_summary_is_marked_at_its_field(walk, ready):
    walk.go(Place("recommendation", assessment=ready))
    walk.find("recommendation.decision").pick_digit("1")
    walk.press("recommendation.save")
    assert any("the board reads it first" in said for said in walk.said())
    assert walk.find("recommendation.summary").hasFocus()
    assert case(walk, ready).recommendation is None


def test_conditions_are_added_taken_away_and_saved_in_their_order(walk, ready):
    walk.go(Place("recommendation", assessment=ready))
    write(walk, digit="2")
    for place, words in enumerate(("First", "Second", "Third")):
        walk.press("recommendation.condition.add")
        walk.type(f"recommendation.condition.{place}.text", words)
    walk.press("recommendation.condition.1.remove")
    walk.press("recommendation.save")
    assert [one.text for one in case(walk, ready).recommendation.conditions] == ["First", "Third"]


def test_a_condition_by_a_date_needs_the_date(walk, ready):
    walk.go(Place("recommendation", assessment=ready))
    write(walk, digit="2")
    walk.press("recommendation.condition.add")
    walk.type("recommendation.condition.0.text", "A routine")
    walk.find("recommendation.condition.0.before").show_key("date")
    walk.press("recommendation.save")
    assert "Enter the date." in walk.said()
    walk.type("recommendation.condition.0.due", "2026-09-30")
    walk.press("recommendation.save")
    assert case(walk, ready).recommendation.conditions[0].due.isoformat() == "2026-09-30"


def test_it_is_handed_over_when_nothing_remains_and_can_be_taken_back(walk, ready):
    walk.go(Place("recommendation", assessment=ready))
    assert not walk.find("recommendation.submit").isEnabled()
    write(walk)
    walk.press("recommendation.save")
    walk.press("recommendation.submit")
    assert case(walk, ready).card.state == "in_review"
    walk.press("recommendation.take_back")
    assert case(walk, ready).card.state == "draft"


def test_it_is_not_handed_over_with_something_unsaved(walk, ready):
    walk.go(Place("recommendation", assessment=ready))
    write(walk)
    walk.press("recommendation.save")
    walk.type("recommendation.limits", "One village.")
    walk.press("recommendation.submit")
    assert "Save the recommendation first" in walk.find("recommendation.error").text()
    assert case(walk, ready).card.state == "draft"
