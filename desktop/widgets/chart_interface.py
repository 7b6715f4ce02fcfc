"""Tells assistive technology that a chart is a chart."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget


def speak_charts() -> None:
    """Give charts their role from now on; once in a process, when the program starts."""
    # Qt keeps no reference to an interface made in Python: without one here it would be gone before it is asked.
    kept: dict[int, QAccessibleInterface] = {}

    def make(class_name: str, thing: QObject | None) -> QAccessibleInterface | None:
        if class_name != "ChartHost" or not isinstance(thing, QWidget):
            return None
        number = id(thing)
        if number not in kept:
            kept[number] = QAccessibleWidget(thing, QAccessible.Role.Chart)
            thing.destroyed.connect(lambda: kept.pop(number, None))
        return kept[number]

    QAccessible.installFactory(make)
