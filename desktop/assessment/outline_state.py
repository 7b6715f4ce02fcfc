"""The outline: sections with how far they are, what is still to do, and questions found by their words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from desktop.assessment.answerers import answerer
from desktop.assessment.last_time import earlier_answer, standing
from desktop.assessment.wording import figure
from desktop.language import Language
from forms.result import QuestionLine
from forms.template import Question
from forms.text import in_language
from models.cards import AssessmentFile

Filter = Literal["all", "todo", "dont_know", "mine", "unconfirmed"]
#: In this order F goes through them; *mine* where others answer a part, the last only where answers are taken up from before.
FILTERS: tuple[Filter, ...] = ("all", "todo", "dont_know", "mine", "unconfirmed")


@dataclass(frozen=True)
class InstrumentRow:
    """One instrument of several: ``mark`` as a section's, ``first`` the question to go to; its sections show while one is in it."""

    id: str
    title: str
    mark: str
    count: str
    said: str
    first: str
    is_here: bool


@dataclass(frozen=True)
class SectionRow:
    """One section: ``mark`` is ``"done"`` ●, ``"begun"`` ◐ or ``"open"`` ○; ``first`` is the question to go to; ``matches`` the filter.

    ``is_folded``: its instrument is not the one in focus.
    """

    id: str
    title: str
    mark: str
    count: str
    said: str
    first: str
    is_here: bool
    matches: bool
    instrument: str = ""
    is_folded: bool = False


@dataclass(frozen=True)
class FilterRow:
    """One way of going through the questions: all, to do, don't know, not confirmed yet."""

    id: Filter
    title: str
    count: int
    is_on: bool


@dataclass(frozen=True)
class Outline:
    """Sections in order and the filters; ``order`` is the way that ↑ and ↓ go, through all instruments.

    ``instruments`` is empty where there is one only.
    """

    sections: tuple[SectionRow, ...]
    filters: tuple[FilterRow, ...]
    order: tuple[str, ...]
    instruments: tuple[InstrumentRow, ...] = ()


@dataclass(frozen=True)
class FoundQuestion:
    """A question that fits what was typed."""

    id: str
    title: str


def outline(*, file: AssessmentFile, focused: str, filter_by: Filter, language: Language, person: UUID | None = None) -> Outline:
    """Say how far each section of each instrument is and which questions the filter leaves."""
    each, here = file.each(), file.with_question(focused).template.id
    left = {one: [line.question for seen in each for line in seen.result.lines if fits(seen, line, one, person)] for one in FILTERS}
    shown = left[filter_by]
    rows = [
        row
        for seen in each
        for row in _sections(seen, frozenset(shown), focused, language, folded=len(each) > 1 and seen.template.id != here)
    ]
    instruments = [_instrument(seen, shown, language, is_here=seen.template.id == here) for seen in each] if len(each) > 1 else []
    titles = {
        "all": language.text("All questions"),
        "todo": language.text("To do"),
        "dont_know": language.text("Don’t know yet"),
        "mine": language.text("Mine"),
        "unconfirmed": language.text("Not confirmed yet"),
    }
    shut = {"mine"} if not file.card.draft.assigned else set()
    shut |= {"unconfirmed"} if all(seen.earlier is None for seen in each) else set()
    offered = [one for one in FILTERS if one not in shut]
    return Outline(
        sections=tuple(rows),
        filters=tuple(FilterRow(one, titles[one], len(left[one]), one == filter_by) for one in offered),
        order=tuple(shown),
        instruments=tuple(instruments),
    )


def _instrument(file: AssessmentFile, shown: list[str], language: Language, *, is_here: bool) -> InstrumentRow:
    """Say how far an instrument is; the way to it leads to its first open question among those shown."""
    lines, done = file.result.lines, file.result.completeness
    mine = [line for line in lines if line.question in shown] or list(lines)
    first = next((line.question for line in mine if line.is_open and not line.optional), mine[0].question if mine else "")
    title = in_language(file.template.name, language.code)
    said = language.text("{section}: {answered} of {asked} answered", section=title, answered=done.answered, asked=done.asked)
    return InstrumentRow(
        id=file.template.id,
        title=title,
        mark=_mark(answered=done.answered, asked=done.asked, begun=any(line.state != "open" for line in lines)),
        count=f"{figure(done.answered, language)}/{figure(done.asked, language)}",
        said=said,
        first=first,
        is_here=is_here,
    )


