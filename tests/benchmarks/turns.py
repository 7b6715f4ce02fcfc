"""How long the window stands still: the longest turn of its event loop at each step through the sample's rooms."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop import app
from desktop.settings.preferences import Preferences, PreferencesFile
from desktop.shell.collector import Collector
from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.shell.window import MainWindow

if TYPE_CHECKING:
    from models.cards import AssessmentCard

_PASSPHRASE = "sample vault, not protected"  # of a vault that is thrown away
_MAKE_SAMPLE = """
import sys
from pathlib import Path
from desktop.operations.sample import make_sample

make_sample(folder=Path(sys.argv[1]), language_code="sv").vault.close()
"""

#: The rooms that are about one assessment, in the order of the work.
_STAGES = ("assessment", "result", "recommendation", "review", "seal", "report", "decision")
#: Nothing has been under way for so many turns: the step is over.
_QUIET = 40


@dataclass(frozen=True)
class Step:
    """One thing done in the window and its longest turn: milliseconds by the clock, and of them the thread's own work."""

    name: str
    occasion: str
    wall_ms: float
    own_ms: float


@dataclass(frozen=True)
class TurnTimes:
    """Every step, in the order they were done."""

    steps: list[Step]


def measure() -> TurnTimes:
    """Open the sample and go through every room, at first at once and then again; open Ctrl+K; change scheme and language."""
    with tempfile.TemporaryDirectory() as folder:
        # In a process of its own, so that this one has imported no more than the program when it starts.
        subprocess.run([sys.executable, "-c", _MAKE_SAMPLE, folder], check=True)
        return TurnTimes(list(_walk(Path(folder))))


def _walk(folder: Path) -> Iterator[Step]:
    application = app.make_application()
    collector = Collector(application)
    desk = app.make_desk(application, kept_in=PreferencesFile(folder / "preferences.json"))
    desk.prefer(Preferences(language="sv", scheme="light"))
    window = MainWindow(desk)
    window.resize(1280, 800)
    window.show()
    yield _step(desk, "first view", "", lambda: window.begin(None))
    yield _step(desk, "open the vault", "", lambda: window.open_vault(folder / "Sample.gedigen", _PASSPHRASE))
    places = dict(_places(_cards(desk)))
    for occasion in ("first", "again"):
        for name, place in places.items():
            yield _step(desk, name, occasion, partial(desk.go, place))
    assert window.house is not None
    opened: list[QWidget] = []
    yield _step(desk, "Ctrl+K", "opened", lambda: opened.append(window.house.open_palette()))
    yield _step(desk, "Ctrl+K", "closed", lambda: opened.pop().close())
    looks = {"light to dark": {"scheme": "dark"}, "dark to light": {"scheme": "light"}, "Swedish to English": {"language": "en"}}
    for shown in ("home", "assessment, renewal"):
        desk.go(places[shown])
        _longest_turn(desk)
        for name, chosen in looks.items():
            yield _step(desk, name, f"at {shown}", partial(_prefer, desk, **chosen))
        _prefer(desk, language="sv")
        _longest_turn(desk)
    window.close()
    del collector


def _prefer(desk: Desk, **chosen: str) -> None:
    desk.prefer(msgspec.structs.replace(desk.preferences, **chosen))


def _cards(desk: Desk) -> tuple[AssessmentCard, ...]:
    """Read the assessments as a room would."""
    read: list[tuple[AssessmentCard, ...]] = []

    def rows() -> tuple[AssessmentCard, ...]:
        from desktop.operations.assessments import assessment_rows

        return assessment_rows()

    desk.run(rows, read.append)
    while not read:
        QApplication.processEvents()
    return read[0]


def _places(cards: tuple[AssessmentCard, ...]) -> Iterator[tuple[str, Place]]:
    cases = {
        "renewal": next(card for card in cards if card.draft.kind != "new"),
        "new partner": next(card for card in cards if card.draft.kind == "new"),
    }
    for case, card in cases.items():
        for room in _STAGES:
            yield f"{room}, {case}", Place(room, assessment=card.id, partner=card.draft.partner)
    for room in ("home", "partners", "assessments", "settings", "verify"):
        yield room, Place(room)
    for room in ("partner", "partner_edit", "project_edit", "outside_result", "new_assessment"):
        yield room, Place(room, partner=cards[0].draft.partner)


def _step(desk: Desk, name: str, occasion: str, act: Callable[[], object]) -> Step:
    QTimer.singleShot(0, desk, act)
    wall, own = _longest_turn(desk)
    return Step(name, occasion, wall, own)


def _longest_turn(desk: Desk) -> tuple[float, float]:
    """Turn the event loop until nothing is under way; gives the longest turn by the clock and the most work of this thread in one."""
    longest = hardest = 0.0
    quiet = 0
    while quiet < _QUIET:
        began, worked = time.perf_counter(), time.thread_time()
        QApplication.processEvents()
        # Outside exec() Qt leaves what was thrown away where it is.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        taken = time.perf_counter() - began
        longest, hardest = max(longest, taken), max(hardest, time.thread_time() - worked)
        quiet = 0 if desk.is_busy or taken > 0.001 else quiet + 1
        QTest.qSleep(1)
    return longest * 1000, hardest * 1000
