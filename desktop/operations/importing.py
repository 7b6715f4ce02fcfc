"""Another organisation's full report: verified, and kept as a sealed assessment that nobody changes here."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from desktop.operations.change import Change
from desktop.operations.handing_out import write_whole
from desktop.reports.anchor import NotACertificate
from desktop.reports.imported_record import Received, ReportRefused, attached_file, received
from desktop.reports.verdict import Verdict
from desktop.reports.verifying_child import run_limited
from forms.errors import GedigenError
from forms.text import N_
from models import imported, partner
from models.actor import Actor
from models.cards import PartnerDraft
from models.database import write_tx
from models.document_kind import FULL_REPORT
from models.errors import reason
from models.imported_cards import ImportedCard, ImportedFacts, ImportedFile, Origin, OriginSigner
from models.subject_cards import PartnerCard

#: A full report of a hundred pages is a tenth of this.
LARGEST_FILE = 50 * 1024 * 1024
_LARGEST_CERTIFICATE = 64 * 1024


@dataclass(frozen=True)
class Checked:
    """A report whose very bytes were verified and whose record was scored again; made by ``check_report`` only, kept by ``keep_report``."""

    pdf: bytes = field(repr=False)
    record: bytes = field(repr=False)
    verdict: Verdict
    facts: ImportedFacts
    origin: Origin
    partner: PartnerDraft


@dataclass(frozen=True)
class Placing:
    """Where a report would go: the partners that it is likely about, all there are, and why it cannot be kept, if it cannot.

    ``kept`` is the one that is here already, when it is.
    """

    likely: tuple[UUID, ...]
    partners: tuple[PartnerCard, ...]
    refusal: GedigenError | None
    kept: ImportedCard | None


def check_report(*, path: Path, root: Path, tsa_roots_pem: Sequence[bytes] = (), revocation_lists: Sequence[bytes] = ()) -> Checked:
    """Read a report once, and let the child process verify it by the root certificate given; touches no database.

    Timestamps count by the roots of their authorities (PEM), and certificates are looked up in the revocation lists (DER or PEM) too.
    What comes out holds the bytes that were verified: should the file change meanwhile, it is refused. Raises ``ReportRefused`` with
    the reason, ``NotACertificate`` for a root or a list that is none.
    """
    certificate = _certificate(root)
    root_pem = certificate.public_bytes(Encoding.PEM)
    pdf = _whole(path, most=LARGEST_FILE)
    verdict = run_limited(path, root_pem=root_pem, tsa_roots_pem=tsa_roots_pem, revocation_lists=revocation_lists)
    if verdict.file.sha256 != hashlib.sha256(pdf).hexdigest():
        raise ReportRefused(N_("{file} changed while it was being verified. Nothing was kept; try again."), file=path.name)
    _require_valid(verdict)
    record = attached_file(pdf, str(FULL_REPORT.attachment))
    if hashlib.sha256(record).hexdigest() != verdict.file.attachment_sha256:
        raise ReportRefused(N_("The record inside the report cannot be read as one that Gedigen writes. Nothing was kept."))
    read = received(record)
    return Checked(pdf, record, verdict, read.facts, _origin(read, certificate, root_pem, verdict), read.partner)


def place(*, checked: Checked) -> Placing:
    """Look up where a checked report would go."""
    refusal: GedigenError | None = None
    digest = hashlib.sha256(checked.record).hexdigest()
    try:
        imported.require_new(vault=checked.origin.vault, record_sha256=digest)
    except GedigenError as error:
        refusal = error
    draft = checked.partner
    likely = imported.likely_partners(name=draft.name, scheme=draft.registration_scheme, number=draft.registration_number)
    return Placing(likely, partner.cards(), refusal, imported.by_record(digest))


def keep_report(*, actor: Actor, checked: Checked, partner_id: UUID | None) -> Change:
    """Keep a checked report for a partner of this vault, or with ``None`` for a new one registered from its record; all or nothing.

    A partner that is there stays as it is. ``Change.made`` is the imported assessment's id. Raises ``RecordRefused`` for one that is this
    vault's own or kept already, ``RegistrationError`` for a registration number that is impossible.
    """
    with write_tx():
        linked = partner_id if partner_id is not None else partner.register(actor=actor, draft=checked.partner)
        made = imported.put(
            actor=actor,
            partner=linked,
            pdf=checked.pdf,
            record=checked.record,
            facts=checked.facts,
            origin=checked.origin,
            verdict=checked.verdict.to_json(),
        )
    return Change("assessment.imported", partner=linked, made=made)


def imported_file(*, imported_id: UUID) -> ImportedFile:
    """Give one that is kept, whole."""
    return imported.read(imported_id)


def export_imported(*, imported_id: UUID, path: Path) -> None:
    """Write the report of one that is kept, as it came, to a place that the user chose, whole or not at all."""
    write_whole(path, imported.read(imported_id).pdf)


def _require_valid(verdict: Verdict) -> None:
    if verdict.status == "unreadable":
        raise ReportRefused(N_("The file could not be read as a report. Nothing was kept; ask for the original."))
    if verdict.status == "invalid":
        raise ReportRefused(N_("The report is not valid, so nothing was kept. Ask for the original, and see what was found."))
    if verdict.kind and verdict.kind != FULL_REPORT.name:
        raise ReportRefused(N_("Only a full report can be kept, for only it carries the whole record. This is another kind of document."))
    if verdict.status == "incomplete":
        raise ReportRefused(N_("The report is not complete, so nothing was kept. See what is missing, and ask for it."))
    if verdict.record != "agrees":
        raise ReportRefused(N_("The report carries no record, so there is nothing to keep. Ask for the full report with its record."))


def _origin(read: Received, root: x509.Certificate, root_pem: bytes, verdict: Verdict) -> Origin:
    signers = tuple(OriginSigner(one.field, one.name, one.certificate_sha256, one.claimed_at or "") for one in verdict.signatures)
    return Origin(
        vault=read.vault,
        assessment=read.assessment,
        organisation=_organisation(root),
        root_subject=root.subject.rfc4514_string(),
        root_sha256=root.fingerprint(hashes.SHA256()).hex(),
        root_pem=root_pem.decode("ascii"),
        signers=signers,
    )


def _organisation(root: x509.Certificate) -> str:
    for wanted in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME):
        for attribute in root.subject.get_attributes_for_oid(wanted):
            if str(attribute.value).strip():
                return str(attribute.value).strip()
    return root.subject.rfc4514_string()


def _certificate(root: Path) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(_whole(root, most=_LARGEST_CERTIFICATE))
    except ValueError as error:
        raise NotACertificate(N_("The file given as root certificate is not a certificate in PEM form. Nothing was verified.")) from error


def _whole(path: Path, *, most: int) -> bytes:
    """Read a file once. Raises ``ReportRefused`` for what is no file, cannot be read, or is larger than ``most``."""
    try:
        if not path.is_file():
            raise ReportRefused(N_("{file} is not a file. Nothing was kept."), file=path.name)
        with path.open("rb") as opened:
            content = opened.read(most + 1)
    except OSError as error:
        raise ReportRefused(N_("{file} cannot be read ({why}). Nothing was kept."), file=path.name, why=reason(error)) from None
    if len(content) > most:
        megabytes = max(1, most // (1024 * 1024))
        raise ReportRefused(N_("{file} is larger than {size} MB, which none that can be kept is."), file=path.name, size=megabytes)
    return content
