"""What is wrong with a screen, found in its widget tree: clipped text, widgets over each other, things without a name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QFrame,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QSplitterHandle,
    QStackedWidget,
    QWidget,
)

_INPUTS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit)
#: Rounding of a text's width to whole pixels.
_SLACK = 2


def faults(screen: QWidget) -> list[str]:
    """Give one sentence for each fault of what can be seen."""
    return [*_clipped(screen), *_overlapping(screen), *_nameless(screen), *_sideways(screen)]


def _seen(screen: QWidget) -> Iterator[QWidget]:
    """Go through widgets that are shown and are no inner part of a Qt widget."""
    for widget in screen.findChildren(QWidget):
        if widget.isVisible() and not widget.objectName().startswith("qt_") and not _is_inner(widget):
            yield widget


def _is_inner(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return isinstance(widget, QScrollBar | QHeaderView | QSplitterHandle) or isinstance(parent, QComboBox | QAbstractSpinBox | QHeaderView)


def _clipped(screen: QWidget) -> Iterator[str]:
    for widget in _seen(screen):
        if isinstance(widget, QLabel) and widget.text() and widget.pixmap().isNull():
            yield from _clipped_label(widget)
        elif isinstance(widget, QPushButton) and widget.text() and _needed(widget) > widget.width() + _SLACK:
            yield f"the button {_called(widget)} is {_needed(widget) - widget.width()} px too narrow for its text"
        elif isinstance(widget, QAbstractButton) and widget.hasHeightForWidth():
            missing = widget.heightForWidth(widget.width()) - widget.height()
            if missing > _SLACK:
                yield f"{_called(widget)} is {missing} px too low for its text"


def _needed(button: QPushButton) -> int:
    """Give the width that a button needs for its words and for what else stands on it."""
    beside = [one.width() for one in button.findChildren(QLabel) if one.isVisible()]
    return button.sizeHint().width() + sum(beside)


def _clipped_label(label: QLabel) -> Iterator[str]:
    space = label.contentsRect()
    if label.wordWrap():
        missing = label.heightForWidth(label.width()) - label.height()
        if missing > _SLACK:
            yield f"the label {_called(label)} is {missing} px too low for its text"
        return
    widest = max(label.fontMetrics().horizontalAdvance(line) for line in label.text().split("\n"))
    if widest > space.width() + _SLACK:
        yield f"the label {_called(label)} is {widest - space.width()} px too narrow for its text"
    elif label.sizeHint().height() > label.height() + _SLACK:
        yield f"the label {_called(label)} is too low for its text"


def _overlapping(screen: QWidget) -> Iterator[str]:
    parents = {widget.parentWidget() for widget in _seen(screen)} - {None}
    for parent in parents:
        if isinstance(parent, QStackedWidget | QAbstractButton | QAbstractItemView):
            continue
        inside = [
            child
            for child in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
            if child.isVisible() and not child.isWindow() and not _is_inner(child) and child.objectName() != "message"
        ]
        for one, other in combinations(inside, 2):
            common = _drawn(one).intersected(_drawn(other))
            if common.width() > _SLACK and common.height() > _SLACK:
                yield f"{_called(one)} and {_called(other)} lie over each other by {common.width()} × {common.height()} px"


def _drawn(widget: QWidget) -> QRect:
    return widget.geometry()


def _sideways(screen: QWidget) -> Iterator[str]:
    """Find pages that must be scrolled sideways to be read; a table, a list and a document's pages may be."""
    for area in screen.findChildren(QScrollArea):
        hidden = area.horizontalScrollBar().maximum()
        if area.isVisible() and hidden > _SLACK:
            yield f"{_called(area.widget() or area)} is {hidden} px wider than what shows it"


def _nameless(screen: QWidget) -> Iterator[str]:
    for widget in _seen(screen):
        if not isinstance(widget, _INPUTS) or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name) if interface is not None else widget.accessibleName()
        if not (name or widget.accessibleName()).strip():
            yield f"{_called(widget)} has no accessible name"
        if not widget.accessibleIdentifier():
            yield f"{_called(widget)} has no accessible identifier"


def _called(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    kind = type(widget).__name__ if not isinstance(widget, QFrame) or text else f"{type(widget).__name__}({widget.property('surface')})"
    name = widget.accessibleIdentifier() or widget.objectName() or (text[:40] if text else widget.accessibleName()[:40])
    return f"{kind} “{name}”"
