"""The register of reports: every revision of every language, by hash, with its bytes in the evidence file."""

from __future__ import annotations

from uuid import UUID

import peewee

from forms.text import N_
from models import audit, blobs, decision, seal
from models.actor import Actor, require_role
from models.cards import ReportCard
from models.database import Record, utc_now, write_tx
from models.errors import ActRefused, RecordRefused
from models.identity import Person, certificate_in_use, person_card
from models.seal import Seal, Signers


class Report(Record):
    """One revision of a report: 0 unsigned, then one for each signature. ``signed_as`` is the field that this revision signed."""

    person_id: UUID
    assessment_id: UUID
    assessment = peewee.ForeignKeyField(Seal, field="assessment")
    language = peewee.TextField()
    revision = peewee.IntegerField()
    sha256 = peewee.TextField()
    size = peewee.IntegerField()
    signed_as = peewee.TextField()
    person = peewee.ForeignKeyField(Person)


def put(*, actor: Actor, assessment: UUID, language: str, pdf: bytes, signed_as: str = "") -> UUID:
    """Register a new revision of a report and keep its bytes.

    Revision 0 is unsigned and made once per language; each later one is the one before with a signature added behind it. Raises
    ``ActRefused`` for a field that is not the actor's by the sealed record or out of turn, ``RecordRefused`` for a report of an
    assessment that is not sealed, for a field signed already, and for bytes that do not continue the revision before.
    """
    with write_tx():
        sealed = seal.row_of(assessment)
        if sealed is None:
            raise RecordRefused(
                N_("A report for signing is made of a sealed assessment. Seal it first; the preview shows what it will say.")
            )
        earlier = revisions(assessment, language)
        _check_field(actor, seal.signers(bytes(sealed.record)), earlier, signed_as)
        _check_bytes(pdf, earlier)
        # Kept in the evidence file before the row that names it.
        blob = blobs.put(pdf)
        row = Report.create(
            assessment=assessment,
            language=language,
            revision=len(earlier),
            sha256=blob.sha256,
            size=blob.size,
            signed_as=signed_as,
            person=actor.person,
        )
        audit.record(
            actor=actor,
            act="report.signed" if signed_as else "report.made",
            value={
                "report": row.id,
                "assessment": assessment,
                "language": language,
                "revision": len(earlier),
                "sha256": blob.sha256,
                "as": signed_as,
            },
        )
    return UUID(str(row.id))


def require_field(*, actor: Actor, assessment: UUID, language: str, field: str) -> None:
    """Make sure that the actor may sign in this field now. Raises ``ActRefused`` or ``RecordRefused`` as ``put`` does."""
    sealed = seal.row_of(assessment)
    if sealed is None:
        raise RecordRefused(N_("A report for signing is made of a sealed assessment. Seal it first; the preview shows what it will say."))
    _check_field(actor, seal.signers(bytes(sealed.record)), revisions(assessment, language), field)


def _check_field(actor: Actor, signers: Signers, earlier: tuple[ReportCard, ...], field: str) -> None:
    signed = {card.signed_as for card in earlier if card.signed_as}
    if not field:
        if earlier:
            raise RecordRefused(N_("This report is made already. Nothing was changed; open the one there is."))
        return
    required = {signer.field: signer.certificate_sha256 for signer in signers.required_signers}
    fields = [*required, *signers.optional_signers]
    if field not in fields:
        raise ActRefused(N_("This report was sealed without a line for the chair. The decision is recorded beside it instead."))
    if field in signed:
        raise RecordRefused(N_("This report is already signed there. Nothing was changed."))
    if not signed.issuperset(fields[: fields.index(field)]):
        raise ActRefused(N_("The caseworker signs first, then the reviewer, then the chair. Nothing was signed."))
    certificate = certificate_in_use(actor.person)
    if field not in required:
        require_role(actor, "secretary")
        if certificate.fingerprint in required.values():
            raise ActRefused(N_("Each line of the report is for a different person. Nothing was signed."))
    elif certificate.fingerprint != required[field]:
        raise ActRefused(
            N_("The sealed record names another certificate for this line than yours. Nothing was signed; let that person sign.")
        )
    if person_card(actor.person).certificate.not_valid_after_utc.replace(tzinfo=None) <= utc_now():
        raise ActRefused(N_("Your certificate has ended, so nothing was signed. Let an administrator renew it."))


def _check_bytes(pdf: bytes, earlier: tuple[ReportCard, ...]) -> None:
    before = blobs.read(earlier[-1].sha256) if earlier else b"%PDF-"
    if not pdf.startswith(before) or len(pdf) <= len(before):
        raise RecordRefused(N_("The report does not continue the one in the vault. Nothing was kept; open the report again."))


def revisions(assessment: UUID, language: str | None = None) -> tuple[ReportCard, ...]:
    """Give the registered revisions, by language and in order."""
    query = Report.select().where(Report.assessment == assessment).order_by(Report.language, Report.revision)
    if language is not None:
        query = query.where(Report.language == language)
    names = {row.id: row.name for row in Person.select(Person.id, Person.name)}
    return tuple(
        ReportCard(row.id, row.language, row.revision, row.sha256, row.size, row.signed_as, names[row.person_id], row.created_at)
        for row in query
    )


def pdf_bytes(report: UUID) -> bytes:
    """Give a report's bytes, checked against its hash. Raises ``RecordRefused`` when there is no such report."""
    row = Report.get_or_none(Report.id == report)
    if row is None:
        raise RecordRefused(N_("There is no such report in this vault."))
    return blobs.read(row.sha256)


def registered_hashes() -> frozenset[str]:
    """Give the SHA-256 of every report revision and decision document that this vault has made."""
    return frozenset(row.sha256 for row in Report.select(Report.sha256)) | decision.document_hashes()


def assessment_of(sha256: str) -> UUID | None:
    """Find which assessment a file with this hash is a report of, or the decision about."""
    row = Report.get_or_none(Report.sha256 == sha256)
    return decision.assessment_of(sha256) if row is None else UUID(str(row.assessment_id))
