"""The page itself: its frame, what stands at its head and foot, and the document that is laid out on such pages."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from desktop.charts.print_painter import REGULAR
from desktop.reports.shaped_text import shortened, text_width
from desktop.reports.styles import FRAME_HEIGHT, HAIRLINE, MARGIN_BOTTOM, MARGIN_SIDE, PAGE_HEIGHT, PAGE_WIDTH, TEXT_WIDTH, colour
from desktop.reports.tagging import Annotation, Bookmark, Element, Part, Place, TaggedCanvas

_FURNITURE_SIZE = 7.5
_HEAD_LINE = PAGE_HEIGHT - 17 * 72 / 25.4
_BETWEEN = 24.0  #: at least so far apart are the words to the left and to the right
_FOOT_LINE = 13 * 72 / 25.4


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands on every page; ``foot`` words the page number, given the page and the number of pages."""

    left: str
    right: str
    foot: Callable[[int, int], str]
    foot_left: str = ""


@dataclass(frozen=True)
class LaidOut:
    """A finished layout: plain PDF bytes and all that the archive form adds to them."""

    pdf: bytes
    document: Element
    marks: tuple[tuple[Element, ...], ...]
    annotations: tuple[Annotation, ...]
    anchors: dict[str, Place]
    bookmarks: tuple[Bookmark, ...]
    parts: tuple[Part, ...]
    pages: int
    language: str
    title: str
    subject: str
    author: str


class _NumberedCanvas(TaggedCanvas):
    """Leaves a place at each page's foot and fills it when the number of pages is known, so that one pass is enough."""

    furniture: Furniture
    _code: list[str]

    def draw_furniture(self) -> None:
        """Draw head and foot of the page being drawn."""
        right = PAGE_WIDTH - MARGIN_SIDE
        with self.page_furniture("Header"):
            self.saveState()
            self.setFont(REGULAR, _FURNITURE_SIZE)
            self.setFillColor(colour("muted"))
            room = TEXT_WIDTH - text_width(self.furniture.right, REGULAR, _FURNITURE_SIZE) - _BETWEEN
            self.drawString(MARGIN_SIDE, _HEAD_LINE + 5, shortened(self.furniture.left, REGULAR, _FURNITURE_SIZE, room))
            self.drawRightString(right, _HEAD_LINE + 5, self.furniture.right)
            self.setStrokeColor(colour("border"))
            self.setLineWidth(HAIRLINE)
            self.line(MARGIN_SIDE, _HEAD_LINE, right, _HEAD_LINE)
            self.restoreState()
        with self.page_furniture("Footer"):
            self.doForm(_foot_name(self._pageNumber))

    def save(self) -> None:
        """Fill in the page numbers and write the document."""
        pages = len(self.marks) if self._code != ["/Artifact BMC"] else len(self.marks) - 1
        waiting = self._code
        for page in range(1, pages + 1):
            self._code = []
            self.beginForm(_foot_name(page))
            self.setFont(REGULAR, _FURNITURE_SIZE)
            self.setFillColor(colour("muted"))
            number = self.furniture.foot(page, pages)
            room = TEXT_WIDTH - text_width(number, REGULAR, _FURNITURE_SIZE) - _BETWEEN
            self.drawString(MARGIN_SIDE, _FOOT_LINE, shortened(self.furniture.foot_left, REGULAR, _FURNITURE_SIZE, room))
            self.drawRightString(PAGE_WIDTH - MARGIN_SIDE, _FOOT_LINE, number)
            self.endForm()
        self._code = waiting
        super().save()


def _foot_name(page: int) -> str:
    return f"foot{page}"


def lay_out(
    story: list[Flowable], *, document: Element, furniture: Furniture, language: str, title: str, subject: str, author: str
) -> LaidOut:
    """Set a story on A4 pages; the same story gives the same bytes."""
    out = io.BytesIO()
    template = BaseDocTemplate(
        out,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        title=title,
        author=author,
        subject=subject,
        invariant=1,
        pageCompression=0,  # the archive form compresses what it writes
    )
    frame = Frame(MARGIN_SIDE, MARGIN_BOTTOM, TEXT_WIDTH, FRAME_HEIGHT, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    template.addPageTemplates(PageTemplate(frames=[frame], onPage=lambda canvas, _: canvas.draw_furniture()))
    made: list[_NumberedCanvas] = []

    def canvas(*arguments: Any, **options: Any) -> _NumberedCanvas:
        one = _NumberedCanvas(*arguments, **options)
        one.furniture = furniture
        made.append(one)
        return one

    template.build(story, canvasmaker=canvas)
    (drawn,) = made
    return LaidOut(
        pdf=out.getvalue(),
        document=document,
        marks=tuple(tuple(page) for page in drawn.marks),
        annotations=tuple(drawn.annotations),
        anchors=drawn.anchors,
        bookmarks=tuple(drawn.bookmarks),
        parts=tuple(drawn.parts),
        pages=len(drawn.marks),
        language=language,
        title=title,
        subject=subject,
        author=author,
    )
