"""Risks over the years: what came, what went and what moved, by the rating after mitigation."""

from __future__ import annotations

from desktop.reports.comparison_reading import DASH, YearsReader
from desktop.reports.content_risks import rated
from desktop.reports.layout import Bold, Column, ReportBuilder
from desktop.reports.texts import Cell
from forms.risk_years import Movement, Register, RiskCourse, risks_over_years
from forms.text import N_
from models.risks import matrix_template

#: From so many times on there is no room to repeat what is done about each risk.
MANY_TIMES = 5
_MOVEMENTS: dict[Movement, str] = {
    "came": N_("came"),
    "went": N_("gone"),
    "lower": N_("lower"),
    "higher": N_("higher"),
    "shifted": N_("moved, same rating"),
    "same": N_("as before"),
    "back": N_("back again"),
    "set_aside": N_("set aside"),
    "re_rated": N_("rated by another table"),
}


def write_risks(report: ReportBuilder, years: YearsReader) -> None:
    """Write the risks; nothing where no template has a table of them."""
    text = years.language.text
    registers = [_register(years, place) for place in range(len(years.readers))]
    rated_times = [place for place, one in enumerate(registers) if one.matrix is not None]
    if not rated_times:
        return
    report.heading(1, text(N_("Risks over the years")))
    matrices = [registers[place].matrix for place in rated_times]
    if any(one != matrices[0] for one in matrices):
        said = N_("The table that rates risks was not the same every time: a rating by another table is neither higher nor lower.")
        report.paragraph(text(said))
    courses = risks_over_years(registers)
    if not courses:
        report.paragraph(text(N_("No risk has been entered.")))
        return
    report.paragraph(
        text(
            N_("The rating after mitigation, with likelihood (L) and impact (I) from 1 to 5. {dash}: not in the register then."), dash=DASH
        ),
        style="small",
    )
    since = text(N_("Since {when}"), when=years.labels[rated_times[-2]]) if len(rated_times) > 1 else text(N_("Now"))
    has_room = len(years.labels) < MANY_TIMES
    measures = [Column(text(N_("What is done now")), 4)] if has_room else []
    rows = [_row(years, registers, one) for one in courses]
    report.table(
        [Column(text(N_("Risk")), 4.4), *(Column(label, 1.4) for label in years.labels), Column(since, 1.3), *measures],
        rows if has_room else [row[:-1] for row in rows],
        size="dense",
    )


def _register(years: YearsReader, place: int) -> Register:
    file = years.readers[place].file
    template = matrix_template(file)
    return Register(file.risks, template.risk_matrix if template is not None else None)


def _row(years: YearsReader, registers: list[Register], course: RiskCourse) -> list[Cell]:
    text, entry = years.language.text, course.newest
    cells: list[Cell] = []
    for place, standing in enumerate(course.standings):
        if standing is None:
            cells.append(DASH if registers[place].matrix is not None else text(N_("not assessed")))
        elif standing.rating is None:
            cells.append(text(N_("set aside")))
        else:
            now = standing.entry
            cells.append(rated(years.readers[place], standing.rating, now.residual_likelihood, now.residual_impact))
    last = course.standings[-1]
    reason = last.entry.reason if last is not None and course.movement in ("set_aside", "back") else ""
    measure = last.entry.mitigation if last is not None and last.rating is not None else ""
    moved = text(_MOVEMENTS[course.movement])
    return [entry.title, *cells, Bold(moved), " ".join(part for part in (reason, measure) if part) or DASH]
