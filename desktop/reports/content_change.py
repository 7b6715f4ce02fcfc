"""What changed since last time, down to the single question, and why; a new partner has none of it."""

from __future__ import annotations

from desktop.charts.change import change_chart
from desktop.charts.scale import zones_of
from desktop.charts.wording import band_word, score_number, signed, subject_word
from desktop.reports.content_reader import KEY_LETTER, Reader, print_measure
from desktop.reports.layout import Bold, Column, ReportBuilder
from desktop.reports.styles import TEXT_WIDTH
from desktop.reports.texts import Cell
from forms.answers import Answer
from forms.comparison import Assessed, Comparison, QuestionChange, ScoreChange, compare
from forms.template import Question
from forms.text import N_
from models.cards import Earlier

_RUNNING_TEXT = ("short_text", "long_text")
HOW = {
    "better": N_("Better"),
    "worse": N_("Worse"),
    "changed": N_("Changed"),
    "same": N_("Same"),
    "open": N_("Not answered yet"),
    "new": N_("New question"),
    "no_longer_asked": N_("No longer asked"),
}


def write_change(report: ReportBuilder, reader: Reader) -> None:
    """Write what changed; nothing without an earlier assessment."""
    file, language = reader.file, reader.language
    earlier = file.earlier
    if earlier is None:
        return
    change = compare(
        before=Assessed(earlier.template, earlier.answers, earlier.result), now=Assessed(file.template, file.answers, file.result)
    )
    report.heading(1, language.text(N_("What changed since last time")))
    report.paragraph(
        language.text(
            N_("Compared with case {case} of {date}: {changed} of {all} questions have another answer."),
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
    file, language = reader.file, reader.language
    within = {section.id for section in file.template.sections if section.subject == subject.id}
    sections = [one for one in change.sections if one.id in within]
    with report.keep_together():
        report.heading(2, subject_word(language, subject.id))
        report.paragraph(_sentence(reader, subject))
        if any(one.difference is not None for one in sections):
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


def _sentence(reader: Reader, change: ScoreChange) -> str:
    language = reader.language
    if change.before_percent is None or change.now_percent is None or change.difference is None:
        return language.text(N_("Not comparable: one of the two assessments has no rating."))
    return language.text(
        N_("From {old} ({old_band}) to {new} ({new_band}): {difference}."),
        old=score_number(language, change.before_percent),
        old_band=band_word(language, change.before_band, "incomplete").lower(),
        new=score_number(language, change.now_percent),
        new_band=band_word(language, change.now_band, "incomplete").lower(),
        difference=signed(language, change.difference),
    )


def _questions(report: ReportBuilder, reader: Reader, earlier: Earlier, change: Comparison) -> None:
    language = reader.language
    if not change.changed:
        return
    report.heading(2, language.text(N_("Question by question")))
    report.table(
        [
            Column(language.text(N_("No.")), 0.75, "right"),
            Column(language.text(N_("Question")), 4),
            Column(language.text(N_("Then")), 1.9),
            Column(language.text(N_("Now")), 1.9),
            Column(language.text(N_("Change")), 1.5),
            Column(language.text(N_("Why")), 4.3),
        ],
        [_row(reader, earlier, one) for one in sorted(change.changed, key=lambda one: one.how != "worse")],
        dense=True,
    )


def _row(reader: Reader, earlier: Earlier, change: QuestionChange) -> list[Cell]:
    language = reader.language
    now = _question(reader, change.question)
    before = next((question for _, question in earlier.template.questions() if question.id == change.before_id), now)
    old = _told(reader, before, change.before, N_("earlier text"))
    new = _told(reader, now, change.now, N_("new text, see the record"))
    shown = now or before
    text = reader.own(shown.text) if shown is not None else change.question
    name: Cell = [Bold(KEY_LETTER), " ", text] if change.key else text
    return [reader.number(change.question), name, old, new, language.text(HOW[change.how]), change.reason or "–"]


def _told(reader: Reader, question: Question | None, answer: Answer | None, for_text: str) -> str:
    """Write an answer as briefly as a comparison needs: running text is only named, since the record has it whole."""
    if question is None or answer is None:
        return "–"
    if answer.state == "answered" and question.kind in _RUNNING_TEXT:
        return reader.language.text(for_text)
    return reader.short_value(question, answer)


def _question(reader: Reader, question: str) -> Question | None:
    return next((one for _, one in reader.file.template.questions() if one.id == question), None)
