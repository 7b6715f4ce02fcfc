"""The report's typeface, and what becomes of a letter that it lacks."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache
from io import BytesIO
from threading import Lock

from fontTools import subset, ttLib
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from desktop.charts.print_painter import BOLD, REGULAR
from desktop.reports.scripts import is_known, without_controls
from resources import read

FILES = {REGULAR: "NotoSans-Regular.ttf", BOLD: "NotoSans-Bold.ttf"}
_LAYOUT_TABLES = ["GSUB", "GPOS", "GDEF", "DSIG"]
_registering = Lock()

#: Letters that the typeface lacks but for which it has one of the same meaning.
_STAND_INS = str.maketrans({"\u2212": "\u2013", "\u2010": "-", "\u2011": "-", "\u00ad": None, "\u2009": "\u00a0", "\u202f": "\u00a0"})

#: Words a run of letters that cannot be printed, given the name of its script ("Arabic").
Replacement = Callable[[str], str]


@cache
def font_bytes(name: str) -> bytes:
    """Give a face as it stands in its file."""
    return read("fonts", FILES[name])


def register_fonts() -> None:
    """Make the two faces known to reportlab, once per program; safe from any thread."""
    with _registering:
        if REGULAR in pdfmetrics.getRegisteredFontNames() and BOLD in pdfmetrics.getRegisteredFontNames():
            return
        for name in FILES:
            pdfmetrics.registerFont(TTFont(name, BytesIO(font_bytes(name))))
        pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


@cache
def _known_letters() -> frozenset[int]:
    known = []
    for name in FILES:
        with ttLib.TTFont(BytesIO(font_bytes(name)), lazy=True) as font:
            known.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*known)


def printable(text: str, *, replacement: Replacement, with_scripts: bool = False) -> str:
    """Give text that the typeface can show, composed (NFC) and without control characters but line ends.

    ``with_scripts``: so can what the text is set with, the typefaces of other scripts included.

    A run that has no glyphs is replaced as a whole, spaces inside it included, by ``replacement(script)``: an empty box
    would look like a fault of the reader's machine, and a silent gap would falsify a name.
    """
    text = unicodedata.normalize("NFC", text.translate(_STAND_INS)).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = without_controls(text)
    known = _known_letters()
    missing = {letter for letter in text if ord(letter) not in known and letter != "\n"}
    if with_scripts:
        missing = {letter for letter in missing if not is_known(letter)}
    if not missing:
        return text
    parts: list[str] = []
    run = ""
    gap = ""
    for letter in text:
        if letter not in missing:
            if run and letter == " ":
                gap += letter
                continue
            if run:
                parts.append(replacement(_script(run)))
                run = ""
            parts.append(gap + letter)
            gap = ""
        else:
            run += gap + letter
            gap = ""
    if run:
        parts.append(replacement(_script(run)))
    return "".join([*parts, gap])


def _script(run: str) -> str:
    """Name the script of a run by its first letter's Unicode name: "Arabic", "Ethiopic", "Cjk" …"""
    return unicodedata.name(run[0], "unknown").split()[0].split("-")[0].title()


def subset_for(text: str) -> bytes:
    """Cut the regular face down to the letters of a text, without layout tables: small enough to embed in no time."""
    options = subset.Options(layout_features=[], notdef_outline=True, name_IDs=["*"], hinting=False, drop_tables=_LAYOUT_TABLES)
    options.recalc_timestamp = False
    cutter = subset.Subsetter(options)
    cutter.populate(text=text + " ")
    out = BytesIO()
    with ttLib.TTFont(BytesIO(font_bytes(REGULAR)), recalcTimestamp=False) as font:
        for table in _LAYOUT_TABLES:  # fontTools would read them whole, nine tenths of the work, before it drops them
            if table in font:
                del font[table]
        cutter.subset(font)
        font.save(out)
    return out.getvalue()
