"""Cards: frozen copies of records. Only these leave the database thread; what is written is read again, never changed in place."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Literal
from uuid import UUID

from forms.answers import Answer, AnswerSet
from forms.result import Result
from forms.risk import RiskEntry
from forms.template import Template

#: Derived from rows, never stored: see ``models.assessment.state_of``.
AssessmentState = Literal["draft", "in_review", "returned", "agreed", "sealed", "decided", "superseded", "withdrawn"]
AssessmentKind = Literal["new", "renewal"]
Source = Literal["typed", "confirmed", "imported", "undo", "redo"]


@dataclass(frozen=True)
class Contact:
    """A person at the partner. ``controls``: owns or decides over the organisation; ``signs``: may sign for it."""

    name: str
    role: str
    signs: bool = False
    controls: bool = False


@dataclass(frozen=True)
class BankAccount:
    """An account that money may be paid to. ``holder`` must be the organisation; ``number`` is an IBAN or a local number."""

    holder: str
    bank: str
    country: str
    number: str
    currency: str


@dataclass(frozen=True)
class PartnerDraft:
    """What is registered about a partner; ``registration_scheme`` is an org-id list code (``SE-ON``), never a personal number."""

    name: str
    country: str
    legal_form: str = ""
    former_names: tuple[str, ...] = ()
    registration_scheme: str = ""
    registration_number: str = ""
    website: str = ""
    notes: str = ""
    people: tuple[Contact, ...] = ()
    accounts: tuple[BankAccount, ...] = ()


@dataclass(frozen=True)
class PartnerCard:
    """A registered partner; ``rev`` guards against two people changing it at once."""

    id: UUID
    rev: int
    draft: PartnerDraft
    created_at: datetime

    @property
    def name(self) -> str:
        """The name it is known by now."""
        return self.draft.name


@dataclass(frozen=True)
class ProjectDraft:
    """What is proposed. ``amount_minor`` is in minor units of ``currency`` for the whole period."""

    title: str
    summary: str = ""
    country: str = ""
    funding_source: str = ""
    amount_minor: int | None = None
    currency: str = "SEK"
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True)
class ProjectCard:
    """A project of a partner."""

    id: UUID
    partner: UUID
    rev: int
    draft: ProjectDraft


@dataclass(frozen=True)
class AssessmentDraft:
    """What is chosen when an assessment starts. ``rate``: assurance-table currency per unit of the project's, when they differ."""

    partner: UUID
    project: UUID | None
    kind: AssessmentKind
    collaboration: str
    template_id: str
    scope: str
    scope_reason: str
    as_of: date
    previous: UUID | None = None
    supersedes: UUID | None = None
    rate: Fraction | None = None


@dataclass(frozen=True)
class AssessmentCard:
    """One assessment as a list shows it. ``asked``/``answered`` count questions that must be answered."""

    id: UUID
    case_number: str
    draft: AssessmentDraft
    partner_name: str
    project_title: str
    template_hash: str
    caseworker: UUID
    caseworker_name: str
    state: AssessmentState
    created_at: datetime
    touched_at: datetime
    asked: int = 0
    answered: int = 0
    organisation_band: str | None = None
    project_band: str | None = None
    stops: int = 0
    reviewer_name: str = ""
    decided_on: date | None = None
    next_due: date | None = None


@dataclass(frozen=True)
class AnswerCard:
    """The current answer to a question with who gave it, when and how it came."""

    question: str
    answer: Answer
    source: Source
    person_name: str
    at: datetime
    why: str = ""


@dataclass(frozen=True)
class EvidenceCard:
    """A file or reference behind an answer. ``sha256`` is empty for a reference without file; ``dated`` is the document's own date."""

    id: UUID
    question: str
    name: str
    note: str
    dated: date | None
    sha256: str
    size: int
    media_type: str
    person_name: str
    at: datetime


@dataclass(frozen=True)
class TieCard:
    """A person's declaration of ties to the partner, and what was decided about a tie."""

    person: UUID
    person_name: str
    has_tie: bool
    text: str
    at: datetime
    resolution: str = ""
    resolved_by: str = ""


@dataclass(frozen=True)
class AgreementCondition:
    """Something that must be met before signing, before payment, or by a date."""

    text: str
    before: Literal["signing", "payment", "date"]
    due: date | None = None


