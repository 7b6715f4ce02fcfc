"""The outline: sections with how far they are, what is still to do, and questions found by their words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from desktop.assessment.last_time import earlier_answer, standing
from desktop.assessment.wording import figure
from desktop.language import Language
from forms.answers import AnswerSet
from forms.result import QuestionLine, Result
from forms.template import Question
from forms.text import in_language
from models.cards import AssessmentFile

Filter = Literal["all", "todo", "dont_know", "unconfirmed"]
#: In this order F goes through them; the last only in a renewal.
FILTERS: tuple[Filter, ...] = ("all", "todo", "dont_know", "unconfirmed")


@dataclass(frozen=True)
class SectionRow:
    """One section: ``mark`` is ``"done"`` ●, ``"begun"`` ◐ or ``"open"`` ○; ``first`` is the question to go to; ``matches`` the filter."""

    id: str
    title: str
    mark: str
    count: str
    said: str
    first: str
    is_here: bool
    matches: bool


@dataclass(frozen=True)
class FilterRow:
    """One way of going through the questions: all, to do, don't know, not confirmed yet."""

    id: Filter
    title: str
    count: int
    is_on: bool


@dataclass(frozen=True)
class Outline:
    """Sections in order and the filters; ``order`` is the way that ↑ and ↓ go."""

    sections: tuple[SectionRow, ...]
    filters: tuple[FilterRow, ...]
    order: tuple[str, ...]


@dataclass(frozen=True)
class FoundQuestion:
    """A question that fits what was typed."""

    id: str
    title: str


def outline(*, file: AssessmentFile, answers: AnswerSet, result: Result, focused: str, filter_by: Filter, language: Language) -> Outline:
    """Say how far each section is and which questions the filter leaves."""
    questions = {question.id: question for _, question in file.template.questions()}
    left = {one: [line.question for line in result.lines if fits(file, questions, answers, line, one)] for one in FILTERS}
    shown = left[filter_by]
    here = next((line.section for line in result.lines if line.question == focused), "")
    rows = []
    for section in file.template.sections:
        lines = [line for line in result.lines if line.section == section.id]
        if not lines:
            continue
        needed = [line for line in lines if not line.optional]
        counted = needed or lines
        answered = sum(1 for line in counted if not line.is_open)
        first = next((line.question for line in lines if line.question in shown), lines[0].question)
        mark = "done" if answered == len(counted) else "begun" if any(line.state != "open" for line in lines) else "open"
        title = in_language(section.title, language.code)
        rows.append(
            SectionRow(
                id=section.id,
                title=title,
                mark=mark,
                count=f"{figure(answered, language)}/{figure(len(counted), language)}",
                said=_said(file, questions, answers, lines, title, answered, len(counted), language),
                first=first,
                is_here=section.id == here,
                matches=any(line.question in shown for line in lines),
            )
        )
    titles = {
        "all": language.text("All questions"),
        "todo": language.text("To do"),
        "dont_know": language.text("Don’t know yet"),
        "unconfirmed": language.text("Not confirmed yet"),
    }
    offered = FILTERS if file.earlier is not None else FILTERS[:3]
    return Outline(
        sections=tuple(rows),
        filters=tuple(FilterRow(one, titles[one], len(left[one]), one == filter_by) for one in offered),
        order=tuple(shown),
    )


def fits(file: AssessmentFile, questions: Mapping[str, Question], answers: AnswerSet, line: QuestionLine, filter_by: Filter) -> bool:
    """Say whether a question is among those that a filter leaves."""
    match filter_by:
        case "todo":
            return line.is_open and not line.optional
        case "dont_know":
            return line.state == "dont_know"
        case "unconfirmed":
            before = earlier_answer(file.earlier, questions[line.question])
            return before is not None and standing(answers.of(file.template.id, line.question), before) == "unconfirmed"
    return True


def _said(
    file: AssessmentFile,
    questions: Mapping[str, Question],
    answers: AnswerSet,
    lines: list[QuestionLine],
    title: str,
    answered: int,
    asked: int,
    language: Language,
) -> str:
    said = language.text("{section}: {answered} of {asked} answered", section=title, answered=answered, asked=asked)
    stands = [
        standing(answers.of(file.template.id, line.question), before)
        for line in lines
        if (before := earlier_answer(file.earlier, questions[line.question])) is not None
    ]
    if not stands:
        return said
    renewed = language.text(
        "{confirmed} as last time, {changed} changed", confirmed=stands.count("confirmed"), changed=stands.count("changed")
    )
    return f"{said}, {renewed}"


def find_questions(*, file: AssessmentFile, result: Result, wanted: str, language: Language) -> tuple[FoundQuestion, ...]:
    """Find the questions in whose number, section, words or guidance every typed word stands, in their order."""
    words = wanted.casefold().split()
    if not words:
        return ()
    numbers = {line.question: number for number, line in enumerate(result.lines, start=1)}
    found = []
    for section, question in file.template.questions():
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
