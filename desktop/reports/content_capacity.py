"""Capacity: requirement gaps first, then the profile of organisation and project apart, calculated and judged side by side, findings."""

from __future__ import annotations

from desktop.charts.capacity import capacity_profile, profile_rows
from desktop.charts.scale import zones_of
from desktop.charts.wording import band_status, band_word, subject_word
from desktop.language import Language
from desktop.reports.content_reader import KEY_LETTER, Reader, print_measure
from desktop.reports.layout import Bold, Column, ReportBuilder, StatusWord
from desktop.reports.styles import FRAME_HEIGHT, TEXT_WIDTH
from desktop.reports.texts import Cell, Paragraphs
from desktop.words import ANSWER_STATES, RISKS, SCOPES, rating_mark, table_of, word
from forms.result import Gap, QuestionLine, Score, SectionResult
from forms.template import BandTable
from forms.text import N_
from models.cards import JudgedRating
from models.judging import NOT_APPLICABLE, JudgedArea, areas, judged_of

#: More gaps than this are set in small type, so that the profiles still stand on the same page.
FEW_GAPS = 5


def write_capacity(report: ReportBuilder, reader: Reader) -> None:
    """Write what the instrument in focus comes to; an added one under its own name, with version and how much is answered."""
    file, language = reader.file, reader.language
    if not file.is_main:
        report.page_break(unless_left=FRAME_HEIGHT * 0.3)  # its heading stands with its profile
    report.heading(1, reader.instrument if not file.is_main else language.text(_heading(reader)))
    if not file.is_main:
        done = file.result.completeness
        about = [
            language.text(N_("version {version}"), version=file.template.version),
            word(SCOPES, file.scope, language),
            language.text(N_("{answered} of {asked} answered"), answered=done.answered, asked=done.asked),
        ]
        report.paragraph(" · ".join(about), style="small")
        if file.template.follows is not None:
            report.paragraph(reader.own(file.template.follows), style="small")
    if file.result.required or file.is_main:
        report.paragraph(Bold(reader.gap_sentence()), style="lead")
    _gaps(report, reader)
    for subject in file.result.subjects:
        _profile(report, reader, subject.subject, subject.score)
    for unrated in _unrated(reader):
        _profile(report, reader, unrated, None)
    _ratings(report, reader)


def _heading(reader: Reader) -> str:
    """Head the main instrument's part: capacity, or the result where it is no capacity that it finds."""
    tables = [table_of(reader.file.template, one.subject) for one in reader.file.result.subjects]
    of_capacity = all(table is None or table.direction == "higher_is_better" for table in tables)
    return N_("Capacity") if tables and of_capacity else N_("Result")


def _unrated(reader: Reader) -> list[str]:
    """Give the subjects whose sections come to values that nothing adds up."""
    rated = {one.subject for one in reader.file.result.subjects}
    shown = [one.subject for one in reader.file.result.sections if one.asked and one.score.status != "unscored"]
    return [one for one in dict.fromkeys(shown) if one not in rated]


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
        by_content=True,
    )


def _gap_row(reader: Reader, gap: Gap) -> list[Cell]:
    question = reader.question(gap.question)
    text = reader.own(question.text)
    name: Cell = [Bold(KEY_LETTER), " ", text] if gap.key else text
    return [reader.number(gap.question), name, reader.value(question, reader.answer(gap.question)), reader.language.number(gap.required)]


def _profile(report: ReportBuilder, reader: Reader, subject: str, score: Score | None) -> None:
    """Draw a subject's sections, under its own score where it has one."""
    file, language = reader.file, reader.language
    before = file.earlier.result if file.earlier is not None else None
    rows = profile_rows(file.template, file.result, subject, language, before=before)
    if not rows:
        return
    table = table_of(file.template, subject)
    drawing = capacity_profile(
        rows,
        zones_of(file.template, subject),
        subject=subject,
        language=language,
        measure=print_measure,
        width=TEXT_WIDTH,
        before_label=str(file.earlier.assessment.draft.as_of.year) if file.earlier is not None else "",
        higher_is_better=table is None or table.direction == "higher_is_better",
        beside=[row for one in file.result.subjects for row in profile_rows(file.template, file.result, one.subject, language)],
    )
    with report.keep_together():
        report.heading(2, _profile_title(language, subject, table))
        if score is not None:
            report.status(band_status(score.band, language, table), reader.score_words(score, subject))
            if held := held_sentence(reader, score, subject, of_sections=True):
                report.paragraph(held)
        report.figure(drawing)
        for section in file.result.sections:
            if section.subject == subject and (said := _section_remark(reader, section)):
                remark = language.headed(reader.section_title(section.section), f"{said[0].lower()}{said[1:]}")
                report.paragraph(remark, style="small")


def _profile_title(language: Language, subject: str, table: BandTable | None) -> str:
    """Head a profile by its subject; where the bands are those of risk it says so, since "low" alone might be read as weak."""
    of_risk = table is not None and all(step.band in RISKS for step in table.steps)
    title = subject_word(language, subject)
    return language.text(N_("{subject}: risk"), subject=title) if of_risk else title


