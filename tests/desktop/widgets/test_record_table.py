"""Tables: sorted and searched in the model."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.widgets.record_table import Column, RecordTable
from desktop.words import Mark

RECORDS = [("Ängen", 3), ("baobab", 20), ("Solrosen", 100)]


@pytest.fixture
def table(desk, qtbot):
    columns = [
        Column("name", "Name", text=lambda one: one[0]),
        Column("count", "Count", text=lambda one: str(one[1]), order=lambda one: one[1], number=True, width=80),
        Column("mark", "Mark", text=lambda _: "", mark=lambda _: Mark("low", "Strong"), width=80),
    ]
    made = RecordTable(desk.theme, columns, name="test.table", title="Test")
    qtbot.addWidget(made)
    made.show_records(RECORDS)
    return made


def test_numbers_are_sorted_as_numbers(table):
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert [one[1] for one in table.shown] == [100, 20, 3]


def test_all_typed_words_must_stand_in_the_row(table):
    assert table.seek("sol 100") == 1
    assert table.current == ("Solrosen", 100)
    assert table.seek("sol 20") == 0
    assert table.current is None


def test_enter_opens_the_row(table, qtbot):
    table.selectRow(1)
    with qtbot.waitSignal(table.opened) as heard:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert heard.args == [("baobab", 20)]


def test_a_status_is_read_aloud_as_its_word(table):
    index = table.model().index(0, 2)
    assert table.model().data(index, Qt.ItemDataRole.AccessibleTextRole) == "Strong"
    assert table.model().data(table.model().index(0, 1), Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight


def test_the_model_keeps_qt_s_rules(table, qtmodeltester):
    qtmodeltester.check(table.model())
