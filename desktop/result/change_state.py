"""What changed since last time, question by question and why, for a renewal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from desktop.charts.wording import change_sentence
from desktop.language import Language
from desktop.reports.content_reader import Reader
from desktop.result.scores import QuestionWay
from desktop.words import SUBJECTS, Mark, Tone, table_of, word
from forms.comparison import Assessed, Comparison, QuestionChange, ScoreChange, compare
from forms.template import Question, Section
from forms.text import N_
from models.cards import AssessmentFile, Earlier

Which = Literal["changed", "worse", "key", "all"]
HOW = {
    "better": N_("Better"),
    "worse": N_("Worse"),
    "changed": N_("Changed"),
    "same": N_("Same"),
    "open": N_("Open now"),
    "new": N_("New question"),
    "no_longer_asked": N_("No longer asked"),
}
_TONES: dict[str, Tone] = {"better": "low", "worse": "significant"}


@dataclass(frozen=True)
class ChangeLine:
    """One question then and now. ``asked`` says whether there is a way to it."""

    question: QuestionWay
    asked: bool
    key: bool
    then: str
    now: str
    how: str
    mark: Mark
    reason: str


@dataclass(frozen=True)
class ChangedSubject:
    """Organisation or project then and now, in a sentence; ``sections`` are what its chart draws."""

    id: str
    title: str
    said: str
    sections: tuple[ScoreChange, ...]


@dataclass(frozen=True)
class ChangeState:
    """What changed. ``then`` and ``now`` name the two assessments."""

    summary: str
    then: str
    now: str
    subjects: tuple[ChangedSubject, ...]
    lines: tuple[ChangeLine, ...]

    def some(self, which: Which) -> tuple[ChangeLine, ...]:
        """Give the lines that a filter keeps."""
        return tuple(line for line in self.lines if _keeps(which, line))


def _keeps(which: Which, line: ChangeLine) -> bool:
    match which:
        case "changed":
            return line.how != "same"
        case "worse":
            return line.how == "worse"
        case "key":
            return line.key and line.how != "same"
    return True


def change_state(file: AssessmentFile, language: Language) -> ChangeState | None:
    """Compare with last time; ``None`` without an earlier assessment."""
    earlier = file.earlier
    if earlier is None:
        return None
    comparison = compare(
        before=Assessed(earlier.template, earlier.answers, earlier.result), now=Assessed(file.template, file.answers, file.result)
    )
    reader = Reader(file, language)
    ordered = sorted(comparison.questions, key=lambda one: ("worse", "better").index(one.how) if one.how in ("worse", "better") else 2)
    return ChangeState(
        summary=language.text(
            N_("Compared with case {case} of {date}: another answer to {changed} of {all} questions."),
            case=earlier.assessment.case_number,
            date=earlier.assessment.draft.as_of,
            changed=len(comparison.changed),
            all=len(comparison.questions),
        ),
        then=f"{earlier.assessment.draft.as_of.year} ({earlier.assessment.case_number})",
        now=f"{file.card.draft.as_of.year} ({file.card.case_number})",
        subjects=tuple(_subject(file, comparison, one, language) for one in comparison.subjects),
        lines=tuple(_line(reader, earlier, one) for one in ordered),
    )


def _subject(file: AssessmentFile, comparison: Comparison, change: ScoreChange, language: Language) -> ChangedSubject:
    within = {section.id for section in file.template.sections if section.subject == change.id}
    return ChangedSubject(
        id=change.id,
        title=word(SUBJECTS, change.id, language),
        said=change_sentence(language, change, table_of(file.template, change.id)),
        sections=tuple(one for one in comparison.sections if one.id in within and one.difference is not None),
    )


def _line(reader: Reader, earlier: Earlier, change: QuestionChange) -> ChangeLine:
    now = _question(reader.file.template.questions(), change.question)
    before = _question(earlier.template.questions(), change.before_id) or now
    shown = now or before
    return ChangeLine(
        question=QuestionWay(change.question, reader.number(change.question), reader.own(shown.text) if shown else change.question),
        asked=bool(reader.number(change.question)),
        key=change.key,
        then=reader.short_value(before, change.before) if before is not None and change.before is not None else "–",
        now=reader.short_value(now, change.now) if now is not None and change.now is not None else "–",
        how=change.how,
        mark=Mark(_TONES.get(change.how, "incomplete"), word(HOW, change.how, reader.language)),
        reason=change.reason,
    )


def _question(questions: Iterable[tuple[Section, Question]], wanted: str) -> Question | None:
    return next((one for _, one in questions if one.id == wanted), None)
