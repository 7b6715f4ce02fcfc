"""Single values: what a whole number, a day, an amount, a line of text must look like, in an answer or in a cell of a table."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from forms.money import is_currency

#: One value of an answer or of a cell.
Single = int | str
#: What an answer holds: a single value, or a tuple (choices, a document) or a tuple of tuples (the rows of a table).
Value = Single | tuple[Single | tuple[Single | None, ...] | None, ...]
LONGEST_LINE = 300
LONGEST_TEXT = 20_000
LARGEST_NUMBER = 10**15
YEARS = (1000, 2999)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FRACTION = re.compile(r"-?[0-9]{1,12}(?:/[0-9]{1,12}|\.[0-9]{1,12})?")
_MONEY = re.compile(r"-?[0-9]{1,15} [A-Z]{3}")


def as_value(read: object) -> object:
    """Turn what a JSON or YAML reader gives into the form of a value: lists become tuples, all else stays."""
    return tuple(as_value(one) for one in read) if isinstance(read, list) else read


def is_whole(value: object, *, low: int | None = None, high: int | None = None) -> bool:
    """Say whether a value is a whole number within limits, either of which may be missing."""
    if not isinstance(value, int) or isinstance(value, bool):
        return False
    return (low is None or value >= low) and (high is None or value <= high)


def is_day(value: object) -> bool:
    """Say whether a value is a day as ISO 8601 writes it."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def is_money(value: object) -> bool:
    """Say whether a value is minor units and a currency, ``"125000 SEK"`` being 1 250,00 SEK."""
    return isinstance(value, str) and _MONEY.fullmatch(value) is not None and is_currency(value[-3:])


def is_text(value: object, *, longest: int, lines: bool = False) -> bool:
    """Say whether a value is a text that says something and is not too long; of one line unless ``lines``."""
    return isinstance(value, str) and bool(value.strip()) and len(value) <= longest and (lines or len(value.splitlines()) == 1)


def fraction_of(text: str) -> Fraction | None:
    """Read a number written out (``"1"``, ``"0.3"``) or as a fraction (``"30/100"``); ``None`` when it is no such thing.

    Powers of ten are not read: a dozen letters of them stand for numbers that take hours to write out.
    """
    try:
        return Fraction(text) if _FRACTION.fullmatch(text) else None
    except ZeroDivisionError:
        return None
