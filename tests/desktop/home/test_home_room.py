"""Home in the window on a day when much waits."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.home.room import HomeRoom
from desktop.home.state import Upkeep
from desktop.operations.assessments import HomeCards
from desktop.shell.place import Place
from models.cards import AssessmentCard, AssessmentDraft

LONG = "Föreningen för brunnar, skolor och kooperativ i de norra distrikten (påhittad)"


def card(number):
    day = date(2026, 3, 9)
    at = datetime(2026, 1, 1)  # noqa: DTZ001 — moments are kept as naive UTC
    draft = AssessmentDraft(
        partner=uuid4(), project=None, kind="new", collaboration="partner", template_id="t", scope="light", scope_reason="", as_of=day
    )
    return AssessmentCard(
        id=uuid4(),
        case_number=f"2026-{number:03}",
        draft=draft,
        partner_name=LONG,
        project_title="",
        template_hash="",
        caseworker=uuid4(),
        caseworker_name="Ada",
        state="draft",
        created_at=at,
        touched_at=at,
        asked=40,
        answered=10,
        next_due=day,
    )


@pytest.fixture
def room(desk, qtbot):
    """Home with 30 drafts, 10 reviews and 20 renewals, in a window lower than they are."""
    made = HomeRoom(desk)
    qtbot.addWidget(made)
    made.resize(1280, 560)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    cards = tuple(card(number) for number in range(60))
    made._take((HomeCards(to_continue=cards[:30], to_review=cards[30:40], to_decide=(), due=cards[40:]), 60, Upkeep()))
    QApplication.processEvents()
    return made


def named(room, name):
    return next((one for one in room.findChildren(QWidget) if one.accessibleIdentifier() == name and one.isVisibleTo(room)), None)


def press(key):
    QTest.keyClick(QApplication.focusWidget(), key)
    QApplication.processEvents()


def in_sight(room, widget):
    sight = room._page.area.viewport()
    return sight.rect().intersects(widget.rect().translated(widget.mapTo(sight, QPoint())))


def test_ten_rows_of_a_column_stand_there_and_the_rest_is_counted(room):
    assert named(room, "home.continue.9") is not None
    assert named(room, "home.continue.10") is None
    assert named(room, "home.continue.more").text() == "And 20 more"
    assert named(room, "home.needs_me.more") is None
    assert named(room, "home.coming_up.more").text() == "And 10 more"


def test_the_rest_comes_below_with_the_focus_on_its_first_row(room):
    named(room, "home.continue.more").click()
    QApplication.processEvents()
    assert named(room, "home.continue.29") is not None
    assert named(room, "home.continue.more") is None
    assert named(room, "home.continue.10").hasFocus()
    assert in_sight(room, named(room, "home.continue.10"))


def test_arrows_go_through_the_rows_and_what_has_the_focus_is_in_sight(room):
    named(room, "home.continue.0").setFocus()
    press(Qt.Key.Key_Down)
    assert named(room, "home.continue.1").hasFocus()
    press(Qt.Key.Key_End)
    last = named(room, "home.continue.9")
    assert last.hasFocus()
    assert in_sight(room, last)
    press(Qt.Key.Key_Home)
    assert named(room, "home.continue.0").hasFocus()


def test_tab_leaves_a_column_of_rows_in_one_step_and_comes_back_to_the_same_row(room):
    named(room, "home.needs_me.0").setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Tab)
    assert named(room, "home.coming_up.0").hasFocus()
    press(Qt.Key.Key_Backtab)
    assert named(room, "home.needs_me.1").hasFocus()


def test_enter_goes_to_what_the_row_names(room, desk):
    went = []
    desk.went.connect(went.append)
    row = named(room, "home.coming_up.3")
    row.setFocus()
    press(Qt.Key.Key_Return)
    assert [place.room for place in went] == ["partner"]
    assert isinstance(went[0], Place)


def test_a_name_that_is_too_long_is_whole_in_the_tooltip_and_for_a_reader(room):
    row = named(room, "home.continue.0")
    assert row.fontMetrics().horizontalAdvance(LONG) > row.width()
    assert LONG in row.toolTip()
    assert LONG in row.accessibleName()
