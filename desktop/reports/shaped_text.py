"""A text in scripts that cannot be set letter by letter: broken into lines, its runs put in order, drawn with what it says beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfmetrics

from desktop.charts.print_painter import BOLD, REGULAR
from desktop.reports import direction, glyphs, scripts
from desktop.reports.line_breaks import pieces, unbroken

if TYPE_CHECKING:
    from desktop.reports.tagging import TaggedCanvas

_TAG = re.compile(r"<(/?)(b|u|br)\s*/?>|&(amp|lt|gt|quot|#39|#x27);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "#39": "'", "#x27": "'"}
#: Lines under words stand so far below them and are so thick, as shares of the size; reportlab's own.
_UNDER, _THICK = 0.125, 0.05


@dataclass(frozen=True, slots=True)
class _Run:
    """Letters that are drawn in one go: same level, face, weight and underline."""

    text: str
    level: int
    file: str | None  #: None for the report's own typeface
    code: str
    bold: bool
    underlined: bool

    def width(self, size: float) -> float:
        if self.file is None:
            return float(pdfmetrics.stringWidth(self.text, BOLD if self.bold else REGULAR, size))
        return self.shaped().width * size / 1000

    def shaped(self) -> glyphs.Shaped:
        return glyphs.shaped(self.text, self.file or "", self.code, leftwards=self.level % 2 == 1)


@dataclass(frozen=True)
class Line:
    """One line of a text, from ``first`` to ``last`` of its letters; ``leftwards`` if its paragraph runs so."""

    first: int
    last: int
    width: float
    leftwards: bool


class ShapedText:
    """A text of one size whose letters are set by their scripts' rules. Widths are points.

    ``rightwards``: it runs so whatever its letters are; else its letters decide.
    """

    def __init__(
        self, text: str, *, size: float, bold: Sequence[bool] = (), underlined: Sequence[bool] = (), rightwards: bool = False
    ) -> None:
        self.text, self.size, self.rightwards = text, size, rightwards
        self.bold = tuple(bold) or (False,) * len(text)
        self.underlined = tuple(underlined) or (False,) * len(text)

    @classmethod
    def from_markup(cls, markup: str, *, size: float, bold: bool) -> ShapedText:
        """Read what ``texts.markup`` writes: bold and underlined words, line ends, and nothing else."""
        letters: list[str] = []
        marks: list[tuple[bool, bool]] = []
        depth = {"b": int(bold), "u": 0}
        place = 0

        def take(text: str) -> None:
            letters.append(text)
            marks.extend([(depth["b"] > 0, depth["u"] > 0)] * len(text))

        for found in _TAG.finditer(markup):
            take(markup[place : found.start()])
            place = found.end()
            closing, tag, entity = found.groups()
            if entity:
                take(_ENTITIES[entity])
            elif tag == "br":
                take("\n")
            else:
                depth[tag] += -1 if closing else 1
        take(markup[place:])
        return cls("".join(letters), size=size, bold=[one for one, _ in marks], underlined=[one for _, one in marks])

    @cached_property
    def leading(self) -> float:
        """The least distance of its lines that keeps letters with marks above and below apart."""
        found = {script.leading for letter in set(self.text) if (script := scripts.script_of(letter)) is not None}
        return max(found, default=0.0) * self.size

    @cached_property
    def _paragraphs(self) -> list[tuple[int, int, direction.Base]]:
        found: list[tuple[int, int, direction.Base]] = []
        first = 0
        for paragraph in self.text.split("\n"):
            base = 0 if self.rightwards else direction.base_direction(paragraph)
            found.append((first, first + len(paragraph), base))
            first += len(paragraph) + 1
        return found

    @cached_property
    def _levels(self) -> list[int]:
        levels = [0] * len(self.text)
        for first, last, base in self._paragraphs:
            levels[first:last] = direction.paragraph_levels(self.text[first:last], base)
        return levels

    @cached_property
    def _faces(self) -> list[scripts.Script | None]:
        return _faces_of(self.text, self._levels)

    def width(self) -> float:
        """Measure the text on one line."""
        return max((self._width(first, last) for first, last, _ in self._paragraphs), default=0.0)

    def longest_piece(self) -> float:
        """Measure the widest piece between two places where a line may end."""
        return max(
            (
                self._width(first + a, self._trimmed(first + a, first + b))
                for first, last, _ in self._paragraphs
                for a, b in pieces(self.text[first:last])
            ),
            default=0.0,
        )

    def lines(self, room: float) -> list[Line]:
        """Break the text into lines of at most ``room``; only what cannot be broken is wider."""
        return [line for first, last, base in self._paragraphs for line in self._broken(first, last, base, room)]

    def _broken(self, first: int, last: int, base: direction.Base, room: float) -> list[Line]:
        lines: list[Line] = []
        begin, end, used = first, first, 0.0
        waiting = [(first + a, first + b) for a, b in pieces(self.text[first:last])]
        while waiting:
            a, b = waiting.pop(0)
            shown = self._trimmed(a, b)
            wide = self._width(a, shown)
            if end > begin and used + wide > room + 0.01:
                lines.append(self._line(begin, end, base))
                begin = end = a
                used = 0.0
            if wide > room + 0.01 and end == begin and b - a > 1:
                cuts = [(a + c, a + d) for c, d in unbroken(self.text[a:b])]
                if len(cuts) > 1:
                    waiting[:0] = cuts
                    continue
            used += self._width(a, b)
            end = b
        lines.append(self._line(begin, last, base))
        return lines

    def _line(self, first: int, last: int, base: direction.Base) -> Line:
        end = self._trimmed(first, last)
        return Line(first, end, self._width(first, end), base == 1)

    def _trimmed(self, first: int, last: int) -> int:
        while last > first and self.text[last - 1] == " ":
            last -= 1
        return last

    def _width(self, first: int, last: int) -> float:
        return sum(run.width(self.size) for run in self._runs(first, last))

    def _runs(self, first: int, last: int) -> list[_Run]:
        """Give the runs between two places in the order of reading."""
        runs: list[_Run] = []
        begin = first
        for place in range(first + 1, last + 1):
            if place == last or self._look(place) != self._look(begin):
                runs.append(self._run(begin, place))
                begin = place
        return runs

    def _look(self, place: int) -> tuple[object, ...]:
        return self._levels[place], self._faces[place], self.bold[place], self.underlined[place]

    def _run(self, first: int, last: int) -> _Run:
        script, bold, level = self._faces[first], self.bold[first], self._levels[first]
        text = self.text[first:last]
        file = script.file(bold=bold) if script is not None else None
        return _Run(text, level, file, script.code if script is not None else "", bold, self.underlined[first])

    def draw(self, canvas: TaggedCanvas, line: Line, *, x: float, y: float) -> None:
        """Draw a line from ``x`` on at the baseline ``y`` in the colour that is set; its letters come in the order of reading."""
        runs = self._runs(line.first, line.last)
        places = [0.0] * len(runs)
        for number in direction.visual_order([run.level for run in runs]):
            places[number] = x
            x += runs[number].width(self.size)
        for group in _groups(runs):
            with canvas.span(language=scripts.language_of("".join(runs[number].text for number in group))):
                for number in group:
                    self._draw_run(canvas, runs[number], places[number], y)

    def _draw_run(self, canvas: TaggedCanvas, run: _Run, x: float, y: float) -> None:
        if run.file is not None:
            canvas.draw_glyphs(run.shaped().glyphs, file=run.file, size=self.size, x=x, y=y)
        elif run.level % 2:
            self._draw_leftwards(canvas, run, x, y)
        else:
            canvas.setFont(BOLD if run.bold else REGULAR, self.size)
            canvas.draw_plain(x, y, run.text)
        if run.underlined:
            canvas.underline(x, y - _UNDER * self.size, run.width(self.size), thickness=_THICK * self.size)

    def _draw_leftwards(self, canvas: TaggedCanvas, run: _Run, x: float, y: float) -> None:
        """Draw signs of the report's own typeface between leftward letters, one by one from the right."""
        font = BOLD if run.bold else REGULAR
        x += run.width(self.size)
        canvas.setFont(font, self.size)
        for letter in run.text:
            shown = direction.mirrored(letter)
            x -= float(pdfmetrics.stringWidth(shown, font, self.size))
            with canvas.span(says=letter if shown != letter else None):
                canvas.draw_plain(x, y, shown)


