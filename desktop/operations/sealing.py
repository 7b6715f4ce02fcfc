"""Sealing: freeze the record when nothing remains."""

from __future__ import annotations

from uuid import UUID

from desktop.operations.change import Change
from desktop.reports.record import RequiredSigner, sealed_record
from models import audit, casefile, seal
from models import sealing as frozen
from models.actor import Actor
from models.cards import AssessmentFile
from models.database import write_tx
from models.review import require_ready
from models.vault import vault_id


def seal_assessment(*, actor: Actor, assessment_id: UUID, chair: bool = False) -> Change:
    """Freeze the record; with ``chair`` its report has a line that a chair may sign.

    Raises ``NotReady`` while something remains, ``SealedAssessment`` if it is sealed already."""
    with write_tx():
        file = casefile.read(assessment_id)
        require_ready(file, stage="seal")
        anchor = audit.head()
        record = sealed_record(
            file, vault_id=vault_id(), signers=required_signers(file), audit_seq=anchor[0], audit_head=anchor[1], chair=chair
        )
        frozen.put(actor=actor, assessment=assessment_id, record=record)
    return Change("state", assessment=assessment_id)


def required_signers(file: AssessmentFile) -> tuple[RequiredSigner, ...]:
    """Give who must sign the report: its caseworker, and the reviewer who agreed last."""
    return tuple(RequiredSigner(one.field, one.name, one.certificate_sha256) for one in frozen.required_signers(file))


def optional_signers(file: AssessmentFile) -> tuple[str, ...]:
    """Give the fields that may be signed beside the required ones, as the sealed record says."""
    if file.seal is None:
        return ()
    return seal.signers(file.seal.record).optional_signers


def check_seal(*, assessment_id: UUID) -> bool:
    """Score the sealed answers again and say whether exactly what was sealed comes of them, and the audit trail says so too."""
    return not frozen.faults(assessment_id)
