"""Seals: the frozen record of an assessment, with the Result's exact bytes and one row per score for portfolios to read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from uuid import UUID

import msgspec
import peewee

from forms.result import Result
from forms.text import N_
from models import body
from models.assessment import Assessment
from models.cards import SealCard
from models.database import proxy, utc_now
from models.errors import VaultDamaged
from models.identity import Person


class Seal(peewee.Model):
    """What an assessment was when it was sealed. ``record`` and ``result`` are canonical JSON, never changed.

    ``partner_rev`` and ``project_rev`` say which version of partner and project it is about. The large columns stand last, so that
    lists do not read past them.
    """

    person_id: UUID
    assessment_id: UUID
    assessment = peewee.ForeignKeyField(Assessment, primary_key=True)
    created_at = peewee.DateTimeField(default=utc_now)
    sha256 = peewee.TextField()
    person = peewee.ForeignKeyField(Person)
    audit_seq = peewee.IntegerField()
    audit_head = peewee.TextField()
    partner_rev = peewee.IntegerField()
    project_rev = peewee.IntegerField(null=True)
    asked = peewee.IntegerField()
    answered = peewee.IntegerField()
    stops = peewee.IntegerField()
    result = peewee.BlobField()
    record = peewee.BlobField()

    class Meta:
        database = proxy


class SealInstrument(peewee.Model):
    """An added instrument as it was sealed: which template, which scope, and its Result's exact bytes."""

    assessment = peewee.ForeignKeyField(Seal, field="assessment")
    place = peewee.IntegerField()
    template_hash = peewee.TextField()
    scope = peewee.TextField()
    asked = peewee.IntegerField()
    answered = peewee.IntegerField()
    stops = peewee.IntegerField()
    result = peewee.BlobField()

    class Meta:
        database = proxy
        table_name = "seal_instrument"
        primary_key = peewee.CompositeKey("assessment", "place")


class SealScore(peewee.Model):
    """A sealed score of one instrument: percent as exact numerator and denominator, and its band."""

    assessment = peewee.ForeignKeyField(Seal, field="assessment")
    instrument = peewee.TextField()
    kind = peewee.TextField()
    name = peewee.TextField()
    numerator = peewee.TextField(null=True)
    denominator = peewee.TextField(null=True)
    band = peewee.TextField(null=True)
    status = peewee.TextField()

    class Meta:
        database = proxy
        table_name = "seal_score"
        primary_key = peewee.CompositeKey("assessment", "instrument", "kind", "name")


class Signer(msgspec.Struct, frozen=True):
    """Who must sign in a field of the report: the name and the SHA-256 (hexadecimal) of the certificate."""

    field: str
    name: str
    certificate_sha256: str


class Signers(msgspec.Struct, frozen=True):
    """What a sealed record says about signatures."""

    required_signers: tuple[Signer, ...]
    optional_signers: tuple[str, ...]


def scores(instrument: str, result: Result) -> tuple[dict[str, object], ...]:
    """Give the rows of ``SealScore`` that an instrument's Result comes to."""
    found = [("subject", one.subject, one.score) for one in result.subjects] + [
        ("section", one.section, one.score) for one in result.sections
    ]
    return tuple(
        {
            "instrument": instrument,
            "kind": kind,
            "name": name,
            "numerator": str(score.percent.numerator) if score.percent is not None else None,
            "denominator": str(score.percent.denominator) if score.percent is not None else None,
            "band": score.band,
            "status": score.status,
        }
        for kind, name, score in found
    )


def kept_scores(assessment: UUID) -> tuple[dict[str, object], ...]:
    """Give the sealed scores as they are kept, by instrument, kind and name."""
    query = SealScore.select().where(SealScore.assessment == assessment)
    rows: Iterator[dict[str, object]] = iter(query.order_by(SealScore.instrument, SealScore.kind, SealScore.name).dicts())
    return tuple({name: value for name, value in row.items() if name != "assessment"} for row in rows)


def is_sealed(assessment: UUID) -> bool:
    """Say whether an assessment is sealed."""
    return bool(Seal.select(Seal.assessment).where(Seal.assessment == assessment).exists())


def row_of(assessment: UUID) -> Seal | None:
    """Give the seal's row whole, or ``None`` when it is not sealed. Raises ``VaultDamaged`` if the record is not what was sealed."""
    row: Seal | None = Seal.get_or_none(Seal.assessment == assessment)
    if row is not None and hashlib.sha256(bytes(row.record)).hexdigest() != row.sha256:
        raise VaultDamaged(
            N_("The sealed record of this assessment is no longer what was sealed. Nothing was changed. Restore the vault from a backup.")
        )
    return row


def card(row: Seal) -> SealCard:
    """Give the card of a seal."""
    name = Person.get_by_id(row.person_id).name
    return SealCard(row.sha256, bytes(row.record), name, row.created_at, row.audit_seq, row.audit_head)


def results_of(row: Seal) -> tuple[Result, ...]:
    """Give the Result of every instrument as it was sealed, the main one's first."""
    added = SealInstrument.select().where(SealInstrument.assessment == row.assessment_id).order_by(SealInstrument.place)
    return tuple(body.read(bytes(kept), Result) for kept in (row.result, *(one.result for one in added)))


def added_bytes(assessment: UUID) -> tuple[tuple[str, str, bytes], ...]:
    """Give of each added instrument the template's hash, the scope and the Result's bytes as they were sealed."""
    rows = SealInstrument.select().where(SealInstrument.assessment == assessment).order_by(SealInstrument.place)
    return tuple((one.template_hash, one.scope, bytes(one.result)) for one in rows)


def result_bytes(assessment: UUID) -> bytes | None:
    """Give the Result's bytes as they were sealed; what scores them again must come to exactly these."""
    row = Seal.get_or_none(Seal.assessment == assessment)
    return None if row is None else bytes(row.result)


def signers(record: bytes) -> Signers:
    """Read from a sealed record who signs its reports."""
    return body.read(record, Signers)


def sealed_hashes() -> frozenset[str]:
    """Give the SHA-256 (hexadecimal) of every record that was sealed in this vault."""
    return frozenset(row.sha256 for row in Seal.select(Seal.sha256))
