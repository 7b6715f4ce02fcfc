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


def number_problem(*, scheme: str, number: str) -> GedigenError | None:
    """Say what is wrong with a number, or ``None``; in no register a person's number is taken for an organisation's."""
    try:
        normal(scheme=scheme, number=number)
    except RegistrationError as error:
        return error
    return None


def is_whole(*, scheme: str, number: str) -> bool:
    """Whether so much is typed that a number in this register can be judged while one is still in the field."""
    wanted = _CHECKED_LENGTH.get(scheme)
    return wanted is not None and len(re.sub(r"\D", "", number)) >= wanted
