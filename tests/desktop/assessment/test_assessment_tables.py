"""Tables: filled in with the keyboard on a real vault, added up as one writes, saved as one answer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from tests.desktop.assessment.at_kinds import FIGURES, answered, editor, fill, give, grid, value, write

CONTROL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


def test_the_keyboard_fills_a_table_from_cell_to_cell(more, sit):
    at = sit(more, "more.figures")
    write(at)
    fill(at, "1000", "900", "", "u", "800 SEK", "", "", "", "500", "600", "300")
    at.room._move(1)
    at.settle()
    assert value(more, "more.figures") == FIGURES
    assert at.focused == "more.funders"


def test_sums_and_ratios_live_under_the_table(more, sit):
    give(more, "more.figures", FIGURES)
    at = sit(more, "more.figures")
    model = grid(at).model()
    assert model.headerData(3, Qt.Orientation.Vertical) == "Sum"
    assert [model.index(3, column).data() for column in range(4)] == ["2,300 SEK", "1,500 SEK", "", ""]
    figures = [(figure.text(), remark.text()) for _, figure, remark in editor(at)._shown_ratios]
    assert figures[:3] == [("10.0%", "No deficit."), ("–", "a figure is missing"), ("-20.0%", "A deficit. Ask how it is covered.")]
    grid(at).setCurrentIndex(model.index(2, 1))
    grid(at).setFocus()
    at.type("450")
    QTest.keyPress(QApplication.focusWidget(), Key.Key_Return)
    assert editor(at)._shown_ratios[2][1].text() == "10.0%"
    assert model.index(3, 1).data() == "1,350 SEK"


def test_what_does_not_fit_a_cell_stays_there_marked_and_nothing_is_saved(more, sit):
    give(more, "more.figures", FIGURES)
    at = sit(more, "more.figures")
    write(at)
    fill(at, "much")
    model = grid(at).model()
    assert model.index(0, 0).data() == "much"
    assert "Write an amount" in model.index(0, 0).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    at.room._move(1)
    at.settle()
    assert at.focused == "more.figures"
    assert "Latest year, Income: Write an amount" in at.room.question._wrong.text()
    assert value(more, "more.figures") == FIGURES
    at.press(Key.Key_Escape)
    assert model.index(0, 0).data() == "1,000 SEK"


def test_a_table_says_what_keeps_it_from_being_saved(more, sit):
    at = sit(more, "more.figures")
    write(at)
    fill(at, "1000")
    assert editor(at)._says.text() == "Not saved yet. The year before, Income: This must be filled in."
    assert answered(more, "more.figures") is None


def test_a_table_is_saved_by_itself_a_moment_after_the_last_cell(more, sit, qtbot):
    give(more, "more.figures", FIGURES)
    at = sit(more, "more.figures")
    write(at)
    fill(at, "1500")
    qtbot.waitUntil(lambda: at.state.question.given.value[0][0] == "150000 SEK")
    at.settle()
    assert value(more, "more.figures")[0][0] == "150000 SEK"


def test_a_table_that_was_changed_is_taken_back_whole(more, sit):
    give(more, "more.figures", FIGURES)
    at = sit(more, "more.figures")
    write(at)
    fill(at, "1500")
    at.press(Key.Key_Z, CONTROL)
    at.settle()
    assert value(more, "more.figures") == FIGURES
    assert grid(at).model().index(0, 0).data() == "1,000 SEK"


def test_letters_in_a_cell_are_letters_and_arrows_walk_and_escape_leads_back(more, sit):
    at = sit(more, "more.funders")
    write(at)
    at.type("Svea stiftelse")
    assert answered(more, "more.funders") is None
    QTest.keyPress(QApplication.focusWidget(), Key.Key_Tab)
    assert grid(at).currentIndex().column() == 1
    at.press(Key.Key_Right)
    assert grid(at).currentIndex().column() == 2
    at.press(Key.Key_Up)
    assert at.focused == "more.funders"
    at.press(Key.Key_Escape)
    at.settle()
    assert at.room.question.hasFocus()
    assert value(more, "more.funders") == (("Svea stiftelse", None, None, None, None, None),)


def test_rows_are_added_and_taken_away_by_key_and_by_button(more, sit):
    at = sit(more, "more.funders")
    write(at)
    fill(at, "One")
    at.press(Key.Key_Insert)
    assert (grid(at).currentIndex().row(), grid(at).currentIndex().column()) == (1, 0)
    fill(at, "Two")
    editor(at)._add.click()
    fill(at, "Three")
    assert not editor(at)._add.isEnabled()
    at.press(Key.Key_Insert)
    grid(at).setCurrentIndex(grid(at).model().index(1, 0))
    at.press(Key.Key_Delete, CONTROL)
    at.room.question.commit()
    at.settle()
    assert [row[0] for row in value(more, "more.funders")] == ["One", "Three"]
    editor(at)._drop.click()
    editor(at)._drop.click()
    at.room.question.commit()
    at.settle()
    assert answered(more, "more.funders") is None


def test_tab_after_the_last_cell_leaves_the_table(more, sit):
    give(more, "more.figures", FIGURES)
    at = sit(more, "more.figures")
    write(at)
    grid(at).setCurrentIndex(grid(at).model().index(2, 3))
    at.press(Key.Key_Tab)
    assert not isinstance(QApplication.focusWidget(), QTableView)


def test_every_cell_tells_a_screen_reader_what_it_holds(more, sit):
    give(more, "more.figures", FIGURES)
    at = sit(more, "more.figures")
    model = grid(at).model()
    assert grid(at).accessibleName() == "What have the finances looked like in the last three years?"
    assert [model.headerData(column, Qt.Orientation.Horizontal) for column in range(2)] == ["Income", "Costs"]
    assert [model.headerData(row, Qt.Orientation.Vertical) for row in range(2)] == ["Latest year", "The year before"]
    assert model.index(1, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "empty"
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "1,000 SEK"


def test_a_table_that_may_only_be_read_takes_nothing(more, sit):
    give(more, "more.figures", FIGURES)
    at = sit(more, "more.figures")
    editor(at).allow(enabled=False)
    grid(at).setFocus()
    at.press(Key.Key_9)
    at.press(Key.Key_Delete)
    assert value(more, "more.figures") == FIGURES


def override(widget, key, text=""):
    """Say whether a widget keeps a key for itself, which a shortcut of the room would take otherwise."""
    event = QKeyEvent(QKeyEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier, text)
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def test_a_table_keeps_its_letters_and_f2_and_leaves_other_keys_to_the_room(more, sit):
    at = sit(more, "more.funders")
    write(at)
    assert override(grid(at), Key.Key_S, "s")
    assert override(grid(at), Key.Key_F2)
    assert not override(grid(at), Key.Key_F1)
    editor(at).allow(enabled=False)
    assert not override(grid(at), Key.Key_S, "s")


def test_a_choice_in_a_cell_keeps_its_letters(more, sit):
    at = sit(more, "more.figures")
    write(at)
    grid(at).setCurrentIndex(grid(at).model().index(0, 3))
    QTest.keyPress(grid(at), Key.Key_F2)
    assert override(QApplication.focusWidget(), Key.Key_U, "u")


def test_escape_leaves_a_cell_as_it_was(more, sit):
    give(more, "more.figures", FIGURES)
    at = sit(more, "more.figures")
    write(at)
    at.type("7")
    QTest.keyPress(QApplication.focusWidget(), Key.Key_Escape)
    at.settle()
    assert at.focused == "more.figures"
    assert grid(at).model().index(0, 0).data() == "1,000 SEK"
    assert value(more, "more.figures") == FIGURES


def test_a_screen_reader_finds_rows_columns_and_cells(more, sit):
    give(more, "more.figures", FIGURES)
    at = sit(more, "more.figures")
    table = QAccessible.queryAccessibleInterface(grid(at))
    assert table.role() == QAccessible.Role.Table
    parts = [table.child(place) for place in range(table.childCount())]
    told = {(part.role(), part.text(QAccessible.Text.Name)) for part in parts if part is not None}
    assert (QAccessible.Role.ColumnHeader, "Income") in told
    assert (QAccessible.Role.RowHeader, "Latest year") in told
    assert (QAccessible.Role.Cell, "1,000 SEK") in told
    assert (QAccessible.Role.Cell, "empty") in told


def test_cells_of_a_spreadsheet_are_pasted_as_one_change(more, sit):
    give(more, "more.figures", FIGURES)
    at = sit(more, "more.figures")
    write(at)
    QApplication.clipboard().setText("1 100\t950\n800\t700")
    at.press(Key.Key_V, CONTROL)
    at.room.question.commit()
    at.settle()
    assert [row[:2] for row in value(more, "more.figures")][:2] == [("110000 SEK", "95000 SEK"), ("80000 SEK", "70000 SEK")]
    assert (grid(at).currentIndex().row(), grid(at).currentIndex().column()) == (0, 0)
    at.press(Key.Key_C, CONTROL)
    assert QApplication.clipboard().text() == "1,100 SEK"
    at.press(Key.Key_Z, CONTROL)
    at.settle()
    assert value(more, "more.figures") == FIGURES
