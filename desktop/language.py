"""Words, numbers, money and dates in the language of whoever reads them, chosen per call and never for the whole program."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache, cached_property
from typing import TYPE_CHECKING

from desktop.catalogue import Catalogue
from forms.errors import GedigenError
from forms.money import Money, minor_digits
from forms.text import N_, Said, in_language
from resources import path

if TYPE_CHECKING:
    from babel.core import Locale

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

#: Per language: whose habits for numbers, and which of CLDR's date formats is unambiguous and usual there.
_HABITS = {"en": ("en_GB", "medium"), "sv": ("sv", "short"), "nb": ("nb", "short"), "fr": ("fr", "medium")}

#: The languages that the program speaks, and what each calls itself.
LANGUAGES = tuple(_HABITS)
OWN_NAMES = {"en": "English", "sv": "Svenska", "nb": "Norsk", "fr": "Français"}


class Language:
    """One language of the program: one of ``LANGUAGES``.

    English messages are the keys of the catalogue, so English has none. Babel is imported when the first number, date or name is
    asked for, not before.
    """

    def __init__(self, code: str) -> None:
        if code not in _HABITS:
            raise ValueError(f"no language {code!r}; there are {', '.join(LANGUAGES)}")
        self.code = code

    @cached_property
    def _catalogue(self) -> Catalogue:
        if self.code == "en":
            return Catalogue("")
        return Catalogue.read(path("translations", self.code, "LC_MESSAGES", "gedigen.po"))

    @cached_property
    def _locale(self) -> Locale:
        from babel.core import Locale

        return Locale.parse(_HABITS[self.code][0])

    def text(self, message: str, /, **params: object) -> str:
        """Give the message in this language with its ``{places}`` filled.

        Dates, moments, fractions, lists, a template's texts and other messages among the parameters are written as this language
        writes them; whole numbers as they are
        (a year is one too): give ``number(n)`` for an amount.
        """
        return self._filled(self._catalogue.text(message), params)

    def plural(self, singular: str, plural: str, n: int, /, **params: object) -> str:
        """Give the form that goes with n; ``{n}`` is filled with the number as this language writes it."""
        return self._filled(self._catalogue.plural(singular, plural, n), {**params, "n": self.number(n)})

    def headed(self, name: str, said: str) -> str:
        """Write what is said of something after its name and a colon, which French sets apart."""
        return self.text(N_("{name}: {said}"), name=name, said=said)

    def quoted(self, words: str) -> str:
        """Set words between the language's own quotation marks."""
        return self.text(N_("“{words}”"), words=words)

    def chained(self, parts: Iterable[str]) -> str:
        """Join parts that may hold commas themselves by semicolons, which French sets apart."""
        first, *others = [*parts] or [""]
        for other in others:
            first = self.text(N_("{one}; {other}"), one=first, other=other)
        return first

    def error(self, error: GedigenError) -> str:
        """Word an error."""
        return self.text(error.message, **error.params)

    def number(self, value: int | Fraction | Decimal, digits: int = 0) -> str:
        """Write a number with thousands apart and so many decimals; a half is rounded away from nought, exactly."""
        from babel.numbers import format_decimal

        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        places = len(str(abs(int(value)))) + digits + 2
        with localcontext(prec=max(28, places)):  # otherwise a number of more than 28 figures is refused
            return format_decimal(rounded(Fraction(value), digits), format=pattern, locale=self._locale)

    def percent(self, value: int | Fraction | Decimal, digits: int = 0) -> str:
        """Write a share that is given in percent (0 to 100): "62 %" in Swedish, "62%" in English."""
        sign: str = self._locale.percent_formats[None].suffix[0]
        return self.number(value, digits) + sign

    def money(self, minor: int, currency: str, *, whole: bool = False) -> str:
        """Write an amount given in minor units of an ISO 4217 currency, with the code on the side where the language has it.

        ``whole``: without decimals where it has none.
        """
        digits = minor_digits(currency)
        exact = Fraction(minor, 10**digits)
        amount = self.number(exact, 0 if whole and exact.denominator == 1 else digits)
        code_first = "¤" in self._locale.currency_formats["standard"].prefix[0]
        return f"{currency}{NO_BREAK_SPACE}{amount}" if code_first else f"{amount}{NO_BREAK_SPACE}{currency}"

    def date(self, day: date) -> str:
        """Write a date: 2026-03-09 in Swedish, 9 Mar 2026 in English."""
        from babel.dates import format_date

        return format_date(day, _HABITS[self.code][1], locale=self._locale)

    def moment(self, at: datetime) -> str:
        """Write a moment, given as naive UTC, as date and hours:minutes of the reader's own time zone."""
        here = at.replace(tzinfo=UTC).astimezone()
        return f"{self.date(here.date())}{self._comma} {here:%H:%M}"

    @property
    def _comma(self) -> str:
        return "" if self.code in ("sv", "nb") else ","

    def country(self, code: str) -> str:
        """Name a country by its ISO 3166-1 code; an unknown code stands as it is."""
        name: str = self._locale.territories.get(code.upper(), code)
        return name

    def currency(self, code: str) -> str:
        """Name a currency by its ISO 4217 code; an unknown code stands as it is."""
        name: str = self._locale.currencies.get(code.upper(), code)
        return name

    def listing(self, words: list[str]) -> str:
        """Join words as in "a, b and c"."""
        from babel.lists import format_list

        return format_list(words, locale=self._locale)

    def _filled(self, message: str, params: dict[str, object]) -> str:
        return message.format(**{name: self._worded(value) for name, value in params.items()}) if params else message

    def _worded(self, value: object) -> object:
        match value:
            case datetime():
                return self.moment(value)
            case date():
                return self.date(value)
            case Fraction():
                return self.number(value, 0 if value.denominator == 1 else 1)
            case Money():
                return self.money(value.minor, value.currency, whole=value.whole)
            case Said():
                return self.text(value.message, **value.params)
            case dict():
                return in_language(value, self.code)
            case list() | tuple():
                return self.listing([str(self._worded(item)) for item in value])
            case _:
                return value


class PrintLanguage(Language):
    """A language as documents speak it: moments in UTC, and saying so, for a document must be the same wherever it is made."""

    def moment(self, at: datetime) -> str:
        """Write a moment, given as naive UTC, as date, hours:minutes and UTC."""
        return f"{self.date(at.date())}{self._comma} {at:%H:%M}{NO_BREAK_SPACE}UTC"


@cache
def language(code: str) -> Language:
    """Give a language of the program by its code. Raises ``ValueError`` for one that it does not speak."""
    return Language(code)


@cache
def print_language(code: str) -> PrintLanguage:
    """Give a language for documents. Raises as ``language``."""
    return PrintLanguage(code)


def rounded(value: Fraction, digits: int) -> Decimal:
    """Give a number as it is written with so many decimals: a half is rounded away from nought, exactly."""
    scale = 10**digits
    whole = int(abs(value) * scale + Fraction(1, 2))
    return Decimal(whole if value >= 0 else -whole).scaleb(-digits)
