"""Where no window can be opened, the program says so in a sentence; it never aborts."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import cli, screen
from desktop.qt_libraries import QT_LIBRARIES
from desktop.screen import NoWindowHere, require_drawing, require_window

ROOT = Path(__file__).resolve().parents[2]


def _start(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Start the program in an environment without any screen but what the variables say."""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_SESSION_TYPE")
    bare = {name: value for name, value in os.environ.items() if name not in hidden}
    command = [sys.executable, "-m", "desktop", *arguments]
    return subprocess.run(command, cwd=ROOT, env={**bare, **variables}, capture_output=True, text=True, timeout=300)


def test_no_screen_gives_a_sentence_in_the_language_that_was_asked_for():
    said = {code: _start("--language", code) for code in ("en", "sv")}
    assert {one.returncode for one in said.values()} == {69}
    assert said["en"].stderr.startswith("There is no screen here to open the window on.")
    assert "Traceback" not in said["sv"].stderr


@pytest.mark.parametrize(
    ("variables", "named"),
    [({"DISPLAY": ":8191"}, ":8191"), ({"WAYLAND_DISPLAY": "wayland-none"}, "wayland-none")],
)
def test_a_screen_that_does_not_answer_is_named(variables, named):
    answer = _start("--language", "en", **variables)
    assert answer.returncode == 69
    assert f"the screen {named} does not answer" in answer.stderr


def test_a_self_test_without_a_screen_needs_none_but_with_a_dead_one_says_so():
    answer = _start("--language", "en", "self-test", DISPLAY=":8191")
    assert answer.returncode == 69
    assert "the screen :8191 does not answer" in answer.stderr
    require_drawing({})


def test_what_needs_no_window_works_without_a_screen(tmp_path):
    assert _start("verify", str(tmp_path / "none.pdf")).returncode == 66


@pytest.fixture
def without(monkeypatch):
    """Let the dynamic linker miss a library, as it says so itself."""

    def lose(*libraries: str) -> None:
        real = ctypes.CDLL

        def load(name: str) -> ctypes.CDLL:
            needed = {"libqxcb.so": "libxcb-cursor.so.0", "libqwayland.so": "libwayland-client.so.0", "libQt6Widgets.so.6": "libEGL.so.1"}
            for missing in libraries:
                if missing in (name, needed.get(Path(name).name)):
                    raise OSError(f"{missing}: cannot open shared object file: No such file or directory")
            return real(name)

        monkeypatch.setattr(screen.ctypes, "CDLL", load)

    return lose


def test_a_missing_library_is_named_with_the_command_that_brings_it(without):
    without("libxcb-cursor.so.0")
    with pytest.raises(NoWindowHere) as said:
        require_window({"DISPLAY": ":0"})
    assert "lacks libxcb-cursor.so.0, which Qt needs" in str(said.value)
    assert str(said.value).endswith("sudo apt-get install libxcb-cursor0")


def test_in_a_bundle_the_same_library_is_named(monkeypatch):
    """PyInstaller's own ctypes.CDLL hides what the dynamic linker said behind an error of its own."""

    def load(name: str) -> None:
        linker = OSError("libxcb-cursor.so.0: cannot open shared object file: No such file or directory")
        raise OSError(f"Failed to load dynlib/dll {name!r}.") from linker

    monkeypatch.setattr(screen.ctypes, "CDLL", load)
    assert screen._why_not("libqxcb.so") == "libxcb-cursor.so.0"


def test_all_that_is_missing_is_named_at_once(without):
    without("libEGL.so.1", "libxcb-cursor.so.0", "libfontconfig.so.1")
    with pytest.raises(NoWindowHere, match=r"sudo apt-get install libegl1 libfontconfig1 libxcb-cursor0$"):
        require_window({"DISPLAY": ":0"})


def test_a_library_that_no_debian_package_is_known_for_is_named_alone(without):
    without("libstrange.so.3")
    with pytest.raises(NoWindowHere, match=r"lacks libqstrange\.so, which Qt needs"):
        require_window({"QT_QPA_PLATFORM": "strange"})


def test_a_missing_library_of_one_platform_is_no_obstacle_when_another_works(without, monkeypatch):
    without("libwayland-client.so.0")
    monkeypatch.setattr(screen, "_answers_x", lambda: True)
    require_window({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"})


def test_a_platform_without_a_screen_needs_none():
    require_window({"QT_QPA_PLATFORM": "offscreen"})


def test_each_package_is_named_as_debian_names_packages():
    assert all(name == name.lower() and name.startswith("lib") for name in QT_LIBRARIES.values())
    assert all(".so." in name for name in QT_LIBRARIES)


@pytest.mark.parametrize("given", ["AID.gedigen", "AID.gedigen/vault.json"])
def test_a_vault_that_was_double_clicked_is_opened(given, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(cli, "_window", lambda parsed, _words: opened.append(parsed.vault) or 0)
    assert cli.main([str(tmp_path / given)]) == 0
    assert opened == [tmp_path / "AID.gedigen"]


def test_a_vault_that_macos_hands_to_the_running_program_is_heard_of():
    """The event comes to Qt's application, of which a process has one only."""
    code = """if True:
        from PySide6.QtCore import QCoreApplication, QUrl
        from PySide6.QtGui import QFileOpenEvent
        from desktop.app import make_application
        application = make_application()
        application.vault_handed_over.connect(print)
        QCoreApplication.sendEvent(application, QFileOpenEvent(QUrl.fromLocalFile("/vaults/AID.gedigen")))
    """
    child = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert child.stdout == "/vaults/AID.gedigen\n", child.stderr
