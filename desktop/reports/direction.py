"""Which way the letters of a line run: the Unicode bidirectional algorithm (UAX #9), for texts without control characters.

The controls of that algorithm are taken out of every text before it is set (``scripts.without_controls``): a name that carries them
could otherwise reorder the sentence around it. What remains are its rules W1 to W7, N0 to N2, I1, I2 and L2.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

from bidi.mirror import MIRRORED

Base = Literal[0, 1]

_RIGHT_TO_LEFT = ("R", "AL")
_NEUTRAL = ("B", "S", "WS", "ON")
_DEEPEST_BRACKETS = 63
_COMPOSED_NUMBER = re.compile("[0-9]+(?:[-\u2013/.:,\u00a0][0-9]+)+")


def base_direction(text: str) -> Base:
    """Tell whether a paragraph runs leftwards (1): its first letter does, and so do most of its letters.

    The first letter alone decides by the standard; a sentence that only begins with a name would then be turned around.
    """
    kinds = [kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", *_RIGHT_TO_LEFT)]
    leftwards = sum(kind != "L" for kind in kinds)
    return 1 if kinds and kinds[0] != "L" and leftwards * 2 > len(kinds) else 0


def paragraph_levels(text: str, base: Base) -> list[int]:
    """Give the embedding level of each letter of one paragraph; odd ones run leftwards.

    In a paragraph that runs rightwards each stretch of leftward letters is isolated: it ends with its last letter and the brackets
    that it has opened, so that a year or a case number behind a name stays behind it. A date or number of several parts keeps their
    order; by the standard it would be turned around behind an Arabic letter, 2026-03-09 into 09-03-2026.
    """
    levels = [0] * len(text)
    for first, last in [(0, len(text))] if base == 1 else _stretches(text):
        levels[first:last] = resolved_levels(text[first:last], 1)
    for found in _COMPOSED_NUMBER.finditer(text):
        if max(levels[found.start() : found.end()]) > 0:
            levels[found.start() : found.end()] = [2] * len(found.group())
    return levels


def _stretches(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    first = None
    end = 0
    for place, kind in enumerate(map(unicodedata.bidirectional, text)):
        if kind in _RIGHT_TO_LEFT:
            first = place if first is None else first
            end = place + 1
        elif kind == "AN" or (kind in ("NSM", "BN") and end == place):
            end = place + 1 if first is not None else end
        elif kind == "L" and first is not None:
            found.append((first, _closed(text, first, end)))
            first = None
    if first is not None:
        found.append((first, _closed(text, first, end)))
    return found


def _closed(text: str, first: int, end: int) -> int:
    """Give the end of a stretch, the brackets that close those opened in it included."""
    waiting: list[str] = []
    for place in range(first, len(text)):
        letter = text[place]
        kind = unicodedata.category(letter)
        if kind == "Ps" and place < end:
            waiting.append(MIRRORED.get(letter, ""))
        elif kind == "Pe" and waiting and letter == waiting[-1]:
            waiting.pop()
            end = max(end, place + 1)
        elif place >= end and (not waiting or letter.isspace()):
            break
    return end


def resolved_levels(text: str, base: Base) -> list[int]:
    """Give each letter's level by the standard, the whole text taken as one paragraph of this direction."""
    places = [place for place, letter in enumerate(text) if unicodedata.bidirectional(letter) not in ("BN", "")]
    kinds = [unicodedata.bidirectional(text[place]) for place in places]
    outer: Literal["L", "R"] = "R" if base else "L"
    original = list(kinds)
    _resolve_weak(kinds, outer)
    _resolve_brackets([text[place] for place in places], original, kinds, outer)
    _resolve_neutral(kinds, outer)
    levels = [int(base)] * len(text)
    for place, kind in zip(places, kinds, strict=True):
        raised = {"L": 0, "R": 1, "AN": 2, "EN": 2} if base == 0 else {"L": 1, "R": 0, "AN": 1, "EN": 1}
        levels[place] = base + raised[kind]
    known = set(places)
    for place in range(1, len(text)):
        if place not in known:
            levels[place] = levels[place - 1]
    return levels


