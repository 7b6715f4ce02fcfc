"""Drives a real program through the accessibility bus and the keyboard, as a person with a screen reader would.

It never imports the program. The program is its source, or the bundle that APP_CMD names. It is started as a child process on the screen,
session bus and accessibility bus that ``dev.py test`` gives, with a home of its own; what is on its screen is read and pressed through
AT-SPI, and keys are real key events (see keyboard.py).

Traps met: without QT_LINUX_ACCESSIBILITY_ALWAYS_ON Qt publishes nothing; on Linux a combo box is called by its current text and takes no
focus from the bus, so it is found by its identifier, reached by Tab and set by the keyboard; a checkable push button has the role
"check box"; an identifier is exactly what ``setAccessibleIdentifier`` was given, else a path of object names, so its end is compared; large
tables are read by cell, never walked.
"""

from __future__ import annotations

import importlib.util
import os
import shlex
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from PIL import ImageGrab

from tests.e2e.keyboard import Keyboard

Found = TypeVar("Found")

#: How long what must come is waited for, in seconds: only a test that fails waits so long, also on a machine with much else to do.
PATIENCE = 60.0

#: What a password field shows of each letter, whatever that letter is.
HIDDEN = "●•*"

#: Debian's package python3-gi. Its compiled part fits the Python of the same minor version, also one that Debian did not build.
GI = Path("/usr/lib/python3/dist-packages/gi")

#: How many children of one element are walked: a table of thousands of rows is read by cell instead.
WIDEST = 80


def _import_gi() -> None:
    """Make ``import gi`` work in the environment: the only place that knows where Debian keeps it."""
    if importlib.util.find_spec("gi"):
        return
    if not list(GI.glob(f"_gi.cpython-{sys.version_info.major}{sys.version_info.minor}-*.so")):
        raise ImportError(f"{GI} has no part for Python {sys.version.split()[0]}: run dev.py with the Python of this Debian or Ubuntu")
    spec = importlib.util.spec_from_file_location("gi", GI / "__init__.py", submodule_search_locations=[str(GI)])
    assert spec is not None
    assert spec.loader is not None
    sys.modules["gi"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules["gi"])


_import_gi()
with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # gi's importer is older than the Python that runs it
    import gi

    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi, GLib


# By itself the bus gives up after 0.8 s, and then says that nothing is there: a program that is busy answers later.
Atspi.set_timeout(int(PATIENCE * 1000), int(PATIENCE * 1000))


def program_command() -> list[str]:
    """Give the command of the program that is tested: its source by this Python, or what APP_CMD says (a bundle)."""
    return shlex.split(os.environ.get("APP_CMD", "")) or [sys.executable, "-m", "desktop"]


def wait(what: str, look: Callable[[], Found | None], seconds: float = PATIENCE) -> Found:
    """Look until there is something, and give it; after so many seconds say what was waited for."""
    end = time.monotonic() + seconds
    while True:
        try:
            found = look()
        except GLib.Error:  # the element went away while it was read
            found = None
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds:g} s for {what}")
        time.sleep(0.03)


