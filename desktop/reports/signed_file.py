"""Read what a signed PDF says, without judging it: fields, signatures, timestamps, attachments, active content."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from desktop.reports.active import active_content
from desktop.reports.anchor import Anchor
from desktop.reports.increments import DOCUMENT_TIMESTAMP, Step, raw_value, step_of
from desktop.reports.metadata import KIND_MARK, NAMESPACE, RECORD_MARK
from desktop.reports.proven_time import believe
from desktop.reports.revision_reader import RevisionReader
from desktop.reports.security_store import Store, read_store
from desktop.reports.signature_reading import Surroundings, covers_revision, end_of, entry, signature_facts, timestamp_facts
from desktop.reports.timestamp_token import Token, document_token, signature_token
from desktop.reports.verdict import LAST_FIELD, SignatureFacts, TimestampFacts

#: More revisions than signatures and decades of timestamps make.
_MOST_REVISIONS = 60


@dataclass(frozen=True)
class SignedFile:
    """What a file holds; ``fields`` maps each form field's name to whether it is a signature field without parts."""

    fields: dict[str, bool]
    signatures: tuple[SignatureFacts, ...]
    #: over the whole file, in the order in which they were made
    timestamps: tuple[TimestampFacts, ...]
    attachments: dict[str, bytes]
    active_content: tuple[str, ...]
    conformance: str
    #: what kind of document it says it is, empty for none: files of the first version say nothing
    kind: str
    #: SHA-256 of each sealed record that it says it is made from
    records: tuple[str, ...]
    #: whether the metadata say kind or record twice, or in another way than Gedigen writes them
    is_ambiguous: bool
    #: signatures of a sort that has no place in a report
    other_signatures: int
    #: whether the store of certificates and lists holds these and nothing else
    is_store_sound: bool
    #: fields that lack the lock which closes the file once the last of all has signed
    unlocked: tuple[str, ...]
    #: revisions, the first being 0, that do anything else than sign one field or timestamp the whole
    unlawful_revisions: tuple[int, ...]

    @property
    def record_sha256(self) -> str:
        """The one sealed record that it says it is made from; empty where it names none or several."""
        return self.records[0] if len(self.records) == 1 else ""

    @property
    def covered_to(self) -> int:
        """The offset of the first byte that no signature and no timestamp covers."""
        ends = [one.covers_to for one in self.signatures] + [one.covers_to for one in self.timestamps]
        return max(ends, default=0)


class Encrypted(Exception):
    """The file is protected with a password."""


def read_signed_file(pdf: bytes, *, anchor: Anchor) -> SignedFile:
    """Read a PDF strictly; whatever exception comes out means that it cannot be read.

    Signatures are in the order of what they cover. Each certificate is judged at the time its signature claims.
    """
    reader = RevisionReader(pdf)
    if reader.encrypted:
        raise Encrypted
    if reader.total_revisions > _MOST_REVISIONS:
        raise ValueError("more revisions than any report has")
    steps: dict[int, Step | None] = {number: step_of(reader, number) for number in range(1, reader.total_revisions)}
    unlawful = tuple(number for number, step in steps.items() if step is None)
    embedded = sorted(reader.embedded_signatures, key=end_of)
    regular = [one for one in embedded if entry(one.sig_object, "/Type") in (None, "/Sig")]
    over = [one for one in embedded if one.sig_object.get("/Type") == DOCUMENT_TIMESTAMP and steps.get(one.signed_revision) == "timestamp"]
    store = read_store(reader)
    held = store if store.is_sound else Store()
    tokens = tuple(_tokens(regular, over, pdf))
    believed = believe(tokens, anchor, certificates=held.certificates, lists=held.lists)
    filled = tuple((one.signed_revision, str(one.field_name)) for one in (*regular, *over))
    around = Surroundings(pdf, held, believed, unlawful, tuple(sorted(filled)))
    packet = _packet(reader)
    kind, record = _marked(KIND_MARK, packet), _marked(RECORD_MARK, packet)
    return SignedFile(
        fields=dict(_fields(reader)),
        signatures=tuple(signature_facts(one, anchor, around) for one in regular),
        timestamps=tuple(timestamp_facts(one) for one in believed if one.token.is_document),
        unlocked=tuple(_unlocked(reader)),
        unlawful_revisions=unlawful,
        attachments=dict(_attachments(reader)),
        active_content=active_content(pdf),
        conformance=_conformance(packet),
        kind=kind,
        records=tuple(record.split()),
        is_ambiguous=_is_ambiguous(packet, kind, record),
        other_signatures=len(embedded) - len(regular) - len(over),
        is_store_sound=store.is_sound,
    )


