"""Facts, lists and details that are folded away."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from desktop.shell.theme import Theme
from desktop.widgets.facts import facts_grid
from desktop.widgets.fold import Fold

_SERIAL = "serialNumber=085a234f99314b3483e96f53193173a9"


@pytest.fixture
def shown(qtbot):
    kept = []

    def make(layout):
        outer = QWidget()
        kept.append(outer)
        qtbot.addWidget(outer)
        outer.setLayout(layout)
        outer.resize(500, 300)
        outer.show()
        return {one.text(): one for one in outer.findChildren(QLabel)}

    return make


def test_words_stand_beside_what_they_are_about_and_below_it_in_large_text(shown):
    small = shown(facts_grid(Theme(), [("Serial number", _SERIAL)], name="test"))
    assert small[_SERIAL].x() > small["Serial number"].geometry().right()
    large = shown(facts_grid(Theme(text_size=200), [("Serial number", _SERIAL)], name="test"))
    assert large[_SERIAL].x() == large["Serial number"].x()
    assert large[_SERIAL].y() > large["Serial number"].y()


def test_the_lines_of_a_listed_sentence_stand_under_each_other_beside_its_bullet(shown):
    long = "A condition that takes more than one line when it stands in so little room as there is here for it. " * 2
    found = shown(facts_grid(Theme(), [("Conditions", ("Short.", long))], name="test"))
    assert found["Short."].x() == found[long].x() > found["•"].geometry().right()


def test_details_are_made_when_they_are_asked_for_and_the_link_says_how_to_hide_them(qtbot):
    made = []

    def fill():
        made.append(QLabel("Details"))
        return made[-1]

    fold = Fold(Theme(), "Show the details", "Hide the details", fill, name="test.fold")
    qtbot.addWidget(fold)
    fold.show()
    assert (made, fold.is_open) == ([], False)
    fold.way.click()
    assert (fold.is_open, fold.way.accessibleName(), made[0].isVisible()) == (True, "Hide the details", True)
    fold.way.click()
    fold.way.click()
    assert (fold.is_open, len(made)) == (True, 1)
