"""Page one, for a board member with four minutes: what stops it, what is asked, what we recommend, on what conditions, how sure we are."""

from __future__ import annotations

import json
from contextlib import nullcontext
from typing import Literal

from desktop.charts.sources import source_parts, sources_bar
from desktop.reports.content_outside import relied_questions
from desktop.reports.content_rapid import write_rapid
from desktop.reports.content_reader import Reader, print_measure
from desktop.reports.first_page_room import Room
from desktop.reports.layout import Bold, Column, ReportBuilder
from desktop.reports.styles import TEXT_WIDTH
from desktop.words import COLLABORATIONS, KINDS, SCOPES, word
from forms.text import N_
from models.cards import AssessmentFile
from models.stops import met_stops

#: More letters than this on page one are set in the smaller size, so that they still are one page.
MUCH_TEXT = 1800
#: A table of more conditions than this may run over to the next page.
MANY_CONDITIONS = 8


def write_first_page(report: ReportBuilder, reader: Reader, room: Room | None = None) -> None:
    """Write page one; ``room`` is given where it must not run over."""
    room = room or Room(natural_size(reader), "large")
    file, language = reader.file, reader.language
    draft = file.card.draft
    facts = [
        language.text(N_("Assessment of {date} ({kind})"), date=draft.as_of, kind=word(KINDS, draft.kind, language).lower()),
        word(COLLABORATIONS, draft.collaboration, language),
        language.text(N_("scope {scope}"), scope=word(SCOPES, draft.scope, language).lower()),
    ]
    if beside := [reader.own(one.template.name) for one in file.instruments[1:]]:
        facts.append(language.text(N_("with {instruments}"), instruments=beside))
    report.title(room.short(file.partner.name), subtitle=" · ".join(facts))
    if file.partner.draft.protected:
        said = N_("The partner is protected: shown under a cover name; its identity is in the organisation’s register.")
        report.paragraph(language.text(said), style="small")
    if file.seal is None:
        report.paragraph(Bold(language.text(N_("Draft, not sealed: anything here may still change."))))
    _stops(report, reader, room)
    write_rapid(report, reader, room)
    _asked(report, reader, room)
    _recommendation(report, reader, room)
    _conditions(report, reader, room)
    _how_sure(report, reader, room)
    _status(report, reader)


def _stops(report: ReportBuilder, reader: Reader, room: Room) -> None:
    stops = met_stops(reader.file)
    if not stops:
        return
    names = {seen.template.id: reader.own(seen.template.name) for seen in reader.file.each()}
    language = reader.language
    waivable = {
        "never": language.text(N_("can never be waived")),
        "board": language.text(N_("only the board may waive it, with limit, date and compensating control")),
    }
    with report.callout("stop", language.plural("{n} stop criterion is met", "{n} stop criteria are met", len(stops))):
        for stop in room.few(sorted(stops, key=lambda one: one.waivable != "never")):
            because = language.chained(_answered(reader, one) for one in stop.stop.because if reader.number(one))
            of_added = stop.instrument != reader.file.template.id
            text = language.headed(names[stop.instrument], reader.own(stop.text)) if of_added else reader.own(stop.text)
            said: list[str | Bold] = [Bold(room.firm(text)), f" {_capital(waivable[stop.waivable])}. {room.firm(_capital(because))}"]
            report.paragraph(said, style="compact" if room.text == "compact" else "body")


def _answered(reader: Reader, question: str) -> str:
    """Say which answer made it so."""
    asked = reader.question(question)
    value = reader.short_value(asked, reader.answer(question))
    level = reader.language.text(N_("level {value}"), value=value) if asked.kind == "level" and value.isdigit() else value.rstrip(".")
    return reader.language.headed(reader.numbered_questions([question]), f"{level}.")


def natural_size(reader: Reader) -> Literal["body", "reading"]:
    """Choose the size of running text: larger where the page has room for it, which a stopped or long case has not."""
    recommended, project = reader.file.recommendation, reader.file.project
    written = [project.draft.summary if project is not None else ""]
    if recommended is not None:
        written += [recommended.summary, recommended.departure, recommended.visit, recommended.limits]
        written += [condition.text for condition in recommended.conditions]
    is_full = bool(met_stops(reader.file)) or len(reader.file.instruments) > 1
    return "body" if is_full or sum(map(len, written)) > MUCH_TEXT else "reading"


def _asked(report: ReportBuilder, reader: Reader, room: Room) -> None:
    file, language = reader.file, reader.language
    report.heading(2, language.text(N_("What is asked of us")), tight=room.tight)
    project = file.project
    if project is None:
        report.paragraph(language.text(N_("A partnership without money for a project: the assessment concerns the organisation alone.")))
        return
    title, summary = room.short(project.draft.title), room.short(project.draft.summary)
    report.paragraph([Bold(title), ". ", summary] if summary else Bold(title), style=room.text)
    amount, period = reader.amount(), reader.period()
    country = language.country(project.draft.country or file.partner.draft.country)
    report.facts(
        [
            (language.text(N_("Amount")), Bold(amount) if amount else language.text(N_("No amount stated"))),
            (language.text(N_("Period")), period or language.text(N_("No period stated"))),
            (language.text(N_("Country")), country),
            (language.text(N_("Funded by")), room.short(project.draft.funding_source) or "–"),
        ],
        widths=(1.15, 1.4, 1.1, 1.9),
    )


