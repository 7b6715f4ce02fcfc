"""Reports with timestamps and revocation lists, lawful ones and forgeries of them; the authority is a real one on the loopback address."""

from __future__ import annotations

import asyncio
import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from asn1crypto import cms, core, tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pyhanko.sign.signers import PdfTimeStamper

from desktop.reports import signing
from desktop.reports.document_timestamp import _OUTSIDE_THE_PAGE, add_document_timestamp
from desktop.reports.revision_reader import RevisionReader
from desktop.reports.revision_writer import revision_of
from desktop.reports.signing import sign
from desktop.reports.timestamping import TimestampAuthority, client_of
from tests.desktop.reports.local_authority import LocalAuthority, revocation_list
from tests.desktop.reports.samples import NOW, Holder
from tests.desktop.reports.sealed_reports import name_of

Change = Callable[[IncrementalPdfFileWriter], None]


@dataclass(frozen=True)
class Lasting:
    """Files of every level, signed by caseworker and reviewer, and what to judge them by."""

    root: Holder
    caseworker: Holder
    reviewer: Holder
    clock: LocalAuthority
    good: bytes  # the organisation's revocation list
    none: bytes
    offline: bytes
    lt: bytes
    lta: bytes

    @property
    def authority(self) -> TimestampAuthority:
        return self.clock.authority()

    @contextmanager
    def at(self, moment: datetime) -> Iterator[TimestampAuthority]:
        """Let the authority's clock show another time."""
        before, self.clock.moment = self.clock.moment, moment
        try:
            yield self.authority
        finally:
            self.clock.moment = before


def lastingly_signed(
    pdf: bytes,
    field: str,
    holder: Holder,
    root: Holder,
    *,
    lists: Sequence[bytes] = (),
    authority: TimestampAuthority | None = None,
    at: datetime = NOW,
) -> bytes:
    return sign(
        pdf,
        field=field,
        key=holder.key,
        certificate=holder.certificate,
        root=root.certificate,
        name=name_of(holder),
        role_label=field,
        reason="x",
        at=at,
        certify=field in ("Caseworker", "Recorder"),
        revocation_lists=lists,
        authority=authority,
    )


def both(pdf: bytes, root: Holder, people: Sequence[Holder], **how: Any) -> bytes:
    """Let caseworker and reviewer sign."""
    for field, holder in zip(("Caseworker", "Reviewer"), people, strict=True):
        pdf = lastingly_signed(pdf, field, holder, root, **how)
    return pdf


def archived(pdf: bytes, lasting: Lasting, *, at: datetime = NOW, lists: Sequence[bytes] = ()) -> bytes:
    """Do the archive step, lawfully, at a time."""
    with lasting.at(at) as authority:
        return add_document_timestamp(pdf, authority=authority, revocation_lists=lists, at=at)


def slipped(pdf: bytes, change: Change, authority: TimestampAuthority, *, field: str = "Timestamp1") -> bytes:
    """Make a change and timestamp the file in one and the same revision, as somebody with access to the authority could."""

    async def timestamped() -> bytes:
        writer = revision_of(pdf)
        change(writer)
        timestamper = PdfTimeStamper(client_of(authority, at=NOW), field_name=field, invis_settings=_OUTSIDE_THE_PAGE)
        timestamper._readable_field_name = "Timestamp"
        out = await timestamper.async_timestamp_pdf(writer, "sha256", output=io.BytesIO())
        return bytes(out.getvalue())

    return asyncio.run(timestamped())


def signed_over(pdf: bytes, change: Change, field: str, holder: Holder, root: Holder, patch: Any) -> bytes:
    """Make a change and sign in one and the same revision, as a dishonest signer with a program of their own could."""

    def beginning(given: bytes) -> IncrementalPdfFileWriter:
        writer = revision_of(given)
        change(writer)
        return writer

    with patch.context() as patching:
        patching.setattr(signing, "revision_of", beginning)
        return lastingly_signed(pdf, field, holder, root)


# --- what is slipped into the store, or beside it -----------------------------------------------------------------------------------


