"""The shapes that a chart is made of, without colour values, window or paper.

Lengths are points; x grows to the right and y grows **downwards** from the top left corner, as on a screen. Colours are
named by role (``low``, ``moderate``, ``significant``, ``high``, ``incomplete``, ``accent``, ``muted``, ``text``, ``border``,
``ground``, ``surface``); each painter knows what a role looks like where it paints.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Role = Literal["low", "moderate", "significant", "high", "incomplete", "accent", "muted", "text", "border", "ground", "surface"]
Pattern = Literal["hatch", "dots", "cross"]
Move = tuple[Literal["M"], float, float]
Line = tuple[Literal["L"], float, float]
Curve = tuple[Literal["C"], float, float, float, float, float, float]
Close = tuple[Literal["Z"]]
Command = Move | Line | Curve | Close


@dataclass(frozen=True, slots=True)
class Path:
    """An outline that is filled, stroked, or both.

    ``pattern`` is laid over the fill in the fill's own role so that a status can be told without colour. ``dash`` holds
    lengths of line and gap in points.
    """

    commands: tuple[Command, ...]
    fill: Role | None = None
    fill_opacity: float = 1.0
    stroke: Role | None = None
    width: float = 1.0
    dash: tuple[float, ...] = ()
    pattern: Pattern | None = None

    def box(self) -> tuple[float, float, float, float]:
        """Give left, top, right and bottom of all points, control points included (so never too small)."""
        xs: list[float] = []
        ys: list[float] = []
        for command in self.commands:
            numbers = [part for part in command if not isinstance(part, str)]
            xs.extend(numbers[0::2])
            ys.extend(numbers[1::2])
        return (min(xs), min(ys), max(xs), max(ys)) if xs else (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; ``y`` is its baseline and ``x`` the point that ``anchor`` speaks of."""

    x: float
    y: float
    text: str
    size: float = 8.0
    weight: Literal["regular", "bold"] = "regular"
    role: Role = "text"
    anchor: Literal["start", "middle", "end"] = "start"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished chart: its shapes in painting order and the sentence that says the same to one who cannot see it."""

    width: float
    height: float
    shapes: tuple[Path | Text, ...]
    sentence: str


def arc_commands(*, x: float, y: float, radius: float, start: float, sweep: float) -> tuple[Command, ...]:
    """Give the curves of an arc around (x, y), beginning with a move.

    Angles are degrees clockwise from straight up; a negative sweep runs anticlockwise. Each curve spans at most a quarter
    turn, where a cubic's error is below 0.03 % of the radius.
    """
    pieces = max(1, math.ceil(abs(sweep) / 90 - 1e-9))
    step = math.radians(sweep / pieces)
    reach = 4 / 3 * math.tan(step / 4) * radius
    angle = math.radians(start)
    commands: list[Command] = [("M", x + radius * math.sin(angle), y - radius * math.cos(angle))]
    for _ in range(pieces):
        end = angle + step
        x0, y0 = x + radius * math.sin(angle), y - radius * math.cos(angle)
        x3, y3 = x + radius * math.sin(end), y - radius * math.cos(end)
        commands.append(
            (
                "C",
                x0 + reach * math.cos(angle),
                y0 + reach * math.sin(angle),
                x3 - reach * math.cos(end),
                y3 - reach * math.sin(end),
                x3,
                y3,
            )
        )
        angle = end
    return tuple(commands)


def circle(
    *,
    x: float,
    y: float,
    radius: float,
    fill: Role | None = None,
    fill_opacity: float = 1.0,
    stroke: Role | None = None,
    width: float = 1.0,
    dash: tuple[float, ...] = (),
    pattern: Pattern | None = None,
) -> Path:
    """Draw a whole circle around (x, y)."""
    commands = (*arc_commands(x=x, y=y, radius=radius, start=0, sweep=360), ("Z",))
    return Path(commands, fill=fill, fill_opacity=fill_opacity, stroke=stroke, width=width, dash=dash, pattern=pattern)


def rectangle(
    *,
    x: float,
    y: float,
    width: float,
    height: float,
    fill: Role | None = None,
    fill_opacity: float = 1.0,
    stroke: Role | None = None,
    line: float = 1.0,
    pattern: Pattern | None = None,
) -> Path:
    """Draw an upright rectangle whose top left corner is (x, y); ``line`` is the width of its outline."""
    corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
    return polygon(points=corners, fill=fill, fill_opacity=fill_opacity, stroke=stroke, width=line, pattern=pattern)


def polygon(
    *,
    points: Sequence[tuple[float, float]],
    closed: bool = True,
    fill: Role | None = None,
    fill_opacity: float = 1.0,
    stroke: Role | None = None,
    width: float = 1.0,
    dash: tuple[float, ...] = (),
    pattern: Pattern | None = None,
) -> Path:
    """Join points by straight lines, back to the first one if ``closed``."""
    commands: list[Command] = [("M", *points[0])]
    commands += [("L", *point) for point in points[1:]]
    if closed:
        commands.append(("Z",))
    return Path(tuple(commands), fill=fill, fill_opacity=fill_opacity, stroke=stroke, width=width, dash=dash, pattern=pattern)
