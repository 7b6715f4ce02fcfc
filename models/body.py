"""How a frozen card is kept as text: canonical JSON in, the same card out."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeVar

import msgspec

from forms.canonical import canonical_json

Kept = TypeVar("Kept")


def write(card: object) -> str:
    """Write a card as canonical JSON text."""
    return canonical_json(card).decode("utf-8")


def read(text: str | bytes, kind: type[Kept]) -> Kept:
    """Read a card back; the text was written by ``write``, so an error here means that the vault is damaged."""
    return msgspec.json.decode(text, type=kind, dec_hook=_special)


def _special(kind: type, value: object) -> object:
    if kind is Fraction and isinstance(value, str):
        return Fraction(value)
    raise NotImplementedError(kind)  # msgspec's own protocol for a type that the hook does not know
