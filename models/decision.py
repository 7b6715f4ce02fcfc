"""Decisions as they are kept: what the board or its delegate decided, linked to the sealed assessment."""

from __future__ import annotations

from uuid import UUID

import peewee

from models import body
from models.cards import DecisionCard, DecisionDraft
from models.database import Record
from models.identity import Person
from models.seal import Seal


class Decision(Record):
    """A decision. A case may be postponed and decided later, so there can be several; the latest stands."""

    assessment = peewee.ForeignKeyField(Seal, field="assessment")
    outcome = peewee.TextField()
    body = peewee.TextField()
    person = peewee.ForeignKeyField(Person)
    audit_seq = peewee.IntegerField()


def latest(assessment: UUID) -> DecisionCard | None:
    """Give the decision that stands, or ``None``."""
    row = Decision.select().where(Decision.assessment == assessment).order_by(Decision.audit_seq.desc()).first()
    if row is None:
        return None
    return DecisionCard(body.read(row.body, DecisionDraft), Person.get_by_id(row.person_id).name, row.created_at)
