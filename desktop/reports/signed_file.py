"""Read what a signed PDF says, without judging it: fields, signatures, attachments, active content."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from desktop.reports.active import active_content
from desktop.reports.container import is_plain
from desktop.reports.increments import is_signature_alone
from desktop.reports.metadata import KIND_MARK, RECORD_MARK
from desktop.reports.revision_reader import RevisionReader
from desktop.reports.verdict import LAST_FIELD, SignatureFacts


@dataclass(frozen=True)
class SignedFile:
    """What a file holds; ``fields`` maps each form field's name to whether it is a signature field without parts."""

    fields: dict[str, bool]
    signatures: tuple[SignatureFacts, ...]
    attachments: dict[str, bytes]
    active_content: tuple[str, ...]
    conformance: str
    #: what kind of document it says it is, empty for none: files of the first version say nothing
    kind: str
    #: SHA-256 of the sealed record that it says it is made from, empty for none
    record_sha256: str
    other_signatures: int
    #: fields that lack the lock which closes the file once the last of all has signed
    unlocked: tuple[str, ...]
    #: revisions, the first being 0, that do anything else than sign one field
    unlawful_revisions: tuple[int, ...]


class Encrypted(Exception):
    """The file is protected with a password."""


def read_signed_file(pdf: bytes, *, root: asn1_x509.Certificate | None) -> SignedFile:
    """Read a PDF strictly; whatever exception comes out means that it cannot be read.

    Signatures are in the order of what they cover. Each certificate is judged at the time its signature claims.
    """
    reader = RevisionReader(pdf)
    if reader.encrypted:
        raise Encrypted
    embedded = sorted(reader.embedded_signatures, key=end_of)
    regular = [one for one in embedded if _entry(one.sig_object, "/Type") in (None, "/Sig")]
    unlawful = tuple(revision for revision in range(1, reader.total_revisions) if not is_signature_alone(reader, revision))
    packet = _packet(reader)
    return SignedFile(
        fields=dict(_fields(reader)),
        signatures=tuple(signature_facts(one, pdf, root, unlawful) for one in regular),
        unlocked=tuple(_unlocked(reader)),
        unlawful_revisions=unlawful,
        attachments=dict(_attachments(reader)),
        active_content=active_content(pdf),
        conformance=_conformance(packet),
        kind=_marked(KIND_MARK, packet),
        record_sha256=_marked(RECORD_MARK, packet),
        other_signatures=len(embedded) - len(regular),
    )


def _entry(dictionary: Any, key: str) -> Any:
    """Give an entry with references followed (pyHanko's ``get`` does not), or None."""
    return dictionary[key] if dictionary is not None and key in dictionary else None


def end_of(embedded: EmbeddedPdfSignature) -> int:
    """Give the offset of the first byte after what a signature covers."""
    _, _, start, length = (int(number) for number in embedded.byte_range)
    return start + length


def _fields(reader: PdfFileReader) -> Iterator[tuple[str, bool]]:
    form = _entry(reader.root, "/AcroForm")
    if form is None:
        return
    if "/XFA" in form:
        yield "XFA", False
    for entry in _entry(form, "/Fields") or ():
        field = entry.get_object()
        yield str(_entry(field, "/T")), _entry(field, "/FT") == "/Sig" and "/Kids" not in field


def _unlocked(reader: PdfFileReader) -> Iterator[str]:
    form = _entry(reader.root, "/AcroForm")
    for entry in _entry(form, "/Fields") or ():
        field = entry.get_object()
        lock = _entry(field, "/Lock")
        if str(_entry(field, "/T")) == LAST_FIELD and (_entry(lock, "/Action"), _entry(lock, "/P")) != ("/All", 1):
            yield LAST_FIELD


def _attachments(reader: PdfFileReader) -> Iterator[tuple[str, bytes]]:
    tree = _entry(_entry(reader.root, "/Names"), "/EmbeddedFiles")
    if tree is None:
        return
    if "/Kids" in tree:
        raise ValueError("attachments in a tree of several levels")
    names = tree["/Names"]
    for number in range(0, len(names), 2):
        specification = names[number + 1]
        yield str(names[number]), bytes(specification["/EF"]["/F"].data)


