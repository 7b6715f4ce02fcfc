"""What a scored assessment says: the case it was scored for, and the Result with its whole trace.

Everything that anybody shows (window, report, comparison, portfolio) is read from a ``Result``; nothing is computed again.
Points and percentages are exact ``Fraction``s; percentages run 0–100.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from forms.canonical import LEFT_OUT_WHEN_EMPTY, canonical_json

Status = Literal["complete", "incomplete", "needs_approval", "not_assessable", "unscored"]


@dataclass(frozen=True)
class Case:
    """All that a score depends on beside template and answers.

    ``amount_minor``: for twelve months, in minor units of ``currency``. ``rate``: units of the assurance table's currency for one
    unit of ``currency``. ``facts`` holds case facts that conditions may look at; ``facts["not_applicable_approved"] == "yes"`` says
    that the reviewer accepted a large share of *not applicable*.
    """

    as_of: date
    scope: str
    variant: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    amount_minor: int | None = None
    currency: str | None = None
    rate: Fraction | None = None


@dataclass(frozen=True)
class QuestionLine:
    """How one question that is asked stands and what it adds.

    ``counts`` says whether it is part of the sum; ``why`` says why not (``open``, ``not_applicable``, ``not_scored``).
    ``points``/``lowest``/``highest`` are for one unit of weight; ``highest_ordinary`` is what it could give were it no key question.
    """

    question: str
    section: str
    state: str
    key: bool
    weight: int
    optional: bool
    scored: bool
    counts: bool
    why: str
    points: Fraction | None
    lowest: Fraction | None
    highest: Fraction | None
    highest_ordinary: Fraction | None
    required: int | None
    known: str | None

    @property
    def is_open(self) -> bool:
        """Unanswered or *don't know yet*."""
        return self.state in ("open", "dont_know")

    @property
    def is_gap(self) -> bool:
        """Below the required level."""
        return self.counts and self.required is not None and self.points is not None and self.points < self.required


@dataclass(frozen=True)
class Cutoff:
    """From one band to the next; ``value`` in the unit of the band table."""

    below: str
    above: str
    value: Fraction


@dataclass(frozen=True)
class Distance:
    """How far it is to the nearest better band."""

    band: str
    value: Fraction


@dataclass(frozen=True)
class Score:
    """One number with its band: a section's or a subject's.

    ``value`` is the aggregate, ``percent`` its place between the lowest and highest attainable value, both ``None`` unless complete.
    ``interval`` (percent) holds while something is open: every question asked now gets an answer, none becomes not applicable; it is
    ``None`` while nothing that is scored is asked.
    ``band`` is ``None`` unless ``status`` is ``complete``; ``band_uncapped`` is what the table alone says; ``held_by`` names what holds
    it down (questions for a section, sections for a subject). A section with a value only has no band ever; there ``held_by`` names
    the questions whose answers the template flags, complete or not.
    """

    status: Status
    value: Fraction | None = None
    percent: Fraction | None = None
    interval: tuple[Fraction, Fraction] | None = None
    band: str | None = None
    band_uncapped: str | None = None
    held_by: tuple[str, ...] = ()
    cutoffs: tuple[Cutoff, ...] = ()
    next_band: Distance | None = None


@dataclass(frozen=True)
class GroupResult:
    """A heading within a section added up by the section’s own arithmetic: ``counted`` questions of ``asked``, ``key`` of them key.

    ``points`` are those of its counted questions, weighted, so that the groups of a section add up to its own. There is a band where
    the section’s table can say one of a part: cut-offs in percent, or derived from what is asked.
    """

    group: str
    asked: int
    counted: int
    key: int
    open: int
    not_applicable: int
    points: Fraction
    maximum: Fraction
    score: Score


@dataclass(frozen=True)
class SectionResult:
    """One section added up: ``counted`` questions of ``asked``, with the exact sums behind the score and those of its ``groups``."""

    section: str
    subject: str
    asked: int
    counted: int
    open: int
    not_applicable: int
    points: Fraction
    maximum: Fraction
    weight: int
    score: Score
    groups: tuple[GroupResult, ...] = field(default=(), metadata=LEFT_OUT_WHEN_EMPTY)


@dataclass(frozen=True)
class SubjectResult:
    """Organisation or project: its sections' common profile."""

    subject: str
    score: Score


@dataclass(frozen=True)
class Gap:
    """A question below its required level."""

    question: str
    section: str
    subject: str
    key: bool
    points: Fraction
    required: int


@dataclass(frozen=True)
class Stop:
    """A stop criterion that the answers have met, with the questions that met it."""

    id: str
    waivable: str
    subject: str
    because: tuple[str, ...]


@dataclass(frozen=True)
class Clash:
    """A contradiction between answers."""

    id: str
    because: tuple[str, ...]


@dataclass(frozen=True)
class ProposedRisk:
    """A risk that the answers point to, rated by the matrix before anything is done about it."""

    id: str
    subject: str
    likelihood: int
    impact: int
    on_people: bool
    rating: str
    because: tuple[str, ...]


@dataclass(frozen=True)
class Completeness:
    """How much is answered and how it is known; counts of questions asked."""

    asked: int
    answered: int
    open: int
    dont_know: int
    not_applicable: int
    not_established: int
    said: int
    seen: int
    verified: int
    optional_open: int


@dataclass(frozen=True)
class Proposal:
    """The calculated recommendation: the decision and which rule of the template gave it (its place, from 0)."""

    decision: str
    rule: int


@dataclass(frozen=True)
class AssurancePlan:
    """Follow-up per year by the template's table: measure id → count; ``row`` and ``band`` say where in the table it stands.

    ``amount`` is in whole units of the table's currency; ``None`` without an amount or a rate, when the highest row is used.
    """

    counts: Mapping[str, int]
    row: int
    band: str
    amount: Fraction | None


@dataclass(frozen=True)
class Result:
    """Everything that a template says about a set of answers, with the trace."""

    rules: int
    template: str
    scope: str
    lines: tuple[QuestionLine, ...]
    sections: tuple[SectionResult, ...]
    subjects: tuple[SubjectResult, ...]
    gaps: tuple[Gap, ...]
    required: int
    required_key: int
    stops: tuple[Stop, ...]
    clashes: tuple[Clash, ...]
    risks: tuple[ProposedRisk, ...]
    completeness: Completeness
    not_applicable_share: Fraction
    proposal: Proposal | None
    assurance: AssurancePlan | None

    @property
    def is_complete(self) -> bool:
        """Every question asked has a final answer."""
        return self.completeness.open == 0

    def line(self, question: str) -> QuestionLine | None:
        """Give the line of a question, or ``None`` when it is not asked."""
        return next((line for line in self.lines if line.question == question), None)

    def section(self, section: str) -> SectionResult:
        """Give a section's result; ``KeyError`` when there is none."""
        for one in self.sections:
            if one.section == section:
                return one
        raise KeyError(section)

    def subject(self, subject: str) -> SubjectResult | None:
        """Give the organisation's or the project's result."""
        return next((one for one in self.subjects if one.subject == subject), None)

    def to_bytes(self) -> bytes:
        """Write the Result in canonical form; the same input gives the same bytes for ever under the same ``rules``."""
        return canonical_json(self)
