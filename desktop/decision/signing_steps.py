"""Signing a decision's document in the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from desktop.seal.signing_steps import SigningSteps
from desktop.shell.room import Room
from forms.errors import GedigenError

if TYPE_CHECKING:
    from desktop.operations.change import Change
    from desktop.operations.signature import Signed, Signing


def decision_steps(
    room: Room, *, decision: UUID, code: str, ended: Callable[[], None], refused: Callable[[GedigenError | None], None]
) -> SigningSteps:
    """Give the steps that make and sign a decision's document in a language, by whoever works here."""

    # Imported here, in the database's thread: it brings the report's engine, which takes a while to load.
    def prepare() -> Signing[Any]:
        from desktop.operations.decision_documents import prepare_decision

        return prepare_decision(actor=room.desk.actor(), decision_id=decision, language_code=code)

    def keep(made: Signed[Any]) -> Change:
        from desktop.operations.decision_documents import keep_decision

        return keep_decision(actor=room.desk.actor(), signed=made)

    def done() -> None:
        room.desk.note(room.text("The decision document is signed."))
        ended()

    awaits = room.text("The decision document is signed and awaits a timestamp.")
    return SigningSteps(room, prepare=prepare, keep=keep, awaits=awaits, ended=done, refused=refused)
