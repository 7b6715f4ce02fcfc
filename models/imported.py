"""Sealed assessments of other organisations: kept as they came, read-only, with where they come from and what was found out about them."""

from __future__ import annotations

import hashlib
from typing import Any, Literal
from uuid import UUID

import msgspec
import peewee

from forms.text import N_
from models import audit, blobs, body
from models.actor import Actor, require_role
from models.database import Record, write_tx
from models.errors import RecordRefused, VaultDamaged
from models.identity import Person
from models.imported_cards import ImportedCard, ImportedFacts, ImportedFile, Origin
from models.partner import Partner
from models.partner import card as partner_card
from models.partner import cards as partner_cards
from models.seal import Seal
from models.vault import vault_id

#: Who takes in what others have assessed.
_IMPORTERS = ("caseworker", "controller", "office", "manager", "administrator")


class ImportedAssessment(Record):
    """One of them as it is kept. Insert-only: it is never answered, reviewed, sealed or decided here."""

    partner_id: UUID
    person_id: UUID
    partner = peewee.ForeignKeyField(Partner)
    vault = peewee.TextField()
    assessment = peewee.TextField()
    record_sha256 = peewee.TextField(unique=True)
    file_sha256 = peewee.TextField()
    file_size = peewee.IntegerField()
    origin = peewee.TextField()
    body = peewee.TextField()
    verdict = peewee.TextField()
    person = peewee.ForeignKeyField(Person)
    record = peewee.BlobField()

    class Meta:
        table_name = "imported_assessment"


class _FileJudged(msgspec.Struct):
    sha256: str
    attachment_sha256: str


class _Judged(msgspec.Struct):
    """Those parts of a verdict without which nothing is kept."""

    status: Literal["valid"]
    kind: Literal["full_report"]
    record: Literal["agrees"]
    anchor_sha256: str
    file: _FileJudged


class _Id(msgspec.Struct):
    id: UUID


class _Head(msgspec.Struct):
    vault: UUID
    assessment: _Id


def put(*, actor: Actor, partner: UUID, pdf: bytes, record: bytes, facts: ImportedFacts, origin: Origin, verdict: str) -> UUID:
    """Keep a sealed assessment of another organisation, linked to a partner of this vault, which stays as it is.

    ``verdict`` is the JSON of the verdict on exactly these bytes by the origin's root. Raises ``RecordRefused`` for a record of this very
    vault, for one that is kept already, and for bytes that the verdict is not about or not good enough for.
    """
    record_sha256, file_sha256 = hashlib.sha256(record).hexdigest(), hashlib.sha256(pdf).hexdigest()
    judged = _read(verdict, _Judged)
    same = (judged.anchor_sha256, judged.file.sha256, judged.file.attachment_sha256) == (origin.root_sha256, file_sha256, record_sha256)
    head = _read(record, _Head)
    if not same or (head.vault, head.assessment.id) != (origin.vault, origin.assessment):
        raise _not_verified()
    with write_tx():
        require_role(actor, *_IMPORTERS)
        require_new(vault=origin.vault, record_sha256=record_sha256)
        partner_card(partner)
        # Kept in the evidence file before the row that names it.
        blob = blobs.put(pdf)
        row = ImportedAssessment.create(
            partner=partner,
            vault=str(origin.vault),
            assessment=str(origin.assessment),
            record_sha256=record_sha256,
            file_sha256=blob.sha256,
            file_size=blob.size,
            origin=body.write(origin),
            body=body.write(facts),
            verdict=verdict,
            person=actor.person,
            record=record,
        )
        audit.record(
            actor=actor,
            act="assessment.imported",
            value={
                "imported": row.id,
                "partner": partner,
                "vault": origin.vault,
                "assessment": origin.assessment,
                "organisation": origin.organisation,
                "root_sha256": origin.root_sha256,
                "record_sha256": record_sha256,
                "file_sha256": file_sha256,
            },
        )
    return UUID(str(row.id))


def require_new(*, vault: UUID, record_sha256: str) -> None:
    """Make sure that a record was sealed elsewhere and is not kept yet. Raises ``RecordRefused``."""
    if vault == vault_id() or Seal.select().where(Seal.sha256 == record_sha256).exists():
        raise RecordRefused(N_("This assessment is your own: it was sealed in this vault. Nothing was kept; open it under Assessments."))
    kept = by_record(record_sha256)
    if kept is not None:
        raise RecordRefused(
            N_("This assessment is kept already: {name} took it in on {date}. Nothing was kept twice."),
            name=kept.by_name,
            date=kept.at.date(),
        )


def by_record(record_sha256: str) -> ImportedCard | None:
    """Find one by the SHA-256 of its record."""
    return next(iter(_cards(ImportedAssessment.record_sha256 == record_sha256)), None)


def cards(*, partner: UUID | None = None) -> tuple[ImportedCard, ...]:
    """Give what came from other organisations, the newest assessment first, all or what is linked to one partner."""
    here = ImportedAssessment.partner == partner if partner is not None else ImportedAssessment.id.is_null(False)
    return tuple(sorted(_cards(here), key=lambda card: (card.facts.as_of, card.at), reverse=True))


def read(imported: UUID) -> ImportedFile:
    """Give one whole. Raises ``RecordRefused`` when there is none, ``VaultDamaged`` when its bytes are not what came."""
    row = ImportedAssessment.get_or_none(ImportedAssessment.id == imported)
    if row is None:
        raise RecordRefused(N_("There is no such assessment of another organisation in this vault."))
    record = bytes(row.record)
    if hashlib.sha256(record).hexdigest() != row.record_sha256:
        raise VaultDamaged(N_("A record in the vault cannot be read. Nothing was changed. Restore the vault from a backup."))
    (card,) = _cards(ImportedAssessment.id == imported)
    return ImportedFile(card, record, str(row.verdict), blobs.read(row.file_sha256))


def likely_partners(*, name: str, scheme: str, number: str) -> tuple[UUID, ...]:
    """Give the partners that somebody else's record may be about: those with the same registration number first, then the same name."""
    known = partner_cards()
    wanted = _plain(name)
    same_number = [one.id for one in known if number and (one.draft.registration_scheme, one.draft.registration_number) == (scheme, number)]
    same_name = [one.id for one in known if wanted and wanted in map(_plain, (one.draft.name, *one.draft.former_names))]
    return tuple(dict.fromkeys([*same_number, *same_name]))


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _cards(condition: peewee.Expression) -> list[ImportedCard]:
    columns = [column for name, column in ImportedAssessment._meta.fields.items() if name not in ("record", "verdict")]  # noqa: SLF001
    rows = list(ImportedAssessment.select(*columns).where(condition))
    names = {row.id: row.name for row in Person.select(Person.id, Person.name)} if rows else {}
    partners = {row.id: row.name for row in Partner.select(Partner.id, Partner.name)} if rows else {}
    return [
        ImportedCard(
            id=row.id,
            partner=row.partner_id,
            partner_name=partners[row.partner_id],
            facts=body.read(row.body, ImportedFacts),
            origin=body.read(row.origin, Origin),
            record_sha256=row.record_sha256,
            file_sha256=row.file_sha256,
            file_size=row.file_size,
            by_name=names[row.person_id],
            at=row.created_at,
        )
        for row in rows
    ]


def _read(text: str | bytes, kind: Any) -> Any:
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise _not_verified() from error


def _not_verified() -> RecordRefused:
    return RecordRefused(N_("What was to be kept is not what was verified. Nothing was kept; verify the report again."))
