"""The program's own test says what works, and fails by whatever does not."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from desktop import self_test
from desktop.self_test import _check_keyring, _Teller, _Trouble, _troubles
from desktop.shell.rooms import ROOMS

ROOT = Path(__file__).parents[2]


@pytest.fixture
def teller(logged):
    with _troubles() as trouble:
        yield _Teller(trouble)


def test_every_part_and_every_room_in_both_languages_works_without_a_screen(tmp_path):
    hidden = {"DISPLAY", "WAYLAND_DISPLAY"}
    surroundings = {name: value for name, value in os.environ.items() if name not in hidden}
    told = subprocess.run(
        [sys.executable, "-m", "desktop", "self-test"],
        env={**surroundings, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
    )
    assert told.returncode == 0, told.stdout + told.stderr
    for code in ("en", "sv"):
        assert [room for room in ROOMS if f"ok      room {room} ({code})" not in told.stdout] == []
    assert "ok      report, exported and verified" in told.stdout
    assert "verified by a child process of this program" in told.stdout
    assert f"--      program: {sys.executable}, source" in told.stdout
    assert list(tmp_path.iterdir()) == [], "the user's home is not touched"


def test_a_warning_in_the_log_fails_a_check(teller, capsys):
    assert not teller.check("drawing", lambda: str(logging.getLogger("qt").warning("QPainter::begin: no")))
    assert "FAILED  drawing: qt: QPainter::begin: no" in capsys.readouterr().out
    assert teller.failed == 1


def test_an_exception_fails_a_check_and_the_next_one_is_still_done(teller, capsys):
    assert not teller.check("fonts", lambda: str(1 / 0))
    assert teller.check("icons", lambda: "55 icons")
    assert capsys.readouterr().out == "FAILED  fonts: ZeroDivisionError('division by zero')\nok      icons: 55 icons\n"
    assert (teller.checked, teller.failed) == (2, 1)


def test_a_room_that_says_an_error_fails_its_check():
    trouble = _Trouble()
    trouble.handle(logging.makeLogRecord({"name": "gedigen", "levelno": logging.ERROR, "msg": "the window said: no"}))
    assert trouble.take() == ["gedigen: the window said: no"]
    assert trouble.take() == []


def test_a_computer_without_a_keyring_is_told_of_and_fails_only_who_wants_one(teller, capsys, monkeypatch):
    monkeypatch.setattr("models.vault.try_keyring", lambda: None)
    _check_keyring(teller, wanted=False)
    assert "--      keyring: not tried: there is none here" in capsys.readouterr().out
    assert (teller.checked, teller.failed) == (0, 0)
    _check_keyring(teller, wanted=True)
    assert "FAILED  keyring: there is none here" in capsys.readouterr().out
    assert (teller.checked, teller.failed) == (1, 1)


def test_a_keyring_that_loses_what_it_is_given_fails_in_any_case(teller, capsys, monkeypatch):
    monkeypatch.setattr("models.vault._backend", _Forgetful)
    _check_keyring(teller, wanted=False)
    assert "FAILED  keyring: LookupError" in capsys.readouterr().out


def test_a_keyring_that_nobody_opens_is_not_waited_for_for_ever(teller, capsys, monkeypatch):
    answered = threading.Event()
    monkeypatch.setattr(self_test, "_KEYRING_PATIENCE", 0.0)
    monkeypatch.setattr("models.vault.try_keyring", answered.wait)
    _check_keyring(teller, wanted=False)
    answered.set()
    assert "--      keyring: not tried: it asked to be opened and was not" in capsys.readouterr().out


class _Forgetful:
    def set_password(self, *_: str) -> None:
        """Keep nothing."""

    def get_password(self, *_: str) -> None:
        """Know nothing."""
