"""Decisions as they are kept: what the board or its delegate decided, linked to the sealed assessment, and the documents of it."""

from __future__ import annotations

from uuid import UUID

import peewee

from models import body
from models.cards import DecisionCard, DecisionDraft
from models.database import Record, proxy, utc_now
from models.identity import Person
from models.seal import Seal


class Decision(Record):
    """A decision. A case may be postponed and decided later, so there can be several; the latest stands."""

    assessment_id: UUID
    person_id: UUID
    assessment = peewee.ForeignKeyField(Seal, field="assessment")
    outcome = peewee.TextField()
    body = peewee.TextField()
    person = peewee.ForeignKeyField(Person)
    audit_seq = peewee.IntegerField()


class DecisionDocument(Record):
    """One revision of a decision's document in one language: signed by the one who recorded it, later ones only timestamped."""

    decision_id: UUID
    person_id: UUID
    decision = peewee.ForeignKeyField(Decision)
    language = peewee.TextField()
    revision = peewee.IntegerField()
    sha256 = peewee.TextField()
    size = peewee.IntegerField()
    person = peewee.ForeignKeyField(Person)

    class Meta:
        table_name = "decision_document"


class DecisionTimestamp(peewee.Model):
    """That a revision of a decision's document has a timestamp, whose certificate ``ends`` then (UTC). Insert-only."""

    document_id = peewee.UUIDField(primary_key=True)
    created_at = peewee.DateTimeField(default=utc_now)
    ends = peewee.DateTimeField()

    class Meta:
        database = proxy
        table_name = "decision_timestamp"


def latest(assessment: UUID) -> DecisionCard | None:
    """Give the decision that stands, or ``None``."""
    row = Decision.select().where(Decision.assessment == assessment).order_by(Decision.audit_seq.desc()).first()
    if row is None:
        return None
    return DecisionCard(body.read(row.body, DecisionDraft), Person.get_by_id(row.person_id).name, row.created_at)


def document_hashes() -> frozenset[str]:
    """Give the SHA-256 of every decision document that this vault has made."""
    return frozenset(row.sha256 for row in DecisionDocument.select(DecisionDocument.sha256))


def assessment_of(sha256: str) -> UUID | None:
    """Find which assessment a file with this hash is the decision about."""
    row = DecisionDocument.select().where(DecisionDocument.sha256 == sha256).first()
    return None if row is None else UUID(str(Decision.get_by_id(row.decision_id).assessment_id))