def _resolve_weak(kinds: list[str], outer: str) -> None:
    before = outer
    strong = outer
    for place, kind in enumerate(kinds):  # W1, W2
        if kind == "NSM":
            kinds[place] = kind = before
        if kind in ("L", *_RIGHT_TO_LEFT):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[place] = kind = "AN"
        before = kind
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]  # W3
    for place in range(1, len(kinds) - 1):  # W4
        left, kind, right = kinds[place - 1 : place + 2]
        if left == right and (left == "EN" if kind == "ES" else left in ("EN", "AN")) and kind in ("CS", "ES"):
            kinds[place] = left
    for first, last in _runs_of(kinds, ("ET",)):  # W5
        if "EN" in (kinds[first - 1] if first else "", kinds[last] if last < len(kinds) else ""):
            kinds[first:last] = ["EN"] * (last - first)
    strong = outer
    for place, kind in enumerate(kinds):  # W6, W7
        if kind in ("ES", "ET", "CS"):
            kinds[place] = "ON"
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"


def _resolve_brackets(letters: Sequence[str], original: Sequence[str], kinds: list[str], outer: str) -> None:
    for opening, closing in _pairs(letters, kinds):  # N0
        inside = {_direction(kind) for kind in kinds[opening + 1 : closing]} - {""}
        if outer in inside:
            chosen = outer
        elif inside:
            before = next((_direction(kind) for kind in reversed(kinds[:opening]) if _direction(kind)), outer)
            chosen = before if before in inside else outer
        else:
            continue
        for place in (opening, closing):
            kinds[place] = chosen
            for after in range(place + 1, len(kinds)):
                if original[after] != "NSM":
                    break
                kinds[after] = chosen


def _pairs(letters: Sequence[str], kinds: Sequence[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    waiting: list[tuple[str, int]] = []
    for place, (letter, kind) in enumerate(zip(letters, kinds, strict=True)):
        if kind != "ON" or letter not in MIRRORED:
            continue
        category = unicodedata.category(letter)
        if category == "Ps":
            if len(waiting) == _DEEPEST_BRACKETS:
                break
            waiting.append((MIRRORED[letter], place))
        elif category == "Pe":
            match = next((at for at in reversed(range(len(waiting))) if waiting[at][0] == letter), None)
            if match is not None:
                found.append((waiting[match][1], place))
                del waiting[match:]
    return sorted(found)


def _resolve_neutral(kinds: list[str], outer: str) -> None:
    for first, last in _runs_of(kinds, _NEUTRAL):  # N1, N2
        left = _direction(kinds[first - 1]) if first else outer
        right = _direction(kinds[last]) if last < len(kinds) else outer
        kinds[first:last] = [left if left == right else outer] * (last - first)


def _direction(kind: str) -> str:
    return {"L": "L", "R": "R", "EN": "R", "AN": "R"}.get(kind, "")


def _runs_of(kinds: Sequence[str], wanted: Sequence[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    place = 0
    while place < len(kinds):
        first = place
        while place < len(kinds) and kinds[place] in wanted:
            place += 1
        if place > first:
            found.append((first, place))
        place += 1
    return found


def visual_order(levels: Sequence[int]) -> list[int]:
    """Give the places of things of these levels from left to right (L2)."""
    order = list(range(len(levels)))
    for level in range(max(levels, default=0), 0, -1):
        place = 0
        while place < len(order):
            first = place
            while place < len(order) and levels[order[place]] >= level:
                place += 1
            order[first:place] = order[first:place][::-1]
            place += 1
    return order


def mirrored(letter: str) -> str:
    """Give the letter that is shown for another where the text runs leftwards: a bracket's counterpart."""
    return str(MIRRORED.get(letter, letter))