class Element:
    """Something on the program's screen."""

    def __init__(self, program: Program, node: Any) -> None:
        self.program = program
        self.node = node

    @property
    def name(self) -> str:
        return self.node.get_name() or ""

    @property
    def role(self) -> str:
        return self.node.get_role_name()

    @property
    def ident(self) -> str:
        return self.node.get_accessible_id() or ""

    @property
    def description(self) -> str:
        return self.node.get_description() or ""

    @property
    def value(self) -> str:
        """The text in a field, or the number of a spin box."""
        if text := self.node.get_text_iface():
            return Atspi.Text.get_text(text, 0, -1)
        number = self.node.get_value_iface()
        return f"{number.get_current_value():g}" if number else ""

    def is_(self, state: str) -> bool:
        """Tell whether the element is "checked", "focused", "enabled", "showing", "selected" …"""
        return self.node.get_state_set().contains(getattr(Atspi.StateType, state.upper()))

    def becomes(self, *, state: str = "", name: str = "", value: str = "") -> Element:
        """Wait until the element has this state, name or value: what a key does is seen a moment after it was pressed."""

        def changed() -> bool:
            return (not state or self.is_(state)) and name in ("", self.name) and (not value or self.value == value)

        try:
            wait(f"{self} to become {state or name or value!r}", changed)
        except AssertionError as never:
            raise AssertionError(f"{never}; it is {self} {self.value!r}") from None
        return self

    def press(self) -> None:
        """Press a button, toggle a box, choose a radio button or a menu entry."""
        actions = self.node.get_action_iface()
        names = [actions.get_action_name(n) for n in range(actions.get_n_actions())] if actions else []
        for wanted in ("Press", "Toggle", "click"):
            if wanted in names:
                assert actions.do_action(names.index(wanted)), f"{self} could not be pressed"
                return
        raise AssertionError(f"{self} has no press among {names}")

    def focus(self) -> Element:
        """Give the element the keyboard."""
        self.program.activate()
        self.node.get_component_iface().grab_focus()
        wait(f"the focus in {self}", lambda: self.is_("focused"))
        return self

    def tab_to(self, most: int = 60) -> Element:
        """Press Tab until the element has the keyboard, as one without a mouse does; fails when it never comes."""
        now = self.program.focused()
        for _ in range(most):
            if self.is_("focused"):
                return self
            self.program.keys("Tab")
            now = wait("the focus to move", lambda before=now: self.program.focused_elsewhere(before))
        raise AssertionError(f"{self} is not reached by {most} times Tab")

    def set_text(self, text: str) -> None:
        """Put text into a field at once, for what is not about typing."""
        assert self.node.get_editable_text_iface().set_text_contents(text), f"{self} took no text"

    def cells(self) -> list[list[str]]:
        """Read all cells of a table, row by row."""
        table = self.node.get_table_iface()
        columns = range(table.get_n_columns())
        return [[table.get_accessible_at(row, column).get_name() or "" for column in columns] for row in range(table.get_n_rows())]

    def select_row(self, row: int) -> None:
        """Select a row of a table."""
        assert self.node.get_table_iface().add_row_selection(row), f"{self} did not select row {row}"

    def walk(self) -> Iterator[Element]:
        """Give the element and all that is in it and shows; what is in something hidden may say that it shows, and is passed over."""
        yield self
        for n in range(min(self.node.get_child_count(), WIDEST)):
            child = self.node.get_child_at_index(n)
            if child and child.get_state_set().contains(Atspi.StateType.SHOWING):
                yield from Element(self.program, child).walk()

    def find_all(self, *, role: str = "", name: str = "", ident: str = "") -> list[Element]:
        """Give what is in the element, showing, and has this role, name and end of identifier."""
        found = []
        for element in self.walk():
            fits = (
                (not ident or element.ident.endswith(ident)) and (not role or role == element.role) and (not name or name == element.name)
            )
            if fits and element.is_("showing"):  # each of these asks the program, so what is not asked for is not read
                found.append(element)
        return found

    def find(self, *, role: str = "", name: str = "", ident: str = "") -> Element:
        """Wait for something in the element and give it; when it never comes, say what is there instead."""
        wanted = ", ".join(f"{key} {value!r}" for key, value in (("role", role), ("name", name), ("ident", ident)) if value)
        try:
            return wait(wanted, lambda: self.program._ended() or next(iter(self.find_all(role=role, name=name, ident=ident)), None))
        except AssertionError as none:
            self.program._ended()  # the bus may still have what the program has left
            raise AssertionError(f"{none} in:\n{self.tree()}") from None

    def tree(self) -> str:
        """Describe what is in the element, one line each, for a failing test."""
        return "\n".join(f"  {element}" for element in self.walk() if element.is_("showing"))

    def __repr__(self) -> str:
        return f"[{self.role}] {self.name!r} {self.ident}"


