"""One instrument over the years: how each question, section and subject stood every time it was used, and what moved in between.

The times are in order, the oldest first, and each may be of another version or scope. What stood where is read from the Results; how two
times differ is what ``comparison`` says of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from forms.answers import Answer
from forms.comparison import Assessed, How, ScoreChange, compare, higher_is_better, how_changed, known_as, reason_of
from forms.result import QuestionLine, Score
from forms.template import BandTable, Question, Section, Template

#: Why a question has no answer at a time: the version of then lacks it, the scope leaves it out, or other answers did.
Absence = Literal["lacking", "scope", "not_asked"]
#: What two times differ in, so that their figures do not add up the same: version of the template, scope, arithmetic.
Difference = Literal["version", "scope", "rules"]
#: How an answer moved between two times at which the question was asked.
MOVES: tuple[How, ...] = ("worse", "better", "changed", "open")


@dataclass(frozen=True)
class Standing:
    """A question at one time: ``question`` is its id then, empty where that version lacks it; ``absent`` says why it was not asked.

    ``since`` is the place of the time it is compared with: the latest before at which it was asked. ``how`` is ``None`` at the first time
    and while it is not asked, but for the first time that it is no longer.
    """

    question: str
    line: QuestionLine | None = None
    answer: Answer | None = None
    absent: Absence | None = None
    since: int | None = None
    how: How | None = None

    @property
    def has_moved(self) -> bool:
        """Whether the answer differs from the last time that it was asked."""
        return self.since is not None and self.how in MOVES

    @property
    def reason(self) -> str:
        """What was written then of why."""
        return reason_of(self.answer)


@dataclass(frozen=True)
class QuestionCourse:
    """A question over the times; ``section`` and ``key`` are those of the newest version that has it."""

    section: str
    key: bool
    standings: tuple[Standing, ...]

    @property
    def newest(self) -> int:
        """The place of the newest time whose version has the question."""
        return max(place for place, one in enumerate(self.standings) if one.question)

    @property
    def question(self) -> str:
        """Its id in the newest version that has it."""
        return self.standings[self.newest].question

    @property
    def moves(self) -> tuple[int, ...]:
        """The places at which the answer differs from the last one before."""
        return tuple(place for place, one in enumerate(self.standings) if one.has_moved)

    @property
    def is_replaced(self) -> bool:
        """Whether a version put it in the place of a question with another id."""
        return len({one.question for one in self.standings if one.question}) > 1

    @property
    def is_rescaled(self) -> bool:
        """Whether its answers have not always been worth the same."""
        return len({(one.line.lowest, one.line.highest) for one in self.standings if one.line is not None}) > 1

    def places(self, absence: Absence) -> tuple[int, ...]:
        """Give the places at which it is absent for this reason."""
        return tuple(place for place, one in enumerate(self.standings) if one.absent == absence)


@dataclass(frozen=True)
class ScoreCourse:
    """A section or subject over the times; a score is ``None`` where it was not there or nothing of it was asked.

    ``changes`` has one place less than ``scores``: from each time to the next, ``None`` where one of the two has no such score or their
    figures are not on one scale.
    """

    id: str
    scores: tuple[Score | None, ...]
    changes: tuple[ScoreChange | None, ...]


@dataclass(frozen=True)
class Course:
    """An instrument over the times at which it was used; ``differences`` says what each time differs in from the one before it."""

    times: tuple[Assessed, ...]
    questions: tuple[QuestionCourse, ...]
    sections: tuple[ScoreCourse, ...]
    subjects: tuple[ScoreCourse, ...]
    differences: tuple[frozenset[Difference], ...]

    def moved(self, place: int, how: How) -> int:
        """Count the questions that moved in a way at a time."""
        return sum(1 for one in self.questions if one.standings[place].has_moved and one.standings[place].how == how)


def over_years(times: Sequence[Assessed]) -> Course:
    """Follow an instrument through its times, the oldest first. Raises ``ValueError`` for none, and for different instruments."""
    if not times or len({one.template.id for one in times}) != 1:
        raise ValueError("the times are of one instrument, and at least one")
    steps = [compare(before=before, now=now) for before, now in pairwise(times)]
    return Course(
        times=tuple(times),
        questions=tuple(_questions(times)),
        sections=_courses([_sections_of(one) for one in times], [step.sections for step in steps]),
        subjects=_courses([_subjects_of(one) for one in times], [step.subjects for step in steps]),
        differences=tuple(_differences(before, now) for before, now in pairwise(times)),
    )


def _differences(before: Assessed, now: Assessed) -> frozenset[Difference]:
    found: set[Difference] = set()
    if before.template.hash != now.template.hash:
        found.add("version")
    if before.result.scope != now.result.scope:
        found.add("scope")
    if before.result.rules != now.result.rules:
        found.add("rules")
    return frozenset(found)


# -- questions


def _questions(times: Sequence[Assessed]) -> list[QuestionCourse]:
    """Follow every question back from the newest version that has it; those of the newest come first, in its order."""
    claimed: list[set[str]] = [set() for _ in times]
    found = []
    for last in range(len(times) - 1, -1, -1):
        for section, question in times[last].template.questions():
            if question.id in claimed[last]:
                continue
            known = _ids(times, last, question)
            for place, named in enumerate(known):
                if named:
                    claimed[place].add(named)
            standings = _standings(times, known)
            if any(one.line is not None for one in standings):
                found.append(QuestionCourse(section.id, question.key, standings))
    return found


def _ids(times: Sequence[Assessed], last: int, question: Question) -> list[str]:
    """Give the id of a question at each time, empty where the version has none such."""
    ids = [""] * len(times)
    here = question
    for place in range(last, -1, -1):
        template = times[place].template
        ids[place] = known_as(here, template)
        if ids[place]:
            here = template.question(ids[place])
    return ids


def _standings(times: Sequence[Assessed], ids: Sequence[str]) -> tuple[Standing, ...]:
    found: list[Standing] = []
    asked: int | None = None
    for place, (time, named) in enumerate(zip(times, ids, strict=True)):
        line = time.result.line(named) if named else None
        if line is None:
            went = asked is not None and asked == place - 1
            found.append(Standing(named, absent=_absence(time, named), how="no_longer_asked" if went else None))
            continue
        answer = time.answers.of(time.template.id, named)
        how: How | None = "new" if place else None
        if asked is not None:
            bands = time.template.section_of(named).bands
            before = found[asked]
            how = how_changed((before.line, before.answer), (line, answer), higher_is_better=higher_is_better(time.template, bands))
        found.append(Standing(named, line, answer, since=asked, how=how))
        asked = place
    return tuple(found)


def _absence(time: Assessed, named: str) -> Absence:
    if not named:
        return "lacking"
    scopes = time.template.question(named).scopes
    return "scope" if scopes and time.result.scope not in scopes else "not_asked"


# -- scores

#: A score, and what makes its figure mean what it means: two figures are set against each other only where that is the same.
_Measured = tuple[Score, tuple[object, ...]]


def _sections_of(time: Assessed) -> dict[str, _Measured]:
    """Give the sections of which something was asked and that add up to a figure."""
    known = {one.id: one for one in time.template.sections}
    return {
        one.section: (one.score, (time.result.rules, *_measure(time.template, known[one.section])))
        for one in time.result.sections
        if one.asked and one.score.status != "unscored"
    }


def _subjects_of(time: Assessed) -> dict[str, _Measured]:
    rules = time.template.subjects
    return {
        one.subject: (
            one.score,
            (time.result.rules, rules[one.subject].combine, *_table(time.template.bands[rules[one.subject].bands])),
        )
        for one in time.result.subjects
    }


def _courses(measured: Sequence[dict[str, _Measured]], steps: Sequence[Sequence[ScoreChange]]) -> tuple[ScoreCourse, ...]:
    """Follow each section or subject; those of the newest time come first, in its order."""
    ids = dict.fromkeys(id_ for there in reversed(measured) for id_ in there)
    found = []
    for id_ in ids:
        seen = [there.get(id_) for there in measured]
        changes: list[ScoreChange | None] = []
        for (before, now), step in zip(pairwise(seen), steps, strict=True):
            on_one_scale = before is not None and now is not None and before[1] == now[1]
            changes.append(next((one for one in step if one.id == id_), None) if on_one_scale else None)
        found.append(ScoreCourse(id_, tuple(one[0] if one is not None else None for one in seen), tuple(changes)))
    return tuple(found)


def _measure(template: Template, section: Section) -> tuple[object, ...]:
    """Give how a section adds up, and its bands; without bands its value is on the scale of its own questions."""
    if section.bands is not None:
        return (section.aggregate, *_table(template.bands[section.bands]))
    worth = ((one.id, tuple(level.points for level in one.levels), tuple(sorted(one.points.items()))) for one in section.questions)
    return (section.aggregate, *worth)


def _table(table: BandTable) -> tuple[object, ...]:
    """Give what a band table says, but for its words."""
    steps = tuple((step.band, step.from_, step.to) for step in table.steps)
    derived = (tuple(table.derived.bands), tuple(table.derived.shares), table.derived.key_weight_in_range) if table.derived else None
    return (table.direction, table.edge, table.measure, steps, derived)
