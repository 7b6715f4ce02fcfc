"""Picking a level by key, arrow and mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.widgets.level_picker import LevelPicker, LevelRow

ROWS = [
    LevelRow(level, str(level), f"Level {level}. " + "Something one can see. " * 8, "last time" if level == 2 else "") for level in range(5)
]


@pytest.fixture
def picker(desk, qtbot):
    made = LevelPicker(desk.theme, name="question", title="Does the board meet?")
    made.show_rows(ROWS, chosen=2)
    qtbot.addWidget(made)
    made.resize(500, 600)
    made.show()
    return made


def test_a_digit_picks_its_level(picker, qtbot):
    with qtbot.waitSignal(picker.picked) as heard:
        qtbot.keyClick(picker, "4")
    assert heard.args == [4]
    assert picker.chosen == 4


def test_a_digit_without_a_level_picks_nothing(picker, qtbot):
    with qtbot.assertNotEmitted(picker.picked):
        qtbot.keyClick(picker, "7")
    assert not picker.pick_digit("")


def test_a_digit_with_control_is_not_the_picker_s(picker, qtbot):
    with qtbot.assertNotEmitted(picker.picked):
        qtbot.keyClick(picker, "4", Qt.KeyboardModifier.ControlModifier)


def test_showing_rows_says_nothing_and_no_row_may_be_chosen(picker, qtbot):
    with qtbot.assertNotEmitted(picker.picked):
        picker.show_rows(ROWS, chosen=3)
        assert picker.chosen == 3
        picker.show_rows(ROWS)
    assert picker.chosen is None


def test_arrows_move_and_enter_picks(picker, qtbot):
    picker.focus_chosen()
    row = picker._rows[2]
    qtbot.keyClick(row, Qt.Key.Key_Down)
    with qtbot.waitSignal(picker.picked) as heard:
        qtbot.keyClick(picker._rows[3], Qt.Key.Key_Return)
    assert heard.args == [3]


def test_a_narrower_picker_gives_its_words_more_lines(picker):
    row = picker._rows[0]
    assert row.heightForWidth(300) > row.heightForWidth(900)


def test_a_screen_reader_hears_the_digit_the_words_and_last_time(picker):
    assert picker._rows[2].accessibleName().startswith("2. Level 2.")
    assert picker._rows[2].accessibleName().endswith("last time")
