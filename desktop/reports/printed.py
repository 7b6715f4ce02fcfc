"""What the pages of a report say, read by its own structure: table rows cell by cell, paragraphs, figures with what is spoken of them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

#: More than any report has; beyond it a file is made to do harm.
_MOST_PAGES, _MOST_ELEMENTS, _DEEPEST = 2000, 200_000, 60
_MOST_STREAM = 32 * 1024 * 1024
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
        open_marks: list[int | None] = []
        letters: dict[int, str] = {}
        wide = False
        contents = page.obj.get("/Contents")
        for stream in contents if isinstance(contents, Array) else [contents]:
            if stream is not None and int(stream.get("/Length", 0)) > _MOST_STREAM:
                raise Unreadable
        operators = "BDC BMC EMC Tf Tj TJ ' \" Td TD T* Tm ET"
        for instruction in pikepdf.parse_content_stream(page, operators):
            operands, name = instruction.operands, str(instruction.operator)
            if name in ("BDC", "BMC"):
                marks = operands[1] if len(operands) > 1 else None
                own = int(marks.MCID) if isinstance(marks, Dictionary) and "/MCID" in marks else None
                open_marks.append(own if own is not None else (open_marks[-1] if open_marks else None))
            elif name == "EMC" and open_marks:
                open_marks.pop()
            elif name == "Tf":
                letters, wide = self._letters(fonts.get(str(operands[0])))
            elif open_marks and open_marks[-1] is not None:
                into = texts.setdefault(open_marks[-1], [])
                if name in ("Tj", "'", '"', "TJ"):
                    for part in operands[-1] if name == "TJ" else [operands[-1]]:
                        if isinstance(part, pikepdf.String):
                            into.append(_decoded(bytes(part), letters, wide=wide))
                elif name in ("T*", "Td", "TD", "ET"):
                    into.append(" ")
        return {number: "".join(parts) for number, parts in texts.items()}

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


def _decoded(code: bytes, letters: dict[int, str], *, wide: bool) -> str:
    numbers = [int.from_bytes(code[at : at + 2], "big") for at in range(0, len(code), 2)] if wide else list(code)
    return "".join(letters.get(number, "\ufffd") for number in numbers)


def _children(element: Object) -> list[Object]:
    found = element.get("/K")
    if found is None:
        return []
    return list(found) if isinstance(found, Array) else [found]
