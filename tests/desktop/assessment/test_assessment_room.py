"""The room on a real vault, worked with the keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.operations import reviewing
from forms.answers import Answer

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


def test_a_digit_is_an_answer_in_the_vault_and_one_stays_at_the_question(case, sit):
    at = sit(case)
    at.press(Key.Key_3)
    assert case.answer("board.meets") == Answer("answered", 3)
    assert at.focused == "board.meets"
    assert at.state.header.saved.startswith("saved ")


def test_the_result_is_shown_before_the_answer_is_saved(case, sit):
    at = sit(case)
    at.room.press_key("3")
    assert at.state.header.saved == "saving…"
    assert at.state.result.open == 7
    at.settle()
    assert at.state.header.saved.startswith("saved ")


def test_a_key_that_is_no_level_does_nothing(case, sit):
    at = sit(case)
    at.press(Key.Key_9)
    assert case.answer("board.meets") is None


def test_the_keyboard_answers_the_whole_assessment(case, sit):
    at = sit(case)
    for key in (Key.Key_3, Key.Key_D, Key.Key_Down, Key.Key_Y, Key.Key_V, Key.Key_Return, Key.Key_2, Key.Key_Down):
        at.press(key)
    for text in ("7", "40", "1250.50", "2025-12-31"):
        at.type(text)
        at.press(Key.Key_Down)
    at.press(Key.Key_Down)
    at.press(Key.Key_2)
    at.press(Key.Key_S)
    assert at.state.result.open == 0
    file = case.file()
    assert file.result.is_complete
    assert case.answer("means.turnover").value == "125050 SEK"
    assert case.answer("board.plan") == Answer("answered", "yes", known="verified")


def test_how_it_is_known_goes_with_the_answer(case, sit):
    at = sit(case)
    at.press(Key.Key_3)
    at.press(Key.Key_V)
    at.press(Key.Key_4)
    assert case.answer("board.meets") == Answer("answered", 4, known="verified")


def test_letters_typed_in_a_number_are_keys_of_the_room(case, sit):
    at = sit(case, "means.staff")
    at.type("12")
    at.press(Key.Key_S)
    assert case.answer("means.staff") == Answer("answered", 12, known="said")


@pytest.mark.parametrize(("question", "typed"), [("means.staff", "-3"), ("means.share", "101"), ("means.year_end", "2025-02-30")])
def test_bad_input_says_what_would_be_right_and_changes_nothing(case, sit, question, typed):
    at = sit(case, question)
    at.type(typed)
    at.room.question.commit()
    at.settle()
    assert case.answer(question) is None
    assert "not changed" in at.room.question._wrong.text()
    assert not at.room.question._wrong.isHidden()


def test_emptying_a_number_takes_the_answer_away(case, sit):
    at = sit(case, "means.staff")
    at.type("7")
    at.press(Key.Key_Return)
    at.press(Key.Key_Up)
    at.press(Key.Key_Delete)
    at.press(Key.Key_Down)
    assert case.answer("means.staff") is None


def test_a_comment_is_saved_by_itself_a_moment_after_the_last_key(case, sit, qtbot):
    at = sit(case)
    at.press(Key.Key_3)
    at.press(Key.Key_C)
    at.type("Läst fyra protokoll")
    qtbot.waitUntil(lambda: at.state.question.given.comment == "Läst fyra protokoll")
    at.settle()
    assert case.answer("board.meets").comment == "Läst fyra protokoll"


@pytest.mark.parametrize("leaving", ["next", "esc", "room"])
def test_a_half_typed_comment_is_saved_on_leaving(case, sit, leaving):
    at = sit(case)
    at.press(Key.Key_3)
    at.press(Key.Key_C)
    at.type("Halv")
    if leaving == "next":
        at.room._move(1)
    elif leaving == "esc":
        at.press(Key.Key_Escape)
    else:
        at.room.leave()
    at.settle()
    assert case.answer("board.meets").comment == "Halv"


def test_a_comment_before_the_answer_stands_as_don_t_know_yet(case, sit):
    at = sit(case)
    at.press(Key.Key_C)
    at.type("Fråga Maria")
    at.press(Key.Key_Escape)
    assert case.answer("board.meets") == Answer("dont_know", comment="Fråga Maria")
    at.press(Key.Key_2)
    assert case.answer("board.meets") == Answer("answered", 2, comment="Fråga Maria")


def test_keys_typed_in_a_comment_are_letters_there(case, sit):
    at = sit(case)
    at.press(Key.Key_C)
    at.type("3 nunsde")
    at.press(Key.Key_Escape)
    assert case.answer("board.meets").comment == "3 nunsde"


def test_not_applicable_asks_why_in_place(case, sit):
    at = sit(case, "means.order")
    at.press(Key.Key_N)
    assert QApplication.focusWidget().accessibleIdentifier() == "assessment.reason"
    at.press(Key.Key_Return)
    assert case.answer("means.order") is None
    at.type("Inget lager")
    at.press(Key.Key_Return)
    assert case.answer("means.order") == Answer("not_applicable", reason="Inget lager")


def test_leaving_the_reason_leaves_everything_as_it_was(case, sit):
    at = sit(case)
    at.press(Key.Key_E)
    at.type("kanske")
    at.press(Key.Key_Escape)
    assert case.answer("board.meets") is None
    assert QApplication.focusWidget().accessibleIdentifier() == "assessment.question"


def test_a_key_question_cannot_be_set_aside_and_that_is_said(case, sit):
    at = sit(case)
    at.press(Key.Key_N)
    assert "key question" in at.room.question._wrong.text()
    assert case.answer("board.meets") is None


def test_u_is_don_t_know_yet_and_u_again_takes_it_away(case, sit):
    at = sit(case)
    at.press(Key.Key_U)
    assert case.answer("board.meets") == Answer("dont_know")
    at.press(Key.Key_U)
    assert case.answer("board.meets") is None


def test_undo_takes_back_and_redo_brings_forward_wherever_one_stands(case, sit):
    at = sit(case)
    at.press(Key.Key_3)
    at.press(Key.Key_4)
    at.press(Key.Key_Down)
    at.press(Key.Key_Z, CONTROL)
    assert at.focused == "board.meets"
    assert case.answer("board.meets") == Answer("answered", 3)
    at.press(Key.Key_Z, CONTROL | SHIFT)
    assert case.answer("board.meets") == Answer("answered", 4)
    at.press(Key.Key_Z, CONTROL)
    at.press(Key.Key_Z, CONTROL)
    assert case.answer("board.meets") is None
    assert not at.state.can_undo


def test_undo_in_a_comment_is_the_comment_s_own(case, sit):
    at = sit(case)
    at.press(Key.Key_3)
    at.press(Key.Key_C)
    at.type("ord")
    at.press(Key.Key_Z, CONTROL)
    at.press(Key.Key_Escape)
    assert case.answer("board.meets") == Answer("answered", 3)


def test_a_refused_commit_shows_what_stands_and_says_why(case, sit):
    at = sit(case)
    at.press(Key.Key_3)
    case.give_all()
    case.submit()
    at.room.press_key("1")
    at.settle()
    assert at.state.header.saved == "not saved"
    assert at.state.question.given.value == 3
    assert "reviewer" in at.room.question._wrong.text()


def test_after_the_result_was_seen_a_change_waits_for_its_reason(case, sit):
    case.give_all()
    case.do(lambda: reviewing.see_result(actor=case.asa, assessment_id=case.id))
    at = sit(case, "board.meets")
    at.press(Key.Key_4)
    assert case.answer("board.meets").value == 3
    assert at.state.question.given.value == 4
    assert at.state.result.sections[0].number == "83"
    at.type("Nytt protokoll")
    at.press(Key.Key_Return)
    assert case.answer("board.meets").value == 4
    assert case.file().changed_after_result == 1
    assert "Nytt protokoll" in at.state.question.said


def test_without_a_reason_the_answer_from_before_stands(case, sit):
    case.give_all()
    case.do(lambda: reviewing.see_result(actor=case.asa, assessment_id=case.id))
    at = sit(case, "board.meets")
    at.press(Key.Key_4)
    at.press(Key.Key_Escape)
    assert case.answer("board.meets").value == 3
    assert at.state.question.given.value == 3


def test_one_cannot_walk_away_from_a_change_that_waits_for_its_reason(case, sit):
    case.give_all()
    case.do(lambda: reviewing.see_result(actor=case.asa, assessment_id=case.id))
    at = sit(case, "board.meets")
    at.press(Key.Key_4)
    at.room._move(1)
    assert at.focused == "board.meets"
    assert QApplication.focusWidget().accessibleIdentifier() == "assessment.reason"


def test_ties_are_declared_in_place(case, sit):
    at = sit(case)
    assert at.state.declares_ties
    at.press(Key.Key_T)
    at.press(Key.Key_Space)
    assert at.state.declares_ties == ""
    assert [tie.has_tie for tie in case.file().ties] == [False]


def test_a_tie_is_described_in_place(case, sit):
    at = sit(case)
    at.room.banners._describe()
    at.type("Min bror arbetar där sedan 2020")
    at.press(Key.Key_Return)
    assert [(tie.has_tie, tie.text) for tie in case.file().ties] == [(True, "Min bror arbetar där sedan 2020")]


def test_what_remains_is_one_key_away_and_leads_to_its_question(case, sit):
    case.declare()
    at = sit(case)
    at.press(Key.Key_R)
    at.press(Key.Key_Down)
    at.press(Key.Key_Return)
    assert at.focused == "board.plan"
    assert QApplication.focusWidget().accessibleIdentifier() == "assessment.question"


def test_with_the_reviewer_nothing_changes_until_it_is_taken_back(case, sit):
    case.give_all()
    case.submit()
    at = sit(case, "board.meets")
    for key in (Key.Key_1, Key.Key_U, Key.Key_S, Key.Key_A):
        at.press(key)
    assert case.answer("board.meets") == Answer("answered", 3, known="seen")
    assert at.room.question.form.isHidden()
    at.room._acts.take_back()
    at.settle()
    assert at.state.editable
    assert case.file().card.state in ("draft", "returned")


def test_a_sealed_assessment_can_be_read_and_not_changed(case, sit):
    case.give_all()
    case.submit()
    case.agree_and_seal()
    at = sit(case, "board.meets")
    at.press(Key.Key_1)
    at.press(Key.Key_Z, CONTROL)
    assert case.answer("board.meets").value == 3
    assert not at.state.editable
    assert at.state.notice
    at.press(Key.Key_Down)
    assert at.focused == "board.plan"


def test_a_question_is_found_by_typing(case, sit):
    at = sit(case)
    at.press(Key.Key_F, CONTROL)
    at.type("turnover")
    at.press(Key.Key_Return)
    assert at.focused == "means.turnover"


def test_page_keys_go_from_section_to_section(case, sit):
    at = sit(case)
    at.press(Key.Key_PageDown)
    assert at.focused == "means.staff"
    at.press(Key.Key_PageUp)
    assert at.focused == "board.meets"


def test_an_answer_that_opens_a_question_shows_it_next(case, sit):
    at = sit(case, "board.plan")
    at.press(Key.Key_N)
    assert at.state.below.id == "board.why_not"
    at.press(Key.Key_Down)
    at.press(Key.Key_Return)
    assert at.focused == "board.form"


def test_a_narrow_room_folds_its_sides_into_a_strip(case, sit):
    at = sit(case, size=(640, 700))
    assert at.room.outline.isHidden()
    assert at.room.result.isHidden()
    assert not at.room.folded.isHidden()


def test_swedish_keys_answer_in_swedish(make_desk, case_in, sit):
    case = case_in(make_desk(language="sv"))
    at = sit(case, "board.plan")
    at.press(Key.Key_D)
    assert case.answer("board.plan") == Answer("answered", "partly")


def test_whatever_takes_the_focus_has_a_name_and_an_identifier(case, sit):
    at = sit(case, "means.turnover")
    at.room._show_page(1)
    unnamed = [
        widget
        for widget in at.room.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.isHidden()
        and widget.isVisibleTo(at.room)
        and not (widget.accessibleName() and widget.accessibleIdentifier())
    ]
    assert [f"{type(widget).__name__} {widget.objectName()} {widget.accessibleIdentifier()}" for widget in unnamed] == []
