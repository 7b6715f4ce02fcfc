"""Whether what a page says is what one sees there: nothing covered, pale, tiny, clipped, off the page, or drawn over something else.

A page of Gedigen's is drawn in few ways: dark letters set upright on what was drawn before them. Whatever else a page's content could do
to show another number than it says has no place there, so it need not be understood, only noticed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

Matrix = tuple[float, float, float, float, float, float]

#: What else pages are drawn with, and changes nothing here.
_HARMLESS = ("ET", "h", "J", "j", "d", "RG")
_PAINTING = ("S", "f*", "B*", "n")
_WIDTH, _HEIGHT = 595.2756, 841.8898
#: Above and below these, in points from the bottom, stand the page's head and foot alone.
_HEAD_FROM, _FOOT_TO = 785.0, 48.0
_SMALLEST = 5.0
#: The letters' colours have at least 4 : 1 against what is painted below them.
_LEAST_CONTRAST = 4.0
_PAPER = 1.0
#: By as much, in points, is the room between words ever changed to make a line fit.
_MOST_BETWEEN_WORDS = 1.0
_UPRIGHT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
#: Of a letter's height, what a reader needs to see.
_LOW, _HIGH = 0.08, 0.48
_TOUCHING = 0.8
_LATIN = re.compile(r"[0-9A-Za-z]")


@dataclass(slots=True)
class _State:
    """What holds until the next ``Q``."""

    matrix: Matrix = _UPRIGHT
    #: relative luminance of what is filled or written, from 0 to 1
    light: float = 0.0
    opacity: float = 1.0
    line: float = 1.0
    clipped: bool = False
    face: Any = None
    size: float = 0.0
    leading: float = 0.0
    between_words: float = 0.0
    rise: float = 0.0

    def again(self) -> _State:
        """Give the same once more; ``copy`` takes ten times as long, and a page keeps hundreds."""
        return _State(
            self.matrix,
            self.light,
            self.opacity,
            self.line,
            self.clipped,
            self.face,
            self.size,
            self.leading,
            self.between_words,
            self.rise,
        )


class Run(NamedTuple):
    """Letters that were shown at once: where, in points, and within which numbered piece of the page, None for decoration."""

    left: float
    base: float
    right: float
    size: float
    text: str
    piece: int | None

    @property
    def low(self) -> float:
        """Where, from below, that begins which a reader needs to see."""
        return self.base + self.size * _LOW

    @property
    def high(self) -> float:
        """Where that ends."""
        return self.base + self.size * _HIGH

    def touches(self, left: float, bottom: float, right: float, top: float) -> bool:
        """Tell whether a rectangle lies over what a reader needs to see of the letters."""
        across = min(self.right, right) - max(self.left, left)
        up = min(self.high, top) - max(self.low, bottom)
        return across > _TOUCHING and up > _TOUCHING


@dataclass
class Sheet:
    """One page while its content is read. ``faults`` says, for who looks into it, what no page of Gedigen's does."""

    faults: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    _state: _State = field(default_factory=_State)
    _kept: list[_State] = field(default_factory=list)
    _line: Matrix = _UPRIGHT
    _pen: float = 0.0
    #: the corners of what is going to be painted
    _across: list[float] = field(default_factory=list)
    _up: list[float] = field(default_factory=list)
    #: left, bottom, right, top and luminance of what was filled, in this order
    _grounds: list[tuple[float, float, float, float, float]] = field(default_factory=list)

    def take(self, name: str, operands: Sequence[Any], resources: Any) -> None:
        """Follow one instruction other than those that show letters."""
        follow = self._FOLLOWED.get(name)
        if follow is not None:
            follow(self, operands)
        elif name == "gs":
            self._opacity(resources["/ExtGState"][str(operands[0])])
        elif name in _PAINTING:
            self._painted(name)
        elif name not in _HARMLESS:
            self.faults.append(f"operator {name}")

    @property
    def face(self) -> Any:
        """The typeface that letters are of here."""
        return self._state.face

    @property
    def line(self) -> float:
        """How high the line that is written stands within its own piece."""
        return self._line[5]

    def typeface(self, face: Any, size: float) -> None:
        """From here on letters are of this typeface and size."""
        self._state.face, self._state.size = face, size

    def show(self, text: str, *, width: float, spaces: int, piece: int | None) -> None:
        """Note letters; ``width`` in thousandths of the size, ``spaces`` how many of their codes are a space's."""
        state = self._state
        a, b, c, d, _, _ = turned = _times(self._line, state.matrix)
        wide = width * state.size / 1000 + spaces * state.between_words
        left, base = _at(turned, self._pen, state.rise)
        self._pen += wide
        if not text.strip():
            return
        size, right = state.size * d, left + wide * a
        if abs(b) + abs(c) > 0.001 or abs(a - d) > 0.001 or size < _SMALLEST:
            self.faults.append("letters turned, pressed together or too small")
        if state.opacity < 1 or state.clipped or self._contrast(left, base + size * _HIGH / 2, right) < _LEAST_CONTRAST:
            self.faults.append(f"letters pale or clipped: {text}")
        if left < -_TOUCHING or right > _WIDTH + _TOUCHING or not 0 < base < _HEIGHT - size * _HIGH:
            self.faults.append("letters off the page")
        self.runs.append(Run(left, base, right, size, text, piece))

    def shift(self, thousandths: float) -> None:
        """Move on between letters of one run, leftwards for a positive number."""
        self._pen -= thousandths * self._state.size / 1000

    def close(self) -> list[str]:
        """Compare all that was drawn on the page; gives the faults. Letters of other scripts do reach into each other."""
        ordered = sorted((run for run in self.runs if _LATIN.search(run.text)), key=lambda run: run.base)
        for at, one in enumerate(ordered):
            for other in ordered[at + 1 :]:
                if other.base > one.base + one.size * _HIGH:
                    break
                across = min(one.right, other.right) - max(one.left, other.left)
                up = min(one.base + one.size * _HIGH, other.base + other.size * _HIGH) - other.base
                if across > _TOUCHING and up > _TOUCHING:
                    self.faults.append(f"letters upon letters: {one.text} {other.text}")
        return self.faults

    def _contrast(self, left: float, middle: float, right: float) -> float:
        """Give the contrast of letters to what was filled last where they stand."""
        centre = (left + right) / 2
        below = _PAPER
        for x, y, far, top, light in reversed(self._grounds):
            if x <= centre <= far and y <= middle <= top:
                below = light
                break
        lighter, darker = max(below, self._state.light), min(below, self._state.light)
        return (lighter + 0.05) / (darker + 0.05)

    def _keep(self, _operands: Sequence[Any]) -> None:
        self._kept.append(self._state.again())

    def _restore(self, _operands: Sequence[Any]) -> None:
        if self._kept:
            self._state = self._kept.pop()

    def _lead(self, operands: Sequence[Any]) -> None:
        """Take the corners of a line or curve into what is going to be painted."""
        numbers = [float(one) for one in operands]
        for at in range(0, len(numbers), 2):
            self._corner(numbers[at], numbers[at + 1])

    def _rectangle(self, operands: Sequence[Any]) -> None:
        x, y, wide, high = (float(one) for one in operands)
        for corner in ((x, y), (x + wide, y), (x, y + high), (x + wide, y + high)):
            self._corner(*corner)

    def _corner(self, x: float, y: float) -> None:
        across, up = _at(self._state.matrix, x, y)
        self._across.append(across)
        self._up.append(up)

    def _colour(self, operands: Sequence[Any]) -> None:
        self._state.light = _luminance(operands)

    def _turn(self, operands: Sequence[Any]) -> None:
        self._state.matrix = _times(_matrix(operands), self._state.matrix)

    def _line_width(self, operands: Sequence[Any]) -> None:
        self._state.line = float(operands[0])

    def _set_line(self, operands: Sequence[Any]) -> None:
        self._move(_matrix(operands) if operands else _UPRIGHT)

    def _next_line(self, operands: Sequence[Any]) -> None:
        x, y = (float(one) for one in operands) if operands else (0.0, -self._state.leading)
        self._move(_times((1, 0, 0, 1, x, y), self._line))

    def _leading(self, operands: Sequence[Any]) -> None:
        self._state.leading = float(operands[0])

    def _between_words(self, operands: Sequence[Any]) -> None:
        self._state.between_words = float(operands[0])
        if abs(self._state.between_words) > _MOST_BETWEEN_WORDS:
            self.faults.append("words pushed together or apart")

    def _rise(self, operands: Sequence[Any]) -> None:
        self._state.rise = float(operands[0])

    def _clip(self, _operands: Sequence[Any]) -> None:
        self._state.clipped = True

    def _move(self, to: Matrix) -> None:
        self._line, self._pen = to, 0.0

    def _opacity(self, entries: Any) -> None:
        if set(entries.keys()) - {"/ca", "/CA", "/Type"}:
            self.faults.append("graphics state")
        self._state.opacity = float(entries.get("/ca", self._state.opacity))

    def _painted(self, name: str) -> None:
        across, up = self._across, self._up
        self._across, self._up = [], []
        if not across or name == "n":
            return
        state = self._state
        line = state.line / 2 if name != "f*" else 0.0
        left, right = min(across) - line, max(across) + line
        bottom, top = min(up) - line, max(up) + line
        if name != "S" and not state.clipped:
            self._grounds.append((left, bottom, right, top, state.light * state.opacity + _PAPER * (1 - state.opacity)))
        # Most letters of a page stand elsewhere, which takes less to see than how much of them is covered.
        near = [run for run in self.runs if run.base < top and run.base + run.size > bottom and run.left < right]
        self.faults += [f"covered: {run.text}" for run in near if run.touches(left, bottom, right, top)]

    #: What else than painting and writing an instruction does.
    _FOLLOWED: ClassVar[dict[str, Callable[[Sheet, Sequence[Any]], None]]] = {
        "q": _keep,
        "Q": _restore,
        "m": _lead,
        "l": _lead,
        "c": _lead,
        "re": _rectangle,
        "rg": _colour,
        "cm": _turn,
        "w": _line_width,
        "BT": _set_line,
        "Tm": _set_line,
        "Td": _next_line,
        "T*": _next_line,
        "TL": _leading,
        "Tw": _between_words,
        "Ts": _rise,
        "W*": _clip,
    }


def beyond_the_frame(run: Run) -> bool:
    """Tell whether letters stand where the head or foot of a page does."""
    return run.base > _HEAD_FROM or run.base < _FOOT_TO


def _matrix(operands: Iterable[Any]) -> Matrix:
    a, b, c, d, e, f = (float(one) for one in operands)
    return a, b, c, d, e, f


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _luminance(colour: Sequence[Any]) -> float:
    red, green, blue = (math.pow(float(one), 2.2) for one in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
