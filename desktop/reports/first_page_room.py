"""How much room page one gives its words: the sizes of its type, and what is cut where even the smallest is too large."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from desktop.reports.tables import Size

Item = TypeVar("Item")


@dataclass
class Room:
    """Sizes of running text and of the table of conditions; at most so many letters of a text, at most so many of a list.

    ``cut`` tells, once the page is written, whether anything was left out.
    """

    text: Literal["reading", "body", "compact"]
    table: Size
    letters: int | None = None
    items: int | None = None
    cut: bool = field(default=False, init=False)

    def short(self, text: str) -> str:
        """Give a text, cut after a whole word where it is longer than there is room for."""
        if self.letters is None or len(text) <= self.letters:
            return text
        self.cut = True
        kept = text[: self.letters]
        return f"{kept[: kept.rfind(' ')] if ' ' in kept else kept} …"

    def few(self, items: Sequence[Item]) -> Sequence[Item]:
        """Give as many of a list as there is room for."""
        if self.items is None or len(items) <= self.items:
            return items
        self.cut = True
        return items[: self.items]


def rooms(natural: Literal["reading", "body"]) -> tuple[Room, ...]:
    """Give the ways to set page one, the roomiest first; the last holds on one page whatever is written."""
    tight = ((900, 14), (600, 12), (450, 10), (340, 9), (260, 8), (200, 7), (160, 6), (120, 5), (90, 4), (60, 3), (40, 2), (30, 1))
    return (
        Room(natural, "large"),
        Room("body", "normal"),
        Room("body", "dense"),
        Room("compact", "dense"),
        *(Room("compact", "dense", letters, items) for letters, items in tight),
    )
