"""What changed since last time, down to the single question, and why; a new partner has none of it."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.charts.capacity import profile_rows
from desktop.charts.change import change_chart
from desktop.charts.scale import zones_of
from desktop.charts.wording import change_sentence, signed, subject_word, told_difference
from desktop.reports.content_reader import KEY_LETTER, Reader, print_measure
from desktop.reports.layout import Bold, Column, ReportBuilder
from desktop.reports.styles import TEXT_WIDTH
from desktop.reports.texts import Cell
from desktop.words import table_of
from forms.answers import Answer
from forms.comparison import Comparison, QuestionChange, ScoreChange
from forms.template import Question
from forms.text import N_
from models.cards import Earlier

#: Answers that a comparison names only, since the record has them whole.
_RUNNING_TEXT = ("short_text", "long_text", "table")


def write_change(report: ReportBuilder, reader: Reader) -> None:
    """Write what changed; nothing without an earlier assessment."""
    language = reader.language
    earlier, change = reader.file.earlier, reader.comparison
    if earlier is None or change is None:
        return
    report.heading(1, reader.titled(language.text(N_("What changed since last time"))))
    report.paragraph(
        language.text(
            N_("Compared with case {case} of {date}: another answer to {changed} of {all} questions."),
            case=earlier.assessment.case_number,
            date=earlier.assessment.draft.as_of,
            changed=len(change.changed),
            all=len(change.questions),
        )
    )
    for subject in change.subjects:
        _subject(report, reader, earlier, change, subject)
    _questions(report, reader, earlier, change)


def _subject(report: ReportBuilder, reader: Reader, earlier: Earlier, change: Comparison, subject: ScoreChange) -> None:
    """Say the totals and each section's difference; they are drawn only if the capacity profile does not show both times."""
    file, language = reader.file, reader.language
    within = {section.id for section in file.template.sections if section.subject == subject.id}
    sections = [one for one in change.sections if one.id in within and one.difference is not None]
    profile = profile_rows(file.template, file.result, subject.id, language, before=earlier.result)
    drawn = any(row.before is not None for row in profile)
    said: list[str | Bold] = [
        Bold(f"{subject_word(language, subject.id)}. "),
        change_sentence(language, subject, table_of(file.template, subject.id)),
    ]
    if sections and drawn:
        said.append(" " + _sections_sentence(reader, sections))
    report.paragraph(said)
    if sections and not drawn:
        report.figure(
            change_chart(
                sections,
                {one.id: reader.section_title(one.id) for one in sections},
                zones_of(file.template, subject.id),
                before_label=f"{earlier.assessment.draft.as_of.year} ({earlier.assessment.case_number})",
                now_label=f"{file.card.draft.as_of.year} ({file.card.case_number})",
                language=language,
                measure=print_measure,
                width=TEXT_WIDTH,
            )
        )


def _sections_sentence(reader: Reader, sections: Sequence[ScoreChange]) -> str:
    """Name the sections' differences, the largest fall first; those that stand still together at the end."""
    language = reader.language
    moved = sorted((one for one in sections if one.difference), key=lambda one: one.difference or 0)
    said = language.chained(f"{reader.section_title(one.id)} {signed(language, told_difference(one))}" for one in moved)
    still = [reader.section_title(one.id) for one in sections if not one.difference]
    parts = [f"{said}."] if said else []
    if still:
        parts.append(language.text(N_("Unchanged: {sections}."), sections=still))
    return " ".join(parts)


def _questions(report: ReportBuilder, reader: Reader, earlier: Earlier, change: Comparison) -> None:
    """Write a row for each answer that is worse or better, and for key facts; the record marks the rest."""
    language = reader.language
    rows: list[list[Cell]] = []
    for title, changes in (
        (N_("Worse"), [one for one in change.changed if one.how == "worse"]),
        (N_("Better"), [one for one in change.changed if one.how == "better"]),
        (N_("Changed, key questions"), [one for one in change.changed if one.how == "changed" and one.key]),
        (N_("No longer asked"), [one for one in change.changed if one.how == "no_longer_asked"]),
    ):
        if changes:
            rows.append([None, Bold(f"{language.text(title)} ({language.number(len(changes))})"), None, None, None])
            rows += [_row(reader, earlier, one) for one in changes]
    if rows:
        report.heading(2, language.text(N_("Question by question")))
        report.table(
            [
                Column(language.text(N_("No.")), 0.7, "right"),
                Column(language.text(N_("Question")), 5.5),
                Column(language.text(N_("Then")), 1.4),
                Column(language.text(N_("Now")), 1.4),
                Column(language.text(N_("Why")), 6),
            ],
            rows,
            size="dense",
            by_content=True,
        )
    for sentence, how in (
        (N_("Facts such as dates, amounts and texts that also differ: {questions}. The record gives then and now."), "changed"),
        (N_("New this time: {questions}."), "new"),
        (N_("Answered last time, not answered yet: {questions}."), "open"),
    ):
        others = [one.question for one in change.changed if one.how == how and not (how == "changed" and one.key)]
        if others:
            report.paragraph(language.text(sentence, questions=reader.numbered_questions(others)), style="small")


def _row(reader: Reader, earlier: Earlier, change: QuestionChange) -> list[Cell]:
    now = _question(reader, change.question)
    before = next((question for _, question in earlier.template.questions() if question.id == change.before_id), now)
    old = told(reader, before, change.before, N_("earlier text"))
    new = told(reader, now, change.now, N_("new text, see the record"))
    shown = now or before
    text = reader.own(shown.text) if shown is not None else change.question
    name: Cell = [Bold(KEY_LETTER), " ", text] if change.key else text
    return [reader.number(change.question), name, old, Bold(new), change.reason or "–"]


def told(reader: Reader, question: Question | None, answer: Answer | None, for_text: str) -> str:
    """Write an answer as briefly as a comparison needs: running text is only named, since the record has it whole."""
    if question is None or answer is None:
        return "–"
    if answer.state == "answered" and question.kind in _RUNNING_TEXT:
        return reader.language.text(for_text)
    return reader.short_value(question, answer)


def then(reader: Reader, question: str) -> str:
    """Write for the record what an answer was last time, where the table of changes does not."""
    file = reader.file
    change = reader.change_of(question)
    if file.earlier is None or change is None or change.how != "changed" or change.key:
        return ""
    before = next((one for _, one in file.earlier.template.questions() if one.id == change.before_id), reader.question(question))
    return reader.language.text(N_("then: {answer}"), answer=told(reader, before, change.before, N_("another text")))


def _question(reader: Reader, question: str) -> Question | None:
    return next((one for _, one in reader.file.template.questions() if one.id == question), None)