def _store(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
    store = writer.root["/DSS"]
    assert isinstance(store, generic.DictionaryObject)
    writer.mark_update(store.container_ref)
    return store


def _added(writer: IncrementalPdfFileWriter, kind: str, content: bytes, **entries: str) -> None:
    held = {pdf_name("/" + name): pdf_name("/" + value) for name, value in entries.items()}
    store = _store(writer)
    made = writer.add_object(generic.StreamObject(held, stream_data=content))
    store[pdf_name(kind)] = generic.ArrayObject([*store.get(kind, []), made])


def store_alone(writer: IncrementalPdfFileWriter) -> None:
    """Add a certificate that is in the store already, once more."""
    _added(writer, "/Certs", bytes(_store(writer)["/Certs"][0].data))


def per_signature(writer: IncrementalPdfFileWriter) -> None:
    note = writer.add_object(generic.StreamObject(stream_data=b"Pay to another account."))
    inner = generic.DictionaryObject({pdf_name("/Cert"): generic.ArrayObject([note])})
    _store(writer)[pdf_name("/VRI")] = generic.DictionaryObject({pdf_name("/" + "A" * 40): inner})


def rubbish_certificate(writer: IncrementalPdfFileWriter) -> None:
    _added(writer, "/Certs", b"not a certificate at all")


def packed_certificate(writer: IncrementalPdfFileWriter) -> None:
    store = _store(writer)
    made = generic.StreamObject(stream_data=bytes(store["/Certs"][0].data))
    made.compress()
    store[pdf_name("/Certs")] = generic.ArrayObject([*store["/Certs"], writer.add_object(made)])


def bomb_in_store(writer: IncrementalPdfFileWriter) -> None:
    store = _store(writer)
    made = generic.StreamObject(stream_data=bytes(50_000_000))
    made.compress()
    store[pdf_name("/CRLs")] = generic.ArrayObject([*store.get("/CRLs", []), writer.add_object(made)])


def named_stream_in_store(writer: IncrementalPdfFileWriter) -> None:
    _added(writer, "/Certs", bytes(_store(writer)["/Certs"][0].data), Type="EmbeddedFile")


def tail_behind_certificate(writer: IncrementalPdfFileWriter) -> None:
    _added(writer, "/Certs", bytes(_store(writer)["/Certs"][0].data) + b"and more")


def many_in_store(writer: IncrementalPdfFileWriter) -> None:
    store = _store(writer)
    store[pdf_name("/Certs")] = generic.ArrayObject([*store["/Certs"], *[store["/Certs"].raw_get(0)] * 20_000])


def list_removed(writer: IncrementalPdfFileWriter) -> None:
    del _store(writer)["/CRLs"]


def page_in_store(writer: IncrementalPdfFileWriter) -> None:
    store = _store(writer)
    store[pdf_name("/Certs")] = generic.ArrayObject([*store["/Certs"], writer.root["/Pages"].raw_get("/Kids")[0]])


def other_store(writer: IncrementalPdfFileWriter) -> None:
    writer.root[pdf_name("/DSS")] = writer.add_object(generic.DictionaryObject({pdf_name("/Certs"): generic.ArrayObject()}))
    writer.update_root()


def second_form(writer: IncrementalPdfFileWriter) -> None:
    form = writer.root["/AcroForm"]
    made = generic.DictionaryObject({key: form.raw_get(key) for key in form})
    made[pdf_name("/Fields")] = generic.ArrayObject(form["/Fields"])
    writer.root[pdf_name("/AcroForm")] = writer.add_object(made)
    writer.update_root()


def usage_rights(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/Perms"][pdf_name("/UR3")] = writer.root["/Perms"].raw_get("/DocMDP")
    writer.update_root()


def visible_field(writer: IncrementalPdfFileWriter) -> None:
    append_signature_field(writer, SigFieldSpec("Timestamp1", box=(20, 20, 560, 800), on_page=0))


def field_that_overlays(writer: IncrementalPdfFileWriter) -> None:
    append_signature_field(writer, SigFieldSpec("Timestamp1", box=(0, 0, 0, 0), on_page=0))
    field = writer.root["/AcroForm"]["/Fields"][-1]
    box = generic.ArrayObject(map(generic.NumberObject, (0, 0, 600, 800)))
    held = {pdf_name("/Type"): pdf_name("/XObject"), pdf_name("/Subtype"): pdf_name("/Form"), pdf_name("/BBox"): box}
    look = writer.add_object(generic.StreamObject(held, stream_data=b"1 1 1 rg 0 0 600 800 re f"))
    field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): look})


def field_with_words(writer: IncrementalPdfFileWriter) -> None:
    append_signature_field(writer, SigFieldSpec("Timestamp1", box=(0, 0, 0, 0), on_page=0))
    field = writer.root["/AcroForm"]["/Fields"][-1]
    field[pdf_name("/Contents")] = generic.pdf_string("Approved")


def two_fields(writer: IncrementalPdfFileWriter) -> None:
    append_signature_field(writer, SigFieldSpec("Timestamp2", box=(0, 0, 0, 0), on_page=0))


IN_STORE: tuple[Change, ...] = (
    per_signature,
    rubbish_certificate,
    packed_certificate,
    bomb_in_store,
    named_stream_in_store,
    tail_behind_certificate,
    many_in_store,
    list_removed,
    page_in_store,
    other_store,
)
BESIDE: tuple[Change, ...] = (second_form, usage_rights, visible_field, field_that_overlays, field_with_words, two_fields)


# --- what is done to the container of the last signature ------------------------------------------------------------------------------


def recontained(pdf: bytes, change: Callable[[cms.ContentInfo], None]) -> bytes:
    """Change what the last signature leaves out of what it covers, padded to the same length."""
    start = pdf.rindex(b"/Contents <") + len(b"/Contents <")
    end = pdf.index(b">", start)
    content = cms.ContentInfo.load(bytes.fromhex(pdf[start:end].decode()))
    change(content)
    written = content.dump(force=True).hex().encode()
    if len(written) > end - start:
        raise ValueError("the gap is too small")
    return pdf[:start] + written.ljust(end - start, b"0") + pdf[end:]


