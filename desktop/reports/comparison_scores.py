"""Sections over the years: drawn, and in a table with each time's figure and band."""

from __future__ import annotations

from typing import Literal

from desktop.charts.scale import Zone, zones_of
from desktop.charts.shapes import Drawing
from desktop.charts.wording import signed, subject_word, told_difference
from desktop.charts.years import Join, YearPoint, YearsPanel, years_chart
from desktop.reports.comparison_reading import DASH, InstrumentYears, YearsReader
from desktop.reports.content_reader import print_measure
from desktop.reports.layout import Bold, Column, ReportBuilder, StatusWord
from desktop.reports.styles import FRAME_HEIGHT, TEXT_WIDTH
from desktop.reports.texts import Cell
from desktop.words import RISKS, table_of
from forms.text import N_
from forms.years import ScoreCourse


def write_scores(report: ReportBuilder, years: YearsReader, instrument: InstrumentYears) -> None:
    """Write an instrument's part: each subject's sections over the years."""
    text, several = years.language.text, len(years.instruments) > 1
    report.page_break(unless_left=FRAME_HEIGHT * 0.3)
    title = text(N_("Sections over the years"))
    report.heading(1, years.language.headed(instrument.name, title) if several else title)
    if differences := instrument.difference_sentences():
        report.paragraph(" ".join(differences), style="small")
    subjects = dict.fromkeys(instrument.subject_of(one.id) for one in instrument.course.sections)
    for subject in subjects:
        _subject(report, years, instrument, subject)


def _subject(report: ReportBuilder, years: YearsReader, instrument: InstrumentYears, subject: str) -> None:
    sections = [one for one in instrument.course.sections if instrument.subject_of(one.id) == subject]
    whole = next((one for one in instrument.course.subjects if one.id == subject), None)
    with report.keep_together():
        report.heading(2, subject_word(years.language, subject))
        report.figure(_drawing(years, instrument, subject, sections))
    rows = [_row(instrument, one) for one in sections]
    if whole is not None:
        rows.append(_row(instrument, whole, title=years.language.text(N_("The whole"))))
    since = years.language.text(N_("Since {when}"), when=instrument.labels[-2])
    report.table(
        [
            Column(years.language.text(N_("Section")), 1.9),
            *(Column(label, 1) for label in instrument.labels),
            Column(since, 0.75, "right"),
        ],
        rows,
        size="dense",
    )
    if any(one.changes[-1] is None for one in sections):
        said = N_("{dash}: nothing to subtract, since one of the two has no figure, or their figures are not on one scale.")
        report.paragraph(years.language.text(said, dash=DASH), style="small")


def _row(instrument: InstrumentYears, course: ScoreCourse, *, title: str = "") -> list[Cell]:
    cells: list[Cell] = []
    for place, score in enumerate(course.scores):
        reader = instrument.readers[place]
        if score is None:
            cells.append(instrument.language.text(N_("not asked")))
            continue
        mark = reader.band_mark(score, course.id)
        cells.append(StatusWord(mark.status, f"{reader.figure(score, course.id)} {mark.word}".strip()))
    change = course.changes[-1]
    difference: Cell = DASH
    if change is not None and change.difference is not None and instrument.is_in_percent(course.id):
        difference = Bold(signed(instrument.language, told_difference(change)))
    name: Cell = Bold(title) if title else instrument.section_title(course.id)
    return [name, *cells, difference]


def _drawing(years: YearsReader, instrument: InstrumentYears, subject: str, sections: list[ScoreCourse]) -> Drawing:
    return years_chart(
        [_panel(instrument, one) for one in sections],
        days=[one.file.card.draft.as_of for one in instrument.readers],
        labels=instrument.labels,
        zones=_zones(instrument, subject),
        subject=subject,
        direction=_direction(instrument, subject, sections),
        language=years.language,
        measure=print_measure,
        width=TEXT_WIDTH,
    )


def _zones(instrument: InstrumentYears, subject: str) -> tuple[Zone, ...]:
    """Give the bands that all times share."""
    every = [zones_of(one.file.template, subject) for one in instrument.readers]
    return every[0] if all(one == every[0] for one in every) else ()


def _direction(instrument: InstrumentYears, subject: str, sections: list[ScoreCourse]) -> Literal["capacity", "risk", "value"]:
    if not all(instrument.is_in_percent(one.id) for one in sections):
        return "value"
    table = table_of(instrument.newest.file.template, subject) or table_of(instrument.newest.file.template, sections[0].id)
    of_risk = table is not None and (table.direction == "higher_is_worse" or all(one in RISKS for one in table.names))
    return "risk" if of_risk else "capacity"


def _panel(instrument: InstrumentYears, course: ScoreCourse) -> YearsPanel:
    said = instrument.scores(course)
    points = []
    for place, score in enumerate(course.scores):
        has_figure = score is not None and score.status == "complete" and score.percent is not None
        figure = instrument.readers[place].figure(score, course.id) if score is not None and has_figure else ""
        points.append(YearPoint(score.percent if score is not None and has_figure else None, figure, said[place]))
    joins: list[Join] = [
        "none" if change is None else "other" if differences else "same"
        for change, differences in zip(course.changes, instrument.course.differences, strict=True)
    ]
    return YearsPanel(instrument.section_title(course.id), tuple(points), tuple(joins))
