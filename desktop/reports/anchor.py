"""What a verification starts from: root certificates that are known from elsewhere, revocation lists, and the time it is now."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import pem
from asn1crypto import x509 as asn1_x509

from forms.errors import GedigenError
from forms.text import N_

_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)


class NotACertificate(GedigenError):
    """What was given as root certificate or revocation list is none."""


@dataclass(frozen=True)
class Anchor:
    """``now`` has a zone. ``clocks`` are the roots of timestamp authorities, never the organisation's own: it may not vouch for time.

    ``lists`` are revocation lists (DER) from elsewhere than the file; whose they are is found out where they are used.
    """

    root: asn1_x509.Certificate | None
    now: datetime
    clocks: tuple[asn1_x509.Certificate, ...] = ()
    lists: tuple[bytes, ...] = ()


def read_anchor(*, root_pem: bytes | None, clocks_pem: Iterable[bytes] = (), lists: Iterable[bytes] = (), now: datetime) -> Anchor:
    """Read what was given. Raises NotACertificate for anything that is not what it was given as."""
    root = read_root(root_pem)
    clocks = {one.sha256: one for given in clocks_pem for one in read_clocks(given)}
    own = None if root is None else root.public_key.sha256
    kept = tuple(one for one in clocks.values() if one.public_key.sha256 != own)
    return Anchor(root, now, kept, tuple(dict.fromkeys(read_list(one) for one in lists)))


def read_root(root_pem: bytes | None) -> asn1_x509.Certificate | None:
    """Read a root certificate in PEM form; None for none. Raises NotACertificate for anything else."""
    if root_pem is None:
        return None
    try:
        return _certificate(root_pem)
    except (ValueError, TypeError) as error:
        raise NotACertificate(N_("The file given as root certificate is not a certificate in PEM form. Nothing was verified.")) from error


def read_clocks(given: bytes) -> tuple[asn1_x509.Certificate, ...]:
    """Read one or several root certificates of timestamp authorities in PEM form. Raises NotACertificate for anything else."""
    try:
        found = tuple(_certificate(one) for one in _PEM.findall(given))
    except (ValueError, TypeError) as error:
        raise _no_clock() from error
    if not found:
        raise _no_clock()
    return found


def read_list(given: bytes) -> bytes:
    """Give a revocation list as DER, from DER or PEM. Raises NotACertificate for anything else."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    try:
        if given.lstrip().startswith(b"-----BEGIN"):
            return x509.load_pem_x509_crl(given).public_bytes(Encoding.DER)
        x509.load_der_x509_crl(given)
    except ValueError as error:
        raise NotACertificate(N_("The file given as revocation list is none (.crl, in DER or PEM form). Nothing was verified.")) from error
    return given


def _certificate(given: bytes) -> asn1_x509.Certificate:
    _, _, der = pem.unarmor(given)
    certificate = asn1_x509.Certificate.load(der, strict=True)
    certificate.native  # noqa: B018 - decodes all of it now rather than in the middle of a verification
    return certificate


def _no_clock() -> NotACertificate:
    return NotACertificate(
        N_("The file given as root certificate of the timestamp authority is not a certificate in PEM form. Nothing was verified.")
    )
