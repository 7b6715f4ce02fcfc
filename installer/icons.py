"""The program's icon as Windows and macOS want it: several sizes in one file, made from the pictures in resources/icons."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

from installer.release import ROOT

_PICTURES = ROOT / "resources" / "icons"
_WINDOWS_SIZES = (16, 24, 32, 48, 64, 128, 256)
#: The types of macOS's icon that hold a PNG, by size; 64 points is 32 at double density, and so on.
_MACOS_TYPES = ((b"icp4", 16), (b"icp5", 32), (b"ic11", 32), (b"ic12", 64), (b"ic07", 128), (b"ic08", 256), (b"ic13", 256))


def program_icon(folder: Path) -> str:
    """Give the file with the icon that a program has on this system, made in a folder if it must be."""
    if sys.platform not in ("win32", "darwin"):
        return str(_PICTURES / "gedigen-256.png")
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / ("gedigen.ico" if sys.platform == "win32" else "gedigen.icns")
    (ico if sys.platform == "win32" else icns)(file)
    return str(file)


def ico(file: Path) -> None:
    """Write a Windows icon: a head, an entry per size, then the pictures as PNG."""
    pictures = [_picture(size) for size in _WINDOWS_SIZES]
    head = struct.pack("<HHH", 0, 1, len(pictures))
    place, entries = len(head) + 16 * len(pictures), b""
    for size, picture in zip(_WINDOWS_SIZES, pictures, strict=True):
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), place)
        place += len(picture)
    file.write_bytes(head + entries + b"".join(pictures))


def icns(file: Path) -> None:
    """Write a macOS icon: a head, then each picture as PNG behind its type and length."""
    parts = b"".join(
        kind + struct.pack(">I", len(picture) + 8) + picture for kind, picture in ((kind, _picture(n)) for kind, n in _MACOS_TYPES)
    )
    file.write_bytes(b"icns" + struct.pack(">I", len(parts) + 8) + parts)


def _picture(size: int) -> bytes:
    return (_PICTURES / f"gedigen-{size}.png").read_bytes()
