"""Registers of organisations that one can choose, by their org-id list codes; only some numbers can be checked."""

from __future__ import annotations

import re

from desktop.language import Language
from forms.errors import GedigenError
from forms.registration import SWEDEN, RegistrationError, normal
from forms.text import N_

#: List codes of org-id.guide, each with whose register it is. Another code that a partner already has is kept.
REGISTERS = {
    SWEDEN: N_("Swedish organisation number"),
    "NO-BRC": N_("Norwegian organisation number"),
    "DK-CVR": N_("Danish business register"),
    "FI-PRO": N_("Finnish business register"),
    "GB-CHC": N_("Charity Commission, England and Wales"),
    "KE-NCB": N_("NGO board, Kenya"),
    "UG-NGB": N_("NGO bureau, Uganda"),
    "BD-NAB": N_("NGO affairs bureau, Bangladesh"),
    "NP-SWC": N_("Social welfare council, Nepal"),
}
#: Which register is proposed when a country is chosen.
USUAL = {"SE": SWEDEN, "NO": "NO-BRC", "DK": "DK-CVR", "FI": "FI-PRO", "KE": "KE-NCB", "UG": "UG-NGB", "BD": "BD-NAB", "NP": "NP-SWC"}
_CHECKED_LENGTH = {SWEDEN: 10, "NO-BRC": 9}


def registers(language: Language, *, own: str = "") -> list[tuple[str, str]]:
    """Give the registers to choose among; ``own`` is a code that the partner has already."""
    codes = list(REGISTERS) if own in REGISTERS or not own else [*REGISTERS, own]
    return [(code, f"{register_words(code, language)} ({code})") for code in codes] + [("", language.text(N_("Another register, or none")))]


def register_words(code: str, language: Language) -> str:
    """Name a register; an unknown code stands as it is."""
    return language.text(REGISTERS[code]) if code in REGISTERS else code


def number_problem(*, scheme: str, number: str, country: str) -> GedigenError | None:
    """Say what is wrong with a number, or ``None``.

    A number from an unnamed register is refused when, at a partner in Sweden, it has the form of a personal number.
    """
    try:
        normal(scheme=scheme, number=number)
    except RegistrationError as error:
        return error
    digits = re.sub(r"[\s+-]", "", number)
    if not scheme and country == "SE" and re.fullmatch(r"(19|20)?\d{2}[01]\d[0-3]\d{5}", digits):
        return RegistrationError(
            N_("This has the form of a personal number, which is never kept here. Give the organisation's own number, or leave it empty.")
        )
    return None


def is_whole(*, scheme: str, number: str) -> bool:
    """Whether so much is typed that a number in this register can be judged while one is still in the field."""
    wanted = _CHECKED_LENGTH.get(scheme)
    return wanted is not None and len(re.sub(r"\D", "", number)) >= wanted
