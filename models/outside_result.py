"""Results of other bodies about a partner: registered with owner, date, validity, scope, consent and file, and taken back with a reason."""

from __future__ import annotations

import mimetypes
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import peewee

from forms.outside import CONSENTS, RATINGS, OutsideResult, Registered
from forms.text import N_
from models import audit, blobs, body
from models.actor import Actor, require_role
from models.database import Record, write_tx
from models.errors import RecordRefused, reason
from models.evidence import LARGEST
from models.identity import Person
from models.partner import Partner
from models.partner import card as partner_card
from models.subject_cards import OutsideCard

#: Who registers and takes back what others have found.
_REGISTRARS = ("caseworker", "controller", "office", "manager", "administrator")


class OutsideRow(Record):
    """A result of another body as it was registered. Insert-only; taken back by a withdrawal."""

    partner_id: UUID
    person_id: UUID
    partner = peewee.ForeignKeyField(Partner)
    body = peewee.TextField()
    file_name = peewee.TextField()
    sha256 = peewee.TextField()
    size = peewee.IntegerField()
    media_type = peewee.TextField()
    person = peewee.ForeignKeyField(Person)

    class Meta:
        table_name = "outside_result"


class OutsideWithdrawal(Record):
    """That a result no longer counts, and why."""

    result_id: UUID
    person_id: UUID
    result = peewee.ForeignKeyField(OutsideRow, unique=True)
    reason = peewee.TextField()
    person = peewee.ForeignKeyField(Person)

    class Meta:
        table_name = "outside_withdrawal"


def register(*, actor: Actor, partner: UUID, result: OutsideResult, path: Path | None = None) -> UUID:
    """Register another body's result for a partner, with its file when there is one.

    The file is committed to the evidence file before the row that names it. Raises ``RecordRefused`` for what cannot be right.
    """
    _check(result)
    file_name, sha256, size, media_type = "", "", 0, ""
    with write_tx():
        require_role(actor, *_REGISTRARS)
        partner_card(partner)
    if path is not None:
        blob = _kept(path)
        file_name, sha256, size = path.name, blob.sha256, blob.size
        media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    with write_tx():
        require_role(actor, *_REGISTRARS)
        row = OutsideRow.create(
            partner=partner,
            body=body.write(result),
            file_name=file_name,
            sha256=sha256,
            size=size,
            media_type=media_type,
            person=actor.person,
        )
        audit.record(actor=actor, act="outside.registered", value={"outside": row.id, "partner": partner, "body": result, "sha256": sha256})
    return UUID(str(row.id))


def withdraw(*, actor: Actor, result: UUID, reason: str) -> UUID:
    """Take a result back: from now on it answers nothing; it stays readable. Returns the partner's id.

    Raises ``RecordRefused`` without a reason, or when it is taken back already.
    """
    why = reason.strip()
    if not why:
        raise RecordRefused(N_("Say why the result is withdrawn."))
    with write_tx():
        require_role(actor, *_REGISTRARS)
        row = OutsideRow.get_or_none(OutsideRow.id == result)
        if row is None or OutsideWithdrawal.get_or_none(OutsideWithdrawal.result == result) is not None:
            raise RecordRefused(N_("This result is not there any more. Nothing was changed."))
        OutsideWithdrawal.create(result=result, reason=why, person=actor.person)
        audit.record(actor=actor, act="outside.withdrawn", value={"outside": result, "reason": why})
    return UUID(str(row.partner_id))


def cards_of(partner: UUID, *, at: datetime | None = None) -> tuple[OutsideCard, ...]:
    """Give a partner's results, the newest first; with ``at`` (naive UTC) as they were registered and withdrawn at that moment."""
    names = {row.id: row.name for row in Person.select(Person.id, Person.name)}
    rows = list(OutsideRow.select().where(OutsideRow.partner == partner))
    withdrawn = {row.result_id: row for row in OutsideWithdrawal.select().where(OutsideWithdrawal.result.in_(rows))} if rows else {}
    found = [_card(row, withdrawn.get(row.id), names, at) for row in rows if at is None or row.created_at <= at]
    return tuple(sorted(found, key=lambda card: (card.result.dated, card.at), reverse=True))


def registered(cards: tuple[OutsideCard, ...]) -> dict[UUID, Registered]:
    """Give the cards as ``forms.outside.proposals`` reads them."""
    return {card.id: Registered(card.result, card.is_withdrawn) for card in cards}


def file_bytes(result: UUID) -> bytes:
    """Give the file of a result, checked against its hash. Raises ``RecordRefused`` when none came with it."""
    row = OutsideRow.get_or_none(OutsideRow.id == result)
    if row is None or not row.sha256:
        raise RecordRefused(N_("No file came with this result."))
    return blobs.read(row.sha256)


def _card(row: OutsideRow, withdrawal: OutsideWithdrawal | None, names: dict[UUID, str], at: datetime | None) -> OutsideCard:
    if withdrawal is not None and at is not None and withdrawal.created_at > at:
        withdrawal = None
    return OutsideCard(
        id=row.id,
        partner=row.partner_id,
        result=body.read(row.body, OutsideResult),
        file_name=row.file_name,
        sha256=row.sha256,
        size=row.size,
        media_type=row.media_type,
        person_name=names[row.person_id],
        at=row.created_at,
        withdrawn=withdrawal.reason if withdrawal else "",
        withdrawn_at=withdrawal.created_at if withdrawal else None,
    )


def _check(result: OutsideResult) -> None:
    if not result.owner.strip():
        raise RecordRefused(N_("Say whose result it is: the body that made it. Nothing was saved."))
    if result.kind not in RATINGS or result.rating not in RATINGS[result.kind]:
        raise RecordRefused(N_("Choose what kind of result it is, and what it says. Nothing was saved."))
    if result.dated > date.today():  # noqa: DTZ011 (the caseworker's own day)
        raise RecordRefused(N_("The result’s date lies in the future. Nothing was saved."))
    if result.valid_until is not None and result.valid_until < result.dated:
        raise RecordRefused(N_("The result would end before it was made. Check the dates. Nothing was saved."))
    if result.consent not in CONSENTS:
        raise RecordRefused(N_("Say whether the partner has agreed that the result is used. Nothing was saved."))


def _kept(path: Path) -> blobs.Blob:
    try:
        if not path.is_file():
            raise RecordRefused(N_("{file} is not a file. Nothing was added; choose a document."), file=path.name)
        if path.stat().st_size > LARGEST:
            raise RecordRefused(
                N_("{file} is larger than 200 MB. Nothing was added; keep it elsewhere and add a reference."), file=path.name
            )
        return blobs.put(path)
    except OSError as error:
        raise RecordRefused(N_("{file} cannot be read ({why}). Nothing was added."), file=path.name, why=reason(error)) from None
