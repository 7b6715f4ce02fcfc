"""How each section adds up, with the headings within it; and which questions bear on which perspective."""

from __future__ import annotations

from desktop.charts.wording import score_number
from desktop.reports.content_reader import Reader
from desktop.reports.layout import Column, ReportBuilder
from desktop.reports.texts import Cell, StatusWord
from forms.result import GroupResult, SectionResult
from forms.template import Section
from forms.text import N_

#: A table of sums that takes more than this share of a page is cut rather than carried to the next.
_MOST_KEPT = 0.35
#: Stands before the title of a heading within a section.
_WITHIN = "\N{EN DASH} "


def write_sums(report: ReportBuilder, reader: Reader) -> None:
    """Write the sums behind each section's figure."""
    language, template = reader.language, reader.file.template
    result = {one.section: one for one in reader.file.result.sections if one.asked and one.score.status != "unscored"}
    rows: list[list[Cell]] = []
    for section in (one for one in template.sections if one.id in result):
        rows.append(_row(reader, result[section.id]))
        rows += [_group_row(reader, section, group) for group in result[section.id].groups if group.asked]
    with report.keep_together(most=_MOST_KEPT):
        report.heading(2, language.text(N_("How each section adds up")))
        report.table(
            [
                Column(language.text(N_("Section")), 4),
                Column(language.text(N_("Counted of asked")), 1.7, "right"),
                Column(language.text(N_("Points of most")), 1.7, "right"),
                Column(language.text(N_("Weight")), 1.2, "right"),
                Column(language.text(N_("Figure")), 1.6, "right"),
                Column(language.text(N_("Rating")), 1.9),
                Column(language.text(N_("To the next band")), 1.9, "right"),
            ],
            rows,
            size="dense",
        )


def _row(reader: Reader, section: SectionResult) -> list[Cell]:
    language = reader.language
    distance = section.score.next_band
    return [
        reader.section_title(section.section),
        f"{language.number(section.counted)} / {language.number(section.asked)}",
        f"{language.number(section.points)} / {language.number(section.maximum)}",
        language.number(section.weight),
        reader.figure(section.score, section.section),
        reader.band_mark(section.score, section.section),
        score_number(language, distance.value) if distance is not None else "–",
    ]


def _group_row(reader: Reader, section: Section, group: GroupResult) -> list[Cell]:
    """Write a heading within a section: its part of the sums, and a band where the section's table can say one of a part."""
    language, score = reader.language, group.score
    title = next(one.title for one in section.groups if one.id == group.group)
    mark: StatusWord | None = None
    figure = ""
    if score.band is not None:
        figure, mark = reader.figure(score, section.id), reader.band_mark(score, section.id)
    elif score.value is not None:
        figure = language.number(score.value, 0 if score.value.denominator == 1 else 1)
    return [
        f"{_WITHIN}{reader.own(title)}",
        f"{language.number(group.counted)} / {language.number(group.asked)}",
        f"{language.number(group.points)} / {language.number(group.maximum)}",
        None,
        figure,
        mark,
        None,
    ]


def write_perspectives(report: ReportBuilder, reader: Reader) -> None:
    """Write which of the questions asked bear on each perspective of the template; nothing where it has none.

    A light scope asks too little to be read by perspective, and its report is short.
    """
    language = reader.language
    if reader.file.result.scope == "light" and len(reader.file.template.scopes) > 1:
        return
    rows: list[list[Cell]] = []
    for perspective in reader.file.template.perspectives:
        bearing = [line.question for line in reader.file.result.lines if line.question in perspective.questions]
        asked = [question for question in bearing if reader.number(question)]
        gaps = {gap.question for gap in reader.file.result.gaps}
        weak = [question for question in asked if question in gaps]
        rows.append(
            [
                reader.own(perspective.text),
                ", ".join(reader.number(question) for question in asked) or "–",
                ", ".join(reader.number(question) for question in weak) or "–",
            ]
        )
    if not rows:
        return
    with report.keep_together():
        report.heading(2, language.text(N_("Perspectives")))
        report.table(
            [
                Column(language.text(N_("Perspective")), 4),
                Column(language.text(N_("Questions that bear on it")), 6),
                Column(language.text(N_("Below requirement")), 3),
            ],
            rows,
            row_headers=True,
            size="dense",
        )
