"""What has been decided about an assessment, decision by decision, and the register of the documents made of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from forms.text import N_
from models import audit, blobs, body, report, signing_choice
from models.actor import Actor
from models.cards import DecisionCard, DecisionDraft, ReportCard
from models.database import write_tx
from models.decision import Decision, DecisionDocument, DecisionTimestamp
from models.errors import ActRefused, RecordRefused
from models.identity import Person
from models.signing_choice import SigningCard


@dataclass(frozen=True)
class DecisionDocumentCard:
    """One revision of a decision document as it is registered: 0 as it was signed, later ones with a timestamp added.

    ``timestamp_ends`` (naive UTC) is of the certificate of its newest timestamp; ``None`` while it has none.
    """

    id: UUID
    language: str
    revision: int
    sha256: str
    size: int
    at: datetime
    timestamp_ends: datetime | None = None


@dataclass(frozen=True)
class Decided:
    """One recorded decision: who recorded it, the documents made of it, and the revisions of the full report that there were then."""

    id: UUID
    assessment: UUID
    card: DecisionCard
    recorder: UUID
    documents: tuple[DecisionDocumentCard, ...]
    reports: tuple[ReportCard, ...]


def decisions(assessment: UUID) -> tuple[Decided, ...]:
    """Give the decisions about an assessment in the order they were recorded; the last one stands."""
    rows = list(Decision.select().where(Decision.assessment == assessment).order_by(Decision.audit_seq))
    reports = report.revisions(assessment)
    documents = DecisionDocument.select().where(DecisionDocument.decision.in_(rows)) if rows else ()
    ends = _ends() if rows else {}
    made = sorted(documents, key=lambda one: (one.language, one.revision))
    return tuple(
        Decided(
            id=row.id,
            assessment=assessment,
            card=DecisionCard(body.read(row.body, DecisionDraft), Person.get_by_id(row.person_id).name, row.created_at),
            recorder=row.person_id,
            documents=tuple(_card(one, ends) for one in made if one.decision_id == row.id),
            # What was registered later the board cannot have had.
            reports=tuple(one for one in reports if one.at <= row.created_at),
        )
        for row in rows
    )


def decision(decision: UUID) -> Decided:
    """Give one recorded decision. Raises ``RecordRefused`` when there is none by that id."""
    row = Decision.get_or_none(Decision.id == decision)
    if row is None:
        raise RecordRefused(N_("There is no such decision in this vault."))
    return next(one for one in decisions(row.assessment_id) if one.id == decision)


def require_recorder(*, actor: Actor, decided: Decided) -> SigningCard:
    """Make sure that the actor is the one who recorded the decision and may sign now, and give the certificate to sign with: the one that
    the actor has chosen for reports.

    Raises ``ActRefused`` for anybody else, and for a certificate that has ended or is revoked.
    """
    if actor.person != decided.recorder:
        raise ActRefused(
            N_("{name} recorded this decision, so only {name} can sign its document. Nothing was made."), name=decided.card.by_name
        )
    return signing_choice.of_free_line(actor, taken=())


def require_unsigned(decided: Decided, language: str) -> None:
    """Make sure that a decision has no document in a language yet, for it is signed once. Raises ``RecordRefused``."""
    if _chain(decided, language):
        raise RecordRefused(N_("This document is signed already. Nothing was changed; open the decision again."))


def put(*, actor: Actor, decision_id: UUID, language: str, pdf: bytes, timestamp_ends: datetime | None = None) -> UUID:
    """Register a decision's document as its recorder has signed it, once in each language, and keep its bytes.

    ``timestamp_ends`` is when the certificate of the signature's own timestamp ends (naive UTC); without it the document awaits one.
    Raises ``ActRefused`` for anybody but the one who recorded the decision, ``RecordRefused`` for what is signed already or is no PDF.
    """
    with write_tx():
        one = decision(decision_id)
        require_recorder(actor=actor, decided=one)
        require_unsigned(one, language)
        return _enter(actor, one, language, pdf, timestamp_ends)


def put_timestamp(*, actor: Actor, document: UUID, pdf: bytes, ends: datetime) -> UUID:
    """Register a decision's document with a timestamp added behind its newest revision, which ``document`` names; ``ends`` as in ``put``.

    Raises ``RecordRefused`` when that is not its newest revision, and for bytes that do not continue it.
    """
    with write_tx():
        row = _row(document)
        one = decision(row.decision_id)
        if _chain(one, row.language)[-1].id != document:
            raise RecordRefused(N_("The document has been timestamped meanwhile. Nothing was changed; try again."))
        return _enter(actor, one, row.language, pdf, ends)


def _enter(actor: Actor, one: Decided, language: str, pdf: bytes, ends: datetime | None) -> UUID:
    """Add a revision, which is the one before with something added at its end: the signature first, then timestamps alone."""
    earlier = _chain(one, language)
    before = blobs.read(earlier[-1].sha256) if earlier else b"%PDF-"
    if not pdf.startswith(before) or len(pdf) <= len(before):
        raise RecordRefused(N_("The document does not continue the one in the vault. Nothing was kept; open the decision again."))
    # Kept in the evidence file before the row that names it.
    blob = blobs.put(pdf)
    row = DecisionDocument.create(
        decision=one.id, language=language, revision=len(earlier), sha256=blob.sha256, size=blob.size, person=actor.person
    )
    if ends is not None:
        DecisionTimestamp.insert(document_id=row.id, ends=ends).execute()
    audit.record(
        actor=actor,
        act="decision.timestamped" if earlier else "decision.signed",
        value={
            "document": row.id,
            "decision": one.id,
            "assessment": one.assessment,
            "language": language,
            "revision": len(earlier),
            "sha256": blob.sha256,
        },
    )
    return UUID(str(row.id))


def _chain(one: Decided, language: str) -> tuple[DecisionDocumentCard, ...]:
    return tuple(card for card in one.documents if card.language == language)


def newest() -> tuple[tuple[UUID, DecisionDocumentCard], ...]:
    """Give the newest revision of every decision's document in every language, each with the assessment that it is about."""
    assessments = {row.id: row.assessment_id for row in Decision.select(Decision.id, Decision.assessment)}
    ends = _ends()
    found = {(row.decision_id, row.language): row for row in DecisionDocument.select().order_by(DecisionDocument.revision)}
    return tuple((assessments[row.decision_id], _card(row, ends)) for row in found.values())


def is_document(document: UUID) -> bool:
    """Tell whether an id is of a decision's document in this vault."""
    return bool(DecisionDocument.select().where(DecisionDocument.id == document).exists())


def pdf_bytes(document: UUID) -> bytes:
    """Give a registered document's bytes, checked against its hash. Raises ``RecordRefused`` when there is no such document."""
    return blobs.read(_row(document).sha256)


def _row(document: UUID) -> DecisionDocument:
    row: DecisionDocument | None = DecisionDocument.get_or_none(DecisionDocument.id == document)
    if row is None:
        raise RecordRefused(N_("There is no such document in this vault."))
    return row


def _ends() -> dict[UUID, datetime]:
    return {row.document_id: row.ends for row in DecisionTimestamp.select()}


def _card(row: DecisionDocument, ends: dict[UUID, datetime]) -> DecisionDocumentCard:
    return DecisionDocumentCard(row.id, row.language, row.revision, row.sha256, row.size, row.created_at, ends.get(row.id))
