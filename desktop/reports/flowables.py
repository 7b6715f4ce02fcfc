# ruff: noqa: N803, ARG002 - reportlab calls these methods, with these names and arguments
"""The pieces that flow down the pages, each carrying its place in the document's structure."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Any

from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph

from desktop.charts import print_painter
from desktop.charts.marks import Status, status_mark
from desktop.charts.print_painter import BOLD
from desktop.charts.shapes import Drawing
from desktop.reports import shaped_text
from desktop.reports.scripts import has_script
from desktop.reports.shaped_text import Line, ShapedText
from desktop.reports.styles import BODY, DIGEST, HAIRLINE, LABEL, colour, derived
from desktop.reports.tagging import Bookmark, Element, Part

#: Between words, and behind a hyphen within one.
_BREAKS = re.compile(r"[ \n]+|(?<=\w-)(?=\w)")
#: wider than any line
_UNLIMITED = 1e6
_BETWEEN_WORDS = re.compile(r"[ \n]+")
#: A French verb and its pronoun: no line ends between them, nor within “a-t-elle”.
_INVERSION = re.compile(r"\w-(?:t-)?(?:il|elle|on|ils|elles|vous|nous|ce|je|tu)\b")


class TaggedParagraph(Paragraph):  # type: ignore[misc]
    """A paragraph that stays one element when it is split over pages."""

    width: float
    height: float
    frags: list[Any]

    def __init__(
        self, markup: str | None, style: ParagraphStyle, element: Element | None = None, *, bulletText: None = None, frags: Any = None
    ) -> None:
        # the last two are what reportlab's split() makes the parts with; the parts' element follows right after
        self.shaped: ShapedText | None = None
        self._wrapped: float | None = None  #: the width that it was broken into lines for; a table asks several times
        self._is_part = False  #: a part over two pages has lines for good
        if markup is not None and has_script(markup):
            self.shaped = ShapedText.from_markup(markup, size=style.fontSize, bold=style.fontName == BOLD)
            markup = ""
        self._breaks = _BREAKS
        if markup and _INVERSION.search(markup):
            style, self._breaks = derived(style, embeddedHyphenation=0), _BETWEEN_WORDS
        super().__init__(markup, style, bulletText, frags)
        self._whole = [frag.clone() for frag in self.frags] if markup is not None and len(self.frags) > 1 else []
        self.element = element
        self.label: tuple[str, Element] | None = None  #: a list item's number or bullet
        self.status: Status | None = None  #: the mark in front of the words

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """Break the text into lines; gives the room that it takes."""
        if self._wrapped is not None and (self._is_part or self._wrapped == availWidth):
            return self.width, self.height
        if self._wrapped is not None and self._whole:
            # reportlab forgets the hyphen of a word that it has broken at it before: "sont-ils" would become "sontils"
            self.frags = [frag.clone() for frag in self._whole]
        self._wrapped = availWidth
        if self.shaped is None:
            result: tuple[float, float] = super().wrap(availWidth, availHeight)
            return result
        room = availWidth - self.style.leftIndent - self.style.rightIndent
        self.blPara = ShapedLines(self.shaped.lines(room), self.style.fontSize)
        self._room = room
        self.width, self.height = availWidth, self._leading() * len(self.blPara.lines)
        return self.width, self.height

    def longest_word(self, *, whole_status: bool = False) -> float:
        """Measure the widest piece of the text that should not be broken, the indent included; of a status perhaps all its words."""
        if whole_status and self.status is not None:
            return float(self.style.leftIndent) + max(self.lengths())
        if self.shaped is not None:
            return float(self.style.leftIndent) + self.shaped.longest_piece()
        words = ((word, frag) for frag in self.frags for word in self._breaks.split(frag.text) if word)
        return float(self.style.leftIndent) + max(
            (shaped_text.text_width(word, one.fontName, one.fontSize) for word, one in words), default=0.0
        )

    def lengths(self) -> list[float]:
        """Measure each part of the text that a line of its own begins with, were it set in one line."""
        if self.shaped is not None:
            return [line.width for line in self.shaped.lines(_UNLIMITED)]
        parts = [0.0]
        for frag in self.frags:
            parts[-1] += shaped_text.text_width(frag.text, frag.fontName, frag.fontSize)
            if getattr(frag, "lineBreak", False):
                parts.append(0.0)
        return parts

    def _leading(self) -> float:
        return max(float(self.style.leading), self.shaped.leading if self.shaped is not None else 0.0)

    def getActualLineWidths0(self) -> list[float]:
        """Give the width of each line."""
        if self.shaped is None:
            return list(super().getActualLineWidths0())
        return [self.style.leftIndent + line.width for line in self.blPara.lines]

    def draw(self) -> None:
        """Draw the lines."""
        if self.shaped is None:
            super().draw()
            return
        lines, style = self.blPara.lines, self.style
        self.canv.setFillColor(style.textColor)
        for number, line in enumerate(lines):
            free = self._room - line.width
            is_right = style.alignment == TA_RIGHT or (line.leftwards and (len(lines) > 1 or self._is_part))
            x = style.leftIndent + (free if is_right else free / 2 if style.alignment == TA_CENTER else 0.0)
            self.shaped.draw(self.canv, line, x=x, y=self.baseline() - number * self._leading())

    def baseline(self) -> float:
        """Give the height of the first line's baseline above the paragraph's foot."""
        if self.shaped is not None:
            above = (self._leading() - self.style.leading) * 0.6
            return float(self.height - self.style.fontSize - above)
        lines: Any = self.blPara if self.blPara.kind == 0 else self.blPara.lines[0]
        return float(self.height - getattr(lines, "ascent", lines.fontSize))

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:
        """Draw the label and the words, each within its element."""
        if self.label is not None:
            text, element = self.label
            with canvas.tagged(element):
                canvas.setFont(self.style.fontName, self.style.fontSize)
                canvas.setFillColor(self.style.textColor)
                canvas.drawString(x, y + self.baseline(), text)
        with canvas.tagged(self.element):
            if self.status is not None:
                self._draw_mark(canvas, self.status, x, y)
            super().drawOn(canvas, x, y, _sW)

    def _draw_mark(self, canvas: Any, status: Status, x: float, y: float) -> None:
        size = self.style.fontSize * 0.78
        middle = y + self.baseline() + self.style.fontSize * 0.34
        left = x + self.style.leftIndent - size * 1.5
        print_painter.paint_path(canvas, status_mark(status, x=size / 2, y=0, size=size), left=left, top=middle)

    def split(self, availWidth: float, availHeight: float) -> list[Any]:
        """Split between two lines into parts of one and the same element, no line of several alone; label and mark stay with the first.

        reportlab would break the words of each part into lines anew, and lose the hyphens at which words were broken. Of a cell it gives
        the width of the column, the room between columns included: the words would fill that too, and take fewer lines than were measured.
        """
        self.wrap(availWidth if self._wrapped is None else self._wrapped, availHeight)
        lines = list(self.blPara.lines)
        fitting = int((availHeight + 1e-8) // self._leading())
        if fitting >= len(lines):
            return [self]
        if len(lines) - fitting == 1:
            fitting -= 1
        if fitting < 2:
            return []
        parts = [copy(self), copy(self)]
        for part, of_part in zip(parts, (lines[:fitting], lines[fitting:]), strict=True):
            part.__dict__.pop("_postponed", None)  # reportlab's note that the whole has been carried to a new page before
            part.blPara = copy(self.blPara)
            part.blPara.lines = of_part
            part.height = self._leading() * len(of_part)
            part._is_part = True  # noqa: SLF001
        parts[1].label = parts[1].status = None
        return parts


@dataclass
class ShapedLines:
    """The lines of a shaped paragraph where reportlab's own have theirs."""

    lines: list[Line]
    fontSize: float  # noqa: N815
    kind: int = 0


