"""The program tests itself where it is installed: ``gedigen self-test``.

It works in a folder that is thrown away, touches no vault, setting or keyring of the user's, and needs no screen. What it proves is that
this very installation has all its parts and that they work together: a bundle without a template, a letter form or a Qt plugin fails here.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.language import LANGUAGES, language
from desktop.shell.place import Place
from desktop.shell.rooms import ROOMS
from resources import path

if TYPE_CHECKING:
    from desktop.operations.sample import Sample
    from desktop.shell.desk import Desk
    from desktop.shell.window import MainWindow

_PATIENCE = 60.0  #: seconds for one room; verification in a child process takes longest
_HOMES = {"HOME": "", "XDG_CONFIG_HOME": ".config", "XDG_DATA_HOME": ".local/share", "XDG_CACHE_HOME": ".cache", "XDG_STATE_HOME": ".state"}


class _Failed(Exception):
    """A check that did not hold; its words say why."""


class _Trouble(logging.Handler):
    """Keeps every warning and error of the log, Qt's too."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        cause = f" ({record.exc_info[1]!r})" if record.exc_info else ""
        self.said.append(f"{record.name}: {record.getMessage()}{cause}")

    def take(self) -> list[str]:
        """Give what was said since the last time."""
        said, self.said = self.said, []
        return said


def run_self_test() -> int:
    """Check everything, one printed line each; 0 when all of it works, else 1."""
    with tempfile.TemporaryDirectory(prefix="gedigen-self-test-", ignore_cleanup_errors=True) as folder:
        _move_into(Path(folder))
        with _troubles() as trouble:
            teller = _Teller(trouble)
            _check_parts(teller)
            _check_work(teller, Path(folder))
    sys.stdout.write("Everything works.\n" if not teller.failed else f"{teller.failed} of {teller.checked} checks failed.\n")
    return 1 if teller.failed else 0


class _Teller:
    """Carries out checks and prints how each went."""

    def __init__(self, trouble: _Trouble) -> None:
        self._trouble = trouble
        self.checked = self.failed = 0

    def check(self, what: str, job: Callable[[], str]) -> bool:
        """Do a check; it fails by any exception and by anything in the log. ``job`` gives words to print behind, or none."""
        self.checked += 1
        self._trouble.take()
        found = wrong = ""
        try:
            found = job()
        except Exception as error:  # whatever goes wrong is what the check is for
            wrong = str(error) if isinstance(error, _Failed) else repr(error)
        wrong = "; ".join(one for one in (wrong, *self._trouble.take()) if one)
        if wrong:
            self.failed += 1
            sys.stdout.write(f"FAILED  {what}: {wrong}\n")
            return False
        sys.stdout.write(f"ok      {what}{f': {found}' if found else ''}\n")
        sys.stdout.flush()
        return True


def _check_parts(teller: _Teller) -> None:
    teller.check("templates", _templates)
    teller.check("translations", _translations)
    teller.check("fonts of the report", _print_fonts)
    teller.check("colour profile", _colour_profile)


def _check_work(teller: _Teller, folder: Path) -> None:
    """Make the sample, its report, and open every room on it; what cannot be made fails the rest of the checks that need it."""
    made: list[Sample] = []
    if not teller.check("sample vault", lambda: _make_sample(folder, made)):
        return
    report = folder / "report.pdf"
    teller.check("report, exported and verified", lambda: _make_report(made[0], report))
    made[0].vault.close()
    windows: list[tuple[Desk, MainWindow]] = []
    if not teller.check("window", lambda: _open_window(folder, windows)):
        return
    desk, window = windows[0]
    renewal, partner = made[0].assessments["renewal"], _partner_of(desk, made[0].assessments["renewal"][-1])
    for code in LANGUAGES:
        teller.check(f"language {code}", lambda code=code: _speak(desk, code))  # type: ignore[misc]
        for room in ROOMS:
            place = Place(room, assessment=renewal[-1], partner=partner, file=report if room == "verify" else None)
            teller.check(f"room {room} ({code})", lambda place=place: _open_room(desk, window, place))  # type: ignore[misc]
    teller.check("closing", lambda: _close(window))


def _templates() -> str:
    from desktop.operations.templates import bundled

    found = bundled().templates()
    if not found:
        raise _Failed("there is none")
    return ", ".join(f"{one.id} {one.version}" for one in found)


def _translations() -> str:
    for code in LANGUAGES:
        if code != "en" and language(code).text("Partners") == language(code).text("Settings"):
            raise _Failed(f"{code} says the same of everything")
        if code != "en" and language(code).text("Settings") == "Settings":
            raise _Failed(f"{code} has no words of its own")
    return ", ".join(LANGUAGES)


def _print_fonts() -> str:
    from desktop.reports.fonts import FILES, register_fonts

    register_fonts()
    return ", ".join(FILES.values())


