"""Evidence: files and references behind answers, hashed, in the vault's own encrypted evidence file."""

from __future__ import annotations

import mimetypes
from datetime import date
from pathlib import Path
from uuid import UUID

import peewee

from forms.template import Evidence, Question
from forms.text import N_
from models import audit, blobs
from models.actor import Actor, require_role
from models.assessment import Assessment, draft_of, row_of
from models.cards import EvidenceCard, OutsideCard
from models.database import Record, write_tx
from models.errors import RecordRefused, reason
from models.identity import Person
from models.instruments import template_with
from models.standing import WRITERS, require_open

LARGEST = 200 * 1024 * 1024


class EvidenceItem(Record):
    """A file or reference that was put behind an answer. Insert-only; taken back by a withdrawal."""

    assessment_id: UUID
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
    outside_id = peewee.UUIDField(null=True)
    person = peewee.ForeignKeyField(Person)


class EvidenceWithdrawal(Record):
    """That a piece of evidence no longer counts, and why."""

    person_id: UUID
    evidence = peewee.ForeignKeyField(EvidenceItem, unique=True)
    reason = peewee.TextField()
    person = peewee.ForeignKeyField(Person)


def add(
    *, actor: Actor, assessment: UUID, instrument: str, question: str, path: Path | None, name: str, note: str, dated: date | None
) -> UUID:
    """Put a file (or, without ``path``, a reference) behind an answer.

    The file is committed to the evidence file before the row that names it. Raises ``RecordRefused`` for a file that cannot be read
    or is over 200 MB, for a question that is not asked here and for a date that lies ahead, ``SealedAssessment`` when it is not open.
    """
    _require_writable(actor, assessment)
    if instrument != template_with(row_of(assessment), question).id:
        raise RecordRefused(N_("This assessment does not ask that question. Nothing was added."))
    if dated is not None and dated > date.today():  # noqa: DTZ011 (the caseworker's own day)
        raise RecordRefused(N_("The document’s date lies in the future. Nothing was added."))
    sha256, size, media_type = "", 0, ""
    if path is not None:
        try:
            if path.stat().st_size > LARGEST:
                raise RecordRefused(
                    N_("{file} is larger than 200 MB. Nothing was added; keep it elsewhere and add a reference."), file=path.name
                )
            if not path.is_file():
                raise RecordRefused(N_("{file} is not a file. Nothing was added; choose a document."), file=path.name)
            blob = blobs.put(path)
        except OSError as error:
            raise RecordRefused(N_("{file} cannot be read ({why}). Nothing was added."), file=path.name, why=reason(error)) from None
        sha256, size = blob.sha256, blob.size
        media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        name = name.strip() or path.name
    if not name.strip():
        raise RecordRefused(N_("A reference needs a name: what it is and where it can be found."))
    with write_tx():
        _require_writable(actor, assessment)
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


def point_to(*, actor: Actor, assessment: UUID, instrument: str, question: str, result: OutsideCard) -> UUID:
    """Put another body's registered result behind an answer that relies on it; once, however often it is confirmed."""
    with write_tx():
        _require_writable(actor, assessment)
        for card in cards_of(assessment):
            if (card.question, card.outside) == (question, result.id):
                return card.id
        row = EvidenceItem.create(
            assessment=assessment,
            instrument=instrument,
            question=question,
            name=result.file_name or result.result.owner,
            note=". ".join(part for part in (result.result.owner if result.file_name else "", result.result.scope) if part),
            dated=result.result.dated,
            sha256=result.sha256,
            size=result.size,
            media_type=result.media_type,
            outside_id=result.id,
            person=actor.person,
        )
        audit.record(
            actor=actor,
            act="evidence.added",
            value={"evidence": row.id, "assessment": assessment, "question": question, "sha256": row.sha256, "outside": result.id},
        )
    return UUID(str(row.id))


