"""Sections over the years: a small panel each, all on one scale and one course of time, so that what rises and falls is seen at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from desktop.charts.legend import Entry, legend_shapes
from desktop.charts.scale import HUNDRED, Measurer, Zone, lines_of
from desktop.charts.shapes import Drawing, Path, Text, circle, polygon
from desktop.charts.wording import subject_word
from desktop.language import Language
from forms.text import N_

ACROSS = 3
DOT = 2.8
PLOT = 50.0
_GUTTER, _BELOW = 16.0, 12.0
_TITLE, _FIGURE, _AXIS = 8.5, 7.0, 7.0
_LEADING = _TITLE * 1.15
#: Room inside a panel's sides, so that the first and last figures do not stand outside it.
_INSET = 13.0

#: How two neighbouring points are joined: as one measure, as one of another version or scope, or not at all.
Join = Literal["same", "other", "none"]


@dataclass(frozen=True)
class YearPoint:
    """One time in a panel: its place on the scale (``None``: there is no figure), the figure as it is written, and what is said of it."""

    percent: Fraction | None
    figure: str
    said: str


@dataclass(frozen=True)
class YearsPanel:
    """One section over the times; ``joins`` has one less than ``points``."""

    title: str
    points: tuple[YearPoint, ...]
    joins: tuple[Join, ...]


def years_chart(
    panels: Sequence[YearsPanel],
    *,
    days: Sequence[date],
    labels: Sequence[str],
    zones: Sequence[Zone],
    subject: str,
    direction: Literal["capacity", "risk", "value"],
    language: Language,
    measure: Measurer,
    width: float,
) -> Drawing:
    """Draw panels three beside each other in a drawing ``width`` points wide.

    ``days`` and ``labels`` are those of the times, the oldest first: points stand as far apart as the days do where their labels have room.
    ``zones`` are the bands that all times share, none where they do not. ``direction`` says what more means.
    """
    panel_width = (width - _GUTTER * (ACROSS - 1)) / ACROSS
    places = _places(days, labels, left=_INSET, right=panel_width - _INSET, measure=measure)
    titles = [lines_of(one.title, width=panel_width, size=_TITLE, measure=measure) for one in panels]
    shapes: list[Path | Text] = []
    top = 0.0
    for first in range(0, len(panels), ACROSS):
        row = range(first, min(first + ACROSS, len(panels)))
        head = max(len(titles[number]) for number in row) * _LEADING + _FIGURE + 6
        for column, number in enumerate(row):
            left = column * (panel_width + _GUTTER)
            above = head - _FIGURE - 6 - len(titles[number]) * _LEADING
            for place, line in enumerate(titles[number]):
                shapes.append(Text(left, top + above + _TITLE + place * _LEADING, line, size=_TITLE, weight="bold"))
            shapes += _frame(left, top + head, panel_width, zones)
            shapes += _course(panels[number], [left + one for one in places], top + head)
            shapes += [
                Text(left + x, top + head + PLOT + _AXIS + 3, label, size=_AXIS, role="muted", anchor="middle")
                for x, label in zip(places, labels, strict=True)
            ]
        top += head + PLOT + _AXIS + _BELOW
    legend, height = legend_shapes(_legend(panels, zones, language), x=0, y=top + 2, width=width, measure=measure)
    return Drawing(width, top + height, (*shapes, *legend), _sentence(panels, labels, subject, direction, language))


def _places(days: Sequence[date], labels: Sequence[str], *, left: float, right: float, measure: Measurer) -> list[float]:
    """Place the times: as far apart as the days are, or evenly where labels would then touch."""
    span = (days[-1] - days[0]).days
    even = [left + (right - left) * place / max(len(days) - 1, 1) for place in range(len(days))]
    if span <= 0:
        return even
    wanted = [left + (right - left) * (day - days[0]).days / span for day in days]
    widest = max(measure(label, size=_AXIS) for label in labels)
    return wanted if all(after - before >= widest + 3 for before, after in pairwise(wanted)) else even


def _frame(left: float, top: float, width: float, zones: Sequence[Zone]) -> list[Path | Text]:
    """Draw the ends of the scale, and a fine line at each cut-off between bands."""
    shapes: list[Path | Text] = []
    for percent in sorted({Fraction(0), HUNDRED, *(zone.end for zone in zones)}):
        y = _height(percent, top)
        ends = percent in (0, HUNDRED)
        shapes.append(
            polygon(
                points=((left, y), (left + width, y)),
                closed=False,
                stroke="border",
                width=0.7 if ends else 0.5,
                dash=() if ends else (1.5, 2),
            )
        )
    return shapes


def _height(percent: Fraction, top: float) -> float:
    return top + PLOT - float(percent / HUNDRED) * PLOT


def _course(panel: YearsPanel, xs: Sequence[float], top: float) -> list[Path | Text]:
    shapes: list[Path | Text] = []
    spots = [None if one.percent is None else (x, _height(one.percent, top)) for x, one in zip(xs, panel.points, strict=True)]
    for (before, after), join in zip(pairwise(spots), panel.joins, strict=True):
        if before is not None and after is not None and join != "none":
            dash = (3.0, 2.0) if join == "other" else ()
            shapes.append(polygon(points=(before, after), closed=False, stroke="accent", width=1.4, dash=dash))
    for place, (x, spot, point) in enumerate(zip(xs, spots, panel.points, strict=True)):
        if spot is None:
            # In the middle of the panel, with no place on the scale: missing is not zero.
            y = top + PLOT / 2
            shapes.append(circle(x=x, y=y, radius=DOT, fill="surface", stroke="muted", width=1.0, dash=(1.8, 1.2)))
            continue
        shapes.append(circle(x=x, y=spot[1], radius=DOT, fill="accent"))
        shapes.append(Text(x, _beside(spots, place, lowest=top + PLOT), point.figure, size=_FIGURE, anchor="middle"))
    return shapes


def _beside(spots: Sequence[tuple[float, float] | None], place: int, *, lowest: float) -> float:
    """Give the baseline of a figure: above its point, but below one under both of its neighbours, where no line goes, if there is room."""
    spot = spots[place]
    assert spot is not None  # noqa: S101 (only points have figures)
    y = spot[1]
    near = [spots[one] for one in (place - 1, place + 1) if 0 <= one < len(spots)]
    lines = [one[1] for one in near if one is not None]
    is_valley = bool(lines) and all(one < y - 2 for one in lines)
    below = y + DOT + _FIGURE
    return below if is_valley and below <= lowest else y - DOT - 2


def _legend(panels: Sequence[YearsPanel], zones: Sequence[Zone], language: Language) -> list[Entry]:
    entries = [Entry("point", language.text(N_("figure of the section")))]
    drawn = {
        join
        for one in panels
        for (before, after), join in zip(pairwise(one.points), one.joins, strict=True)
        if before.percent is not None and after.percent is not None
    }
    if "other" in drawn:
        entries.append(Entry("span", language.text(N_("another version or scope than the time before"))))
    if any(point.percent is None for one in panels for point in one.points):
        entries.append(Entry("hollow", language.text(N_("no figure: incomplete, not assessable or not asked"))))
    limits = sorted({zone.end for zone in zones} - {Fraction(0), HUNDRED})
    if limits:
        figures = ", ".join(language.number(one, 0 if one.denominator == 1 else 1) for one in limits)
        entries.append(Entry("limit", language.text(N_("the bands’ limits: {figures}"), figures=figures)))
    return entries if len(entries) > 1 else []  # a point alone explains itself


def _sentence(
    panels: Sequence[YearsPanel], labels: Sequence[str], subject: str, direction: Literal["capacity", "risk", "value"], language: Language
) -> str:
    heads = {
        "capacity": N_("Capacity of the {subject} by section over the years, on a scale from 0 to 100 where higher is stronger."),
        "risk": N_("Risk of the {subject} by section over the years, on a scale from 0 to 100 where higher is worse."),
        "value": N_("The {subject} by section over the years, each with a figure of its own."),
    }
    said = [language.text(heads[direction], subject=subject_word(language, subject).lower())]
    for panel in panels:
        points = "; ".join(f"{label} {point.said}" for label, point in zip(labels, panel.points, strict=True))
        said.append(language.headed(panel.title, f"{points}."))
    return " ".join(said)