def _groups(runs: list[_Run]) -> list[list[int]]:
    """Put together the runs that follow each other and are of one script or, between its leftward letters, of none."""
    groups: list[list[int]] = []
    for number, run in enumerate(runs):
        before = runs[number - 1] if number else None
        if before is not None and ((run.level > 0 and before.level > 0) or (run.level == before.level and run.code == before.code)):
            groups[-1].append(number)
        else:
            groups.append([number])
    return groups


def _faces_of(text: str, levels: Sequence[int]) -> list[scripts.Script | None]:
    """Choose each letter's typeface; marks keep to their letter, and signs between leftward letters to theirs."""
    faces: list[scripts.Script | None] = []
    for letter, level in zip(text, levels, strict=True):
        script = scripts.script_of(letter)
        if script is None and faces and faces[-1] is not None:
            follows = level % 2 == 1 or scripts.is_mark(letter)
            if follows and scripts.shows(faces[-1], letter):
                script = faces[-1]
        faces.append(script)
    arabic = next((face for face in faces if face is not None and face.name == "Arabic"), None)
    if arabic is not None:
        for place, letter in enumerate(text):
            if faces[place] is None and levels[place] % 2 == 1 and scripts.shows(arabic, letter):
                faces[place] = arabic
    return faces


@lru_cache(maxsize=512)
def one_line(text: str, size: float, *, bold: bool) -> ShapedText:
    """Give a text that stays on one line, to be measured and drawn; one that begins with a number, as a case's does, keeps it first."""
    return ShapedText(text.replace("\n", " "), size=size, bold=[bold] * len(text), rightwards=text[:1].isdigit())


def text_width(text: str, font: str, size: float) -> float:
    """Measure a text on one line in the report's typeface, whatever it is written in."""
    if scripts.has_script(text):
        return one_line(text, size, bold=font == BOLD).width()
    return float(pdfmetrics.stringWidth(text, font, size))


def shortened(text: str, font: str, size: float, room: float) -> str:
    """Give a text that fits its room on one line, what is left out at its end replaced by "…"."""
    if text_width(text, font, size) <= room:
        return text
    least, most = 0, len(text)
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (middle, most) if text_width(text[:middle].rstrip() + "…", font, size) <= room else (least, middle - 1)
    while least and least < len(text) and scripts.is_mark(text[least]):
        least -= 1
    return text[:least].rstrip() + "…"
