"""Reviewing in the window as the second person, on a real vault."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.operations import assessments
from desktop.shell.place import Place
from models import identity

POINT = "review.point.governance.board.meetings"


@pytest.fixture
def handed(walk):
    assessment = walk.start(walk.register())
    walk.submit(assessment)
    return assessment


@pytest.fixture
def reviewing(walk, handed):
    """Ruth sits down, without ties."""
    become_ruth(walk)
    walk.go(Place("review", assessment=handed))
    walk.press("review.tie.none")
    return handed


def become_ruth(walk):
    card = walk.do(lambda: next(one for one in identity.people() if one.id == walk.ruth.person))
    walk.window.desk.become(card, walk.ruth)
    walk.window.show_house()
    walk.wait()


def case(walk, assessment):
    return walk.do(lambda: assessments.assessment_file(assessment_id=assessment))


def is_here(walk, name):
    return any(one.accessibleIdentifier() == name for one in walk.room.findChildren(QWidget))


def test_the_caseworker_is_told_that_a_second_person_is_needed_and_offered_to_switch(walk, handed):
    walk.go(Place("review", assessment=handed))
    assert not is_here(walk, "review.agree")
    assert walk.find("review.switch").hasFocus()
    walk.press("review.switch")
    assert walk.window._unlocking is not None
    walk.window._unlocking.reject()


def test_own_ties_come_before_the_questions(walk, handed):
    become_ruth(walk)
    walk.go(Place("review", assessment=handed))
    assert not is_here(walk, f"{POINT}.agree")
    walk.press("review.tie.none")
    assert is_here(walk, f"{POINT}.agree")
    assert any(tie.person == walk.ruth.person and not tie.has_tie for tie in case(walk, handed).ties)


def test_a_tie_is_described_and_then_waits(walk, handed):
    become_ruth(walk)
    walk.go(Place("review", assessment=handed))
    walk.press("review.tie.some")
    walk.press("review.tie.declare")
    assert any("Describe the tie" in said for said in walk.said())
    walk.type("review.tie.text", "Served on its board until 2021.")
    walk.press("review.tie.declare")
    assert any("Another person must write down" in said for said in walk.said())
    assert not is_here(walk, "review.agree")


def test_a_agrees_and_control_enter_finishes(walk, reviewing):
    walk.keys(Qt.Key.Key_A)
    assert walk.find("review.progress").text() == "1 of 1 key questions"
    walk.keys(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    file = case(walk, reviewing)
    assert (file.card.state, file.reviews[-1].points[0].agrees) == ("agreed", True)


def test_one_cannot_agree_before_every_key_question_has_a_word(walk, reviewing):
    walk.press("review.agree")
    assert "is left" in walk.find("review.error").text()
    assert case(walk, reviewing).card.state == "in_review"


def test_disagreeing_asks_for_a_comment_and_keeps_it(walk, reviewing):
    walk.keys(Qt.Key.Key_D)
    assert walk.find(f"{POINT}.comment").hasFocus()
    walk.press("review.agree")
    assert "write what you see differently" in walk.find("review.error").text()
    walk.type(f"{POINT}.comment", "Daddy agreed: two minutes are missing.")
    walk.press("review.agree")
    (point,) = case(walk, reviewing).reviews[-1].points
    assert (point.agrees, point.comment) == (False, "Daddy agreed: two minutes are missing.")


def test_sending_back_needs_a_comment(walk, reviewing):
    walk.press("review.send_back")
    assert walk.find("review.comment").hasFocus()
    walk.type("review.comment", "Look at the minutes again.")
    walk.press("review.send_back")
    assert case(walk, reviewing).card.state == "returned"


def test_what_was_said_so_far_outlives_leaving(walk, reviewing):
    walk.keys(Qt.Key.Key_A)
    walk.type("review.comment", "Well founded.")
    walk.go(Place("assessments"))
    walk.go(Place("review", assessment=reviewing))
    assert walk.find(f"{POINT}.agree").isChecked()
    assert walk.find("review.comment").toPlainText() == "Well founded."
    assert case(walk, reviewing).card.state == "in_review"


def test_evidence_opens_inside_the_window(walk, tmp_path):
    from desktop.operations import evidence

    assessment = walk.start(walk.register())
    minutes = tmp_path / "minutes.txt"
    minutes.write_text("The board met.", encoding="utf-8")
    walk.do(
        lambda: evidence.add_evidence(
            actor=walk.ada, assessment_id=assessment, instrument="three-questions", question="governance.board.meetings", path=minutes
        )
    )
    walk.submit(assessment)
    become_ruth(walk)
    walk.go(Place("review", assessment=assessment))
    walk.press("review.tie.none")
    walk.press(f"{POINT}.evidence.0")
    assert walk.find("assessment.reader").isVisibleTo(walk.room)
    walk.keys(Qt.Key.Key_Escape)
    assert not walk.find("assessment.reader").isVisibleTo(walk.room)
