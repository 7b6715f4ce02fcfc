"""Money in minor units: how many digits a currency has."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

#: Currencies of ISO 4217 whose number of minor digits is not two (source: ISO 4217 table A.1).
_DIGITS = {
    **dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"), 0
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}


@dataclass(frozen=True)
class Money:
    """An amount in minor units of an ISO 4217 currency, to be worded in a language at the edge."""

    minor: int
    currency: str
    #: Without decimals where it has none: for limits and caps, which people set in whole units.
    whole: bool = False

    def __str__(self) -> str:
        return f"{self.minor} {self.currency}"


def minor_digits(currency: str) -> int:
    """Give how many digits the minor unit of an ISO 4217 currency has (SEK 2, JPY 0, TND 3)."""
    return _DIGITS.get(currency, 2)


def whole_units(amount_minor: int, currency: str) -> Fraction:
    """Turn minor units into exact whole units: 12550 SEK (öre) → 251/2."""
    return Fraction(amount_minor, 10 ** minor_digits(currency))


def is_currency(code: str) -> bool:
    """Say whether a text has the form of an ISO 4217 currency code: three capital letters."""
    return len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()
