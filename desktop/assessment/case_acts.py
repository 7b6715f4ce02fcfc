"""Acts on the whole case that are done from the assessment room: ties, handing over, taking back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from desktop.operations import reviewing
from desktop.operations.change import Change
from desktop.shell.room import Room


class CaseActs:
    """Runs the acts in the vault; afterwards one stands at the question again."""

    def __init__(self, room: Room, *, back: Callable[[], None]) -> None:
        self._room, self._back = room, back

    def declare_tie(self, has_tie: bool, text: str) -> None:
        """Declare one's own ties, or that there are none."""
        desk = self._room.desk
        self._run(lambda case: reviewing.declare_tie(actor=desk.actor(), assessment_id=case, has_tie=has_tie, text=text))

    def resolve_tie(self, person: UUID, text: str) -> None:
        """Write down what was decided about somebody else's tie."""
        desk = self._room.desk
        self._run(lambda case: reviewing.resolve_tie(actor=desk.actor(), assessment_id=case, person=person, resolution=text))

    def submit(self) -> None:
        """Hand the assessment over to a second person."""
        desk = self._room.desk
        said = self._room.text("Handed over. A second person reviews it now.")
        self._run(lambda case: reviewing.submit(actor=desk.actor(), assessment_id=case), said)

    def take_back(self) -> None:
        """Take the assessment back from review."""
        desk = self._room.desk
        self._run(lambda case: reviewing.reopen(actor=desk.actor(), assessment_id=case))

    def _run(self, act: Callable[[UUID], Change], said: str = "") -> None:
        case = self._room.place.assessment
        if case is None:
            return

        def done(_: Change) -> None:
            if said:
                self._room.desk.note(said)
            self._back()

        self._room.run(lambda: act(case), done)