@dataclass(frozen=True)
class JudgedRating:
    """The caseworker's own rating of an area beside the calculated one; ``reason`` is needed when they differ."""

    instrument: str
    area: str
    rating: str
    reason: str = ""


@dataclass(frozen=True)
class RecommendationDraft:
    """What the caseworker recommends. ``departure`` says why, when it is not what the template's rules give."""

    decision: str
    summary: str
    departure: str = ""
    conditions: tuple[AgreementCondition, ...] = ()
    capacity_plan: str = ""
    visit: str = ""
    limits: str = ""
    partner_reply: str = ""
    next_due: date | None = None


@dataclass(frozen=True)
class ReviewPoint:
    """The reviewer's word on one key question; disagreeing needs a comment."""

    question: str
    agrees: bool
    comment: str = ""


@dataclass(frozen=True)
class ReviewCard:
    """One review: ``agreed`` or ``returned``, with a word on every key question."""

    reviewer: UUID
    reviewer_name: str
    outcome: Literal["agreed", "returned"]
    comment: str
    points: tuple[ReviewPoint, ...]
    approves_not_applicable: bool
    at: datetime
    #: SHA-256 of what was reviewed, see ``models.reviewed``.
    reviewed: str = ""


@dataclass(frozen=True)
class SealCard:
    """The frozen record: its SHA-256, the exact bytes, and the audit trail's place and hash at that moment."""

    sha256: str
    record: bytes
    by_name: str
    at: datetime
    audit_seq: int
    audit_head: str


@dataclass(frozen=True)
class ReportCard:
    """One revision of a report in one language: unsigned first, then one more with each signature."""

    id: UUID
    language: str
    revision: int
    sha256: str
    size: int
    signed_as: str
    signed_by: str
    at: datetime


@dataclass(frozen=True)
class Waiver:
    """The board's waiver of one stop criterion: what it allows at most, until when, and what control replaces it."""

    stop: str
    limit: str
    until: date
    control: str


@dataclass(frozen=True)
class DecisionDraft:
    """What was decided, as the minutes say. ``departure`` says why, when it is not what was recommended."""

    outcome: str
    body: str
    minutes: str
    paragraph: str
    decided_on: date
    took_no_part: str = ""
    departure: str = ""
    waivers: tuple[Waiver, ...] = ()
    conditions: tuple[AgreementCondition, ...] = ()
    next_due: date | None = None


@dataclass(frozen=True)
class DecisionCard:
    """A recorded decision with who recorded it."""

    draft: DecisionDraft
    by_name: str
    at: datetime


@dataclass(frozen=True)
class Earlier:
    """Last time's sealed assessment, as a renewal shows it."""

    assessment: AssessmentCard
    template: Template
    answers: AnswerSet
    result: Result
    evidence: tuple[EvidenceCard, ...]


@dataclass(frozen=True)
class AssessmentFile:
    """Everything about one assessment, read in one go: what windows and reports are made from.

    Once it is sealed, partner, project and result are as they were sealed. ``answered_by`` is everybody who has written in it:
    given an answer, added evidence or taken some back.
    """

    card: AssessmentCard
    partner: PartnerCard
    project: ProjectCard | None
    template: Template
    answers: AnswerSet
    answer_cards: tuple[AnswerCard, ...]
    result: Result
    evidence: tuple[EvidenceCard, ...] = ()
    ties: tuple[TieCard, ...] = ()
    risks: tuple[RiskEntry, ...] = ()
    judged: tuple[JudgedRating, ...] = ()
    recommendation: RecommendationDraft | None = None
    reviews: tuple[ReviewCard, ...] = ()
    seal: SealCard | None = None
    reports: tuple[ReportCard, ...] = ()
    decision: DecisionCard | None = None
    earlier: Earlier | None = None
    result_seen_at: datetime | None = None
    changed_after_result: int = 0
    answered_by: tuple[UUID, ...] = ()
    people: dict[UUID, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PartnerRow:
    """A partner as the list shows it."""

    id: UUID
    name: str
    country: str
    assessments: int
    latest: AssessmentCard | None


@dataclass(frozen=True)
class PartnerPage:
    """A partner with its projects and assessments, newest first."""

    partner: PartnerCard
    projects: tuple[ProjectCard, ...]
    assessments: tuple[AssessmentCard, ...]
