"""Down to the single question: every answer that moved, from what to what, how it is known and why; and what cannot be compared."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.reports.comparison_reading import DASH, InstrumentYears, YearsReader
from desktop.reports.content_change import told
from desktop.reports.content_reader import KEY_LETTER
from desktop.reports.layout import Bold, Column, ReportBuilder
from desktop.reports.styles import FRAME_HEIGHT
from desktop.reports.texts import Cell
from desktop.words import KNOWN, word
from forms.text import N_
from forms.years import QuestionCourse

#: More questions than this that cannot be compared for one reason are named by number alone.
MANY = 12


def write_questions(report: ReportBuilder, years: YearsReader, instrument: InstrumentYears) -> None:
    """Write every section's answers that moved, key questions first, and then what cannot be compared."""
    text, several = years.language.text, len(years.instruments) > 1
    report.page_break(unless_left=FRAME_HEIGHT * 0.5)
    title = text(N_("Question by question"))
    report.heading(1, years.language.headed(instrument.name, title) if several else title)
    moved = [one for one in instrument.course.questions if one.moves]
    report.paragraph(
        years.language.plural(
            "Another answer than the time before to {moved} of {n} question.",
            "Another answer than the time before to {moved} of {n} questions.",
            len(instrument.course.questions),
            moved=years.language.number(len(moved)),
        )
    )
    if any(_is_shown(one) for one in moved):
        report.paragraph(
            text(N_("In bold: another answer than the time before. {dash}: not asked then. K: a key question."), dash=DASH), style="small"
        )
    sections = dict.fromkeys(one.section for one in instrument.course.questions)
    for section in sections:
        _section(report, instrument, section, [one for one in instrument.course.questions if one.section == section])
    _not_compared(report, instrument)


def _is_shown(course: QuestionCourse) -> bool:
    """Tell whether a question that moved has a row: facts that are only recorded change every time, so they are named."""
    return course.key or any(one.line is not None and one.line.scored for one in course.standings)


def _section(report: ReportBuilder, instrument: InstrumentYears, section: str, courses: Sequence[QuestionCourse]) -> None:
    shown = sorted((one for one in courses if one.moves and _is_shown(one)), key=lambda one: not one.key)
    facts = [one for one in courses if one.moves and not _is_shown(one)]
    if not shown and not facts:
        return
    text, language = instrument.language.text, instrument.language
    report.heading(2, instrument.section_title(section))
    scores = next((one for one in instrument.course.sections if one.id == section), None)
    if scores is not None:
        said = [language.headed(label, one) for label, one in zip(instrument.labels, instrument.scores(scores), strict=True)]
        report.paragraph(" · ".join(said), style="small")
    if shown:
        count = len(instrument.labels)
        report.table(
            [
                Column(text(N_("No.")), 0.7, "right"),
                Column(text(N_("Question")), 4.6 if count < 5 else 4.0),
                *(Column(label, 1.05 if count < 5 else 0.9) for label in instrument.labels),
                Column(text(N_("What moved, how it is known, and why")), 5.4 if count < 5 else 4.6),
            ],
            [_row(instrument, one) for one in shown],
            size="dense",
        )
    if facts:
        sentence = N_("Facts such as dates, amounts and texts that also differ: {questions}. The full reports have them whole.")
        report.paragraph(text(sentence, questions=[question_name(instrument, one) for one in facts]), style="small")


def _row(instrument: InstrumentYears, course: QuestionCourse) -> list[Cell]:
    name = question_text(instrument, course)
    cells: list[Cell] = [_answer(instrument, course, place) for place in range(len(course.standings))]
    return [_number(instrument, course), [Bold(KEY_LETTER), " ", name] if course.key else name, *cells, _why(instrument, course)]


def _answer(instrument: InstrumentYears, course: QuestionCourse, place: int) -> Cell:
    standing, reader = course.standings[place], instrument.readers[place]
    if standing.line is None:
        return DASH
    text = N_("another text") if standing.has_moved else N_("a text")
    said = told(reader, instrument.question(place, standing.question), standing.answer, text)
    if standing.answer is None:
        said = reader.value(instrument.question(place, standing.question), None)
    return Bold(said) if standing.has_moved else said


def _why(instrument: InstrumentYears, course: QuestionCourse) -> Cell:
    """Say of each move from what to what, how it is known, and what was written of it."""
    said: list[str | Bold] = []
    for place in course.moves:
        standing = course.standings[place]
        since = standing.since if standing.since is not None else 0
        how = {"worse": N_("worse"), "better": N_("better"), "open": N_("no answer")}.get(standing.how or "", N_("changed"))
        head = instrument.language.text(
            N_("{then} to {now}, {how}:"), then=instrument.labels[since], now=instrument.labels[place], how=instrument.language.text(how)
        )
        known = word(KNOWN, standing.answer.known, instrument.language).lower() if standing.answer and standing.answer.known else ""
        rest = ". ".join(part.rstrip(". ") for part in (known, standing.reason) if part)
        said += ["\n"] * bool(said)
        said += [Bold(head), f" {rest}." if rest else f" {DASH}"]
    return said


