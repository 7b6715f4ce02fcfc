"""A window at work on a real vault."""

from __future__ import annotations

import pytest

from tests.desktop.walking import begin


@pytest.fixture
def walk(desk, settled, qtbot, tmp_path):
    return begin(desk, settled, qtbot, tmp_path)


@pytest.fixture
def cases(walk):
    """Three cases: two sealed ones of two partners, and a draft, which stands last in the list."""
    wells, hands = walk.register("Bright Wells (invented)"), walk.register("Open Hands (invented)")
    made = [walk.start(wells), walk.start(hands), walk.start(hands)]
    for one in made[:2]:
        walk.seal(one)
    return made
