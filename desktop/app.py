"""The composition root: makes every part of the window and joins them."""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import logging.handlers
import sys
from pathlib import Path
from types import TracebackType
from typing import cast

import msgspec
import platformdirs
from PySide6.QtCore import QEvent, QMessageLogContext, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from desktop.settings.preferences import PreferencesFile
from desktop.shell.collector import Collector
from desktop.shell.desk import Desk
from desktop.shell.speech import Speech
from desktop.shell.theme import Theme, load_fonts
from desktop.shell.window import MainWindow
from desktop.widgets.chart_interface import speak_charts

_log = logging.getLogger("gedigen")


def run(*, vault: Path | None = None, language_code: str | None = None) -> int:
    """Open the window and stay until it is closed; gives the exit code.

    ``vault`` is opened instead of the one that was open last; ``language_code`` is spoken from now on.
    """
    _keep_log(Path(platformdirs.user_log_dir("gedigen", appauthor=False)))
    application = make_application()
    Collector(application)
    desk = make_desk(application, kept_in=PreferencesFile.usual())
    speak_charts()
    window = MainWindow(desk)
    recent = desk.preferences.vaults
    if language_code is not None:
        desk.prefer(msgspec.structs.replace(desk.preferences, language=language_code))
    if isinstance(application, Application):
        application.vault_handed_over.connect(lambda folder: window.begin(Path(folder)))
    window.show()
    window.begin(vault.resolve() if vault is not None else Path(recent[0]) if recent and Path(recent[0]).is_dir() else None)
    return application.exec()


def make_application() -> QApplication:
    """Make Qt's application with the bundled type."""
    application = cast(QApplication, QApplication.instance() or Application(["gedigen"]))
    application.setApplicationName("Gedigen")
    application.setApplicationDisplayName("Gedigen")
    application.setDesktopFileName("gedigen")
    application.setStyle("Fusion")
    load_fonts()
    return application


def make_desk(application: QApplication, *, kept_in: PreferencesFile) -> Desk:
    """Make the desk as the user prefers it, and dress the application."""
    preferences = kept_in.read()
    theme = Theme(scheme=preferences.scheme, text_size=preferences.text_size)
    theme.apply(application)
    desk = Desk(preferences=preferences, kept_in=kept_in, theme=theme)
    speak = Speech(application, desk)
    speak.follow()
    desk.appearance_changed.connect(speak.follow)
    return desk


class Application(QApplication):
    """Qt's application, which macOS tells of a vault that was double-clicked."""

    vault_handed_over = Signal(str)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FileOpen:
            self.vault_handed_over.emit(cast(QFileOpenEvent, event).file())
            return True
        return super().event(event)


def _keep_log(folder: Path) -> None:
    """Write what goes wrong to a file; it names operations and places in the code, never what a vault holds."""
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        kept = logging.handlers.RotatingFileHandler(folder / "gedigen.log", maxBytes=500_000, backupCount=2, encoding="utf-8")
        kept.setFormatter(_PlacesOnly("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logging.getLogger().addHandler(kept)
        faulthandler.enable((folder / "crash.log").open("a", encoding="utf-8"))
    sys.excepthook = _log_uncaught
    qInstallMessageHandler(_log_qt)


class _PlacesOnly(logging.Formatter):
    """Writes of an exception its kind and where it came from, not its message, for that may quote what somebody wrote."""

    def formatException(self, ei: object) -> str:
        kind, _, trace = cast(tuple[type[BaseException], BaseException, TracebackType | None], ei)
        places = []
        while trace is not None:
            code = trace.tb_frame.f_code
            places.append(f"  {Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        return "\n".join((getattr(kind, "__name__", "?"), *places))


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    _log.error("uncaught", exc_info=(kind, error, trace))
    if sys.stderr is not None:
        sys.__excepthook__(kind, error, trace)


def _log_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    del context
    level = logging.ERROR if kind in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg) else logging.WARNING
    if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
        logging.getLogger("qt").log(level, message)
