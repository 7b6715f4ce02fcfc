"""Cards: frozen copies of records. Only these leave the database thread; what is written is read again, never changed in place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Literal
from uuid import UUID

from forms.answers import Answer, AnswerKey, AnswerSet
from forms.canonical import LEFT_OUT_WHEN_EMPTY
from forms.result import Result
from forms.risk import RiskEntry
from forms.scope_rule import ScopeProposal
from forms.template import BandTable, Template
from models.board_cards import AgreementCondition as AgreementCondition
from models.board_cards import DecisionCard as DecisionCard
from models.board_cards import DecisionDraft as DecisionDraft
from models.board_cards import JudgedRating as JudgedRating
from models.board_cards import RecommendationDraft as RecommendationDraft
from models.board_cards import Waiver as Waiver
from models.imported_cards import ImportedCard
from models.subject_cards import BankAccount as BankAccount
from models.subject_cards import Contact as Contact
from models.subject_cards import OutsideCard as OutsideCard
from models.subject_cards import PartnerCard as PartnerCard
from models.subject_cards import PartnerDraft as PartnerDraft
from models.subject_cards import ProjectCard as ProjectCard
from models.subject_cards import ProjectDraft as ProjectDraft

#: Derived from rows, never stored: see ``models.assessment.state_of``.
AssessmentState = Literal["draft", "in_review", "returned", "agreed", "sealed", "decided", "superseded", "withdrawn"]
AssessmentKind = Literal["new", "renewal", "rapid", "completion"]
Source = Literal["typed", "confirmed", "imported", "undo", "redo", "relied_on", "upgraded"]


@dataclass(frozen=True)
class AddedInstrument:
    """An instrument beside the main one, with a scope of its own."""

    template_id: str
    scope: str


@dataclass(frozen=True)
class RapidTerms:
    """What a rapid start is held to: at most so much (minor units) until ``ends``, decided by ``decider``, and a fuller assessment that
    completes it by ``complete_by``. ``reason``: the urgent need that allows it."""

    cap_minor: int
    currency: str
    ends: date
    decider: str
    complete_by: date
    reason: str


@dataclass(frozen=True)
class Assigned:
    """Who answers the questions that the template leaves to a controller or an office."""

    role: str
    person: UUID


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
    #: What was added at the start; instruments may be added and taken away later by acts.
    added: tuple[AddedInstrument, ...] = ()
    #: Of a rapid start only.
    rapid: RapidTerms | None = None
    #: Set when it is started, from what the vault has; ``None`` in assessments started before this was noted.
    first_time: bool | None = None
    fragile: bool = False
    #: What the organisation's rule proposed when the scope was chosen.
    proposed: ScopeProposal | None = None
    assigned: tuple[Assigned, ...] = ()


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
    #: What was decided, while that stands; empty before.
    outcome: str = ""
    #: Of a rapid start: the case number of the assessment that continues it, and whether that one is sealed.
    continued_by: str = ""
    is_completed: bool = False
    #: The band table of each subject whose bands have words of their own.
    tables: Mapping[str, BandTable] = field(default_factory=dict)


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
    #: The registered result of another body that this row points to, when the answer relies on one.
    outside: UUID | None = field(default=None, metadata=LEFT_OUT_WHEN_EMPTY)


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
    """One revision of a report in one language: unsigned first, then one more with each signature.

    ``kind`` is one of ``models.document_kind``, ``part`` that of PDF/A. ``basis`` names what a document of that kind was made from beside
    the sealed record (what was chosen, what was decided by then); empty for one that depends on the record alone.
    """

    id: UUID
    language: str
    revision: int
    sha256: str
    size: int
    signed_as: str
    signed_by: str
    at: datetime
    kind: str = "full_report"
    part: int = 3
    basis: str = ""


@dataclass(frozen=True)
class Earlier:
    """Last time's sealed assessment, as a renewal shows it."""

    assessment: AssessmentCard
    template: Template
    answers: AnswerSet
    result: Result
    evidence: tuple[EvidenceCard, ...]


@dataclass(frozen=True)
class InstrumentCard:
    """An instrument in an assessment: its template and scope, what the answers come to by it, and last time's if it was used then."""

    template: Template
    scope: str
    result: Result
    earlier: Earlier | None = None
    #: When the result was seen with this instrument in it.
    seen_at: datetime | None = None


