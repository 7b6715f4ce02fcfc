"""What holds for every test: an empty home, no real screen, bus or keyring, and no warning in the log."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import hypothesis
import pytest
from pytestqt.qtbot import QtBot

_HOME = Path(tempfile.mkdtemp(prefix="gedigen-home-"))

_PATIENCE = 60_000  #: milliseconds

#: Set by ``dev.py test``, which gives the tests a screen, a session bus and a keyring of their own.
IN_SESSION = "GEDIGEN_TEST_SESSION" in os.environ


def _move_out_of_the_user_s_home() -> None:
    """Point home and settings at an empty folder before anything reads them.

    Outside the throw-away session the user's own bus is hidden too: no test may read or write a real keyring.
    """
    os.environ["HOME"] = str(_HOME)
    for name, folder in {"XDG_CONFIG_HOME": ".config", "XDG_DATA_HOME": ".local/share", "XDG_CACHE_HOME": ".cache"}.items():
        os.environ[name] = str(_HOME / folder)
        (_HOME / folder).mkdir(parents=True)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # programs that the end-to-end tests start get "xcb"
    if not IN_SESSION:
        os.environ["XDG_RUNTIME_DIR"] = str(_HOME)
        os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)


_move_out_of_the_user_s_home()
# A busy machine is no fault of the code: no deadline. What once failed is written in the test, not kept in a database.
hypothesis.settings.register_profile("gedigen", deadline=None, database=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("gedigen")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="run the slow checks too (marked full)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the slow checks out unless they are asked for; pytest's last line counts them as deselected."""
    if not config.getoption("--full"):
        slow = [item for item in items if item.get_closest_marker("full")]
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in slow]


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """Give pytest-qt's own, which waits longer: only a test that fails waits to the end, and a busy machine is no fault of the code."""
    for name in ("waitUntil", "waitSignal", "waitSignals", "waitCallback", "waitActive", "waitExposed"):
        setattr(qtbot, name, partial(getattr(qtbot, name), timeout=_PATIENCE))
    return qtbot


def pytest_unconfigure() -> None:
    shutil.rmtree(_HOME, ignore_errors=True)


class _Records(logging.Handler):
    """Keeps what is logged as a warning or worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.seen: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(record)


@pytest.fixture(autouse=True)
def _no_stray_warning(request: pytest.FixtureRequest) -> Iterator[_Records]:
    """Fail a test that logs a warning, unless it asks for ``logged``."""
    records = _Records()
    logging.getLogger().addHandler(records)
    yield records
    logging.getLogger().removeHandler(records)
    if records.seen and "logged" not in request.fixturenames:
        pytest.fail("logged: " + "; ".join(f"{record.levelname} {record.name}: {record.getMessage()}" for record in records.seen))


@pytest.fixture
def logged(_no_stray_warning: _Records) -> list[logging.LogRecord]:
    """The warnings logged so far, for a test in which a warning is right; it should say which."""
    return _no_stray_warning.seen
