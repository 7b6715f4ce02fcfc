"""Commands: what can be done, by name, from the keyboard and from Ctrl+K."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

_ARROWS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}


@dataclass(frozen=True)
class Command:
    """One thing that can be done. ``title`` is worded already; ``shortcut`` is as Qt writes it (``"Ctrl+K"``) or empty.

    ``key`` is one that the room itself listens to where it makes sense (``"↑"``): told beside the shortcuts, never taken as one.
    ``about`` is a second, quieter line part (what kind of thing it is); ``words`` are found too though they are not shown.
    """

    id: str
    title: str
    run: Callable[[], object] = field(compare=False)
    shortcut: str = ""
    enabled: bool = True
    about: str = ""
    words: str = ""
    key: str = ""

    @property
    def keys(self) -> str:
        """What to press for it, as it is told: an arrow by what stands on its key, in every language."""
        told = self.shortcut or self.key
        for name, arrow in _ARROWS.items():
            told = told.removesuffix(name) + arrow if told.endswith(f"+{name}") else told
        return told


#: From this rank on only letters in their order fit: a mistyped word, looked at when nothing else fits.
_LETTERS = 100


def found(commands: Iterable[Command], wanted: str) -> list[Command]:
    """Give the enabled commands that fit what was typed, best first; each typed word must begin or stand in a word of the command."""
    typed = wanted.casefold().split()
    ranked = []
    for order, command in enumerate(commands):
        if command.enabled and (rank := _rank(command, typed)) is not None:
            ranked.append((rank, order, command))
    if any(rank < _LETTERS for rank, _, _ in ranked):
        ranked = [one for one in ranked if one[0] < _LETTERS]
    return [command for _, _, command in sorted(ranked, key=lambda one: one[:2])]


def _rank(command: Command, typed: list[str]) -> int | None:
    """Rank a match, low is better: words of the title that begin so, then inside, then letters in order, then hidden words."""
    title = command.title.casefold()
    begins = title.replace("-", " ").replace("·", " ").split()
    hidden = f"{command.about} {command.words}".casefold()
    rank = 0
    for word in typed:
        if any(one.startswith(word) for one in begins):
            continue
        if word in title:
            rank += 1
        elif word in hidden:
            rank += 2
        elif len(word) > 2 and _in_order(word, title):
            rank += _LETTERS
        else:
            return None
    return rank


def _in_order(letters: str, text: str) -> bool:
    left = iter(text)
    return all(letter in left for letter in letters)
