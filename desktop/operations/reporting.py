"""Reports: make, preview, export."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from desktop.language import language
from desktop.operations.change import Change
from desktop.operations.handing_out import plain_name, write_handed_out, write_whole
from desktop.reports import documents
from desktop.reports.chosen import MAIN, Chosen
from forms.text import N_
from models import casefile, report
from models.actor import Actor
from models.cards import AssessmentFile, ReportCard
from models.document_kind import (
    BOARD_PAGE,
    FULL_REPORT,
    PARTNER_DRAFT,
    PARTNER_FEEDBACK,
    PUBLIC_RECORD,
    Part,
    by_name,
)
from models.errors import ActRefused, RecordRefused
from models.identity import OrganisationCard, organisation
from models.sealing import require_whole

#: The kinds that are made for archives that refuse attachments, too.
FOR_ARCHIVES = (FULL_REPORT, BOARD_PAGE, PARTNER_FEEDBACK, PUBLIC_RECORD)
#: What a kind is called in the name of its file; the full report has the case and the partner alone.
KIND_IN_FILE_NAME = {
    "board_page": N_("board page"),
    "partner_draft": N_("draft findings"),
    "partner_feedback": N_("feedback"),
    "public_record": N_("public record"),
}


def preview(*, file: AssessmentFile, language_code: str, organisation_card: OrganisationCard, chosen: Chosen = MAIN) -> bytes:
    """Lay out a document as it would be now; before sealing it says that it is a draft. Touches no database."""
    _check_language(file, language_code)
    return documents.render_document(
        file,
        language(language_code),
        chosen,
        organisation=organisation_card.name,
        root_fingerprint=organisation_card.fingerprint_sha256,
    )


def registered(
    *, file: AssessmentFile, language_code: str, organisation_card: OrganisationCard, chosen: Chosen = MAIN
) -> tuple[ReportCard, ...]:
    """Give the registered revisions of the document that would be made now, none when it has not been made. Touches no database."""
    meant = document_meant(file=file, language_code=language_code, organisation_card=organisation_card, chosen=chosen)
    wanted = (meant.kind.name, meant.part, meant.language, meant.basis)
    return tuple(one for one in (*file.reports, *file.documents) if (one.kind, one.part, one.language, one.basis) == wanted)


def document_meant(
    *, file: AssessmentFile, language_code: str, organisation_card: OrganisationCard, chosen: Chosen = MAIN
) -> report.Document:
    """Say in the register's terms which document would be made now. Touches no database."""
    _check_language(file, language_code)
    basis = documents.basis_of(file, language(language_code), chosen, organisation=organisation_card.name)
    return report.Document(file.card.id, language_code, chosen.kind, chosen.part, basis)


def make_report(*, actor: Actor, assessment_id: UUID, language_code: str, chosen: Chosen = MAIN) -> Change:
    """Lay out a document of the sealed assessment in a language, once; later calls find the one there is.

    A feedback or public record is made anew when it would say something else than before, such as the decision. Raises
    ``RecordRefused`` for an assessment that is not sealed, a kind that is not registered, or a protected partner's public record.
    """
    file = sealed_file(assessment_id)
    require_offered(file, chosen)
    card = organisation()
    existing = registered(file=file, language_code=language_code, organisation_card=card, chosen=chosen)
    if existing:
        return Change("report", assessment=assessment_id, made=existing[-1].id)
    require_whole(assessment_id)
    pdf = preview(file=file, language_code=language_code, organisation_card=card, chosen=chosen)
    made = report.put(
        actor=actor,
        document=document_meant(file=file, language_code=language_code, organisation_card=card, chosen=chosen),
        pdf=pdf,
    )
    return Change("report", assessment=assessment_id, made=made)


