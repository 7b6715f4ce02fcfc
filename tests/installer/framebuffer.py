"""Reads the screen of an Xvfb that keeps it in a file (``-fbdir``), without any tool inside the machine where it runs."""

from __future__ import annotations

import struct
from pathlib import Path

from PIL import Image


def picture(file: Path) -> Image.Image | None:
    """Give what the screen shows; None when there is no screen yet. The file is an X window dump of 32 bits per pixel."""
    if not file.exists() or file.stat().st_size < 100:
        return None
    content = file.read_bytes()
    head = struct.unpack(">25I", content[:100])
    header_size, width, height, bytes_per_line, colours = head[0], head[4], head[5], head[12], head[19]
    start = header_size + 12 * colours
    if len(content) < start + bytes_per_line * height:
        return None
    return Image.frombuffer("RGB", (width, height), content[start:], "raw", "BGRX", bytes_per_line, 1)
