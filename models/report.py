"""The register of reports: every revision of every kind and language, by hash, with its bytes in the evidence file."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import peewee

from forms.text import N_
from models import audit, blobs, seal
from models.actor import Actor, require_role
from models.assessment import row_of
from models.cards import ReportCard
from models.database import Record, utc_now, write_tx
from models.document_kind import CASEWORKER, FULL_REPORT, REGISTERED, RENEWED, DocumentKind, Part
from models.errors import ActRefused, RecordRefused
from models.identity import Person, certificate_in_use, person_card
from models.seal import Seal, Signers


class Report(Record):
    """One revision of a report: 0 unsigned, then one for each signature. ``signed_as`` is the field that this revision signed.

    Each kind, part of PDF/A and language has revisions of its own. ``basis`` names what it was made from beside the sealed record: a
    document of another basis is begun anew, with the next number.
    """

    person_id: UUID
    assessment_id: UUID
    assessment = peewee.ForeignKeyField(Seal, field="assessment")
    language = peewee.TextField()
    revision = peewee.IntegerField()
    sha256 = peewee.TextField()
    size = peewee.IntegerField()
    signed_as = peewee.TextField()
    person = peewee.ForeignKeyField(Person)
    kind = peewee.TextField()
    part = peewee.IntegerField()
    basis = peewee.TextField()


@dataclass(frozen=True)
class Document:
    """Which document of an assessment is meant: its kind, language and part of PDF/A, and what it is made from beside the record."""

    assessment: UUID
    language: str
    kind: DocumentKind = FULL_REPORT
    part: Part = 3
    basis: str = ""


def put(
    *,
    actor: Actor,
    assessment: UUID,
    language: str,
    pdf: bytes,
    signed_as: str = "",
    kind: DocumentKind = FULL_REPORT,
    part: Part = 3,
    basis: str = "",
) -> UUID:
    """Register a new revision of a document and keep its bytes.

    The first is unsigned and made once; each later one is the one before with a signature added behind it. Raises
    ``ActRefused`` for a field that is not the actor's by the sealed record or out of turn, ``RecordRefused`` for a report of an
    assessment that is not sealed, for a kind that is not registered, for a field signed already, and for bytes that do not continue the
    revision before.
    """
    document = Document(assessment, language, kind, part, basis)
    with write_tx():
        chain = _check_field(actor, document, signed_as)
        _check_bytes(pdf, chain)
        number = len(revisions(assessment, language, kind=kind, part=part))
        # Kept in the evidence file before the row that names it.
        blob = blobs.put(pdf)
        row = Report.create(
            assessment=assessment,
            language=language,
            revision=number,
            sha256=blob.sha256,
            size=blob.size,
            signed_as=signed_as,
            person=actor.person,
            kind=kind.name,
            part=part,
            basis=basis,
        )
        audit.record(
            actor=actor,
            act="report.signed" if signed_as else "report.made",
            value={
                "report": row.id,
                "assessment": assessment,
                "kind": kind.name,
                "part": part,
                "language": language,
                "revision": number,
                "sha256": blob.sha256,
                "as": signed_as,
            },
        )
    return UUID(str(row.id))


def enter_handed_out(*, actor: Actor, assessment: UUID, kind: DocumentKind, part: Part, languages: tuple[str, ...], sha256: str) -> None:
    """Enter in the audit trail that a document was handed out: which kind, in which languages, and the SHA-256 of what was written."""
    value = {"assessment": assessment, "kind": kind.name, "part": part, "languages": languages, "sha256": sha256}
    audit.record(actor=actor, act="report.exported", value=value)


def require_field(
    *, actor: Actor, assessment: UUID, language: str, field: str, kind: DocumentKind = FULL_REPORT, part: Part = 3, basis: str = ""
) -> None:
    """Make sure that the actor may sign in this field now. Raises ``ActRefused`` or ``RecordRefused`` as ``put`` does."""
    _check_field(actor, Document(assessment, language, kind, part, basis), field)


def chain_of(document: Document) -> tuple[ReportCard, ...]:
    """Give the revisions that continue each other: those of this document with this basis."""
    every = revisions(document.assessment, document.language, kind=document.kind, part=document.part)
    return tuple(one for one in every if one.basis == document.basis)


def _check_field(actor: Actor, document: Document, field: str) -> tuple[ReportCard, ...]:
    sealed = seal.row_of(document.assessment)
    if sealed is None:
        raise RecordRefused(N_("A report for signing is made of a sealed assessment. Seal it first; the preview shows what it will say."))
    if document.kind not in REGISTERED or (document.basis and document.kind not in RENEWED):
        raise RecordRefused(N_("A document of this kind is not kept in the register of reports. Nothing was changed."))
    chain = chain_of(document)
    if not field:
        if chain:
            raise RecordRefused(N_("This report is made already. Nothing was changed; open the one there is."))
    elif document.kind == FULL_REPORT:
        _check_signer(actor, seal.signers(bytes(sealed.record)), chain, field)
    else:
        _check_caseworker(actor, document, chain, field)
    return chain


def _check_caseworker(actor: Actor, document: Document, chain: tuple[ReportCard, ...], field: str) -> None:
    """Other documents than the full report are signed by the assessment's caseworker alone, after it is sealed too."""
    if field not in document.kind.fields:
        raise ActRefused(N_("This document has no such line to sign on. Nothing was signed."))
    if any(card.signed_as == field for card in chain):
        raise RecordRefused(N_("This report is already signed there. Nothing was changed."))
    if field == CASEWORKER and actor.person != row_of(document.assessment).caseworker_id:
        raise ActRefused(N_("This document is signed by the assessment’s caseworker. Nothing was signed."))
    _check_term(actor)


