"""Keys on a smart card, a USB key or a hardware module, reached through its maker's PKCS #11 library.

The library is loaded only when a card is asked for: a computer without one does everything else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from desktop.reports.signing_keys import Identity, KeyRefused, WrongPassphrase, check_strength
from forms.text import N_
from models.certificate import PublicKey

#: What RSA signs in PKCS #1 v1.5: that it is a SHA-256, and the digest. Cards know this one mechanism more often than any other.
_SHA256_PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")

_in_use: set[tuple[str, str]] = set()
_taking = Lock()


class CardRefused(KeyRefused):
    """A card that cannot be reached or does not do what is asked; says what to try."""


class CardKey:
    """A private key that never leaves its card; usable while ``open_token`` is open."""

    def __init__(self, secret: Any, public: PublicKey, pin: str, label: str) -> None:
        self._secret = secret
        self._public = public
        self._pin = pin
        self._label = label

    def public_key(self) -> PublicKey:
        """Give the part that anybody may know."""
        return self._public

    def sign(self, content: bytes) -> bytes:
        """Sign the SHA-256 of the content on the card.

        Raises CardRefused when the card does not, was taken out or answers nonsense, and WrongPassphrase for a PIN that it asks again.
        """
        import pkcs11

        again = {"pin": self._pin} if _asks_each_time(self._secret) else {}
        digest = hashlib.sha256(content).digest()
        kind = pkcs11.KeyType.RSA if isinstance(self._public, rsa.RSAPublicKey) else pkcs11.KeyType.EC
        try:
            self._require(kind)
            if isinstance(self._public, rsa.RSAPublicKey):
                made = bytes(self._secret.sign(_SHA256_PREFIX + digest, mechanism=pkcs11.Mechanism.RSA_PKCS, **again))
                self._public.verify(made, content, padding.PKCS1v15(), hashes.SHA256())
                return made
            pair = bytes(self._secret.sign(digest, mechanism=pkcs11.Mechanism.ECDSA, **again))
            half = len(pair) // 2
            made = encode_dss_signature(int.from_bytes(pair[:half], "big"), int.from_bytes(pair[half:], "big"))
            self._public.verify(made, content, ec.ECDSA(hashes.SHA256()))
        except (InvalidSignature, pkcs11.KeyTypeInconsistent) as error:
            raise CardRefused(N_("The key on the card does not belong to the certificate on it. Nothing was signed.")) from error
        except pkcs11.MechanismInvalid as error:
            raise CardRefused(
                N_("The card {label} cannot make the kind of signature that reports have. Nothing was signed; use another key."),
                label=self._label,
            ) from error
        except pkcs11.PKCS11Error as error:
            raise _refusal(error, self._label) or CardRefused(
                N_("The card did not sign ({detail}). Nothing was signed; is it still in?"), detail=_said(error)
            ) from error
        return made

    def _require(self, kind: Any) -> None:
        """Make sure that key and certificate are of one kind: a library may answer otherwise with no more than a general error."""
        import pkcs11

        if self._secret[pkcs11.Attribute.KEY_TYPE] != kind:
            raise InvalidSignature


@dataclass(frozen=True)
class Card:
    """An open card: its label, and the keys on it that can sign reports, each with its certificate."""

    label: str
    identities: tuple[Identity, ...]


@contextmanager
def open_token(module_path: str | Path, token_label: str, pin: str) -> Iterator[Card]:
    """Log in to a card for as long as the context lasts, then out again.

    ``module_path`` is the maker's PKCS #11 library, ``token_label`` the card's name. The PIN is tried once, never again by
    itself: cards lock after a few wrong ones. One program can be logged in to a card once; a second try while the first is
    open is refused.

    Raises WrongPassphrase for a wrong PIN; CardRefused for no such library, no such card, a locked PIN, a card in use; KeyRefused
    when no key on it can sign reports.
    """
    place = (str(module_path), token_label)
    with _taking:
        if place in _in_use:
            raise _busy(token_label)
        _in_use.add(place)
    try:
        session = _log_in(place[0], token_label, pin)
        try:
            yield Card(token_label, _identities(session, token_label, pin))
        finally:
            _log_out(session)
    finally:
        with _taking:
            _in_use.discard(place)


def _log_in(module_path: str, label: str, pin: str) -> Any:
    if not Path(module_path).is_file():
        raise CardRefused(N_("There is no card library at {path}. Install the one that came with the card."), path=module_path)
    try:
        import pkcs11
    except ImportError as error:
        raise CardRefused(N_("This installation cannot read cards. Sign with the key in the vault or with a key file.")) from error
    try:
        library = pkcs11.lib(module_path)
    except pkcs11.PKCS11Error as error:
        raise CardRefused(
            N_("The file {path} is not a card library that works here ({detail})."), path=module_path, detail=_said(error)
        ) from error
    try:
        token = next((one for one in library.get_tokens() if one.label.strip() == label.strip()), None)
        if token is None:
            raise _absent(label)
        return token.open(user_pin=pin)
    except pkcs11.PKCS11Error as error:
        raise _refusal(error, label) or CardRefused(
            N_("The card {label} could not be opened ({detail})."), label=label, detail=_said(error)
        ) from error


def _refusal(error: Exception, label: str) -> KeyRefused | None:
    """Word what a card says when it does not let somebody in, or no longer; ``None`` for anything else."""
    import pkcs11

    match error:
        case pkcs11.PinIncorrect() | pkcs11.PinInvalid() | pkcs11.PinLenRange():
            return WrongPassphrase(
                N_("The PIN is not the one of the card {label}. Nothing was signed; after a few wrong tries a card locks."), label=label
            )
        case pkcs11.PinLocked():
            return CardRefused(
                N_("The card {label} is locked after too many wrong PINs. Unlock it with the program that came with it."), label=label
            )
        case pkcs11.PinExpired() | pkcs11.exceptions.UserPinNotInitialized():
            return CardRefused(
                N_("The card {label} wants a new PIN first. Nothing was signed; set one with the program that came with it."), label=label
            )
        case pkcs11.UserAlreadyLoggedIn() | pkcs11.AnotherUserAlreadyLoggedIn():
            return _busy(label)
        case pkcs11.TokenNotPresent() | pkcs11.TokenNotRecognised() | pkcs11.DeviceRemoved() | pkcs11.NoSuchToken():
            return _absent(label)
    return None


def _log_out(session: Any) -> None:
    """End the session; a card that was pulled out has ended it already."""
    import pkcs11

    try:
        session.close()
    except pkcs11.PKCS11Error:
        return


def _identities(session: Any, label: str, pin: str) -> tuple[Identity, ...]:
    """Pair each certificate on the card with the private key of the same identifier."""
    import pkcs11

    secrets: dict[bytes, Any] = {}
    certificates: list[tuple[bytes, x509.Certificate]] = []
    try:
        for found in session.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.PRIVATE_KEY}):
            secrets.setdefault(bytes(found[pkcs11.Attribute.ID]), found)
        for found in session.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE}):
            certificate = x509.load_der_x509_certificate(bytes(found[pkcs11.Attribute.VALUE]))
            certificates.append((bytes(found[pkcs11.Attribute.ID]), certificate))
    except (pkcs11.PKCS11Error, ValueError) as error:
        raise CardRefused(N_("What is on the card {label} cannot be read ({detail})."), label=label, detail=_said(error)) from error
    above = tuple(certificate for identifier, certificate in certificates if identifier not in secrets)
    identities = []
    refused: KeyRefused | None = None
    for identifier, certificate in certificates:
        if identifier in secrets:
            try:
                public = check_strength(certificate.public_key())
            except KeyRefused as error:
                refused = error
            else:
                identities.append(Identity(CardKey(secrets[identifier], public, pin, label), certificate, above))
    if not identities:
        raise refused or CardRefused(N_("The card {label} holds no private key with a certificate of its own."), label=label)
    return tuple(identities)


def _asks_each_time(secret: Any) -> bool:
    """Tell whether the card wants the PIN for every single signature, as keys for signing on identity cards do."""
    import pkcs11

    try:
        return bool(secret[pkcs11.Attribute.ALWAYS_AUTHENTICATE])
    except pkcs11.PKCS11Error:
        return False


def _busy(label: str) -> CardRefused:
    return CardRefused(N_("The card {label} is in use by another signature of this program. Finish that first."), label=label)


def _absent(label: str) -> CardRefused:
    return CardRefused(N_("No card named {label} is in. Put it in and try again."), label=label)


def _said(error: Exception) -> str:
    return str(error) or type(error).__name__
