"""What the theme leaves on the disk, and for how long."""

from __future__ import annotations

import gc
import os
import re
import subprocess
import sys
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


def test_a_program_that_has_ended_leaves_no_pictures_behind(tmp_path):
    code = (
        "from PySide6.QtWidgets import QApplication; from desktop.shell.theme import Theme;"
        "application = QApplication([]); theme = Theme(); theme.apply(application);"
        f"import pathlib; print(len([*pathlib.Path({str(tmp_path)!r}).rglob('*.svg')]))"
    )
    ended = subprocess.run([sys.executable, "-c", code], env={**os.environ, "TMPDIR": str(tmp_path)}, capture_output=True, text=True)
    assert (ended.returncode, ended.stdout.strip()) == (0, "3"), ended.stderr
    assert list(tmp_path.iterdir()) == []
