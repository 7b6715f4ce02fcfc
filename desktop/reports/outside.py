"""A report that somebody signed last with another program: the policy *outside signer, last revision only*.

Everything up to the last signature that Gedigen made is read as strictly as ever. The revision after it may be written in another
program's way, but must end the file, be covered whole by its own signature, and fill one of the report's empty fields. The signer's
certificate must lead to the same root.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection
from dataclasses import replace

import msgspec
import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from desktop.reports.anchor import Anchor
from desktop.reports.increments import field_references, is_same_but, raw
from desktop.reports.proven_time import believe
from desktop.reports.security_store import read_store
from desktop.reports.signature_reading import Surroundings, end_of, signature_facts
from desktop.reports.signed_file import Encrypted, SignedFile, read_signed_file
from desktop.reports.timestamp_token import signature_token
from desktop.reports.verdict import SignatureFacts

#: What other programs write into a field beside value and look: when it was changed, and which look it has.
_FIELD_ENTRIES = frozenset({"/V", "/AP", "/M", "/AS"})
_FORM_ENTRIES = frozenset({"/SigFlags", "/DR", "/DA"})
_RANGE = re.compile(rb"/ByteRange\s*\[\s*\d{1,10}\s+\d{1,10}\s+(\d{1,10})\s+(\d{1,10})\s*\]")


def read_report(pdf: bytes, *, anchor: Anchor) -> SignedFile:
    """Read a report strictly, or else as one that was signed last with another program.

    Raises Encrypted, and whatever else strict reading raises, for a file that is neither.
    """
    try:
        content = read_signed_file(pdf, anchor=anchor)
    except Encrypted:
        raise
    except Exception:  # whatever strictness objects to, the other program may have written
        found = _signed_outside(pdf, anchor)
        if found is None:
            raise
        return found
    if content.unlawful_revisions and content.signatures:
        return _signed_outside(pdf, anchor) or content
    return content


def _signed_outside(pdf: bytes, anchor: Anchor) -> SignedFile | None:
    before = _before_last(pdf)
    if before is None:
        return None
    try:
        content = read_signed_file(before, anchor=anchor)  # first, so that only what continues a report of ours is read with leniency
        if content.unlawful_revisions or not content.signatures:
            return None
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        last = max(reader.embedded_signatures, key=end_of)
        if not _is_whole(last, pdf) or not _fills_a_field(reader, content, last, before):
            return None
        facts = _facts(last, pdf, reader, anchor)
    except (PdfError, pikepdf.PdfError, SignatureValidationError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return None
    followed = [msgspec.structs.replace(one, followed_by=(*one.followed_by, facts.field)) for one in content.signatures]
    return replace(content, signatures=(*followed, msgspec.structs.replace(facts, is_outside=True)))


def _facts(last: EmbeddedPdfSignature, pdf: bytes, reader: PdfFileReader, anchor: Anchor) -> SignatureFacts:
    store = read_store(reader)
    token = signature_token(last, covers_to=end_of(last))
    tokens = () if token is None else (token,)
    believed = believe(tokens, anchor, certificates=store.certificates, lists=store.lists)
    return signature_facts(last, anchor, Surroundings(pdf, store, believed))


def _before_last(pdf: bytes) -> bytes | None:
    """Give the file as it was before the signature that ends it; None when no signature says that it does, or there is none before."""
    ends = sorted(int(start) + int(length) for start, length in _RANGE.findall(pdf))
    return pdf[: ends[-2]] if len(ends) > 1 and ends[-1] == len(pdf) else None


def _is_whole(last: EmbeddedPdfSignature, pdf: bytes) -> bool:
    """Tell whether a signature covers everything to the end of the file but its own container."""
    start, first, second, length = (int(number) for number in last.byte_range)
    gap = pdf[first:second]
    return start == 0 and second + length == len(pdf) and gap[:1] == b"<" and gap[-1:] == b">" and gap[1:-1].isalnum()


def _fills_a_field(reader: PdfFileReader, content: SignedFile, last: EmbeddedPdfSignature, before: bytes) -> bool:
    """Tell whether the last revision fills one empty field of the report, and touches nothing else that was there."""
    revision = reader.total_revisions - 1
    if revision != len(content.signatures) + len(content.timestamps) + 1 or last.signed_revision != revision:
        return False
    name = str(last.field_name)
    if content.fields.get(name) is not True or name in {one.field for one in content.signatures}:
        return False
    old, new = reader.get_historical_resolver(revision - 1), reader.get_historical_resolver(revision)
    if any(raw(old.trailer_view, key) != raw(new.trailer_view, key) for key in ("/Root", "/Info", "/Encrypt")):
        return False
    room = reader.xrefs.get_xref_container_info(revision - 1).size
    fields, form = field_references(old), raw(old.root, "/AcroForm")
    filled: list[generic.Reference] = []
    rest: list[generic.Reference] = []
    for written in new.explicit_refs_in_revision():  # type: ignore[no-untyped-call]
        number = (written.idnum, written.generation)
        if number in fields:
            if "/V" in old(written) or old(written)["/T"] != name or not is_same_but(old(written), new(written), _FIELD_ENTRIES):
                return False
            filled.append(written)
        elif number == form:
            if not is_same_but(old(written), new(written), _FORM_ENTRIES):
                return False
        elif written.idnum < room:
            rest.append(written)
    if len(filled) != 1:
        return False
    # Some programs take the number of the field's empty look again, as the next generation, or numbers that were left out.
    look = raw(old(filled[0]), "/AP")
    empty = look.get("/N") if isinstance(look, dict) else None
    again = [one for one in rest if not (one.generation == 1 and (one.idnum, 0) == empty)]
    return all(
        one.generation == 0 and reader.xrefs.get_historical_ref(one, revision - 1) is None for one in again
    ) and not _are_referred_to(before, {one.idnum for one in again})


def _are_referred_to(pdf: bytes, numbers: Collection[int]) -> bool:
    """Tell whether anything in a file refers to objects that it does not have: content could be slipped in under such a number."""
    if not numbers:
        return False
    wanted = re.compile(rb"\b(%s) 0 R\b" % b"|".join(b"%d" % number for number in numbers))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return any(
            wanted.search(thing.stream_dict.unparse() if isinstance(thing, pikepdf.Stream) else thing.unparse(resolved=True))
            for thing in opened.objects
            if isinstance(thing, (pikepdf.Stream, pikepdf.Dictionary, pikepdf.Array))
        )
