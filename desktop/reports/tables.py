# ruff: noqa: N803 - the names reportlab calls with
"""Tables: a header that scrolls along, rows that stay whole, numbers that line up, no vertical lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Table

from desktop.reports.column_widths import column_widths
from desktop.reports.flowables import BlankSpace, DigestLines, LinkParagraph, RowsTitleParagraph, TaggedParagraph
from desktop.reports.keeping import opening_rows
from desktop.reports.styles import (
    CELL,
    CELL_DENSE,
    CELL_DENSE_NUMBER,
    CELL_HEADER,
    CELL_HEADER_NUMBER,
    CELL_LARGE,
    CELL_LARGE_NUMBER,
    CELL_NUMBER,
    CELL_ROW_HEADER,
    DIGEST,
    FRAME_HEIGHT,
    HAIRLINE,
    LABEL,
    VALUE,
    colour,
    derived,
)
from desktop.reports.tagging import Element
from desktop.reports.texts import Blank, Bold, Cell, Digest, Link, Paragraphs, RowsTitle, StatusWord, markup

Printable = Callable[[str], str]
Size = Literal["normal", "dense", "large"]

_CELLS = {"normal": CELL, "dense": CELL_DENSE, "large": CELL_LARGE}
_NUMBERS = {"normal": CELL_NUMBER, "dense": CELL_DENSE_NUMBER, "large": CELL_LARGE_NUMBER}
#: above and below what stands in a cell
_PADDING = {"normal": (3.5, 4.0), "dense": (1.2, 1.8), "large": (3.0, 4.0)}

#: least height of either part of a row that is split: five lines
SPLIT_IN_ROW = 64
_MARK_INDENT = 11.0
#: between the paragraphs of a cell
_BETWEEN_PARAGRAPHS = 2.5


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``width`` is a share of the table's width relative to the other columns."""

    title: str
    width: float = 1.0
    align: Literal["left", "right"] = "left"


class RowsTogether(Table):  # type: ignore[misc]
    """A table that leaves no single row behind at the foot of a page, nor carries fewer than ``TAIL`` rows to the next.

    reportlab's own rule for this (NOSPLIT) splits for ever when the rows it binds are higher than a page. It would also begin the rest
    of a table on the page that it was cut on, header and all, if only the first lines of its first row fit there.
    """

    TAIL = 3
    #: a hole higher than this at the foot of a page is filled with the first lines of the row that does not fit
    HOLE = FRAME_HEIGHT / 4
    #: set on the rest of a table that was cut: it must not fill up the page it was cut on
    on_new_page = False
    #: rows, the header counted, that head the next and stay with it
    binding: frozenset[int] = frozenset()

    def split(self, availWidth: float, availHeight: float) -> list[Any]:
        """Split between rows, and within one only where the page would else be left with a hole."""
        if self.on_new_page and availHeight < FRAME_HEIGHT * 0.85:
            return []
        if sum(self._rowHeights[: self.repeatRows + 1]) > availHeight and availHeight < self.HOLE:
            return []
        parts = self._cut(availWidth, availHeight)
        if len(parts) == 2:
            parts[-1].on_new_page = True
        return parts

    def _cut(self, availWidth: float, availHeight: float) -> list[Any]:
        parts: list[Any] = super().split(availWidth, availHeight)
        heights = list(self._rowHeights)
        room = FRAME_HEIGHT - sum(heights[: self.repeatRows])
        if not parts and len(heights) > self.repeatRows and heights[self.repeatRows] > room:
            # Too high by less than what a part must have: reportlab gives up unless it is cut earlier.
            parts = super().split(availWidth, availHeight - SPLIT_IN_ROW)
        if len(parts) < 2:
            return parts
        above = len(parts[0]._rowHeights) - self.repeatRows  # noqa: SLF001
        below = len(parts[1]._rowHeights) - self.repeatRows  # noqa: SLF001
        whole = heights[self.repeatRows] <= room
        if above < opening_rows(heights[self.repeatRows :]) and whole and availHeight < FRAME_HEIGHT / 2:
            return []
        if above + below == len(heights) - self.repeatRows and availHeight - sum(heights[: self.repeatRows + above]) > self.HOLE:
            return self._within_row(availHeight) or parts
        for tail in (self.TAIL, self.TAIL - 1):
            missing = tail - below
            if missing > 0 and above - missing >= 2 and sum(heights[-tail:]) < FRAME_HEIGHT / 2:
                result: list[Any] = super().split(availWidth, sum(heights[: self.repeatRows + above - missing]) + 0.1)
                return result
        return parts

    def _within_row(self, availHeight: float) -> list[Any]:
        """Cut a row so that what is left of the last is no stump: reportlab measures what is left by the whole table."""
        parts: list[Any] = self._splitRows(availHeight, doInRowSplit=1)
        if len(parts) == 2 and len(parts[1]._rowHeights) == self.repeatRows + 1:  # noqa: SLF001
            stump = parts[1]._rowHeights[-1]  # noqa: SLF001
            if stump is not None and stump < SPLIT_IN_ROW:
                return self._splitRows(availHeight - SPLIT_IN_ROW + stump, doInRowSplit=1) or parts
        return parts