class HeadingParagraph(TaggedParagraph):
    """A heading: an entry of the outline, and a place that links can lead to."""

    def __init__(
        self, markup: str, style: ParagraphStyle, element: Element, *, level: int, title: str, anchor: str | None, listed: bool = True
    ) -> None:
        super().__init__(markup, style, element)
        self.level, self.title, self.anchor = level, title, anchor
        self.listed = listed  #: a table of contents may list it

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:
        """Draw the heading and note where it stands."""
        place = canvas.place(x, y + self.height + 6)
        canvas.bookmarks.append(Bookmark(self.level, self.title, place))
        if self.listed:
            canvas.note(Part(self.level, self.title, place))
        if self.anchor is not None:
            canvas.anchors[self.anchor] = place
        super().drawOn(canvas, x, y, _sW)

    def split(self, availWidth: float, availHeight: float) -> list[Any]:
        """Never split: a heading of two lines stays on one page."""
        return []


class RowsTitleParagraph(TaggedParagraph):
    """The title of some rows of a table, which contents list below the heading of the table."""

    def __init__(self, markup: str, style: ParagraphStyle, element: Element, *, title: str) -> None:
        super().__init__(markup, style, element)
        self.title = title

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:
        """Draw the title and note where it begins; the rest of one over two pages is no new part."""
        if self.element is not None and not self.element.children:
            canvas.note(Part(2, self.title, canvas.place(x, y + self.height + 6), heads_rows=True))
        super().drawOn(canvas, x, y, _sW)


