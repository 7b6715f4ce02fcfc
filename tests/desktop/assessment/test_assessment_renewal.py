"""Renewal and evidence in the room, on a real vault and by keyboard."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop.operations import answering, evidence
from desktop.operations.change import Change
from forms.answers import Answer

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


@pytest.fixture
def renewed(case):
    case.give_all()
    case.submit()
    case.agree_and_seal()
    return case.renewal()


def test_enter_confirms_last_time_s_answer_and_goes_on(renewed, sit):
    at = sit(renewed, "board.plan")
    assert at.state.question.last.standing == "unconfirmed"
    at.press(Key.Key_Return)
    assert renewed.answer("board.plan") == Answer("answered", "yes", known="seen")
    assert at.focused == "board.form"
    card = next(card for card in renewed.file().answer_cards if card.question == "board.plan")
    assert card.source == "confirmed"


def test_a_key_question_is_confirmed_with_a_sentence(renewed, sit):
    at = sit(renewed, "board.meets")
    at.press(Key.Key_Return)
    assert renewed.answer("board.meets") is None
    assert QApplication.focusWidget().accessibleIdentifier() == "assessment.reason"
    at.type("Sett årets protokoll.")
    at.press(Key.Key_Return)
    assert renewed.answer("board.meets") == Answer("answered", 3, known="seen", comment="Sett årets protokoll.")


def test_a_key_question_with_fresh_evidence_is_confirmed_at_once(renewed, sit, tmp_path):
    file = tmp_path / "protokoll.txt"
    file.write_text("påhittat", encoding="utf-8")
    renewed.do(
        lambda: evidence.add_evidence(
            actor=renewed.asa, assessment_id=renewed.id, instrument="all-kinds", question="board.meets", path=file, dated=date(2025, 1, 15)
        )
    )
    at = sit(renewed, "board.meets")
    at.press(Key.Key_Return)
    assert renewed.answer("board.meets").value == 3


def test_f_goes_to_what_is_not_confirmed_yet(renewed, sit):
    at = sit(renewed, "board.meets")
    for _ in range(3):
        at.press(Key.Key_F)
    assert at.state.outline.filters[-1].is_on
    at.go("board.plan")
    at.press(Key.Key_Return)
    assert "board.plan" not in at.state.outline.order


def test_evidence_is_added_opened_and_taken_back_in_place(case, sit, tmp_path):
    file = tmp_path / "protokoll.txt"
    file.write_text("Påhittat protokoll", encoding="utf-8")
    at = sit(case)
    at.press(Key.Key_A)
    at.type(str(file))
    at.press(Key.Key_Return)
    (row,) = at.state.question.evidence
    assert row.name == "protokoll.txt"
    assert "no date" in row.about
    at.press(Key.Key_O)
    assert at.room.reader._words.toPlainText() == "Påhittat protokoll"
    at.press(Key.Key_3)
    assert case.answer("board.meets") is None
    at.press(Key.Key_Escape)
    assert at.room.reader._words.toPlainText() == ""
    at.room.evidence.withdraw(row)
    at.type("Fel fil")
    at.press(Key.Key_Return)
    assert at.state.question.evidence == ()


def test_evidence_that_cannot_be_read_is_said_in_the_form_and_nothing_is_lost(case, sit, tmp_path):
    at = sit(case)
    at.press(Key.Key_A)
    at.type(str(tmp_path / "finns inte.pdf"))
    at.press(Key.Key_Return)
    assert not at.room.question.form.isHidden()
    assert "finns inte.pdf" in at.room.question.form._wrong.text()
    assert case.file().evidence == ()


def test_a_picture_is_read_inside_the_window_from_the_vault_alone(case, sit, tmp_path):
    file = tmp_path / "bild.png"
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    assert image.save(str(file))
    case.do(
        lambda: evidence.add_evidence(
            actor=case.asa, assessment_id=case.id, instrument="all-kinds", question="board.meets", path=file, dated=None
        )
    )
    file.unlink()
    at = sit(case)
    at.press(Key.Key_O)
    assert at.room.reader._picture.pixmap().width() == 40


def test_what_another_window_did_to_the_evidence_is_read_again(case, sit):
    at = sit(case)
    case.do(
        lambda: answering.give_answer(
            actor=case.asa, assessment_id=case.id, instrument="all-kinds", question="board.form", answer=Answer("answered", "foundation")
        )
    )
    case.declare()
    at.room.change_happened(Change("tie", assessment=case.id))
    at.settle()
    assert at.room.sheet.answer("board.form") == Answer("answered", "foundation")
    assert at.state.declares_ties == ""


def test_enter_on_something_that_is_no_answer_neither_confirms_nor_goes_on(renewed, sit):
    at = sit(renewed, "means.share")
    at.type("140")
    at.press(Key.Key_Return)
    assert renewed.answer("means.share") is None
    assert at.focused == "means.share"
    at.press(Key.Key_Escape)
    at.press(Key.Key_Return)
    assert renewed.answer("means.share") == Answer("answered", 40, known="seen")


def test_enter_on_a_new_number_keeps_that_one_and_goes_on(renewed, sit):
    at = sit(renewed, "means.share")
    at.type("55")
    at.press(Key.Key_Return)
    assert renewed.answer("means.share").value == 55
    assert at.focused == "means.turnover"


def test_old_evidence_does_not_confirm_a_key_question(renewed, sit, tmp_path):
    file = tmp_path / "protokoll.txt"
    file.write_text("påhittat", encoding="utf-8")
    renewed.do(
        lambda: evidence.add_evidence(
            actor=renewed.asa, assessment_id=renewed.id, instrument="all-kinds", question="board.meets", path=file, dated=date(2024, 3, 1)
        )
    )
    at = sit(renewed, "board.meets")
    at.press(Key.Key_Return)
    assert QApplication.focusWidget().accessibleIdentifier() == "assessment.reason"
    assert renewed.answer("board.meets") is None
