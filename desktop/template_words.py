"""What is said of a template wherever one is shown: its languages and the time that it takes."""

from __future__ import annotations

from desktop.language import Language
from desktop.words import word
from forms.text import N_

LANGUAGE_NAMES = {"sv": N_("Swedish"), "en": N_("English"), "nb": N_("Norwegian"), "fr": N_("French")}
#: From so many minutes on a time is said in hours.
_HOURS_FROM = 120


def language_name(code: str, language: Language) -> str:
    """Name a language; an unknown code stands as it is."""
    return word(LANGUAGE_NAMES, code, language)


def time_needed(minutes: int, language: Language) -> str:
    """Say how long something takes: minutes, and from two hours on hours to the nearest half."""
    if minutes < _HOURS_FROM:
        return language.plural("about {n} minute", "about {n} minutes", minutes)
    halves = (minutes + 15) // 30
    if halves % 2:
        return language.text(N_("about {n}½ hours"), n=language.number(halves // 2))
    return language.plural("about {n} hour", "about {n} hours", halves // 2)
