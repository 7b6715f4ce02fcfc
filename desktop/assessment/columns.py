"""How the room is laid out: outline, question and result beside each other, and the order in which Tab goes through them."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desktop.shell.theme import Theme

#: Narrower than this (at 100 % text size) outline and result fold into a strip.
FOLDS_BELOW = 900
_WIDEST, _WIDEST_QUESTION = 1580, 776
_OUTLINE, _RESULT = (212, 360), (256, 400)
#: Pixels kept free at the right of the pages, for the scroll bar of the question.
BAR = 12


def lay_out(
    room: QWidget, theme: Theme, *, above: tuple[QWidget, ...], outline: QWidget, pages: tuple[QWidget, ...], result: QWidget
) -> QStackedWidget:
    """Put the parts of the room in their places; gives the stack of pages, of which the first is the question's.

    The pages keep room for their scroll bar at the right, so nothing moves when it comes.
    """
    room.setProperty("surface", "ground")
    stack = QStackedWidget()
    for place, page in enumerate(pages):
        stack.addWidget(beside_bar(theme, page) if place else page)
    stack.setMaximumWidth(theme.px(_WIDEST_QUESTION))
    stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    for panel, (narrowest, widest) in ((outline, _OUTLINE), (result, _RESULT)):
        panel.setMinimumWidth(theme.px(narrowest))
        panel.setMaximumWidth(theme.px(widest))
    columns = QHBoxLayout()
    columns.setSpacing(0)
    columns.addWidget(outline, 1)
    columns.addSpacing(theme.px(10))
    columns.addWidget(stack, 6)
    columns.addWidget(result, 1)
    inside = QWidget()
    inside.setMaximumWidth(theme.px(_WIDEST))
    inside.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    around = QHBoxLayout(room)
    around.setContentsMargins(0, 0, 0, 0)
    around.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    around.addWidget(inside, 1)
    around.addStretch(0)
    whole = QVBoxLayout(inside)
    whole.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
    whole.setSpacing(theme.px(6))
    for widget in above:
        whole.addWidget(widget)
    whole.addLayout(columns, 1)
    return stack


def beside_bar(theme: Theme, page: QWidget) -> QWidget:
    """Let a page end where the question ends."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, theme.px(BAR), 0)
    row.addWidget(page)
    return made


def order_focus(room: QWidget) -> None:
    """Let Tab go as the eye does. Rows and files come and go, and Qt puts what is new behind everything in the window."""
    before: QWidget | None = None
    for widget in _in_reading_order(room):
        if before is not None and before.nextInFocusChain() is not widget:
            QWidget.setTabOrder(before, widget)
        before = widget


def _in_reading_order(widget: QWidget) -> Iterator[QWidget]:
    if widget.isHidden():
        return
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    if isinstance(widget, QStackedWidget):
        yield from _in_reading_order(widget.currentWidget())
    elif isinstance(widget, QScrollArea):
        yield from _in_reading_order(widget.widget())
    elif not isinstance(widget, QAbstractScrollArea) and (layout := widget.layout()) is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield from _in_reading_order(widget)
        elif (inner := item.layout()) is not None:
            yield from _in_layout(inner)
