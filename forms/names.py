"""Names in running text: where one stands whatever its case and accents, and another put in its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

#: A number of fewer letters and digits than this is too common to be told from a year or an amount.
SHORTEST_NUMBER = 5
#: A name of fewer letters is not looked for: two letters are a country or a language as often as a name.
SHORTEST_NAME = 3
#: A name shorter than this is looked for exactly as it is written: *ACT* is an organisation, *act* a word.
SHORTEST_FOLDED = 4
#: Scripts that are written without spaces, so that no word has an end to look for: Thai to Tibetan, Burmese, Khmer, kana, Chinese.
_UNSPACED = re.compile("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")
_PLAIN_WORD = re.compile("[0-9A-Za-z]+")
#: Words that many organisations have in their names, and that tell nobody which one it is; folded.
_COMMON_WORDS = (
    "the and for from with och med fran den det dei les des pour dans avec aux une "
    "association associations organisation organisations organization organizations organisasjon organisasjonen organisationen "
    "foundation fondation stiftelse stiftelsen network networks reseau natverk natverket nettverk nettverket "
    "church churches kyrka kyrkan kirke kirken eglise society community communities communaute "
    "forening foreningen forbund forbundet partner partners partnere partenaire "
    "project projects projekt projektet prosjekt prosjektet projet programme program "
    "group groups grupp gruppen gruppe groupe committee kommitte kommitten komite comite centre center union "
    "international internationella internasjonal internationale national nationella nasjonal nationale ngo ong asbl inc ltd "
)
_COMMON = frozenset(_COMMON_WORDS.split())


@dataclass(frozen=True)
class Sought:
    """What is looked for: names of organisations and people as whole words, and numbers however they are grouped."""

    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()

    @cached_property
    def patterns(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        """What to look for in folded text, each with how it must be written, which is empty where any way will do."""
        found = []
        for name in self.names:
            wanted = _fold(name).text.strip()
            runs_on = _UNSPACED.search(wanted) is not None
            if len(wanted) >= (2 if runs_on else SHORTEST_NAME):
                pattern = " ?".join(map(re.escape, wanted.replace(" ", ""))) if runs_on else rf"(?<= ){re.escape(wanted)}(?= )"
                exact = "" if runs_on or len(wanted) >= SHORTEST_FOLDED else unicodedata.normalize("NFC", name.strip())
                found.append((re.compile(pattern), exact))
        for number in self.numbers:
            wanted = _fold(number).text.replace(" ", "")
            if len(wanted) >= SHORTEST_NUMBER:
                found.append((re.compile(rf"(?<= ){' ?'.join(map(re.escape, wanted))}(?= )"), ""))
        return tuple(found)

    @cached_property
    def any_of_them(self) -> re.Pattern[str]:
        """All of it in one pattern, which matches nothing where nothing is sought."""
        return re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in self.patterns) or "(?!)")


@dataclass(frozen=True)
class _Folded:
    """A text without case, accents and marks, its words one space apart; ``origins`` says which letter each came from."""

    text: str
    origins: tuple[int, ...]


def stands_in(text: str, sought: Sought) -> bool:
    """Say whether anything that is sought stands in a text."""
    return next(_spans(text, sought), None) is not None


def in_place_of(text: str, sought: Sought, stand_in: str) -> str:
    """Give the text with another name in the place of everything that is sought."""
    done, at = [], 0
    for start, end in sorted(_spans(text, sought)):
        if start >= at:
            done += [text[at:start], stand_in]
        at = max(at, end)
    return "".join([*done, text[at:]])


def distinctive(name: str) -> frozenset[str]:
    """Give the words of a name that tell whose it is, folded: none that many organisations have, and none of two letters."""
    return frozenset(word for word in _fold(name).text.split() if len(word) > 2 and word not in _COMMON)


def ways_of_writing(name: str) -> tuple[str, ...]:
    """Give how a name is usually written: whole, without what is in brackets, a short form in brackets alone, without common words.

    What is left of a name without its common words is looked for only when it is two words or more: *Hope Foundation* is not *hope*.
    """
    bare = " ".join(re.sub(r"[(\[][^)\]]*[)\]]", " ", name).split())
    short = [one for one in re.findall(r"[(\[]([^)\]]*)[)\]]", name) if one.strip().isupper()]
    core = [word for word in bare.split() if distinctive(word)]
    ways = [name.strip(), *([bare] if distinctive(bare) else []), *short, *([" ".join(core)] if len(core) > 1 else [])]
    return tuple(dict.fromkeys(way for way in ways if way))


def _spans(text: str, sought: Sought) -> Iterator[tuple[int, int]]:
    folded = _fold(text)
    if sought.any_of_them.search(folded.text) is None:
        return
    for pattern, exact in sought.patterns:
        for match in pattern.finditer(folded.text):
            start, end = folded.origins[match.start()], folded.origins[match.end() - 1] + 1
            while end < len(text) and not _letters(text[end]):
                end += 1  # accents and marks that belong to the last letter
            if not exact or unicodedata.normalize("NFC", text[start:end]) == exact:
                yield start, end


def _fold(text: str) -> _Folded:
    if text.isascii():
        return _plainly(text)
    letters, origins = [" "], [0]
    for place, written in enumerate(text):
        for letter in _letters(written):
            if letter != " " or letters[-1] != " ":
                letters.append(letter)
                origins.append(place)
    return _Folded("".join(letters) + " ", (*origins, len(text)))


def _plainly(text: str) -> _Folded:
    """Fold a text of plain letters, where every letter stays one: word by word."""
    words, origins = [], [0]
    for match in _PLAIN_WORD.finditer(text):
        words.append(match.group().lower())
        origins += [*range(match.start(), match.end()), match.end()]
    return _Folded(f" {' '.join(words)} ", tuple(origins))


@lru_cache(maxsize=4096)
def _letters(written: str) -> str:
    """Fold one letter: to nothing for an accent or an invisible mark, to a space for what is no letter or digit."""
    if written.isascii():
        return written.lower() if written.isalnum() else " "
    whole = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", written).casefold())
    kept = (one for one in whole if not unicodedata.combining(one) and unicodedata.category(one) != "Cf")
    return "".join(one if one.isalnum() else " " for one in kept)
