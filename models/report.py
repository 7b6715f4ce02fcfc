"""The register of reports: every revision of every language, by hash, with its bytes in the evidence file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import peewee

from forms.text import N_
from models import audit, blobs, report_timestamp, seal, signing_choice
from models.actor import Actor, require_role
from models.cards import ReportCard
from models.database import Record, write_tx
from models.errors import ActRefused, RecordRefused
from models.identity import Person
from models.seal import Seal, Signers
from models.signing_choice import SigningCard


class Report(Record):
    """One revision of a report: 0 unsigned, then one for each signature or timestamp, which filled the field ``signed_as``."""

    person_id: UUID
    assessment_id: UUID
    assessment = peewee.ForeignKeyField(Seal, field="assessment")
    language = peewee.TextField()
    revision = peewee.IntegerField()
    sha256 = peewee.TextField()
    size = peewee.IntegerField()
    signed_as = peewee.TextField()
    person = peewee.ForeignKeyField(Person)


def put(*, actor: Actor, assessment: UUID, language: str, pdf: bytes, signed_as: str = "", timestamp_ends: datetime | None = None) -> UUID:
    """Register a new revision of a report and keep its bytes.

    Revision 0 is unsigned and made once per language; each later one is the one before with a signature added behind it, or with a
    timestamp (``signed_as`` *Timestamp1*, *Timestamp2* …) once all who must have signed. ``timestamp_ends`` is when the certificate of
    the revision's own timestamp ends (naive UTC); without it the revision awaits one. Raises
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
        if timestamp_ends is not None:
            report_timestamp.enter(row.id, ends=timestamp_ends)
        audit.record(
            actor=actor,
            act="report.timestamped" if report_timestamp.is_field(signed_as) else "report.signed" if signed_as else "report.made",
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


def require_field(*, actor: Actor, assessment: UUID, language: str, field: str) -> SigningCard:
    """Make sure that the actor may sign in this field now, and give the certificate to sign with: the one that the sealed record names.

    Raises ``ActRefused`` or ``RecordRefused`` as ``put`` does.
    """
    sealed = seal.row_of(assessment)
    if sealed is None:
        raise RecordRefused(N_("A report for signing is made of a sealed assessment. Seal it first; the preview shows what it will say."))
    return _certificate_for(actor, seal.signers(bytes(sealed.record)), revisions(assessment, language), field)


def put_timestamp(*, actor: Actor, report: UUID, pdf: bytes, ends: datetime) -> UUID:
    """Register a report with a timestamp added behind its newest revision, which ``report`` names; ``ends`` as in ``put``.

    Raises ``RecordRefused`` when that is not its newest revision, and as ``put``.
    """
    with write_tx():
        row = Report.get_or_none(Report.id == report)
        chain = revisions(row.assessment_id, row.language) if row is not None else ()
        if row is None or chain[-1].id != report:
            raise RecordRefused(N_("The report has been signed or timestamped meanwhile. Nothing was changed; try again."))
        field = report_timestamp.next_field(chain)
        return put(actor=actor, assessment=row.assessment_id, language=row.language, pdf=pdf, signed_as=field, timestamp_ends=ends)


def _check_field(actor: Actor, signers: Signers, earlier: tuple[ReportCard, ...], field: str) -> None:
    if not field:
        if earlier:
            raise RecordRefused(N_("This report is made already. Nothing was changed; open the one there is."))
    elif report_timestamp.is_field(field):
        report_timestamp.check_field(field, earlier, required=[signer.field for signer in signers.required_signers])
    else:
        _certificate_for(actor, signers, earlier, field)


def _certificate_for(actor: Actor, signers: Signers, earlier: tuple[ReportCard, ...], field: str) -> SigningCard:
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


def revisions(assessment: UUID, language: str | None = None) -> tuple[ReportCard, ...]:
    """Give the registered revisions, by language and in order."""
    query = Report.select().where(Report.assessment == assessment).order_by(Report.language, Report.revision)
    if language is not None:
        query = query.where(Report.language == language)
    names = {row.id: row.name for row in Person.select(Person.id, Person.name)}
    return tuple(_card(row, names[row.person_id]) for row in query)


def _card(row: Report, name: str) -> ReportCard:
    return ReportCard(row.id, row.language, row.revision, row.sha256, row.size, row.signed_as, name, row.created_at)


@dataclass(frozen=True)
class Newest:
    """The newest revision of a report, the assessment it is of, and all fields that are filled in it."""

    assessment: UUID
    card: ReportCard
    filled: frozenset[str]


def newest() -> tuple[Newest, ...]:
    """Give the newest revision of every report."""
    chains: dict[tuple[UUID, str], list[Report]] = {}
    for row in Report.select().order_by(Report.created_at, Report.revision):
        chains.setdefault((row.assessment_id, row.language), []).append(row)
    return tuple(Newest(rows[-1].assessment_id, _card(rows[-1], ""), frozenset(row.signed_as for row in rows)) for rows in chains.values())


def pdf_bytes(report: UUID) -> bytes:
    """Give a report's bytes, checked against its hash. Raises ``RecordRefused`` when there is no such report."""
    row = Report.get_or_none(Report.id == report)
    if row is None:
        raise RecordRefused(N_("There is no such report in this vault."))
    return blobs.read(row.sha256)


def registered_hashes() -> frozenset[str]:
    """Give the SHA-256 of every report revision that this vault has made."""
    return frozenset(row.sha256 for row in Report.select(Report.sha256))


def assessment_of(sha256: str) -> UUID | None:
    """Find which assessment a file with this hash is a report of."""
    row = Report.get_or_none(Report.sha256 == sha256)
    return None if row is None else UUID(str(row.assessment_id))