def signer_of(content: cms.ContentInfo) -> cms.SignerInfo:
    return content["content"]["signer_infos"][0]


def token_of(clock: LocalAuthority, digest: bytes, *, at: datetime = NOW) -> cms.ContentInfo:
    """Let an authority make a timestamp at a time, whatever becomes of it."""
    before, clock.moment = clock.moment, at
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest}
    request = tsp.TimeStampReq({"version": 1, "message_imprint": imprint, "nonce": 4711, "cert_req": True})
    try:
        return tsp.TimeStampResp.load(clock.answer(request.dump()).content)["time_stamp_token"]
    finally:
        clock.moment = before


def attached(*tokens: cms.ContentInfo) -> Callable[[cms.ContentInfo], None]:
    """Put these timestamps on a signature, each as an attribute of its own."""

    def change(content: cms.ContentInfo) -> None:
        held = [cms.CMSAttribute({"type": "signature_time_stamp_token", "values": [one]}) for one in tokens]
        signer_of(content)["unsigned_attrs"] = cms.CMSAttributes(held)

    return change


def stamped(pdf: bytes, clock: LocalAuthority, *, at: datetime = NOW, digest: bytes | None = None) -> bytes:
    """Replace the timestamp on the last signature by another authority's, or of something else."""

    def change(content: cms.ContentInfo) -> None:
        own = hashlib.sha256(bytes(signer_of(content)["signature"].native)).digest()
        attached(token_of(clock, digest or own, at=at))(content)

    return recontained(pdf, change)


def with_more_certificates(holder: Holder) -> Callable[[cms.ContentInfo], None]:
    """Hide a certificate in the timestamp's own container."""

    def change(content: cms.ContentInfo) -> None:
        token = signer_of(content)["unsigned_attrs"][0]["values"][0]
        extra = cms.CertificateChoices.load(holder.certificate.public_bytes(Encoding.DER))
        token["content"]["certificates"] = [*token["content"]["certificates"], extra]

    return change


def with_later_time(content: cms.ContentInfo) -> None:
    """Change the time that the timestamp states, to an earlier one."""
    token = signer_of(content)["unsigned_attrs"][0]["values"][0]
    inside = token["content"]["encap_content_info"]["content"]
    stated = tsp.TSTInfo.load(bytes(inside))
    stated["gen_time"] = core.GeneralizedTime(stated["gen_time"].native - timedelta(days=400))
    token["content"]["encap_content_info"]["content"] = core.ParsableOctetString(stated.dump(force=True))


def with_another_attribute(content: cms.ContentInfo) -> None:
    """Put something unsigned beside the timestamp."""
    more = cms.CMSAttribute({"type": "1.2.3.4", "values": [core.UTF8String("Pay to another account.")]})
    signer_of(content)["unsigned_attrs"] = cms.CMSAttributes([*signer_of(content)["unsigned_attrs"], more])


def twice(content: cms.ContentInfo) -> None:
    """Put a second timestamp beside the first, with room made for it by leaving out certificates that need not be there."""
    data = content["content"]
    data["certificates"] = [one for one in data["certificates"] if not one.chosen.ca]
    own = signer_of(content)["unsigned_attrs"][0]
    token = own["values"][0]
    token["content"]["certificates"] = [one for one in token["content"]["certificates"] if not one.chosen.ca]
    second = cms.ContentInfo.load(token.dump(force=True))
    second["content"]["certificates"] = cms.CertificateSet([])
    more = cms.CMSAttribute({"type": "signature_time_stamp_token", "values": [second]})
    signer_of(content)["unsigned_attrs"] = cms.CMSAttributes([own, more])


# --- revocation -------------------------------------------------------------------------------------------------------------------------


def revoked(
    root: Holder,
    holder: Holder,
    *,
    since: datetime,
    reason: x509.ReasonFlags | None = None,
    at: datetime | None = None,
    key: Holder | None = None,
) -> bytes:
    """Give a revocation list that names somebody, signed by the root or by another key in the root's name."""
    issued = at or since
    builder = x509.CertificateRevocationListBuilder(root.certificate.subject, issued, issued + timedelta(days=400))
    entry = x509.RevokedCertificateBuilder().serial_number(holder.certificate.serial_number).revocation_date(since)
    if reason is not None:
        entry = entry.add_extension(x509.CRLReason(reason), critical=False)
    builder = builder.add_revoked_certificate(entry.build()).add_extension(x509.CRLNumber(7), critical=False)
    return builder.sign((key or root).key, hashes.SHA384()).public_bytes(Encoding.DER)


def empty_list(root: Holder, *, at: datetime, key: Holder | None = None, days: int = 400) -> bytes:
    """Give a revocation list that names nobody."""
    if key is None:
        return revocation_list(root, at=at, days=days)
    builder = x509.CertificateRevocationListBuilder(root.certificate.subject, at, at + timedelta(days=days))
    return builder.sign(key.key, hashes.SHA384()).public_bytes(Encoding.DER)


def revisions_of(pdf: bytes) -> int:
    """Count the revisions of a file."""
    return int(RevisionReader(pdf).total_revisions)
