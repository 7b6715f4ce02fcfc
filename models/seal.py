"""Seals: the frozen record of an assessment, with the Result's exact bytes and one row per score for portfolios to read."""

from __future__ import annotations

import hashlib
from uuid import UUID

import peewee

from forms.result import Result
from forms.text import N_
from models import audit
from models.actor import Actor
from models.assessment import Assessment, row_of
from models.cards import SealCard
from models.database import proxy, utc_now, write_tx
from models.errors import ActRefused, SealedAssessment
from models.identity import Person


class Seal(peewee.Model):
    """What an assessment was when it was sealed. ``record`` and ``result`` are canonical JSON, never changed."""

    person_id: UUID
    assessment = peewee.ForeignKeyField(Assessment, primary_key=True)
    created_at = peewee.DateTimeField(default=utc_now)
    sha256 = peewee.TextField()
    record = peewee.BlobField()
    result = peewee.BlobField()
    person = peewee.ForeignKeyField(Person)
    audit_seq = peewee.IntegerField()
    audit_head = peewee.TextField()

    class Meta:
        database = proxy


class SealScore(peewee.Model):
    """A sealed score: percent as exact numerator and denominator, and its band."""

    assessment = peewee.ForeignKeyField(Seal, field="assessment")
    kind = peewee.TextField()
    name = peewee.TextField()
    numerator = peewee.TextField(null=True)
    denominator = peewee.TextField(null=True)
    band = peewee.TextField(null=True)
    status = peewee.TextField()

    class Meta:
        database = proxy
        table_name = "seal_score"
        primary_key = peewee.CompositeKey("assessment", "kind", "name")


def put(*, actor: Actor, assessment: UUID, record: bytes, result: Result, anchor: tuple[int, str]) -> str:
    """Seal an assessment with its record; returns the record's SHA-256.

    ``anchor`` is the audit trail's head that stands in the record. Raises ``SealedAssessment`` if it is sealed already and
    ``ActRefused`` for anybody but its caseworker. Whether it is ready is ``models.remaining``'s to say.
    """
    if row_of(assessment).caseworker_id != actor.person:
        raise ActRefused(N_("Only the caseworker who made the assessment seals it."))
    if is_sealed(assessment):
        raise SealedAssessment(N_("This assessment is sealed already."))
    sha256 = hashlib.sha256(record).hexdigest()
    with write_tx():
        Seal.insert(
            assessment=assessment,
            sha256=sha256,
            record=record,
            result=result.to_bytes(),
            person=actor.person,
            audit_seq=anchor[0],
            audit_head=anchor[1],
        ).execute()
        scores = [("subject", one.subject, one.score) for one in result.subjects] + [
            ("section", one.section, one.score) for one in result.sections
        ]
        for kind, name, score in scores:
            SealScore.insert(
                assessment=assessment,
                kind=kind,
                name=name,
                numerator=str(score.percent.numerator) if score.percent is not None else None,
                denominator=str(score.percent.denominator) if score.percent is not None else None,
                band=score.band,
                status=score.status,
            ).execute()
        audit.record(
            actor=actor,
            act="sealed",
            value={"assessment": assessment, "record_sha256": sha256, "anchor_seq": anchor[0], "anchor": anchor[1]},
        )
    return sha256


def is_sealed(assessment: UUID) -> bool:
    """Say whether an assessment is sealed."""
    return Seal.get_or_none(Seal.assessment == assessment) is not None


def card_of(assessment: UUID) -> SealCard | None:
    """Give the seal with the record's bytes, or ``None`` when it is not sealed."""
    row = Seal.get_or_none(Seal.assessment == assessment)
    if row is None:
        return None
    name = Person.get_by_id(row.person_id).name
    return SealCard(row.sha256, bytes(row.record), name, row.created_at, row.audit_seq, row.audit_head)


def result_bytes(assessment: UUID) -> bytes | None:
    """Give the Result's bytes as they were sealed; what scores them again must come to exactly these."""
    row = Seal.get_or_none(Seal.assessment == assessment)
    return None if row is None else bytes(row.result)


def bands_of(assessment: UUID) -> dict[str, str | None]:
    """Give the sealed band per subject."""
    rows = SealScore.select().where((SealScore.assessment == assessment) & (SealScore.kind == "subject"))
    return {row.name: row.band for row in rows}
