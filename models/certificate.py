"""The organisation's root certificate, the personal certificates under it, and the list of those that are revoked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeGuard
from uuid import UUID

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import NameOID

#: A key that a certificate can be for, and the same with its secret part.
PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey
PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

#: An RSA key that signs reports has at least so many bits.
LEAST_RSA_BITS = 3072
#: For so long a revocation list counts as fresh: a year's round of meetings and a month to spare.
LIST_DAYS = 396
#: For so long a person's certificate holds.
PERSON_DAYS = 3 * 365 + 1
_LONGEST_NAME = 64
_ROOT_DAYS = 20 * 365 + 5
# A clock a little behind must not make a certificate that is not valid yet.
_BACKDATE = timedelta(minutes=10)
_ONLY_SIGNING = {
    "key_encipherment": False,
    "data_encipherment": False,
    "key_agreement": False,
    "encipher_only": False,
    "decipher_only": False,
}


def new_root_key() -> ec.EllipticCurvePrivateKey:
    """Make the organisation's root key (P-384)."""
    return ec.generate_private_key(ec.SECP384R1())


def new_person_key() -> ec.EllipticCurvePrivateKey:
    """Make a person's key (P-256)."""
    return ec.generate_private_key(ec.SECP256R1())


def make_root(*, organisation: str, key: ec.EllipticCurvePrivateKey, at: datetime) -> x509.Certificate:
    """Make the self-signed root: it may sign personal certificates of its own organisation and nothing else, for 20 years.

    The name constraint keeps a root that somebody has made trusted on a computer from ever vouching for a web or mail server.
    """
    name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, _fitting(organisation))])
    subject = x509.Name([*name, x509.NameAttribute(NameOID.COMMON_NAME, _fitting(organisation, end=" Gedigen root"))])
    constraints = x509.NameConstraints(permitted_subtrees=[x509.DirectoryName(name)], excluded_subtrees=[x509.DNSName("")])
    usage = x509.KeyUsage(digital_signature=False, content_commitment=False, key_cert_sign=True, crl_sign=True, **_ONLY_SIGNING)
    return (
        _builder(subject=subject, issuer=subject, key=key.public_key(), at=at, ends=at + timedelta(days=_ROOT_DAYS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(constraints, critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA384())
    )


def make_personal(
    *, name: str, person: UUID, key: PublicKey, root: x509.Certificate, root_key: ec.EllipticCurvePrivateKey, at: datetime
) -> x509.Certificate:
    """Make a person's certificate: signatures that the person stands for, within the organisation, for three years.

    It ends with the root if that is sooner, for after that no program would find that it leads anywhere.
    """
    organisation = root.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)[0]
    subject = x509.Name(
        [
            organisation,
            x509.NameAttribute(NameOID.COMMON_NAME, _fitting(name)),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, str(person)),  # two people may have one name
        ]
    )
    usage = x509.KeyUsage(digital_signature=True, content_commitment=True, key_cert_sign=False, crl_sign=False, **_ONLY_SIGNING)
    root_identifier = root.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return (
        _builder(subject=subject, issuer=root.subject, key=key, at=at, ends=min(at + timedelta(days=PERSON_DAYS), ends_at(root)))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(root_identifier), critical=False)
        .sign(root_key, hashes.SHA384())
    )


@dataclass(frozen=True)
class Revoked:
    """A certificate on a revocation list: its serial number, from when it no longer counts (naive UTC), and RFC 5280's reason.

    A reason of ``None`` is left out of the list, as RFC 5280 (5.3.1) wants for one that is not specified.
    """

    serial: int
    since: datetime
    reason: x509.ReasonFlags | None


def make_revocation_list(
    *, root: x509.Certificate, root_key: ec.EllipticCurvePrivateKey, number: int, revoked: Iterable[Revoked], at: datetime
) -> x509.CertificateRevocationList:
    """Make the list (RFC 5280) of what the root has revoked; ``number`` grows from list to list.

    A certificate stays on it after its own end too, because a report is checked for as long as it is kept. The date of an entry is the
    day from which the certificate no longer counts, not the day on which somebody entered it: programs that check signatures compare
    with that date alone, and few read the invalidity date, which says the same.
    """
    identifier = root.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root.subject)
        .last_update(at)
        .next_update(at + timedelta(days=LIST_DAYS))
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False)
    )
    for one in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(one.serial).revocation_date(one.since)
        if one.reason is not None:
            entry = entry.add_extension(x509.CRLReason(one.reason), critical=False)
        if one.reason is x509.ReasonFlags.key_compromise:
            entry = entry.add_extension(x509.InvalidityDate(one.since), critical=False)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(root_key, hashes.SHA384())