def held_sentence(reader: Reader, score: Score, area: str, *, of_sections: bool) -> str:
    """Say what holds a band down, and what the figure alone would give."""
    if not score.held_by or score.band_uncapped is None:
        return ""
    language = reader.language
    names = [reader.section_title(one) for one in score.held_by]
    because = language.listing(names) if of_sections else reader.numbered_questions(score.held_by)
    return language.text(
        N_("Held down by {because}; the figure alone would give {band}."),
        because=because,
        band=band_word(language, score.band_uncapped, score.status, table_of(reader.file.template, area)).lower(),
    )


def _section_remark(reader: Reader, section: SectionResult) -> str:
    """Say what holds a section's band down, or which single answers its value does not show."""
    own = reader.value_section(section.section)
    if own is None:
        return held_sentence(reader, section.score, section.section, of_sections=False)
    if own.flag is None or not section.score.held_by:
        return ""
    return f"{reader.numbered_questions(section.score.held_by)}. {reader.own(own.flag.text)}"


def _ratings(report: ReportBuilder, reader: Reader) -> None:
    file, language = reader.file, reader.language
    rows: list[list[Cell]] = []
    for area in areas(file.template, file.result):
        rating = judged_of(file, area.id)
        if rating is None:
            continue
        title = subject_word(language, area.id) if area.kind == "subject" else reader.section_title(area.id)
        if area.kind == "overall":
            title = language.text(N_("The whole"))
        figure: str = reader.figure(area.score, _scored_as(reader, area)) if area.score is not None else "–"
        calculated: Cell = reader.band_mark(area.score, _scored_as(reader, area)) if area.score is not None else "–"
        same = rating.rating == area.calculated and not rating.reason
        rows.append([title, figure, calculated, _judged(area, rating, language), language.text(N_("The same")) if same else rating.reason])
    if not rows:
        return
    always = file.template.judged is not None and file.template.judged.comment == "always"
    report.heading(2, language.text(N_("Calculated and judged rating")))
    report.table(
        [
            Column(language.text(N_("Concerns")), 1.7),
            Column(language.text(N_("Figure")), 1.3, "right"),
            Column(language.text(N_("Calculated")), 1.9),
            Column(language.text(N_("Judged by the caseworker")), 2.3),
            Column(language.text(N_("Comment")) if always else language.text(N_("Why they differ")), 5.4),
        ],
        rows,
    )


def _scored_as(reader: Reader, area: JudgedArea) -> str:
    """Give the area whose score stands for a judged one: of the whole, the only subject's."""
    return reader.file.result.subjects[0].subject if area.kind == "overall" else area.id


def _judged(area: JudgedArea, rating: JudgedRating, language: Language) -> StatusWord:
    if rating.rating == NOT_APPLICABLE:
        return StatusWord("incomplete", word(ANSWER_STATES, NOT_APPLICABLE, language))
    mark = rating_mark(rating.rating, language, area.table)
    return StatusWord(mark.tone, mark.word)


def write_findings(report: ReportBuilder, reader: Reader) -> None:
    """Write the findings: for each section its gaps, and the notes on its key questions unless told under what changed."""
    language = reader.language
    if not reader.file.is_main and not any(line.is_gap or _adds_something(reader, line) for line in reader.file.result.lines):
        return
    report.heading(1, reader.titled(language.text(N_("Findings"))))
    sections = [one for one in reader.file.result.sections if _findings(reader, one.section)]
    rated = [one.subject for one in reader.file.result.subjects]
    for subject in dict.fromkeys([*rated, *_unrated(reader), *(one.subject for one in sections)]):
        rows: list[list[Cell]] = [
            [
                reader.section_title(section.section),
                reader.figure(section.score, section.section),
                reader.band_mark(section.score, section.section),
                told,
            ]
            for section in sections
            if section.subject == subject and (told := _findings(reader, section.section))
        ]
        columns = [
            Column(subject_word(language, subject), 2.5),
            Column(language.text(N_("Figure")), 1.2, "right"),
            Column(language.text(N_("Rating")), 1.9),
            Column(language.text(N_("What we found, by question number")), 8),
        ]
        if rows and not any(row[1] for row in rows):  # nothing is scored, so there is nothing to rate
            columns, rows = [columns[0], columns[3]], [[row[0], row[3]] for row in rows]
        if rows:
            report.table(columns, rows)
    if not sections and not any(line.key for line in reader.file.result.lines):
        report.paragraph(language.text(N_("No answer falls short of a requirement, and there is no key question.")))
    _without_findings(report, reader)


def _findings(reader: Reader, section: str) -> Paragraphs | None:
    told = [
        _finding(reader, line)
        for line in reader.file.result.lines
        if line.section == section and (line.is_gap or _adds_something(reader, line))
    ]
    return Paragraphs(tuple(told)) if told else None


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
        required = N_("Key questions that meet the requirement, without a note: {numbers}.")
        sentence = required if reader.file.result.required else N_("Key questions without a note: {numbers}.")
        report.paragraph(language.text(sentence, numbers=[reader.number(one) for one in unnoted]), style="small")