def _packet(reader: PdfFileReader) -> bytes:
    metadata = _entry(reader.root, "/Metadata")
    return b"" if metadata is None else bytes(metadata.data)


def _marked(mark: re.Pattern[bytes], packet: bytes) -> str:
    """Give what the packet says once; what it says twice it does not say."""
    found = mark.findall(packet)
    return bytes(found[0]).decode("ascii") if len(found) == 1 else ""


def _conformance(packet: bytes) -> str:
    """Say which standards the file claims to keep; a claim, not a check."""
    claims = []
    for part in (2, 3):
        if b"<pdfaid:part>%d</pdfaid:part>" % part in packet and b"<pdfaid:conformance>A</pdfaid:conformance>" in packet:
            claims.append(f"PDF/A-{part}a")
    if b"<pdfuaid:part>1</pdfuaid:part>" in packet:
        claims.append("PDF/UA-1")
    return ", ".join(claims)


def signature_facts(
    embedded: EmbeddedPdfSignature, pdf: bytes, root: asn1_x509.Certificate | None, unlawful: Collection[int]
) -> SignatureFacts:
    """Read one signature; ``unlawful`` are the numbers of revisions that do anything else than sign."""
    certificate = embedded.signer_cert
    claimed = embedded.self_reported_timestamp
    moment = claimed if claimed is not None else datetime.now(UTC)
    context = ValidationContext(
        trust_roots=[root] if root is not None else [], allow_fetching=False, moment=moment, best_signature_time=moment
    )
    status = asyncio.run(async_validate_pdf_signature(embedded, signer_validation_context=context, skip_diff=True))
    intact = bool(status.intact and status.valid)
    # Of a signature that does not hold, pyHanko does not say who issued the certificate; that is a question of its own.
    issued = bool(status.trusted) if intact else asyncio.run(_is_issued(certificate, context))
    limits = certificate["tbs_certificate"]["validity"]
    names = certificate.subject.native
    return SignatureFacts(
        field=str(embedded.field_name),
        name=str(names.get("common_name", "")),
        subject=_named(certificate.subject),
        issuer=_named(certificate.issuer),
        serial=f"{certificate.serial_number:x}",
        certificate_sha256=certificate.sha256.hex(),
        public_key_sha256=hashlib.sha256(certificate.public_key.dump()).hexdigest(),
        valid_from=_iso(limits["not_before"].native),
        valid_until=_iso(limits["not_after"].native),
        claimed_at=None if claimed is None else _iso(claimed),
        intact=intact,
        trusted=None if root is None else issued,
        certifies=_certifies(embedded) and embedded.docmdp_level in (MDPPerm.FILL_FORMS, MDPPerm.NO_CHANGES),
        covers_to=end_of(embedded),
        covers_revision=status.coverage in (SignatureCoverageLevel.ENTIRE_REVISION, SignatureCoverageLevel.ENTIRE_FILE),
        lawful_later_changes=all(revision <= embedded.signed_revision for revision in unlawful),
        plain_container=is_plain(embedded, pdf, root),
        is_authority=bool(certificate.ca) or (root is not None and certificate.sha256 == root.sha256),
    )


async def _is_issued(certificate: asn1_x509.Certificate, context: ValidationContext) -> bool:
    """Tell whether a certificate leads to the root and may sign."""
    try:
        await CertificateValidator(certificate, validation_context=context).async_validate_usage({"non_repudiation"})  # type: ignore[no-untyped-call]
    except (PathError, ValidationError):
        return False
    return True


def _named(name: asn1_x509.Name) -> str:
    """Write a certificate's name as certificates are read everywhere, whatever the language: ``CN=…, O=…, serialNumber=…``."""
    known = {"common_name": "CN", "organization_name": "O", "serial_number": "serialNumber"}
    parts = name.native
    return ", ".join(f"{known.get(key, key)}={parts[key]}" for key in (*known, *sorted(set(parts) - set(known))) if key in parts)


def _certifies(embedded: EmbeddedPdfSignature) -> bool:
    """Tell whether the document's certification is this signature."""
    permissions = _entry(embedded.reader.root, "/Perms")
    if permissions is None or "/DocMDP" not in permissions:
        return False
    return bool(permissions.raw_get("/DocMDP") == embedded.sig_field.raw_get("/V"))


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
