"""Whether a window can be opened here, found out before Qt is asked: Qt ends the program without a word to the user when it cannot.

On Windows and macOS there is always a screen, and everything Qt needs comes with it. No Qt in this module: it looks at Qt's files only.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from desktop.qt_libraries import QT_LIBRARIES
from forms.errors import GedigenError
from forms.text import N_


class NoWindowHere(GedigenError):
    """This computer, or this session, cannot show the window; says what is missing."""


def require_window(environment: Mapping[str, str] = os.environ) -> None:
    """Make sure that Qt will find its libraries and a screen. Raises ``NoWindowHere``."""
    if sys.platform != "linux":
        return
    platforms = _platforms(environment)
    lacking = [_lacking(platform) for platform in platforms]
    loadable = [platform for platform, missing in zip(platforms, lacking, strict=True) if not missing]
    if not loadable:
        raise _without_libraries(lacking[0])
    if not any(_answers(platform) for platform in loadable):
        raise _without_screen(environment)


def require_drawing(environment: Mapping[str, str] = os.environ) -> None:
    """Make sure that Qt can draw: on the screen if the session names one, else without. Raises ``NoWindowHere``."""
    if has_screen(environment):
        require_window(environment)
    elif sys.platform == "linux" and (missing := _lacking("offscreen")):
        raise _without_libraries(missing)


def has_screen(environment: Mapping[str, str] = os.environ) -> bool:
    """Tell whether the session names a screen, X or Wayland."""
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def _platforms(environment: Mapping[str, str]) -> list[str]:
    """Name the platforms that Qt will try, in its order."""
    chosen = [one.partition(":")[0] for one in environment.get("QT_QPA_PLATFORM", "").split(";") if one]
    if chosen:
        return ["wayland" if one.startswith("wayland") else one for one in chosen]
    on_wayland = environment.get("WAYLAND_DISPLAY") or environment.get("XDG_SESSION_TYPE") == "wayland"
    return ["wayland", "xcb"] if on_wayland else ["xcb"]


def _lacking(platform: str) -> list[str]:
    """Name the libraries without which Qt's window classes or this platform cannot be loaded.

    What the dynamic linker says of the very files that Qt will load decides; it names only the first, so the known ones are tried too.
    """
    qt = _qt_folder()
    for file in (qt / "lib" / "libQt6Widgets.so.6", qt / "plugins" / "platforms" / f"libq{platform}.so"):
        if first := _why_not(file):
            known = [name for name in QT_LIBRARIES if name != first and _why_not(name)]
            return [first, *known]
    return []


def _qt_folder() -> Path:
    found = find_spec("PySide6")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("PySide6")
    return Path(found.submodule_search_locations[0]) / "Qt"


def _why_not(library: str | Path) -> str:
    """Give the name of the file that keeps a library from being loaded; empty when nothing does."""
    try:
        ctypes.CDLL(str(library))
    except OSError as error:
        named = re.match(r"([^\s:]+): ", str(error.__cause__ or error))  # in a bundle, PyInstaller wraps what the linker says
        return Path(named[1] if named else str(library)).name
    return ""


def _answers(platform: str) -> bool:
    """Tell whether there is a screen of this kind and it lets us in."""
    if platform == "xcb":
        return _answers_x()
    if platform == "wayland":
        return _answers_wayland()
    return True  # offscreen and the like need none, and of a platform chosen by hand its chooser knows


def _answers_x() -> bool:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))  # never null, also when it failed
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not refused


def _answers_wayland() -> bool:
    wayland = ctypes.CDLL("libwayland-client.so.0")
    wayland.wl_display_connect.restype = ctypes.c_void_p
    display = wayland.wl_display_connect(None)
    if display:
        wayland.wl_display_disconnect(ctypes.c_void_p(display))
    return bool(display)


def _without_libraries(missing: list[str]) -> NoWindowHere:
    packages = sorted({QT_LIBRARIES[name] for name in missing if name in QT_LIBRARIES})
    if not packages:
        return NoWindowHere(
            N_(
                "The window cannot be opened: this computer lacks {libraries}, which Qt needs. Nothing was opened or changed. "
                "Install what holds it with your system's own means, and start Gedigen again."
            ),
            libraries=", ".join(missing),
        )
    return NoWindowHere(
        N_(
            "The window cannot be opened: this computer lacks {libraries}, which Qt needs. Nothing was opened or changed. "
            "On Debian and Ubuntu, install it with: sudo apt-get install {packages}"
        ),
        libraries=", ".join(missing),
        packages=" ".join(packages),
    )


def _without_screen(environment: Mapping[str, str]) -> NoWindowHere:
    if not has_screen(environment):
        return NoWindowHere(
            N_(
                "There is no screen here to open the window on. Nothing was opened or changed. "
                "Start Gedigen from your desktop; gedigen --help names what it does without a window."
            )
        )
    return NoWindowHere(
        N_(
            "The window cannot be opened: the screen {screen} does not answer. Nothing was opened or changed. "
            "Start Gedigen from your desktop; gedigen --help names what it does without a window."
        ),
        screen=environment.get("WAYLAND_DISPLAY") or environment.get("DISPLAY"),
    )