def _mark(*, answered: int, asked: int, begun: bool) -> str:
    return "done" if answered == asked else "begun" if begun else "open"


def _sections(file: AssessmentFile, shown: frozenset[str], focused: str, language: Language, *, folded: bool) -> Iterator[SectionRow]:
    """Say how far each section of an instrument is."""
    questions = {question.id: question for _, question in file.template.questions()}
    for section in file.template.sections:
        lines = [line for line in file.result.lines if line.section == section.id]
        if not lines:
            continue
        counted = [line for line in lines if not line.optional] or lines
        answered = sum(1 for line in counted if not line.is_open)
        title = in_language(section.title, language.code)
        yield SectionRow(
            id=section.id,
            title=title,
            mark=_mark(answered=answered, asked=len(counted), begun=any(line.state != "open" for line in lines)),
            count=f"{figure(answered, language)}/{figure(len(counted), language)}",
            said=_said(file, questions, lines, title, answered, len(counted), language),
            first=next((line.question for line in lines if line.question in shown), lines[0].question),
            is_here=any(line.question == focused for line in lines),
            matches=any(line.question in shown for line in lines),
            instrument=file.template.id,
            is_folded=folded,
        )


def fits(file: AssessmentFile, line: QuestionLine, filter_by: Filter, person: UUID | None = None) -> bool:
    """Say whether a question is among those that a filter leaves for the person who looks."""
    match filter_by:
        case "todo":
            return line.is_open and not line.optional
        case "dont_know":
            return line.state == "dont_know"
        case "mine":
            return answerer(file, file.template.question(line.question)) == person
        case "unconfirmed":
            before = earlier_answer(file.earlier, file.template.question(line.question)) if file.earlier is not None else None
            return before is not None and standing(file.answers.of(file.template.id, line.question), before) == "unconfirmed"
    return True


def _said(
    file: AssessmentFile,
    questions: Mapping[str, Question],
    lines: list[QuestionLine],
    title: str,
    answered: int,
    asked: int,
    language: Language,
) -> str:
    said = language.text("{section}: {answered} of {asked} answered", section=title, answered=answered, asked=asked)
    stands = [
        standing(file.answers.of(file.template.id, line.question), before)
        for line in lines
        if (before := earlier_answer(file.earlier, questions[line.question])) is not None
    ]
    if not stands:
        return said
    renewed = language.text(
        "{confirmed} as last time, {changed} changed", confirmed=stands.count("confirmed"), changed=stands.count("changed")
    )
    return f"{said}, {renewed}"


def find_questions(*, file: AssessmentFile, wanted: str, language: Language) -> tuple[FoundQuestion, ...]:
    """Find the questions in whose number, section, words or guidance every typed word stands, in their order, in all instruments."""
    words = wanted.casefold().split()
    if not words:
        return ()
    found = []
    for seen in file.each():
        numbers = {line.question: number for number, line in enumerate(seen.result.lines, start=1)}
        for section, question in seen.template.questions():
            if question.id not in numbers:
                continue
            parts = (section.title, question.text, question.guidance)
            text = " ".join(in_language(part, language.code) for part in parts).casefold() + f" {question.id}"
            number = str(numbers[question.id])
            if all(word in text or word == number for word in words):
                found.append(FoundQuestion(question.id, f"{number}  {in_language(question.text, language.code)}"))
    return tuple(found)


def section_start(rows: tuple[SectionRow, ...], step: int) -> str:
    """Give the first question of the section so many sections on that the filter leaves something of."""
    here = next((at for at, row in enumerate(rows) if row.is_here), 0)
    at = here + step
    while 0 <= at < len(rows):
        if rows[at].matches:
            return rows[at].first
        at += step
    return rows[here].first if rows else ""


def instrument_start(rows: tuple[InstrumentRow, ...], step: int) -> str:
    """Give the question to go to in the instrument so many on; nothing at the ends and where there is one only."""
    here = next((at for at, row in enumerate(rows) if row.is_here), 0)
    return rows[here + step].first if 0 <= here + step < len(rows) else ""
