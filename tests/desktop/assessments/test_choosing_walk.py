"""Choosing several cases in the list of assessments, by the keyboard and by the mouse."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.shell.place import Place

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def table_of(walk):
    walk.go(Place("assessments"))
    return walk.find("assessments.list")


def test_sealed_cases_are_ticked_by_the_keyboard_and_lead_to_their_documents(walk, cases):
    table = table_of(walk)
    walk.keys(Qt.Key.Key_D)
    assert table.shows_boxes
    assert walk.window.focusWidget() is table
    walk.keys(Qt.Key.Key_A, CTRL)
    assert set(table.ticked) == set(cases[:2])
    walk.keys(Qt.Key.Key_Return, CTRL)
    assert walk.room.place == Place("documents", assessments=tuple(cases[:2]))


def test_shift_and_arrows_go_on_ticking_and_pass_by_what_is_not_sealed(walk, cases):
    table = table_of(walk)
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 1))
    for _ in range(2):
        walk.keys(Qt.Key.Key_Down, SHIFT)
    assert set(table.ticked) == set(cases[:2])
    assert table.current.card.id == cases[2]
    walk.keys(Qt.Key.Key_Space)
    assert set(table.ticked) == set(cases[:2])
    walk.keys(Qt.Key.Key_Up)
    walk.keys(Qt.Key.Key_Space)
    assert table.ticked == (cases[1],)
    walk.keys(Qt.Key.Key_Escape)
    assert (table.ticked, table.shows_boxes) == ((), False)


def click(table, row, modifier=Qt.KeyboardModifier.NoModifier, column=2):
    at = table.visualRect(table.model().index(row, column)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, modifier, QPoint(at))
    QApplication.processEvents()


def test_the_mouse_ticks_with_ctrl_with_shift_and_on_the_boxes(walk, cases):
    table = table_of(walk)
    click(table, 0, CTRL)
    assert table.ticked == (cases[1],)
    click(table, 2, SHIFT)
    assert set(table.ticked) == set(cases[:2])
    click(table, 0, column=0)
    assert table.ticked == (cases[0],)
    click(table, 2, CTRL)  # the draft
    assert table.ticked == (cases[0],)


def test_a_plain_click_only_goes_there(walk, cases):
    table = table_of(walk)
    click(table, 1)
    assert (table.ticked, table.shows_boxes, table.currentIndex().row()) == ((), False, 1)


def test_what_is_ticked_outlives_the_search_and_the_bar_says_what_is_hidden(walk, cases):
    table = table_of(walk)
    walk.keys(Qt.Key.Key_D)
    walk.press("assessments.tick_shown")
    walk.type("assessments.search", "bright")
    walk.room._find()
    assert set(table.ticked) == set(cases[:2])
    assert "1 of them is not shown now" in walk.find("assessments.chosen").text()
    walk.type("assessments.search", "nobody")
    walk.room._find()
    assert "2 of them are not shown now" in walk.find("assessments.chosen").text()
    walk.press("assessments.untick")
    assert table.ticked == ()
    assert not walk.find("assessments.documents").isEnabled()


def test_what_is_ticked_outlives_another_look(walk, cases):
    table_of(walk)
    walk.keys(Qt.Key.Key_D)
    walk.keys(Qt.Key.Key_A, CTRL)
    desk = walk.window.desk
    desk.prefer(msgspec.structs.replace(desk.preferences, text_size=150))
    walk.wait()
    table = walk.find("assessments.list")
    assert set(table.ticked) == set(cases[:2])
    walk.press("assessments.end")
    desk.prefer(msgspec.structs.replace(desk.preferences, text_size=100))
    walk.wait()
    assert not walk.find("assessments.list").shows_boxes


def test_without_a_sealed_case_there_is_nothing_to_choose(walk):
    walk.start(walk.register())
    walk.go(Place("assessments"))
    assert not walk.find("assessments.several").isVisibleTo(walk.room)
    walk.keys(Qt.Key.Key_D)
    assert not walk.find("assessments.list").shows_boxes
