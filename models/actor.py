"""Somebody who acts: a person whose own passphrase has been given."""

from __future__ import annotations

from typing import NoReturn
from uuid import UUID

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from forms.text import N_
from models import certificate, wrapping
from models.errors import ActRefused, PersonLocked
from models.identity import Person, person_card, person_row


class Actor:
    """A person with that person's key at hand; what an actor signs counts as the person's act.

    Made by ``unlock``. The key must belong to the certificate that the vault holds for the person, else ``ActRefused``.
    It lives in this process only: it is neither copied nor written anywhere, and ``lock`` lets go of it.
    """

    __slots__ = ("_key", "_signing_key", "certificate", "name", "person", "roles")

    def __init__(self, *, person: UUID, key: ec.EllipticCurvePrivateKey, signing_key: certificate.PrivateKey | None = None) -> None:
        card = person_card(person)
        if not card.active or not certificate.same_key(key, card.certificate):
            raise refused()
        self.person = person
        self.name = card.name
        self.roles = card.roles
        self.certificate: x509.Certificate = card.certificate
        self._key: ec.EllipticCurvePrivateKey | None = key
        self._signing_key = signing_key

    @property
    def private_key(self) -> ec.EllipticCurvePrivateKey:
        """The person's key, for signing a report in that person's name and for nothing else. Raises ``PersonLocked``."""
        if self._key is None:
            raise PersonLocked(N_("{name} is locked. Nothing was changed. Enter the passphrase again to continue."), name=self.name)
        return self._key

    @property
    def signing_key(self) -> certificate.PrivateKey | None:
        """The key of the person's own for reports that is kept in the vault, if there is one; used as ``private_key``."""
        return self._signing_key

    def hold_signing_key(self, key: certificate.PrivateKey | None) -> None:
        """Take on the key for reports that the person has just chosen, or let go of it."""
        self._signing_key = key

    @property
    def is_locked(self) -> bool:
        return self._key is None

    def sign(self, payload: bytes) -> bytes:
        """Sign with the person's key (ECDSA, SHA-256, DER). Raises ``PersonLocked``."""
        return self.private_key.sign(payload, ec.ECDSA(hashes.SHA256()))

    def lock(self) -> None:
        """Let go of the key; the person's passphrase is needed for the next act."""
        self._key = self._signing_key = None

    def __repr__(self) -> str:
        return f"Actor({self.person}, {'locked' if self.is_locked else 'unlocked'})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("an actor holds a private key and is not written anywhere")


def unlock(*, person: UUID, passphrase: str) -> Actor:
    """Unlock a person by that person's own passphrase.

    Raises ``WrongPassphrase``, ``PersonLocked`` for somebody who has left, ``PersonRefused`` for somebody who is not here.
    """
    row = person_row(person)
    if row.ended_at is not None:
        raise PersonLocked(N_("{name} has left and can no longer act here. What {name} did stays as it was."), name=row.name)
    raw = wrapping.unwrap(wrapping.read(row.key_wrap), passphrase=passphrase, purpose=key_purpose(person))
    return Actor(person=person, key=certificate.read_key(raw), signing_key=_signing_key(row, passphrase))


def _signing_key(row: Person, passphrase: str) -> certificate.PrivateKey | None:
    if row.signing_wrap is None:
        return None
    raw = wrapping.unwrap(wrapping.read(row.signing_wrap), passphrase=passphrase, purpose=signing_purpose(row.id))
    return certificate.read_signing_key(raw)


def verify_act(*, person: UUID, payload: bytes, signature: bytes) -> None:
    """Make sure that a signature is by the key of a person who works here now. Raises ``ActRefused``."""
    card = person_card(person)
    if not card.active or not signed_by(card.certificate, payload=payload, signature=signature):
        raise refused()


def require_role(actor: Actor, *roles: str) -> None:
    """Make sure that the actor has one of the roles now, whatever it was when the person was unlocked. Raises ``ActRefused``."""
    card = person_card(actor.person)
    if not card.active or not card.roles.intersection(roles):
        raise ActRefused(N_("{name} does not have the role that this needs. Nothing was changed."), name=card.name)


def signed_by(signer: x509.Certificate, *, payload: bytes, signature: bytes) -> bool:
    """Tell whether the key of a certificate made the signature."""
    key = signer.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    try:
        key.verify(signature, payload, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def refused() -> ActRefused:
    """Make the error for an act without the person's own secret."""
    return ActRefused(
        N_("This was not done with the person’s own passphrase, so it was refused. Nothing was changed. Let that person unlock with it.")
    )


def key_purpose(person: UUID) -> dict[str, object]:
    """What a person's wrapped key is for; part of what the wrap protects."""
    return {"secret": "person key", "person": person}


def signing_purpose(person: UUID) -> dict[str, object]:
    """What a person's wrapped key for reports is for."""
    return {"secret": "person signing key", "person": person}
