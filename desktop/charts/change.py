"""What changed since last time: each section then and now on the common scale, with the difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.charts.legend import Entry, legend_shapes
from desktop.charts.scale import HUNDRED, Measurer, Scale, Zone, label_shapes, zone_shapes
from desktop.charts.shapes import Drawing, Path, Text, circle, polygon
from desktop.charts.wording import score_number, signed, told_difference
from desktop.language import Language
from forms.comparison import ScoreChange
from forms.text import N_

ROW = 14.5
HEAD = 13.0
AXIS = 14.0
DOT = 4.0
_SIZE = 8.5
_GAP = 12.0
_LABELS = 0.26  #: as in the capacity profile


def change_chart(
    changes: Sequence[ScoreChange],
    titles: Mapping[str, str],
    zones: Sequence[Zone],
    *,
    before_label: str,
    now_label: str,
    language: Language,
    measure: Measurer,
    width: float,
) -> Drawing:
    """Draw a line from last time's value (hollow, dashed) to this time's (filled) per section; only sections complete both times.

    ``titles`` names each section; the labels name the two times (case number or year).
    """
    rows = [change for change in changes if change.difference is not None]
    differences = [signed(language, told_difference(row)) for row in rows]
    widest = max((measure(titles[row.id], size=_SIZE) for row in rows), default=0)
    label_width = max(min(widest, width * 0.34) + 1, width * _LABELS)
    figures = max(measure(text, size=_SIZE, weight="bold") for text in [*differences, signed(language, -HUNDRED)])
    scale = Scale(label_width + _GAP, width - figures - 1.5 * _GAP)
    bottom = HEAD + ROW * len(rows)
    shapes: list[Path | Text] = zone_shapes(zones, scale, top=HEAD, bottom=bottom, language=language, measure=measure)
    for number, (row, difference) in enumerate(zip(rows, differences, strict=True)):
        middle = HEAD + ROW * (number + 0.5)
        shapes += label_shapes(titles[row.id], x=0, middle=middle, width=label_width, size=_SIZE, measure=measure)
        shapes += _dumbbell(row, scale, middle)
        shapes.append(Text(width, middle + _SIZE * 0.35, difference, size=_SIZE, weight="bold", anchor="end"))
    entries = [Entry("hollow", before_label), Entry("point", now_label)]
    legend, height = legend_shapes(entries, x=scale.left, y=bottom + AXIS + 8, width=width - scale.left, measure=measure)
    return Drawing(width, bottom + AXIS + height, (*shapes, *legend), _sentence(rows, titles, before_label, now_label, language))


def _dumbbell(row: ScoreChange, scale: Scale, middle: float) -> list[Path | Text]:
    if row.before_percent is None or row.now_percent is None:
        return []
    before, now = scale.at(row.before_percent), scale.at(row.now_percent)
    shapes: list[Path | Text] = [polygon(points=((scale.left, middle), (scale.right, middle)), closed=False, stroke="border", width=0.5)]
    if abs(now - before) > 2 * DOT:
        inward = DOT if now > before else -DOT
        shapes.append(polygon(points=((before + inward, middle), (now - inward, middle)), closed=False, stroke="accent", width=1.8))
    hollow_radius = DOT - 0.6 if abs(now - before) > DOT else DOT + 1.8
    shapes.append(circle(x=before, y=middle, radius=hollow_radius, fill="surface", stroke="muted", width=1.1, dash=(1.8, 1.2)))
    shapes.append(circle(x=now, y=middle, radius=DOT, fill="accent"))
    return shapes


def _sentence(rows: Sequence[ScoreChange], titles: Mapping[str, str], before: str, now: str, language: Language) -> str:
    head = language.text(
        N_("Capacity by section, {before} and {now}, on a scale from 0 to 100 where higher is stronger."), before=before, now=now
    )
    said = [
        language.text(
            N_("{section}: from {old} to {new} ({difference})."),
            section=titles[row.id],
            old=score_number(language, row.before_percent),
            new=score_number(language, row.now_percent),
            difference=signed(language, told_difference(row)),
        )
        for row in rows
        if row.before_percent is not None and row.now_percent is not None and row.difference is not None
    ]
    return " ".join([head, *said])
