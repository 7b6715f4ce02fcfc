"""Template: a versioned questionnaire with its rules, decoded strictly from data.

The classes here and in ``question.py`` are the file format (``format: 1``): what a key is called in a template file is what it is
called here. ``reading.py`` reads files into them, ``checks`` says what does not hold together.
"""

# ruff: noqa: RUF012 (every part is a msgspec Struct, which copies an empty default)

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cached_property
from typing import Literal

import msgspec

from forms.canonical import canonical_json
from forms.question import (
    Aggregate,
    AnsweredBy,
    CellKind,
    Column,
    Condition,
    Evidence,
    Flag,
    Group,
    Level,
    Option,
    Part,
    Question,
    Ratio,
    ReliesOn,
    Remark,
    Row,
    SameAs,
    Scope,
    Section,
    Subject,
)
from forms.text import Text

CAPACITY = ("weak", "limited", "adequate", "strong")
RISK = ("low", "moderate", "significant", "high")
SUBJECTS: tuple[Subject, ...] = ("organisation", "project")


class BandStep(Part, frozen=True, kw_only=True):
    """One band from one value to another; who owns the edges is said once for the table."""

    band: str
    from_: int = msgspec.field(name="from")
    to: int


class DerivedBands(Part, frozen=True, kw_only=True):
    """Cut-offs that follow from which questions are applicable: shares (``"15/100"``) of the attainable range.

    ``key_weight_in_range`` says whether the extra points of key questions stretch the range (source: HACT micro assessment,
    2016 questionnaire: yes; 2023 questionnaire: no).
    """

    bands: list[str]
    shares: list[str]
    key_weight_in_range: bool


class BandTable(Part, frozen=True, kw_only=True):
    """How a value becomes a word. ``edge`` says which neighbour a value exactly on a cut-off belongs to.

    ``words`` names bands outside the fixed vocabulary (weak … strong, low … high): every band of the table or none.
    """

    direction: Literal["higher_is_better", "higher_is_worse"]
    edge: Literal["better", "worse"]
    measure: Literal["percent", "value"] = "percent"
    steps: list[BandStep] = []
    derived: DerivedBands | None = None
    words: dict[str, Text] = {}

    @property
    def names(self) -> list[str]:
        """Band names from low values to high."""
        return self.derived.bands if self.derived is not None else [step.band for step in self.steps]


class KeyCap(Part, frozen=True, kw_only=True):
    """A key question at ``at_most`` points or fewer holds its section at ``band`` however good the rest is."""

    at_most: int
    band: str


class RequiredLevel(Part, frozen=True, kw_only=True):
    """The level that is required in a scope, for ordinary and for key questions."""

    ordinary: int
    key: int


class SubjectRule(Part, frozen=True, kw_only=True):
    """How sections add up to one profile; never a total over organisation and project."""

    bands: str
    combine: Literal["sections", "questions"] = "sections"
    never_better_than: list[str] = []


class StopCriterion(Part, frozen=True, kw_only=True):
    """What must go to the board: never waivable, or waivable by the board with limit, date and compensating control."""

    id: str
    text: Text
    waivable: Literal["never", "board"]
    when: Condition
    subject: Subject = "organisation"


class Contradiction(Part, frozen=True, kw_only=True):
    """Answers that do not fit together and need a second look."""

    id: str
    text: Text
    when: Condition


class RiskProposal(Part, frozen=True, kw_only=True):
    """A risk that answers point to; the caseworker decides whether it stands."""

    id: str
    text: Text
    when: Condition
    likelihood: int
    impact: int
    subject: Subject = "organisation"
    on_people: bool = False
    mitigation: Text | None = None


class RiskMatrix(Part, frozen=True, kw_only=True):
    """Rating per cell: ``rows[0]`` is likelihood 1, each row impact 1–5; ``people_floor`` is the least rating at impact 5 on people."""

    rows: list[list[str]]
    people_floor: str


class RecommendationRule(Part, frozen=True, kw_only=True):
    """The first rule whose conditions all hold gives the calculated recommendation, with its text as the reason.

    ``subject`` narrows what ``stops``, gaps and ``bands`` look at; ``bands`` holds band names or statuses such as ``needs_approval``.
    """

    decision: Literal["approve", "approve_with_conditions", "postpone", "send_back", "decline"]
    text: Text
    stops: Literal["never", "board"] | None = None
    gaps_at_least: int | None = None
    key_gaps_at_least: int | None = None
    subject: Subject | None = None
    bands: list[str] = []
    scope: Scope | None = None


