"""Page one of a comparison: where the partner stands now, every time side by side, and the records behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from desktop.charts.wording import band_status, change_sentence, risk_word, subject_word
from desktop.reports.comparison_reading import DASH, InstrumentYears, YearsReader
from desktop.reports.content_capacity import held_sentence
from desktop.reports.content_reader import Reader
from desktop.reports.layout import Bold, Column, ReportBuilder, StatusWord
from desktop.reports.texts import Cell
from desktop.words import KINDS, SCOPES, rating_mark, stops_mark, table_of, word
from forms.comparison import Assessed, compare
from forms.template import RISK, SUBJECTS
from forms.text import N_
from models.cards import AssessmentFile
from models.judging import NOT_APPLICABLE, judged_of
from models.risks import matrix_template
from models.stops import met_stops


def write_summary(report: ReportBuilder, years: YearsReader, *, tight: bool = False) -> None:
    """Write page one; ``tight`` sets its sentences in smaller type, where it would run over."""
    language, text, files = years.language, years.language.text, [one.file for one in years.readers]
    report.title(
        years.compared.name,
        subtitle=" · ".join(
            [
                language.plural("Comparison of {n} sealed assessment", "Comparison of {n} sealed assessments", len(files)),
                f"{language.date(files[0].card.draft.as_of)} – {language.date(files[-1].card.draft.as_of)}",
                language.country(files[-1].partner.draft.country),
                *(_projects(years) if len(_projects(years)) == 1 else ()),
            ]
        ),
    )
    if files[-1].partner.draft.protected:
        said = N_("The partner is protected: shown under a cover name; its identity is in the organisation’s register.")
        report.paragraph(text(said), style="small")
    _stops_now(report, years)
    _moved(report, years, style="compact" if tight else "body")
    report.table(
        [Column("", 1.55), *(Column(label, 1) for label in years.labels)],
        _rows(years),
        size="dense",
        summary=text(N_("Each assessment in a column of its own, the oldest first.")),
    )
    _write_notes(report, years, tight=tight)
    with report.keep_together():
        report.heading(2, text(N_("Sealed records, SHA-256")), tight=True)
        report.digests(
            [
                (text(N_("{case}, sealed {at}"), case=one.card.case_number, at=one.seal.at), one.seal.sha256)
                for one in files
                if one.seal is not None
            ]
        )


def _stops_now(report: ReportBuilder, years: YearsReader) -> None:
    """Put the stop criteria that the newest assessment meets above all figures."""
    met = met_stops(years.newest.file)
    if met:
        title = years.language.plural(
            "{n} stop criterion is met in {when}", "{n} stop criteria are met in {when}", len(met), when=years.labels[-1]
        )
        with report.callout("stop", title):
            for stop in met:
                report.paragraph(Bold(years.newest.own(stop.text)), style="compact")


def _moved(report: ReportBuilder, years: YearsReader, *, style: Literal["body", "compact"]) -> None:
    """Say in a sentence each how the subjects have moved since the time before and since the first."""
    main = next((one for one in years.instruments if one.newest.file.template.id == years.newest.file.template.id), None)
    if main is None or not main.is_compared:
        return
    text = years.language.text
    for subject in main.course.subjects:
        table = table_of(main.newest.file.template, subject.id)
        said: list[str | Bold] = [Bold(f"{subject_word(years.language, subject.id)}. ")]
        last = subject.changes[-1]
        if last is None or not main.is_in_percent(subject.id):
            said.append(f"{main.labels[-1]}: {main.scores(subject)[-1]}.")
        else:
            since = text(N_("Since {when}:"), when=main.labels[-2])
            said.append(f"{since} {_lower(change_sentence(years.language, last, table))}")
        if len(main.readers) > 2 and all(subject.changes) and main.is_in_percent(subject.id):
            first = compare(before=_assessed(main.readers[0]), now=_assessed(main.newest)).subjects
            whole = next(one for one in first if one.id == subject.id)
            since = text(N_("Since {when}:"), when=main.labels[0])
            said.append(f" {since} {_lower(change_sentence(years.language, whole, table))}")
        score = subject.scores[-1]
        if score is not None and (held := held_sentence(main.newest, score, subject.id, of_sections=True)):
            said.append(f" {held}")
        report.paragraph(said, style=style)
    report.paragraph(_answers_moved(years, main), style=style)


def _assessed(reader: Reader) -> Assessed:
    return Assessed(reader.file.template, reader.file.answers, reader.file.result)


def _answers_moved(years: YearsReader, main: InstrumentYears) -> list[str | Bold]:
    course, place, language = main.course, len(main.readers) - 1, years.language
    worse = [one for one in course.questions if one.standings[place].has_moved and one.standings[place].how == "worse"]
    better = course.moved(place, "better")
    said: list[str | Bold] = [
        Bold(language.text(N_("Answers since {when}:"), when=main.labels[-2])),
        " ",
        language.text(N_("{worse} worse, {better} better."), worse=language.number(len(worse)), better=language.number(better)),
    ]
    key = [one.question for one in worse if one.key]
    if key:
        said += [" ", language.text(N_("Worse among the key questions: {questions}."), questions=main.newest.numbered_questions(key))]
    return said


def _rows(years: YearsReader) -> list[list[Cell]]:
    """Give the rows of the table: what was assessed, what was recommended and decided, and what it came to."""
    text = years.language.text
    rows: list[list[Cell]] = [
        _row(years, N_("Case"), lambda one: Bold(one.file.card.case_number)),
        _row(years, N_("Date"), lambda one: years.language.date(one.file.card.draft.as_of)),
        _row(years, N_("Kind and scope"), _kind),
        _row(years, N_("Template, version"), _templates),
    ]
    names = [one.file.partner.name for one in years.readers]
    if len(set(names)) > 1:
        rows.append(_row(years, N_("Name of the partner"), lambda one: one.file.partner.name))
    if len(_projects(years)) > 1:
        rows.append(_row(years, N_("Project"), lambda one: one.file.project.draft.title if one.file.project is not None else DASH))
    rows.append(_row(years, N_("Recommendation"), _recommended))
    rows.append(_row(years, N_("Decision"), _decided))
    rows.append(_row(years, N_("Stop criteria met"), _stops))
    for subject in SUBJECTS:
        if any(one.file.result.subject(subject) is not None for one in years.readers):
            name = subject_word(years.language, subject)
            rows.append([Bold(name), *(_calculated(one, subject) for one in years.readers)])
            if any(judged_of(one.file, subject) is not None for one in years.readers):
                judged = text(N_("{subject}, judged"), subject=name)
                rows.append([judged, *(_judged(one, subject) for one in years.readers)])
    rows.append(_row(years, N_("Below the requirement"), _gaps))
    if any(matrix_template(one.file) is not None for one in years.readers):
        rows.append(_row(years, N_("Risks after mitigation"), _risks))
    rows.append(_row(years, N_("Verified by us"), _verified))
    return rows


def _projects(years: YearsReader) -> list[str]:
    """Give the projects that were assessed, by title; none counts as one of its own where others have one."""
    titles = [one.file.project.draft.title if one.file.project is not None else "" for one in years.readers]
    return list(dict.fromkeys(titles)) if any(titles) else []


def _row(years: YearsReader, title: str, said: Callable[[Reader], Cell]) -> list[Cell]:
    return [years.language.text(title), *(said(one) for one in years.readers)]


def _kind(reader: Reader) -> str:
    draft, language = reader.file.card.draft, reader.language
    return f"{word(KINDS, draft.kind, language)}, {word(SCOPES, draft.scope, language).lower()}"


def _templates(reader: Reader) -> str:
    named = [f"{reader.own(one.template.name)} {one.template.version}" for one in reader.file.each()]
    return "\n".join(named)


def _recommended(reader: Reader) -> str:
    recommended = reader.file.recommendation
    return reader.decision(recommended.decision) if recommended is not None else DASH


def _decided(reader: Reader) -> Cell:
    decided, language = reader.file.decision, reader.language
    if decided is None:
        return language.text(N_("none recorded"))
    return Bold(f"{reader.decision(decided.draft.outcome)}, {language.date(decided.draft.decided_on)}")


def _stops(reader: Reader) -> Cell:
    mark = stops_mark(len(met_stops(reader.file)), reader.language)
    return StatusWord(mark.tone, mark.word) if mark is not None else reader.language.text(N_("none"))


def _calculated(reader: Reader, subject: str) -> Cell:
    found = reader.file.result.subject(subject)
    if found is None:
        return reader.language.text(N_("not assessed"))
    mark = reader.band_mark(found.score, subject)
    figure = reader.figure(found.score, subject)
    return StatusWord(mark.status, f"{mark.word} {figure}".strip())


def _judged(reader: Reader, subject: str) -> Cell:
    judged = judged_of(reader.file, subject)
    if judged is None:
        return DASH
    if judged.rating == NOT_APPLICABLE:
        return reader.language.text(N_("set aside"))
    mark = rating_mark(judged.rating, reader.language, table_of(reader.file.template, subject))
    return StatusWord(mark.tone, mark.word)


def _gaps(reader: Reader) -> str:
    result, language = reader.file.result, reader.language
    if not result.required:
        return DASH
    key = sum(1 for gap in result.gaps if gap.key)
    gaps, every = language.number(len(result.gaps)), language.number(result.required)
    if not key:
        return language.text(N_("{gaps} of {all}"), gaps=gaps, all=every)
    return language.text(N_("{gaps} of {all}, {key} key"), gaps=gaps, all=every, key=language.number(key))


def _risks(reader: Reader) -> Cell:
    """Count the risks that stand, by their rating after mitigation, the worst first."""
    counts, language = risk_counts(reader.file), reader.language
    if counts is None:
        return language.text(N_("not assessed"))
    said = [(rating, counts[rating]) for rating in reversed(RISK) if counts[rating]]
    if not said:
        return language.text(N_("none"))
    worst = said[0][0]
    return StatusWord(
        band_status(worst, language), ", ".join(f"{language.number(n)} {risk_word(language, one).lower()}" for one, n in said)
    )


def risk_counts(file: AssessmentFile) -> dict[str, int] | None:
    """Count the risks that stand by their rating after mitigation; ``None`` where no table rates risks."""
    from desktop.charts.risk_matrix import number_risks

    rated_by = matrix_template(file)
    if rated_by is None or rated_by.risk_matrix is None:
        return None
    ratings = [one.residual for one in number_risks(rated_by.risk_matrix, file.risks)]
    return {rating: ratings.count(rating) for rating in RISK}


def _verified(reader: Reader) -> str:
    done = reader.file.result.completeness
    return reader.language.text(
        N_("{n} of {all} answers"), n=reader.language.number(done.verified), all=reader.language.number(done.answered)
    )


def _write_notes(report: ReportBuilder, years: YearsReader, *, tight: bool) -> None:
    notes, title = _notes(years), years.language.text(N_("Not everything here is measured alike"))
    if notes and tight:
        report.paragraph([Bold(f"{title}. "), " ".join(notes)], style="compact")
    elif notes:
        with report.callout("note", title):
            for note in notes:
                report.paragraph(note, style="compact")


def _notes(years: YearsReader) -> list[str]:
    """Say what is not measured alike: other templates, versions and scopes, and figures that are not set against each other."""
    text = years.language.text
    notes = []
    if len(years.mains) > 1:
        notes.append(
            text(N_("The assessments were not all made by one template: figures of different templates are never set against each other."))
        )
    for one in years.instruments:
        if not one.is_compared:
            notes.append(text(N_("{template} was used in {when} only, so it is not compared."), template=one.name, when=one.labels[0]))
            continue
        several = sum(1 for each in years.instruments if each.is_compared) > 1
        if differences := " ".join(one.difference_sentences()):
            notes.append(years.language.headed(one.name, differences) if several else differences)
    return notes


def _lower(sentence: str) -> str:
    """Begin a sentence as the rest of another."""
    return sentence[:1].lower() + sentence[1:]
