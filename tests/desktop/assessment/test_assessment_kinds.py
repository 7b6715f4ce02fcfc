"""Several choices, countries, numbers and documents: filled in with the keyboard on a real vault."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from forms.answers import Answer
from tests.desktop.assessment.at_kinds import answered, editor, give, value, write

CONTROL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


# ── several choices ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_digits_take_choices_in_and_out_and_the_last_one_out_opens_the_question(more, sit):
    at = sit(more, "more.whom")
    at.press(Key.Key_3)
    at.press(Key.Key_1)
    assert value(more, "more.whom") == ("children", "farmers")
    at.press(Key.Key_3)
    assert value(more, "more.whom") == ("children",)
    at.press(Key.Key_1)
    assert answered(more, "more.whom") is None


def test_a_choice_taken_in_can_be_undone_and_known(more, sit):
    at = sit(more, "more.whom")
    at.press(Key.Key_1)
    at.press(Key.Key_2)
    at.press(Key.Key_V)
    assert answered(more, "more.whom") == Answer("answered", ("children", "displaced"), known="verified")
    at.press(Key.Key_Z, CONTROL)
    at.press(Key.Key_Z, CONTROL)
    assert value(more, "more.whom") == ("children",)


def test_a_choice_row_is_taken_with_space_and_shows_as_ticked(more, sit):
    at = sit(more, "more.whom")
    at.room.question.levels.focus_chosen()
    at.press(Key.Key_Down)
    at.press(Key.Key_Space)
    assert value(more, "more.whom") == ("displaced",)
    assert [row.isChecked() for row in at.room.question.levels._rows] == [False, True, False]


def test_the_heading_and_who_answers_stand_by_the_question(more, sit):
    at = sit(more, "more.whom")
    assert at.state.question.section == "Work · Who"
    assert "The country office answers this" in at.state.question.tags


def test_a_flagged_answer_says_so(more, sit):
    at = sit(more, "more.order")
    at.press(Key.Key_2)
    assert "major weakness" not in at.state.question.tags
    at.press(Key.Key_0)
    assert "major weakness" in at.state.question.tags


# ── country, number, document ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_country_is_found_by_some_of_its_name(more, sit):
    at = sit(more, "more.seat")
    write(at)
    editor(at)._choice.setEditText("keny")
    at.room._move(1)
    at.settle()
    assert value(more, "more.seat") == "KE"
    at.go("more.seat")
    assert editor(at)._choice.currentText() == "Kenya"


def test_what_is_no_country_is_put_back(more, sit):
    give(more, "more.seat", "KE")
    at = sit(more, "more.seat")
    write(at)
    editor(at)._choice.setEditText("Atlantis")
    at.room.question.commit()
    at.settle()
    assert value(more, "more.seat") == "KE"
    assert editor(at)._choice.currentText() == "Kenya"


def test_an_organisation_number_is_judged_while_it_is_typed_and_saved_in_its_usual_form(more, sit):
    at = sit(more, "more.number")
    assert editor(at)._register.key == "KE-NCB"
    write(at)
    at.type("SE-ON 5560912149")
    at.press(Key.Key_Tab)
    assert answered(more, "more.number") is None
    assert "check digit" in editor(at)._says.text()
    editor(at)._number.setFocus()
    editor(at)._number.selectAll()
    at.type("5560912148")
    assert editor(at)._says.isHidden()
    at.press(Key.Key_Tab)
    assert value(more, "more.number") == "SE-ON 556091-2148"
    assert editor(at)._number.text() == "556091-2148"


def test_a_number_that_cannot_be_right_keeps_one_here_and_escape_puts_the_old_one_back(more, sit):
    give(more, "more.number", "SE-ON 556091-2148")
    at = sit(more, "more.number")
    write(at)
    at.type("5560912149")
    at.room._move(1)
    at.settle()
    assert at.focused == "more.number"
    at.press(Key.Key_Escape)
    assert editor(at)._number.text() == "556091-2148"
    at.room._move(1)
    assert at.focused == "more.licence"


def write_document(at, title, dated):
    write(at)
    at.type(title)
    at.press(Key.Key_Tab)
    at.type(dated)


def test_a_document_is_saved_when_all_of_it_is_said(more, sit):
    at = sit(more, "more.licence")
    write_document(at, "Permit", "2024-01-31")
    editor(at)._settle()
    at.settle()
    assert answered(more, "more.licence") is None
    editor(at)._for_ever.click()
    at.settle()
    assert value(more, "more.licence") == ("Permit", "2024-01-31", "")
    editor(at)._for_ever.click()
    editor(at)._expires.line.setFocus()
    at.type("2026-03-01")
    at.room._move(1)
    at.settle()
    assert value(more, "more.licence") == ("Permit", "2024-01-31", "2026-03-01")


def test_an_expired_document_says_so(more, sit):
    give(more, "more.licence", ("Permit", "2024-01-31", "2026-03-01"))
    at = sit(more, "more.licence")
    assert editor(at)._says.text() == "It had expired at the day of assessment, 2 Mar 2026."
    assert "expired 1 Mar 2026" in at.state.question.spoken


@pytest.mark.parametrize(
    ("dated", "words"), [("", "its own date"), ("2024-01-31", "when the document expires"), ("31 feb", "Write a date")]
)
def test_half_a_document_is_not_left_unseen(more, sit, dated, words):
    at = sit(more, "more.licence")
    write_document(at, "Permit", dated)
    at.room._move(1)
    at.settle()
    assert at.focused == "more.licence"
    assert words in at.room.question._wrong.text()
    assert answered(more, "more.licence") is None