class AssuranceMeasure(Part, frozen=True, kw_only=True):
    """Something done during the agreement, counted per year."""

    id: str
    text: Text


class AssuranceRow(Part, frozen=True, kw_only=True):
    """Counts per band and measure for amounts up to and including ``up_to`` whole units of the table's currency (none: no limit)."""

    up_to: int | None = None
    counts: dict[str, list[int]]


class AssuranceTable(Part, frozen=True, kw_only=True):
    """The organisation's own follow-up by amount per year and capacity; what is not assessed is followed up as the weakest."""

    currency: str
    subject: Subject
    unassessed: str
    measures: list[AssuranceMeasure]
    rows: list[AssuranceRow]


class JudgedRule(Part, frozen=True, kw_only=True):
    """What the caseworker rates beside the calculation: each subject or each section that has bands, and the whole.

    ``comment``: a reason is needed where the two differ, or always. ``not_applicable``: an area (never the whole) may be set aside.
    """

    areas: Literal["subjects", "sections"] = "subjects"
    overall: bool = False
    comment: Literal["differs", "always"] = "differs"
    not_applicable: bool = False


class Perspective(Part, frozen=True, kw_only=True):
    """Something that runs through the questions (rights, gender, conflict …), with the questions that bear on it."""

    id: str
    text: Text
    questions: list[str]


class Template(Part, frozen=True, kw_only=True, dict=True):
    """A whole questionnaire with its arithmetic; identified for ever by the hash of its canonical form.

    ``follows`` says whose structure it has; ``time`` the minutes that an experienced caseworker needs, per scope; ``partner_signs``
    that the paper form and the report have a line for the partner’s own signature.
    """

    format: Literal[1]
    rules: Literal[1]
    id: str
    version: str
    languages: list[str]
    name: Text
    purpose: Text
    about: Text
    method: Text
    scopes: list[Scope]
    sections: list[Section]
    bands: dict[str, BandTable]
    subjects: dict[str, SubjectRule] = {}
    required: dict[str, RequiredLevel] = {}
    key_points: dict[str, int] = {}
    key_cap: KeyCap | None = None
    not_applicable_share: int | None = 20
    stops: list[StopCriterion] = []
    contradictions: list[Contradiction] = []
    risks: list[RiskProposal] = []
    risk_matrix: RiskMatrix | None = None
    recommendation: list[RecommendationRule] = []
    assurance: AssuranceTable | None = None
    follows: Text | None = None
    time: dict[str, int] = {}
    judged: JudgedRule | None = None
    perspectives: list[Perspective] = []
    partner_signs: bool = False

    def questions(self) -> Iterator[tuple[Section, Question]]:
        """Go through every question in the order it is asked, with its section."""
        for section in self.sections:
            for question in section.questions:
                yield section, question

    def question(self, question_id: str) -> Question:
        """Find a question by its id; ``KeyError`` when the template has none such."""
        for _, question in self.questions():
            if question.id == question_id:
                return question
        raise KeyError(question_id)

    def section_of(self, question_id: str) -> Section:
        """Find the section that a question stands in; ``KeyError`` when there is none."""
        for section, question in self.questions():
            if question.id == question_id:
                return section
        raise KeyError(question_id)

    def canonical(self) -> bytes:
        """Write the decoded template in its one canonical form; keys left at their default are left out."""
        return canonical_json(msgspec.to_builtins(self))

    def points(self, question: Question, points: int) -> int:
        """Give what ordinary points are worth in this question: key questions may have points of their own (``key_points``)."""
        return self.key_points.get(str(points), points) if question.key else points

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the canonical form, hexadecimal."""
        return hashlib.sha256(self.canonical()).hexdigest()


__all__ = [
    "CAPACITY",
    "RISK",
    "SUBJECTS",
    "Aggregate",
    "AnsweredBy",
    "AssuranceMeasure",
    "AssuranceRow",
    "AssuranceTable",
    "BandStep",
    "BandTable",
    "CellKind",
    "Column",
    "Condition",
    "Contradiction",
    "DerivedBands",
    "Evidence",
    "Flag",
    "Group",
    "JudgedRule",
    "KeyCap",
    "Level",
    "Option",
    "Part",
    "Perspective",
    "Question",
    "Ratio",
    "RecommendationRule",
    "ReliesOn",
    "Remark",
    "RequiredLevel",
    "RiskMatrix",
    "RiskProposal",
    "Row",
    "SameAs",
    "Scope",
    "Section",
    "StopCriterion",
    "Subject",
    "SubjectRule",
    "Template",
]
