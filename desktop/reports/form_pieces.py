# ruff: noqa: N803, ARG002 - reportlab calls these methods, with these names and arguments
"""The pieces of a form to fill in by hand: boxes to tick, lines to write on, tables with empty cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Table

from desktop.reports.flowables import TaggedParagraph, text_width
from desktop.reports.styles import BODY, CELL_HEADER, CELL_ROW_HEADER, LABEL, STATEMENT, colour, derived
from desktop.reports.tagging import Element
from desktop.reports.texts import Inline, markup

BOX = 8.5
LINE = 18.5
_INK = 0.7
_AFTER_BOX = 5.0
#: Room for a level's number between its box and its words.
_KEY = 13.0
CHOICE = derived(BODY, spaceAfter=2.2)
INLINE = derived(LABEL, textColor=colour("text"))
#: An empty cell is high enough to write in by hand.
_CELL = 22.0


class BoxParagraph(TaggedParagraph):
    """A choice: a box to tick, perhaps a number, then the words. Read aloud it is an item of a list; the box is decoration."""

    box = True

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:
        """Draw the box beside the first line, then the rest."""
        if self.box:
            _draw_box(canvas, x, y + self.baseline() - 1.2)
        label, self.label = self.label, None
        if label is not None:
            text, element = label
            with canvas.tagged(element):
                canvas.setFont(self.style.fontName, self.style.fontSize)
                canvas.setFillColor(self.style.textColor)
                canvas.drawString(x + BOX + _AFTER_BOX, y + self.baseline(), text)
        super().drawOn(canvas, x, y, _sW)
        self.label = label

    def split(self, availWidth: float, availHeight: float) -> list[Any]:
        """Split into parts of which only the first has the box."""
        parts = super().split(availWidth, availHeight)
        for part in parts[1:]:
            part.box = False
        return parts


def _draw_box(canvas: Any, x: float, y: float) -> None:
    canvas.saveState()
    canvas.setStrokeColor(colour("text"))
    canvas.setLineWidth(_INK)
    canvas.rect(x, y, BOX, BOX, stroke=1, fill=0)
    canvas.restoreState()


def choice_list(items: Sequence[tuple[str, str]], *, parent: Element, printable: Callable[[str], str], indent: float) -> list[Flowable]:
    """Make a list of boxes to tick: (number or nothing, words) each."""
    element = parent.add("L", attributes={"List": {"ListNumbering": "None"}})
    made: list[Flowable] = []
    with_keys = any(key for key, _ in items)
    style = derived(CHOICE, leftIndent=BOX + _AFTER_BOX + (_KEY if with_keys else 0), rightIndent=indent)
    for key, words in items:
        entry = element.add("LI")
        label = (key, entry.add("Lbl")) if key else None
        paragraph = BoxParagraph(markup(words, printable), style, entry.add("LBody"))
        paragraph.label = label
        made.append(paragraph)
    return made


class GroupedLine(Flowable):  # type: ignore[misc]
    """A line of letters in groups, each group as wide as the widest can be, so that lines below each other are read by column."""

    BETWEEN = 14.0

    def __init__(self, groups: Sequence[str], element: Element) -> None:
        super().__init__()
        self.groups, self.element = groups, element

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """Take one line."""
        self.width, self.height = availWidth, STATEMENT.leading
        return self.width, self.height

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:
        """Draw the groups from left to right."""
        wide = max(len(group) for group in self.groups) * max(text_width(letter, STATEMENT) for letter in "0ABCDEF") + self.BETWEEN
        with canvas.tagged(self.element):
            canvas.setFont(STATEMENT.fontName, STATEMENT.fontSize)
            canvas.setFillColor(STATEMENT.textColor)
            for place, group in enumerate(self.groups):
                is_last = place == len(self.groups) - 1
                canvas.drawString(x + place * wide, y + STATEMENT.leading - STATEMENT.fontSize, group if is_last else group + " ")


class BoxRow(Flowable):  # type: ignore[misc]
    """Short choices side by side, a box before each, after a word that says what they are about; on several lines if need be."""

    GAP = 13.0

    def __init__(self, title: str, items: Sequence[str], *, parent: Element, printable: Callable[[str], str]) -> None:
        super().__init__()
        element = parent.add("L", attributes={"List": {"ListNumbering": "None"}})
        self._title_width = text_width(printable(title), LABEL) + 3
        self._title = TaggedParagraph(markup(title, printable), LABEL, element.add("Caption")) if title else None
        self._items = []
        for words in items:
            body = element.add("LI").add("LBody")
            self._items.append((printable(words), body))
        self.spaceBefore, self.spaceAfter = 4.0, 2.0

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """Place the choices from left to right; one that is wider than the page takes a line, and lines, of its own."""
        self.width = availWidth
        self._places: list[tuple[float, int, TaggedParagraph, float]] = []
        x, line = 0.0, 0
        if self._title is not None:
            self._title.wrap(self._title_width, availHeight)
            x = self._title_width + self.GAP
        self._lines: list[float] = [INLINE.leading + 3]
        for words, element in self._items:
            wide = BOX + _AFTER_BOX + text_width(words, INLINE) + 2
            if x and x + wide > availWidth:
                x, line = 0.0, line + 1
                self._lines.append(INLINE.leading + 3)
            paragraph = TaggedParagraph(markup(words, str), INLINE, element)
            room = min(wide, availWidth) - BOX - _AFTER_BOX
            height = paragraph.wrap(room, availHeight)[1]
            self._lines[line] = max(self._lines[line], height + 3)
            self._places.append((x, line, paragraph, height))
            x += wide + self.GAP
        self.height = sum(self._lines)
        return self.width, self.height

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:
        """Draw the title and the choices."""
        top = y + self.height
        if self._title is not None:
            self._title.drawOn(canvas, x, top - self._title.height)
        for left, line, paragraph, height in self._places:
            head = top - sum(self._lines[:line])
            _draw_box(canvas, x + left, head - INLINE.fontSize - 1.6)
            paragraph.drawOn(canvas, x + left + BOX + _AFTER_BOX, head - height)


class WritingLines(Flowable):  # type: ignore[misc]
    """Lines to write on, after a word that says what for; nothing but decoration where nothing is said."""

    def __init__(self, title: str, lines: int, *, parent: Element, printable: Callable[[str], str]) -> None:
        super().__init__()
        self._title_width = text_width(printable(title), LABEL) + 3
        self._title = TaggedParagraph(markup(title, printable), LABEL, parent.add("P")) if title else None
        self._count = lines
        self.spaceBefore, self.spaceAfter = 1.0, 3.0

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """Take the lines' height; a title that leaves little of the first line to write on stands above it."""
        self.width = availWidth
        self._begin, above = 0.0, 0.0
        if self._title is not None:
            wide = self._title_width
            is_beside = wide < availWidth * 0.6
            self._title.wrap(wide if is_beside else availWidth, availHeight)
            self._begin, above = (wide + 4, 0.0) if is_beside else (0.0, self._title.height)
        self._above = above
        self.height = above + LINE * self._count
        return self.width, self.height

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:
        """Draw the title and rule the lines."""
        top = y + self.height
        if self._title is not None:
            self._title.drawOn(canvas, x, top - self._title.height if self._above else top - LINE + 1)
        canvas.saveState()
        canvas.setStrokeColor(colour("muted"))
        canvas.setLineWidth(0.5)
        for line in range(self._count):
            left = x + (self._begin if line == 0 else 0)
            height = top - self._above - LINE * (line + 1) + 1
            canvas.line(left, height, x + self.width, height)
        canvas.restoreState()


