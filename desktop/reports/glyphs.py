"""Glyphs chosen and placed by HarfBuzz, and the typefaces that a file carries for them.

reportlab can shape too, but numbers the glyphs that stand for no single letter anew in every program run and says of them that
they are private letters: neither reproducible nor readable by others. Here a glyph gets its number in a file in the order of use,
together with the letters that it stands for there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

import uharfbuzz
from reportlab.pdfbase import pdfdoc

from desktop.reports.scripts import face

_SYMBOLIC = 4
#: What a glyph stands for that is a part of what another stands for: nothing that anyone reads.
_NOTHING = "\u200b"
_PER_BLOCK = 100  #: as many entries as a block of a letter map may hold
_PER_MILLE = 1000
_FINEST = 0.5  #: thousandths of the size that nobody sees
#: Tables that only a program that sets text needs.
_LEFT_OUT = ("GSUB", "GPOS", "GDEF", "DSIG", "cmap", "name", "OS/2", "post", "gasp", "vhea", "vmtx", "hdmx", "VDMX", "LTSH", "kern")


class Glyph(NamedTuple):
    """A glyph in its place, in thousandths of the size counted from where its text begins to the left.

    ``letters``: what it stands for, or nothing when it is a part of what the glyph before it stands for.
    """

    number: int
    letters: str
    x: float
    y: float


class Shaped(NamedTuple):
    """A text's glyphs in the order in which they are read, and its width in thousandths of the size."""

    glyphs: tuple[Glyph, ...]
    width: float


@lru_cache(maxsize=4096)
def shaped(text: str, file: str, code: str, *, leftwards: bool) -> Shaped:
    """Shape a text of one script (ISO 15924 ``code``) in one face."""
    font = _font(file)
    buffer = uharfbuzz.Buffer()
    by_letter, by_syllable = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS, uharfbuzz.BufferClusterLevel.MONOTONE_GRAPHEMES
    buffer.cluster_level = by_syllable if code == "Mymr" else by_letter
    buffer.add_str(text)
    buffer.direction = "rtl" if leftwards else "ltr"
    buffer.script = code
    uharfbuzz.shape(font, buffer, {"kern": True, "liga": True})
    scale: float = _PER_MILLE / font.face.upem
    starts = sorted({one.cluster for one in buffer.glyph_infos})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    pen = 0.0
    placed: list[tuple[int, int, float, float]] = []
    for one, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        placed.append((one.codepoint, one.cluster, pen + place.x_offset * scale, place.y_offset * scale))
        pen += place.x_advance * scale
    said: set[int] = set()
    glyphs = []
    blank = font.get_nominal_glyph(0x20) or 0
    for number, cluster, x, y in reversed(placed) if leftwards else placed:
        letters = text[cluster : ends[cluster]]
        if leftwards and cluster not in said and len(letters) > 1:
            # A program that reads the letters from where they stand would turn those of one glyph around: each but the last gets
            # a place of its own, right of those after it.
            wide = _advance(file, number)
            for back, letter in enumerate(letters[:-1]):
                glyphs.append(Glyph(blank, letter, x + wide * (1 - back / len(letters)) - _advance(file, blank), y))
            said.add(cluster)
            glyphs.append(Glyph(number, letters[-1], x, y))
            continue
        glyphs.append(Glyph(number, "" if cluster in said else text[cluster : ends[cluster]], x, y))
        said.add(cluster)
    return Shaped(tuple(glyphs), pen)


@cache
def _font(file: str) -> uharfbuzz.Font:
    return uharfbuzz.Font(face(file))


@dataclass
class _Use:
    """The glyphs of one face in one file, in the order of their use."""

    name: str
    codes: dict[tuple[int, str], int]


class GlyphFaces:
    """The faces that a file carries for its glyphs; the document writes them out at its end as it does its other fonts."""

    def __init__(self) -> None:
        self._uses: dict[str, _Use] = {}

    def operators(self, glyphs: Sequence[Glyph], *, file: str, size: float, x: float, y: float) -> str:
        """Give the operators that draw glyphs from a point on, and remember what they need."""
        use = self._uses.setdefault(file, _Use(f"/G{len(self._uses) + 1}", {}))
        parts = [f"BT {use.name} {_number(size)} Tf 1 0 0 1 {_number(x)} {_number(y)} Tm"]
        pen = rise = 0.0
        for syllable in _syllables(glyphs):
            if len(syllable) > 1:
                parts.append(f"/Span <</ActualText <FEFF{syllable[0].letters.encode('utf-16-be').hex().upper()}>>> BDC")
            row: list[str] = []
            for glyph in syllable:
                if glyph.y != rise:
                    parts += [f"[{''.join(row)}] TJ"] if row else []
                    row = []
                    rise = glyph.y
                    parts.append(f"{_number(rise * size / _PER_MILLE)} Ts")
                code = use.codes.setdefault((glyph.number, glyph.letters or _NOTHING), len(use.codes) + 1)
                if abs(glyph.x - pen) >= _FINEST:
                    row.append(_number(pen - glyph.x))
                    pen = glyph.x
                row.append(f"<{code:04X}>")
                pen += _advance(file, glyph.number)
            parts.append(f"[{''.join(row)}] TJ")
            if len(syllable) > 1:
                parts.append("EMC")
        if rise:
            parts.append("0 Ts")
        return " ".join([*parts, "ET"])

    def addObjects(self, doc: Any) -> None:
        """Write every face that was used, cut down to its glyphs."""
        for file, use in self._uses.items():
            made = _composite_font(doc, file, use)
            doc.idToObject["BasicFonts"].dict[use.name[1:]] = doc.Reference(made, f"font:{use.name}")


