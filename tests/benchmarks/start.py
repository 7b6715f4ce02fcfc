"""How long it takes from starting the program to the first turn of its event loop, beside a window that does nothing."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

_BARE = """
import time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

application = QApplication([])
window = QMainWindow()
window.show()
QTimer.singleShot(0, lambda: (print(time.monotonic(), flush=True), application.quit()))
application.exec()
"""
_PROGRAM = """
import time
from PySide6.QtCore import QTimer
from desktop import app

made = app.make_application

def make_and_tell():
    application = made()
    QTimer.singleShot(0, lambda: (print(time.monotonic(), flush=True), application.closeAllWindows()))
    return application

app.make_application = make_and_tell
app.run()
"""


@dataclass(frozen=True)
class StartTimes:
    """Milliseconds from the start of the process, median of so many starts each, taken in turn."""

    starts: int
    bare_ms: float
    program_ms: float


def measure(starts: int = 9) -> StartTimes:
    """Start both in turn, without a screen, from compiled files as an installed program is; the first start of each is not counted."""
    with tempfile.TemporaryDirectory() as home:
        taken = [(_start(_BARE, home), _start(_PROGRAM, home)) for _ in range(starts + 1)][1:]
    bare, program = zip(*taken, strict=True)
    return StartTimes(starts=starts, bare_ms=statistics.median(bare), program_ms=statistics.median(program))


def _start(code: str, home: str) -> float:
    own = {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home, "XDG_DATA_HOME": home, "QT_QPA_PLATFORM": "offscreen"}
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    surroundings = {**kept, **own, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": f"{home}/compiled"}
    begun = time.monotonic()
    told = subprocess.run([sys.executable, "-c", code], env=surroundings, capture_output=True, text=True, check=True).stdout
    return (float(told.split()[-1]) - begun) * 1000
