"""Capacity: requirement gaps first, then the profile of organisation and project apart, calculated and judged side by side, findings."""

from __future__ import annotations

from desktop.charts.capacity import capacity_profile, profile_rows
from desktop.charts.scale import zones_of
from desktop.charts.wording import band_status, subject_word
from desktop.reports.content_reader import KEY_LETTER, Reader, print_measure
from desktop.reports.layout import Bold, Column, ReportBuilder, StatusWord
from desktop.reports.styles import TEXT_WIDTH
from desktop.reports.texts import Cell
from desktop.words import BANDS, word
from forms.result import Gap, QuestionLine, Score
from forms.text import N_

#: More gaps than this are set in small type, so that the profiles still stand on the same page.
FEW_GAPS = 5


def write_capacity(report: ReportBuilder, reader: Reader) -> None:
    """Write the capacity part."""
    language = reader.language
    report.heading(1, language.text(N_("Capacity")))
    report.paragraph(Bold(reader.gap_sentence()), style="lead")
    _gaps(report, reader)
    for subject in reader.file.result.subjects:
        _profile(report, reader, subject.subject, subject.score)
    _ratings(report, reader)


def _gaps(report: ReportBuilder, reader: Reader) -> None:
    language = reader.language
    gaps = sorted(reader.file.result.gaps, key=lambda gap: not gap.key)
    if not gaps:
        return
    report.table(
        [
            Column(language.text(N_("No.")), 0.75, "right"),
            Column(language.text(N_("Below the requirement")), 5.3),
            Column(language.text(N_("Answer")), 6),
            Column(language.text(N_("Required")), 1.2, "right"),
        ],
        [_gap_row(reader, gap) for gap in gaps],
        size="dense" if len(gaps) > FEW_GAPS else "normal",
    )


def _gap_row(reader: Reader, gap: Gap) -> list[Cell]:
    question = reader.question(gap.question)
    text = reader.own(question.text)
    name: Cell = [Bold(KEY_LETTER), " ", text] if gap.key else text
    return [reader.number(gap.question), name, reader.value(question, reader.answer(gap.question)), reader.language.number(gap.required)]


def _profile(report: ReportBuilder, reader: Reader, subject: str, score: Score) -> None:
    file, language = reader.file, reader.language
    before = file.earlier.result if file.earlier is not None else None
    rows = profile_rows(file.template, file.result, subject, language, before=before)
    if not rows:
        return
    label = str(file.earlier.assessment.draft.as_of.year) if file.earlier is not None else ""
    drawing = capacity_profile(
        rows,
        zones_of(file.template, subject),
        subject=subject,
        language=language,
        measure=print_measure,
        width=TEXT_WIDTH,
        before_label=label,
    )
    with report.keep_together():
        report.heading(2, subject_word(language, subject))
        report.status(band_status(score.band, language), reader.score_words(score))
        if held := _held_sentence(reader, score, of_sections=True):
            report.paragraph(held)
        report.figure(drawing)
        for section in file.result.sections:
            if section.subject == subject and (held := _held_sentence(reader, section.score, of_sections=False)):
                report.paragraph(f"{reader.section_title(section.section)}: {held[0].lower()}{held[1:]}", style="small")


def _held_sentence(reader: Reader, score: Score, *, of_sections: bool) -> str:
    """Say what holds a band down, and what the figure alone would give."""
    if not score.held_by or score.band_uncapped is None:
        return ""
    language = reader.language
    names = [reader.section_title(one) for one in score.held_by]
    because = language.listing(names) if of_sections else reader.numbered_questions(score.held_by)
    return language.text(
        N_("Held down by {because}; the figure alone would give {band}."),
        because=because,
        band=word(BANDS, score.band_uncapped, language).lower(),
    )


