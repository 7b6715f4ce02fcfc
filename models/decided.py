"""What has been decided about an assessment, decision by decision, and the register of the documents made of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from forms.text import N_
from models import audit, blobs, body, report
from models.actor import Actor
from models.cards import DecisionCard, DecisionDraft, ReportCard
from models.database import utc_now, write_tx
from models.decision import Decision, DecisionDocument
from models.errors import ActRefused, RecordRefused
from models.identity import Person, person_card


@dataclass(frozen=True)
class DecisionDocumentCard:
    """One revision of a decision document as it is registered."""

    id: UUID
    language: str
    revision: int
    sha256: str
    size: int
    at: datetime


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
    made = sorted(documents, key=lambda one: (one.language, one.revision))
    return tuple(
        Decided(
            id=row.id,
            assessment=assessment,
            card=DecisionCard(body.read(row.body, DecisionDraft), Person.get_by_id(row.person_id).name, row.created_at),
            recorder=row.person_id,
            documents=tuple(_card(one) for one in made if one.decision_id == row.id),
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


def require_recorder(*, actor: Actor, decided: Decided) -> None:
    """Make sure that the actor is the one who recorded the decision and may sign now. Raises ``ActRefused``."""
    if actor.person != decided.recorder:
        raise ActRefused(
            N_("{name} recorded this decision, so only {name} can sign its document. Nothing was made."), name=decided.card.by_name
        )
    if person_card(actor.person).certificate.not_valid_after_utc.replace(tzinfo=None) <= utc_now():
        raise ActRefused(N_("Your certificate has ended, so nothing was signed. Let an administrator renew it."))


def put(*, actor: Actor, decision_id: UUID, language: str, pdf: bytes) -> UUID:
    """Register a revision of a decision's document and keep its bytes; each is the one before with something added at its end.

    Raises ``ActRefused`` for anybody but the one who recorded the decision, ``RecordRefused`` for bytes that do not continue the revision
    before.
    """
    with write_tx():
        decided = decision(decision_id)
        require_recorder(actor=actor, decided=decided)
        earlier = [one for one in decided.documents if one.language == language]
        before = blobs.read(earlier[-1].sha256) if earlier else b"%PDF-"
        if not pdf.startswith(before) or len(pdf) <= len(before):
            raise RecordRefused(N_("The document does not continue the one in the vault. Nothing was kept; open the decision again."))
        # Kept in the evidence file before the row that names it.
        blob = blobs.put(pdf)
        row = DecisionDocument.create(
            decision=decision_id, language=language, revision=len(earlier), sha256=blob.sha256, size=blob.size, person=actor.person
        )
        audit.record(
            actor=actor,
            act="decision.signed",
            value={
                "document": row.id,
                "decision": decision_id,
                "assessment": decided.assessment,
                "language": language,
                "revision": len(earlier),
                "sha256": blob.sha256,
            },
        )
    return UUID(str(row.id))


def pdf_bytes(document: UUID) -> bytes:
    """Give a registered document's bytes, checked against its hash. Raises ``RecordRefused`` when there is no such document."""
    row = DecisionDocument.get_or_none(DecisionDocument.id == document)
    if row is None:
        raise RecordRefused(N_("There is no such document in this vault."))
    return blobs.read(row.sha256)


def _card(row: DecisionDocument) -> DecisionDocumentCard:
    return DecisionDocumentCard(row.id, row.language, row.revision, row.sha256, row.size, row.created_at)
