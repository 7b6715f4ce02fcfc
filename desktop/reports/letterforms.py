"""Whether a typeface inside a file draws the letters that it says: a glyph called 1 that looks like 8 would deceive every reader of both.

The Latin letters and the digits of every face are compared, stroke by stroke, with the bundled faces. A face that the program some day
replaces must stay among those that are compared with, or else older reports would no longer hold.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import uharfbuzz
from pikepdf import Name, Object

#: What a glyph stands for that only together with others stands for letters.
NOTHING = "\u200b"
_MAPPED = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_FACES = (
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
    "NotoSansArabic-Regular.ttf",
    "NotoSansArabic-Bold.ttf",
    "NotoSansEthiopic-Regular.ttf",
    "NotoSansEthiopic-Bold.ttf",
    "NotoSansMyanmar-Regular.ttf",
    "NotoSansMyanmar-Bold.ttf",
    "DroidSansFallbackFull.ttf",
)
_LAST_LATIN = 0x24F
_PER_MILLE = 1000
#: By so many thousandths may a width be rounded.
_ABOUT = 2.0
#: Of a typeface's flags: its codes are its own.
_SYMBOLIC = 4
_DIGITS = "0123456789"

Outline = tuple[tuple[object, ...], ...]


@dataclass
class Typeface:
    """One typeface of a file: ``letters``, ``widths`` (thousandths of the size) and ``glyphs`` by code; ``wide``: of two bytes."""

    letters: dict[int, str] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    glyphs: dict[int, int] = field(default_factory=dict)
    wide: bool = False
    font: uharfbuzz.Font | None = None
    _true: set[int] = field(default_factory=set)

    def codes(self, shown: bytes) -> list[int]:
        """Give the codes of letters that are shown."""
        return [int.from_bytes(shown[at : at + 2], "big") for at in range(0, len(shown), 2)] if self.wide else list(shown)

    def says(self, codes: list[int]) -> str:
        """Give the letters that codes stand for."""
        return "".join([self.letters.get(code, "\ufffd") for code in codes])

    def width(self, codes: list[int]) -> float:
        """Give how wide codes are together, in thousandths of the size."""
        return sum([self.widths.get(code, 0.0) for code in codes])

    def draws_otherwise(self, codes: list[int]) -> bool:
        """Tell whether one of the codes is drawn as another letter than it says."""
        for code in set(codes) - self._true:
            if not self._compare(code):
                return True
            self._true.add(code)
        return False

    def _compare(self, code: int) -> bool:
        letters = self.letters.get(code)
        if letters is None or self.font is None:
            return False
        outline = _outline(self.font, self.glyphs.get(code, 0))
        if len(letters) != 1:
            return not any(letter in _DIGITS for letter in letters) and outline not in _digits()
        if unicodedata.category(letters) == "Zs" or (ord(letters) <= _LAST_LATIN and unicodedata.category(letters)[0] in "LN"):
            return any(abs(self.widths.get(code, 0.0) - wide) <= _ABOUT for wide in _forms(letters).get(outline, ()))
        return outline not in _digits()


def read_typeface(font: Object) -> Typeface:
    """Read a typeface as Gedigen writes them, in one of two ways. Raises ValueError, KeyError or struct.error for any other."""
    wide = font.get("/Subtype") == Name.Type0
    if "/ToUnicode" not in font:
        return Typeface(wide=wide)  # set at the beginning of every page, and nothing is written with it
    pairs = _MAPPED.findall(font.ToUnicode.read_bytes().partition(b"beginbfchar")[2])
    if wide:
        (inner,) = font.DescendantFonts
        first, widths = inner.W
        plain = (
            font.Encoding == Name("/Identity-H") and inner.Subtype == Name.CIDFontType2 and not {"/W2", "/DW", "/DW2"} & set(inner.keys())
        )
    else:
        inner, first, widths = font, font.FirstChar, font.Widths
        plain = font.Subtype == Name.TrueType and "/Encoding" not in font
    descriptor = inner.FontDescriptor
    if not plain or {"/FontFile", "/FontFile3"} & set(descriptor.keys()) or not int(descriptor.Flags) & _SYMBOLIC:
        raise ValueError("not a typeface of Gedigen's")
    program = descriptor.FontFile2.read_bytes()
    return Typeface(
        letters={int(code, 16): bytes.fromhex(letter.decode()).decode("utf-16-be", "replace") for code, letter in pairs},
        widths={int(first) + at: float(width) for at, width in enumerate(widths)},
        glyphs=_wide_places(inner.CIDToGIDMap.read_bytes()) if wide else _places(program),
        wide=wide,
        font=uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(program))),
    )


def _wide_places(places: bytes) -> dict[int, int]:
    """Give the glyph of each code of two bytes."""
    return {at // 2: int.from_bytes(places[at : at + 2], "big") for at in range(0, len(places), 2)}


def _places(program: bytes) -> dict[int, int]:
    """Give the glyph of each code by a font's one table of them, as reportlab writes it."""
    (count,) = struct.unpack_from(">H", program, 4)
    tables = {}
    for at in range(12, 12 + 16 * count, 16):
        tag, _, start, length = struct.unpack_from(">4sIII", program, at)
        if tag in tables:
            raise ValueError("a table twice")
        tables[tag] = start, length
    start, _ = tables[b"cmap"]
    version, encodings, platform, encoding, offset = struct.unpack_from(">HHHHI", program, start)
    form, _, _, first, entries = struct.unpack_from(">HHHHH", program, start + offset)
    if (version, encodings, platform, encoding, form) != (0, 1, 1, 0, 6):
        raise ValueError("not a typeface of Gedigen's")
    return {first + at: glyph for at, glyph in enumerate(struct.unpack_from(f">{entries}H", program, start + offset + 10))}


class _Pen:
    """Notes what is drawn."""

    def __init__(self) -> None:
        self.strokes: list[tuple[object, ...]] = []

    def moveTo(self, *points: Any) -> None:
        self.strokes.append(("m", *points))

    def lineTo(self, *points: Any) -> None:
        self.strokes.append(("l", *points))

    def curveTo(self, *points: Any) -> None:
        self.strokes.append(("c", *points))

    def qCurveTo(self, *points: Any) -> None:
        self.strokes.append(("q", *points))

    def closePath(self) -> None:
        self.strokes.append(("h",))


def _outline(font: uharfbuzz.Font, glyph: int) -> Outline:
    """Give how many units the size has, and the strokes in these units."""
    pen = _Pen()
    font.draw_glyph_with_pen(glyph, pen)
    return (font.face.upem,), *pen.strokes


@cache
def _bundled() -> tuple[uharfbuzz.Font, ...]:
    from desktop.reports.scripts import face

    return tuple(uharfbuzz.Font(face(file)) for file in _FACES)


@cache
def _forms(letter: str) -> dict[Outline, set[float]]:
    """Give how the bundled faces draw a letter, and how wide."""
    found: dict[Outline, set[float]] = {}
    for font in _bundled():
        glyph = font.get_nominal_glyph(ord(letter))
        if glyph:
            wide = font.get_glyph_h_advance(glyph) * _PER_MILLE / font.face.upem
            found.setdefault(_outline(font, glyph), set()).add(wide)
    return found


@cache
def _digits() -> frozenset[Outline]:
    return frozenset(outline for digit in _DIGITS for outline in _forms(digit))
