"""What the report's room asks of the report's engine, which takes a while to load: each brings it in where it runs, in another thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from desktop.operations import vaults
from desktop.reports.chosen import Chosen
from forms.text import N_
from models.actor import Actor
from models.cards import AssessmentFile, ReportCard
from models.document_kind import BOARD_PAGE, FULL_REPORT
from models.errors import RecordRefused
from models.identity import OrganisationCard


def look_up(file: AssessmentFile, code: str, organisation: OrganisationCard, chosen: Chosen) -> tuple[tuple[ReportCard, ...], bytes]:
    """Give the registered revisions of a document, or else a preview of it. Touches no database."""
    from desktop.operations.reporting import preview, registered

    chain = registered(file=file, language_code=code, organisation_card=organisation, chosen=chosen)
    return (chain, b"") if chain else ((), preview(file=file, language_code=code, organisation_card=organisation, chosen=chosen))


def bytes_of(report: UUID) -> bytes:
    """Give a registered revision."""
    from desktop.operations.reporting import report_bytes

    return report_bytes(report_id=report)


def name_of(file: AssessmentFile, code: str, chosen: Chosen) -> str:
    """Give the name to suggest for a file."""
    from desktop.operations.reporting import file_name

    return file_name(file, code, chosen)


def hand_out(
    actor: Callable[[], Actor], file: AssessmentFile, code: str, *, chosen: Chosen, report: UUID | None, pdf: bytes, path: Path
) -> None:
    """Write a document to a place that the user chose; the warning of a public record was confirmed by then.

    What goes to the partner or the public is entered in the audit trail, so ``actor`` is asked for only then.
    """
    from desktop.operations import reporting

    if report is None:
        reporting.hand_out_draft(
            actor=actor(), assessment_id=file.card.id, partner_rev=file.partner.rev, language_code=code, pdf=pdf, path=path
        )
    elif chosen.kind in (FULL_REPORT, BOARD_PAGE):
        reporting.export_report(report_id=report, path=path)
    else:
        reporting.hand_out(actor=actor(), report_id=report, path=path, confirmed=True)


def write_root(path: Path) -> None:
    """Write the organisation's root certificate. Raises ``RecordRefused`` if it cannot be written."""
    try:
        vaults.export_root(path=path)
    except OSError as error:
        raise RecordRefused(
            N_("{file} could not be written ({why}). Choose another place."), file=path.name, why=error.strerror or ""
        ) from None
