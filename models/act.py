"""Acts in an assessment: one insert-only row each, entered in the audit chain in the same transaction.

What stands now (ties, risks, ratings, recommendation, review, state) is derived from these rows; none is ever changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

import peewee

from models import audit, body
from models.actor import Actor
from models.assessment import Assessment
from models.database import Record, write_tx
from models.identity import Person

Name = Literal[
    "tie.declared",
    "tie.resolved",
    "risk.decided",
    "rating.judged",
    "recommended",
    "result.seen",
    "submitted",
    "reopened",
    "review.returned",
    "review.agreed",
    "withdrawn",
    "instrument.added",
    "instrument.removed",
    "template.upgraded",
]


class Act(Record):
    """Something that somebody did in an assessment; ``body`` is the card that says what."""

    person_id: UUID
    assessment_id: UUID
    person_name: str
    assessment = peewee.ForeignKeyField(Assessment)
    person = peewee.ForeignKeyField(Person)
    name = peewee.TextField()
    body = peewee.TextField()
    audit_seq = peewee.IntegerField()


@dataclass(frozen=True)
class ActRow:
    """One act as it was recorded; ``body`` is canonical JSON."""

    name: str
    person: UUID
    person_name: str
    at: datetime
    body: str
    audit_seq: int


@dataclass(frozen=True)
class Note:
    """An act's own words, where it has some."""

    text: str = ""


def add(*, actor: Actor, assessment: UUID, name: Name, card: object) -> None:
    """Record an act of a person, signed by that person's key in the audit chain."""
    with write_tx():
        entry = audit.record(actor=actor, act=name, value={"assessment": assessment, "body": card})
        Act.create(assessment=assessment, person=actor.person, name=name, body=body.write(card), audit_seq=entry.seq)


def acts(assessment: UUID, *names: Name) -> tuple[ActRow, ...]:
    """Give the acts of an assessment in the order they were done, all or those of the given names."""
    return tuple(_rows(assessment, names))


def _rows(assessment: UUID, names: tuple[Name, ...]) -> Iterator[ActRow]:
    query = Act.select(Act, Person.name.alias("person_name")).join(Person).where(Act.assessment == assessment).order_by(Act.audit_seq)
    if names:
        query = query.where(Act.name.in_(names))
    for row in query.objects(Act):
        yield ActRow(row.name, row.person_id, row.person_name, row.created_at, row.body, row.audit_seq)
