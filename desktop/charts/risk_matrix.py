"""The risk matrix: likelihood up, impact across, always. Each risk has a number, a place before measures and one after."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from desktop.charts.legend import Entry, legend_shapes
from desktop.charts.scale import Measurer
from desktop.charts.shapes import Drawing, Path, Pattern, Text, circle, polygon, rectangle
from desktop.charts.wording import band_status, risk_word
from desktop.language import Language
from forms.risk import RiskEntry, rate
from forms.template import RISK, RiskMatrix
from forms.text import N_

LARGEST_MARK = 6.4
_STEPS = 5
_LEFT = 30.0
_AXIS = 24.0
_TOP = 15.0
#: Fill strength and pattern per rating, so that the four are told apart in black and white too.
_CELLS: dict[str, tuple[float, Pattern | None]] = {
    "low": (0.12, None),
    "moderate": (0.16, "dots"),
    "significant": (0.16, "hatch"),
    "high": (0.2, "cross"),
}


@dataclass(frozen=True)
class NumberedRisk:
    """A risk as the matrix and the table beside it show it; likelihood and impact 1–5, before and after measures."""

    number: int
    entry: RiskEntry
    inherent: str
    residual: str


@dataclass(frozen=True)
class Spot:
    """Where a risk's mark stands in the drawing."""

    number: int
    when: Literal["before", "after", "both"]
    likelihood: int
    impact: int
    x: float
    y: float
    radius: float


def number_risks(matrix: RiskMatrix, entries: Sequence[RiskEntry]) -> tuple[NumberedRisk, ...]:
    """Number the risks that stand, the worst after measures first; risks set aside are left out."""
    rated = [
        (
            entry,
            rate(matrix, likelihood=entry.likelihood, impact=entry.impact, on_people=entry.on_people),
            rate(matrix, likelihood=entry.residual_likelihood, impact=entry.residual_impact, on_people=entry.on_people),
        )
        for entry in entries
        if entry.choice != "rejected"
    ]
    rated.sort(key=lambda one: (-RISK.index(one[2]), -RISK.index(one[1]), -one[0].residual_impact, -one[0].residual_likelihood))
    return tuple(NumberedRisk(number, *one) for number, one in enumerate(rated, start=1))


def risk_matrix(
    matrix: RiskMatrix, risks: Sequence[NumberedRisk], *, language: Language, measure: Measurer, width: float, cell_height: float = 40.0
) -> Drawing:
    """Draw the matrix ``width`` points wide; a hollow mark is a risk before measures, a filled one after, an arrow joins them."""
    cell_width = (width - _LEFT - 0.5) / _STEPS
    shapes: list[Path | Text] = []
    for likelihood in range(1, _STEPS + 1):
        for impact in range(1, _STEPS + 1):
            x, y = cell_corner(likelihood, impact, cell_width, cell_height)
            rating = matrix.rows[likelihood - 1][impact - 1]
            opacity, pattern = _CELLS[rating]
            status = band_status(rating, language)
            shapes.append(
                rectangle(
                    x=x,
                    y=y,
                    width=cell_width,
                    height=cell_height,
                    fill=status,
                    fill_opacity=opacity,
                    stroke="surface",
                    line=1.2,
                    pattern=pattern,
                )
            )
    bottom = _TOP + _STEPS * cell_height
    shapes += _axes(bottom, cell_width, cell_height, language)
    spots = place_marks(risks, cell_width, cell_height)
    shapes += _arrows(spots)
    for spot in spots:
        shapes += _mark(spot, measure)
    entries = [Entry("swatch", risk_word(language, rating), band_status(rating, language), *_CELLS[rating]) for rating in RISK]
    if any(spot.when == "before" for spot in spots):
        entries.append(Entry("hollow", language.text(N_("before mitigation"))))
    if spots:
        entries.append(Entry("point", language.text(N_("after mitigation"))))
    legend, height = legend_shapes(entries, x=_LEFT, y=bottom + _AXIS + 6, width=width - _LEFT, measure=measure)
    return Drawing(width, bottom + _AXIS + height, (*shapes, *legend), matrix_sentence(risks, language))


def cell_corner(likelihood: int, impact: int, cell_width: float, cell_height: float) -> tuple[float, float]:
    """Give the top left corner of a cell."""
    return _LEFT + (impact - 1) * cell_width, _TOP + (_STEPS - likelihood) * cell_height


def _axes(bottom: float, cell_width: float, cell_height: float, language: Language) -> list[Path | Text]:
    shapes: list[Path | Text] = []
    for step in range(1, _STEPS + 1):
        middle = bottom - (step - 0.5) * cell_height
        shapes.append(Text(_LEFT - 5, middle + 3, str(step), size=8, role="muted", anchor="end"))
        shapes.append(Text(_LEFT + (step - 0.5) * cell_width, bottom + 10, str(step), size=8, role="muted", anchor="middle"))
    across = language.text(N_("Impact"))
    end = _LEFT + _STEPS * cell_width
    shapes.append(Text(end - 8, bottom + 21, across, size=8, weight="bold", role="text", anchor="end"))
    shapes.append(_arrow_head(end - 1, bottom + 18.2, 1, 0, "text"))
    shapes.append(_arrow_head(_LEFT + 2.5, _TOP - 10, 0, -1, "text"))
    shapes.append(Text(_LEFT + 9, _TOP - 5, language.text(N_("Likelihood")), size=8, weight="bold"))
    return shapes


