"""What the comparison's room asks of the report's engine, which takes a while to load: it comes in where it runs, in another thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from desktop.operations import vaults
from models.actor import Actor
from models.cards import ReportCard
from models.compared import Compared
from models.document_kind import Part
from models.identity import OrganisationCard


@dataclass(frozen=True)
class Read:
    """What is compared, and whose comparison it is."""

    ones: Compared
    organisation: OrganisationCard

    @property
    def ids(self) -> tuple[UUID, ...]:
        """The assessments, the oldest first."""
        return tuple(one.card.id for one in self.ones.files)


@dataclass(frozen=True)
class Looked:
    """The registered revisions of a comparison, or else its preview; ``wanted`` is what they were looked up for."""

    chain: tuple[ReportCard, ...] = ()
    pdf: bytes = b""
    wanted: object = None


def read_compared(partner: UUID, assessments: tuple[UUID, ...]) -> Read:
    """Read the assessments to compare."""
    from desktop.operations.comparing import compared_ones

    return Read(compared_ones(partner_id=partner, assessments=assessments), vaults.organisation())


def look_up(read: Read, code: str, part: Part) -> Looked:
    """Give the registered revisions of a comparison, or else a preview of it. Touches no database."""
    from desktop.operations.comparing import preview_comparison, registered_comparison

    chain = registered_comparison(ones=read.ones, language_code=code, part=part)
    if chain:
        return Looked(chain)
    return Looked(pdf=preview_comparison(ones=read.ones, language_code=code, organisation_card=read.organisation, part=part))


def document_bytes(report: UUID) -> bytes:
    """Give a registered revision."""
    from desktop.operations.reporting import report_bytes

    return report_bytes(report_id=report)


def file_name(read: Read, code: str, part: Part) -> str:
    """Give the name to suggest for a file."""
    from desktop.operations.comparing import comparison_file_name

    return comparison_file_name(read.ones, code, part)


def export(actor: Callable[[], Actor], read: Read, code: str, part: Part, report: UUID | None, path: Path) -> None:
    """Write a comparison to a place that the user chose; one that has not been made yet is registered first, unsigned."""
    from desktop.operations.comparing import make_comparison
    from desktop.operations.reporting import export_report

    if report is None:
        report = make_comparison(actor=actor(), partner_id=read.ones.partner, language_code=code, assessments=read.ids, part=part).made
    if report is not None:
        export_report(report_id=report, path=path)
