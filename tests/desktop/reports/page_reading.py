"""Where everything stands on the pages of a layout, read by the pages' own operators; each stretch of text is tied to its element."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Dictionary, Name, Object

from desktop.reports.page import LaidOut
from desktop.reports.tagging import Element

Matrix = tuple[float, float, float, float, float, float]
_SAME = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
#: Of a letter's size: what is written above and below its baseline.
_ABOVE, _BELOW = 0.72, 0.2


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