def place_marks(risks: Sequence[NumberedRisk], cell_width: float, cell_height: float) -> tuple[Spot, ...]:
    """Give each risk its places; marks in one cell stand in rows and never overlap, in the order of their numbers."""
    wanted: dict[tuple[int, int], list[tuple[int, Literal["before", "after", "both"]]]] = {}
    for risk in risks:
        entry = risk.entry
        before, after = (entry.likelihood, entry.impact), (entry.residual_likelihood, entry.residual_impact)
        if before == after:
            wanted.setdefault(after, []).append((risk.number, "both"))
        else:
            wanted.setdefault(before, []).append((risk.number, "before"))
            wanted.setdefault(after, []).append((risk.number, "after"))
    spots = []
    for (likelihood, impact), marks in wanted.items():
        left, top = cell_corner(likelihood, impact, cell_width, cell_height)
        columns, rows = _grid(len(marks), cell_width, cell_height)
        radius = min(LARGEST_MARK, cell_width / columns / 2 - 0.8, cell_height / rows / 2 - 0.8)
        for place, (number, when) in enumerate(marks):
            row, column = divmod(place, columns)
            in_row = min(columns, len(marks) - row * columns)
            step = min(cell_width / columns, 2 * radius + 5)
            x = left + cell_width / 2 + (column - (in_row - 1) / 2) * step
            y = top + cell_height / 2 + (row - (rows - 1) / 2) * min(cell_height / rows, 2 * radius + 3)
            spots.append(Spot(number, when, likelihood, impact, x, y, radius))
    return tuple(sorted(spots, key=lambda spot: (spot.number, spot.when == "after")))


def _grid(count: int, cell_width: float, cell_height: float) -> tuple[int, int]:
    """Give the columns and rows that leave the largest marks."""
    best = max(range(1, count + 1), key=lambda columns: min(cell_width / columns, cell_height / math.ceil(count / columns)))
    most = max(1, int(cell_width // (2 * LARGEST_MARK + 2)))
    columns = max(best, min(count, most)) if count <= most else best
    return columns, math.ceil(count / columns)


def _mark(spot: Spot, measure: Measurer) -> list[Path | Text]:
    text = str(spot.number)
    size = min(7.5, spot.radius * 1.25, 7.5 * 1.7 * spot.radius / max(1.0, measure(text, size=7.5, weight="bold")))
    label = Text(
        spot.x, spot.y + size * 0.36, text, size=size, weight="bold", anchor="middle", role="muted" if spot.when == "before" else "surface"
    )
    if spot.when == "before":
        return [circle(x=spot.x, y=spot.y, radius=spot.radius, fill="surface", stroke="muted", width=1.0, dash=(2.0, 1.3)), label]
    return [circle(x=spot.x, y=spot.y, radius=spot.radius, fill="accent", stroke="surface", width=0.8), label]


def _arrows(spots: Sequence[Spot]) -> list[Path | Text]:
    shapes: list[Path | Text] = []
    after = {spot.number: spot for spot in spots if spot.when == "after"}
    for spot in spots:
        goal = after.get(spot.number)
        if spot.when != "before" or goal is None:
            continue
        across, down = goal.x - spot.x, goal.y - spot.y
        length = math.hypot(across, down)
        unit_x, unit_y = across / length, down / length
        tip = (goal.x - unit_x * (goal.radius + 1), goal.y - unit_y * (goal.radius + 1))
        start = (spot.x + unit_x * spot.radius, spot.y + unit_y * spot.radius)
        neck = (tip[0] - unit_x * 4, tip[1] - unit_y * 4)
        shapes.append(polygon(points=(start, neck), closed=False, stroke="muted", width=0.9))
        shapes.append(_arrow_head(tip[0], tip[1], unit_x, unit_y, "muted"))
    return shapes


def _arrow_head(x: float, y: float, unit_x: float, unit_y: float, role: Literal["muted", "text"]) -> Path:
    """Draw a head of 5 × 4 points whose tip is (x, y), pointing along a unit vector."""
    back_x, back_y = x - unit_x * 5, y - unit_y * 5
    return polygon(points=((x, y), (back_x - unit_y * 2, back_y + unit_x * 2), (back_x + unit_y * 2, back_y - unit_x * 2)), fill=role)


def matrix_sentence(risks: Sequence[NumberedRisk], language: Language) -> str:
    """Say every risk's place and rating before and after measures."""
    if not risks:
        return language.text(N_("Risk matrix without risks."))
    head = language.plural(
        "Risk matrix with {n} risk, likelihood upwards and impact across, each from 1 to 5.",
        "Risk matrix with {n} risks, likelihood upwards and impact across, each from 1 to 5.",
        len(risks),
    )
    said = [
        language.text(
            N_(
                "Risk {number}: likelihood {likelihood}, impact {impact}, {rating}; after mitigation {new_likelihood}, {new_impact}, "
                "{new_rating}."
            ),
            number=risk.number,
            likelihood=risk.entry.likelihood,
            impact=risk.entry.impact,
            rating=risk_word(language, risk.inherent).lower(),
            new_likelihood=risk.entry.residual_likelihood,
            new_impact=risk.entry.residual_impact,
            new_rating=risk_word(language, risk.residual).lower(),
        )
        for risk in risks
    ]
    return " ".join([head, *said])
