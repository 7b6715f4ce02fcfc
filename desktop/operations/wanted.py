"""What a batch is to write, and on which terms; light enough for the window to read it without the report's engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from uuid import UUID

from desktop.reports.chosen import MAIN, Chosen
from forms.errors import GedigenError
from models.document_kind import PARTNER_FEEDBACK, PUBLIC_RECORD

#: What goes to the partner or the public, so that it is entered in the audit trail by a person.
ENTERED = (PARTNER_FEEDBACK, PUBLIC_RECORD)
#: What becomes of a file that is there already under the same name and is not the same.
Taken = Literal["leave", "beside", "replace"]


@dataclass(frozen=True)
class Wanted:
    """One document of one sealed case in one language; ``partner`` is the name that goes into the file's."""

    assessment: UUID
    case_number: str
    partner: str
    language: str
    chosen: Chosen = MAIN


@dataclass(frozen=True)
class Terms:
    """How a batch is written.

    ``unsigned``: what nobody has signed is written too, and made if it is not there yet. ``taken`` says what becomes of files that are
    there; only those in ``asked`` (their names) may be replaced, all of them where it is ``None``.
    """

    folder: Path
    unsigned: bool = False
    taken: Taken = "leave"
    asked: frozenset[str] | None = field(default_factory=frozenset)

    def replaces(self, name: str) -> bool:
        """Tell whether a file of this name may be replaced."""
        return self.taken == "replace" and (self.asked is None or name in self.asked)


@dataclass(frozen=True)
class Written:
    """A file that was written, with its SHA-256 (hexadecimal) and the fields that are signed in it.

    ``was_there``: the same file was there already, byte for byte. ``is_new``: the document was made for it.
    """

    file: Path
    sha256: str
    signed: tuple[str, ...] = ()
    was_there: bool = False
    is_new: bool = False


class LeftAsItIs(GedigenError):
    """A document that was not written because of what was chosen, and no fault."""


class NotMade(LeftAsItIs):
    """A report has not been made yet, and nobody is here to make it."""


class NotSigned(LeftAsItIs):
    """Nobody has signed the document, and only signed ones are wanted."""
