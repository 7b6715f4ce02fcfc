"""Evidence behind answers: add, take back, open."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

from desktop.operations.change import Change
from desktop.operations.handing_out import write_whole
from models import evidence
from models.actor import Actor


def add_evidence(
    *,
    actor: Actor,
    assessment_id: UUID,
    instrument: str,
    question: str,
    path: Path | None,
    name: str = "",
    note: str = "",
    dated: date | None = None,
) -> Change:
    """Put a file, or without ``path`` a reference, behind an answer; ``Change.made`` is its id."""
    made = evidence.add(
        actor=actor, assessment=assessment_id, instrument=instrument, question=question, path=path, name=name, note=note, dated=dated
    )
    return Change("evidence", assessment=assessment_id, question=question, made=made)


def withdraw_evidence(*, actor: Actor, assessment_id: UUID, evidence_id: UUID, reason: str) -> Change:
    """Take back a piece of evidence; the file and the history stay."""
    evidence.withdraw(actor=actor, evidence=evidence_id, reason=reason)
    return Change("evidence", assessment=assessment_id)


def evidence_bytes(*, evidence_id: UUID) -> bytes:
    """Give the file behind a piece of evidence, checked against its hash."""
    return evidence.file_bytes(evidence_id)


def save_evidence_as(*, evidence_id: UUID, path: Path) -> None:
    """Write the file behind a piece of evidence to a place that the user chose; outside the vault it is no longer encrypted."""
    write_whole(path, evidence.file_bytes(evidence_id))
