"""What the theme leaves on the disk, and for how long."""

from __future__ import annotations

import gc
import re
from pathlib import Path

from desktop.shell.theme import Theme


def test_the_pictures_of_the_style_sheet_are_there_as_long_as_it_is_worn(qapp):
    theme = Theme(scheme="light", text_size=100)
    theme.apply(qapp)
    (picture, *_) = re.findall(r"url\(([^)]+chevron-down[^)]*)\)", qapp.styleSheet())
    del theme
    gc.collect()
    assert Path(picture).is_file()
    Theme(scheme="light", text_size=100).apply(qapp)
    gc.collect()
    assert not Path(picture).exists()
