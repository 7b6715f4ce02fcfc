"""How long it takes from a key to the redrawn assessment room, and to the answer in the vault: the real window on a real vault."""

from __future__ import annotations

import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop import app
from desktop.assessment.room import AssessmentRoom
from desktop.operations import assessments, partners, templates, vaults
from desktop.operations.change import Change
from desktop.settings.preferences import Preferences, PreferencesFile
from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.shell.window import MainWindow
from models.cards import AssessmentDraft, PartnerDraft, ProjectDraft

PASSPHRASE = "four small grey boats"  # of a vault that is thrown away


@dataclass(frozen=True)
class AnswerTimes:
    """Milliseconds at the median and the 99th percentile, and the memory of the process at its highest in MiB.

    ``drawn`` from the key of a level to the end of the redrawing, ``saved`` to the end of the redrawing that says it is saved,
    ``moved`` from the arrow key to the redrawn next question.
    """

    answers: int
    drawn_median_ms: float
    drawn_p99_ms: float
    saved_median_ms: float
    saved_p99_ms: float
    moved_median_ms: float
    moved_p99_ms: float
    memory_home_mib: float
    memory_mib: float


class _Painted(QObject):
    """Notices that a widget has been painted."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.seen = True
        return super().eventFilter(watched, event)


def measure(answers: int = 300) -> AnswerTimes:
    """Give so many answers to questions with levels, by keys, going down the questions and up again."""
    application = app.make_application()
    with tempfile.TemporaryDirectory() as folder:
        desk = app.make_desk(application, kept_in=PreferencesFile(Path(folder) / "preferences.json"))
        desk.prefer(Preferences(language="sv", scheme="light"))
        window = MainWindow(desk)
        window.resize(1280, 800)
        window.show()
        _settle(desk)
        opened: list[object] = []
        desk.run(lambda: vaults.create_vault(**_vault(Path(folder))), opened.append)
        _settle(desk)
        window.come_in(opened[0])  # type: ignore[arg-type]
        _settle(desk)
        at_home = _memory()
        desk.go(Place("assessment", assessment=_begin(desk)))
        _settle(desk)
        room = window.house.room if window.house else None
        assert isinstance(room, AssessmentRoom)
        drawn, saved, moved = _answer(desk, room, answers)
        window.close()
    return AnswerTimes(
        answers,
        *(figure for times in (drawn, saved, moved) for figure in (statistics.median(times), sorted(times)[int(len(times) * 0.99)])),
        memory_home_mib=at_home,
        memory_mib=_memory(),
    )


def _answer(desk: Desk, room: AssessmentRoom, answers: int) -> tuple[list[float], list[float], list[float]]:
    drawn: list[float] = []
    saved: list[float] = []
    moved: list[float] = []
    step = Qt.Key.Key_Down
    painted = _Painted()
    room.question.installEventFilter(painted)
    while len(drawn) < answers:
        state = room.question.state
        assert state is not None
        if state.kind == "level":
            given = state.given
            level = (int(given.value or 0) if given is not None else 0) + 1
            drawn.append(_key(painted, room, Qt.Key(Qt.Key.Key_0 + level % 5)))
            begun = time.perf_counter() - drawn[-1] / 1000
            while room.sheet.saving != "saved":
                QApplication.processEvents()
            QApplication.processEvents()
            saved.append((time.perf_counter() - begun) * 1000)
            _settle(desk)
        moved.append(_key(painted, room, step))
        _settle(desk)
        if room.question.state is None or room.question.state.id == state.id:
            step = Qt.Key.Key_Up if step == Qt.Key.Key_Down else Qt.Key.Key_Down
            moved.pop()
    return drawn, saved, moved


def _key(painted: _Painted, room: QWidget, key: Qt.Key) -> float:
    """Press a key where the focus is, and give the milliseconds until the question has been painted again and nothing is left to draw."""
    focused = QApplication.focusWidget() or room
    painted.seen = False
    begun = time.perf_counter()
    QTest.keyPress(focused, key)
    until = begun + 1  # at the last question the arrow key draws nothing
    while not painted.seen and time.perf_counter() < until:
        QApplication.processEvents()
    return (time.perf_counter() - begun) * 1000


def _vault(folder: Path) -> dict[str, object]:
    return {
        "folder": folder / "Bench.gedigen",
        "organisation": "Bench (invented)",
        "person_name": "Ada Lindqvist",
        "passphrase": PASSPHRASE,
        "use_keyring": False,
    }


def _begin(desk: Desk) -> UUID:
    """Register a partner with a project and start an assessment of them."""
    made: list[Change] = []

    def do(operation: Callable[[], Change]) -> UUID:
        desk.run(operation, made.append)
        _settle(desk)
        assert made[-1].made is not None
        return made[-1].made

    partner = do(lambda: partners.register_partner(actor=desk.actor(), draft=PartnerDraft(name="Källan (påhittad)", country="KE")))
    draft = ProjectDraft("Vatten", country="KE", amount_minor=48_000_000, currency="SEK")
    project = do(lambda: partners.add_project(actor=desk.actor(), partner_id=partner, draft=draft))
    start = AssessmentDraft(
        partner=partner,
        project=project,
        kind="new",
        collaboration="partner",
        template_id="partner-project",
        scope="light",
        scope_reason="Mätning.",
        as_of=date(2026, 3, 2),
    )
    return do(lambda: assessments.start_assessment(actor=desk.actor(), draft=start, templates=templates.offered()))


def _settle(desk: Desk) -> None:
    """Wait until nothing is under way and everything is drawn."""
    QApplication.processEvents()
    while desk.is_busy:
        QApplication.processEvents()
    for _ in range(3):
        QApplication.processEvents()


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
