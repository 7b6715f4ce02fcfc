"""How a frozen card is kept as text: canonical JSON in, the same card out."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeVar

import msgspec

from forms.canonical import canonical_json
from forms.text import N_
from models.errors import VaultDamaged

Kept = TypeVar("Kept")


def write(card: object) -> str:
    """Write a card as canonical JSON text."""
    return canonical_json(card).decode("utf-8")


def read(text: str | bytes, kind: type[Kept]) -> Kept:
    """Read a card back; the text was written by ``write``, so what cannot be read means that the vault is damaged: ``VaultDamaged``."""
    try:
        return msgspec.json.decode(text, type=kind, dec_hook=_special)
    except (msgspec.MsgspecError, ValueError):
        # Without the cause: it may quote what somebody wrote.
        raise VaultDamaged(N_("A record in the vault cannot be read. Nothing was changed. Restore the vault from a backup.")) from None


def _special(kind: type, value: object) -> object:
    if kind is Fraction and isinstance(value, str):
        return Fraction(value)
    raise NotImplementedError(kind)  # msgspec's own protocol for a type that the hook does not know
