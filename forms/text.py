"""Text in several languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: One text per language code (``{"sv": …, "en": …}``), as it stands in a template.
Text = dict[str, str]


def N_(message: str) -> str:
    """Mark a message for the catalogue without translating it here: wording happens at the edge."""
    return message


@dataclass(frozen=True)
class Said:
    """A marked message with its parameters, to be worded in a language at the edge; parameters may be such messages themselves."""

    message: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message.format(**self.params)


def in_language(text: Mapping[str, str], language: str) -> str:
    """Give the text in a language; a template is refused at load when one of its languages lacks a text.

    Falls back to English, then to whatever there is, for a language that the template does not have at all.
    """
    if language in text:
        return text[language]
    return text.get("en") or next(iter(text.values()), "")
