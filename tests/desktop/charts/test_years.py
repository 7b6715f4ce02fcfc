"""Panels over the years put every figure where it belongs, leave what is missing off the scale, and say in words what they draw."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.charts.scale import Zone
from desktop.charts.shapes import Drawing, Path, Text
from desktop.charts.years import ACROSS, PLOT, Join, YearPoint, YearsPanel, years_chart
from desktop.language import language
from desktop.reports.content_reader import print_measure

WIDTH = 480.0
ZONES = (Zone("weak", Fraction(0), Fraction(40)), Zone("strong", Fraction(40), Fraction(100)))
DAYS = [date(2021, 3, 1), date(2023, 3, 1), date(2026, 3, 1)]
LABELS = ["2021", "2023", "2026"]


def point(percent: int | Fraction | None) -> YearPoint:
    if percent is None:
        return YearPoint(None, "", "incomplete")
    return YearPoint(Fraction(percent), f"{float(percent):.1f}", f"{float(percent):.1f} · Strong")


def panel(*percents: int | None, joins: tuple[Join, ...] = ("same", "same"), title: str = "Governance") -> YearsPanel:
    return YearsPanel(title, tuple(point(one) for one in percents), joins)


def drawn(
    *panels: YearsPanel, days: list[date] | None = None, labels: list[str] | None = None, code: str = "en", zones: tuple[Zone, ...] = ZONES
) -> Drawing:
    return years_chart(
        panels,
        days=days or DAYS,
        labels=labels or LABELS,
        zones=zones,
        subject="organisation",
        direction="capacity",
        language=language(code),
        measure=print_measure,
        width=WIDTH,
    )


def dots(drawing: Drawing) -> list[tuple[float, float]]:
    """The middles of the filled points, without those of the legend."""
    found = []
    for shape in drawing.shapes:
        if isinstance(shape, Path) and shape.fill == "accent" and shape.stroke is None:
            left, top, right, bottom = shape.box()
            if right - left < 6.5:
                found.append(((left + right) / 2, (top + bottom) / 2))
    return found


def lines(drawing: Drawing) -> list[Path]:
    return [one for one in drawing.shapes if isinstance(one, Path) and one.stroke == "accent" and one.width == 1.4]


@given(st.lists(st.integers(0, 100), min_size=3, max_size=3))
def test_a_point_stands_in_proportion_to_its_figure(percents: list[int]) -> None:
    heights = [y for _, y in dots(drawn(panel(*percents)))]
    for (one, high), (other, low) in combinations(zip(percents, heights, strict=True), 2):
        assert abs((low - high) - (one - other) * PLOT / 100) < 0.2


def test_points_stand_as_far_apart_as_the_days_and_evenly_where_labels_would_touch() -> None:
    first, second, third = (x for x, _ in dots(drawn(panel(10, 20, 30))))
    assert abs((second - first) / (third - second) - 730 / 1096) < 0.01
    near = [date(2021, 1, 1), date(2021, 1, 9), date(2026, 1, 1)]
    first, second, third = (x for x, _ in dots(drawn(panel(10, 20, 30), days=near, labels=["2021-001", "2021-002", "2026-001"])))
    assert abs((second - first) - (third - second)) < 0.01


def test_what_is_missing_is_no_point_and_breaks_the_line() -> None:
    drawing = drawn(panel(40, None, 80))
    assert len(dots(drawing)) == 2
    assert lines(drawing) == []
    assert "2023 incomplete" in drawing.sentence
    texts = [one.text for one in drawing.shapes if isinstance(one, Text)]
    assert "no figure: incomplete, not assessable or not asked" in texts
    assert "0.0" not in texts


def test_another_version_or_scope_is_a_dashed_line_and_another_scale_none() -> None:
    dashed = lines(drawn(panel(40, 50, 60, joins=("same", "other"))))
    assert [bool(one.dash) for one in dashed] == [False, True]
    assert len(lines(drawn(panel(40, 50, 60, joins=("none", "same"))))) == 1


def test_nothing_but_a_point_needs_no_legend() -> None:
    texts = [one.text for one in drawn(panel(40, 50, 60), zones=()).shapes if isinstance(one, Text)]
    assert "figure of the section" not in texts


def test_lines_between_bands_are_explained() -> None:
    texts = [one.text for one in drawn(panel(40, 50, 60)).shapes if isinstance(one, Text)]
    assert {"figure of the section", "the bands’ limits: 40"} <= set(texts)


@pytest.mark.parametrize("code", ["sv", "en", "nb", "fr"])
def test_every_figure_of_every_panel_is_said(code: str) -> None:
    drawing = drawn(*(panel(10 * n, 50, None, title=f"Section {n}") for n in range(5)), code=code)
    for n in range(5):
        assert f"Section {n}" in drawing.sentence
        assert f"2021 {float(10 * n):.1f} · Strong; 2023 50.0 · Strong; 2026 incomplete." in drawing.sentence


@settings(max_examples=40)
@given(
    st.lists(st.lists(st.one_of(st.none(), st.integers(0, 100)), min_size=6, max_size=6), min_size=1, max_size=7),
    st.lists(st.integers(1, 1500), min_size=5, max_size=5),
)
def test_nothing_lies_outside_and_no_text_lies_on_a_label_of_the_axis(panels: list[list[int | None]], gaps: list[int]) -> None:
    days = [date(2010, 1, 1)]
    for gap in gaps:
        days.append(days[-1] + timedelta(days=gap))
    labels = [f"20{10 + number}" for number in range(6)]
    made = [panel(*one, joins=("same",) * 5, title="Medarbetare och personuppgifter i flera led") for one in panels]
    drawing = drawn(*made, days=days, labels=labels)
    axis = {(round(one.x), one.y) for one in drawing.shapes if isinstance(one, Text) and one.text in labels}
    boxes = []
    for shape in drawing.shapes:
        if isinstance(shape, Path):
            left, top, right, bottom = shape.box()
        else:
            wide = print_measure(shape.text, size=shape.size, weight=shape.weight)
            left = shape.x - {"start": 0.0, "middle": wide / 2, "end": wide}[shape.anchor]
            top, right, bottom = shape.y - shape.size, left + wide, shape.y
            boxes.append((shape.text, left, shape.y - shape.size * 0.72, right, bottom))
        assert left >= -0.6
        assert right <= WIDTH + 0.6
        assert top >= -0.6
        assert bottom <= drawing.height + 2
    assert len(axis) == 6 * len(panels)
    for text, left, top, right, bottom in boxes:
        for other, x, high, end, low in boxes:
            if other in labels and text not in labels and min(right, end) - max(left, x) > 1:
                assert min(bottom, low) - max(top, high) <= 0.8, (text, other)


def test_more_panels_than_fit_beside_each_other_begin_a_new_row() -> None:
    one, two = drawn(panel(1, 2, 3)), drawn(*(panel(1, 2, 3) for _ in range(ACROSS + 1)))
    assert two.height > one.height * 1.8
