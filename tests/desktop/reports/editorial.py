"""Measure a laid-out report as a typographer would with a ruler: where each word and line stands, and what that does to its neighbours.

The pages are read by their own operators, and each stretch of text is tied to its place in the document by its mark. Nothing of the
layout's own reckoning is used.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pikepdf
from pikepdf import Dictionary, Name, Object

from desktop.reports.page import LaidOut
from desktop.reports.styles import FRAME_HEIGHT, MARGIN_BOTTOM, MARGIN_SIDE, MARGIN_TOP, MEASURE, PAGE_HEIGHT, PAGE_WIDTH
from desktop.reports.tagging import Element

Matrix = tuple[float, float, float, float, float, float]
_SAME = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
#: Of a letter's size: what is written above and below its baseline.
_ABOVE, _BELOW = 0.72, 0.2
_SLACK = 0.6  # points
LEAST_USED = 0.15
#: Lines that a row, or a part of a row over two pages, has when it may stand by itself on a page.
LEAST_ALONE, LEAST_OF_SPLIT = 14, 5
HEADINGS = ("H1", "H2", "H3")


@dataclass(frozen=True)
class Words:
    """Words in one go on a page (from 0): their box in points from the lower left, and what they belong to (None: furniture)."""

    page: int
    left: float
    bottom: float
    right: float
    top: float
    size: float
    baseline: float
    text: str
    element: Element | None


@dataclass
class Pages:
    """What stands on the pages: words, and the boxes of what is drawn."""

    words: list[Words] = field(default_factory=list)
    drawn: list[tuple[int, float, float, float, float, Element | None]] = field(default_factory=list)
    count: int = 0


def faults(laid_out: LaidOut) -> list[str]:
    """Say what a typographer would send back, page by page from 1; nothing if there is nothing."""
    pages = read_pages(laid_out)
    found: list[str] = []
    found += _headings_alone(pages)
    found += _rows_torn(pages)
    found += _rows_alone(pages)
    found += _pages_empty(pages)
    found += _beyond_the_margins(pages)
    found += _on_top_of_each_other(pages)
    found += _beyond_the_measure(pages)
    return found


# -- what a typographer looks for


def _headings_alone(pages: Pages) -> list[str]:
    """Find headings that have less than two lines of what they head below them on their page."""
    found = []
    order = [one for one in pages.words if one.element is not None]
    for place, words in enumerate(order):
        if words.element is None or words.element.tag not in HEADINGS:
            continue
        below: set[float] = set()
        ended = True
        for later in order[place + 1 :]:
            if later.element is words.element:
                continue
            if later.element is not None and later.element.tag in HEADINGS:
                if below:
                    break
                continue
            if later.page != words.page:
                ended = False
                break
            below.add(round(later.baseline))
            if len(below) == 2:
                break
        if len(below) < 2 and not ended:
            found.append(f"page {words.page + 1}: heading “{words.text}” has {len(below)} lines below it")
    return found


def _rows_torn(pages: Pages) -> list[str]:
    """Find rows of a table that reach into the next, and cells that reach into their neighbour."""
    found = []
    for table, rows in _tables(pages).items():
        boxes: dict[int, list[tuple[float, float, str]]] = defaultdict(list)
        for row in rows.values():
            for page, words in _by_page(row).items():
                boxes[page].append((min(one.bottom for one in words), max(one.top for one in words), words[0].text))
        for page, of_page in boxes.items():
            of_page.sort(key=lambda box: -box[1])
            for above, below in pairwise(of_page):
                if below[1] > above[0] + _SLACK and not _within(table.parent, "TD"):
                    found.append(f"page {page + 1}: row “{below[2]}” reaches into “{above[2]}”")
        for row in rows.values():
            for words in _by_page(row).values():
                cells: dict[int, list[Words]] = defaultdict(list)
                for one in words:
                    cells[id(_cell(one.element))].append(one)
                sides = sorted((min(w.left for w in cell), max(w.right for w in cell), cell[0].text) for cell in cells.values())
                for left, right in pairwise(sides):
                    if right[0] < left[1] - _SLACK:
                        found.append(f"page {words[0].page + 1}: cell “{right[2]}” stands in cell “{left[2]}”")
    return found


def _rows_alone(pages: Pages) -> list[str]:
    """Find tables of more than three rows that leave a single one at the foot or the head of a page."""
    found = []
    for rows in _tables(pages).values():
        body = {row: words for row, words in rows.items() if not _is_header(row)}
        if len(body) <= 3:
            continue
        per_page: dict[int, set[int]] = defaultdict(set)
        text = {}
        for row, words in body.items():
            for page, of_page in _by_page(words).items():
                per_page[page].add(id(row))
                text[page] = of_page[0].text
                if len({round(one.baseline) for one in of_page}) >= (LEAST_OF_SPLIT if len(_by_page(words)) > 1 else LEAST_ALONE):
                    per_page[page].add(-1)
        if len(per_page) > 1:
            ends = (min(per_page), max(per_page))
            found += [f"page {page + 1}: row “{text[page]}” of a table stands alone" for page in ends if len(per_page[page]) == 1]
    return found


def _pages_empty(pages: Pages) -> list[str]:
    found = []
    for page in range(pages.count - 1):
        bottoms = [one.bottom for one in pages.words if one.page == page and one.element is not None]
        bottoms += [bottom for at, _, bottom, _, _, element in pages.drawn if at == page and element is not None]
        used = (PAGE_HEIGHT - MARGIN_TOP - min(bottoms, default=PAGE_HEIGHT)) / FRAME_HEIGHT
        if used < LEAST_USED:
            found.append(f"page {page + 1}: only {used:.0%} of it is used")
    return found


def _beyond_the_margins(pages: Pages) -> list[str]:
    found = []
    for one in pages.words:
        lowest, highest = (MARGIN_BOTTOM, PAGE_HEIGHT - MARGIN_TOP) if one.element is not None else (0, PAGE_HEIGHT)
        if one.left < MARGIN_SIDE - _SLACK or one.right > PAGE_WIDTH - MARGIN_SIDE + _SLACK:
            found.append(f"page {one.page + 1}: “{one.text}” stands outside the sides, {one.left:.0f} to {one.right:.0f}")
        elif one.bottom < lowest - _SLACK or one.top > highest + _SLACK:
            found.append(f"page {one.page + 1}: “{one.text}” stands outside the frame, {one.bottom:.0f} to {one.top:.0f}")
    for page, left, bottom, right, top, _ in pages.drawn:
        if left < MARGIN_SIDE - 1 or right > PAGE_WIDTH - MARGIN_SIDE + 1 or bottom < MARGIN_BOTTOM - 1.5 or top > PAGE_HEIGHT - 17:
            found.append(f"page {page + 1}: something is drawn outside the margins, {left:.0f} {bottom:.0f} {right:.0f} {top:.0f}")
    return found


def _on_top_of_each_other(pages: Pages) -> list[str]:
    found = []
    for page, words in _by_page(pages.words).items():
        ordered = sorted((one for one in words if one.text.strip()), key=lambda one: one.left)
        for place, one in enumerate(ordered):
            for other in ordered[place + 1 :]:
                if other.left > one.right - _SLACK:
                    break
                if min(one.top, other.top) - max(one.bottom, other.bottom) > 1.2 and min(one.right, other.right) - other.left > 1.2:
                    found.append(f"page {page + 1}: “{other.text}” stands on “{one.text}”")
    return found


def _beyond_the_measure(pages: Pages) -> list[str]:
    found = []
    for element, words in _by_element(pages.words).items():
        if element is None or element.tag not in ("P", "LBody") or _within(element, "TD", "TH", "Figure", "Table") or _is_choice(element):
            continue
        for line in _lines(words):
            if line[-1].size > 11 or line[-1].right - line[0].left <= MEASURE + _SLACK:
                continue
            found.append(f"page {line[0].page + 1}: the line of “{line[0].text[:30]}” is {line[-1].right - line[0].left:.0f} wide")
    return found


# -- where things belong


def _within(element: Element | None, *tags: str) -> bool:
    while element is not None:
        if element.tag in tags:
            return True
        element = element.parent
    return False


def _above(element: Element | None, tag: str) -> Element | None:
    while element is not None and element.tag != tag:
        element = element.parent
    return element


def _cell(element: Element | None) -> Element | None:
    while element is not None and element.tag not in ("TD", "TH"):
        element = element.parent
    return element


def _is_choice(element: Element) -> bool:
    """Tell whether it is a choice on a form: read against the other ones, not on and on."""
    listed = _above(element, "L")
    return listed is not None and listed.attributes["List"]["ListNumbering"] == "None"


def _is_header(row: Element) -> bool:
    cells = [cell for cell in row.children if isinstance(cell, Element)]
    return all(cell.tag == "TH" and cell.attributes.get("Table", {}).get("Scope") == "Column" for cell in cells)


def _tables(pages: Pages) -> dict[Element, dict[Element, list[Words]]]:
    found: dict[int, dict[int, list[Words]]] = defaultdict(lambda: defaultdict(list))
    known: dict[int, Element] = {}
    for one in pages.words:
        table, row = _above(one.element, "Table"), _above(one.element, "TR")
        if table is not None and row is not None:
            known[id(table)], known[id(row)] = table, row
            found[id(table)][id(row)].append(one)
    return {_Kept(known[table]): {_Kept(known[row]): words for row, words in rows.items()} for table, rows in found.items()}  # type: ignore[misc]


class _Kept:
    """An element as the key of a dictionary: by identity."""

    def __init__(self, element: Element) -> None:
        self._element = element

    def __getattr__(self, name: str) -> object:
        return getattr(self._element, name)


def _by_page(words: list[Words]) -> dict[int, list[Words]]:
    found: dict[int, list[Words]] = defaultdict(list)
    for one in words:
        found[one.page].append(one)
    return found


def _by_element(words: list[Words]) -> dict[Element | None, list[Words]]:
    found: dict[int, list[Words]] = defaultdict(list)
    for one in words:
        found[id(one.element)].append(one)
    return {_Kept(of[0].element) if of[0].element is not None else None: of for of in found.values()}  # type: ignore[misc]


def _lines(words: list[Words]) -> list[list[Words]]:
    lines: dict[tuple[int, int], list[Words]] = defaultdict(list)
    for one in words:
        lines[one.page, round(one.baseline)].append(one)
    return [sorted(line, key=lambda one: one.left) for line in lines.values()]


# -- reading the pages


def read_pages(laid_out: LaidOut) -> Pages:
    """Read where everything stands on the pages of a layout."""
    found = Pages(count=laid_out.pages)
    with pikepdf.open(io.BytesIO(laid_out.pdf)) as pdf:
        for number, page in enumerate(pdf.pages):
            _PageReading(found, number, laid_out.marks[number]).read(page.obj, _SAME, page.obj.get("/Resources", Dictionary()))
    return found


class _PageReading:
    def __init__(self, found: Pages, page: int, marks: tuple[Element, ...]) -> None:
        self.found, self.page, self.marks = found, page, marks
        self.fonts: dict[str, _Font] = {}
        self.elements: list[Element | None] = []

    @property
    def element(self) -> Element | None:
        return self.elements[-1] if self.elements else None

    def read(self, stream: Object, matrix: Matrix, resources: Object) -> None:
        waiting: list[Matrix] = []
        text_matrix = line_matrix = _SAME
        font, size, leading, rise, between = _Font(None), 0.0, 0.0, 0.0, 0.0
        path: list[tuple[float, float]] = []
        is_clip = False
        for instruction in pikepdf.parse_content_stream(stream):
            operands, name = instruction.operands, str(instruction.operator)
            if name == "q":
                waiting.append(matrix)
            elif name == "Q" and waiting:
                matrix = waiting.pop()
            elif name == "cm":
                matrix = _times(_matrix(operands), matrix)
            elif name in ("BDC", "BMC"):
                self.elements.append(self._marked(operands))
            elif name == "EMC":
                self.elements.pop()
            elif name == "Do":
                form = resources.XObject[str(operands[0])]
                if form.get("/Subtype") == Name.Form:
                    self.read(form, matrix, form.get("/Resources", resources))
            elif name == "BT":
                text_matrix = line_matrix = _SAME
            elif name == "Tf":
                font, size = self._font(resources, str(operands[0])), float(operands[1])
            elif name == "TL":
                leading = float(operands[0])
            elif name == "Tw":
                between = float(operands[0])
            elif name == "Ts":
                rise = float(operands[0])
            elif name == "Tm":
                text_matrix = line_matrix = _matrix(operands)
            elif name in ("Td", "TD"):
                text_matrix = line_matrix = _times((1, 0, 0, 1, float(operands[0]), float(operands[1])), line_matrix)
            elif name == "T*":
                text_matrix = line_matrix = _times((1, 0, 0, 1, 0, -leading), line_matrix)
            elif name in ("Tj", "TJ"):
                advance, shown, spaces = 0.0, "", [0.0, 0.0]
                for part in operands[0] if name == "TJ" else [operands[0]]:
                    if isinstance(part, pikepdf.String):
                        wide, letters = font.measure(bytes(part))
                        blank = font.measure(b" ")[0] * size / 1000 + between
                        if not shown.strip():
                            spaces[0] += blank * (len(letters) - len(letters.lstrip(" ")))
                        spaces[1] = blank * (len(letters) - len(letters.rstrip(" ")))
                        advance += wide * size / 1000 + between * (0 if font.is_wide else bytes(part).count(b" "))
                        shown += letters
                    else:
                        advance -= float(part) * size / 1000
                at = _times((1, 0, 0, 1, spaces[0], rise), _times(text_matrix, matrix))
                self._write(at, advance - spaces[0] - spaces[1], size, shown)
                text_matrix = _times((1, 0, 0, 1, advance, 0), text_matrix)
            elif name in ("m", "l", "c", "re"):
                numbers = [float(one) for one in operands]
                if name == "re":
                    x, y, wide, high = numbers
                    path += [_at(matrix, x, y), _at(matrix, x + wide, y + high)]
                else:
                    path += [_at(matrix, x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
            elif name in ("W", "W*"):
                is_clip = True
            elif name in ("S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n"):
                if path and not is_clip and name != "n" and not self._is_pattern():
                    xs, ys = [x for x, _ in path], [y for _, y in path]
                    self.found.drawn.append((self.page, min(xs), min(ys), max(xs), max(ys), self.element))
                path, is_clip = [], False

    def _is_pattern(self) -> bool:
        return self.element is not None and self.element.tag == "Figure"  # patterns are clipped to their outline

    def _marked(self, operands: Object) -> Element | None:
        entries = operands[1] if len(operands) > 1 else None
        if isinstance(entries, Dictionary) and "/MCID" in entries:
            return self.marks[int(entries.MCID)]
        return self.element if str(operands[0]) != "/Artifact" else None

    def _font(self, resources: Object, name: str) -> _Font:
        if name not in self.fonts:
            self.fonts[name] = _Font(resources.Font[name])
        return self.fonts[name]

    def _write(self, matrix: Matrix, advance: float, size: float, text: str) -> None:
        x, y = matrix[4], matrix[5]
        right = x + advance * matrix[0]
        if text.strip():
            box = (x, y - _BELOW * size, right, y + _ABOVE * size)
            self.found.words.append(Words(self.page, *box, size, y, text.strip(), self.element))


class _Font:
    """What a font's letters are and how wide, in thousandths of the size."""

    def __init__(self, font: Object | None) -> None:
        self.widths: dict[int, float] = {}
        self.letters: dict[int, str] = {}
        self.is_wide = False
        if font is None:
            return
        self.is_wide = font.get("/Subtype") == Name.Type0
        if self.is_wide:
            first, widths = font.DescendantFonts[0].W
            self.widths = {int(first) + place: float(width) for place, width in enumerate(widths)}
        elif "/Widths" in font:
            self.widths = {int(font.FirstChar) + place: float(width) for place, width in enumerate(font.Widths)}
        if "/ToUnicode" in font:
            self.letters = dict(_letters(font.ToUnicode.read_bytes().decode("latin-1")))

    def measure(self, code: bytes) -> tuple[float, str]:
        step = 2 if self.is_wide else 1
        numbers = [int.from_bytes(code[at : at + step], "big") for at in range(0, len(code), step)]
        return sum(self.widths.get(one, 0.0) for one in numbers), "".join(self.letters.get(one, "?") for one in numbers)


def _letters(text: str) -> Iterator[tuple[int, str]]:
    for line in text[text.index("beginbfchar") :].splitlines():
        parts = line.replace("<", " ").replace(">", " ").split()
        if len(parts) == 2 and all(set(part) <= set("0123456789abcdefABCDEF") for part in parts):
            yield int(parts[0], 16), bytes.fromhex(parts[1]).decode("utf-16-be")


def _matrix(operands: Object) -> Matrix:
    a, b, c, d, e, f = (float(one) for one in operands)
    return a, b, c, d, e, f


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
