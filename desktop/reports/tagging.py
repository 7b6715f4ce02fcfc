"""A canvas on which everything drawn is either a tagged part of the document or decoration.

reportlab writes no structure. Here every byte of page content stands between ``/Artifact BMC … EMC`` or
``/Tag <</MCID n>> BDC … EMC``; the elements are collected as plain objects, and ``structure_tree`` writes them into the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from reportlab.pdfgen.canvas import Canvas

from desktop.charts.print_painter import BOLD
from desktop.reports.glyphs import Glyph, GlyphFaces
from desktop.reports.scripts import has_script
from desktop.reports.shaped_text import one_line

#: What is written for content that is no part of the document: lines, tints, repeated headings.
_DECORATION = "/Artifact BMC"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of one page's content that belongs to an element; ``page`` counts from 0."""

    page: int
    number: int


@dataclass(eq=False, slots=True)
class Element:
    """A part of the document: a heading, a paragraph, a table cell. Children are in reading order."""

    tag: str
    parent: Element | None = None
    children: list[Element | Mark | Annotation] = field(default_factory=list)
    alternative: str | None = None
    language: str | None = None
    attributes: dict[str, dict[str, str | int | tuple[float, ...]]] = field(default_factory=dict)
    #: drawn again at the top of the next page, it is decoration there
    once: bool = False

    def add(
        self,
        tag: str,
        *,
        alternative: str | None = None,
        language: str | None = None,
        attributes: dict[str, dict[str, str | int | tuple[float, ...]]] | None = None,
        once: bool = False,
    ) -> Element:
        """Append a new part."""
        child = Element(tag, self, alternative=alternative, language=language, attributes=attributes or {}, once=once)
        self.children.append(child)
        return child


@dataclass(eq=False, slots=True)
class Annotation:
    """A place on a page that one can click or sign; ``rectangle`` is left, bottom, right, top in points."""

    kind: Literal["link", "signature"]
    element: Element
    page: int
    rectangle: tuple[float, float, float, float]
    #: a link's "#anchor" or address; a signature field's name
    target: str
    description: str


