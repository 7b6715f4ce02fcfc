"""How big the bundle is, and how it starts and what it takes beside the same program from its source."""

from __future__ import annotations

import ctypes
import os
import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
BUNDLE = ROOT / "build" / "bundle" / "gedigen"

_PATIENCE = 60.0  #: seconds for a window to come
_MAPPED, _CHILDREN_OF_ROOT = 19, 1 << 19  #: X's MapNotify and SubstructureNotifyMask


@dataclass(frozen=True)
class BundleFigures:
    """Sizes in bytes; milliseconds from the start of the process to its window on the screen, and memory in MiB when it has come to rest.

    Medians of so many starts of each, taken in turn. ``cpu_ms`` is what the process itself has used until then, which waits for nobody.
    PSS counts what processes share in part.
    """

    starts: int
    folder_bytes: int
    packed_bytes: int
    bundle_ms: float
    source_ms: float
    bundle_cpu_ms: float
    source_cpu_ms: float
    bundle_rss_mib: float
    source_rss_mib: float
    bundle_pss_mib: float
    source_pss_mib: float


def measure(starts: int = 9) -> BundleFigures:
    """Measure the bundle in build/bundle, which is made if it is not there; the first start of each is not counted."""
    if not BUNDLE.exists():
        subprocess.run([sys.executable, "-m", "installer.bundle"], cwd=ROOT, stdout=sys.stderr, check=True)
    files = [file for file in BUNDLE.rglob("*") if file.is_file() and not file.is_symlink()]
    with _Screen.own() as screen, tempfile.TemporaryDirectory() as home:
        commands = ([str(BUNDLE / "gedigen")], [sys.executable, "-m", "desktop"])
        taken = [[_start(command, screen, home) for command in commands] for _ in range(starts + 1)][1:]
    (bundle_ms, bundle_cpu, bundle_rss, bundle_pss), (source_ms, source_cpu, source_rss, source_pss) = (
        [statistics.median(figures) for figures in zip(*of_one, strict=True)] for of_one in zip(*taken, strict=True)
    )
    return BundleFigures(
        starts=starts,
        folder_bytes=sum(file.stat().st_size for file in files),
        packed_bytes=_packed(),
        bundle_ms=bundle_ms,
        source_ms=source_ms,
        bundle_cpu_ms=bundle_cpu,
        source_cpu_ms=source_cpu,
        bundle_rss_mib=bundle_rss,
        source_rss_mib=source_rss,
        bundle_pss_mib=bundle_pss,
        source_pss_mib=source_pss,
    )


class _Screen:
    """A screen of its own, on which it is seen at once when a window comes."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._x = ctypes.CDLL("libX11.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(name.encode()))
        root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))
        self._x.XSelectInput(self._display, root, ctypes.c_long(_CHILDREN_OF_ROOT))
        self._x.XSync(self._display, 1)

    @classmethod
    @contextmanager
    def own(cls) -> Iterator[_Screen]:
        """Start a screen and end it afterwards."""
        told, tell = os.pipe()
        command = ["Xvfb", "-displayfd", str(tell), "-screen", "0", "1440x900x24", "-nolisten", "tcp"]
        with subprocess.Popen(command, pass_fds=[tell], stderr=subprocess.DEVNULL) as server:
            os.close(tell)
            with os.fdopen(told) as number:
                screen = cls(f":{number.readline().strip()}")
            yield screen
            screen.close()
            server.terminate()

    def window_came(self) -> float:
        """Wait for a window and give the moment."""
        event = ctypes.create_string_buffer(192)  # XEvent: 24 longs, the first field is its kind
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            if not self._x.XPending(self._display):
                select.select([self._x.XConnectionNumber(self._display)], [], [], 0.5)
                continue
            self._x.XNextEvent(self._display, event)
            if ctypes.c_int.from_buffer(event).value == _MAPPED:
                return time.monotonic()
        raise TimeoutError("no window came")

    def close(self) -> None:
        """Let go of the screen."""
        self._x.XCloseDisplay(self._display)

    def forget(self) -> None:
        """Pass over everything that has happened so far."""
        self._x.XSync(self._display, 1)


def _start(command: list[str], screen: _Screen, home: str) -> tuple[float, ...]:
    own = {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home, "XDG_DATA_HOME": home}
    shown = {"DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb", "LANG": "C.UTF-8"}
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "DBUS_SESSION_BUS_ADDRESS")}
    compiled = {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": f"{home}/compiled"}
    screen.forget()
    begun = time.monotonic()
    with subprocess.Popen(
        command, env={**kept, **own, **shown, **compiled}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as program:
        came = screen.window_came()
        used = _ticks(program.pid) * 1000 / os.sysconf("SC_CLK_TCK")
        memory = _memory_at_rest(program.pid)
        program.terminate()
    return ((came - begun) * 1000, used, *memory)


def _memory_at_rest(pid: int) -> tuple[float, float]:
    """Give RSS and PSS in MiB once the program has used no processor for half a second: rooms are imported after the window is there."""
    before = -1
    while before != (before := _ticks(pid)):
        time.sleep(0.5)
    told = dict(line.split()[:2] for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()[1:])
    return int(told["Rss:"]) / 1024, int(told["Pss:"]) / 1024


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _packed() -> int:
    with subprocess.Popen(["tar", "-C", BUNDLE.parent, "-c", BUNDLE.name], stdout=subprocess.PIPE) as packing:
        packed = subprocess.run(["xz", "--threads=1", "--stdout"], stdin=packing.stdout, stdout=subprocess.PIPE, check=True).stdout
    return len(packed)