def _syllables(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Put together the glyphs that only together stand for some letters; all others that follow each other need no more than their own."""
    found: list[list[Glyph]] = []
    for glyph in glyphs:
        if glyph.letters or not found:
            found.append([])
        found[-1].append(glyph)
    return found


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") if abs(value) >= 0.0005 else "0"


@cache
def _advance(file: str, glyph: int) -> int:
    wide: int = _font(file).get_glyph_h_advance(glyph)
    upem: int = face(file).upem
    return round(wide * _PER_MILLE / upem)


def _composite_font(doc: Any, file: str, use: _Use) -> Any:
    codes = sorted((code, glyph, letters) for (glyph, letters), code in use.codes.items())
    program, numbers = _cut(file, {glyph for _, glyph, _ in codes})
    font, name = _font(file), f"{_tag(use)}+{file.partition('.')[0]}"
    scale = _PER_MILLE / font.face.upem
    extents = font.get_font_extents("ltr")
    descriptor = pdfdoc.PDFDictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": pdfdoc.PDFName(name),
            "Flags": _SYMBOLIC,
            "FontBBox": pdfdoc.PDFArray([-1000, round(extents.descender * scale), 2000, round(extents.ascender * scale)]),
            "ItalicAngle": 0,
            "Ascent": round(extents.ascender * scale),
            "Descent": round(extents.descender * scale),
            "CapHeight": round(extents.ascender * scale),
            "StemV": 80,
            "FontFile2": _stream(doc, program, f"glyphs:{name}", Length1=len(program)),
        }
    )
    places = bytearray(2 * (len(codes) + 1))
    for code, glyph, _ in codes:
        places[2 * code : 2 * code + 2] = numbers[glyph].to_bytes(2, "big")
    descendant = pdfdoc.PDFDictionary(
        {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": pdfdoc.PDFName(name),
            "CIDSystemInfo": pdfdoc.PDFDictionary(
                {"Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity"), "Supplement": 0}
            ),
            "FontDescriptor": doc.Reference(descriptor, f"descriptor:{name}"),
            "W": pdfdoc.PDFArray([1, pdfdoc.PDFArray([_advance(file, glyph) for _, glyph, _ in codes])]),
            "CIDToGIDMap": _stream(doc, bytes(places), f"places:{name}"),
        }
    )
    return pdfdoc.PDFDictionary(
        {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": pdfdoc.PDFName(name),
            "Encoding": "/Identity-H",
            "DescendantFonts": pdfdoc.PDFArray([doc.Reference(descendant, f"descendant:{name}")]),
            "ToUnicode": _stream(doc, _letter_map(name, [(code, letters) for code, _, letters in codes]), f"letters:{name}"),
        }
    )


def _tag(use: _Use) -> str:
    """Give the six letters that mark a font as cut down."""
    number = int(use.name[2:])
    return "GDGN" + chr(65 + number // 26) + chr(65 + number % 26)


def _cut(file: str, glyphs: set[int]) -> tuple[bytes, dict[int, int]]:
    """Cut a face down to some glyphs and what they are made of; gives the font and their new numbers."""
    wanted = uharfbuzz.SubsetInput()
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE | uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
    wanted.glyph_set.update(glyphs)
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _LEFT_OUT)
    plan = uharfbuzz.SubsetPlan(face(file), wanted)
    return plan.execute().blob.data, dict(plan.old_to_new_glyph_mapping)


def _letter_map(name: str, pairs: Sequence[tuple[int, str]]) -> bytes:
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    ]
    for first in range(0, len(pairs), _PER_BLOCK):
        block = pairs[first : first + _PER_BLOCK]
        lines.append(f"{len(block)} beginbfchar")
        lines += [f"<{code:04X}> <{letters.encode('utf-16-be').hex().upper()}>" for code, letters in block]
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode("ascii")


def _stream(doc: Any, content: bytes, name: str, **entries: int) -> Any:
    stream = pdfdoc.PDFStream()
    stream.content = content
    for key, value in entries.items():
        stream.dictionary[key] = value
    if doc.compression:
        stream.filters = [pdfdoc.PDFZCompress]
    return doc.Reference(stream, name)