def empty_table(
    *,
    headings: Sequence[str],
    rows: Sequence[str],
    widths: Sequence[float],
    width: float,
    parent: Element,
    printable: Callable[[str], str],
    foot: Sequence[str] = (),
) -> Table:
    """Make a table to fill in: a heading for each column (none if all are empty), each row named in its first cell or empty (``""``).

    ``foot`` is a last row of given texts, one for each column. The table may run over pages, its headings repeated.
    """
    table = parent.add("Table")
    content: list[list[Any]] = []
    if any(headings):
        head = table.add("TR")
        content.append([_headed(words, head, CELL_HEADER, printable, "Column", once=True) for words in headings])
    above = len(content)
    for name in rows:
        row = table.add("TR")
        first = _headed(name, row, CELL_ROW_HEADER, printable, "Row") if name else _empty(row)
        content.append([first, *(_empty(row) for _ in headings[1:])])
    if foot:
        row = table.add("TR")
        content.append([_headed(words, row, CELL_ROW_HEADER, printable, "Row") if words else _empty(row) for words in foot])
    total = sum(widths)
    heights = [*[None] * above, *([_CELL] * len(rows) if not any(rows) else [None] * len(rows)), *([_CELL] if foot else [])]
    return Table(
        content,
        colWidths=[width * one / total for one in widths],
        rowHeights=heights,
        repeatRows=above,
        hAlign="LEFT",
        spaceBefore=3,
        spaceAfter=5,
        style=[
            ("GRID", (0, 0), (-1, -1), 0.5, colour("muted")),
            *([("BACKGROUND", (0, 0), (-1, 0), colour("ground"))] if above else []),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 4),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 9 if any(rows) else 3),
            *([("BOTTOMPADDING", (0, 0), (-1, 0), 4)] if above else []),
        ],
    )


def _headed(
    words: Inline, row: Element, style: ParagraphStyle, printable: Callable[[str], str], scope: str, *, once: bool = False
) -> TaggedParagraph:
    head = row.add("TH", attributes={"Table": {"Scope": scope}})
    return TaggedParagraph(markup(words, printable), style, head.add("P", once=once))


def _empty(row: Element) -> str:
    row.add("TD")
    return ""
