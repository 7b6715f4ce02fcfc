"""Keys that can sign a report: the person's own from the vault, one from a file (PKCS #12), or one on a card (``signing_card``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from desktop.reports.revocation_data import for_pyhanko
from forms.errors import GedigenError
from forms.text import N_
from models.certificate import LEAST_RSA_BITS, PrivateKey, PublicKey, sign, signs_reports

#: What the library says of a key that it could decrypt and not use; everything else may be a wrong passphrase.
_INVALID_KEY = "Invalid key"


class KeyRefused(GedigenError):
    """A key or certificate that cannot sign reports; says why and what would do."""


class WrongPassphrase(KeyRefused):
    """The passphrase or PIN given does not open the key."""


class SigningKey(Protocol):
    """A key whose secret part may be out of reach."""

    def public_key(self) -> PublicKey:
        """Give the part that anybody may know."""

    def sign(self, content: bytes) -> bytes:
        """Sign the SHA-256 of the content: ECDSA as DER, or RSA with PKCS #1 v1.5."""


@dataclass(frozen=True)
class HeldKey:
    """A key in memory: the vault's own, or one read from a file."""

    secret: PrivateKey

    def public_key(self) -> PublicKey:
        """Give the part that anybody may know."""
        return self.secret.public_key()

    def sign(self, content: bytes) -> bytes:
        """Sign the SHA-256 of the content."""
        return sign(self.secret, content)

    def __repr__(self) -> str:
        return "HeldKey(…)"


@dataclass(frozen=True)
class Identity:
    """A key with the certificate that says whose it is, and the certificates above that, if any came along."""

    key: SigningKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()


def read_pkcs12(raw: bytes, passphrase: str) -> Identity:
    """Read a key file (``.p12``, ``.pfx``).

    Raises WrongPassphrase, and KeyRefused when it is no such file, holds no key with its certificate, or a key that is too
    weak or of another kind than P-256 and RSA of 3072 bits or more.
    """
    try:
        key, certificate, chain = pkcs12.load_key_and_certificates(raw, passphrase.encode())
    except UnsupportedAlgorithm as error:
        raise unsuitable(str(error)) from error
    except ValueError as error:
        if _is_pkcs12(raw) and str(error) == _INVALID_KEY:
            raise KeyRefused(N_("The key in the file is damaged: its two halves do not belong together. Export it once more.")) from error
        if _is_pkcs12(raw):
            raise WrongPassphrase(N_("The passphrase does not open the key file. Nothing was signed.")) from error
        raise KeyRefused(N_("The file is not a key file (PKCS #12, usually .p12 or .pfx), or it is damaged.")) from error
    if key is None or certificate is None:
        raise KeyRefused(N_("The key file holds no private key with a certificate of its own. Export both together."))
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise unsuitable(_kind(key))
    check_strength(key.public_key())
    return Identity(HeldKey(key), certificate, tuple(chain))


def check_strength(key: object) -> PublicKey:
    """Give the public key back when it may sign reports, else raise KeyRefused."""
    if signs_reports(key):
        return key
    raise unsuitable(_kind(key))


def unsuitable(kind: str) -> KeyRefused:
    """Word the refusal of a kind of key."""
    return KeyRefused(
        N_("A key of the kind {kind} cannot sign reports; it takes P-256, or RSA of at least {bits} bits."), kind=kind, bits=LEAST_RSA_BITS
    )


class KeySigner(Signer):
    """Lets pyHanko sign with any SigningKey; the key is used once for each signature, however often pyHanko measures."""

    def __init__(self, key: SigningKey, certificate: x509.Certificate, above: tuple[x509.Certificate, ...]) -> None:
        known = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        known.register_multiple([for_pyhanko(one) for one in above])
        super().__init__(signing_cert=for_pyhanko(certificate), cert_registry=known, embed_roots=True)
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """Sign, or give as many bytes as a signature may have."""
        if digest_algorithm != "sha256":
            raise ValueError(digest_algorithm)
        return bytes(_longest(self._key.public_key())) if dry_run else self._key.sign(data)


def _kind(key: object) -> str:
    if isinstance(key, ec.EllipticCurvePublicKey):
        return f"EC {key.curve.name}"
    if isinstance(key, rsa.RSAPublicKey):
        return f"RSA {key.key_size}"
    return type(key).__name__.removesuffix("PrivateKey").removesuffix("PublicKey")


def _longest(key: PublicKey) -> int:
    size = (key.key_size + 7) // 8
    return size if isinstance(key, rsa.RSAPublicKey) else 2 * size + 9


def _is_pkcs12(raw: bytes) -> bool:
    """Tell a locked key file from something else: both are one ValueError to the library."""
    from asn1crypto.pkcs12 import Pfx

    try:
        return bool(Pfx.load(raw, strict=True)["auth_safe"]["content_type"].native == "data")
    except (ValueError, TypeError, KeyError):
        return False