@dataclass(frozen=True, slots=True)
class Place:
    """A point on a page, counted from the lower left corner."""

    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline; ``level`` counts from 1."""

    level: int
    title: str
    place: Place


@dataclass(frozen=True, slots=True)
class Part:
    """What a table of contents may list: a heading, or with ``heads_rows`` the title of some rows of a table; ``level`` counts from 1."""

    level: int
    title: str
    place: Place
    heads_rows: bool = False


def part_anchor(number: int) -> str:
    """Give the anchor of the part of this number, counted from 0 in the order of the document."""
    return f"part {number}"


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """A reportlab canvas that knows which element it is drawing."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._open: Element | None = None
        self.marks: list[list[Element]] = []  #: per page, the element of each mark number
        self.annotations: list[Annotation] = []
        self.anchors: dict[str, Place] = {}
        self.bookmarks: list[Bookmark] = []
        self.parts: list[Part] = []
        self._faces: GlyphFaces | None = None
        super().__init__(*arguments, **options)
        self._begin_page()

    @property
    def page_index(self) -> int:
        """The page being drawn, counted from 0."""
        return int(self._pageNumber) - 1

    def _begin_page(self) -> None:
        while len(self.marks) < self._pageNumber:
            self.marks.append([])
        self._code.append(_DECORATION)

    def _startPage(self) -> None:
        super()._startPage()
        self._begin_page()

    def showPage(self) -> None:
        """Close the page, whose content must be outside every element by now."""
        if self._open is not None:
            raise RuntimeError(f"page ends inside <{self._open.tag}>")
        self._code.append("EMC")
        super().showPage()

    def save(self) -> None:
        """Write the document; the page that reportlab has begun by itself after the last one is dropped."""
        if self._code == [_DECORATION]:
            self._code.clear()
            self.marks.pop()
        super().save()

    @contextmanager
    def tagged(self, element: Element | None) -> Iterator[None]:
        """Draw the content of an element; within another element, or for None, nothing is marked anew."""
        if element is None or self._open is not None or (element.once and self._drawn_before(element)):
            yield
            return
        marks = self.marks[self.page_index]
        mark = Mark(self.page_index, len(marks))
        marks.append(element)
        element.children.append(mark)
        self._code.append(f"EMC /{element.tag} <</MCID {mark.number}>> BDC")
        self._open = element
        try:
            yield
        finally:
            self._open = None
            self._code.append(f"EMC {_DECORATION}")

    @contextmanager
    def page_furniture(self, kind: Literal["Header", "Footer"]) -> Iterator[None]:
        """Draw what stands on every page: readers skip it because it is marked as pagination."""
        self._code.append(
            f"EMC /Artifact <</Type /Pagination /Attached [/{'Top' if kind == 'Header' else 'Bottom'}] /Subtype /{kind}>> BDC"
        )
        yield
        self._code.append(f"EMC {_DECORATION}")

    @contextmanager
    def span(self, *, says: str | None = None, language: str | None = None) -> Iterator[None]:
        """Draw what is read as ``says``, if its glyphs do not say so by themselves, and in this language if it is another one."""
        entries = [f"/Lang ({language})"] if language is not None else []
        if says is not None:
            entries.append(f"/ActualText <FEFF{says.encode('utf-16-be').hex().upper()}>")
        if entries:
            self._code.append(f"/Span <<{' '.join(entries)}>> BDC")
        yield
        if entries:
            self._code.append("EMC")

    def draw_glyphs(self, glyphs: Sequence[Glyph], *, file: str, size: float, x: float, y: float) -> None:
        """Draw glyphs of a face from a point on."""
        if self._faces is None:
            self._faces = GlyphFaces()
            self._doc.delayedFonts.append(self._faces)
        self._code.append(self._faces.operators(glyphs, file=file, size=size, x=x, y=y))

    def draw_plain(self, x: float, y: float, text: str) -> None:
        """Draw letters of the report's own typeface as they stand."""
        words = self.beginText(x, y)
        words.textOut(text)
        self.drawText(words)

    def underline(self, x: float, y: float, width: float, *, thickness: float) -> None:
        """Draw a line below words, in their colour."""
        self.saveState()
        self.setStrokeColor(self._fillColorObj)
        self.setLineWidth(thickness)
        self.line(x, y, x + width, y)
        self.restoreState()

    def drawString(self, x: float, y: float, text: str, *arguments: Any, **options: Any) -> None:
        """Draw a text from a point on, whatever it is written in."""
        if has_script(text):
            self._draw_shaped(x, y, text, share=0.0)
        else:
            super().drawString(x, y, text, *arguments, **options)

    def drawRightString(self, x: float, y: float, text: str, *arguments: Any, **options: Any) -> None:
        """Draw a text that ends at a point."""
        if has_script(text):
            self._draw_shaped(x, y, text, share=1.0)
        else:
            super().drawRightString(x, y, text, *arguments, **options)

    def drawCentredString(self, x: float, y: float, text: str, *arguments: Any, **options: Any) -> None:
        """Draw a text around a point."""
        if has_script(text):
            self._draw_shaped(x, y, text, share=0.5)
        else:
            super().drawCentredString(x, y, text, *arguments, **options)

    def _draw_shaped(self, x: float, y: float, text: str, *, share: float) -> None:
        font, size = self._fontname, self._fontsize
        shaped = one_line(text, size, bold=font == BOLD)
        (line,) = shaped.lines(float("inf"))
        shaped.draw(self, line, x=x - share * line.width, y=y)
        self.setFont(font, size)

    def _drawn_before(self, element: Element) -> bool:
        return any(isinstance(child, Mark) and child.page != self.page_index for child in element.children)

    def annotate(
        self,
        kind: Literal["link", "signature"],
        element: Element,
        *,
        rectangle: tuple[float, float, float, float],
        target: str,
        description: str,
    ) -> None:
        """Note a link or a signature field at a rectangle given in the current coordinates."""
        left, bottom = self.absolutePosition(rectangle[0], rectangle[1])
        right, top = self.absolutePosition(rectangle[2], rectangle[3])
        annotation = Annotation(kind, element, self.page_index, (left, bottom, right, top), target, description)
        element.children.append(annotation)
        self.annotations.append(annotation)

    def note(self, part: Part) -> None:
        """Note a part that begins here, so that contents can list it and lead to it."""
        self.anchors[part_anchor(len(self.parts))] = part.place
        self.parts.append(part)

    def place(self, x: float, y: float) -> Place:
        """Give a point of the current coordinates as a place in the document."""
        return Place(self.page_index, *self.absolutePosition(x, y))