def cell_paragraph(cell: Cell, *, style: ParagraphStyle, element: Element, printable: Printable) -> Flowable | list[Flowable] | None:
    """Make what stands in a cell, a value or a line of its own; several for several paragraphs, nothing for None."""
    if cell is None:
        return None
    if isinstance(cell, Blank):
        return BlankSpace(cell.height)
    if isinstance(cell, Paragraphs):
        apart = derived(style, spaceBefore=_BETWEEN_PARAGRAPHS)
        return [TaggedParagraph(markup(text, printable), apart, element.add("P")) for text in cell.texts]
    if isinstance(cell, RowsTitle):
        return RowsTitleParagraph(markup(Bold(cell.text), printable), style, element.add("P"), title=printable(cell.text))
    if isinstance(cell, StatusWord):
        return status_paragraph(cell, style=style, element=element.add("P"), printable=printable)
    if isinstance(cell, Link):
        return link_paragraph(cell, style=style, element=element.add("P"), printable=printable)
    if isinstance(cell, Digest):
        return DigestLines(cell.hexadecimal, DIGEST, element.add("P"))
    return TaggedParagraph(markup(cell, printable), style, element.add("P"))


def status_paragraph(status: StatusWord, *, style: ParagraphStyle, element: Element, printable: Printable) -> TaggedParagraph:
    """Make a status: its shape in front of its word, both in its colour."""
    in_colour = derived(style, textColor=colour(status.status), leftIndent=style.leftIndent + _MARK_INDENT, alignment=0)
    paragraph = TaggedParagraph(markup(Bold(status.word), printable), in_colour, element)
    paragraph.status = status.status
    return paragraph


def link_paragraph(link: Link, *, style: ParagraphStyle, element: Element, printable: Printable) -> LinkParagraph:
    """Make a link; ``element`` is the paragraph that holds it."""
    text = markup(link.text, printable)
    in_colour = derived(style, textColor=colour("accent"))
    return LinkParagraph(f"<u>{text}</u>", in_colour, element.add("Link"), target=link.target, description=printable(link.text))


def data_table(
    *,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    row_headers: bool,
    width: float,
    parent: Element,
    summary: str | None,
    printable: Printable,
    size: Size = "normal",
    by_content: bool = False,
) -> Table:
    """Make a table that may run over pages, its header repeated as decoration.

    No page ends or begins with a single row of it, unless rows are long; a row taller than a page is split. ``by_content``: columns are
    the wider the more stands in them.
    """
    table = parent.add("Table", attributes={"Table": {"Summary": summary}} if summary else None)
    content = [_header_row(columns, table.add("TR"), printable)]
    for row in rows:
        if len(row) != len(columns):
            raise ValueError(f"a row of {len(row)} cells in a table of {len(columns)} columns")
        content.append(_body_row(columns, row, table.add("TR"), printable, row_headers=row_headers, size=size))
    shares, between = [column.width for column in columns], 8.0 if size == "dense" else 10.0
    widths, between = column_widths(content, shares, width=width, between=between, by_content=by_content)
    blank = [place for place in range(len(columns)) if any(isinstance(row[place], Blank) for row in rows)]
    headings = [place for place, row in enumerate(rows, start=1) if row[0] is None]
    made = RowsTogether(
        content,
        colWidths=widths,
        repeatRows=1,
        splitByRow=1,
        splitInRow=SPLIT_IN_ROW,
        hAlign="LEFT",
        spaceBefore=4,
        spaceAfter=10,
        style=[
            ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
            ("VALIGN", (0, 1), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-2, -1), between),
            ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), _PADDING[size][0]),
            ("BOTTOMPADDING", (0, 0), (-1, -1), _PADDING[size][1]),
            ("LINEBELOW", (0, 0), (-1, 0), 0.8, colour("text")),
            ("LINEBELOW", (0, 1), (-1, -1), HAIRLINE, colour("border")),
            *[("TOPPADDING", (0, place), (-1, place), 4.5 if place > 1 else 3) for place in headings],
            *[("NOSPLIT", (0, place), (-1, place + 1)) for place in headings if place < len(rows)],
            *[("BOX", (place, row), (place, row), 0.7, colour("muted")) for place in blank for row in range(1, len(content))],
        ],
    )
    made.binding = frozenset(headings)
    return made


