"""A keyboard and the screen's windows, by X itself: real key events (XTEST) from this very process.

Traps met: a program that puts a letter on a spare key for the moment (as xdotool does for letters that it does not find) loses it and its
neighbours, for the window reads the new layout when the key has its old meaning again; so only keys are pressed that the layout has. The
server forgets its layout when the last program leaves it; so the layout is set while this one is there. It repeats a key that is held, and
on a busy machine half a second may lie between press and release; so repeating is switched off. A key goes to the window that X, not Qt,
gives the keyboard to, and when a window closes that may be none.
"""

from __future__ import annotations

import ctypes
import subprocess
from ctypes import POINTER, byref, c_char_p, c_int, c_long, c_ubyte, c_uint, c_ulong, c_void_p
from typing import Any

#: Modifiers as they are written in a chord, and the names of their keys.
_HELD = {"ctrl": "Control_L", "shift": "Shift_L", "alt": "Alt_L"}
#: What is held for the four meanings of a key.
_LEVELS = ((), ("Shift_L",), ("ISO_Level3_Shift",), ("Shift_L", "ISO_Level3_Shift"))
_VIEWABLE = 2
_REVERT_TO_PARENT = 2


class _Attributes(ctypes.Structure):
    """Xlib's XWindowAttributes, of which only the state is read."""

    _fields_ = (
        *((name, c_int) for name in ("x", "y", "width", "height", "border_width", "depth")),
        ("visual", c_void_p),
        ("root", c_ulong),
        *((name, c_int) for name in ("class_", "bit_gravity", "win_gravity", "backing_store")),
        *((name, c_ulong) for name in ("backing_planes", "backing_pixel")),
        ("save_under", c_int),
        ("colormap", c_ulong),
        *((name, c_int) for name in ("map_installed", "map_state")),
        *((name, c_long) for name in ("all_event_masks", "your_event_mask", "do_not_propagate_mask")),
        ("override_redirect", c_int),
        ("screen", c_void_p),
    )


_x11, _xtst = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
_xkb = ctypes.CDLL("libxkbcommon.so.0")
for _function, _gives, _takes in (
    (_x11.XOpenDisplay, c_void_p, (c_char_p,)),
    (_x11.XCloseDisplay, c_int, (c_void_p,)),
    (_x11.XAutoRepeatOff, c_int, (c_void_p,)),
    (_x11.XDisplayKeycodes, c_int, (c_void_p, POINTER(c_int), POINTER(c_int))),
    (_x11.XkbKeycodeToKeysym, c_ulong, (c_void_p, c_ubyte, c_int, c_int)),
    (_x11.XStringToKeysym, c_ulong, (c_char_p,)),
    (_x11.XSync, c_int, (c_void_p, c_int)),
    (_x11.XDefaultRootWindow, c_ulong, (c_void_p,)),
    (_x11.XInternAtom, c_ulong, (c_void_p, c_char_p, c_int)),
    (_x11.XQueryTree, c_int, (c_void_p, c_ulong, *(POINTER(c_ulong),) * 2, POINTER(POINTER(c_ulong)), POINTER(c_uint))),
    (_x11.XGetWindowAttributes, c_int, (c_void_p, c_ulong, POINTER(_Attributes))),
    (_x11.XFree, c_int, (c_void_p,)),
    (_x11.XGetInputFocus, c_int, (c_void_p, POINTER(c_ulong), POINTER(c_int))),
    (_x11.XSetInputFocus, c_int, (c_void_p, c_ulong, c_int, c_ulong)),
    (_xtst.XTestFakeKeyEvent, c_int, (c_void_p, c_uint, c_int, c_ulong)),
    (_xkb.xkb_utf32_to_keysym, c_uint, (c_uint,)),
):
    _function.restype, _function.argtypes = _gives, _takes
_x11.XGetWindowProperty.argtypes = (
    *(c_void_p, c_ulong, c_ulong, c_long, c_long, c_int, c_ulong),
    *(POINTER(c_ulong), POINTER(c_int), POINTER(c_ulong), POINTER(c_ulong), POINTER(POINTER(c_ulong))),
)

