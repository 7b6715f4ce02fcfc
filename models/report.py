"""The register of reports: every revision of every language, by hash, with its bytes in the evidence file."""

from __future__ import annotations

from uuid import UUID

import peewee

from forms.text import N_
from models import audit, blobs
from models.actor import Actor
from models.cards import ReportCard
from models.database import Record, write_tx
from models.errors import RecordRefused
from models.identity import Person
from models.seal import Seal


class Report(Record):
    """One revision of a report: 0 unsigned, then one for each signature. ``signed_as`` is the field that this revision signed."""

    person_id: UUID
    assessment_id: UUID
    assessment = peewee.ForeignKeyField(Seal, field="assessment")
    language = peewee.TextField()
    revision = peewee.IntegerField()
    sha256 = peewee.TextField()
    size = peewee.IntegerField()
    signed_as = peewee.TextField()
    person = peewee.ForeignKeyField(Person)


def put(*, actor: Actor, assessment: UUID, language: str, pdf: bytes, signed_as: str = "") -> UUID:
    """Register a new revision of a report and keep its bytes. Raises ``RecordRefused`` if that field is signed already."""
    earlier = revisions(assessment, language)
    if signed_as and any(card.signed_as == signed_as for card in earlier):
        raise RecordRefused(N_("This report is already signed there. Nothing was changed."))
    blob = blobs.put(pdf)
    with write_tx():
        row = Report.create(
            assessment=assessment,
            language=language,
            revision=len(earlier),
            sha256=blob.sha256,
            size=blob.size,
            signed_as=signed_as,
            person=actor.person,
        )
        audit.record(
            actor=actor,
            act="report.signed" if signed_as else "report.made",
            value={
                "report": row.id,
                "assessment": assessment,
                "language": language,
                "revision": len(earlier),
                "sha256": blob.sha256,
                "as": signed_as,
            },
        )
    return UUID(str(row.id))


def revisions(assessment: UUID, language: str | None = None) -> tuple[ReportCard, ...]:
    """Give the registered revisions, by language and in order."""
    query = Report.select().where(Report.assessment == assessment).order_by(Report.language, Report.revision)
    if language is not None:
        query = query.where(Report.language == language)
    names = {row.id: row.name for row in Person.select(Person.id, Person.name)}
    return tuple(
        ReportCard(row.id, row.language, row.revision, row.sha256, row.size, row.signed_as, names[row.person_id], row.created_at)
        for row in query
    )


def pdf_bytes(report: UUID) -> bytes:
    """Give a report's bytes, checked against its hash. Raises ``RecordRefused`` when there is no such report."""
    row = Report.get_or_none(Report.id == report)
    if row is None:
        raise RecordRefused(N_("There is no such report in this vault."))
    return blobs.read(row.sha256)


def registered_hashes() -> frozenset[str]:
    """Give the SHA-256 of every report revision that this vault has made."""
    return frozenset(row.sha256 for row in Report.select(Report.sha256))


def assessment_of(sha256: str) -> UUID | None:
    """Find which assessment a file with this hash is a report of."""
    row = Report.get_or_none(Report.sha256 == sha256)
    return None if row is None else UUID(str(row.assessment_id))
