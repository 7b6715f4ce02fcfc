"""Where a line may end in scripts that write no spaces, and where it must not."""

from __future__ import annotations

import re
import unicodedata

from desktop.reports.scripts import script_of

#: No line begins with these, and none ends with those.
_NOT_FIRST = frozenset("、。，．：；！？）〕］｝〉》」』】’”…ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ・％‰℃,.:;!?)]}»")
_NOT_LAST = frozenset("（〔［｛〈《「『【‘“￥＄([{«")
#: A Burmese syllable begins with a consonant or a vowel that stands by itself, unless that letter is stacked below another or ends one.
_SYLLABLE = re.compile("(?<!\u1039)[\u1000-\u102a\u103f\u104c-\u104f\u1050-\u1055](?![\u1037]?[\u103a\u1039])")
_AFTER_ETHIOPIC = frozenset("\u1361\u1362\u1363\u1364\u1365\u1366\u1367\u1368")


def pieces(text: str) -> list[tuple[int, int]]:
    """Cut one paragraph where a line may end; spaces belong to the piece before them."""
    return _cut(text, [place for place in range(1, len(text)) if _may_break(text, place)])


def unbroken(text: str) -> list[tuple[int, int]]:
    """Cut a piece that is wider than its line between any two letters, marks and joined letters kept whole."""
    return _cut(text, [place for place in range(1, len(text)) if unicodedata.category(text[place]) not in ("Mn", "Mc", "Me", "Cf")])


def _cut(text: str, places: list[int]) -> list[tuple[int, int]]:
    ends = [*places, len(text)]
    return [(first, last) for first, last in zip([0, *places], ends, strict=True) if last > first]


def _may_break(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place]
    if before == " ":
        return after != " "
    if after == " " or after in _NOT_FIRST or before in _NOT_LAST:
        return False
    if before in _AFTER_ETHIOPIC and after not in _AFTER_ETHIOPIC:
        return True
    script = script_of(after)
    if script is not None and script.name == "Myanmar":
        return _SYLLABLE.match(text, place) is not None
    earlier = script_of(before)
    is_han = (script is not None and script.name == "Han") or (earlier is not None and earlier.name == "Han")
    return is_han and unicodedata.category(after) not in ("Mn", "Mc")
