"""How a digest is written for people."""

from __future__ import annotations


def grouped(digest: str) -> str:
    """Write a digest in groups of four, so that two can be compared by eye and a line can break."""
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))