def _tokens(regular: Sequence[EmbeddedPdfSignature], over: Sequence[EmbeddedPdfSignature], pdf: bytes) -> Iterator[Token]:
    """Give all timestamps in the order of what they cover."""
    for one in sorted((*regular, *over), key=end_of):
        if one in regular:
            token = signature_token(one, covers_to=end_of(one))
            if token is not None:
                yield token
        else:
            yield document_token(one, pdf, covers_to=end_of(one), covers_revision=covers_revision(one))


def _fields(reader: PdfFileReader) -> Iterator[tuple[str, bool]]:
    form = entry(reader.root, "/AcroForm")
    if form is None:
        return
    if "/XFA" in form:
        yield "XFA", False
    for one in entry(form, "/Fields") or ():
        field = one.get_object()
        yield str(entry(field, "/T")), entry(field, "/FT") == "/Sig" and "/Kids" not in field


def _unlocked(reader: PdfFileReader) -> Iterator[str]:
    form = entry(reader.root, "/AcroForm")
    for one in entry(form, "/Fields") or ():
        field = one.get_object()
        lock = entry(field, "/Lock")
        if str(entry(field, "/T")) == LAST_FIELD and (entry(lock, "/Action"), entry(lock, "/P")) != ("/All", 1):
            yield LAST_FIELD


def _attachments(reader: PdfFileReader) -> Iterator[tuple[str, bytes]]:
    tree = entry(entry(reader.root, "/Names"), "/EmbeddedFiles")
    if tree is None:
        return
    if "/Kids" in tree:
        raise ValueError("attachments in a tree of several levels")
    names = tree["/Names"]
    seen: set[str] = set()
    for number in range(0, len(names), 2):
        specification, name = names[number + 1], str(names[number])
        files = specification["/EF"]
        said = {name, *(str(specification[key]) for key in ("/F", "/UF") if key in specification)}
        held = {repr(raw_value(files.raw_get(key))) for key in files}
        if name in seen or len(said) != 1 or len(held) != 1:
            yield f"{name} ({', '.join(sorted(said))})", b""  # another program could take another file for it
            continue
        seen.add(name)
        yield name, bytes(files["/F"].data)


def _packet(reader: PdfFileReader) -> bytes:
    metadata = entry(reader.root, "/Metadata")
    return b"" if metadata is None else bytes(metadata.data)


def _marked(mark: re.Pattern[bytes], packet: bytes) -> str:
    """Give what the packet says once; what it says twice it does not say."""
    found = mark.findall(packet)
    return bytes(found[0]).decode("ascii") if len(found) == 1 else ""


def _is_ambiguous(packet: bytes, kind: str, record: str) -> bool:
    """Tell whether another program could read another kind, record or conformance from the packet than is read here.

    So nothing may stand in it but elements and the two marks around it, and its own names must not be bound anew.
    """
    if packet.count(b"<?") > 2 or b"<!" in packet or packet.count(b"pdfaid:part>") > 2 or packet.count(b"pdfaid:conformance>") > 2:
        return True
    if (packet.count(NAMESPACE), packet.count(b'xmlns:gedigen="%s"' % NAMESPACE)) != ((2, 1) if kind or record else (0, 0)):
        return True
    names = packet.count(b"gedigen:kind"), packet.count(b"gedigen:record")
    if record:
        return names != (2, 2)
    empty = 2 * packet.count(b"<gedigen:record></gedigen:record>") + packet.count(b"<gedigen:record/>")
    return names != ((2, empty) if kind else (0, 0)) or empty > 2


def _conformance(packet: bytes) -> str:
    """Say which standards the file claims to keep; a claim, not a check."""
    claims = []
    for part in (2, 3):
        if b"<pdfaid:part>%d</pdfaid:part>" % part in packet and b"<pdfaid:conformance>A</pdfaid:conformance>" in packet:
            claims.append(f"PDF/A-{part}a")
    if b"<pdfuaid:part>1</pdfuaid:part>" in packet:
        claims.append("PDF/UA-1")
    return ", ".join(claims)
