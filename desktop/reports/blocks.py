"""Blocks of pieces beside each other or within a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from reportlab.platypus import Flowable, Table

from desktop.reports import styles
from desktop.reports.tables import SPLIT_IN_ROW

if TYPE_CHECKING:
    from desktop.reports.layout import ReportBuilder

CALLOUT_PADDING = 10.0
GUTTER = 16.0


class TwoColumns:
    """The two sides of a block, of which one is being written."""

    def __init__(self, builder: ReportBuilder, left_width: float, right_width: float) -> None:
        self._builder = builder
        self._widths = (left_width, right_width)
        self.left_pieces: list[Flowable] = []
        self.right_pieces: list[Flowable] = []

    def right(self) -> None:
        """Go on in the right column."""
        self._builder._flow, self._builder._width = self.right_pieces, self._widths[1]  # noqa: SLF001

    def block(self) -> Table:
        """Give the block as one row."""
        rules = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (0, 0), GUTTER),
            ("RIGHTPADDING", (1, 0), (1, 0), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ]
        widths = (self._widths[0] + GUTTER, self._widths[1])
        return Table([[self.left_pieces, self.right_pieces]], colWidths=widths, style=rules, hAlign="LEFT", spaceAfter=6)


def framed(pieces: list[Flowable], *, width: float, role: Literal["stop", "note"]) -> Table:
    """Set pieces below each other in a frame that may run over pages between and within them."""
    ink = styles.colour("high" if role == "stop" else "accent")
    rules: list[tuple[object, ...]] = [
        ("LEFTPADDING", (0, 0), (-1, -1), CALLOUT_PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), CALLOUT_PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ("TOPPADDING", (0, 0), (0, 0), 7),
        ("BOTTOMPADDING", (0, -1), (0, -1), 7),
    ]
    if role == "stop":
        rules += [("BOX", (0, 0), (-1, -1), 1.2, ink), ("BACKGROUND", (0, 0), (-1, -1), styles.colour("high", tint=0.05))]
    else:
        rules += [("LINEBEFORE", (0, 0), (0, -1), 2.4, ink), ("BACKGROUND", (0, 0), (-1, -1), styles.colour("ground"))]
    rows = [[pieces[:2]], *([piece] for piece in pieces[2:])]  # the title stays with the first piece
    return Table(rows, colWidths=[width], style=rules, hAlign="LEFT", spaceBefore=6, spaceAfter=10, splitByRow=1, splitInRow=SPLIT_IN_ROW)