def _ratings(report: ReportBuilder, reader: Reader) -> None:
    file, language = reader.file, reader.language
    scores: list[tuple[str, str, Score]] = [(one.subject, subject_word(language, one.subject), one.score) for one in file.result.subjects]
    scores += [(one.section, reader.section_title(one.section), one.score) for one in file.result.sections]
    judged = {one.area: one for one in file.judged if one.instrument == file.template.id}
    rows: list[list[Cell]] = []
    for area, title, score in scores:
        rating = judged.get(area)
        if rating is None:
            continue
        own = StatusWord(band_status(rating.rating, language), word(BANDS, rating.rating, language))
        same = rating.rating == score.band and not rating.reason
        rows.append([title, reader.figure(score), reader.band_mark(score), own, language.text(N_("The same")) if same else rating.reason])
    if not rows:
        return
    report.heading(2, language.text(N_("Calculated and judged rating")))
    report.table(
        [
            Column(language.text(N_("Concerns")), 1.7),
            Column(language.text(N_("Figure")), 1.3, "right"),
            Column(language.text(N_("Calculated")), 1.9),
            Column(language.text(N_("Judged by the caseworker")), 2.3),
            Column(language.text(N_("Why they differ")), 5.4),
        ],
        rows,
    )


def write_findings(report: ReportBuilder, reader: Reader) -> None:
    """Write the findings: for each section its gaps, and the notes on its key questions unless told under what changed."""
    language = reader.language
    report.heading(1, language.text(N_("Findings")))
    for subject in reader.file.result.subjects:
        rows: list[list[Cell]] = [
            [reader.section_title(section.section), reader.figure(section.score), reader.band_mark(section.score), told]
            for section in reader.file.result.sections
            if section.subject == subject.subject and (told := _findings(reader, section.section))
        ]
        if rows:
            report.table(
                [
                    Column(subject_word(language, subject.subject), 2.5),
                    Column(language.text(N_("Figure")), 1.2, "right"),
                    Column(language.text(N_("Rating")), 1.9),
                    Column(language.text(N_("What we found, by question number")), 8),
                ],
                rows,
            )
    _without_findings(report, reader)


def _findings(reader: Reader, section: str) -> list[str | Bold]:
    told: list[str | Bold] = []
    for line in reader.file.result.lines:
        if line.section == section and (line.is_gap or _adds_something(reader, line)):
            told += [" ", *_finding(reader, line)] if told else _finding(reader, line)
    return told


def _adds_something(reader: Reader, line: QuestionLine) -> bool:
    """Tell whether a key question has no ordinary answer, or a note that does not stand under what changed."""
    if not line.key:
        return False
    answer = reader.answer(line.question)
    if answer is None or answer.state != "answered":
        return True
    return bool(answer.comment) and not _told_as_change(reader, line)


def _told_as_change(reader: Reader, line: QuestionLine) -> bool:
    change = reader.change_of(line.question)
    return change is not None and change.how in ("better", "worse", "changed")


def _finding(reader: Reader, line: QuestionLine) -> list[str | Bold]:
    """Write one finding as running text that begins with its question's number; a gap also with level and requirement."""
    language = reader.language
    question, answer = reader.question(line.question), reader.answer(line.question)
    number, value = reader.number(line.question), reader.short_value(question, answer)
    noted = " ".join(part for part in (answer.reason, answer.comment) if part) if answer is not None else ""
    if answer is None or answer.state != "answered":
        return [Bold(f"{number}. {value}."), f" {noted}" if noted else ""]
    if line.is_gap and line.required is not None:
        level = language.text(N_("{value}, required {required}"), value=value, required=language.number(line.required))
        return [Bold(f"{number} ({level})."), f" {noted or reader.value(question, answer)}"]
    return [Bold(f"{number}."), f" {noted}"]


def _without_findings(report: ReportBuilder, reader: Reader) -> None:
    """Name the key questions that the findings are silent about, and why."""
    language = reader.language
    silent = [line for line in reader.file.result.lines if line.key and not line.is_gap and not _adds_something(reader, line)]
    changed = [line.question for line in silent if _told_as_change(reader, line)]
    unnoted = [line.question for line in silent if line.question not in changed]
    if changed:
        said = language.text(
            N_("Key questions told under what changed since last time: {numbers}."), numbers=[reader.number(one) for one in changed]
        )
        report.paragraph(said, style="small")
    if unnoted:
        said = language.text(
            N_("Key questions that meet the requirement, without a note: {numbers}."), numbers=[reader.number(one) for one in unnoted]
        )
        report.paragraph(said, style="small")
