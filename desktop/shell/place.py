"""Places: where in the program one can be, and about what."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from desktop.shell.given import Given


@dataclass(frozen=True)
class Place:
    """A room and what is looked at there; equal places are the same place for "back".

    ``template`` is a template's id, with ``version`` when it is not the newest one that is meant. ``given`` is what ``file`` was judged by.
    ``assessments`` are those of a room about several.
    """

    room: str
    assessment: UUID | None = None
    partner: UUID | None = None
    project: UUID | None = None
    question: str = ""
    file: Path | None = None
    template: str = ""
    version: str = ""
    given: Given | None = None
    assessments: tuple[UUID, ...] = ()


HOME = Place("home")
