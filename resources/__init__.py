"""What is read as data: templates, translations, icons, fonts, colour profile, help texts, the sample case."""

from __future__ import annotations

import lzma
from pathlib import Path


def path(*parts: str) -> Path:
    """Give the path of a bundled file or folder, as in ``path("fonts", "Inter-Regular.ttf")``.

    Works from the source and from a frozen bundle, where this package keeps its place beside its files. Raises ``FileNotFoundError``
    when there is no such resource, because a bundle that lacks one is broken and must say so at once.
    """
    found = Path(__file__).resolve().parent.joinpath(*parts)
    if not found.exists():
        raise FileNotFoundError(found)
    return found


def read(*parts: str) -> bytes:
    """Give the content of a bundled file. A frozen bundle packs some of them (xz, ``.xz`` behind the name). Raises as ``path``."""
    packed = Path(__file__).resolve().parent.joinpath(*parts[:-1], f"{parts[-1]}.xz")
    return lzma.decompress(packed.read_bytes()) if packed.exists() else path(*parts).read_bytes()
