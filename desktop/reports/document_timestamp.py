"""The archive step: a timestamp over the whole file, renewable for as long as somebody keeps it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO

from asn1crypto import cms
from cryptography import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import InvisSigSettings, enumerate_sig_fields
from pyhanko.sign.general import SigningError, extract_certificate_info
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter

from desktop.reports.revision_reader import RevisionReader
from desktop.reports.revision_writer import revision_of
from desktop.reports.revocation_data import add_to_store, certificates_of, concerning, from_pyhanko, read_revocation_lists
from desktop.reports.timestamp_request import TimestampRefused
from desktop.reports.timestamping import DIGEST, TimestampAuthority, client_of
from forms.text import N_

FIELD = "Timestamp"  #: and a number: Timestamp1, Timestamp2, …
_TIMESTAMP_TYPE = "/DocTimeStamp"

#: PDF/A wants the field printable, PDF/UA wants one that is not in the structure to lie outside the page.
_OUTSIDE_THE_PAGE = InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)


def add_document_timestamp(
    pdf: bytes, *, authority: TimestampAuthority, revocation_lists: Sequence[bytes] = (), at: datetime | None = None
) -> bytes:
    """Give the file with one more revision: what it takes to judge all signatures and timestamps before it, and a timestamp over all.

    ``revocation_lists`` (DER) are fresh ones of the organisation's root and of the authority of an earlier timestamp, as far as
    they can be had; the authority's ``kept_lists`` go in too where they concern a certificate of the file. ``at`` is the time now
    (naive UTC), by default this computer's. Called again before the timestamp's certificate ends (``last_timestamp_ends``), it renews.

    Raises TimestampRefused when the file is unsigned, damaged or longer than what is signed, or when there is no timestamp;
    RevocationListRefused. The file is then as it was.
    """
    try:
        reader = RevisionReader(pdf)
        embedded = reader.embedded_signatures
        known = [certificate for one in embedded for certificate in certificates_of(one)]
        whole = bool(embedded) and _end_of(embedded[-1]) == len(pdf)
    except (PdfError, SigningError, ValueError, KeyError, TypeError) as error:
        raise _unreadable() from error
    if not embedded:
        raise TimestampRefused(N_("The report is not signed. A timestamp is for signed reports; nothing was changed."))
    if not whole:
        raise TimestampRefused(
            N_("The file holds something after its last signature. A timestamp must not vouch for it; nothing was changed.")
        )
    client = client_of(authority, at=at or datetime.now(UTC))
    issuers = [from_pyhanko(one) for one in known] + [x509.load_pem_x509_certificate(root) for root in authority.roots]
    lists = (*read_revocation_lists(revocation_lists, issuers=issuers), *concerning(authority.kept_lists, issuers=issuers))

    async def timestamped() -> bytes:
        writer = revision_of(pdf)
        vouching = await client.vouching()
        add_to_store(writer, certificates=[*known, *vouching.certificates], lists=[*lists, *vouching.lists])
        timestamper = PdfTimeStamper(client, field_name=_free_field(reader), invis_settings=_OUTSIDE_THE_PAGE, readable_field_name=FIELD)
        out = await timestamper.async_timestamp_pdf(writer, DIGEST, output=BytesIO())
        return bytes(out.getvalue())

    try:
        return asyncio.run(timestamped())
    except (SigningError, PdfError, ValueError) as error:
        raise _unreadable() from error


def add_missing_timestamp(
    pdf: bytes, *, authority: TimestampAuthority, revocation_lists: Sequence[bytes] = (), at: datetime | None = None
) -> bytes:
    """Do as ``add_document_timestamp`` for a report signed without a network; give any other as it is."""
    if not awaiting_timestamp(pdf):
        return pdf
    return add_document_timestamp(pdf, authority=authority, revocation_lists=revocation_lists, at=at)


def awaiting_timestamp(pdf: bytes) -> bool:
    """Tell whether the last signature has no timestamp, of its own or over it. Raises TimestampRefused on a damaged file."""
    embedded = _embedded(pdf)
    return bool(embedded) and embedded[-1].sig_object_type != _TIMESTAMP_TYPE and not _tokens(embedded[-1])


def last_timestamp_ends(pdf: bytes) -> datetime | None:
    """Give when the certificate of the newest timestamp ends (naive UTC), or None when there is no timestamp.

    Before that day the report wants another timestamp. Raises TimestampRefused on a damaged file.
    """
    for embedded in reversed(_embedded(pdf)):
        tokens = [embedded.signed_data] if embedded.sig_object_type == _TIMESTAMP_TYPE else _tokens(embedded)
        if tokens:
            return min(_end_of_term(token) for token in tokens)
    return None


def _embedded(pdf: bytes) -> list[EmbeddedPdfSignature]:
    try:
        return list(RevisionReader(pdf).embedded_signatures)
    except (PdfError, ValueError, KeyError, TypeError) as error:
        raise _unreadable() from error


def _tokens(embedded: EmbeddedPdfSignature) -> list[cms.SignedData]:
    return list(extract_tst_data_iter(embedded.signer_info, signed=False))


def _end_of_term(token: cms.SignedData) -> datetime:
    end: datetime = extract_certificate_info(token).signer_cert.not_valid_after
    return end.astimezone(UTC).replace(tzinfo=None)


def _end_of(embedded: EmbeddedPdfSignature) -> int:
    _, _, start, length = (int(number) for number in embedded.byte_range)
    return start + length


def _free_field(reader: RevisionReader) -> str:
    taken = {name for name, _, _ in enumerate_sig_fields(reader)}
    number = 1
    while f"{FIELD}{number}" in taken:
        number += 1
    return f"{FIELD}{number}"


def _unreadable() -> TimestampRefused:
    return TimestampRefused(N_("The file could not be read as a signed report, so it got no timestamp. It is unchanged."))
