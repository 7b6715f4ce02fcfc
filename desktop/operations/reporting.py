"""Reports: make, preview, sign, export, verify."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from desktop.language import Language, language
from desktop.operations.change import Change
from desktop.operations.handing_out import write_whole
from desktop.operations.sealing import CASEWORKER, CHAIR, REVIEWER
from desktop.reports import content, signing
from desktop.words import SIGNER_FIELDS, word
from forms.text import N_
from models import casefile, report
from models.actor import Actor
from models.cards import AssessmentFile
from models.database import utc_now
from models.errors import ActRefused, RecordRefused
from models.identity import OrganisationCard, certificate_chain, organisation
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
    file = _sealed(assessment_id)
    existing = report.revisions(assessment_id, language_code)
    if existing:
        return Change("report", assessment=assessment_id, made=existing[-1].id)
    require_whole(assessment_id)
    pdf = preview(file=file, language_code=language_code, organisation_card=organisation())
    made = report.put(actor=actor, assessment=assessment_id, language=language_code, pdf=pdf)
    return Change("report", assessment=assessment_id, made=made)


def sign_report(*, actor: Actor, assessment_id: UUID, language_code: str) -> Change:
    """Sign the report in the field that is the actor's: caseworker first, then reviewer, then perhaps a chair.

    Raises ``ActRefused`` for somebody who has no field in this report or signs out of turn.
    """
    file = _sealed(assessment_id)
    field = field_of(file, actor)
    report.require_field(actor=actor, assessment=assessment_id, language=language_code, field=field)
    revisions = report.revisions(assessment_id, language_code)
    if not revisions:
        make_report(actor=actor, assessment_id=assessment_id, language_code=language_code)
        revisions = report.revisions(assessment_id, language_code)
    certificate, root = certificate_chain(actor.person)
    words = language(language_code)
    pdf = signing.sign(
        report.pdf_bytes(revisions[-1].id),
        field=field,
        key=actor.private_key,
        certificate=certificate,
        root=root,
        name=actor.name,
        role_label=word(SIGNER_FIELDS, field, words),
        reason=_reason(field, words),
        at=utc_now(),
        certify=field == CASEWORKER,
    )
    made = report.put(actor=actor, assessment=assessment_id, language=language_code, pdf=pdf, signed_as=field)
    return Change("report", assessment=assessment_id, made=made)


def field_of(file: AssessmentFile, actor: Actor) -> str:
    """Give the field that is the actor's. Raises ``ActRefused`` when there is none."""
    if actor.person == file.card.caseworker:
        return CASEWORKER
    agreed = [review.reviewer for review in file.reviews if review.outcome == "agreed"]
    if agreed and actor.person == agreed[-1]:
        return REVIEWER
    if "secretary" in actor.roles:
        return CHAIR
    raise ActRefused(
        N_("{name} has no place to sign in this report: its caseworker and its reviewer sign, and for the board its secretary."),
        name=actor.name,
    )


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


def _reason(field: str, words: Language) -> str:
    return words.text(
        {CASEWORKER: N_("Prepared the assessment"), REVIEWER: N_("Reviewed the assessment"), CHAIR: N_("For the board")}[field]
    )


def _sealed(assessment_id: UUID) -> AssessmentFile:
    file = casefile.read(assessment_id)
    if file.seal is None:
        raise RecordRefused(N_("A report for signing is made of a sealed assessment. Seal it first; the preview shows what it will say."))
    return file


def _check_language(file: AssessmentFile, code: str) -> None:
    if any(code not in seen.template.languages for seen in file.each()):
        raise RecordRefused(N_("The templates of this assessment do not all have texts in that language."))