class LinkParagraph(TaggedParagraph):
    """A paragraph that is a link as a whole."""

    def __init__(self, markup: str, style: ParagraphStyle, element: Element, *, target: str, description: str) -> None:
        super().__init__(markup, style, element)
        self.link, self.target, self.description = element, target, description

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:
        """Draw the words and make the place they take clickable."""
        super().drawOn(canvas, x, y, _sW)
        widths = self.getActualLineWidths0()
        rectangle = (x, y, x + min(max(widths), self.width), y + self.height)
        canvas.annotate("link", self.link, rectangle=rectangle, target=self.target, description=self.description)

    def split(self, availWidth: float, availHeight: float) -> list[Any]:
        """Never split: the clickable place is one rectangle."""
        return []


class Figure(Flowable):  # type: ignore[misc]
    """A chart as one figure, its sentence the alternative text."""

    def __init__(self, drawing: Drawing, element: Element, *, printable: Callable[[str], str]) -> None:
        super().__init__()
        self.drawing, self.element, self.printable = drawing, element, printable
        self.width, self.height = drawing.width, drawing.height
        self.spaceBefore, self.spaceAfter = 4, 8

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """Take the drawing's own size."""
        return self.width, self.height

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:
        """Paint the drawing and note the box it takes on the page."""
        left, bottom = canvas.absolutePosition(x, y)
        box = (left, bottom, left + self.width, bottom + self.height)
        self.element.attributes["Layout"] = {"Placement": "Block", "BBox": box}
        with canvas.tagged(self.element):
            print_painter.paint(canvas, self.drawing, x=x, y=y, printable=self.printable)


