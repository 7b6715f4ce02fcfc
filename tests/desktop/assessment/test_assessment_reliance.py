"""Another body's result at a question: proposed, relied on by one key, visibly so, and never proposed once it no longer holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.operations import assessments, outside
from desktop.shell.place import Place
from forms.library import Library
from forms.outside import OutsideResult
from models.cards import AssessmentDraft
from tests.desktop.walking import begin

SMALL = Path(__file__).parents[2] / "forms" / "three-questions.yaml"
BOARD = "governance.board.meetings"
RELIES = """        relies_on:
          - {result: hact_micro_assessment, answers: {low: "4", moderate: "3", significant: "1", high: "0"}}
"""


@pytest.fixture
def walk(desk, settled, qtbot, tmp_path):
    return begin(desk, settled, qtbot, tmp_path)


@pytest.fixture
def start(walk, tmp_path):
    """Register a result of a partner and start an assessment by a template that relies on its kind."""
    folder = tmp_path / "mallar"
    folder.mkdir()
    text = SMALL.read_text(encoding="utf-8").replace("        key: true\n", f"        key: true\n{RELIES}", 1)
    (folder / "small.yaml").write_text(text, encoding="utf-8")
    report = tmp_path / "micro.pdf"
    report.write_bytes(b"%PDF-1.7 invented")

    def made(**changes):
        partner = walk.register()
        result = OutsideResult(
            **{"owner": "Agency (invented)", "kind": "hact_micro_assessment", "rating": "moderate", "dated": date(2025, 5, 1), **changes}
        )
        walk.do(lambda: outside.register_result(actor=walk.ada, partner_id=partner, result=result, path=report))
        draft = AssessmentDraft(partner, None, "new", "established", "three-questions", "light", "Litet belopp.", date(2026, 3, 9))
        started = walk.do(lambda: assessments.start_assessment(actor=walk.ada, draft=draft, templates=Library(folder))).made
        walk.go(Place("assessment", assessment=started, partner=partner))
        return started

    return made


def file_of(walk, assessment):
    return walk.do(lambda: assessments.assessment_file(assessment_id=assessment))


def test_one_key_relies_on_a_result_and_the_window_says_so(walk, start):
    assessment = start()
    assert walk.find("assessment.reliance").isVisibleTo(walk.room)
    assert any("Could answer this: 3." in words for words in walk.said())
    assert file_of(walk, assessment).answer_cards == ()
    walk.keys(Qt.Key.Key_B)
    (card,) = file_of(walk, assessment).answer_cards
    assert (card.question, card.answer.value, card.answer.known, card.source) == (BOARD, 3, "seen", "relied_on")
    assert "Relied on for this answer" in walk.said()
    assert not walk.find("assessment.rely").isVisibleTo(walk.room)
    (behind,) = file_of(walk, assessment).evidence
    assert (behind.name, behind.note) == ("micro.pdf", "Agency (invented)")
    assert [row.id for row in walk.room.question.state.evidence] == [behind.id]


def test_taking_it_back_proposes_it_again(walk, start):
    assessment = start()
    walk.keys(Qt.Key.Key_B)
    walk.keys(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert file_of(walk, assessment).answers.of("three-questions", BOARD) is None
    assert walk.find("assessment.rely").isVisibleTo(walk.room)
    walk.keys(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert [card.source for card in file_of(walk, assessment).answer_cards] == ["relied_on"]
    assert "Relied on for this answer" in walk.said()


def test_an_own_answer_stands_and_the_result_is_still_there_to_rely_on(walk, start):
    assessment = start()
    walk.keys(Qt.Key.Key_1)
    assert file_of(walk, assessment).answers.of("three-questions", BOARD).value == 1
    assert walk.find("assessment.rely").isVisibleTo(walk.room)
    walk.keys(Qt.Key.Key_3)
    assert "Says the same as your own answer" in walk.said()


@pytest.mark.parametrize(
    ("changes", "why"),
    [({"valid_until": date(2025, 12, 31)}, "it expired on 31 Dec 2025"), ({"consent": "none"}, "nobody has agreed that it is used")],
)
def test_what_no_longer_holds_proposes_nothing_and_says_why(walk, start, changes, why):
    assessment = start(**changes)
    assert f"Proposes no answer: {why}" in walk.said()
    assert not walk.find("assessment.rely").isVisibleTo(walk.room)
    walk.keys(Qt.Key.Key_B)
    assert file_of(walk, assessment).answer_cards == ()


def test_where_nothing_is_registered_nothing_is_shown(walk):
    partner = walk.register()
    walk.go(Place("assessment", assessment=walk.start(partner), partner=partner))
    assert not walk.find("assessment.reliance").isVisibleTo(walk.room)
