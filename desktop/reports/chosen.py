"""What is chosen for a document before it is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from models.document_kind import FULL_REPORT, DocumentKind, Part


@dataclass(frozen=True)
class Ticks:
    """What is confidential unless it is chosen to be shown: comments, the judged rating, the risks."""

    comments: bool = False
    judged: bool = False
    risks: bool = False


@dataclass(frozen=True)
class Chosen:
    """Its kind, part of PDF/A, what a partner's version shows, and by when a draft is to be answered."""

    kind: DocumentKind = FULL_REPORT
    part: Part = 3
    ticks: Ticks = field(default_factory=Ticks)
    reply_by: date | None = None


#: The full report with the record inside.
MAIN = Chosen()
