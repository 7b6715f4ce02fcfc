"""Signing in the window: read in the database's thread, sign and ask for a timestamp in the second, register in the first again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.reports.chosen import MAIN, Chosen
from desktop.seal.pin_dialog import PinDialog
from desktop.shell.room import Room
from forms.errors import GedigenError

if TYPE_CHECKING:
    from desktop.operations.change import Change
    from desktop.operations.signing import Signed, Signing


class SigningSteps:
    """One signature. Calls ``ended()`` when it is registered, or ``refused(error)``; with ``None`` when the PIN was not given."""

    def __init__(
        self,
        room: Room,
        *,
        assessment: UUID,
        code: str,
        ended: Callable[[], None],
        refused: Callable[[GedigenError | None], None],
        chosen: Chosen = MAIN,
    ) -> None:
        self._room, self._assessment, self._code, self._chosen = room, assessment, code, chosen
        self._ended, self._refused = ended, refused

    def begin(self) -> None:
        """Make sure that the one who works here may sign, and go on."""

        def prepare() -> Signing:
            # Imported here, in the database's thread: it brings the report's engine, which takes a while to load.
            from desktop.operations.signing import prepare_signing

            return prepare_signing(
                actor=self._room.desk.actor(), assessment_id=self._assessment, language_code=self._code, chosen=self._chosen
            )

        self._room.run(prepare, self._prepared, failed=self._refused)

    def _prepared(self, ready: Signing) -> None:
        if ready.card.token is None:
            self._sign(ready, "")
            return
        dialog = PinDialog(self._room.desk, ready.card.token.label, parent=self._room)
        dialog.accepted.connect(lambda: self._sign(ready, dialog.pin))
        dialog.rejected.connect(lambda: self._refused(None))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _sign(self, ready: Signing, pin: str) -> None:
        def sign() -> Signed:
            from desktop.operations.signing import signed

            return signed(ready, pin=pin)

        self._room.render_apart(sign, self._signed, failed=self._refused)

    def _signed(self, made: Signed) -> None:
        def keep() -> Change:
            from desktop.operations.signing import keep_signed

            return keep_signed(actor=self._room.desk.actor(), signed=made)

        self._room.run(keep, lambda _: self._kept(made), failed=self._refused)

    def _kept(self, made: Signed) -> None:
        self._ended()
        if made.refusal is not None:
            said = self._room.text("The report is signed and awaits a timestamp.")
            self._room.desk.note(f"{said} {self._room.desk.language.error(made.refusal)}")
