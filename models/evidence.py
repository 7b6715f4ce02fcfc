"""Evidence: files and references behind answers, hashed, in the vault's own encrypted evidence file."""

from __future__ import annotations

import mimetypes
from datetime import date
from pathlib import Path
from uuid import UUID

import peewee

from forms.text import N_
from models import audit, blobs
from models.actor import Actor, require_role
from models.assessment import Assessment
from models.cards import EvidenceCard
from models.database import Record, write_tx
from models.errors import RecordRefused
from models.identity import Person

LARGEST = 200 * 1024 * 1024


class EvidenceItem(Record):
    """A file or reference that was put behind an answer. Insert-only; taken back by a withdrawal."""

    person_id: UUID
    assessment = peewee.ForeignKeyField(Assessment)
    instrument = peewee.TextField()
    question = peewee.TextField()
    name = peewee.TextField()
    note = peewee.TextField()
    dated = peewee.DateField(null=True)
    sha256 = peewee.TextField()
    size = peewee.IntegerField()
    media_type = peewee.TextField()
    person = peewee.ForeignKeyField(Person)


class EvidenceWithdrawal(Record):
    """That a piece of evidence no longer counts, and why."""

    evidence = peewee.ForeignKeyField(EvidenceItem, unique=True)
    reason = peewee.TextField()
    person = peewee.ForeignKeyField(Person)


def add(
    *, actor: Actor, assessment: UUID, instrument: str, question: str, path: Path | None, name: str, note: str, dated: date | None
) -> UUID:
    """Put a file (or, without ``path``, a reference) behind an answer.

    The file is committed to the evidence file before the row that names it. Raises ``RecordRefused`` for a file that cannot be read
    or is over 200 MB, and for a date that lies ahead.
    """
    require_role(actor, "caseworker", "controller", "office")
    if dated is not None and dated > date.today():  # noqa: DTZ011 (the caseworker's own day)
        raise RecordRefused(N_("The document's date lies in the future. Nothing was added."))
    sha256, size, media_type = "", 0, ""
    if path is not None:
        try:
            size = path.stat().st_size
            if size > LARGEST:
                raise RecordRefused(
                    N_("{file} is larger than 200 MB. Nothing was added; keep it elsewhere and add a reference."), file=path.name
                )
            blob = blobs.put(path)
        except OSError as error:
            raise RecordRefused(N_("{file} cannot be read ({why}). Nothing was added."), file=path.name, why=error.strerror or "") from None
        sha256, size = blob.sha256, blob.size
        media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        name = name.strip() or path.name
    if not name.strip():
        raise RecordRefused(N_("A reference needs a name: what it is and where it can be found."))
    with write_tx():
        row = EvidenceItem.create(
            assessment=assessment,
            instrument=instrument,
            question=question,
            name=name.strip(),
            note=note.strip(),
            dated=dated,
            sha256=sha256,
            size=size,
            media_type=media_type,
            person=actor.person,
        )
        audit.record(
            actor=actor,
            act="evidence.added",
            value={"evidence": row.id, "assessment": assessment, "question": question, "sha256": sha256, "dated": dated, "name": row.name},
        )
    return UUID(str(row.id))


def withdraw(*, actor: Actor, evidence: UUID, reason: str) -> None:
    """Take back a piece of evidence; the file stays in the vault and in the history. Raises ``RecordRefused`` without a reason."""
    if not reason.strip():
        raise RecordRefused(N_("Say why the evidence is taken back."))
    with write_tx():
        EvidenceWithdrawal.create(evidence=evidence, reason=reason.strip(), person=actor.person)
        audit.record(actor=actor, act="evidence.withdrawn", value={"evidence": evidence, "reason": reason.strip()})


def cards_of(assessment: UUID) -> tuple[EvidenceCard, ...]:
    """Give the evidence that counts, in the order it was added."""
    withdrawn = EvidenceWithdrawal.select(EvidenceWithdrawal.evidence)
    query = (
        EvidenceItem.select()
        .where((EvidenceItem.assessment == assessment) & EvidenceItem.id.not_in(withdrawn))
        .order_by(EvidenceItem.created_at)
    )
    names = {row.id: row.name for row in Person.select(Person.id, Person.name)}
    return tuple(
        EvidenceCard(
            id=row.id,
            question=row.question,
            name=row.name,
            note=row.note,
            dated=row.dated,
            sha256=row.sha256,
            size=row.size,
            media_type=row.media_type,
            person_name=names[row.person_id],
            at=row.created_at,
        )
        for row in query
    )


def has_fresh_evidence(assessment: UUID, question: str) -> bool:
    """Say whether evidence was added to a question in this very assessment."""
    return any(card.question == question for card in cards_of(assessment))


def file_bytes(evidence: UUID) -> bytes:
    """Give the file behind a piece of evidence, checked against its hash. Raises ``RecordRefused`` for a reference without file."""
    row = EvidenceItem.get_or_none(EvidenceItem.id == evidence)
    if row is None or not row.sha256:
        raise RecordRefused(N_("This evidence is a reference; there is no file of it in the vault."))
    return blobs.read(row.sha256)