def _recommendation(report: ReportBuilder, reader: Reader, room: Room) -> None:
    file, language = reader.file, reader.language
    report.heading(2, language.text(N_("What we recommend")), tight=room.tight)
    proposal = file.result.proposal
    reason = reader.proposal_reason()
    if proposal is not None:
        calculated = language.text(N_("Calculated from the answers: {decision}."), decision=reader.decision(proposal.decision).lower())
    elif file.result.completeness.open:
        calculated = language.text(N_("No recommendation is calculated until every question has its answer."))
    else:
        calculated = language.text(N_("The template calculates no recommendation from these answers."))
    recommended = file.recommendation
    if recommended is None:
        report.paragraph(language.text(N_("The caseworker has not written a recommendation yet.")))
        report.paragraph(f"{calculated} {reason}".strip(), style="small")
        return
    with report.columns(left_share=0.6) as sides:
        report.paragraph(reader.decision(recommended.decision), style="statement")
        sides.right()
        report.paragraph([Bold(calculated), f" {room.short(reason)}"], style="small")
    if recommended.departure and proposal is not None and proposal.decision != recommended.decision:
        why = language.text(N_("Why we recommend otherwise:"))
        report.paragraph([Bold(why), " ", room.short(recommended.departure)], style=room.text)
    elif recommended.departure:
        report.paragraph(room.short(recommended.departure), style=room.text)
    if recommended.summary:
        report.paragraph(room.short(recommended.summary), style=room.text)


def _conditions(report: ReportBuilder, reader: Reader, room: Room) -> None:
    recommended = reader.file.recommendation
    if recommended is None or not recommended.conditions:
        return
    language = reader.language
    many = len(recommended.conditions) > MANY_CONDITIONS
    with nullcontext() if many else report.keep_together():
        report.heading(2, language.text(N_("On these conditions")), tight=room.tight)
        report.table(
            [Column("", 0.45), Column(language.text(N_("Condition")), 7.2), Column(language.text(N_("To be met")), 3.2)],
            [
                [language.number(number), room.firm(condition.text), Bold(_capital(reader.condition_due(condition)))]
                for number, condition in enumerate(room.few(recommended.conditions), start=1)
            ],
            size=room.table,
            by_content=True,
        )
        left = len(recommended.conditions) - len(room.few(recommended.conditions))
        if left:
            more = language.plural("{n} more condition stands in the report.", "{n} more conditions stand in the report.", left)
            report.paragraph(Bold(more), style="small")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _how_sure(report: ReportBuilder, reader: Reader, room: Room) -> None:
    file, language = reader.file, reader.language
    completeness = file.result.completeness
    with report.keep_together():
        report.heading(2, language.text(N_("How sure we are")), tight=room.tight)
        report.figure(sources_bar(source_parts(completeness, language), language=language, measure=print_measure, width=TEXT_WIDTH))
        rows = []
        recommended = file.recommendation
        if recommended is not None and recommended.visit:
            rows.append((language.text(N_("Visit")), recommended.visit))
        if recommended is not None and recommended.limits:
            rows.append((language.text(N_("Limits")), recommended.limits))
        if completeness.not_established:
            unknown = [line.question for line in file.result.lines if line.state == "not_established"]
            rows.append((language.text(N_("Not established")), _capital(reader.numbered_questions(unknown))))
        if file.result.not_applicable_share:
            share = language.percent(file.result.not_applicable_share * 100)
            rows.append(
                (language.text(N_("Set aside")), language.text(N_("{share} of the scored questions are not applicable"), share=share))
            )
        if relied := relied_questions(reader):
            rows.append((language.text(N_("Relied on")), _relied(reader, relied)))
        if completeness.open:
            rows.append(
                (
                    language.text(N_("Still open")),
                    language.plural("{n} question has no answer yet", "{n} questions have no answer yet", completeness.open),
                )
            )
        beside = [seen for seen in file.each() if not seen.is_main]
        if beside:
            added = [language.headed(reader.own(seen.template.name), _how_far(reader, seen)) for seen in beside]
            rows.append((language.text(N_("Added instruments")), language.chained(added)))
        rows.append((language.text(N_("Changed late")), _changed_late(reader)))
        report.key_values([(key, room.short(value)) for key, value in room.few(rows)], key_width=88, small=room.text == "compact")


def _relied(reader: Reader, questions: list[str]) -> str:
    counted = reader.language.plural(
        "{n} answer rests on another body’s result", "{n} answers rest on other bodies’ results", len(questions)
    )
    return reader.language.headed(counted, reader.numbered_questions(questions))


def _how_far(reader: Reader, seen: AssessmentFile) -> str:
    """Say of an added instrument how much is answered, and what could not be established."""
    language, done = reader.language, seen.result.completeness
    said = language.text(N_("{answered} of {asked} answered"), answered=done.answered, asked=done.asked)
    unknown = [line.question for line in seen.result.lines if line.state == "not_established"]
    return f"{said}. {language.text(N_('Not established'))}: {reader.numbered_questions(unknown)}" if unknown else said


def _changed_late(reader: Reader) -> str:
    changed, language = reader.file.changed_after_result, reader.language
    if reader.file.result_seen_at is None:
        return language.text(N_("The result has not been looked at yet"))
    if changed == 0:
        return language.text(N_("No answer was changed after the result was seen"))
    return language.plural(
        "{n} answer was changed after the result was seen, with a reason",
        "{n} answers were changed after the result was seen, each with a reason",
        changed,
    )


def _status(report: ReportBuilder, reader: Reader) -> None:
    file, language = reader.file, reader.language
    if file.seal is None:
        return
    signers = [str(one["name"]) for one in json.loads(file.seal.record)["required_signers"]]
    said = N_("Sealed {at} by {name}; to be signed by {signers}.")
    report.paragraph(language.text(said, at=file.seal.at, name=file.seal.by_name, signers=signers), style="small")
