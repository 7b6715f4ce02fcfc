"""Reports: make, preview, export."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from desktop.language import language
from desktop.operations.change import Change
from desktop.operations.handing_out import write_whole
from desktop.reports import content
from forms.text import N_
from models import casefile, report
from models.actor import Actor
from models.cards import AssessmentFile
from models.database import utc_now
from models.errors import RecordRefused
from models.identity import OrganisationCard, organisation
from models.sealing import require_whole


def preview(*, file: AssessmentFile, language_code: str, organisation_card: OrganisationCard) -> bytes:
    """Lay out the report as it would be now; before sealing it says that it is a draft. Touches no database."""
    _check_language(file, language_code)
    return content.render(
        file,
        language(language_code),
        now=utc_now() if file.seal is None else file.seal.at,
        organisation=organisation_card.name,
        root_fingerprint=organisation_card.fingerprint_sha256,
    )


def make_report(*, actor: Actor, assessment_id: UUID, language_code: str) -> Change:
    """Lay out the sealed assessment's report in a language, once; later calls find the one there is."""
    file = sealed_file(assessment_id)
    existing = report.revisions(assessment_id, language_code)
    if existing:
        return Change("report", assessment=assessment_id, made=existing[-1].id)
    require_whole(assessment_id)
    pdf = preview(file=file, language_code=language_code, organisation_card=organisation())
    made = report.put(actor=actor, assessment=assessment_id, language=language_code, pdf=pdf)
    return Change("report", assessment=assessment_id, made=made)


def report_bytes(*, report_id: UUID) -> bytes:
    """Give a registered report's bytes, checked against its hash."""
    return report.pdf_bytes(report_id)


def export_report(*, report_id: UUID, path: Path) -> None:
    """Write a registered report to a place that the user chose, whole or not at all."""
    write_whole(path, report.pdf_bytes(report_id))


def file_name(file: AssessmentFile, language_code: str) -> str:
    """Suggest a file name: case number, partner as lists show it, language; only letters and digits that every system takes."""
    kept = "".join(char if char.isalnum() else "-" for char in file.partner.name).strip("-")
    while "--" in kept:
        kept = kept.replace("--", "-")
    return f"{file.card.case_number}-{kept}-{language_code}.pdf"


def sealed_file(assessment_id: UUID) -> AssessmentFile:
    """Read a sealed assessment. Raises ``RecordRefused`` for one that is not sealed."""
    file = casefile.read(assessment_id)
    if file.seal is None:
        raise RecordRefused(N_("A report for signing is made of a sealed assessment. Seal it first; the preview shows what it will say."))
    return file


def _check_language(file: AssessmentFile, code: str) -> None:
    if any(code not in seen.template.languages for seen in file.each()):
        raise RecordRefused(N_("The templates of this assessment do not all have texts in that language."))
