"""A screen reader that asks a scroll area for a part that has just gone is told that there is none."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from desktop.widgets.chart_interface import speak_charts


def test_a_part_that_a_scroll_area_does_not_have_is_none_and_ends_nothing(qtbot):
    speak_charts()
    window = QWidget()
    qtbot.addWidget(window)
    area = QScrollArea(window)
    area.setWidget(QLabel("findings"))
    spoken = QAccessible.queryAccessibleInterface(area)
    assert spoken.role() == QAccessible.Role.Client
    assert spoken.child(spoken.childCount()) is None
    assert spoken.child(1000) is None
    parts = [spoken.child(number).object() for number in range(spoken.childCount())]
    assert area.viewport() in parts
