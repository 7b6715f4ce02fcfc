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

    ``tight`` sets headings close. ``letters`` is for prose and ``firm_letters`` for what a decision hangs on (stop criteria,
    conditions), which is cut last. ``cut`` tells, once the page is written, whether anything was left out.
    """

    text: Literal["reading", "body", "compact"]
    table: Size
    tight: bool = False
    letters: int | None = None
    firm_letters: int | None = None
    items: int | None = None
    cut: bool = field(default=False, init=False)

    def short(self, text: str) -> str:
        """Give a text, cut after a whole word where it is longer than there is room for."""
        return self._within(text, self.letters)

    def firm(self, text: str) -> str:
        """Give a text that a decision hangs on: whole for as long as cutting the prose makes room for it."""
        return self._within(text, self.firm_letters)

    def _within(self, text: str, letters: int | None) -> str:
        if letters is None or len(text) <= letters:
            return text
        self.cut = True
        kept = text[:letters]
        return f"{kept[: kept.rfind(' ')] if ' ' in kept else kept} …"

    def few(self, items: Sequence[Item]) -> Sequence[Item]:
        """Give as many of a list as there is room for."""
        if self.items is None or len(items) <= self.items:
            return items
        self.cut = True
        return items[: self.items]


def rooms(natural: Literal["reading", "body"]) -> tuple[Room, ...]:
    """Give the ways to set page one, the roomiest first; the last holds on one page whatever is written."""
    tight: tuple[tuple[int, int | None, int | None], ...] = (
        *((letters, None, None) for letters in (900, 700, 600, 520, 450, 390, 340, 300, 260, 230, 200, 180, 160)),
        *((160, 320, 14), (140, 240, 12), (120, 200, 11), (110, 170, 10), (100, 150, 9), (90, 130, 8), (80, 115, 7), (70, 100, 6)),
        *((60, 85, 5), (60, 70, 4), (50, 60, 3), (40, 40, 2), (30, 30, 1)),
    )
    return (
        Room(natural, "large"),
        Room("body", "normal"),
        Room("body", "dense"),
        Room("body", "dense", tight=True),
        Room("compact", "dense", tight=True),
        *(Room("compact", "dense", True, letters, firm, items) for letters, firm, items in tight),
    )
