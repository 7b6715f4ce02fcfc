"""Legends: what each mark of a chart means, only for the marks that occur."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from desktop.charts.scale import Measurer
from desktop.charts.shapes import Path, Pattern, Role, Text, circle, polygon, rectangle

Sign = Literal["point", "ring", "span", "tick", "limit", "hollow", "swatch"]
_SIZE = 7.5
_LEADING = 12.0
_SIGN_WIDTH = 18.0
_BETWEEN = 16.0


@dataclass(frozen=True)
class Entry:
    """One mark and its meaning; a swatch also has the fill it explains."""

    sign: Sign
    text: str
    fill: Role = "accent"
    opacity: float = 1.0
    pattern: Pattern | None = None


def legend_shapes(entries: Sequence[Entry], *, x: float, y: float, width: float, measure: Measurer) -> tuple[list[Path | Text], float]:
    """Set entries from left to right, in more lines when they need it; ``y`` is the middle of the first line.

    Gives the shapes and the height that they take.
    """
    shapes: list[Path | Text] = []
    left, middle = x, y
    for entry in entries:
        needed = _SIGN_WIDTH + measure(entry.text, size=_SIZE)
        if left > x and left + needed > x + width:
            left, middle = x, middle + _LEADING
        shapes += sign_shapes(entry, x=left, y=middle)
        shapes.append(Text(left + _SIGN_WIDTH, middle + _SIZE * 0.35, entry.text, size=_SIZE, role="muted"))
        left += needed + _BETWEEN
    return shapes, (middle - y + _LEADING + 2) if entries else 0.0


def sign_shapes(entry: Entry, *, x: float, y: float) -> list[Path]:
    """Draw the mark of an entry within 14 points from x."""
    centre = x + 8
    match entry.sign:
        case "point":
            return [circle(x=centre, y=y, radius=3.6, fill="accent")]
        case "ring":
            return [circle(x=centre, y=y, radius=3.1, fill="surface", stroke="accent", width=1.6)]
        case "hollow":
            return [circle(x=centre, y=y, radius=3.3, fill="surface", stroke="muted", width=1.0, dash=(1.8, 1.2))]
        case "tick":
            return [polygon(points=((centre, y - 4.5), (centre, y + 4.5)), closed=False, stroke="muted", width=1.3, dash=(2.2, 1.4))]
        case "limit":
            return [polygon(points=((x + 1, y), (x + 15, y)), closed=False, stroke="muted", width=0.7, dash=(1.5, 2))]
        case "span":
            return [polygon(points=((x + 1, y), (x + 15, y)), closed=False, stroke="accent", width=1.6, dash=(4, 2.4))]
        case "swatch":
            return [
                rectangle(
                    x=x + 1,
                    y=y - 4,
                    width=13,
                    height=8,
                    fill=entry.fill,
                    fill_opacity=entry.opacity,
                    stroke="muted",
                    line=0.5,
                    pattern=entry.pattern,
                )
            ]
