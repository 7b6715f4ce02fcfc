"""What the pages of a report say, read by its own structure: table rows cell by cell, paragraphs, figures with what is spoken of them.

Beside it, whether a reader sees there what they say: see ``in_sight`` for how it is drawn, ``letterforms`` for the letters. What is drawn
as decoration says nothing, so it must not have letters either but those that stand at the head and foot of every page, and the headings
of a table repeated on its next page. Contents must name a heading by its page, and lead there.
"""

from __future__ import annotations

import io
import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from desktop.reports.direction import mirrored
from desktop.reports.in_sight import Run, Sheet, beyond_the_frame
from desktop.reports.letterforms import NOTHING, Typeface, read_typeface
from desktop.reports.printed_contents import PrintedContents

#: More than any report has; beyond it a file is made to do harm.
_MOST_PAGES, _MOST_ELEMENTS, _DEEPEST = 2000, 200_000, 60
_MOST_STREAM = 32 * 1024 * 1024
#: Entries of a page that turn, enlarge, cut off or show otherwise what is drawn on it.
_TURNING = {"/UserUnit", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Group", "/Thumb"}
#: What may be said of a stretch of content.
_SAID_OF_STRETCH = {"/MCID", "/Lang", "/ActualText", "/Type", "/Attached", "/Subtype"}
_A4 = [0, 0, 595, 842]
#: Elements that are described in words beside what they hold.
_DESCRIBED = ("/Figure", "/Link", "/Form")
_LETTERS = ("Tj", "TJ")
#: … and with which a line of them begins.
_STARTING = ("T*", "Td", "Tm")
_UPRIGHT = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
_AT_THE_FOOT = ("cm", "rg", "BT", "ET", "Tf", "TL", "Tm", "Tj", "T*", "TJ", "Ts", "Td", "BDC", "EMC", "q", "Q")
#: Directions in which letters are not drawn in the order in which they are read.
_LEFTWARDS = ("R", "AL", "AN")


class Unreadable(Exception):
    """The pages cannot be read as those of a report."""


@dataclass
class Printed:
    """Texts in reading order, white space made single. ``figures``: what is spoken of a figure, and what is drawn in it.

    ``deceptive``: the numbers, from 1, of pages on which one sees something else than they say, each with what is wrong.
    """

    language: str = ""
    tables: list[list[tuple[str, ...]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    figures: list[tuple[str, str]] = field(default_factory=list)
    deceptive: dict[int, list[str]] = field(default_factory=dict)


def read_printed(pdf: bytes) -> Printed:
    """Read what a report's pages say. Raises Unreadable for pages without structure, or made to do harm."""
    try:
        with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False) as opened:
            printed = _Reading(opened).printed
            if opened.get_warnings():
                raise Unreadable  # what has to be guessed here, another program could guess otherwise
            return printed
    except (pikepdf.PdfError, KeyError, AttributeError, TypeError, ValueError, IndexError, RecursionError, struct.error) as error:
        raise Unreadable from error


class _Reading:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        if len(pdf.pages) > _MOST_PAGES:
            raise Unreadable
        self.printed = Printed(language=str(pdf.Root.get("/Lang", "")))
        self._fonts: dict[tuple[int, int], Typeface] = {}
        self._sheets: dict[tuple[int, int], Sheet] = {}
        self._texts = {page.obj.objgen: self._marked(page) for page in pdf.pages}
        self._reached: set[tuple[tuple[int, int], int]] = set()
        self._headings: set[str] = set()
        self._count = 0
        if {"/RoleMap", "/ClassMap"} & set(pdf.Root.StructTreeRoot.keys()):
            raise Unreadable  # an element would not be what it is called
        self._contents = PrintedContents([page.obj for page in pdf.pages])
        self._walk(pdf.Root.StructTreeRoot, depth=0)
        misled = self._contents.misleading()
        for number, page in enumerate(pdf.pages, start=1):
            faults = [*self._faults(page.obj), *misled.get(number, ())]
            if faults:
                self.printed.deceptive[number] = faults

    def _faults(self, page: Object) -> Iterator[str]:
        """Say what is wrong with a page, once everything has been read."""
        yield from self._sheets[page.objgen].close()
        if _TURNING & set(page.keys()) or page.get("/Rotate", 0) != 0 or [round(float(one)) for one in page.MediaBox] != _A4:
            yield "page turned or cut"
        fields = [[float(one) for one in each.Rect] for each in page.get("/Annots", Array()) if each.get("/Subtype") == Name.Widget]
        for run in self._sheets[page.objgen].runs:
            if any(run.touches(*corners) for corners in fields):
                yield f"letters below a field: {run.text}"
            if run.piece is None:
                if not beyond_the_frame(run) and not self._repeats_heading(run):
                    yield f"letters as decoration: {run.text}"
            elif (page.objgen, run.piece) not in self._reached:
                yield f"letters outside the structure: {run.text}"

    def _repeats_heading(self, run: Run) -> bool:
        said = "".join(run.text.replace(NOTHING, "").split())
        return any(said in heading for heading in self._headings)

    def _walk(self, element: Object, depth: int) -> None:
        for child in _children(element):
            if not isinstance(child, Dictionary) or "/S" not in child:
                self._piece_of(child, element.get("/Pg"))
                continue
            self._tick(depth)
            kind = str(child.S)
            if "/ActualText" in child or "/E" in child or ("/Alt" in child and kind not in _DESCRIBED):
                raise Unreadable
            if kind == "/Table":
                self.printed.tables.append([])
                self._walk(child, depth + 1)
            elif kind == "/TR":
                if not self.printed.tables:
                    raise Unreadable
                cells = [(str(cell.get("/S")), self._text(cell, depth + 1)) for cell in _children(child)]
                self._headings |= {"".join(text.split()) for kind, text in cells if kind == "/TH"}
                self.printed.tables[-1].append(tuple(text for _, text in cells))
                if cells and not cells[0][1]:
                    self._contents.heads("".join(text for _, text in cells), child)
            elif kind == "/Figure":
                self.printed.figures.append((str(child.get("/Alt", "")), self._text(child, depth)))
            elif kind == "/P" or re.fullmatch(r"/H\d?", kind):
                self.printed.texts.append(text := self._text(child, depth))
                if kind != "/P":
                    self._contents.heads(text, child)
            elif kind == "/TOCI":
                self._contents.lists(self._text(child, depth), child)
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
            if isinstance(child, Dictionary) and "/S" in child:
                yield from self._pieces(child, page, depth + 1)
                yield " "
            else:
                yield self._piece_of(child, page)

    def _piece_of(self, child: Object, page: Object | None) -> str:
        """Give the text of a numbered piece of a page's content, nothing for any other child of an element."""
        if isinstance(child, int):
            return self._piece(page, child)
        if isinstance(child, Dictionary) and child.get("/Type") == Name.MCR:
            return self._piece(child.get("/Pg", page), int(child.MCID))
        return ""

    def _piece(self, page: Object | None, number: int) -> str:
        if page is None:
            return ""
        self._reached.add((page.objgen, number))
        return self._texts.get(page.objgen, {}).get(number, "") + " "

    def _marked(self, page: pikepdf.Page) -> dict[int, str]:
        """Give the text of each marked piece of a page by its number."""
        contents = page.obj.get("/Contents")
        for stream in contents if isinstance(contents, Array) else [contents]:
            if stream is not None and int(stream.get("/Length", 0)) > _MOST_STREAM:
                raise Unreadable
        self._sheets[page.obj.objgen] = sheet = Sheet()
        texts: dict[int, list[str]] = {}
        self._draw(pikepdf.parse_content_stream(page), page.obj.get("/Resources", Dictionary()), sheet, texts)
        return {number: "".join(parts).replace(NOTHING, "") for number, parts in texts.items()}

    def _draw(self, content: Iterable[Any], resources: Object, sheet: Sheet, texts: dict[int, list[str]]) -> None:
        marks: list[_Mark] = []
        line: float | None = None
        for instruction in content:
            operands, name = instruction.operands, str(instruction.operator)
            if name in _LETTERS:
                piece = marks[-1].number if marks else None
                into = texts.setdefault(piece, []) if piece is not None else []
                for part in operands[0] if name == "TJ" else [operands[0]]:
                    if isinstance(part, pikepdf.String):
                        into.append(_shown(sheet, bytes(part), piece))
                    else:
                        sheet.shift(float(part))
            elif name == "EMC" and marks:
                _close(marks.pop(), texts)
            elif name in ("BDC", "BMC"):
                marks.append(_opened(operands, marks[-1] if marks else None, texts))
            elif name == "Tf":
                sheet.typeface(self._typeface(resources.Font[str(operands[0])]), float(operands[1]))
            elif name == "Do":
                self._draw_form(resources.XObject[str(operands[0])], sheet)
            else:
                sheet.take(name, operands, resources)
                if name in _STARTING:
                    if marks and marks[-1].number is not None and (name != "Tm" or sheet.line != line):
                        texts.setdefault(marks[-1].number, []).append(" ")
                    line = sheet.line if name == "Tm" else line

    def _draw_form(self, form: Object, sheet: Sheet) -> None:
        """Follow what is drawn at the foot of a page: letters and nothing else."""
        if form.Subtype != Name.Form or "/Group" in form or "/Ref" in form or int(form.get("/Length", 0)) > _MOST_STREAM:
            sheet.faults.append("image")
            return
        if [float(one) for one in form.get("/Matrix", _UPRIGHT)] != _UPRIGHT:
            raise Unreadable
        foot = Sheet()
        content = pikepdf.parse_content_stream(form)
        if any(str(one.operator) not in _AT_THE_FOOT for one in content):
            raise Unreadable
        self._draw(content, form.Resources, foot, {})
        sheet.faults += foot.faults
        sheet.runs += foot.runs

    def _typeface(self, font: Object) -> Typeface:
        if not font.is_indirect:
            raise Unreadable
        known = self._fonts.get(font.objgen)
        if known is None:
            known = self._fonts[font.objgen] = read_typeface(font)
        return known


def _shown(sheet: Sheet, shown: bytes, piece: int | None) -> str:
    """Note letters on their page, and give them."""
    typeface: Typeface = sheet.face
    codes = typeface.codes(shown)
    text = typeface.says(codes)
    if typeface.draws_otherwise(codes):
        sheet.faults.append(f"letters that look like others: {text}")
    sheet.show(text, width=typeface.width(codes), spaces=0 if typeface.wide else shown.count(b" "), piece=piece)
    return text


@dataclass(frozen=True)
class _Mark:
    """A stretch of content: the number it belongs to, and what it says of itself from which place of that number's text on."""

    number: int | None
    says: str | None
    place: int


def _opened(operands: Any, outer: _Mark | None, texts: dict[int, list[str]]) -> _Mark:
    entries = operands[1] if len(operands) > 1 else None
    number, says = outer.number if outer is not None else None, None
    if len(operands) > 1 and (not isinstance(entries, Dictionary) or set(entries.keys()) - _SAID_OF_STRETCH):
        raise Unreadable
    if isinstance(entries, Dictionary):
        number = int(entries.MCID) if "/MCID" in entries else number
        says = str(entries.ActualText) if "/ActualText" in entries else None
    return _Mark(number, says, len(texts.get(number, ())) if number is not None else 0)


def _close(mark: _Mark, texts: dict[int, list[str]]) -> None:
    """Take what a stretch says of itself for its text, if it is of the very letters that are drawn: their order, no other words."""
    if mark.says is None or mark.number is None:
        return
    parts = texts.setdefault(mark.number, [])
    drawn = "".join(parts[mark.place :])
    if _letters_in(mark.says) == _letters_in(drawn) and _figures_in(mark.says) == _figures_in(drawn):
        parts[mark.place :] = [mark.says]


def _figures_in(text: str) -> list[str]:
    """Give the numbers in a text, in any order: 21 is not drawn as 12 in any direction of writing."""
    return sorted(re.findall(r"\d+", text))


def _letters_in(text: str) -> list[str]:
    """Give the letters of a text: in their order, but for one that runs leftwards, which is drawn in parts."""
    kept = [letter for letter in text if not letter.isspace() and letter != NOTHING]
    # A bracket that stands in a text running leftwards is drawn as its counterpart.
    same = [min(letter, mirrored(letter)) if unicodedata.category(letter) in ("Ps", "Pe", "Pi", "Pf") else letter for letter in kept]
    return sorted(same) if any(unicodedata.bidirectional(letter) in _LEFTWARDS for letter in kept) else same


def _children(element: Object) -> list[Object]:
    found = element.get("/K")
    if found is None:
        return []
    return list(found) if isinstance(found, Array) else [found]