def has_signed_list(issuer: x509.Certificate, found: x509.CertificateRevocationList) -> bool:
    """Tell whether a certificate's key has signed a revocation list, and the list is in its name."""
    if found.issuer != issuer.subject:
        return False
    try:
        return found.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]  # a key of another kind raises TypeError
    except (TypeError, ValueError, UnsupportedAlgorithm):
        return False


def is_whole_list(found: x509.CertificateRevocationList) -> bool:
    """Tell whether a list is of all certificates: a critical extension would say that it is of some, or changes to another list."""
    try:
        return not any(one.critical for one in found.extensions)
    except (ValueError, x509.DuplicateExtension):
        return False


def may_issue(certificate: x509.Certificate) -> bool:
    """Tell whether a certificate says that it may issue others."""
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, ValueError):
        return False


def ends_at(certificate: x509.Certificate) -> datetime:
    """Give when a certificate ends (naive UTC)."""
    return certificate.not_valid_after_utc.replace(tzinfo=None)


def serial(certificate: x509.Certificate) -> str:
    """Write a certificate's serial number in hexadecimal, as other programs print it."""
    return f"{certificate.serial_number:x}"


def fingerprint(certificate: x509.Certificate) -> str:
    """Give the SHA-256 fingerprint as 64 lower-case hexadecimal digits."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def pem(certificate: x509.Certificate) -> str:
    """Write a certificate as PEM text."""
    return certificate.public_bytes(serialization.Encoding.PEM).decode("ascii")


def key_bytes(key: PrivateKey) -> bytes:
    """Write a private key (DER, PKCS #8) for wrapping; never store it as it is."""
    return key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def read_key(raw: bytes) -> ec.EllipticCurvePrivateKey:
    """Read a private key that ``key_bytes`` wrote."""
    key = serialization.load_der_private_key(raw, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("not an elliptic curve key")
    return key


def read_signing_key(raw: bytes) -> PrivateKey:
    """Read a private key for signing reports that ``key_bytes`` wrote: elliptic curve or RSA."""
    key = serialization.load_der_private_key(raw, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise TypeError("not a key that signs reports")
    return key


def signs_reports(key: object) -> TypeGuard[PublicKey]:
    """Tell whether a public key may sign reports: P-256, or RSA of ``LEAST_RSA_BITS`` or more."""
    if isinstance(key, ec.EllipticCurvePublicKey):
        return isinstance(key.curve, ec.SECP256R1)
    return isinstance(key, rsa.RSAPublicKey) and key.key_size >= LEAST_RSA_BITS


def sign(key: PrivateKey, content: bytes) -> bytes:
    """Sign the SHA-256 of the content: ECDSA as DER, or RSA with PKCS #1 v1.5."""
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(content, padding.PKCS1v15(), hashes.SHA256())
    return key.sign(content, ec.ECDSA(hashes.SHA256()))


def same_key(key: PrivateKey, certificate: x509.Certificate) -> bool:
    """Tell whether the private key belongs to the certificate."""
    return public_bytes(key.public_key()) == public_bytes(certificate.public_key())


def public_bytes(key: object) -> bytes:
    """Write a public key as DER, for comparing."""
    if not isinstance(key, ec.EllipticCurvePublicKey | rsa.RSAPublicKey):
        raise TypeError("not a key that signs")
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def _builder(*, subject: x509.Name, issuer: x509.Name, key: PublicKey, at: datetime, ends: datetime) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - _BACKDATE)
        .not_valid_after(ends)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _fitting(text: str, *, end: str = "") -> str:
    # X.520 allows 64 characters in a name; cryptography counts bytes of UTF-8, in which å, ö and the ellipsis take more than one.
    text = " ".join(text.split())
    if len((text + end).encode()) <= _LONGEST_NAME:
        return text + end
    end = f"…{end}" if end else ""
    kept = text.encode()[: _LONGEST_NAME - len(end.encode())].decode(errors="ignore")
    return kept.rstrip() + end
