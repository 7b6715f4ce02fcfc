"""One signature on a document that leaves the vault, whichever it is, by the key that its signer has chosen.

It takes three steps, so that laying out and asking the network are done in the second thread alone: what it takes is read from the
vault (``gathered``), ``signed`` signs and gets a timestamp without the vault, and whoever asked registers what came of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field as held
from datetime import datetime
from typing import Generic, TypeVar

from cryptography import x509

from desktop.language import Language
from desktop.operations import timestamping
from desktop.reports import signing
from desktop.reports.document_timestamp import last_timestamp_ends
from desktop.reports.signing_keys import HeldKey, KeyRefused, SigningKey
from desktop.reports.timestamp_request import TimestampRefused
from desktop.reports.timestamping import TimestampAuthority
from desktop.words import SIGNER_FIELDS, word
from forms.text import N_
from models import revocation
from models.actor import Actor
from models.certificate import PrivateKey
from models.database import utc_now
from models.errors import ActRefused
from models.identity import organisation
from models.signing_choice import SigningCard

#: What is signed, as its register names it.
Meant = TypeVar("Meant")


@dataclass(frozen=True)
class Signing(Generic[Meant]):
    """All that one signature takes, read from the vault.

    ``unsigned`` gives the file to sign, and is called in the second thread; ``first`` is whether no one has signed it before. ``key`` is
    ``None`` for a key on a card or token, which asks a PIN.
    """

    document: Meant
    field: str
    first: bool
    unsigned: Callable[[], bytes] = held(repr=False)
    card: SigningCard = held(repr=False)
    key: PrivateKey | None = held(repr=False)
    root: x509.Certificate = held(repr=False)
    name: str = held(repr=False)
    role_label: str = held(repr=False)
    reason: str = held(repr=False)
    revocation_lists: tuple[bytes, ...] = held(repr=False)
    authority: TimestampAuthority | None = held(repr=False)


@dataclass(frozen=True)
class Signed(Generic[Meant]):
    """A signed document that is not registered yet.

    ``timestamp_ends`` (naive UTC) is of the signature's own timestamp; without one the document awaits it, and ``refusal`` says why if an
    authority was asked.
    """

    document: Meant
    field: str
    pdf: bytes = held(repr=False)
    timestamp_ends: datetime | None = None
    refusal: TimestampRefused | None = None


def gathered(
    *,
    actor: Actor,
    document: Meant,
    field: str,
    first: bool,
    unsigned: Callable[[], bytes],
    card: SigningCard,
    reason: str,
    words: Language,
) -> Signing[Meant]:
    """Read what a signature of the actor takes; ``card`` is the certificate to sign with, ``words`` the document's language.

    Raises ``ActRefused`` when the key of that certificate is not at hand.
    """
    return Signing(
        document=document,
        field=field,
        first=first,
        unsigned=unsigned,
        card=card,
        key=_key(actor, card),
        root=organisation().root,
        name=actor.name,
        role_label=word(SIGNER_FIELDS, field, words),
        reason=words.text(reason),
        revocation_lists=revocation.lists(),
        authority=timestamping.authority(),
    )


def signed(ready: Signing[Meant], *, pin: str = "") -> Signed[Meant]:
    """Sign, and get a timestamp if the organisation has an authority; needs the network then, and never the vault.

    When no timestamp can be had the document is signed all the same and awaits one. Raises ``SigningRefused``, ``KeyRefused`` (no such
    card), ``WrongPassphrase`` of the same module for a wrong PIN, and what laying out the document raises.
    """
    pdf = ready.unsigned()
    with _at_hand(ready, pin) as key:
        if ready.authority is None:
            return _signed(ready, pdf, key, None, None)
        try:
            return _signed(ready, pdf, key, ready.authority, None)
        except TimestampRefused as refusal:
            return _signed(ready, pdf, key, None, refusal)


def _signed(
    ready: Signing[Meant], pdf: bytes, key: SigningKey, authority: TimestampAuthority | None, refusal: TimestampRefused | None
) -> Signed[Meant]:
    made = signing.sign(
        pdf,
        field=ready.field,
        key=key,
        certificate=ready.card.certificate,
        root=ready.root,
        name=ready.name,
        role_label=ready.role_label,
        reason=ready.reason,
        at=utc_now(),
        certify=ready.first,
        revocation_lists=ready.revocation_lists,
        authority=authority,
    )
    ends = last_timestamp_ends(made) if authority is not None else None
    return Signed(ready.document, ready.field, made, ends, refusal)


@contextmanager
def _at_hand(ready: Signing[Meant], pin: str) -> Iterator[SigningKey]:
    """Give the key for as long as it takes to sign."""
    token = ready.card.token
    if token is None:
        if ready.key is None:
            raise _away()
        yield HeldKey(ready.key)
        return
    from desktop.reports.signing_card import open_token

    wanted = ready.card.certificate.public_key()
    with open_token(token.module, token.label, pin) as card:
        found = next((one.key for one in card.identities if one.key.public_key() == wanted), None)
        if found is None:
            raise KeyRefused(N_("The key that you chose is not on the card {label}. Nothing was signed."), label=token.label)
        yield found


def _key(actor: Actor, card: SigningCard) -> PrivateKey | None:
    if card.kind == "token":
        return None
    key = actor.signing_key if card.kind == "file" else actor.private_key
    if key is None:
        raise _away()
    return key


def _away() -> ActRefused:
    return ActRefused(N_("Your own key for reports is not at hand. Nothing was signed; lock, enter your passphrase and try again."))
