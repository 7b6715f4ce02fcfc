"""Words for answers, scores and sizes as the assessment room says them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import lru_cache

from desktop import value_words
from desktop.language import Language
from desktop.value_words import EN_DASH
from forms.answers import Answer
from forms.template import Question
from forms.text import N_


@lru_cache(maxsize=4096)
def figure(value: int | Fraction, language: Language) -> str:
    """Write a whole number; the same few come again at every key."""
    return language.number(value)


def answer_words(question: Question, answer: Answer | None, language: Language, *, brief: bool = False, as_of: date | None = None) -> str:
    """Say an answer in words as ``value_words`` does; empty while there is none."""
    return "" if answer is None else value_words.answer_words(question, answer, language, brief=brief, as_of=as_of)


def span(interval: tuple[Fraction, Fraction] | None, language: Language) -> str:
    """Write an interval in percent, outwards to whole numbers so that it never promises more than it holds; a dash when there is none."""
    if interval is None:
        return EN_DASH
    low, high = interval
    lowest, highest = low.numerator // low.denominator, -(-high.numerator // high.denominator)
    return figure(lowest, language) if lowest == highest else f"{figure(lowest, language)}{EN_DASH}{figure(highest, language)}"


def size_words(size: int, language: Language) -> str:
    """Write a file's size."""
    if size < 1024:
        return language.text(N_("{n} bytes"), n=size)
    if size < 1024**2:
        return language.text(N_("{n} kB"), n=language.number(Fraction(size, 1024)))
    return language.text(N_("{n} MB"), n=language.number(Fraction(size, 1024**2), 1))


def age_limit(months: int | None, days: int | None, language: Language) -> str:
    """Say how old evidence may be; empty without a limit."""
    if months is not None:
        return language.plural("at most {n} month old", "at most {n} months old", months)
    if days is not None:
        return language.plural("at most {n} day old", "at most {n} days old", days)
    return ""


def earliest(as_of: date, *, months: int | None, days: int | None) -> date | None:
    """Give the earliest date that evidence may have at the day of assessment; ``None`` without a limit."""
    if months is not None:
        year, month = divmod(as_of.year * 12 + as_of.month - 1 - months, 12)
        try:
            return date(year, month + 1, as_of.day)
        except ValueError:  # that month has no such day: every day in it lies too far back
            return date(year + (month == 11), (month + 1) % 12 + 1, 1)
    if days is not None:
        return date.fromordinal(as_of.toordinal() - days)
    return None
