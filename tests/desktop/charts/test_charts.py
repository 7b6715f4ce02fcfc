"""Charts put every value exactly where it belongs, stay within their frame, and say in words what they show."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.charts.capacity import ProfileRow, capacity_profile, profile_rows
from desktop.charts.change import change_chart
from desktop.charts.risk_matrix import NumberedRisk, cell_corner, number_risks, place_marks, risk_matrix
from desktop.charts.scale import Scale, Zone, lines_of, zones_of
from desktop.charts.shapes import Drawing, Path, Text
from desktop.charts.sources import source_parts, sources_bar
from desktop.charts.wording import score_number, signed
from desktop.language import language
from desktop.reports.content_reader import print_measure
from forms.answers import Answer, AnswerKey, AnswerSet
from forms.comparison import ScoreChange
from forms.result import Case
from forms.risk import RiskEntry
from forms.scoring import score
from forms.template import RISK, RiskMatrix
from tests.desktop.reports.sample_file import half_done, sample_file, template
from tests.models.several import money

WIDTH = 480.0
ZONES = (
    Zone("weak", Fraction(0), Fraction(40)),
    Zone("limited", Fraction(40), Fraction(60)),
    Zone("adequate", Fraction(60), Fraction(80)),
    Zone("strong", Fraction(80), Fraction(100)),
)
MATRIX = RiskMatrix(
    rows=[
        ["low", "low", "low", "moderate", "moderate"],
        ["low", "low", "moderate", "moderate", "significant"],
        ["low", "moderate", "moderate", "significant", "high"],
        ["moderate", "moderate", "significant", "high", "high"],
        ["moderate", "significant", "significant", "high", "high"],
    ],
    people_floor="significant",
)
#: Two sections whose figures run to different ends: where they lie between those, and what they come to.
OWN_ENDS = (("Activities", 38, "2.44"), ("Systems", 51, "3.04"))
percents = st.fractions(min_value=0, max_value=100, max_denominator=60)
codes = pytest.mark.parametrize("code", ["sv", "en"])


def _row(label: str, percent: Fraction, *, before: Fraction | None = None, held: bool = False) -> ProfileRow:
    band = next(zone.band for zone in ZONES if percent <= zone.end)
    return ProfileRow(label, "complete", percent=percent, band=band, before=before, held=held)


def _open_row(label: str, low: Fraction, high: Fraction) -> ProfileRow:
    return ProfileRow(label, "incomplete", interval=(low, high))


def _profile(rows: list[ProfileRow], code: str = "en") -> Drawing:
    return capacity_profile(
        rows, ZONES, subject="organisation", language=language(code), measure=print_measure, width=WIDTH, before_label="2025"
    )


def _box(shape: Path | Text) -> tuple[float, float, float, float]:
    if isinstance(shape, Path):
        return shape.box()
    width = print_measure(shape.text, size=shape.size, weight=shape.weight)
    left = shape.x - {"start": 0, "middle": width / 2, "end": width}[shape.anchor]
    return left, shape.y - shape.size * 0.75, left + width, shape.y + shape.size * 0.1


def _outside(drawing: Drawing) -> list[Path | Text]:
    return [
        shape
        for shape in drawing.shapes
        for left, top, right, bottom in [_box(shape)]
        if left < -0.01 or top < -0.01 or right > drawing.width + 0.01 or bottom > drawing.height + 0.01
    ]


def _overlaps(drawing: Drawing) -> Iterator[tuple[str, str]]:
    texts = [shape for shape in drawing.shapes if isinstance(shape, Text)]
    for one, other in combinations(texts, 2):
        a, b = _box(one), _box(other)
        if min(a[2], b[2]) - max(a[0], b[0]) > 0.1 and min(a[3], b[3]) - max(a[1], b[1]) > 0.1:
            yield one.text, other.text


def _risk(number: int, *, before: tuple[int, int], after: tuple[int, int], choice: str = "own", on_people: bool = False) -> RiskEntry:
    return RiskEntry(
        id=f"r{number}",
        proposal="",
        choice=choice,  # type: ignore[arg-type]
        title=f"Risk {number}",
        subject="project",
        likelihood=before[0],
        impact=before[1],
        on_people=on_people,
        mitigation="A measure",
        residual_likelihood=after[0],
        residual_impact=after[1],
        reason="a reason",
    )


steps = st.integers(min_value=1, max_value=5)


@st.composite
def risks(draw: st.DrawFn) -> tuple[NumberedRisk, ...]:
    entries = []
    for number in range(draw(st.integers(min_value=0, max_value=14))):
        before = (draw(steps), draw(steps))
        after = (draw(st.integers(1, before[0])), draw(st.integers(1, before[1])))
        entries.append(_risk(number, before=before, after=after, on_people=draw(st.booleans())))
    return number_risks(MATRIX, entries)


@given(percents)
def test_a_percentage_lies_in_proportion_on_the_scale(percent: Fraction) -> None:
    scale = Scale(100.0, 400.0)
    assert math.isclose(scale.at(percent), 100 + 3 * float(percent), abs_tol=1e-9)


@given(percents)
def test_the_profile_s_point_stands_where_the_value_is(percent: Fraction) -> None:
    drawing = _profile([_row("Finance", percent)])
    edges = sorted(
        {shape.box()[0] for shape in drawing.shapes if isinstance(shape, Path) and shape.stroke == "border" and shape.width == 0.6}
    )
    (point,) = [shape for shape in drawing.shapes if isinstance(shape, Path) and shape.fill == "accent"]
    left, _, right, _ = point.box()
    expected = edges[0] + (edges[-1] - edges[0]) * float(percent) / 100
    assert math.isclose((left + right) / 2, expected, abs_tol=0.01)


@given(st.lists(st.tuples(percents, percents), min_size=1, max_size=9))
def test_an_open_section_is_a_line_between_its_ends_and_never_a_point(ends: list[tuple[Fraction, Fraction]]) -> None:
    rows = [_open_row(f"Section {place}", min(pair), max(pair)) for place, pair in enumerate(ends)]
    drawing = _profile(rows)
    assert not [shape for shape in drawing.shapes if isinstance(shape, Path) and shape.fill == "accent"]
    dashed = [shape for shape in drawing.shapes if isinstance(shape, Path) and shape.stroke == "accent" and shape.dash]
    assert len(dashed) == len(rows) + 1  # and one in the legend


@codes
def test_nothing_in_a_profile_lies_outside_or_overlaps(code: str) -> None:
    rows = [
        _row("Finance and control", Fraction(0), before=Fraction(100)),
        _row("A section with so long a title that it needs a second line, and then some", Fraction(100), held=True),
        _open_row("Governance", Fraction(0), Fraction(100)),
        ProfileRow("Partnership", "not_assessable"),
    ]
    drawing = _profile(rows, code)
    assert _outside(drawing) == []
    assert list(_overlaps(drawing)) == []


def test_a_held_band_is_hollow_and_said() -> None:
    drawing = _profile([_row("Finance", Fraction(70), held=True)])
    assert not [shape for shape in drawing.shapes if isinstance(shape, Path) and shape.fill == "accent"]
    assert "held down by a key question" in drawing.sentence


def test_last_time_is_a_muted_dashed_tick() -> None:
    drawing = _profile([_row("Finance", Fraction(70), before=Fraction(50))])
    ticks = [shape for shape in drawing.shapes if isinstance(shape, Path) and shape.stroke == "muted" and shape.dash]
    assert len(ticks) == 2  # the value's and the legend's
    assert any(isinstance(shape, Text) and shape.text == "2025" for shape in drawing.shapes)


@codes
def test_the_profile_s_sentence_states_every_figure(code: str) -> None:
    file, tongue = sample_file(renewal=True), language(code)
    rows = profile_rows(file.template, file.result, "organisation", tongue, before=file.earlier.result if file.earlier else None)
    sentence = _profile(list(rows), code).sentence
    assert len(rows) >= 6
    for row in rows:
        assert row.label in sentence
        assert row.percent is not None
        assert score_number(tongue, row.percent) in sentence
        assert row.before is not None
        assert score_number(tongue, row.before) in sentence


def test_an_incomplete_profile_says_between_what() -> None:
    file = half_done(sample_file(sealed=False))
    rows = profile_rows(file.template, file.result, "organisation", language("en"))
    opened = [row for row in rows if row.interval is not None]
    sentence = _profile(list(rows)).sentence
    assert opened
    for row in opened:
        assert row.interval is not None
        assert f"between {score_number(language('en'), row.interval[0])} and {score_number(language('en'), row.interval[1])}" in sentence


def test_zones_are_those_of_the_template_s_band_table() -> None:
    assert zones_of(template(), "organisation") == ZONES


@given(st.lists(st.tuples(percents, percents), min_size=1, max_size=9))
def test_a_change_is_written_with_its_sign_and_drawn_within_the_frame(pairs: list[tuple[Fraction, Fraction]]) -> None:
    tongue = language("en")
    changes = [ScoreChange(f"s{place}", old, new, "weak", "weak", new - old) for place, (old, new) in enumerate(pairs)]
    titles = {change.id: f"Section {change.id}" for change in changes}
    drawing = change_chart(
        changes, titles, ZONES, before_label="2025", now_label="2026", language=tongue, measure=print_measure, width=WIDTH
    )
    assert _outside(drawing) == []
    assert list(_overlaps(drawing)) == []
    for old, new in pairs:
        subtracted = Decimal(tongue.number(new, 1)) - Decimal(tongue.number(old, 1))
        assert (
            f"from {score_number(tongue, old)} to {score_number(tongue, new)} ({signed(tongue, Fraction(subtracted))})" in drawing.sentence
        )


def test_a_section_without_a_difference_is_not_drawn_as_one() -> None:
    changes = [
        ScoreChange("a", Fraction(50), Fraction(60), "limited", "limited", Fraction(10)),
        ScoreChange("b", None, None, None, None, None),
    ]
    drawing = change_chart(
        changes,
        {"a": "Finance", "b": "Governance"},
        ZONES,
        before_label="2025",
        now_label="2026",
        language=language("en"),
        measure=print_measure,
        width=WIDTH,
    )
    assert "Governance" not in drawing.sentence
    assert not any(isinstance(shape, Text) and shape.text == "Governance" for shape in drawing.shapes)


@given(risks())
def test_likelihood_goes_up_and_impact_across(numbered: tuple[NumberedRisk, ...]) -> None:
    for spot in place_marks(numbered, 57.0, 33.0):
        left, top = cell_corner(spot.likelihood, spot.impact, 57.0, 33.0)
        assert left <= spot.x - spot.radius
        assert spot.x + spot.radius <= left + 57.0
        assert top <= spot.y - spot.radius
        assert spot.y + spot.radius <= top + 33.0
    assert cell_corner(5, 1, 57.0, 33.0)[1] < cell_corner(1, 1, 57.0, 33.0)[1]
    assert cell_corner(1, 5, 57.0, 33.0)[0] > cell_corner(1, 1, 57.0, 33.0)[0]


@given(risks())
def test_marks_never_cover_each_other(numbered: tuple[NumberedRisk, ...]) -> None:
    for one, other in combinations(place_marks(numbered, 57.0, 33.0), 2):
        assert math.hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius


@given(risks())
def test_nothing_in_the_matrix_lies_outside(numbered: tuple[NumberedRisk, ...]) -> None:
    drawing = risk_matrix(MATRIX, numbered, language=language("sv"), measure=print_measure, width=318, cell_height=33)
    assert _outside(drawing) == []
    assert list(_overlaps(drawing)) == []


def test_every_cell_is_told_by_pattern_as_well_as_colour() -> None:
    drawing = risk_matrix(MATRIX, (), language=language("en"), measure=print_measure, width=318)
    cells = [shape for shape in drawing.shapes if isinstance(shape, Path) and shape.stroke == "surface"]
    assert len(cells) == 25
    assert len({cell.fill for cell in cells}) == len(RISK)
    assert len({(cell.fill, cell.pattern) for cell in cells}) == len({cell.pattern for cell in cells}) == len(RISK)


def test_risks_are_numbered_worst_first_and_those_set_aside_are_left_out() -> None:
    entries = [
        _risk(1, before=(2, 2), after=(1, 1)),
        _risk(2, before=(5, 5), after=(5, 4)),
        _risk(3, before=(5, 5), after=(5, 5), choice="rejected"),
        _risk(4, before=(3, 3), after=(2, 3)),
    ]
    assert [(risk.number, risk.entry.id) for risk in number_risks(MATRIX, entries)] == [(1, "r2"), (2, "r4"), (3, "r1")]


def test_impact_five_on_people_keeps_its_floor_in_figure_and_words() -> None:
    (risk,) = number_risks(MATRIX, [_risk(1, before=(1, 5), after=(1, 5), on_people=True)])
    assert (risk.inherent, risk.residual) == ("significant", "significant")
    assert (
        "likelihood 1, impact 5, significant"
        in risk_matrix(MATRIX, (risk,), language=language("en"), measure=print_measure, width=318).sentence
    )


@codes
def test_how_we_know_adds_up_to_all_answers(code: str) -> None:
    file, tongue = half_done(sample_file(sealed=False)), language(code)
    parts = source_parts(file.result.completeness, tongue)
    assert sum(part.count for part in parts) == file.result.completeness.asked
    drawing = sources_bar(parts, language=tongue, measure=print_measure, width=WIDTH)
    bars = [shape.box() for shape in drawing.shapes if isinstance(shape, Path)][: len(parts)]
    for part, (left, _, right, _) in zip(parts, bars, strict=True):
        assert math.isclose(right - left, (WIDTH - 1) * part.count / file.result.completeness.asked, abs_tol=0.01)
        assert part.label in drawing.sentence
        assert str(part.count) in drawing.sentence
    assert _outside(drawing) == []
    assert list(_overlaps(drawing)) == []


@given(st.text(alphabet="abc åäö", min_size=1, max_size=80), st.floats(min_value=20, max_value=300))
def test_a_label_never_gets_wider_than_its_place(text: str, width: float) -> None:
    for line in lines_of(text, width=width, size=8, measure=print_measure):
        assert print_measure(line, size=8) <= width or line in ("…", line[:1] + "…")


def test_capacity_and_risk_never_share_a_figure() -> None:
    file = sample_file()
    rows = profile_rows(file.template, file.result, "organisation", language("en"))
    words_in_profile = {shape.text for shape in _profile(list(rows)).shapes if isinstance(shape, Text)}
    drawing = risk_matrix(MATRIX, number_risks(MATRIX, file.risks), language=language("en"), measure=print_measure, width=318)
    words_in_matrix = {shape.text for shape in drawing.shapes if isinstance(shape, Text)}
    assert not words_in_profile & {"Low", "Moderate", "Significant", "High", "Likelihood", "Impact"}
    assert not words_in_matrix & {"Weak", "Limited", "Adequate", "Strong"}


def test_sections_with_values_only_have_a_scale_of_their_own_and_a_flag_instead_of_a_band():
    asked = money()
    answered = AnswerSet({AnswerKey(asked.id, "money.training"): Answer("answered", 0, "seen")})
    result = score(asked, answered, Case(as_of=date(2026, 3, 2), scope="light"))
    (row,) = profile_rows(asked, result, "project", language("en"))
    assert (row.value, row.flag, row.ends, row.band) == ("0 of 2", "Flagged", ("0", "2"), None)
    drawing = capacity_profile((row,), (), subject="project", language=language("en"), measure=print_measure, width=WIDTH)
    words = [shape.text for shape in drawing.shapes if isinstance(shape, Text)]
    assert {"0", "2", "0 of 2", "Flagged"} <= set(words)
    assert "100" not in words
    assert "value of its own" in drawing.sentence


def test_a_risk_profile_says_that_higher_is_worse_in_the_unit_of_its_bands():
    asked = money()
    answers = {"money.board": 1, "money.account": 0, "money.monthly": 4, "money.training": 1}
    answered = AnswerSet({AnswerKey(asked.id, question): Answer("answered", value, "seen") for question, value in answers.items()})
    result = score(asked, answered, Case(as_of=date(2026, 3, 2), scope="light"))
    rows = profile_rows(asked, result, "organisation", language("en"))
    assert [row.band for row in rows] == ["low", "high"]
    drawing = capacity_profile(
        rows, (), subject="organisation", language=language("en"), measure=print_measure, width=WIDTH, higher_is_better=False
    )
    assert "higher is worse" in drawing.sentence
    assert "high" in drawing.sentence


def test_sections_each_with_ends_of_their_own_stand_on_no_common_scale() -> None:
    rows = [ProfileRow(name, "complete", percent=Fraction(place), band="significant", value=value) for name, place, value in OWN_ENDS]
    drawing = capacity_profile(
        rows, (), subject="organisation", language=language("en"), measure=print_measure, width=400, higher_is_better=False
    )
    words = [shape.text for shape in drawing.shapes if isinstance(shape, Text)]
    assert {"2.44", "3.04"} <= set(words)
    assert not {"0", "100", ""} & set(words)
    assert drawing.sentence.startswith("Risk of the organisation by section. ")