def require_offered(file: AssessmentFile, chosen: Chosen) -> None:
    """Make sure that a document may be made for this assessment. Raises ``RecordRefused``."""
    if chosen.kind == PUBLIC_RECORD and file.is_protected:
        raise RecordRefused(N_("The partner is protected, so there is no public record of it. Nothing was made."))
    if chosen.part == 2 and chosen.kind not in FOR_ARCHIVES:
        raise RecordRefused(N_("A document of this kind is not made for archives that refuse attachments. Nothing was made."))


def report_bytes(*, report_id: UUID) -> bytes:
    """Give a registered report's bytes, checked against its hash."""
    return report.pdf_bytes(report_id)


def export_report(*, report_id: UUID, path: Path) -> None:
    """Write a registered report to a place that the user chose, whole or not at all."""
    write_whole(path, report.pdf_bytes(report_id))


def hand_out(*, actor: Actor, report_id: UUID, path: Path, confirmed: bool = False) -> None:
    """Write a registered document, and enter in the audit trail what was handed out; never a file without an entry.

    Raises ``ActRefused`` for a public record whose warning was not confirmed, ``RecordRefused`` if the file cannot be written, or for the
    public record of a partner that is protected by now.
    """
    assessment, card = report.document_of(report_id)
    kind = by_name(card.kind) or FULL_REPORT
    part: Part = 2 if card.part == 2 else 3
    if kind == PUBLIC_RECORD and not confirmed:
        raise ActRefused(N_("A public record cannot be called back. Confirm that you have read what it shows; nothing was written."))
    require_offered(casefile.read(assessment), Chosen(kind, part))
    pdf = report.pdf_bytes(report_id)
    write_handed_out(path, pdf, actor=actor, assessment=assessment, kind=kind, part=part, language=card.language)


def hand_out_draft(*, actor: Actor, assessment_id: UUID, partner_rev: int, language_code: str, pdf: bytes, path: Path) -> None:
    """Write draft findings for the partner, as ``preview`` gave them, and enter in the audit trail what was handed out.

    Raises ``RecordRefused`` when the assessment is sealed meanwhile, when the partner is no longer the ``partner_rev`` that was laid out
    (it may be protected by now), or if the file cannot be written.
    """
    file = casefile.read(assessment_id)
    if file.seal is not None:
        raise RecordRefused(N_("The record is sealed, so there are no draft findings any more. Make the final feedback instead."))
    if file.partner.rev != partner_rev:
        raise RecordRefused(N_("The partner was changed meanwhile. Nothing was written; open the draft again to see it as it is now."))
    write_handed_out(path, pdf, actor=actor, assessment=assessment_id, kind=PARTNER_DRAFT, part=3, language=language_code)


def file_name(file: AssessmentFile, language_code: str, chosen: Chosen = MAIN) -> str:
    """Suggest a file name: case number, partner, kind in the language's own words, language; only what every system takes."""
    return name_for(file.card.case_number, file.partner.name, language_code, chosen)


def name_for(case_number: str, partner: str, language_code: str, chosen: Chosen = MAIN) -> str:
    """Suggest a file name as ``file_name`` does; ``partner`` is the name that the partner goes by in the case."""
    words = language(language_code)
    parts = [plain_name(partner)]
    if chosen.kind.name in KIND_IN_FILE_NAME:
        parts.append(plain_name(words.text(KIND_IN_FILE_NAME[chosen.kind.name])))
    parts.append(language_code)
    if chosen.part == 2:
        parts.append("pdfa-2a")
    return "-".join([case_number, *parts]) + ".pdf"


def sealed_file(assessment_id: UUID) -> AssessmentFile:
    """Read a sealed assessment. Raises ``RecordRefused`` for one that is not sealed."""
    file = casefile.read(assessment_id)
    if file.seal is None:
        raise RecordRefused(N_("A report for signing is made of a sealed assessment. Seal it first; the preview shows what it will say."))
    return file


def _check_language(file: AssessmentFile, code: str) -> None:
    if any(code not in seen.template.languages for seen in file.each()):
        raise RecordRefused(N_("The templates of this assessment do not all have texts in that language."))