def _number(instrument: InstrumentYears, course: QuestionCourse) -> str:
    return instrument.readers[course.newest].number(course.question) if course.newest == len(instrument.readers) - 1 else ""


def question_text(instrument: InstrumentYears, course: QuestionCourse) -> str:
    """Give a question's words as the newest version that has it asks it."""
    reader = instrument.readers[course.newest]
    return reader.own(reader.question(course.question).text)


def question_name(instrument: InstrumentYears, course: QuestionCourse) -> str:
    """Name a question by its number in the newest report, or by its words if that does not ask it."""
    number = _number(instrument, course)
    return instrument.language.text(N_("question {number}"), number=number) if number else f"“{question_text(instrument, course)}”"


# -- what cannot be compared


def _not_compared(report: ReportBuilder, instrument: InstrumentYears) -> None:
    """Name what cannot be compared, by reason: no row of a table may look as if nothing had changed where nothing was measured."""
    groups = [(title, courses) for title, courses in _reasons(instrument) if courses]
    if not groups:
        return
    text = instrument.language.text
    report.heading(2, text(N_("What cannot be compared")))
    rows: list[list[Cell]] = []
    for title, courses in groups:
        rows.append([None, Bold(f"{title} ({instrument.language.number(len(courses))})")])
        if len(courses) > MANY:
            rows.append(["", _named(instrument, courses)])
        else:
            rows += [[_number(instrument, one), _with_old_words(instrument, one)] for one in courses]
    report.table([Column(text(N_("No.")), 0.7, "right"), Column(text(N_("Question")), 12)], rows, size="dense")


def _named(instrument: InstrumentYears, courses: Sequence[QuestionCourse]) -> str:
    """Name many questions: by the numbers that the newest report gives them, those that it does not ask by how many they are."""
    last = len(instrument.readers) - 1
    numbered = [one.question for one in courses if one.newest == last]
    said = instrument.newest.numbered_questions(numbered)
    rest = sum(1 for one in courses if not _number(instrument, one))
    if rest:
        words = instrument.language.plural(
            "{n} question that the newest report does not ask", "{n} questions that the newest report does not ask", rest
        )
        said = "; ".join(part for part in (said, words) if part)
    return said[:1].upper() + said[1:] + "."


def _with_old_words(instrument: InstrumentYears, course: QuestionCourse) -> Cell:
    """Give a question's words, and those of the question in whose place it stands."""
    words = question_text(instrument, course)
    name: list[str | Bold] = [Bold(KEY_LETTER), " ", words] if course.key else [words]
    if course.is_replaced:
        place = next(place for place, one in enumerate(course.standings) if one.question)
        reader = instrument.readers[place]
        old = reader.own(reader.question(course.standings[place].question).text)
        name.append(" " + instrument.language.text(N_("({when}: “{question}”)"), when=instrument.labels[place], question=old))
    return name


def _reasons(instrument: InstrumentYears) -> list[tuple[str, list[QuestionCourse]]]:
    """Sort the questions by why they cannot be compared, or only with care; a question is named once for each reason."""
    text, labels, courses = instrument.language.text, instrument.labels, instrument.course.questions
    found: list[tuple[str, list[QuestionCourse]]] = [
        (
            text(N_("In the place of another question since: compared, but asked in other words")),
            [one for one in courses if one.is_replaced and not one.is_rescaled],
        ),
        (
            text(N_("On another scale than before: neither better nor worse can be said")),
            [one for one in courses if one.is_rescaled],
        ),
    ]
    for place in range(1, len(labels)):
        found.append(
            (
                text(N_("New in {when}, in version {version}"), when=labels[place], version=instrument.version_of(place)),
                [one for one in courses if _came(one, place)],
            )
        )
        found.append(
            (
                text(
                    N_("No longer in the template in {when}, version {version}"), when=labels[place], version=instrument.version_of(place)
                ),
                [one for one in courses if one.standings[place - 1].question and not one.standings[place].question],
            )
        )
    for place, label in enumerate(labels):
        scope = instrument.scope_of(place)
        found.append(
            (
                text(N_("Left out in {when} by the scope: {scope}"), when=label, scope=scope),
                [one for one in courses if place in one.places("scope")],
            )
        )
        found.append(
            (
                text(N_("Not asked in {when}, by what else was answered"), when=label),
                [one for one in courses if place in one.places("not_asked")],
            )
        )
    return found


def _came(course: QuestionCourse, place: int) -> bool:
    return bool(course.standings[place].question) and not course.standings[place - 1].question
