"""The kinds of document that leave the vault: who signs each, and what travels inside. Read by register and verification."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Name = Literal["full_report", "board_page", "partner_draft", "partner_feedback", "public_record", "comparison", "decision", "empty_form"]
#: Parts of PDF/A: 3 with the attachment, 2 without, for archives that refuse attachments.
Part = Literal[2, 3]

CASEWORKER, REVIEWER, CHAIR, RECORDER = "Caseworker", "Reviewer", "Chair", "Recorder"


@dataclass(frozen=True)
class DocumentKind:
    """One kind. ``name`` stands in the file's metadata and in the register; ``required`` and ``optional`` are its signature fields in the
    order in which they are signed; ``attachment`` names the JSON document inside, ``None`` where none may be."""

    name: Name
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    attachment: str | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """All signature fields that a file of this kind may have."""
        return self.required + self.optional


FULL_REPORT = DocumentKind("full_report", (CASEWORKER, REVIEWER), (CHAIR,), "assessment.json")
#: Page one alone.
BOARD_PAGE = DocumentKind("board_page", (CASEWORKER,))
#: Findings for the partner to reply to, made before sealing: nobody signs a draft.
PARTNER_DRAFT = DocumentKind("partner_draft", (), (), "partner.json")
#: What the partner gets to know at the end.
PARTNER_FEEDBACK = DocumentKind("partner_feedback", (CASEWORKER,), (), "partner.json")
PUBLIC_RECORD = DocumentKind("public_record", (CASEWORKER,))
#: A partner over the years, made from several sealed records; signed by the caseworker of the newest.
COMPARISON = DocumentKind("comparison", (CASEWORKER,))
#: What was decided, linked to the report by hash; signed by the one who recorded it.
DECISION = DocumentKind("decision", (RECORDER,), (), "decision.json")
EMPTY_FORM = DocumentKind("empty_form", ())

KINDS: tuple[DocumentKind, ...] = (
    FULL_REPORT,
    BOARD_PAGE,
    PARTNER_DRAFT,
    PARTNER_FEEDBACK,
    PUBLIC_RECORD,
    COMPARISON,
    DECISION,
    EMPTY_FORM,
)
#: The kinds of which every revision stands in the register of reports.
REGISTERED: tuple[DocumentKind, ...] = (FULL_REPORT, BOARD_PAGE, PARTNER_FEEDBACK, PUBLIC_RECORD, COMPARISON)
#: Those that say more than the sealed record: what was chosen to be shown, what was decided afterwards, and other sealed records.
RENEWED: tuple[DocumentKind, ...] = (PARTNER_FEEDBACK, PUBLIC_RECORD, COMPARISON)
#: A comparison is made from two sealed records at least, and its pages have room for so many.
FEWEST_COMPARED, MOST_COMPARED = 2, 6


def by_name(name: str) -> DocumentKind | None:
    """Find a kind by its name; ``None`` for a name that no kind has."""
    return next((kind for kind in KINDS if kind.name == name), None)
