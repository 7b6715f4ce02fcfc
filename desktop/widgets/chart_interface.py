"""Tells assistive technology that a chart is a chart, and lets it ask about scroll areas without harm."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

#: Class → its role. Qt's own interface of a scroll area reads past its end, and ends the program, when a screen reader asks for the scroll
#: bar that has just gone (Qt 6.11.3: QAccessibleScrollArea checks no bounds); the plain one answers that there is none.
_ROLES = {"ChartHost": QAccessible.Role.Chart, "QScrollArea": QAccessible.Role.Client}


def speak_charts() -> None:
    """Give charts their role and scroll areas a safe interface from now on; once in a process, when the program starts."""
    # Qt keeps no reference to an interface made in Python: without one here it would be gone before it is asked.
    kept: dict[int, QAccessibleInterface] = {}

    def make(class_name: str, thing: QObject | None) -> QAccessibleInterface | None:
        if class_name not in _ROLES or not isinstance(thing, QWidget):
            return None
        number = shiboken6.getCppPointer(thing)[0]  # not id(): what Python wraps only now and then gets the same one for another
        if number not in kept:
            kept[number] = QAccessibleWidget(thing, _ROLES[class_name])
            thing.destroyed.connect(lambda: kept.pop(number, None))
        return kept[number]

    QAccessible.installFactory(make)
