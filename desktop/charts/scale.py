"""The common scale from 0 to 100: where a percentage lies, the zones of a band table behind it, and how text is measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, Protocol

from desktop.charts.marks import Status
from desktop.charts.shapes import Path, Text, polygon, rectangle
from desktop.charts.wording import band_status, band_word
from desktop.language import Language
from desktop.words import Mark
from forms.template import BandTable, Template

Weight = Literal["regular", "bold"]
HUNDRED = Fraction(100)
NO_BREAK_ELLIPSIS = "…"


class Measurer(Protocol):
    """Says how wide one line of text is, in points, in the typeface that the painter will use."""

    def __call__(self, text: str, *, size: float, weight: Weight = "regular") -> float: ...


@dataclass(frozen=True)
class Zone:
    """A stretch of the scale that one band covers."""

    band: str
    start: Fraction
    end: Fraction
    table: BandTable | None = None
    #: Word and tone where they are known already, instead of the table's.
    mark: Mark | None = None


@dataclass(frozen=True)
class Scale:
    """Percentages 0–100 laid out from ``left`` to ``right``."""

    left: float
    right: float

    def at(self, percent: Fraction) -> float:
        """Give the x of a percentage."""
        return self.left + float(percent / HUNDRED) * (self.right - self.left)


def zones_of(template: Template, subject: str) -> tuple[Zone, ...]:
    """Give the zones of the band table that all sections of a subject share; none when they differ or do not lie fixed on the scale."""
    tables = {section.bands for section in template.sections if section.subject == subject and section.bands is not None}
    if len(tables) != 1:
        return ()
    table = template.bands[tables.pop()]
    if table.measure != "percent" or table.derived is not None:
        return ()
    own = table if table.words else None
    return tuple(Zone(step.band, Fraction(step.from_), Fraction(step.to), own) for step in table.steps)


def zone_mark(zone: Zone, language: Language) -> tuple[Status, str]:
    """Give tone and word of a zone's band."""
    if zone.mark is not None:
        return zone.mark.tone, zone.mark.word
    return band_status(zone.band, language, zone.table), band_word(language, zone.band, "complete", zone.table)


def zone_shapes(
    zones: Sequence[Zone],
    scale: Scale,
    *,
    top: float,
    bottom: float,
    language: Language,
    measure: Measurer,
    ends: tuple[str, str] | None = None,
) -> list[Path | Text]:
    """Draw zones as faint stripes with their words above, a line at each cut-off and the figures of the axis below.

    ``ends`` stands at the ends of a scale that is not from 0 to 100; empty ends leave it without figures.
    """
    shapes: list[Path | Text] = []
    for number, zone in enumerate(zones):
        left, right = scale.at(zone.start), scale.at(zone.end)
        role, name = zone_mark(zone, language)
        shapes.append(
            rectangle(x=left, y=top, width=right - left, height=bottom - top, fill=role, fill_opacity=0.10 if number % 2 else 0.06)
        )
        if measure(name, size=7.5) <= right - left - 2:
            shapes.append(Text((left + right) / 2, top - 4, name, size=7.5, role="muted", anchor="middle"))
    edges = sorted({Fraction(0), HUNDRED, *(zone.end for zone in zones)})
    for edge in edges:
        x = scale.at(edge)
        shapes.append(polygon(points=((x, top), (x, bottom + 2)), closed=False, stroke="border", width=0.6))
        figure = language.number(edge) if ends is None or zones else ends[edge == HUNDRED]
        if figure:
            shapes.append(Text(x, bottom + 10, figure, size=7.5, role="muted", anchor="middle"))
    return shapes


def lines_of(text: str, *, width: float, size: float, measure: Measurer, most: int = 2) -> list[str]:
    """Break a label into at most ``most`` lines of a width; what does not fit ends with an ellipsis."""
    lines = [""]
    for part in text.split():
        tried = f"{lines[-1]} {part}".strip()
        if not lines[-1] or measure(tried, size=size) <= width:
            lines[-1] = tried
        else:
            lines.append(part)
    kept = lines[:most]
    if len(lines) > most:
        kept[-1] += NO_BREAK_ELLIPSIS
    return [_shortened(line, width=width, size=size, measure=measure) for line in kept]


def _shortened(line: str, *, width: float, size: float, measure: Measurer) -> str:
    while len(line) > 1 and measure(line, size=size) > width:
        line = line.rstrip(NO_BREAK_ELLIPSIS)[:-1].rstrip() + NO_BREAK_ELLIPSIS
        if line == NO_BREAK_ELLIPSIS:
            break
    return line


def label_shapes(text: str, *, x: float, middle: float, width: float, size: float, measure: Measurer) -> list[Path | Text]:
    """Set a row's label, in one line or two, centred on the row."""
    lines = lines_of(text, width=width, size=size, measure=measure)
    leading = size * 1.15
    first = middle + size * 0.35 - leading * (len(lines) - 1) / 2
    return [Text(x, first + number * leading, line, size=size) for number, line in enumerate(lines)]
