"""Money: exact in its minor units, and told with its currency also where no language is at hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from forms.errors import GedigenError
from forms.money import Money, is_currency, minor_digits, whole_units


@pytest.mark.parametrize(("currency", "digits"), [("SEK", 2), ("KES", 2), ("JPY", 0), ("XOF", 0), ("TND", 3), ("KWD", 3)])
def test_an_amount_has_as_many_decimals_as_its_currency(currency: str, digits: int) -> None:
    assert minor_digits(currency) == digits
    assert whole_units(12345, currency) == Fraction(12345, 10**digits)


def test_an_amount_in_an_error_is_told_in_minor_units_with_its_currency_where_no_language_is_at_hand() -> None:
    assert str(GedigenError("At most {cap}.", cap=Money(12550, "SEK", whole=True))) == "At most 12550 SEK."


@pytest.mark.parametrize("code", ["", "SE", "SEKK", "sek", "SÄK", "S3K", "SE "])
def test_only_three_capital_letters_are_a_currency(code: str) -> None:
    assert is_currency("SEK")
    assert not is_currency(code)