#: A window may close while it is asked about: X tells of it by an error, which ends the process unless somebody listens.
_heard = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p)(lambda _display, _error: 0)
_x11.XSetErrorHandler(_heard)


class Keyboard:
    """The keyboard of the screen that DISPLAY names, with a layout that has the letters that are typed."""

    def __init__(self, layout: str = "se") -> None:
        self._display: Any = _x11.XOpenDisplay(None)
        assert self._display, "no screen"
        subprocess.run(["setxkbmap", layout], check=True)
        _x11.XAutoRepeatOff(self._display)
        least, most = c_int(), c_int()
        _x11.XDisplayKeycodes(self._display, byref(least), byref(most))
        self._keys: dict[int, tuple[int, int]] = {}
        for code in range(least.value, most.value + 1):
            for level in range(len(_LEVELS)):
                self._keys.setdefault(_x11.XkbKeycodeToKeysym(self._display, code, 0, level), (code, level))

    def close(self) -> None:
        """Leave the screen; a second time is none."""
        if self._display:
            _x11.XCloseDisplay(self._display)
        self._display = None

    def press(self, chord: str) -> None:
        """Press a key and let it go, alone or with others held: "a", "Return", "ctrl+shift+p" (X's names)."""
        *held, last = chord.split("+")
        self._strike(_keysym(last), [_HELD[name] for name in held], chord)

    def write(self, text: str) -> None:
        """Press the keys of a text."""
        for letter in text:
            self._strike(_xkb.xkb_utf32_to_keysym(ord(letter)), [], letter)

    def _strike(self, keysym: int, held: list[str], said: str) -> None:
        assert keysym in self._keys, f"the keyboard has no key for {said!r}"
        code, level = self._keys[keysym]
        holding = [self._keys[_keysym(name)][0] for name in (*held, *(name for name in _LEVELS[level] if name not in held))]
        steps = [(one, 1) for one in (*holding, code)] + [(one, 0) for one in (code, *reversed(holding))]
        for one, down in steps:
            _xtst.XTestFakeKeyEvent(self._display, one, down, 0)
        _x11.XSync(self._display, 0)

    # The windows that keys go to

    def windows_of(self, process: int) -> list[int]:
        """Give a process's windows that are on the screen, the one on top last."""
        one, other, children, count = c_ulong(), c_ulong(), POINTER(c_ulong)(), c_uint()
        _x11.XQueryTree(self._display, _x11.XDefaultRootWindow(self._display), byref(one), byref(other), byref(children), byref(count))
        found = children[: count.value]
        _x11.XFree(children)
        return [window for window in found if self._is_on_screen(window) and self._owner(window) == process]

    def goes_to(self) -> int:
        """Give the window that X gives the keyboard to."""
        window, reverts = c_ulong(), c_int()
        _x11.XGetInputFocus(self._display, byref(window), byref(reverts))
        return window.value

    def give_to(self, window: int) -> None:
        """Give the keyboard to a window."""
        _x11.XSetInputFocus(self._display, window, _REVERT_TO_PARENT, 0)
        _x11.XSync(self._display, 0)

    def _is_on_screen(self, window: int) -> bool:
        attributes = _Attributes()
        return bool(_x11.XGetWindowAttributes(self._display, window, byref(attributes))) and attributes.map_state == _VIEWABLE

    def _owner(self, window: int) -> int:
        """Give the process that a window says it belongs to, or 0."""
        kind, size, count, rest, value = c_ulong(), c_int(), c_ulong(), c_ulong(), POINTER(c_ulong)()
        name = _x11.XInternAtom(self._display, b"_NET_WM_PID", 0)
        parts = (byref(kind), byref(size), byref(count), byref(rest), byref(value))
        failed = _x11.XGetWindowProperty(self._display, window, name, 0, 1, 0, 0, *parts)
        if failed or not count.value:
            return 0
        process = value[0]
        _x11.XFree(value)
        return int(process)


def _keysym(name: str) -> int:
    """Give the number of a key by its name in X."""
    number = _x11.XStringToKeysym(name.encode())
    assert number, f"X knows no key {name!r}"
    return int(number)
