"""What an operation changed, so that views know what to draw again and how to take it back."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from forms.answers import Answer


@dataclass(frozen=True)
class Change:
    """One change. ``made`` is the id of a new record; ``before`` and ``after`` are the answer then and now, for undo."""

    what: str
    assessment: UUID | None = None
    partner: UUID | None = None
    made: UUID | None = None
    question: str = ""
    instrument: str = ""
    before: Answer | None = None
    after: Answer | None = None
