"""What the board was told and what it decided, year by year: stop criteria, waivers, decisions and conditions."""

from __future__ import annotations

from desktop.reports.comparison_reading import DASH, YearsReader
from desktop.reports.content_reader import Reader
from desktop.reports.layout import Bold, Column, ReportBuilder, StatusWord
from desktop.reports.texts import Cell
from forms.text import N_, Text
from models.cards import AgreementCondition
from models.stops import met_stops, stop_id


def write_follow_up(report: ReportBuilder, years: YearsReader) -> None:
    """Write the stop criteria that were ever met, and each year's decision with its conditions."""
    _stops(report, years)
    _decisions(report, years)


def _stops(report: ReportBuilder, years: YearsReader) -> None:
    met: dict[tuple[str, str], Text] = {}
    for reader in reversed(years.readers):
        for stop in met_stops(reader.file):
            met.setdefault((stop.instrument, stop.stop.id), stop.text)
    text = years.language.text
    if not met:
        return
    report.heading(1, text(N_("Stop criteria over the years")))
    report.table(
        [Column(text(N_("Stop criterion")), 3.4), *(Column(label, 1.6) for label in years.labels)],
        [[years.newest.own(words), *(_stood(reader, *key) for reader in years.readers)] for key, words in met.items()],
        size="dense",
    )


def _stood(reader: Reader, instrument: str, stop: str) -> Cell:
    """Say how a stop criterion stood at a time: met, waived, not met, or not looked at."""
    text, file = reader.language.text, reader.file
    seen = next((one for one in file.each() if one.template.id == instrument), None)
    if seen is None or all(one.id != stop for one in seen.template.stops):
        return text(N_("not looked at"))
    if all(one.id != stop for one in seen.result.stops):
        return text(N_("not met"))
    waivers = file.decision.draft.waivers if file.decision is not None else ()
    waived = next((one for one in waivers if one.stop == stop_id(seen, stop)), None)
    if waived is not None:
        return StatusWord("significant", text(N_("met, waived until {date}"), date=waived.until))
    return StatusWord("high", text(N_("met")))


def _decisions(report: ReportBuilder, years: YearsReader) -> None:
    """Write what was recommended and decided each year, and on what conditions."""
    text = years.language.text
    report.heading(1, text(N_("Decisions and conditions over the years")))
    report.table(
        [
            Column(text(N_("Year")), 0.9),
            Column(text(N_("Recommended")), 1.8),
            Column(text(N_("Decided")), 2.2),
            Column(text(N_("On these conditions")), 5.5),
        ],
        [[Bold(label), *_decision(reader)] for label, reader in zip(years.labels, years.readers, strict=True)],
    )
    report.paragraph(
        text(N_("Whether a condition was met is followed up after the decision and is not part of the sealed records.")), style="small"
    )


def _decision(reader: Reader) -> list[Cell]:
    text, file = reader.language.text, reader.file
    recommended = file.recommendation
    said = reader.decision(recommended.decision) if recommended is not None else DASH
    if file.decision is None:
        conditions = recommended.conditions if recommended is not None else ()
        return [said, text(N_("No decision has been recorded yet.")), _conditions(reader, conditions, N_("Recommended:"))]
    draft = file.decision.draft
    decided: list[str | Bold] = [
        Bold(reader.decision(draft.outcome)),
        f"\n{reader.language.date(draft.decided_on)}, {draft.body}, {draft.minutes} {draft.paragraph}",
    ]
    if draft.departure:
        decided.append("\n" + text(N_("Departs from the recommendation: {why}"), why=draft.departure))
    return [said, decided, _conditions(reader, draft.conditions, "")]


def _conditions(reader: Reader, conditions: tuple[AgreementCondition, ...], head: str) -> Cell:
    if not conditions:
        return DASH
    lines = [f"{number}. {one.text.rstrip('.')} ({reader.condition_due(one)})" for number, one in enumerate(conditions, start=1)]
    return "\n".join([reader.language.text(head), *lines] if head else lines)
