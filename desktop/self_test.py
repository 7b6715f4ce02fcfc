"""The program tests itself where it is installed: ``gedigen self-test``.

It works in a folder that is thrown away, touches no vault or setting of the user's, and needs no screen. In the computer's keyring it puts
one secret of its own, which it takes out again. What it proves is that this very installation has all its parts and that they work
together: a bundle without a template, a letter form or a Qt plugin fails here.
"""

from __future__ import annotations

import locale
import logging
import os
import queue
import sys
import tempfile
import threading
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

_PATIENCE = 180.0  #: seconds for one room; verification in a child process takes longest
_KEYRING_PATIENCE = 20.0  #: seconds for the keyring, which may be asking somebody who is not there
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


def run_self_test(*, keyring_wanted: bool = False) -> int:
    """Check everything, one printed line each; 0 when all of it works, else 1.

    A computer without a keyring that is open is told of and is no fault, unless one is wanted.
    """
    with tempfile.TemporaryDirectory(prefix="gedigen-self-test-", ignore_cleanup_errors=True) as folder:
        _move_into(Path(folder))
        with _troubles() as trouble:
            teller = _Teller(trouble)
            teller.tell("program", _program())
            _check_parts(teller)
            _check_keyring(teller, wanted=keyring_wanted)
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

    def tell(self, what: str, words: str) -> None:
        """Print something that is neither right nor wrong."""
        sys.stdout.write(f"--      {what}: {words}\n")
        sys.stdout.flush()


def _program() -> str:
    kind = "bundle" if getattr(sys, "frozen", False) else "source"
    return f"{sys.executable}, {kind}, Python {sys.version.split()[0]}"


def _check_parts(teller: _Teller) -> None:
    teller.check("templates", _templates)
    teller.check("translations", _translations)
    teller.check("fonts of the report", _print_fonts)
    teller.check("colour profile", _colour_profile)


def _check_keyring(teller: _Teller, *, wanted: bool) -> None:
    """Let the keyring keep a secret, in a thread of its own because it may wait for somebody for ever."""
    from models.errors import KeyringUnavailable
    from models.vault import try_keyring

    ended: queue.SimpleQueue[str | Exception | None] = queue.SimpleQueue()

    def ask() -> None:
        try:
            ended.put(try_keyring())
        except Exception as error:  # whatever it is belongs to the check
            ended.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        said = ended.get(timeout=_KEYRING_PATIENCE)
    except queue.Empty:
        said = KeyringUnavailable(f"it asked to be opened and was not within {_KEYRING_PATIENCE:.0f} seconds")
    absent = ""
    if said is None:
        absent = "there is none here that keeps its secrets encrypted; the passphrase is asked for at each start"
    elif isinstance(said, KeyringUnavailable):
        absent = f"{said}"
    if absent and not wanted:
        teller.tell("keyring", f"not tried: {absent}")
        return

    def judge() -> str:
        if absent:
            raise _Failed(absent)
        if isinstance(said, Exception):
            raise said
        return f"{said}, one secret put in and taken out"

    teller.check("keyring", judge)