def withdraw(*, actor: Actor, evidence: UUID, reason: str) -> None:
    """Take back a piece of evidence; the file stays in the vault and in the history.

    Raises ``RecordRefused`` without a reason or when it is taken back already, ``SealedAssessment`` when the assessment is not open.
    """
    why = reason.strip()
    if not why:
        raise RecordRefused(N_("Say why the evidence is withdrawn."))
    with write_tx():
        row = EvidenceItem.get_or_none(EvidenceItem.id == evidence)
        if row is None or EvidenceWithdrawal.get_or_none(EvidenceWithdrawal.evidence == evidence) is not None:
            raise RecordRefused(N_("This evidence is not there any more. Nothing was changed."))
        _require_writable(actor, row.assessment_id)
        EvidenceWithdrawal.create(evidence=evidence, reason=why, person=actor.person)
        audit.record(actor=actor, act="evidence.withdrawn", value={"evidence": evidence, "assessment": row.assessment_id, "reason": why})


def carry(*, actor: Actor, assessment: UUID, old: str, new: str, why: str) -> None:
    """Let evidence go over to the question that replaces its own, or take it back where there is none (empty).

    Part of going over to a newer template, which has checked who does it.
    """
    with write_tx():
        for row in EvidenceItem.select().where((EvidenceItem.assessment == assessment) & (EvidenceItem.question == old)):
            if EvidenceWithdrawal.get_or_none(EvidenceWithdrawal.evidence == row.id) is not None:
                continue
            withdraw(actor=actor, evidence=row.id, reason=why)
            if new:
                kept = ("instrument", "name", "note", "dated", "sha256", "size", "media_type", "outside_id")
                copy = EvidenceItem.create(
                    assessment=assessment, question=new, person=row.person_id, **{name: getattr(row, name) for name in kept}
                )
                audit.record(
                    actor=actor,
                    act="evidence.added",
                    value={
                        "evidence": copy.id,
                        "assessment": assessment,
                        "question": new,
                        "sha256": row.sha256,
                        "dated": row.dated,
                        "name": row.name,
                    },
                )


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
            outside=row.outside_id,
        )
        for row in query
    )


def has_fresh_evidence(assessment: UUID, question: Question) -> bool:
    """Say whether evidence was added to a question in this very assessment, not older than the template allows at its day."""
    as_of = draft_of(row_of(assessment)).as_of
    return any(card.question == question.id and not _is_old(card.dated, question.evidence, as_of) for card in cards_of(assessment))


def _is_old(dated: date | None, wanted: Evidence | None, as_of: date) -> bool:
    if dated is None or wanted is None:
        return False
    if wanted.days is not None:
        return (as_of - dated).days > wanted.days
    if wanted.months is None:
        return False
    months = (as_of.year - dated.year) * 12 + as_of.month - dated.month
    return months > wanted.months or (months == wanted.months and as_of.day > dated.day)


def put_by(assessment: UUID) -> tuple[UUID, ...]:
    """Give everybody who has added evidence or taken it back."""
    added = EvidenceItem.select(EvidenceItem.person).where(EvidenceItem.assessment == assessment).distinct()
    items = EvidenceItem.select(EvidenceItem.id).where(EvidenceItem.assessment == assessment)
    withdrawn = EvidenceWithdrawal.select(EvidenceWithdrawal.person).where(EvidenceWithdrawal.evidence.in_(items)).distinct()
    return tuple(dict.fromkeys([*(row.person_id for row in added), *(row.person_id for row in withdrawn)]))


def _require_writable(actor: Actor, assessment: UUID) -> None:
    require_role(actor, *WRITERS)
    require_open(assessment)


def file_bytes(evidence: UUID) -> bytes:
    """Give the file behind a piece of evidence, checked against its hash. Raises ``RecordRefused`` for a reference without file."""
    row = EvidenceItem.get_or_none(EvidenceItem.id == evidence)
    if row is None or not row.sha256:
        raise RecordRefused(N_("This evidence is a reference; there is no file of it in the vault."))
    return blobs.read(row.sha256)
