"""Try a timestamp authority before an organisation settles on it: one real timestamp, checked as every later one will be."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from asn1crypto import cms
from cryptography import x509
from pyhanko.sign.general import extract_certificate_info

from desktop.reports.revocation_data import from_pyhanko
from desktop.reports.timestamping import DIGEST, TimestampAuthority, Vouching, client_of
from forms.errors import GedigenError
from forms.text import N_
from models.certificate import may_issue, pem

_MOST_ROOTS = 10


class RootsRefused(GedigenError):
    """A file that holds no certificate of an authority; nothing was changed."""


@dataclass(frozen=True)
class Trial:
    """What a trial showed: the name in the certificate that answered, when that certificate ends (naive UTC), and those above it (PEM)."""

    answered_as: str
    ends: datetime
    issuers_pem: tuple[str, ...] = ()


def try_authority(authority: TimestampAuthority, *, at: datetime) -> Trial:
    """Get one timestamp for 32 bytes of chance. ``at`` is the time now (naive UTC). Raises ``TimestampRefused``."""
    client = client_of(authority, at=at)

    async def tried() -> tuple[cms.ContentInfo, Vouching]:
        token = await client.async_timestamp(secrets.token_bytes(32), DIGEST)
        return token, await client.vouching()  # of that very token: nothing more is asked for

    token, vouching = asyncio.run(tried())
    answered = extract_certificate_info(token["content"]).signer_cert
    above = tuple(pem(from_pyhanko(one)) for one in vouching.certificates[1:])
    return Trial(str(answered.subject.human_friendly), answered.not_valid_after.astimezone(UTC).replace(tzinfo=None), above)


def read_roots(raw: bytes) -> tuple[str, ...]:
    """Read the certificates of authorities in a file (PEM, one or several, or DER) and give each as PEM text.

    Certificates that may not issue others are left out. Raises ``RootsRefused`` when none is left, or far too many.
    """
    try:
        found = x509.load_pem_x509_certificates(raw) if b"-----BEGIN" in raw else [x509.load_der_x509_certificate(raw)]
        roots = [one for one in found if may_issue(one)]
    except ValueError as error:
        raise RootsRefused(
            N_("The file holds no certificate that can be read. Nothing was changed; ask the authority for its root.")
        ) from error
    if not 0 < len(roots) <= _MOST_ROOTS:
        raise RootsRefused(
            N_("The file does not hold the root certificate of one authority. Nothing was changed; ask the authority for its root.")
        )
    return tuple(map(pem, roots))
