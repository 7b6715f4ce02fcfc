"""Others' results: register, withdraw, open, and rely on one."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from desktop.operations.change import Change
from desktop.operations.handing_out import write_whole
from forms.answers import AnswerKey
from forms.outside import OutsideResult
from models import outside_result, relying
from models.actor import Actor

#: What a change says that relied on a result: the answer has another source, and something new stands behind it.
RELIED = "answer.relied"


def register_result(*, actor: Actor, partner_id: UUID, result: OutsideResult, path: Path | None = None) -> Change:
    """Register another body's result for a partner, with its file when there is one; ``Change.made`` is its id."""
    made = outside_result.register(actor=actor, partner=partner_id, result=result, path=path)
    return Change("outside.registered", partner=partner_id, made=made)


def withdraw_result(*, actor: Actor, result_id: UUID, reason: str) -> Change:
    """Take a result back: it answers nothing any more, and stays readable."""
    return Change("outside.withdrawn", partner=outside_result.withdraw(actor=actor, result=result_id, reason=reason))


def result_bytes(*, result_id: UUID) -> bytes:
    """Give the file of a result, checked against its hash."""
    return outside_result.file_bytes(result_id)


def save_result_as(*, result_id: UUID, path: Path) -> None:
    """Write the file of a result to a place that the user chose; outside the vault it is no longer encrypted."""
    write_whole(path, outside_result.file_bytes(result_id))


def rely_on_result(*, actor: Actor, assessment_id: UUID, instrument: str, question: str, why: str = "") -> Change:
    """Confirm that a registered result answers a question: one confirmation, one commit."""
    before, after = relying.rely(actor=actor, assessment=assessment_id, key=AnswerKey(instrument, question), why=why)
    return Change(RELIED, assessment=assessment_id, question=question, instrument=instrument, before=before, after=after)
