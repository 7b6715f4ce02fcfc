"""Recording decisions in the window, with a real vault and a sealed assessment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.decision.form import DecisionForm
from desktop.decision.state import TypedDecision
from desktop.operations import assessments
from desktop.shell.place import Place
from desktop.widgets.level_picker import LevelPicker
from models.database import own_day
from tests.desktop.reports.sample_file import sample_file, with_seal


@pytest.fixture
def sealed(walk):
    assessment = walk.start(walk.register())
    walk.seal(assessment)
    return assessment


def decision(walk, assessment):
    return walk.do(lambda: assessments.assessment_file(assessment_id=assessment)).decision


def fill(walk, assessment):
    day = own_day(walk.do(lambda: assessments.assessment_file(assessment_id=assessment)).seal.at)
    for name, words in {
        "body": "The board",
        "minutes": "2026-04",
        "paragraph": "12",
        "date": (day + timedelta(days=1)).isoformat(),
    }.items():
        walk.type(f"decision.{name}", words)


def pick(walk, digit):
    assert walk.find("decision.outcome").pick_digit(digit)
    walk.wait()


def test_an_unsealed_assessment_cannot_be_decided_on_and_it_says_so(walk):
    assessment = walk.start(walk.register())
    walk.go(Place("decision", assessment=assessment))
    assert any("not sealed yet" in words for words in walk.said())
    assert not walk.find("decision.record").isVisibleTo(walk.room)


def test_a_decision_is_recorded_and_then_only_read(walk, sealed):
    walk.go(Place("decision", assessment=sealed))
    assert "recommended" in [row.level.note for row in walk.find("decision.outcome")._rows]
    pick(walk, "1")
    fill(walk, sealed)
    walk.keys(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert decision(walk, sealed).draft.outcome == "approve"
    assert walk.find("decision.recorded").text() == "Approve"
    assert not walk.find("decision.record").isVisibleTo(walk.room)


def test_after_a_decision_renewal_is_offered(walk, sealed):
    walk.go(Place("decision", assessment=sealed))
    pick(walk, "1")
    fill(walk, sealed)
    walk.press("decision.record")
    walk.press("decision.renew")
    assert walk.find("new.previous").key == sealed


def test_what_is_missing_is_said_in_place_and_nothing_is_recorded(walk, sealed):
    walk.go(Place("decision", assessment=sealed))
    walk.press("decision.record")
    assert "Choose what was decided." in walk.said()
    assert "Enter the date of the decision." in walk.said()
    assert decision(walk, sealed) is None


def test_departing_asks_why_and_the_recommendation_does_not(walk, sealed):
    walk.go(Place("decision", assessment=sealed))
    pick(walk, "1")
    assert not walk.find("decision.departure").isVisibleTo(walk.room)
    pick(walk, "5")
    assert walk.find("decision.departure").isVisibleTo(walk.room)
    fill(walk, sealed)
    walk.type("decision.departure", "The money is needed elsewhere.")
    walk.press("decision.record")
    assert decision(walk, sealed).draft.departure == "The money is needed elsewhere."


def test_conditions_are_written_with_their_dates(walk, sealed):
    walk.go(Place("decision", assessment=sealed))
    pick(walk, "2")
    fill(walk, sealed)
    walk.type("decision.departure", "The board wants an audit.")
    walk.press("decision.condition.add")
    walk.type("decision.condition.0.text", "An audit is made")
    before = walk.find("decision.condition.0.before")
    before.show_key("date")
    before.chosen.emit("date")
    walk.press("decision.record")
    assert "Say by which date condition 1 is to be met." in walk.said()
    walk.type("decision.condition.0.due", "2027-06-30")
    walk.press("decision.record")
    (condition,) = decision(walk, sealed).draft.conditions
    assert (condition.text, condition.before, condition.due.isoformat()) == ("An audit is made", "date", "2027-06-30")


def test_a_postponed_case_is_decided_later(walk, sealed):
    walk.go(Place("decision", assessment=sealed))
    pick(walk, "3")
    fill(walk, sealed)
    walk.press("decision.record")
    assert walk.find("decision.recorded").text() == "Postpone"
    walk.press("decision.later")
    pick(walk, "1")
    fill(walk, sealed)
    walk.press("decision.record")
    assert decision(walk, sealed).draft.outcome == "approve"
    assert walk.find("decision.recorded").text() == "Approve"


def test_what_is_typed_outlives_leaving(walk, sealed):
    walk.go(Place("decision", assessment=sealed))
    pick(walk, "5")
    walk.type("decision.minutes", "2026-04")
    walk.go(Place("partners"))
    walk.go(Place("decision", assessment=sealed))
    assert walk.find("decision.minutes").text() == "2026-04"
    assert walk.find("decision.outcome").chosen == "decline"


def test_with_a_stop_that_nobody_can_waive_approving_cannot_be_picked_and_it_says_why(desk, qtbot):
    file = with_seal(sample_file(stops=True))
    form = DecisionForm(desk.theme, desk.language, file, TypedDecision(outcome="approve"))
    qtbot.addWidget(form)
    picker = form.findChild(LevelPicker)
    assert [picker.pick_digit(digit) for digit in "12345"] == [False, False, True, True, True]
    assert form.typed().outcome == "decline"
    assert any("nobody can waive" in label.text() for label in form.findChildren(QLabel))
