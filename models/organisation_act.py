"""Acts that are about no single case: one insert-only row each, entered in the audit chain in the same transaction.

What stands now (templates approved and in use, the organisation's own numbers) is derived from these rows; none is ever changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import peewee

from models import audit, body
from models.actor import Actor
from models.database import Record, write_tx
from models.identity import Person


class OrganisationAct(Record):
    """Something that somebody did for the whole organisation; ``body`` is the card that says what."""

    person_id: UUID
    person_name: str
    person = peewee.ForeignKeyField(Person)
    name = peewee.TextField()
    body = peewee.TextField()
    audit_seq = peewee.IntegerField()

    class Meta:
        table_name = "organisation_act"


@dataclass(frozen=True)
class OrganisationActRow:
    """One act as it was recorded; ``body`` is canonical JSON, ``at`` naive UTC."""

    name: str
    person: UUID
    person_name: str
    at: datetime
    body: str
    audit_seq: int


def add(*, actor: Actor, name: str, card: object) -> None:
    """Record an act of a person for the organisation, signed by that person's key in the audit chain. Roles are the caller's to check."""
    with write_tx():
        entry = audit.record(actor=actor, act=name, value={"body": card})
        OrganisationAct.create(person=actor.person, name=name, body=body.write(card), audit_seq=entry.seq)


def acts(*names: str) -> tuple[OrganisationActRow, ...]:
    """Give the acts of the given names in the order they were done."""
    return tuple(_rows(names))


def _rows(names: tuple[str, ...]) -> Iterator[OrganisationActRow]:
    query = OrganisationAct.select(OrganisationAct, Person.name.alias("person_name")).join(Person)
    for row in query.where(OrganisationAct.name.in_(names)).order_by(OrganisationAct.audit_seq).objects(OrganisationAct):
        yield OrganisationActRow(row.name, row.person_id, row.person_name, row.created_at, row.body, row.audit_seq)