class BlankSpace(Flowable):  # type: ignore[misc]
    """Room to write in by hand; over two pages it is as high altogether."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self.height = height

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """Take the whole width."""
        self.width = availWidth
        return self.width, self.height

    def split(self, availWidth: float, availHeight: float) -> list[Any]:
        """Give the room on this page and the rest of it."""
        left = self.height - availHeight
        return [self] if left <= 0 else [BlankSpace(availHeight), BlankSpace(left)] if availHeight > 0 else []

    def draw(self) -> None:
        """Draw nothing: the table draws the lines around its cell."""


class DigestLines(Flowable):  # type: ignore[misc]
    """A digest in groups of equal places, as many on a line as there is room for: 4, 2 or 1."""

    GROUP = 16
    BETWEEN = 5.0

    def __init__(self, digest: str, style: ParagraphStyle, element: Element) -> None:
        super().__init__()
        self.groups = [digest[at : at + self.GROUP] for at in range(0, len(digest), self.GROUP)]
        self.style, self.element = style, element
        # the widest a group can be, so that digests below each other line up too
        self.group_width = self.widest(style)

    @classmethod
    def widest(cls, style: ParagraphStyle = DIGEST) -> float:
        """Measure the room that a group gets: a little less than all letters at their widest, which none ever is."""
        return cls.GROUP * text_width("b", style) * 0.965

    @classmethod
    def full_width(cls) -> float:
        """Measure a whole SHA-256 digest on one line, with the room to its right in a table."""
        return 4 * cls.widest() + 3 * cls.BETWEEN + 8

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """Take as few lines as fit."""
        room = int((availWidth + self.BETWEEN) // (self.group_width + self.BETWEEN))
        self.across = max(1, min(len(self.groups), room if room in (1, 2) else 4 if room >= 4 else 2))
        self.width, self.height = availWidth, self.style.leading * -(-len(self.groups) // self.across)
        return self.width, self.height

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:
        """Draw the groups, the first line at the height of a paragraph's."""
        with canvas.tagged(self.element):
            canvas.setFont(self.style.fontName, self.style.fontSize)
            canvas.setFillColor(self.style.textColor)
            for number, group in enumerate(self.groups):
                line, place = divmod(number, self.across)
                last = number == len(self.groups) - 1
                baseline = y + self.height - line * self.style.leading - self.style.fontSize * 1.07
                canvas.drawString(x + place * (self.group_width + self.BETWEEN), baseline, group if last else group + " ")


class SignatureRow(Flowable):  # type: ignore[misc]
    """Lines to sign on, side by side."""

    ACROSS = 3
    GUTTER = 16.0

    def __init__(self, boxes: list[SignatureBox]) -> None:
        super().__init__()
        self.boxes = boxes
        self.spaceBefore, self.spaceAfter = 6, 12

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """Take the height of the highest, and give all of them the same room for their words."""
        self.each = (availWidth - (self.ACROSS - 1) * self.GUTTER) / self.ACROSS
        heights = [box.wrap(self.each, availHeight)[1] for box in self.boxes]
        self.width, self.height = availWidth, max(heights)
        for box in self.boxes:
            box.height = self.height
        return self.width, self.height

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:
        """Draw the boxes from left to right, their lines at one height."""
        for number, box in enumerate(self.boxes):
            box.drawOn(canvas, x + number * (self.each + self.GUTTER), y)


class SignatureBox(Flowable):  # type: ignore[misc]
    """A line to sign on, with the role and the name of who is to sign above it."""

    BOX_HEIGHT = 46.0

    def __init__(self, *, field: str, words: TaggedParagraph, name: TaggedParagraph, element: Element, description: str) -> None:
        super().__init__()
        self.field, self.words, self.name, self.element, self.description = field, words, name, element, description

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """Take the height of role, name and the place to sign."""
        needed = self.words.wrap(availWidth, availHeight)[1] + self.name.wrap(availWidth, availHeight)[1]
        self.width, self.height = availWidth, needed + self.BOX_HEIGHT
        return self.width, self.height

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:
        """Draw role, name and line, and note the field above the line."""
        top = y + self.height
        self.words.drawOn(canvas, x, top - self.words.height)
        self.name.drawOn(canvas, x, top - self.words.height - self.name.height)
        left, right = x, x + self.width
        canvas.saveState()
        canvas.setStrokeColor(colour("muted"))
        canvas.setLineWidth(HAIRLINE)
        canvas.line(left, y, right, y)
        canvas.restoreState()
        rectangle = (left, y + 1, right, y + self.BOX_HEIGHT - 1)
        canvas.annotate("signature", self.element, rectangle=rectangle, target=self.field, description=self.description)


def text_width(text: str, style: ParagraphStyle = BODY) -> float:
    """Measure one line of text in a style, in points."""
    return shaped_text.text_width(text, style.fontName, style.fontSize)


def label_width(texts: list[str]) -> float:
    """Measure the widest of some labels."""
    return max((text_width(text, LABEL) for text in texts), default=0.0)