def _check_work(teller: _Teller, folder: Path) -> None:
    """Make the sample, its report, and open every room on it; what cannot be made fails the rest of the checks that need it."""
    made: list[Sample] = []
    if not teller.check("sample vault", lambda: _make_sample(folder, made)):
        return
    report = folder / "report.pdf"
    teller.check("report, exported and verified", lambda: _make_report(made[0], report))
    teller.check("every other kind, signed and verified", lambda: _make_kinds(made[0], folder))
    made[0].vault.close()
    windows: list[tuple[Desk, MainWindow]] = []
    if not teller.check("window", lambda: _open_window(folder, windows)):
        return
    desk, window = windows[0]
    renewal, partner = made[0].assessments["renewal"], _partner_of(desk, made[0].assessments["renewal"][-1])
    for code in LANGUAGES:
        teller.check(f"language {code}", lambda code=code: _speak(desk, code))  # type: ignore[misc]
        for room in ROOMS:
            file, template = report if room == "verify" else None, "partner-project" if room == "template" else ""
            place = Place(room, assessment=renewal[-1], partner=partner, file=file, template=template)
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
    from desktop.reports.scripts import SCRIPTS, face

    register_fonts()
    files = sorted({script.file(bold=bold) for script in SCRIPTS for bold in (False, True)})
    if not all(face(file).glyph_count for file in files):
        raise _Failed("a typeface has no letters")
    return ", ".join([*FILES.values(), *files])


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
    from desktop.reports.verifying_child import verified
    from models.report import registered_hashes

    file = assessments.assessment_file(assessment_id=sample.assessments["renewal"][-1])
    reporting.export_report(report_id=file.reports[-1].id, path=out)
    told = verified(out, root_pem=vaults.organisation().root_pem.encode("ascii"), registered=registered_hashes())
    verdict = told.verdict
    if verdict.status != "valid":
        raise _Failed(f"it is {verdict.status}: " + " ".join(language("en").text(one.message, **one.params) for one in verdict.sentences))
    if told.process in (0, os.getpid()) or told.program != sys.executable:
        raise _Failed(f"it was not verified by a child of this program but by process {told.process} of {told.program or 'nobody'}")
    if unlisted := [one.name for one in verdict.signatures if one.revocation.standing != "good"]:
        raise _Failed(f"no revocation list inside speaks for {', '.join(unlisted)}")
    return f"{out.stat().st_size // 1024} kB, {len(verdict.signatures)} signatures, verified by a child process of this program"


def _make_kinds(sample: Sample, folder: Path) -> str:
    """Make, sign, export and verify each kind that a sealed record has beside its report, and the report for archives."""
    from desktop.operations import reporting, signing, vaults
    from desktop.reports.chosen import Chosen
    from desktop.reports.verifying_child import verified
    from models.document_kind import BOARD_PAGE, FULL_REPORT, PARTNER_FEEDBACK, PUBLIC_RECORD

    root_pem, case = vaults.organisation().root_pem.encode("ascii"), sample.assessments["renewal"][-1]
    for chosen in (Chosen(BOARD_PAGE), Chosen(PARTNER_FEEDBACK), Chosen(PUBLIC_RECORD), Chosen(FULL_REPORT, 2)):
        signers = (sample.caseworker, sample.reviewer) if chosen.kind == FULL_REPORT else (sample.caseworker,)
        for signer in signers:
            made = signing.sign_report(actor=signer, assessment_id=case, language_code="en", chosen=chosen).made
        out = folder / f"{chosen.kind.name}-{chosen.part}.pdf"
        if made is None:
            raise _Failed(f"there is no {chosen.kind.name}")
        reporting.hand_out(actor=sample.caseworker, report_id=made, path=out, confirmed=True)
        verdict = verified(out, root_pem=root_pem).verdict
        if verdict.status != "valid" or verdict.kind != chosen.kind.name:
            raise _Failed(f"{chosen.kind.name} is {verdict.status} as {verdict.kind}")
    return f"board page, feedback, public record, report for archives, {_make_comparison(sample, folder, root_pem)}"


def _make_comparison(sample: Sample, folder: Path, root_pem: bytes) -> str:
    """Make, sign, export and verify the comparison of the renewed partner's assessments."""
    from desktop.operations import assessments, comparing, reporting
    from desktop.reports.verifying_child import verified

    partner = assessments.assessment_file(assessment_id=sample.assessments["renewal"][-1]).partner.id
    made = comparing.sign_comparison(actor=sample.caseworker, partner_id=partner, language_code="en").made
    if made is None:
        raise _Failed("there is no comparison")
    out = folder / "comparison.pdf"
    reporting.export_report(report_id=made, path=out)
    verdict = verified(out, root_pem=root_pem).verdict
    if verdict.status != "valid" or len(verdict.file.records_sha256) != len(sample.assessments["renewal"]):
        raise _Failed(f"the comparison is {verdict.status} and names {len(verdict.file.records_sha256)} records")
    return "comparison"


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
    """Let this process know no other home, no screen if there is none, and a locale that Qt can take letters from."""
    for name, inside in _HOMES.items():
        os.environ[name] = str(folder / inside)
        (folder / inside).mkdir(parents=True, exist_ok=True)
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if sys.platform != "win32" and locale.nl_langinfo(locale.CODESET).upper() != "UTF-8":
        os.environ["LC_ALL"] = "C.UTF-8"


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
