"""The register of reports: every revision of every kind and language, by hash, with its bytes in the evidence file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import peewee

from forms.text import N_
from models import audit, blobs, decision, report_timestamp, seal, signing_choice
from models.actor import Actor, require_role
from models.assessment import row_of
from models.cards import ReportCard
from models.database import Record, write_tx
from models.document_kind import CASEWORKER, FULL_REPORT, REGISTERED, RENEWED, DocumentKind, Part, by_name
from models.errors import ActRefused, RecordRefused
from models.identity import Person
from models.seal import Seal, Signers
from models.signing_choice import SigningCard


class Report(Record):
    """One revision of a report: 0 unsigned, then one for each signature or timestamp, which filled the field ``signed_as``.

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


def put(*, actor: Actor, document: Document, pdf: bytes, signed_as: str = "", timestamp_ends: datetime | None = None) -> UUID:
    """Register a new revision of a document and keep its bytes.

    The first is unsigned and made once; each later one is the one before with a signature added behind it, or with a timestamp
    (``signed_as`` *Timestamp1*, *Timestamp2* …) once all who must have signed. ``timestamp_ends`` is when the certificate of the revision's
    own timestamp ends (naive UTC); without it the revision awaits one. Raises
    ``ActRefused`` for a field that is not the actor's by the sealed record or out of turn, ``RecordRefused`` for a report of an
    assessment that is not sealed, for a kind that is not registered, for a field signed already, and for bytes that do not continue the
    revision before.
    """
    with write_tx():
        chain = _check_field(actor, document, signed_as)
        _check_bytes(pdf, chain)
        number = len(revisions(document.assessment, document.language, kind=document.kind, part=document.part))
        # Kept in the evidence file before the row that names it.
        blob = blobs.put(pdf)
        row = Report.create(
            assessment=document.assessment,
            language=document.language,
            revision=number,
            sha256=blob.sha256,
            size=blob.size,
            signed_as=signed_as,
            person=actor.person,
            kind=document.kind.name,
            part=document.part,
            basis=document.basis,
        )
        if timestamp_ends is not None:
            report_timestamp.enter(row.id, ends=timestamp_ends)
        audit.record(
            actor=actor,
            act="report.timestamped" if report_timestamp.is_field(signed_as) else "report.signed" if signed_as else "report.made",
            value={
                "report": row.id,
                "assessment": document.assessment,
                "kind": document.kind.name,
                "part": document.part,
                "language": document.language,
                "revision": number,
                "sha256": blob.sha256,
                "as": signed_as,
            },
        )
    return UUID(str(row.id))


def require_field(*, actor: Actor, document: Document, field: str) -> SigningCard:
    """Make sure that the actor may sign in this field now, and give the certificate to sign with: of a full report the one that the
    sealed record names.

    Raises ``ActRefused`` or ``RecordRefused`` as ``put`` does.
    """
    return _certificate_for(actor, document, chain_of(document), field)


def put_timestamp(*, actor: Actor, report: UUID, pdf: bytes, ends: datetime) -> UUID:
    """Register a report with a timestamp added behind its newest revision, which ``report`` names; ``ends`` as in ``put``.

    Raises ``RecordRefused`` when that is not its newest revision, and as ``put``.
    """
    with write_tx():
        row = Report.get_or_none(Report.id == report)
        document = _document(row) if row is not None else None
        chain = chain_of(document) if document is not None else ()
        if document is None or chain[-1].id != report:
            raise RecordRefused(N_("The report has been signed or timestamped meanwhile. Nothing was changed; try again."))
        return put(actor=actor, document=document, pdf=pdf, signed_as=report_timestamp.next_field(chain), timestamp_ends=ends)


def enter_handed_out(*, actor: Actor, assessment: UUID, kind: DocumentKind, part: Part, languages: tuple[str, ...], sha256: str) -> int:
    """Enter in the audit trail that a document is handed out: which kind, in which languages, and the SHA-256 of what is written.

    Gives the number of the entry.
    """
    value = {"assessment": assessment, "kind": kind.name, "part": part, "languages": languages, "sha256": sha256}
    return audit.record(actor=actor, act="report.exported", value=value).seq


def enter_not_handed_out(*, actor: Actor, assessment: UUID, entry: int) -> None:
    """Enter in the audit trail that what an entry says was handed out was not, for the file could not be put in its place."""
    audit.record(actor=actor, act="report.not_exported", value={"assessment": assessment, "entry": entry})


def chain_of(document: Document) -> tuple[ReportCard, ...]:
    """Give the revisions that continue each other: those of this document with this basis."""
    every = revisions(document.assessment, document.language, kind=document.kind, part=document.part)
    return tuple(one for one in every if one.basis == document.basis)


def _document(row: Report) -> Document:
    return Document(row.assessment_id, row.language, by_name(row.kind) or FULL_REPORT, 2 if row.part == 2 else 3, row.basis)