class Program:
    """One running program with its own home."""

    def __init__(self, command: Sequence[str | Path], *, name: str, home: Path, variables: Mapping[str, str] | None = None) -> None:
        """Start a program whose ``QApplication.applicationName`` is ``name`` and wait until it is on the accessibility bus."""
        home.mkdir(parents=True, exist_ok=True)
        own = {"HOME": home, "XDG_CONFIG_HOME": home / ".config", "XDG_DATA_HOME": home / ".local/share", "XDG_CACHE_HOME": home / ".cache"}
        qt = {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_QPA_PLATFORM": "xcb", "LANG": "C.UTF-8"}
        environment = {**os.environ, **{key: str(value) for key, value in own.items()}, **qt, **(variables or {})}
        self.name = name
        self.log = home / "program.log"
        self._keyboard = Keyboard()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(part) for part in command], env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )
        try:
            wait(f"{name} on the accessibility bus", lambda: self._windows() or self._ended())
        except AssertionError:
            self.stop()
            raise

    def window(self, title: str = "") -> Element:
        """Give the program's window or dialog of that title, or the first one."""
        try:
            return wait(f"a window {title!r}", lambda: next((window for window in self._windows() if title in window.name), None))
        except AssertionError as none:
            raise AssertionError(f"{none} in:\n{self._whole().tree()}") from None

    def find(self, *, role: str = "", name: str = "", ident: str = "") -> Element:
        """Wait for something in any window of the program and give it."""
        return self._whole().find(role=role, name=name, ident=ident)

    def find_all(self, *, role: str = "", name: str = "", ident: str = "") -> list[Element]:
        """Give what there is now in any window of the program."""
        (found,) = wait("the screen to stand still", lambda: (self._whole().find_all(role=role, name=name, ident=ident),))
        return found

    def focused(self) -> Element:
        """Give the element that has the keyboard; a container that hands it on says that it has it too, and is passed over."""
        return wait("something focused", self._focused)

    def focused_elsewhere(self, before: Element) -> Element | None:
        """Give the element that has the keyboard, if that is another one now."""
        now = self._focused()
        return now if now is not None and now.node != before.node else None

    def keys(self, *keys: str) -> None:
        """Press keys, as in ``keys("ctrl+k", "Tab", "3", "Return")`` (X's names)."""
        self.activate()
        for chord in keys:
            self._keyboard.press(chord)

    def type(self, text: str) -> None:
        """Type text on the keyboard into what has the focus, and wait until a field there has taken it all.

        A shortcut that follows would overtake letters that are under way: with a screen reader's bus, Qt asks the bus about each key
        before a field gets it, but not before a shortcut is heard.
        """
        self.activate()
        (field,) = wait("the screen to stand still", lambda: (self._focused(),))  # none in a pop-up, which is not on the bus
        self._keyboard.write(text)
        if field is not None and field.is_("editable"):
            wait(f"{text!r} typed into {field}", lambda: _has_taken(field.name if field.role == "combo box" else field.value, text))

    def kill(self) -> None:
        """End the program as a power failure would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)
        self._forget()

    def stop(self) -> None:
        """End the program, if it still runs."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)
        self._forget()

    def output(self) -> str:
        """Give what the program has written to its output so far."""
        return self.log.read_text("utf-8", "replace")

    def mapped(self) -> set[Path]:
        """Give the program file and the libraries that the running program has loaded."""
        maps = Path(f"/proc/{self.process.pid}/maps").read_text("utf-8").splitlines()
        return {Path(line.split(maxsplit=5)[5]) for line in maps if line.count("/")}

    def picture(self, file: Path) -> Path:
        """Save a picture of the whole screen, for a person to look at."""
        ImageGrab.grab(xdisplay=os.environ["DISPLAY"]).save(file)
        return file

    def _focused(self) -> Element | None:
        everything = self._whole().walk()
        ones = [element for element in everything if element.is_("focused")]
        return next((one for one in ones if one.role != "filler"), ones[-1] if ones else None)

    def _whole(self) -> Element:
        """Give all that the program has on the bus."""
        return Element(self, wait(f"{self.name} on the accessibility bus", lambda: self._ended() or self._application()))

    def _application(self) -> Any:
        desktop = Atspi.get_desktop(0)
        for n in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(n)
            if application and application.get_process_id() == self.process.pid and application.get_name() == self.name:
                return application
        return None

    def _windows(self) -> list[Element]:
        application = self._application()
        windows = [application.get_child_at_index(n) for n in range(application.get_child_count())] if application else []
        return [Element(self, window) for window in windows if window]  # one may close while they are counted

    def activate(self) -> None:
        """See to it that keys reach the program, as both it and the screen say; there is no window manager that would have done it."""
        if self._ended() or self._has_keyboard():
            return
        windows = wait(f"a window of {self.name} on the screen", lambda: self._keyboard.windows_of(self.process.pid))
        self._keyboard.give_to(windows[-1])
        wait("an active window", self._has_keyboard)

    def _has_keyboard(self) -> bool:
        if self._keyboard.goes_to() not in self._keyboard.windows_of(self.process.pid):
            return False
        (is_active,) = wait("the screen to stand still", lambda: (any(window.is_("active") for window in self._windows()),))
        return is_active

    def _ended(self) -> bool:
        if self.process.poll() is not None:
            raise AssertionError(f"{self.name} ended with {self.process.returncode}:\n{self.output()}")
        return False

    def _forget(self) -> None:
        self._keyboard.close()
        Atspi.get_desktop(0).clear_cache()


def _has_taken(value: str, text: str) -> bool:
    """Tell whether a field has taken what was typed; a hidden one shows only how much, and a number may stand grouped."""
    return _closed(text) in _closed(value) or (not value.strip(HIDDEN) and len(value) >= len(text))


def _closed(text: str) -> str:
    return "".join(text.split())
