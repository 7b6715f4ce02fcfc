"""The result in the window, on a real vault."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.operations import assessments
from desktop.shell.place import Place


@pytest.fixture
def result(walk, answered):
    walk.go(Place("result", assessment=answered))
    walk.press("result.show")
    return answered


def case(walk, assessment):
    return walk.do(lambda: assessments.assessment_file(assessment_id=assessment))


def is_here(walk, name):
    from PySide6.QtWidgets import QWidget

    return any(one.accessibleIdentifier() == name for one in walk.room.findChildren(QWidget))


def test_while_something_is_open_it_says_how_much_and_leads_there(walk):
    assessment = walk.start(walk.register())
    walk.go(Place("result", assessment=assessment))
    assert "0 of 3 answered" in walk.said()
    assert not is_here(walk, "result.show")
    walk.press("result.open.governance.plan")
    assert walk.window.house._journey.here.question == "governance.plan"


def test_looking_at_the_result_is_noted_only_when_one_goes_on(walk, answered):
    walk.go(Place("result", assessment=answered))
    assert case(walk, answered).result_seen_at is None
    assert not is_here(walk, "result.figure.organisation")
    assert walk.find("result.show").hasFocus()
    walk.press("result.show")
    assert case(walk, answered).result_seen_at is not None
    assert walk.find("result.figure.organisation").text() == "77.1"


def test_a_gap_leads_back_to_its_question(walk, result):
    gap = case(walk, result).result.gaps[0].question
    walk.press(f"result.gap.{gap}")
    assert walk.window.house._journey.here.question == gap


def test_why_opens_the_sum_and_escape_comes_back(walk, result):
    walk.keys(Qt.Key.Key_W)
    assert walk.find("result.why.total.organisation").text().endswith("= 77.1")
    assert walk.find("result.why.back").isVisibleTo(walk.room)
    walk.keys(Qt.Key.Key_Escape)
    assert not walk.find("result.why.back").isVisibleTo(walk.room)
    assert walk.find("result.why").hasFocus()


def test_the_same_rating_as_calculated_is_kept_at_once(walk, result):
    band = case(walk, result).result.subject("organisation").score.band
    walk.press(f"result.judged.organisation.{band}")
    (kept,) = case(walk, result).judged
    assert (kept.area, kept.rating, kept.reason) == ("organisation", band, "")


def test_another_rating_waits_for_its_reason(walk, result):
    walk.press("result.judged.organisation.limited")
    assert case(walk, result).judged == ()
    assert walk.find("result.judged.organisation.reason").hasFocus()
    walk.type("result.judged.organisation.reason", "The books are late.")
    walk.find("result.judged.organisation.reason").commit()
    walk.wait()
    (kept,) = case(walk, result).judged
    assert (kept.rating, kept.reason) == ("limited", "The books are late.")
    assert walk.find("result.judged.organisation.reason").toPlainText() == "The books are late."


def test_a_reason_half_typed_is_kept_on_leaving(walk, result):
    walk.press("result.judged.project.limited")
    walk.type("result.judged.project.reason", "Late start.")
    walk.go(Place("assessments"))
    assert [(one.area, one.reason) for one in case(walk, result).judged] == [("project", "Late start.")]


def test_a_proposed_risk_is_accepted_where_it_stands(walk, result):
    risk = case(walk, result).result.risks[0].id
    walk.press(f"result.risk.{risk}.accept")
    walk.press("result.risk.save")
    (kept,) = case(walk, result).risks
    assert (kept.proposal, kept.choice) == (risk, "accepted")
    assert not is_here(walk, f"result.risk.{risk}.accept")
    assert is_here(walk, "result.matrix")


def test_setting_a_risk_aside_needs_a_reason_and_says_so_in_place(walk, result):
    risk = case(walk, result).result.risks[0].id
    walk.press(f"result.risk.{risk}.set_aside")
    walk.press("result.risk.save")
    assert "Say why" in walk.find("result.risk.error").text()
    assert case(walk, result).risks == ()
    walk.type("result.risk.reason", "Not here.")
    walk.keys(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [(one.choice, one.reason) for one in case(walk, result).risks] == [("rejected", "Not here.")]


def test_a_risk_of_ones_own_is_entered_and_rated_by_the_table(walk, result):
    walk.press("result.risk.own")
    walk.type("result.risk.title", "The road is closed in the rains")
    for name, step in (("before.likelihood", 4), ("before.impact", 2), ("after.likelihood", 2), ("after.impact", 2)):
        picker = walk.find(f"result.risk.{name}")
        picker.show_key(step)
        picker.chosen.emit(step)
    walk.type("result.risk.mitigation", "Visits in the dry months")
    walk.press("result.risk.save")
    (kept,) = case(walk, result).risks
    assert (kept.choice, kept.likelihood, kept.impact, kept.residual_likelihood) == ("own", 4, 2, 2)


def test_giving_up_a_decision_gives_the_focus_back(walk, result):
    risk = case(walk, result).result.risks[0].id
    walk.find(f"result.risk.{risk}.change").setFocus()
    walk.press(f"result.risk.{risk}.change")
    walk.keys(Qt.Key.Key_Escape)
    assert not is_here(walk, "result.risk.save")
    assert walk.find(f"result.risk.{risk}.change").hasFocus()


def test_what_is_typed_about_a_risk_outlives_a_judged_rating(walk, result):
    risk = case(walk, result).result.risks[0].id
    walk.press(f"result.risk.{risk}.change")
    walk.type("result.risk.reason", "We know more.")
    band = case(walk, result).result.subject("organisation").score.band
    walk.press(f"result.judged.organisation.{band}")
    assert walk.find("result.risk.reason").toPlainText() == "We know more."


def test_who_is_not_the_caseworker_reads_and_has_nothing_to_press(walk, result):
    walk.window.desk.become(walk.do(lambda: _card(walk.ruth.person)), walk.ruth)
    walk.window.show_house()
    walk.go(Place("assessments"))
    walk.go(Place("result", assessment=result))
    assert not is_here(walk, "result.judged.organisation.strong")
    assert not is_here(walk, "result.risk.own")
    assert any("caseworker here" in said for said in walk.said())


def _card(person):
    from models import identity

    return next(one for one in identity.people() if one.id == person)


def test_the_stages_are_reached_by_alt_and_their_number(walk, result):
    walk.keys(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert walk.window.house._journey.here == Place("recommendation", assessment=result)
