"""What is read as data: templates, translations, icons, fonts, colour profile, help texts, the sample case."""

from __future__ import annotations

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
