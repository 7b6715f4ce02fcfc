"""Keys: which letter or digit does what while a question is in focus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forms.template import Question

#: Action → its key, and the key it has instead where the question's own answers need that letter.
ACTION_KEYS: Mapping[str, tuple[str, str]] = {
    "said": ("S", "S"),
    "seen": ("D", "K"),
    "verified": ("V", "V"),
    "not_applicable": ("N", "X"),
    "dont_know": ("U", "U"),
    "not_established": ("E", "E"),
    "comment": ("C", "C"),
    "evidence": ("A", "A"),
    "open_evidence": ("O", "W"),
    "guidance": ("G", "G"),
    "remaining": ("R", "R"),
    "ties": ("T", "T"),
    "filter": ("F", "F"),
    "rely": ("B", "B"),
    "link": ("L", "L"),
    "instruments": ("I", "I"),
}
#: Letters of yes, partly and no in each language of the program.
_YES_PARTLY_NO: Mapping[str, tuple[str, str, str]] = {
    "en": ("Y", "P", "N"),
    "sv": ("J", "D", "N"),
    "nb": ("J", "D", "N"),
    "fr": ("O", "P", "N"),
}


@dataclass(frozen=True)
class Keys:
    """``answers``: key → value of the question; ``actions``: action → key. No key stands for two things."""

    answers: Mapping[str, int | str]
    actions: Mapping[str, str]

    def action(self, key: str) -> str | None:
        """Give the action that a key does, or ``None``."""
        return next((action for action, own in self.actions.items() if own == key), None)


def keys_of(question: Question, language_code: str) -> Keys:
    """Give the keys that work while a question is in focus: its answers come first, actions give way to them."""
    answers: dict[str, int | str] = {}
    if question.kind == "level":
        answers = {str(level.key): level.key for level in question.levels}
    elif question.kind == "yes_partly_no":
        letters = _YES_PARTLY_NO.get(language_code, _YES_PARTLY_NO["en"])
        answers = dict(zip(letters, ("yes", "partly", "no"), strict=True))
    else:
        answers = {str(place): option.id for place, option in enumerate(question.options, start=1) if place <= 9}
    actions = {action: second if first in answers else first for action, (first, second) in ACTION_KEYS.items()}
    return Keys(answers, actions)