@dataclass(frozen=True)
class AssessmentFile:
    """Everything about one assessment, read in one go: what windows and reports are made from.

    Once it is sealed, partner, project and result are as they were sealed. ``answered_by`` is everybody who has written in it:
    given an answer, added evidence or taken some back.

    ``template``, ``result``, ``earlier`` and ``result_seen_at`` are those of the instrument in focus, the main one unless ``seen_as``
    another; nothing is added up across instruments. ``answers`` are the own ones and those linked from another instrument, which
    ``origins`` names.
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
    #: The full report in PDF/A-3a, with the record inside: the one that the required signers sign.
    reports: tuple[ReportCard, ...] = ()
    #: Every other document made of the sealed record: other kinds, and the full report without attachment.
    documents: tuple[ReportCard, ...] = ()
    decision: DecisionCard | None = None
    earlier: Earlier | None = None
    result_seen_at: datetime | None = None
    changed_after_result: int = 0
    answered_by: tuple[UUID, ...] = ()
    #: Others' results registered for the partner: as they are now, of a sealed one as they were.
    outside: tuple[OutsideCard, ...] = ()
    people: dict[UUID, str] = field(default_factory=dict)
    #: The main instrument first; empty stands for the one in focus alone.
    instruments: tuple[InstrumentCard, ...] = ()
    #: Linked answers: which question is answered by which other instrument's answer.
    origins: Mapping[AnswerKey, AnswerKey] = field(default_factory=dict)

    @property
    def scope(self) -> str:
        """The scope of the instrument in focus."""
        return next((one.scope for one in self.instruments if one.template.id == self.template.id), self.card.draft.scope)

    @property
    def own_answers(self) -> AnswerSet:
        """The answers that were given here, without those linked from another instrument."""
        return AnswerSet({key: answer for key, answer in self.answers.answers.items() if key not in self.origins})

    @property
    def is_main(self) -> bool:
        """Whether the main instrument is in focus, from which recommendation and bands of lists come."""
        return not self.instruments or self.instruments[0].template.id == self.template.id

    @property
    def is_complete(self) -> bool:
        """Whether every question that is asked has a final answer, in all instruments."""
        return all(one.result.is_complete for one in self.each())

    @property
    def is_protected(self) -> bool:
        """Whether the partner goes by a cover name, or does so since this was sealed; there is no public record of such a one."""
        return self.partner.draft.protected or bool(self.partner.cover_now)

    def seen_as(self, template_id: str) -> AssessmentFile:
        """Give the same file with another instrument in focus. Raises ``KeyError`` for one that is not in use."""
        if template_id == self.template.id:
            return self
        for one in self.instruments:
            if one.template.id == template_id:
                return replace(self, template=one.template, result=one.result, earlier=one.earlier, result_seen_at=one.seen_at)
        raise KeyError(template_id)

    def main(self) -> AssessmentFile:
        """Give the same file with the main instrument in focus."""
        return self if self.is_main else self.seen_as(self.instruments[0].template.id)

    def each(self) -> tuple[AssessmentFile, ...]:
        """Give the file once for each instrument, seen as that, the main one first."""
        return tuple(self.seen_as(one.template.id) for one in self.instruments) or (self,)

    def behind(self, question: str) -> frozenset[str]:
        """Give the questions whose evidence stands behind an answer: its own, and the one that it is linked from."""
        return frozenset({question, *(source.question for key, source in self.origins.items() if key.question == question)})

    def with_question(self, question: str) -> AssessmentFile:
        """Give the file seen as the instrument that has a question; as it is when none has."""
        return next((one for one in self.each() if any(asked.id == question for _, asked in one.template.questions())), self)


@dataclass(frozen=True)
class PartnerRow:
    """A partner as the list shows it; ``also`` is what it is found by too and that is not shown."""

    id: UUID
    name: str
    country: str
    assessments: int
    latest: AssessmentCard | None
    also: str = ""


@dataclass(frozen=True)
class PartnerPage:
    """A partner with its projects and assessments, newest first; ``imported`` are other organisations' assessments of it.

    ``sealed_by_name``: case numbers whose sealed records have the real name of a partner that was protected since.
    """

    partner: PartnerCard
    projects: tuple[ProjectCard, ...]
    assessments: tuple[AssessmentCard, ...]
    outside: tuple[OutsideCard, ...] = ()
    sealed_by_name: tuple[str, ...] = ()
    imported: tuple[ImportedCard, ...] = ()
