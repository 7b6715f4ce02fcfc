"""A key that somebody brings along to sign reports with: that it is at hand now, and that its certificate is for that.

A certificate is public, so showing one proves nothing. Whoever brings a key signs bytes of chance with it; the certificate must bear the
signature out. What is signed says of itself that it is a trial, so that it can never be taken for anything else.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.x509.oid import ExtendedKeyUsageOID

from forms.text import N_
from models import certificate
from models.errors import PersonRefused

_TRIAL = b"Gedigen: a trial that the key of this certificate is at hand; it signs nothing else.\n"
#: What a certificate for a server, a program or a clock says of itself; none of these is a person's.
_NO_PERSONS_USES = frozenset(
    {ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CODE_SIGNING, ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.OCSP_SIGNING}
)


@dataclass(frozen=True)
class Proof:
    """A trial signature: 32 bytes of chance, and the signature (SHA-256; ECDSA as DER, or RSA with PKCS #1 v1.5)."""

    challenge: bytes
    signature: bytes


def prove(found: x509.Certificate, sign: Callable[[bytes], bytes]) -> Proof:
    """Let a key sign for trial; ``sign`` signs the SHA-256 of what it is given. Raises what ``sign`` raises."""
    challenge = secrets.token_bytes(32)
    return Proof(challenge, sign(_content(found, challenge)))


def prove_held(found: x509.Certificate, key: certificate.PrivateKey) -> Proof:
    """Let a key that is in memory sign for trial. Raises ``PersonRefused`` for one that is damaged, so that it cannot."""
    try:
        return prove(found, lambda content: certificate.sign(key, content))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise _not_together() from error


def require_proof(found: x509.Certificate, proof: Proof) -> None:
    """Make sure that a trial signature is by the key of a certificate. Raises ``PersonRefused``."""
    key = found.public_key()
    content = _content(found, proof.challenge)
    try:
        if not certificate.signs_reports(key):
            raise PersonRefused(N_("A key of this kind cannot sign reports. Nothing was changed."))
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(proof.signature, content, ec.ECDSA(hashes.SHA256()))
        else:
            key.verify(proof.signature, content, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        raise _not_together() from None


def require_for_signing(found: x509.Certificate, *, at: datetime) -> None:
    """Make sure that a certificate holds at a time (naive UTC) and is for a person's signatures. Raises ``PersonRefused``.

    One that another than the organisation's root issued is asked too: its issuer no longer vouches for the key after its term, and never
    did for another use.
    """
    begins, ends = (one.replace(tzinfo=None) for one in (found.not_valid_before_utc, found.not_valid_after_utc))
    if ends <= at:
        raise PersonRefused(
            N_("The certificate of this key ended on {day}. Nothing was changed; use a key whose certificate holds."), day=ends.date()
        )
    if begins > at:
        raise PersonRefused(
            N_("The certificate of this key holds only from {day}. Nothing was changed; is this computer’s clock right?"), day=begins.date()
        )
    if not _is_for_signing(found):
        raise PersonRefused(
            N_("The certificate of this key is not for a person’s signatures but for another use. Nothing was changed; use another key.")
        )


def _is_for_signing(found: x509.Certificate) -> bool:
    try:
        usage = found.extensions.get_extension_for_class(x509.KeyUsage).value
        if not (usage.digital_signature or usage.content_commitment):
            return False
    except x509.ExtensionNotFound:
        pass  # a certificate that names no use is for any
    except ValueError:
        return False
    try:
        purposes = frozenset(found.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)
    except x509.ExtensionNotFound:
        return True
    return not purposes <= _NO_PERSONS_USES


def _content(found: x509.Certificate, challenge: bytes) -> bytes:
    return _TRIAL + bytes.fromhex(certificate.fingerprint(found)) + challenge


def _not_together() -> PersonRefused:
    return PersonRefused(N_("The key and the certificate do not belong together. Nothing was changed."))
