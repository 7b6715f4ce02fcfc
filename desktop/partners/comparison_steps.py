"""Making and signing a comparison in the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from desktop.partners.comparison_engine import Read
from desktop.seal.signing_steps import SigningSteps
from desktop.shell.room import Room
from forms.errors import GedigenError
from models.document_kind import Part

if TYPE_CHECKING:
    from desktop.operations.change import Change
    from desktop.operations.signature import Signed, Signing


def comparison_steps(
    room: Room, *, read: Read, code: str, part: Part, ended: Callable[[], None], refused: Callable[[GedigenError | None], None]
) -> SigningSteps:
    """Give the steps that make and sign a comparison in a language, by whoever works here."""

    # Imported here, in the database's thread: it brings the report's engine, which takes a while to load.
    def prepare() -> Signing[Any]:
        from desktop.operations.comparing import prepare_comparison

        return prepare_comparison(
            actor=room.desk.actor(), partner_id=read.ones.partner, language_code=code, assessments=read.ids, part=part
        )

    def keep(made: Signed[Any]) -> Change:
        from desktop.operations.signing import keep_signed

        return keep_signed(actor=room.desk.actor(), signed=made)

    awaits = room.text("The comparison is signed and awaits a timestamp.")
    return SigningSteps(room, prepare=prepare, keep=keep, awaits=awaits, ended=ended, refused=refused)