def _check_signer(actor: Actor, signers: Signers, earlier: tuple[ReportCard, ...], field: str) -> None:
    signed = {card.signed_as for card in earlier if card.signed_as}
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
    _check_term(actor)


def _check_term(actor: Actor) -> None:
    if person_card(actor.person).certificate.not_valid_after_utc.replace(tzinfo=None) <= utc_now():
        raise ActRefused(N_("Your certificate has ended, so nothing was signed. Let an administrator renew it."))


def _check_bytes(pdf: bytes, earlier: tuple[ReportCard, ...]) -> None:
    before = blobs.read(earlier[-1].sha256) if earlier else b"%PDF-"
    if not pdf.startswith(before) or len(pdf) <= len(before):
        raise RecordRefused(N_("The report does not continue the one in the vault. Nothing was kept; open the report again."))


def documents(assessment: UUID) -> tuple[ReportCard, ...]:
    """Give every registered revision of every kind, by kind, part and language, and in order."""
    query = Report.select().where(Report.assessment == assessment)
    names = {row.id: row.name for row in Person.select(Person.id, Person.name)}
    return tuple(
        ReportCard(
            row.id,
            row.language,
            row.revision,
            row.sha256,
            row.size,
            row.signed_as,
            names[row.person_id],
            row.created_at,
            row.kind,
            row.part,
            row.basis,
        )
        for row in query.order_by(Report.kind, Report.part.desc(), Report.language, Report.revision)
    )


def revisions(assessment: UUID, language: str | None = None, *, kind: DocumentKind = FULL_REPORT, part: Part = 3) -> tuple[ReportCard, ...]:
    """Give the registered revisions of one kind, by language and in order."""
    every = (one for one in documents(assessment) if (one.kind, one.part) == (kind.name, part))
    return tuple(one for one in every if language in (None, one.language))


def is_main(card: ReportCard) -> bool:
    """Tell whether it is of the full report with the record inside."""
    return (card.kind, card.part) == (FULL_REPORT.name, 3)


def pdf_bytes(report: UUID) -> bytes:
    """Give a report's bytes, checked against its hash. Raises ``RecordRefused`` when there is no such report."""
    row = Report.get_or_none(Report.id == report)
    if row is None:
        raise RecordRefused(N_("There is no such report in this vault."))
    return blobs.read(row.sha256)


def document_of(report: UUID) -> tuple[UUID, ReportCard]:
    """Give a registered revision and the assessment that it is of. Raises ``RecordRefused`` when there is no such report."""
    row = Report.get_or_none(Report.id == report)
    if row is None:
        raise RecordRefused(N_("There is no such report in this vault."))
    return row.assessment_id, next(one for one in documents(row.assessment_id) if one.id == row.id)


def registered_hashes() -> frozenset[str]:
    """Give the SHA-256 of every report revision that this vault has made."""
    return frozenset(row.sha256 for row in Report.select(Report.sha256))


def assessment_of(sha256: str) -> UUID | None:
    """Find which assessment a file with this hash is a report of."""
    row = Report.get_or_none(Report.sha256 == sha256)
    return None if row is None else UUID(str(row.assessment_id))
