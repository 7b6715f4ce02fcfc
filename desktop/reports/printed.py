"""What the pages of a report say, read by its own structure: table rows cell by cell, paragraphs, figures with what is spoken of them."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from desktop.reports.direction import mirrored

#: More than any report has; beyond it a file is made to do harm.
_MOST_PAGES, _MOST_ELEMENTS, _DEEPEST = 2000, 200_000, 60
_MOST_STREAM = 32 * 1024 * 1024
#: What a glyph stands for that only together with others stands for letters.
_NOTHING = "\u200b"
_MAPPED = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


class Unreadable(Exception):
    """The pages cannot be read as those of a report."""


@dataclass
class Printed:
    """Texts in reading order, white space made single. ``figures``: what is spoken of a figure, and what is drawn in it."""

    language: str = ""
    tables: list[list[tuple[str, ...]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    figures: list[tuple[str, str]] = field(default_factory=list)


def read_printed(pdf: bytes) -> Printed:
    """Read what a report's pages say. Raises Unreadable for pages without structure, or made to do harm."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            return _Reading(opened).printed
    except (pikepdf.PdfError, KeyError, AttributeError, TypeError, ValueError, IndexError, RecursionError) as error:
        raise Unreadable from error


class _Reading:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        if len(pdf.pages) > _MOST_PAGES:
            raise Unreadable
        self.printed = Printed(language=str(pdf.Root.get("/Lang", "")))
        self._fonts: dict[tuple[int, int], dict[int, str]] = {}
        self._texts = {page.obj.objgen: self._marked(page) for page in pdf.pages}
        self._count = 0
        self._walk(pdf.Root.StructTreeRoot, depth=0)

    def _walk(self, element: Object, depth: int) -> None:
        for child in _children(element):
            if not isinstance(child, Dictionary) or "/S" not in child:
                continue
            self._tick(depth)
            kind = str(child.S)
            if kind == "/Table":
                self.printed.tables.append([])
                self._walk(child, depth + 1)
            elif kind == "/TR":
                if not self.printed.tables:
                    raise Unreadable
                self.printed.tables[-1].append(tuple(self._text(cell, depth + 1) for cell in _children(child)))
            elif kind == "/Figure":
                self.printed.figures.append((str(child.get("/Alt", "")), self._text(child, depth)))
            elif kind == "/P" or re.fullmatch(r"/H\d?", kind):
                self.printed.texts.append(self._text(child, depth))
            else:
                self._walk(child, depth + 1)

    def _tick(self, depth: int) -> None:
        self._count += 1
        if self._count > _MOST_ELEMENTS or depth > _DEEPEST:
            raise Unreadable

    def _text(self, element: Object, depth: int) -> str:
        return " ".join("".join(self._pieces(element, element.get("/Pg"), depth)).split())

    def _pieces(self, element: Object, page: Object | None, depth: int) -> Iterator[str]:
        self._tick(depth)
        page = element.get("/Pg", page)
        for child in _children(element):
            if isinstance(child, int):
                yield self._piece(page, child)
            elif isinstance(child, Dictionary) and child.get("/Type") == Name.MCR:
                yield self._piece(child.get("/Pg", page), int(child.MCID))
            elif isinstance(child, Dictionary) and "/S" in child:
                yield from self._pieces(child, page, depth + 1)
                yield " "

    def _piece(self, page: Object | None, number: int) -> str:
        return "" if page is None else self._texts.get(page.objgen, {}).get(number, "") + " "

    def _marked(self, page: pikepdf.Page) -> dict[int, str]:
        """Give the text of each marked piece of a page by its number."""
        fonts = page.obj.get("/Resources", Dictionary()).get("/Font", Dictionary())
        texts: dict[int, list[str]] = {}
        marks: list[_Mark] = []
        baseline: object = None
        letters: dict[int, str] = {}
        wide = False
        contents = page.obj.get("/Contents")
        for stream in contents if isinstance(contents, Array) else [contents]:
            if stream is not None and int(stream.get("/Length", 0)) > _MOST_STREAM:
                raise Unreadable
        operators = "BDC BMC EMC Tf Tj TJ ' \" Td TD T* Tm"
        for instruction in pikepdf.parse_content_stream(page, operators):
            operands, name = instruction.operands, str(instruction.operator)
            if name in ("BDC", "BMC"):
                marks.append(_opened(operands, marks[-1] if marks else None, texts))
            elif name == "EMC" and marks:
                _close(marks.pop(), texts)
            elif name == "Tf":
                letters, wide = self._letters(fonts.get(str(operands[0])))
            elif marks and marks[-1].number is not None:
                into = texts.setdefault(marks[-1].number, [])
                if name in ("Tj", "'", '"', "TJ"):
                    for part in operands[-1] if name == "TJ" else [operands[-1]]:
                        if isinstance(part, pikepdf.String):
                            into.append(_decoded(bytes(part), letters, wide=wide))
                elif name in ("T*", "Td", "TD") or (name == "Tm" and operands[5] != baseline):
                    into.append(" ")
                if name == "Tm":
                    baseline = operands[5]
        return {number: "".join(parts).replace(_NOTHING, "") for number, parts in texts.items()}

    def _letters(self, font: Object | None) -> tuple[dict[int, str], bool]:
        if font is None:
            return {}, False
        wide = font.get("/Subtype") == Name.Type0
        known = self._fonts.get(font.objgen)
        if known is None:
            known = {}
            if "/ToUnicode" in font:
                pairs = _MAPPED.findall(font.ToUnicode.read_bytes().partition(b"beginbfchar")[2])
                known = {int(code, 16): bytes.fromhex(letter.decode()).decode("utf-16-be", "replace") for code, letter in pairs}
            self._fonts[font.objgen] = known
        return known, wide


@dataclass(frozen=True)
class _Mark:
    """A stretch of content: the number it belongs to, and what it says of itself from which place of that number's text on."""

    number: int | None
    says: str | None
    place: int


def _opened(operands: Any, outer: _Mark | None, texts: dict[int, list[str]]) -> _Mark:
    entries = operands[1] if len(operands) > 1 else None
    number, says = outer.number if outer is not None else None, None
    if isinstance(entries, Dictionary):
        number = int(entries.MCID) if "/MCID" in entries else number
        says = str(entries.ActualText) if "/ActualText" in entries else None
    return _Mark(number, says, len(texts.get(number, ())) if number is not None else 0)


def _close(mark: _Mark, texts: dict[int, list[str]]) -> None:
    """Take what a stretch says of itself for its text, if it is of the very letters that are drawn: their order, no other words."""
    if mark.says is None or mark.number is None:
        return
    parts = texts.setdefault(mark.number, [])
    if _letters_in(mark.says) == _letters_in("".join(parts[mark.place :])):
        parts[mark.place :] = [mark.says]


def _letters_in(text: str) -> list[str]:
    kept = (letter for letter in text if not letter.isspace() and letter != _NOTHING)
    # A bracket that stands in a text running leftwards is drawn as its counterpart.
    return sorted(min(letter, mirrored(letter)) if unicodedata.category(letter) in ("Ps", "Pe", "Pi", "Pf") else letter for letter in kept)


def _decoded(code: bytes, letters: dict[int, str], *, wide: bool) -> str:
    numbers = [int.from_bytes(code[at : at + 2], "big") for at in range(0, len(code), 2)] if wide else list(code)
    return "".join(letters.get(number, "\ufffd") for number in numbers)


def _children(element: Object) -> list[Object]:
    found = element.get("/K")
    if found is None:
        return []
    return list(found) if isinstance(found, Array) else [found]
