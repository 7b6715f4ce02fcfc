"""Sizes, leadings and distances of the page, in one place; points unless a name says otherwise."""

from __future__ import annotations

from typing import Any

from reportlab.lib.colors import Color
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from desktop.charts.print_colours import red_green_blue
from desktop.charts.print_painter import BOLD, REGULAR
from desktop.charts.shapes import Role

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN_SIDE = 18 * mm
MARGIN_TOP = 22 * mm
MARGIN_BOTTOM = 18 * mm
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN_SIDE
FRAME_HEIGHT = PAGE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM
#: The longest line of running text, about 85 letters; tables and charts use the whole width.
MEASURE = 146 * mm
HAIRLINE = 0.5


def colour(role: Role, *, tint: float = 1.0) -> Color:
    """Give a role's colour for reportlab."""
    return Color(*red_green_blue(role, tint=tint))


def _style(name: str, *, size: float, leading: float, **options: Any) -> ParagraphStyle:
    settings: dict[str, Any] = {
        "fontName": REGULAR,
        "textColor": colour("text"),
        "alignment": TA_LEFT,
        "allowWidows": 0,
        "allowOrphans": 0,
        "splitLongWords": 1,
        "embeddedHyphenation": 1,
    }
    return ParagraphStyle(name, fontSize=size, leading=leading, **(settings | options))


BODY = _style("body", size=9.5, leading=13.5, spaceAfter=5)
#: Running text where the page has room for it.
READING = _style("reading", size=10.5, leading=15, spaceAfter=6)
LEAD = _style("lead", size=11, leading=15.5, spaceAfter=6)
SMALL = _style("small", size=8, leading=11, spaceAfter=3, textColor=colour("muted"))
LABEL = _style("label", size=8, leading=11, textColor=colour("muted"))
#: The one sentence that a page is about.
STATEMENT = _style("statement", size=21, leading=26, fontName=BOLD, spaceAfter=4)
#: Running text where a page must not run over.
COMPACT = _style("compact", size=8.3, leading=11.2, spaceAfter=3)
STYLES = {"body": BODY, "reading": READING, "compact": COMPACT, "lead": LEAD, "small": SMALL, "statement": STATEMENT}

TITLE = _style("title", size=19, leading=24, fontName=BOLD, spaceAfter=2)
SUBTITLE = _style("subtitle", size=10, leading=14, textColor=colour("muted"), spaceAfter=10)
HEADINGS = {
    1: _style("heading 1", size=15, leading=19, fontName=BOLD, spaceBefore=18, spaceAfter=6),
    2: _style("heading 2", size=11.5, leading=15, fontName=BOLD, spaceBefore=13, spaceAfter=4),
    3: _style("heading 3", size=9.5, leading=13, fontName=BOLD, spaceBefore=9, spaceAfter=2),
}
HEADING_TIGHT = _style("tight heading", size=10, leading=12.5, fontName=BOLD, spaceBefore=7, spaceAfter=2)
LIST_INDENT = 13.0
ITEM = _style("item", size=9.5, leading=13.5, spaceAfter=2.5, leftIndent=LIST_INDENT)
CELL = _style("cell", size=8, leading=11)
CELL_NUMBER = _style("number", size=8, leading=11, alignment=TA_RIGHT)
CELL_HEADER = _style("column header", size=7.5, leading=10, fontName=BOLD, textColor=colour("muted"))
CELL_HEADER_NUMBER = _style("number header", size=7.5, leading=10, fontName=BOLD, textColor=colour("muted"), alignment=TA_RIGHT)
#: For long records at the end of a report.
CELL_DENSE = _style("dense cell", size=7.5, leading=9.3)
CELL_DENSE_NUMBER = _style("dense number", size=7.5, leading=9.3, alignment=TA_RIGHT)
#: For the few rows of page one.
CELL_LARGE = _style("large cell", size=9.5, leading=13.5)
CELL_LARGE_NUMBER = _style("large number", size=9.5, leading=13.5, alignment=TA_RIGHT)
CELL_ROW_HEADER = _style("row header", size=8, leading=11)
VALUE = _style("value", size=9.5, leading=13)
VALUE_SMALL = _style("small value", size=8.3, leading=11.2)
DIGEST_LABEL = _style("digest label", size=7.5, leading=9.3, textColor=colour("muted"))
DIGEST = _style("digest", size=7.5, leading=9.3)
#: A line of the contents, for a lesser heading and for one of the first level.
CONTENTS = _style("contents", size=9, leading=12.5, leftIndent=12)
CONTENTS_PART = _style("contents of the first level", size=9.5, leading=13, fontName=BOLD, spaceBefore=5)
CALLOUT_TITLE = _style("callout title", size=10.5, leading=14, fontName=BOLD, spaceAfter=3)


def derived(base: ParagraphStyle, **changes: Any) -> ParagraphStyle:
    """Give a style like another but for some settings."""
    return ParagraphStyle(base.name, parent=base, **changes)
