"""What a partner may see of its assessment, as values of their own: what is left out is not held here, so no page can print it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from desktop.reports.chosen import Ticks
from desktop.words import Tone
from forms.canonical import canonical_json
from models.document_kind import Name

SCHEMA = "gedigen-partner/2"
#: ``weaker_half``: of its scale, where a template has no requirements.
Why = Literal["below_requirement", "weaker_half", "not_established", "open"]


@dataclass(frozen=True)
class PlacePart:
    """Where a section lies: ``at`` (0 to 100) or, while something is open, ``between`` two such places.

    ``ends`` names the ends of a scale of its own, empty where each section has others; ``None`` is the common scale from 0 to 100.
    ``held``: a weak key question holds the rating below what the place alone would give.
    """

    at: Fraction | None
    between: tuple[Fraction, Fraction] | None
    ends: tuple[str, str] | None
    held: bool


@dataclass(frozen=True)
class StepPart:
    """A stretch of the common scale from 0 to 100, and what a place on it is called."""

    word: str
    tone: Tone
    start: Fraction
    end: Fraction


@dataclass(frozen=True)
class Rated:
    """A subject or section with what it comes to, in words; ``band`` is the template's key, empty where there is none."""

    id: str
    title: str
    figure: str
    band: str
    word: str
    tone: Tone
    place: PlacePart | None = None


@dataclass(frozen=True)
class SubjectPart:
    """A subject of an instrument with its sections; ``rated`` is ``None`` where nothing adds them up.

    ``scale`` is empty where the sections share no bands that lie fixed on it.
    """

    subject: str
    title: str
    rated: Rated | None
    sections: tuple[Rated, ...]
    scale: tuple[StepPart, ...]
    higher_is_better: bool


@dataclass(frozen=True)
class FindingPart:
    """A question that the partner is told about. ``comment`` is empty unless comments are shown."""

    question: str
    number: str
    text: str
    why: Why
    answer: str
    required: str
    key: bool
    comment: str = ""


@dataclass(frozen=True)
class JudgedPart:
    """A rating of our own beside the calculated one; ``reason`` is a comment, so it is empty unless those are shown too."""

    title: str
    rating: str
    word: str
    tone: Tone
    reason: str = ""


@dataclass(frozen=True)
class InstrumentPart:
    """What one instrument found."""

    id: str
    version: str
    name: str
    met: str
    subjects: tuple[SubjectPart, ...]
    findings: tuple[FindingPart, ...]
    judged: tuple[JudgedPart, ...] = ()


@dataclass(frozen=True)
class ProjectPart:
    """The project as the partner proposed it; ``amount`` and ``period`` in words."""

    title: str
    amount: str
    period: str


@dataclass(frozen=True)
class ConditionPart:
    """A condition and when it must be met, in words."""

    text: str
    due: str


@dataclass(frozen=True)
class SupportPart:
    """Something that we do each year by our own table, such as visits."""

    text: str
    per_year: int


@dataclass(frozen=True)
class OwedPart:
    """What we owe the partner, as an answer under the template's own question."""

    question: str
    text: str


@dataclass(frozen=True)
class RiskPart:
    """A risk as it was rated before and after what is done about it."""

    title: str
    before: str
    before_tone: Tone
    done: str
    after: str
    after_tone: Tone


@dataclass(frozen=True)
class DecisionPart:
    """What was decided and when; ``granted`` says of a rapid start how much and until when."""

    outcome: str
    word: str
    decided_on: date
    granted: str = ""


@dataclass(frozen=True)
class PartnerView:
    """Everything that the partner's version says, in one language.

    ``reply_by`` stands in a draft only; decision, conditions, plans and ``record_sha256`` (of the sealed record) in a feedback only.
    """

    kind: Name
    language: str
    organisation: str
    case_number: str
    assessed_on: date
    partner: str
    country: str
    project: ProjectPart | None
    shown: Ticks
    instruments: tuple[InstrumentPart, ...]
    stops: tuple[str, ...] = ()
    risks: tuple[RiskPart, ...] = ()
    reply_by: date | None = None
    reply: str = ""
    decision: DecisionPart | None = None
    conditions: tuple[ConditionPart, ...] = ()
    capacity_plan: str = ""
    support: tuple[SupportPart, ...] = ()
    owed: tuple[OwedPart, ...] = ()
    next_due: date | None = None
    caseworker: str = ""
    record_sha256: str = ""
    schema: str = field(default=SCHEMA)

    def to_bytes(self) -> bytes:
        """Give it as ``partner.json``, the document that travels inside: canonical JSON."""
        return canonical_json(self)
