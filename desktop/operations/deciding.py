"""The board's decision, recorded and linked to the sealed assessment."""

from __future__ import annotations

from uuid import UUID

from desktop.operations.change import Change
from models import decided, deciding
from models.actor import Actor
from models.cards import DecisionDraft
from models.decided import Decided


def record_decision(*, actor: Actor, assessment_id: UUID, draft: DecisionDraft) -> Change:
    """Record what was decided. Raises ``RecordRefused`` for what the record does not allow."""
    made = deciding.put(actor=actor, assessment=assessment_id, draft=draft)
    return Change("decision", assessment=assessment_id, made=made)


def decisions(*, assessment_id: UUID) -> tuple[Decided, ...]:
    """Give the decisions about an assessment with their documents, in the order they were recorded; the last one stands."""
    return decided.decisions(assessment_id)
