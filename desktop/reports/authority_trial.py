"""Try a timestamp authority before an organisation settles on it: one real timestamp, checked as every later one will be."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.general import extract_certificate_info

from desktop.reports.timestamping import DIGEST, TimestampAuthority, client_of
from forms.errors import GedigenError
from forms.text import N_

_MOST_ROOTS = 10


class RootsRefused(GedigenError):
    """A file that holds no certificate of an authority; nothing was changed."""


@dataclass(frozen=True)
class Trial:
    """What a trial showed: the name in the certificate that answered, and when that certificate ends (naive UTC)."""

    answered_as: str
    ends: datetime


def try_authority(authority: TimestampAuthority, *, at: datetime) -> Trial:
    """Get one timestamp for 32 bytes of chance. ``at`` is the time now (naive UTC). Raises ``TimestampRefused``."""
    token = asyncio.run(client_of(authority, at=at).async_timestamp(secrets.token_bytes(32), DIGEST))
    answered = extract_certificate_info(token["content"]).signer_cert
    return Trial(str(answered.subject.human_friendly), answered.not_valid_after.astimezone(UTC).replace(tzinfo=None))


def read_roots(raw: bytes) -> tuple[str, ...]:
    """Read the certificates of authorities in a file (PEM, one or several, or DER) and give each as PEM text.

    Certificates that may not issue others are left out. Raises ``RootsRefused`` when none is left, or far too many.
    """
    try:
        found = x509.load_pem_x509_certificates(raw) if b"-----BEGIN" in raw else [x509.load_der_x509_certificate(raw)]
        roots = [one for one in found if _may_issue(one)]
    except ValueError as error:
        raise RootsRefused(
            N_("The file holds no certificate that can be read. Nothing was changed; ask the authority for its root.")
        ) from error
    if not 0 < len(roots) <= _MOST_ROOTS:
        raise RootsRefused(
            N_("The file does not hold the root certificate of one authority. Nothing was changed; ask the authority for its root.")
        )
    return tuple(one.public_bytes(Encoding.PEM).decode("ascii") for one in roots)


def _may_issue(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False
