"""The store of certificates and revocation lists that a report carries for those who judge it later (DSS)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

#: What the store holds, and how many of each, of how many bytes at most, no file of Gedigen exceeds in decades.
KEPT: dict[str, tuple[int, int]] = {"/Certs": (120, 16 * 1024), "/CRLs": (80, 2 * 1024 * 1024), "/OCSPs": (80, 64 * 1024)}
_LARGEST_IN_ALL = 16 * 1024 * 1024


@dataclass(frozen=True)
class Store:
    """What the store holds; ``is_sound`` is False when it holds anything else too, and then nothing of it is used."""

    certificates: tuple[asn1_x509.Certificate, ...] = ()
    lists: tuple[bytes, ...] = ()
    is_sound: bool = True


def read_store(reader: PdfFileReader) -> Store:
    """Read the store as it is at the end of a file."""
    if "/DSS" not in reader.root:
        return Store()
    store = reader.root["/DSS"]
    if not is_store(store):
        return Store(is_sound=False)
    held = {kind: [one.get_object() for one in store[kind]] if kind in store else [] for kind in KEPT}
    if not all(is_sound_entry(kind, one) for kind, entries in held.items() for one in entries):
        return Store(is_sound=False)
    if sum(len(one.encoded_data) for entries in held.values() for one in entries) > _LARGEST_IN_ALL:
        return Store(is_sound=False)
    certificates = tuple(asn1_x509.Certificate.load(bytes(one.encoded_data)) for one in held["/Certs"])
    return Store(certificates, tuple(bytes(one.encoded_data) for one in held["/CRLs"]))


def is_store(thing: Any) -> bool:
    """Tell whether a dictionary is a store: lists of references of bounded length, and no other entry."""
    if not isinstance(thing, generic.DictionaryObject) or isinstance(thing, generic.StreamObject) or not set(thing) <= set(KEPT):
        return False
    return all(_is_list(thing.raw_get(kind), most) for kind, (most, _) in KEPT.items() if kind in thing)


def _is_list(entries: Any, most: int) -> bool:
    if not isinstance(entries, generic.ArrayObject) or len(entries) > most:
        return False
    return all(isinstance(entries.raw_get(at), generic.IndirectObject) for at in range(len(entries)))


def is_sound_entry(kind: str, thing: Any) -> bool:
    """Tell whether an object is a certificate or list as it stands: not packed, and nothing beside or behind it."""
    if not isinstance(thing, generic.StreamObject) or set(thing) != {"/Length"}:
        return False
    content = bytes(thing.encoded_data)
    return len(content) <= KEPT[kind][1] and _parses(kind, content)


def _parses(kind: str, content: bytes) -> bool:
    try:
        if kind == "/Certs":
            x509.load_der_x509_certificate(content)
        elif kind == "/CRLs":
            x509.load_der_x509_crl(content)
        else:
            from cryptography.x509 import ocsp

            ocsp.load_der_ocsp_response(content)
    except ValueError:
        return False
    return True
