"""How wide the columns of a table are: as its author wants, no word or number torn, and where wanted by how much stands in each."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from typing import Any

from desktop.reports.flowables import BlankSpace, TaggedParagraph

#: Columns stand at least so far apart.
LEAST_BETWEEN = 4.0
#: A status keeps to one line while the columns' least widths take no more than this share of the table.
_WHOLE_STATUS = 0.75
#: Room that goes from one column to another at a time, as a share of the table.
_STEP = 0.02
#: No column gives more than this share of its author's width.
_MOST_GIVEN = 0.4
#: The author's widths stand unless the table becomes lower by more than this share.
_WORTH = 0.06
#: Lines end before the edge of their column by about this share of it.
_RAGGED = 1.06

#: Wider than any text.
_UNLIMITED = 1e6
Rows = Sequence[Sequence[Any]]


def column_widths(
    content: Rows, shares: Sequence[float], *, width: float, between: float, by_content: bool = False
) -> tuple[list[float], float]:
    """Share out a table's width in points, no column narrower than its longest word, number or status; gives the room between columns too.

    Columns move closer together when they must; what then still has no room is broken somewhere, in all of them alike. ``by_content``:
    room goes from columns with little in them to those with much, until the table is as low as it can be; what is to be written in by hand
    keeps its width.
    """
    words = _longest(content, len(shares), whole=True)
    if sum(words) + between * (len(shares) - 1) > width * _WHOLE_STATUS:
        words = _longest(content, len(shares), whole=False)
    gaps = len(shares) - 1
    between = max(min(between, (width - sum(words)) / gaps), LEAST_BETWEEN) if gaps else between
    least = [*(word + between for word in words[:-1]), words[-1]]
    wanted = [width * share / sum(shares) for share in shares]
    if sum(least) >= width:
        return [one * width / sum(least) for one in least], between
    lacking = sum(max(0.0, needed - one) for one, needed in zip(wanted, least, strict=True))
    if lacking:
        spare = [max(0.0, one - needed) for one, needed in zip(wanted, least, strict=True)]
        wanted = [max(one, needed) - lacking * free / sum(spare) for one, needed, free in zip(wanted, least, spare, strict=True)]
    if not by_content:
        return wanted, between
    blank = [any(isinstance(row[place], BlankSpace) for row in content) for place in range(len(shares))]
    kept = [one if empty else max(needed, one * (1 - _MOST_GIVEN)) for one, needed, empty in zip(wanted, least, blank, strict=True)]
    return _by_content(content, wanted, kept, between), between


def _longest(content: Rows, columns: int, *, whole: bool) -> list[float]:
    return [
        max((part.longest_word(whole_status=whole) for row in content for part in _texts(row[column])), default=0.0) + 0.1
        for column in range(columns)
    ]


def _texts(cell: Any) -> Iterator[TaggedParagraph]:
    """Give the texts of a cell, which holds a piece or several below each other."""
    for piece in cell if isinstance(cell, list) else [cell]:
        if isinstance(piece, TaggedParagraph):
            yield piece


def _by_content(content: Rows, widths: list[float], least: Sequence[float], between: float) -> list[float]:
    """Move room between columns, always where it lowers the table most, while it lowers it."""
    step = sum(widths) * _STEP
    gaps = [between] * (len(widths) - 1) + [0.0]
    lengths = [[[(one.lengths(), one.style) for one in _texts(cell)] for cell in row] for row in content]

    @cache  # moved to and fro, a column comes back to a width that it had
    def heights(column: int, wide: float, *, whole: bool = False) -> list[float]:
        room = wide - gaps[column]
        return [sum(_height(parts, style, room, whole=whole) for parts, style in row[column]) for row in lengths]

    def in_lines(now: Sequence[float]) -> float:
        return _total([heights(column, wide, whole=True) for column, wide in enumerate(now)])

    needy = [column for column in range(len(widths)) if max(heights(column, widths[column])) > min(heights(column, _UNLIMITED))]
    moved, columns = list(widths), [heights(column, wide) for column, wide in enumerate(widths)]
    seen = _total(columns)
    while True:
        tried = []
        for giving, taking in product(range(len(moved)), needy):
            if giving != taking and moved[giving] - step >= least[giving]:
                other = list(columns)
                other[giving], other[taking] = heights(giving, moved[giving] - step), heights(taking, moved[taking] + step)
                tried.append((_total(other), giving, taking, other))
        if not tried:
            break
        lowest, giving, taking, columns = min(tried, key=lambda one: one[:3])
        if lowest >= seen:
            break
        seen = lowest
        moved[giving] -= step
        moved[taking] += step
    return moved if in_lines(moved) < in_lines(widths) * (1 - _WORTH) else widths


def _total(columns: Sequence[Sequence[float]]) -> float:
    return float(sum(max(row) for row in zip(*columns, strict=True)))


def _height(parts: Sequence[float], style: Any, room: float, *, whole: bool) -> float:
    """Reckon how high a text is; not ``whole`` counts the last line by its length, so that each bit of room is seen to help."""
    wide = max(room - style.leftIndent - style.rightIndent, 1.0)
    lines = [max(part * (_RAGGED if part > wide else 1) / wide, 1.0) for part in parts]
    return float(style.leading * sum(map(math.ceil, lines) if whole else lines))