def _header_row(columns: Sequence[Column], element: Element, printable: Printable) -> list[TaggedParagraph]:
    cells = []
    for column in columns:
        header = element.add("TH", attributes={"Table": {"Scope": "Column"}})
        style = CELL_HEADER_NUMBER if column.align == "right" else CELL_HEADER
        cells.append(TaggedParagraph(markup(column.title, printable), style, header.add("P", once=True)))
    return cells


def _body_row(
    columns: Sequence[Column], row: Sequence[Cell], element: Element, printable: Printable, *, row_headers: bool, size: Size
) -> list[Any]:
    cells: list[Any] = []
    for number, (column, cell) in enumerate(zip(columns, row, strict=True)):
        heads = row_headers and number == 0
        tagged = element.add("TH", attributes={"Table": {"Scope": "Row"}}) if heads else element.add("TD")
        words = CELL_ROW_HEADER if heads and size == "normal" else _CELLS[size]
        style = _NUMBERS[size] if column.align == "right" else words
        cells.append(cell_paragraph(cell, style=style, element=tagged, printable=printable) or "")
    return cells


def facts_table(
    *, facts: Sequence[tuple[str, Cell]], width: float, shares: Sequence[float], parent: Element, printable: Printable
) -> Table:
    """Make a row of values below their labels, without lines."""
    table = parent.add("Table")
    labels, values = table.add("TR"), table.add("TR")
    content: list[list[Any]] = [[], []]
    for label, value in facts:
        head = labels.add("TH", attributes={"Table": {"Scope": "Column"}})
        content[0].append(TaggedParagraph(markup(label, printable), LABEL, head.add("P")))
        content[1].append(cell_paragraph(value, style=VALUE, element=values.add("TD"), printable=printable) or "")
    widths, between = column_widths(content, shares, width=width, between=12.0, by_content=True)
    return Table(
        content,
        colWidths=widths,
        hAlign="LEFT",
        spaceBefore=3,
        spaceAfter=6,
        style=[
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-2, -1), between),
            ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ],
    )


def key_value_table(
    *,
    rows: Sequence[tuple[str, Cell]],
    width: float,
    key_width: float,
    parent: Element,
    style: ParagraphStyle,
    key_style: ParagraphStyle,
    printable: Printable,
) -> Table:
    """Make a block of labelled values without lines: a table whose first column heads its rows."""
    table = parent.add("Table")
    content: list[list[Any]] = []
    for key, value in rows:
        row = table.add("TR")
        head = row.add("TH", attributes={"Table": {"Scope": "Row"}})
        label = TaggedParagraph(markup(key, printable), key_style, head.add("P"))
        content.append([label, cell_paragraph(value, style=style, element=row.add("TD"), printable=printable) or ""])
    return Table(
        content,
        colWidths=[key_width, width - key_width],
        splitByRow=1,
        splitInRow=SPLIT_IN_ROW,
        hAlign="LEFT",
        spaceBefore=2,
        spaceAfter=8,
        style=[
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 8),
            ("TOPPADDING", (0, 0), (0, -1), 1.5 + style.fontSize - key_style.fontSize),  # both on one baseline
            ("TOPPADDING", (1, 0), (1, -1), 1.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
        ],
    )