def _check_field(actor: Actor, document: Document, field: str) -> tuple[ReportCard, ...]:
    chain = chain_of(document)
    signers = _signers(document)
    if not field:
        if chain:
            raise RecordRefused(N_("This report is made already. Nothing was changed; open the one there is."))
    elif report_timestamp.is_field(field):
        named = [signer.field for signer in signers.required_signers]
        report_timestamp.check_field(field, chain, required=named if document.kind == FULL_REPORT else document.kind.required)
    else:
        _certificate_for(actor, document, chain, field)
    return chain


def _signers(document: Document) -> Signers:
    """Give what the sealed record says of signatures. Raises ``RecordRefused`` when nothing is sealed, or the kind is not registered."""
    sealed = seal.row_of(document.assessment)
    if sealed is None:
        raise RecordRefused(N_("A report for signing is made of a sealed assessment. Seal it first; the preview shows what it will say."))
    if document.kind not in REGISTERED or (document.basis and document.kind not in RENEWED):
        raise RecordRefused(N_("A document of this kind is not kept in the register of reports. Nothing was changed."))
    return seal.signers(bytes(sealed.record))


def _certificate_for(actor: Actor, document: Document, chain: tuple[ReportCard, ...], field: str) -> SigningCard:
    signers = _signers(document)
    if document.kind == FULL_REPORT:
        return _of_full_report(actor, signers, chain, field)
    return _of_caseworker(actor, document, chain, field)


def _of_caseworker(actor: Actor, document: Document, chain: tuple[ReportCard, ...], field: str) -> SigningCard:
    """Other documents than the full report are signed by the assessment's caseworker alone, after it is sealed too."""
    if field not in document.kind.fields:
        raise ActRefused(N_("This document has no such line to sign on. Nothing was signed."))
    if any(card.signed_as == field for card in chain):
        raise RecordRefused(N_("This report is already signed there. Nothing was changed."))
    if field == CASEWORKER and actor.person != row_of(document.assessment).caseworker_id:
        raise ActRefused(N_("This document is signed by the assessment’s caseworker. Nothing was signed."))
    return signing_choice.of_free_line(actor, taken=())


def _of_full_report(actor: Actor, signers: Signers, earlier: tuple[ReportCard, ...], field: str) -> SigningCard:
    signed = {card.signed_as for card in earlier if card.signed_as}
    required = {signer.field: signer.certificate_sha256 for signer in signers.required_signers}
    fields = [*required, *signers.optional_signers]
    if field not in fields:
        raise ActRefused(N_("This report was sealed without a line for the chair. The decision is recorded beside it instead."))
    if field in signed:
        raise RecordRefused(N_("This report is already signed there. Nothing was changed."))
    if not signed.issuperset(fields[: fields.index(field)]):
        raise ActRefused(N_("The caseworker signs first, then the reviewer, then the chair. Nothing was signed."))
    if field in required:
        return signing_choice.of_line(actor, required[field])
    require_role(actor, "secretary")
    return signing_choice.of_free_line(actor, taken=required.values())


def _check_bytes(pdf: bytes, earlier: tuple[ReportCard, ...]) -> None:
    before = blobs.read(earlier[-1].sha256) if earlier else b"%PDF-"
    if not pdf.startswith(before) or len(pdf) <= len(before):
        raise RecordRefused(N_("The report does not continue the one in the vault. Nothing was kept; open the report again."))


def documents(assessment: UUID) -> tuple[ReportCard, ...]:
    """Give every registered revision of every kind, by kind, part and language, and in order."""
    query = Report.select().where(Report.assessment == assessment)
    names = {row.id: row.name for row in Person.select(Person.id, Person.name)}
    return tuple(
        _card(row, names[row.person_id]) for row in query.order_by(Report.kind, Report.part.desc(), Report.language, Report.revision)
    )


def _card(row: Report, name: str) -> ReportCard:
    return ReportCard(
        row.id,
        row.language,
        row.revision,
        row.sha256,
        row.size,
        row.signed_as,
        name,
        row.created_at,
        row.kind,
        row.part,
        row.basis,
    )


@dataclass(frozen=True)
class Newest:
    """The newest revision of a document, which document it is, and all fields that are filled in it."""

    document: Document
    card: ReportCard
    filled: frozenset[str]


def newest() -> tuple[Newest, ...]:
    """Give the newest revision of every document."""
    chains: dict[Document, list[Report]] = {}
    for row in Report.select().order_by(Report.created_at, Report.revision):
        chains.setdefault(_document(row), []).append(row)
    return tuple(Newest(one, _card(rows[-1], ""), frozenset(row.signed_as for row in rows)) for one, rows in chains.items())


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
    """Give the SHA-256 of every report revision and decision document that this vault has made."""
    return frozenset(row.sha256 for row in Report.select(Report.sha256)) | decision.document_hashes()


def assessment_of(sha256: str) -> UUID | None:
    """Find which assessment a file with this hash is a report of, or the decision about."""
    row = Report.get_or_none(Report.sha256 == sha256)
    return decision.assessment_of(sha256) if row is None else UUID(str(row.assessment_id))
