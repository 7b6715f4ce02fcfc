"""Secrets kept under a passphrase: Argon2id makes a key from the passphrase, AES-256-GCM wraps the secret with it."""

from __future__ import annotations

import base64
import secrets
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from forms.canonical import canonical_json
from forms.text import N_
from models.errors import PassphraseRefused, VaultDamaged, WrongPassphrase

#: Shortest passphrase accepted for something new, in characters.
SHORTEST_PASSPHRASE = 8


class Cost(NamedTuple):
    """What Argon2id is asked to spend: passes over the memory, memory in KiB, lanes."""

    iterations: int
    memory_kib: int
    lanes: int


#: About 100 ms on an office laptop of 2020.
STANDARD_COST = Cost(iterations=3, memory_kib=64 * 1024, lanes=4)
# A wrap is read from a file that anybody may have changed, so its cost is bounded before it is spent.
_HIGHEST_COST = Cost(iterations=16, memory_kib=1024 * 1024, lanes=16)


class Wrap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A secret under a passphrase. ``id`` names the wrap; salt, nonce and sealed secret are base64."""

    id: str
    iterations: int
    memory_kib: int
    lanes: int
    salt: str
    nonce: str
    sealed: str

    @property
    def cost(self) -> Cost:
        return Cost(self.iterations, self.memory_kib, self.lanes)


def check_new_passphrase(passphrase: str) -> None:
    """Raise ``PassphraseRefused`` if a new passphrase is too short to protect anything."""
    if len(normalised(passphrase)) < SHORTEST_PASSPHRASE or not passphrase.strip():
        raise PassphraseRefused(
            N_("The passphrase is too short, so nothing was changed. Choose at least {least} characters; four or five words are good."),
            least=SHORTEST_PASSPHRASE,
        )


def normalised(passphrase: str) -> str:
    """Give the passphrase in the one form that every keyboard leads to (Unicode NFKC)."""
    return unicodedata.normalize("NFKC", passphrase)


def wrap(secret: bytes, *, passphrase: str, purpose: Mapping[str, object], cost: Cost = STANDARD_COST) -> Wrap:
    """Put a secret under a passphrase; it comes out again only for the same purpose."""
    check_new_passphrase(passphrase)
    salt, nonce, name = secrets.token_bytes(16), secrets.token_bytes(12), secrets.token_hex(8)
    key = _derive(passphrase, salt=salt, cost=cost)
    sealed = AESGCM(key).encrypt(nonce, secret, _bound(purpose, cost))
    return Wrap(name, *cost, _text(salt), _text(nonce), _text(sealed))


def unwrap(wrapped: Wrap, *, passphrase: str, purpose: Mapping[str, object]) -> bytes:
    """Take a secret out from under a passphrase.

    Raises ``WrongPassphrase``, or ``VaultDamaged`` when the wrap itself is not well formed.
    """
    cost = wrapped.cost
    try:
        salt, nonce, sealed = (base64.b64decode(part, validate=True) for part in (wrapped.salt, wrapped.nonce, wrapped.sealed))
    except ValueError as error:
        raise damaged_wrap() from error
    within = all(1 <= given <= highest for given, highest in zip(cost, _HIGHEST_COST, strict=True))
    if not within or cost.memory_kib < 8 * cost.lanes or len(salt) != 16 or len(nonce) != 12 or not 16 <= len(sealed) <= 65536:
        raise damaged_wrap()
    try:
        return AESGCM(_derive(passphrase, salt=salt, cost=cost)).decrypt(nonce, sealed, _bound(purpose, cost))
    except InvalidTag as error:
        raise wrong_passphrase() from error


def wrong_passphrase() -> WrongPassphrase:
    """Make the error for a passphrase that opens nothing."""
    return WrongPassphrase(N_("The passphrase is not right. Nothing was changed. Check Caps Lock and the keyboard language and try again."))


def damaged_wrap() -> VaultDamaged:
    """Make the error for a wrapped key that cannot be read."""
    return VaultDamaged(N_("A wrapped key in the vault is damaged. Nothing was changed. Restore the vault from a backup."))


def written(wrapped: Wrap) -> str:
    """Write a wrap as text for a column of the database."""
    return msgspec.json.encode(wrapped).decode("ascii")


def read(text: str) -> Wrap:
    """Read a wrap that ``written`` wrote. Raises ``VaultDamaged``."""
    try:
        return msgspec.json.decode(text, type=Wrap)
    except msgspec.DecodeError as error:
        raise damaged_wrap() from error


def _derive(passphrase: str, *, salt: bytes, cost: Cost) -> bytes:
    # errors="surrogatepass": a lone surrogate typed or pasted is a wrong passphrase, not a crash.
    material = normalised(passphrase).encode("utf-8", errors="surrogatepass")
    return Argon2id(salt=salt, length=32, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib).derive(material)


def _bound(purpose: Mapping[str, object], cost: Cost) -> bytes:
    return canonical_json({"purpose": dict(purpose), "kdf": "argon2id", "cost": list(cost)})


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
