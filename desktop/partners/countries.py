"""Countries to choose among, by their names in the reader's language."""

from __future__ import annotations

import unicodedata

from babel.core import Locale

from desktop.language import Language

#: Two-letter codes that CLDR names but that are no country of their own: islands under another code, unions, private use.
_NO_COUNTRY = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])
#: Letters that an alphabet puts after z instead of beside the letter they look like.
_AFTER_Z = {"sv": "åäö", "nb": "æøå"}


def countries(language: Language) -> list[tuple[str, str]]:
    """Give every country as (ISO 3166-1 code, name in the language), in the order of its alphabet."""
    territories = map(str, Locale.parse(language.code).territories)
    codes = [code for code in territories if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY]
    named = [(code, language.country(code)) for code in codes]
    return sorted(named, key=lambda one: alphabetical(one[1], language))


def alphabetical(text: str, language: Language) -> tuple[int, ...]:
    """Give what to sort a text by in a language: accents and case aside, å, ä and ö last in Swedish, æ, ø and å in Norwegian."""
    after = _AFTER_Z.get(language.code, "")
    order: list[int] = []
    for letter in unicodedata.normalize("NFC", text).casefold():
        if letter in after:
            order.append(0x10000 + after.index(letter))
        else:
            plain = unicodedata.normalize("NFKD", letter)[0]
            order.append(ord(plain))
    return tuple(order)
