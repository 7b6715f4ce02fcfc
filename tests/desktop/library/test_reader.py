"""A page to read is set in lines that can be read."""

from __future__ import annotations

import pytest

from desktop.library.reader import Reader
from desktop.shell.theme import Theme


@pytest.mark.parametrize(("width", "text_size", "widest"), [(1100, 100, 700), (1100, 200, 1100), (500, 100, 500)])
def test_a_wide_window_does_not_make_long_lines(qtbot, width, text_size, widest):
    reader = Reader(Theme(text_size=text_size), name="test", title="A template", grows=True)
    qtbot.addWidget(reader)
    reader.resize(width, 400)
    reader.show()
    reader.setPlainText("Words and more words. " * 60)
    frame = 2 * reader.frameWidth()
    assert reader.viewport().width() == pytest.approx(widest, abs=frame + 2)
    assert reader.height() > reader.document().size().height()
