"""A window at work on a real vault."""

from __future__ import annotations

import pytest

from tests.desktop.walking import begin


@pytest.fixture
def walk(desk, settled, qtbot, tmp_path):
    return begin(desk, settled, qtbot, tmp_path)
