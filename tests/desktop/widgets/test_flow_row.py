"""Things beside each other go on to a next line instead of out of the window."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.shell.theme import Theme
from desktop.widgets.fields import Segments
from desktop.widgets.flow_row import flow
from desktop.widgets.text import label


@pytest.fixture
def holder(qtbot):
    """A widget of a given width with parts in a flow."""
    kept = []

    def make(*parts, width, ends=False):
        outer = QWidget()
        kept.append(outer)
        qtbot.addWidget(outer)
        column = QVBoxLayout(outer)
        column.setContentsMargins(0, 0, 0, 0)
        row = flow(list(parts), gap=8, ends=ends)
        column.addWidget(row)
        column.addStretch(1)
        outer.resize(width, 400)
        outer.show()
        return row

    return make


def _choices():
    return Segments(Theme(), [(one, f"A rather long choice {one}") for one in "abcd"], name="test", title="Choices")


def test_choices_that_have_no_room_beside_each_other_stand_on_the_next_line(holder):
    choices = _choices()
    holder(choices, width=420)
    buttons = list(choices._buttons.values())
    assert max(one.geometry().right() for one in buttons) < 420
    assert buttons[0].y() < buttons[-1].y()
    assert choices.height() >= buttons[-1].geometry().bottom()


def test_what_stands_below_choices_is_not_covered_by_their_second_line(holder):
    choices, below = _choices(), label("A sentence that is long enough to need a line of its own there", name="below")
    holder(choices, below, width=420)
    assert below.geometry().top() > choices.geometry().bottom()


def test_the_last_part_ends_the_line_where_all_have_room_and_begins_one_where_not(holder):
    first, last = label("First"), label("Last")
    row = holder(first, last, width=600, ends=True)
    assert last.geometry().right() == row.width() - 1
    row.parentWidget().resize(first.sizeHint().width() + 4, 400)
    row.layout().activate()
    assert (last.x(), last.y() > first.y()) == (0, True)
