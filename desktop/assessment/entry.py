"""Typed numbers and texts: from what stands in a field to a value, or a sentence that says what would be right."""

from __future__ import annotations

from forms.errors import GedigenError
from forms.template import Question
from forms.text import N_

_SPACES = dict.fromkeys(map(ord, " \t\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"))


class EntryRefused(GedigenError):
    """Something typed that is no answer to the question; the answer stays as it was."""


def whole_number(question: Question, typed: str) -> int | None:
    """Read a whole number or a percentage; ``None`` for an empty field. Raises ``EntryRefused`` naming the limits."""
    text = typed.translate(_SPACES).removesuffix("%")
    if not text:
        return None
    low = 0 if question.kind == "percent" and question.minimum is None else question.minimum
    high = 100 if question.kind == "percent" and question.maximum is None else question.maximum
    digits = text.removeprefix("-").removeprefix("\N{MINUS SIGN}")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 15):
        raise EntryRefused(N_("Write a whole number, without letters or decimals. The answer was not changed."))
    number = int(digits) if digits == text else -int(digits)
    if low is not None and number < low:
        raise EntryRefused(N_("Write a number from {low} upwards. The answer was not changed."), low=low)
    if high is not None and number > high:
        raise EntryRefused(N_("Write a number of at most {high}. The answer was not changed."), high=high)
    return number


def text_value(question: Question, typed: str) -> str | None:
    """Read a text; ``None`` when it is empty. Raises ``EntryRefused`` when it is too long."""
    text = typed.strip()
    longest = 300 if question.kind == "short_text" else 20_000
    if len(text) > longest:
        raise EntryRefused(N_("The text is longer than {n} characters. Shorten it; the answer was not changed."), n=longest)
    return text or None
