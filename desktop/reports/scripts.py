"""Which script a letter is written in, the typeface that shows it, and the language that its script tells."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Literal

import uharfbuzz

from resources import read

Name = Literal["Arabic", "Ethiopic", "Myanmar", "Han"]


@dataclass(frozen=True)
class Script:
    """A script with a typeface of its own; ``leading`` is the least distance of its lines as a multiple of the size."""

    name: Name
    code: str
    letters: str
    regular: str
    bold: str
    leading: float

    def file(self, *, bold: bool) -> str:
        """Name the face's file."""
        return self.bold if bold else self.regular


#: Letters as ranges of a regular expression's class. Han, Kana and Bopomofo share a typeface, which has one weight.
SCRIPTS = (
    Script(
        "Arabic",
        "Arab",
        "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
        "NotoSansArabic-Regular.ttf",
        "NotoSansArabic-Bold.ttf",
        1.6,
    ),
    Script(
        "Ethiopic",
        "Ethi",
        "\u1200-\u1399\u2d80-\u2dde\uab01-\uab2e",
        "NotoSansEthiopic-Regular.ttf",
        "NotoSansEthiopic-Bold.ttf",
        1.4,
    ),
    Script("Myanmar", "Mymr", "\u1000-\u109f\ua9e0-\ua9fe\uaa60-\uaa7f", "NotoSansMyanmar-Regular.ttf", "NotoSansMyanmar-Bold.ttf", 1.9),
    Script(
        "Han",
        "Hani",
        "\u3001-\u303f\u3041-\u30ff\u3105-\u312f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uffe5",
        "DroidSansFallbackFull.ttf",
        "DroidSansFallbackFull.ttf",
        1.35,
    ),
)

_ANY = re.compile(f"[{''.join(script.letters for script in SCRIPTS)}]")
_EACH = tuple((script, re.compile(f"[{script.letters}]")) for script in SCRIPTS)
#: Forms of letters as old programs store them, each standing for the letter itself.
_PRESENTATION_FORMS = re.compile("[\ufb50-\ufdfb\ufe70-\ufefc]+")
#: The joiners mean something within a word of these scripts; every other invisible control is taken out.
_JOINERS = "\u200c\u200d"
_STRAY_JOINER = re.compile(
    f"(?<![{SCRIPTS[0].letters}{SCRIPTS[2].letters}])[{_JOINERS}]|[{_JOINERS}](?![{SCRIPTS[0].letters}{SCRIPTS[2].letters}])"
)

#: Letters that other languages have added to a script; with one of them the script does not tell the language.
_FOREIGN = {
    "Arabic": ("ar", re.compile("[\u0620\u063b-\u063f\u066e-\u06d3\u06d5\u06ee-\u06ff\u0750-\u077f\u08a0-\u08ff]")),
    "Ethiopic": ("am", re.compile("[\u1207\u1250-\u125f\u1380-\u1399\u2d80-\u2dde\uab01-\uab2e]")),
    "Myanmar": ("my", re.compile("[\u1022\u1028\u1033-\u1035\u1050-\u109f\ua9e0-\ua9fe\uaa60-\uaa7f]")),
    "Han": ("zh", re.compile("[\u3041-\u30ff]")),
}


def has_script(text: str) -> bool:
    """Tell whether a text has a letter of one of these scripts, and must be set letter by letter."""
    return _ANY.search(text) is not None


def script_of(letter: str) -> Script | None:
    """Give a letter's script, if it is one of these."""
    return next((script for script, letters in _EACH if letters.match(letter)), None)


def language_of(text: str) -> str | None:
    """Give the language of a text whose script tells it: Arabic, Amharic, Burmese or Chinese; None where others are written so too."""
    scripts = {script.name for letter in text if (script := script_of(letter)) is not None}
    if len(scripts) != 1:
        return None
    language, foreign = _FOREIGN[scripts.pop()]
    return None if foreign.search(text) else language


def without_controls(text: str) -> str:
    """Give a text without control characters but line ends, and without the joiners that join nothing.

    Among them are the controls of direction: whoever can write a name into a report must not be able to turn its sentences around.
    """
    if text.isascii():
        return "".join(letter for letter in text if letter == "\n" or letter.isprintable())
    text = _PRESENTATION_FORMS.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    kept = "".join(
        letter for letter in text if letter in _JOINERS or letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cf", "Cs")
    )
    return _STRAY_JOINER.sub("", kept)


@cache
def face(file: str) -> uharfbuzz.Face:
    """Open a face, once per program."""
    return uharfbuzz.Face(uharfbuzz.Blob(read("fonts", file)))


@cache
def _letters_of(file: str) -> frozenset[int]:
    return frozenset(face(file).unicodes)


def shows(script: Script, letter: str) -> bool:
    """Tell whether a script's typeface has a letter."""
    return ord(letter) in _letters_of(script.regular)


def is_mark(letter: str) -> bool:
    """Tell whether a letter is drawn upon, or joins, the one before it."""
    return letter in _JOINERS or unicodedata.category(letter) in ("Mn", "Mc", "Me")


def is_known(letter: str) -> bool:
    """Tell whether a letter of one of these scripts can be shown."""
    script = script_of(letter)
    return letter in _JOINERS or (script is not None and shows(script, letter))
