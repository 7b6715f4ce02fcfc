"""``dev.py`` works on a bare machine and says what it lacks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import dev

ROOT = Path(__file__).resolve().parents[1]


def _bare_python(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run dev.py with nothing but the standard library, from another folder."""
    return subprocess.run([sys.executable, "-I", "-S", ROOT / "dev.py", *arguments], cwd="/", capture_output=True, text=True)


def test_it_needs_nothing_but_the_standard_library():
    answer = _bare_python()
    assert answer.returncode == 0, answer.stderr
    for command in ("run", "demo", "test", "lint", "tour", "bench", "messages", "bundle", "package"):
        assert f"\n{command} " in answer.stdout


def test_an_unknown_command_is_a_usage_error():
    answer = _bare_python("tset")
    assert answer.returncode == 64
    assert "test [--full] [ARGS]" in answer.stdout


def test_a_library_that_is_not_there_is_noticed():
    assert dev.opens("libc.so.6")
    assert not dev.opens("libno-such-library.so.7")


def test_nothing_that_qt_or_the_tests_need_is_missing_here():
    assert dev.missing_libraries() == []
    assert dev.missing_tools() == []


def test_who_may_not_install_is_told_the_exact_command(monkeypatch, capsys):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit):
        dev.need(["libxcb-cursor0", "libegl1"], "Qt")
    assert "sudo apt-get install -y --no-install-recommends libxcb-cursor0 libegl1" in capsys.readouterr().err


def test_what_only_the_slow_checks_need_is_asked_for_by_them_only(monkeypatch):
    asked = []
    monkeypatch.setattr(dev, "FULL_TOOLS", {"no-such-tool": "no-such-package"})
    monkeypatch.setattr(dev, "need", lambda packages, _purpose: asked.append("no-such-package" in packages))
    monkeypatch.setattr(dev, "show", lambda *_step: True)
    dev.test(["tests/forms"])
    dev.test(["--full", "tests/forms"])
    assert asked == [False, True]


def test_the_session_of_the_tests_has_nothing_of_the_user(tmp_path, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/run/user/1000/bus")
    variables = dev.throw_away(tmp_path)
    assert variables["HOME"] == str(tmp_path)
    assert {"DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"} & set(variables) == set()
    assert (tmp_path / "run").stat().st_mode & 0o777 == 0o700


def test_the_ending_names_what_failed(capsys):
    assert dev.tell({"ruff": True, "mypy": False}) == 1
    assert "FAILED  mypy" in capsys.readouterr().out
    assert dev.tell({"ruff": True}) == 0
    assert "Everything is in order." in capsys.readouterr().out


def test_a_bundle_asks_for_the_shared_python_that_a_bare_debian_lacks(monkeypatch, tmp_path):
    settings = {"INSTSONAME": "libpython3.11.so.1.0", "LIBDIR": str(tmp_path)}
    monkeypatch.setattr(dev.sysconfig, "get_config_var", settings.get)
    version = f"libpython{sys.version_info.major}.{sys.version_info.minor}"
    assert dev.missing_shared_python() == [version]
    (tmp_path / "libpython3.11.so.1.0").touch()
    assert dev.missing_shared_python() == []
    settings["INSTSONAME"] = "libpython3.11.a"
    assert dev.missing_shared_python() == []
