"""How do we know: one bar of all answers by how each is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from desktop.charts.legend import Entry, legend_shapes
from desktop.charts.scale import Measurer
from desktop.charts.shapes import Drawing, Path, Pattern, Role, Text, rectangle
from desktop.language import Language
from forms.result import Completeness
from forms.text import N_

BAR = 16.0
_SIZE = 8.0


@dataclass(frozen=True)
class Part:
    """One stretch of the bar."""

    label: str
    count: int
    fill: Role
    opacity: float
    pattern: Pattern | None = None


def source_parts(completeness: Completeness, language: Language) -> tuple[Part, ...]:
    """Read the parts from a Result's completeness, firmest first; parts without answers are left out."""
    one = completeness
    told = one.said + one.seen + one.verified + one.not_established + one.not_applicable + one.open
    parts = (
        Part(language.text(N_("verified by us")), one.verified, "accent", 1.0),
        Part(language.text(N_("document seen")), one.seen, "accent", 0.34, "hatch"),
        Part(language.text(N_("said by the partner")), one.said, "accent", 0.10, "dots"),
        Part(language.text(N_("source not stated")), one.asked - told, "surface", 1.0),
        Part(language.text(N_("could not be established")), one.not_established, "high", 0.16, "cross"),
        Part(language.text(N_("not applicable")), one.not_applicable, "muted", 0.22),
        Part(language.text(N_("unanswered")), one.open, "surface", 1.0, "dots"),
    )
    return tuple(part for part in parts if part.count > 0)


def sources_bar(parts: Sequence[Part], *, language: Language, measure: Measurer, width: float) -> Drawing:
    """Draw the bar ``width`` points wide, each part as long as its share, with a legend that gives count and share."""
    total = sum(part.count for part in parts)
    shapes: list[Path | Text] = []
    left = 0.5
    inner = width - 1
    for part in parts:
        length = inner * part.count / total
        shapes.append(
            rectangle(
                x=left,
                y=0.5,
                width=length,
                height=BAR,
                fill=part.fill,
                fill_opacity=part.opacity,
                stroke="muted",
                line=0.6,
                pattern=part.pattern,
            )
        )
        left += length
    entries = [
        Entry(
            "swatch",
            f"{part.label} {language.number(part.count)} ({_share(part.count, total, language)})",
            part.fill,
            part.opacity,
            part.pattern,
        )
        for part in parts
    ]
    legend, height = legend_shapes(entries, x=0, y=BAR + 12, width=width, measure=measure)
    return Drawing(width, BAR + 4 + height, (*shapes, *legend), _sentence(parts, total, language))


def _share(count: int, total: int, language: Language) -> str:
    return language.percent(Fraction(count * 100, total))


def _sentence(parts: Sequence[Part], total: int, language: Language) -> str:
    head = language.plural("How we know: of {n} answer,", "How we know: of {n} answers,", total)
    said = [f"{part.label} {language.number(part.count)} ({_share(part.count, total, language)})" for part in parts]
    return f"{head} {language.listing(said)}."