def _colour_profile() -> str:
    profile = path("colour", "srgb.icc").read_bytes()
    if profile[36:40] != b"acsp" or int.from_bytes(profile[:4], "big") != len(profile):
        raise _Failed("it is not a whole ICC profile")
    return f"{len(profile)} bytes"


def _make_sample(folder: Path, made: list[Sample]) -> str:
    from desktop.operations.sample import make_sample

    made.append(make_sample(folder=folder, language_code="en"))
    return f"{sum(len(ids) for ids in made[0].assessments.values())} assessments"


def _make_report(sample: Sample, out: Path) -> str:
    from desktop.operations import assessments, reporting, vaults
    from desktop.reports.verifying_child import run_limited
    from models.report import registered_hashes

    file = assessments.assessment_file(assessment_id=sample.assessments["renewal"][-1])
    reporting.export_report(report_id=file.reports[-1].id, path=out)
    verdict = run_limited(out, root_pem=vaults.organisation().root_pem.encode("ascii"), registered=registered_hashes())
    if verdict.status != "valid":
        raise _Failed(f"it is {verdict.status}: " + " ".join(language("en").text(one.message, **one.params) for one in verdict.sentences))
    return f"{out.stat().st_size // 1024} kB, {len(verdict.signatures)} signatures"


def _open_window(folder: Path, windows: list[tuple[Desk, MainWindow]]) -> str:
    from PySide6.QtGui import QFontDatabase

    from desktop import app
    from desktop.operations.sample import PASSPHRASE, VAULT_NAME
    from desktop.settings.preferences import PreferencesFile
    from desktop.shell.window import MainWindow

    desk = app.make_desk(app.make_application(), kept_in=PreferencesFile(folder / "preferences.json"))
    desk.failed.connect(lambda said: logging.getLogger("gedigen").error("the window said: %s", said))
    window = MainWindow(desk)
    window.begin(None)
    window.show()
    if "Inter" not in QFontDatabase.families():
        raise _Failed("the letter forms of the window are missing")
    icons = sorted(path("icons").glob("*.svg"))
    empty = [one.stem for one in icons if not one.stem.startswith("gedigen") and desk.theme.pixmap(one.stem, role="text", size=24).isNull()]
    if empty or not icons:
        raise _Failed(f"icons cannot be drawn: {', '.join(empty) or 'there is none'}")
    window.open_vault(folder / VAULT_NAME, PASSPHRASE)
    _settle(desk)
    if window.house is None:
        raise _Failed("the vault did not open")
    windows.append((desk, window))
    return f"{len(icons)} icons"


def _partner_of(desk: Desk, assessment: UUID) -> UUID:
    from desktop.operations.assessments import assessment_rows

    found: list[UUID] = []
    desk.run(lambda: next(card.draft.partner for card in assessment_rows() if card.id == assessment), found.append)
    _settle(desk)
    return found[0]


def _speak(desk: Desk, code: str) -> str:
    import msgspec

    desk.prefer(msgspec.structs.replace(desk.preferences, language=code))
    _settle(desk)
    return ""


def _open_room(desk: Desk, window: MainWindow, place: Place) -> str:
    desk.go(place)
    _settle(desk)
    room = window.house.room if window.house is not None else None
    if room is None or room.place != place:
        raise _Failed("it did not come")
    if window.grab().isNull():
        raise _Failed("it was not drawn")
    return room.title()


def _close(window: MainWindow) -> str:
    window.close()
    return ""


def _settle(desk: Desk) -> None:
    """Let everything that is under way be done and drawn."""
    from PySide6.QtWidgets import QApplication

    until = time.monotonic() + _PATIENCE
    QApplication.processEvents()
    while desk.is_busy:
        if time.monotonic() > until:
            raise _Failed(f"it was not done in {_PATIENCE:.0f} seconds")
        QApplication.processEvents()
        time.sleep(0.002)
    for _ in range(3):
        QApplication.processEvents()


def _move_into(folder: Path) -> None:
    """Let this process know no other home, and no screen if there is none."""
    for name, inside in _HOMES.items():
        os.environ[name] = str(folder / inside)
        (folder / inside).mkdir(parents=True, exist_ok=True)
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


@contextmanager
def _troubles() -> Iterator[_Trouble]:
    """Hear every warning of the log, of Qt and of exceptions that nothing caught."""
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

    trouble = _Trouble()
    logging.getLogger().addHandler(trouble)

    def hear_qt(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        # The offscreen platform says this of every window; a real one does not.
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) and not message.startswith("This plugin does not support "):
            logging.getLogger("qt").warning(message)

    before = qInstallMessageHandler(hear_qt)
    hook = sys.excepthook
    sys.excepthook = lambda kind, error, trace: logging.getLogger("gedigen").error("uncaught", exc_info=(kind, error, trace))
    try:
        yield trouble
    finally:
        sys.excepthook = hook
        qInstallMessageHandler(before)
        logging.getLogger().removeHandler(trouble)
