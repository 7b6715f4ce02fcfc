"""What changed between two assessments of the same instrument, question by question, and why."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from forms.answers import Answer, AnswerSet
from forms.result import QuestionLine, Result
from forms.template import Question, Template

#: *open*: answered then, not yet now. Points are compared only on the same scale; otherwise a difference is just *changed*.
How = Literal["better", "worse", "changed", "same", "open", "new", "no_longer_asked"]

#: How a question stood: its line, and its answer while there is one.
Side = tuple[QuestionLine | None, Answer | None]


@dataclass(frozen=True)
class QuestionChange:
    """One question then and now.

    ``reason`` is what was written this time; ``before_id`` differs when a new version replaced the question.
    """

    question: str
    before_id: str
    section: str
    key: bool
    before: Answer | None
    now: Answer | None
    before_points: Fraction | None
    now_points: Fraction | None
    how: How
    reason: str


@dataclass(frozen=True)
class ScoreChange:
    """A section or subject then and now, in percent and band; ``difference`` only where both are complete and comparable."""

    id: str
    before_percent: Fraction | None
    now_percent: Fraction | None
    before_band: str | None
    now_band: str | None
    difference: Fraction | None


@dataclass(frozen=True)
class Comparison:
    """Everything that differs between two assessments."""

    questions: tuple[QuestionChange, ...]
    sections: tuple[ScoreChange, ...]
    subjects: tuple[ScoreChange, ...]

    @property
    def changed(self) -> tuple[QuestionChange, ...]:
        """Give the questions that are not the same as before."""
        return tuple(change for change in self.questions if change.how != "same")


@dataclass(frozen=True)
class Assessed:
    """One side of a comparison: template, answers and the Result that came of them."""

    template: Template
    answers: AnswerSet
    result: Result


def compare(*, before: Assessed, now: Assessed) -> Comparison:
    """Compare two assessments; a question of a new version is paired with the one it ``replaces``."""
    return Comparison(
        questions=tuple(_questions(before, now)),
        sections=tuple(
            _score_change(section.section, _section_score(before.result, section.section), (section.score.percent, section.score.band))
            for section in now.result.sections
            if section.score.status != "unscored"
        ),
        subjects=tuple(
            _score_change(subject.subject, _subject_score(before.result, subject.subject), (subject.score.percent, subject.score.band))
            for subject in now.result.subjects
        ),
    )


def _questions(before: Assessed, now: Assessed) -> list[QuestionChange]:
    changes = []
    paired: set[str] = set()
    for section, question in now.template.questions():
        line = now.result.line(question.id)
        before_id = known_as(question, before.template) or question.id
        old_line = before.result.line(before_id)
        paired.add(before_id)
        if line is None and old_line is None:
            continue
        old = before.answers.of(before.template.id, before_id) if old_line else None
        new = now.answers.of(now.template.id, question.id) if line else None
        changes.append(
            QuestionChange(
                question=question.id,
                before_id=before_id,
                section=section.id,
                key=question.key,
                before=old,
                now=new,
                before_points=old_line.points if old_line else None,
                now_points=line.points if line else None,
                how=how_changed((old_line, old), (line, new), higher_is_better=higher_is_better(now.template, section.bands)),
                reason=reason_of(new),
            )
        )
    for section, question in before.template.questions():
        line = before.result.line(question.id)
        if question.id not in paired and line is not None:
            old = before.answers.of(before.template.id, question.id)
            changes.append(
                QuestionChange(question.id, question.id, section.id, question.key, old, None, line.points, None, "no_longer_asked", "")
            )
    return changes


def known_as(question: Question, template: Template) -> str:
    """Give the id that a question has in an earlier version: its own, or that of the one it ``replaces``; empty for none."""
    return next((old for old in [question.id, *question.replaces] if _has(template, old)), "")


def reason_of(answer: Answer | None) -> str:
    """Give what was written of why an answer is what it is: its reason, else its comment."""
    return (answer.reason or answer.comment) if answer is not None else ""


def how_changed(before: Side, now: Side, *, higher_is_better: bool) -> How:
    """Say how a question stands now against before, each side being its line and answer; no line: it was not asked."""
    old_line, old = before
    new_line, new = now
    if old_line is None:
        return "new"
    if new_line is None:
        return "no_longer_asked"
    if new is None and old is not None:
        return "open"
    same_scale = (old_line.lowest, old_line.highest) == (new_line.lowest, new_line.highest)
    if old_line.points is not None and new_line.points is not None and same_scale and old_line.points != new_line.points:
        return "better" if (new_line.points > old_line.points) == higher_is_better else "worse"
    same = same_scale and (old.state, old.value) == (new.state, new.value) if old is not None and new is not None else old is new
    return "same" if same else "changed"


def _has(template: Template, question_id: str) -> bool:
    return any(question.id == question_id for _, question in template.questions())


def higher_is_better(template: Template, bands: str | None) -> bool:
    """Say whether more is better by a band table of the template; where there is none it is."""
    return bands is None or template.bands[bands].direction == "higher_is_better"


def _section_score(result: Result, section_id: str) -> tuple[Fraction | None, str | None]:
    return next(((section.score.percent, section.score.band) for section in result.sections if section.section == section_id), (None, None))


def _subject_score(result: Result, subject_id: str) -> tuple[Fraction | None, str | None]:
    subject = result.subject(subject_id)
    return (subject.score.percent, subject.score.band) if subject else (None, None)


def _score_change(id_: str, before: tuple[Fraction | None, str | None], now: tuple[Fraction | None, str | None]) -> ScoreChange:
    difference = now[0] - before[0] if now[0] is not None and before[0] is not None else None
    return ScoreChange(id_, before[0], now[0], before[1], now[1], difference)
