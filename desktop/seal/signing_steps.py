"""Signing in the window: read in the database's thread, sign and ask for a timestamp in the second, register in the first again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from desktop.reports.chosen import MAIN, Chosen
from desktop.seal.pin_dialog import PinDialog
from desktop.shell.room import Room
from forms.errors import GedigenError

if TYPE_CHECKING:
    from desktop.operations.change import Change
    from desktop.operations.signature import Signed, Signing


class SigningSteps:
    """One signature on a report or on a decision's document; ``prepare`` and ``keep`` are run in the database's thread.

    Calls ``ended()`` when it is registered, or ``refused(error)``; with ``None`` when the PIN was not given. ``awaits`` is said, with the
    reason, when no timestamp could be had.
    """

    def __init__(
        self,
        room: Room,
        *,
        prepare: Callable[[], Signing[Any]],
        keep: Callable[[Signed[Any]], Change],
        awaits: str,
        ended: Callable[[], None],
        refused: Callable[[GedigenError | None], None],
    ) -> None:
        self._room, self._prepare, self._keep, self._awaits = room, prepare, keep, awaits
        self._ended, self._refused = ended, refused

    def begin(self) -> None:
        """Make sure that the one who works here may sign, and go on."""
        self._room.run(self._prepare, self._prepared, failed=self._refused)

    def _prepared(self, ready: Signing[Any]) -> None:
        if ready.card.token is None:
            self._sign(ready, "")
            return
        dialog = PinDialog(self._room.desk, ready.card.token.label, parent=self._room)
        dialog.accepted.connect(lambda: self._sign(ready, dialog.pin))
        dialog.rejected.connect(lambda: self._refused(None))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _sign(self, ready: Signing[Any], pin: str) -> None:
        def sign() -> Signed[Any]:
            from desktop.operations.signature import signed

            return signed(ready, pin=pin)

        self._room.render_apart(sign, self._signed, failed=self._refused)

    def _signed(self, made: Signed[Any]) -> None:
        self._room.run(lambda: self._keep(made), lambda _: self._kept(made), failed=self._refused)

    def _kept(self, made: Signed[Any]) -> None:
        self._ended()
        if made.refusal is not None:
            self._room.desk.note(f"{self._awaits} {self._room.desk.language.error(made.refusal)}")


def report_steps(
    room: Room,
    *,
    assessment: UUID,
    code: str,
    ended: Callable[[], None],
    refused: Callable[[GedigenError | None], None],
    chosen: Chosen = MAIN,
) -> SigningSteps:
    """Give the steps of a signature on a report, the full one unless another is chosen, in a language, by whoever works here."""

    # Imported here, in the database's thread: it brings the report's engine, which takes a while to load.
    def prepare() -> Signing[Any]:
        from desktop.operations.signing import prepare_signing

        return prepare_signing(actor=room.desk.actor(), assessment_id=assessment, language_code=code, chosen=chosen)

    def keep(made: Signed[Any]) -> Change:
        from desktop.operations.signing import keep_signed

        return keep_signed(actor=room.desk.actor(), signed=made)

    awaits = room.text("The report is signed and awaits a timestamp.")
    return SigningSteps(room, prepare=prepare, keep=keep, awaits=awaits, ended=ended, refused=refused)
