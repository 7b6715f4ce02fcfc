# ruff: noqa: N803 - reportlab calls these methods, with these names and arguments
"""What stays together on a page: headings with what they head, and blocks that are not worth cutting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, PageBreak, Paragraph, Table

from desktop.reports.flowables import Figure, HeadingParagraph, SignatureRow
from desktop.reports.styles import FRAME_HEIGHT


class KeptTogether(KeepTogether):  # type: ignore[misc]
    """Pieces that stay on one page unless they take more than a share of it: a long table is then cut rather than leave a hole."""

    def __init__(self, pieces: list[Flowable], *, most: float) -> None:
        super().__init__(pieces)
        self.most = most

    @property
    def pieces(self) -> list[Flowable]:
        """Give what is kept."""
        return list(self._content)

    @property
    def is_cut(self) -> bool:
        """Tell whether the pieces, which must have been measured, take so much that they may be parted."""
        return self.most < 1 and self.most * FRAME_HEIGHT < self._H

    def split(self, availWidth: float, availHeight: float) -> list[Any]:
        """Give the pieces one by one where they take too much, else begin a new page before them if they do not fit this one."""
        self.wrap(availWidth, availHeight)
        if self.is_cut:
            return with_room(self.pieces)
        pieces: list[Any] = super().split(availWidth, availHeight)
        return pieces


class RoomFor(CondPageBreak):  # type: ignore[misc]
    """Begin a new page unless a heading fits together with the beginning of what it heads.

    reportlab's own ``keepWithNext`` moves the whole of what follows, a table of three pages too, and leaves a hole.
    """

    #: lines of text that must follow a heading
    LINES = 3
    #: The share of a page that must be left where what a heading heads begins with more than a page holds, and so is cut.
    LEAST = 0.4

    def __init__(self, headings: list[Flowable], following: list[Flowable]) -> None:
        super().__init__(0)
        self.headings, self.following = headings, following

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """Measure what has to stay together."""
        needed = 0.0
        for heading in self.headings:
            needed += heading.wrapOn(self.canv, availWidth, availHeight)[1] + heading.getSpaceBefore() + heading.getSpaceAfter()
        lines = 0
        for flowable in self.following:
            needed += self._beginning(flowable, availWidth)
            lines += self._lines(flowable)
            if lines >= self.LINES:
                break
            needed += float(flowable.getSpaceAfter())
        frame = self._doctemplateAttr("frame")
        self.height = needed if frame is None or needed < frame._height else self.LEAST * frame._height  # noqa: SLF001
        result: tuple[float, float] = super().wrap(availWidth, availHeight)
        return result

    def _lines(self, flowable: Flowable) -> int:
        """Count how many lines of what a heading heads this is; it must have been measured. What is no text is enough by itself."""
        if isinstance(flowable, HeadingParagraph):
            return 0
        return len(flowable.blPara.lines) if isinstance(flowable, Paragraph) else self.LINES

    def _whole(self, part: Flowable, width: float) -> float:
        return float(part.wrapOn(self.canv, width, 0xFFFFFF)[1] + part.getSpaceBefore() + part.getSpaceAfter())

    def _beginning(self, flowable: Flowable, width: float) -> float:
        if isinstance(flowable, KeptTogether):  # its own wrap() only says that it wants to be asked to split
            flowable.wrapOn(self.canv, width, 0xFFFFFF)
            parts = flowable.pieces
            if flowable.is_cut:
                heading = [part for part in parts[:1] if isinstance(part, HeadingParagraph)]
                begun = sum(self._whole(part, width) for part in heading)
                return begun + self._beginning(parts[len(heading)], width)
            return sum(self._whole(part, width) for part in parts)
        height = float(flowable.wrapOn(self.canv, width, 0xFFFFFF)[1]) + float(flowable.getSpaceBefore())
        if isinstance(flowable, Table):
            heights = list(flowable._rowHeights)  # noqa: SLF001
            head = flowable.repeatRows
            rows = head + opening_rows(heights[head:])
            if sum(heights[:rows]) > FRAME_HEIGHT * 0.9:
                # So high that they need not begin together; a table then begins with less where half a page is left.
                return float(max(sum(heights[: head + 1]), FRAME_HEIGHT / 2))
            while rows - 1 in getattr(flowable, "binding", ()):
                rows += 1
            return float(min(height, sum(heights[:rows])))
        if isinstance(flowable, Paragraph):
            return min(height, self.LINES * float(flowable.style.leading))
        return height


def opening_rows(heights: Sequence[float]) -> int:
    """Tell how many rows a table begins with at least at the foot of a page: three low ones, else two."""
    return 3 if sum(heights[:3]) < FRAME_HEIGHT / 6 else 2


def with_room(story: list[Flowable]) -> list[Flowable]:
    """Put before each run of headings a check that they and the beginning of what they head fit the page."""
    result: list[Flowable] = []
    number = 0
    while number < len(story):
        first = number
        while number < len(story) and isinstance(story[number], HeadingParagraph):
            number += 1
        if number > first:
            headings = story[first:number]
            result.append(RoomFor(headings, _next_visible(story, number)))
            result.extend(headings)
        else:
            result.append(story[number])
            number += 1
    return result


def _next_visible(story: list[Flowable], number: int) -> list[Flowable]:
    """Give what follows a heading: all pieces up to the first that is not a paragraph, which may be too short to stand alone."""
    found: list[Flowable] = []
    for flowable in story[number:]:
        if isinstance(flowable, PageBreak):
            break
        if isinstance(flowable, Paragraph | Table | Figure | KeptTogether | SignatureRow):
            found.append(flowable)
            if not isinstance(flowable, Paragraph):
                break
    return found
