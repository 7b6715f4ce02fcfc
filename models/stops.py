"""Stop criteria that are met, of every instrument of an assessment: each goes to the board."""

from __future__ import annotations

from dataclasses import dataclass

from forms.result import Stop
from forms.text import Text
from models.cards import AssessmentFile


@dataclass(frozen=True)
class MetStop:
    """A stop criterion that is met. ``id`` names it among all instruments': waivers refer to it."""

    id: str
    instrument: str
    text: Text
    stop: Stop

    @property
    def waivable(self) -> str:
        """``never`` or ``board``."""
        return self.stop.waivable


def stop_id(file: AssessmentFile, stop: str) -> str:
    """Name a stop criterion of the instrument in focus; one of an added instrument carries the instrument's id."""
    return stop if file.is_main else f"{file.template.id}/{stop}"


def met_stops(file: AssessmentFile) -> tuple[MetStop, ...]:
    """Give the stop criteria that are met in all instruments, the main one's first."""
    return tuple(
        MetStop(stop_id(seen, stop.id), seen.template.id, texts[stop.id], stop)
        for seen in file.each()
        for texts in [{one.id: one.text for one in seen.template.stops}]
        for stop in seen.result.stops
    )
