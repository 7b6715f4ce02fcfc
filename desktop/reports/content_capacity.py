"""Capacity: requirement gaps first, then the profile of organisation and project apart, calculated and judged side by side, findings."""

from __future__ import annotations

from desktop.charts.capacity import capacity_profile, profile_rows
from desktop.charts.scale import zones_of
from desktop.charts.wording import band_status, subject_word
from desktop.language import Language
from desktop.reports.content_reader import KEY_LETTER, Reader, print_measure
from desktop.reports.layout import Bold, Column, ReportBuilder, StatusWord
from desktop.reports.styles import TEXT_WIDTH
from desktop.reports.texts import Cell
from desktop.words import BANDS, word
from forms.result import Gap, QuestionLine, Score, SectionResult
from forms.text import N_

#: More gaps than this are set in small type, so that the profiles still stand on the same page.
FEW_GAPS = 5
WIDEST_LEVEL = 3  #: letters


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
        dense=len(gaps) > FEW_GAPS,
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
        rows.append([title, reader.score_mark(score), own, language.text(N_("The same")) if same else rating.reason])
    if not rows:
        return
    report.heading(2, language.text(N_("Calculated and judged rating")))
    report.table(
        [
            Column(language.text(N_("Concerns")), 1.6),
            Column(language.text(N_("Calculated")), 2.3),
            Column(language.text(N_("Judged by the caseworker")), 2.4),
            Column(language.text(N_("Why they differ")), 6),
        ],
        rows,
        dense=True,
    )


def write_findings(report: ReportBuilder, reader: Reader) -> None:
    """Write the findings: for each section of the subjects, apart, its key questions and what the caseworker noted."""
    language = reader.language
    report.heading(1, language.text(N_("Findings")))
    for subject in reader.file.result.subjects:
        rows: list[list[Cell]] = []
        for section in reader.file.result.sections:
            if section.subject == subject.subject:
                rows += _finding_rows(reader, section)
        if rows:
            report.heading(2, subject_word(language, subject.subject))
            report.table(_finding_columns(language), rows, dense=True)
    unnoted = [line.question for line in reader.file.result.lines if line.key and not _worth_a_row(reader, line)]
    if unnoted:
        said = language.text(
            N_("Key questions that meet the requirement, without a note: {numbers}."), numbers=[reader.number(one) for one in unnoted]
        )
        report.paragraph(said, style="small")


def _finding_columns(language: Language) -> list[Column]:
    return [
        Column(language.text(N_("No.")), 0.75, "right"),
        Column(language.text(N_("Key question or gap")), 5),
        Column(language.text(N_("Level")), 1.0, "right"),
        Column(language.text(N_("Required")), 1.4, "right"),
        Column(language.text(N_("What we found")), 5.4),
    ]


def _finding_rows(reader: Reader, section: SectionResult) -> list[list[Cell]]:
    lines = [line for line in reader.file.result.lines if line.section == section.section and _worth_a_row(reader, line)]
    if not lines:
        return []
    title: Cell = Bold(reader.section_title(section.section))
    head: list[Cell] = [None, title, None, None, reader.score_mark(section.score)]
    return [head, *(_finding(reader, line) for line in lines)]


def _worth_a_row(reader: Reader, line: QuestionLine) -> bool:
    """A gap always; a key question when something is noted on it, or when it has no ordinary answer."""
    if line.is_gap:
        return True
    answer = reader.answer(line.question)
    return line.key and (answer is None or answer.state != "answered" or bool(answer.comment))


def _finding(reader: Reader, line: QuestionLine) -> list[Cell]:
    question = reader.question(line.question)
    answer = reader.answer(line.question)
    noted = [answer.reason, answer.comment] if answer is not None else []
    value = reader.short_value(question, answer)
    if len(value) > WIDEST_LEVEL:  # no level but a state or a choice in words: it stands with what was found
        noted, value = [f"{value}.", *noted], "–"
    required = reader.language.number(line.required) if line.required is not None else ""
    return [
        reader.number(line.question),
        reader.own(question.text),
        Bold(value) if line.is_gap else value,
        required,
        " ".join(part for part in noted if part),
    ]
