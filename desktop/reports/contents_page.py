"""The contents of a long document: which parts they list, with which page numbers, and how their lines are set."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from reportlab.lib.styles import ParagraphStyle

from desktop.reports.blocks import GUTTER
from desktop.reports.flowables import TaggedParagraph
from desktop.reports.page import LaidOut
from desktop.reports.shaped_text import text_width
from desktop.reports.styles import CONTENTS, CONTENTS_PART, FRAME_HEIGHT, HEADINGS, MEASURE, colour
from desktop.reports.tagging import Element, part_anchor
from desktop.reports.texts import markup

#: A document of no more pages has no contents: one leafs through it as fast.
MOST_PAGES_WITHOUT = 12
#: So often is a document set on pages at most: to count them, with the numbers that follow from it, and with those that came out then.
MOST_LAYOUTS = 3
#: Between the end of a title, the dots, and the number.
_BETWEEN = 5.0
#: How long a dot is, and from one to the next; points.
_DOT, _STEP = 0.6, 4.0
#: Room for the number of any page, whatever it is, so that numbers never change where lines break.
_NUMBER = "0000"


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the contents: a part's number among all parts, its level (1 or 2), title and page (from 1).

    ``heads_rows``: it is the title of some rows of a table, not a heading.
    """

    number: int
    level: int
    title: str
    page: int
    heads_rows: bool = False


@dataclass(frozen=True, slots=True)
class WayToList:
    """What contents list, in one or two columns; ``in_left_column`` counts the lines of the left one."""

    listed: tuple[Listed, ...]
    columns: int = 1
    in_left_column: int = 0


def with_contents(write: Callable[[Sequence[Listed]], LaidOut]) -> LaidOut:
    """Write a document, and if it is long write it again with contents, whose page numbers are those that it then has.

    ``write`` makes the document anew with these contents, none for an empty sequence. Numbers take the same room whatever they are, so
    what the second layout comes to the third does too.
    """
    laid_out = write(())
    if laid_out.pages <= MOST_PAGES_WITHOUT:
        return laid_out
    listed = parts_listed(laid_out, shift=1)
    for _ in range(MOST_LAYOUTS - 1):
        laid_out = write(listed)
        found = parts_listed(laid_out)
        if found == listed:
            return laid_out
        listed = found
    raise RuntimeError("the contents name other pages each time that the document is laid out")


def parts_listed(laid_out: LaidOut, *, shift: int = 0) -> tuple[Listed, ...]:
    """Give the parts of two levels that follow the first, which has its title and its own headings on page one; ``shift`` in pages."""
    tops = [number for number, part in enumerate(laid_out.parts) if part.level == 1]
    if len(tops) < 2:
        return ()
    return tuple(
        Listed(number, part.level, part.title, part.place.page + 1 + shift, part.heads_rows)
        for number, part in enumerate(laid_out.parts)
        if number >= tops[1] and part.level <= 2
    )


def way_to_list(listed: Sequence[Listed], *, width: float) -> WayToList:
    """Choose as much as fits a page: all in one column, or in two, or without lesser headings, or of the first level alone.

    What fits in none of these ways, more than a hundred headings of the first level, runs over pages in one column.
    """
    room = FRAME_HEIGHT - HEADINGS[1].leading - HEADINGS[1].spaceAfter
    tables = [one for one in listed if one.level == 1 or one.heads_rows]
    tops = [one for one in listed if one.level == 1]
    if sum(_heights(listed, min(width, MEASURE))) <= room:
        return WayToList(tuple(listed))
    for some in (listed, tables, tops):
        heights = _heights(some, (width - GUTTER) / 2)
        left = _turn(some, heights)
        if sum(heights[:left]) <= room and sum(heights[left:]) <= room:
            return WayToList(tuple(some), 2, left)
    return WayToList(tuple(tops))


def _turn(listed: Sequence[Listed], heights: Sequence[float]) -> int:
    """Tell how many lines the left column has: the columns end at about the same height, and neither begins below what it belongs to."""
    ends, whole = [0.0, *accumulate(heights)], sum(heights)
    places = [place for place in range(1, len(listed)) if listed[place].level == 1]
    return min(places, key=lambda place: abs(2 * ends[place] - whole), default=len(listed))


def contents_lines(listed: Sequence[Listed], contents: Element) -> list[ContentsLine]:
    """Make the lines; ``contents`` is the element of them all, and the lesser ones stand in contents of their own within it."""
    lines: list[ContentsLine] = []
    inner: Element | None = None
    for one in listed:
        if one.level == 1:
            inner, within = None, contents
        else:
            within = inner = inner or contents.add("TOC")
        lines.append(ContentsLine(one, within.add("TOCI").add("Reference").add("Link")))
    return lines


def _heights(listed: Sequence[Listed], width: float) -> list[float]:
    lines = [ContentsLine(one) for one in listed]
    return [line.wrap(width, FRAME_HEIGHT)[1] + line.style.spaceBefore + line.style.spaceAfter for line in lines]


class ContentsLine(TaggedParagraph):
    """A title, dots, and the number of the page to the right; all of it leads there. Titles come as the typeface can show them."""

    def __init__(self, listed: Listed, element: Element | None = None) -> None:
        self.listed = listed
        super().__init__(markup(listed.title, str), CONTENTS_PART if listed.level == 1 else CONTENTS, element)

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803 - reportlab's name
        """Break the title into lines that leave room for the number, in a line no longer than one can follow."""
        self.whole = min(availWidth, MEASURE)
        return super().wrap(self.whole - self._of_number(_NUMBER) - _BETWEEN, availHeight)

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:  # noqa: N803
        """Draw title and number as one link, the dots between them as decoration; those of all lines stand below each other."""
        super().drawOn(canvas, x, y, _sW)
        number, right = str(self.listed.page), x + self.whole
        first = self.baseline() if self.shaped is not None else self.height - self.style.fontSize  # as reportlab sets plain words
        last = y + first - (len(self.blPara.lines) - 1) * self._leading()
        begin = x + self.getActualLineWidths0()[-1] + _BETWEEN
        end = right - _STEP * math.ceil((self._of_number(number) + _BETWEEN) / _STEP)
        if end > begin:
            canvas.saveState()
            canvas.setStrokeColor(colour("muted"))
            canvas.setLineWidth(_DOT)
            canvas.setDash(_DOT, _STEP - _DOT)
            canvas.line(end, last, begin, last)
            canvas.restoreState()
        with canvas.tagged(self.element):
            canvas.setFont(self.style.fontName, self.style.fontSize)
            canvas.setFillColor(self.style.textColor)
            canvas.drawRightString(right, last, number)
        if self.element is not None:
            rectangle = (x, y, right, y + self.height)
            target = f"#{part_anchor(self.listed.number)}"
            canvas.annotate("link", self.element, rectangle=rectangle, target=target, description=self.listed.title)

    def split(self, availWidth: float, availHeight: float) -> list[Any]:  # noqa: N803, ARG002
        """Never split: the clickable place is one rectangle."""
        return []

    def _of_number(self, number: str) -> float:
        style: ParagraphStyle = self.style
        return text_width(number, style.fontName, style.fontSize)
