"""Measure a laid-out report as a typographer would with a ruler: where each word and line stands, and what that does to its neighbours.

The pages are read by their own operators, and each stretch of text is tied to its place in the document by its mark. Nothing of the
layout's own reckoning is used.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

from desktop.reports.page import LaidOut
from desktop.reports.styles import FRAME_HEIGHT, MARGIN_BOTTOM, MARGIN_SIDE, MARGIN_TOP, MEASURE, PAGE_HEIGHT, PAGE_WIDTH
from desktop.reports.tagging import Element
from tests.desktop.reports.page_reading import Pages, Words, read_pages

_SLACK = 0.6  # points
LEAST_USED = 0.15
#: Lines that a row, or a part of a row over two pages, has when it may stand by itself on a page.
LEAST_ALONE, LEAST_OF_SPLIT = 14, 5
#: Words of one cell end so far, in points, before the next cell's begin.
LEAST_BETWEEN_CELLS = 3.0
_TORN = re.compile(r"(?<!\w)\d{1,3}\n(?:\d{3}(?!\w)|%|[A-Z]{3}\b)|§\n\d|-t-\n|\w-\n(?:t-)?(?:il|elle|on|ils|elles|vous|nous|ce)\b")
HEADINGS = ("H1", "H2", "H3")


def faults(laid_out: LaidOut) -> list[str]:
    """Say what a typographer would send back, page by page from 1; nothing if there is nothing."""
    pages = read_pages(laid_out)
    found: list[str] = []
    found += _headings_alone(pages)
    found += _rows_torn(pages)
    found += _cells_touching(pages)
    found += _lines_torn(pages)
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


def _cells_touching(pages: Pages) -> list[str]:
    """Find words of neighbouring cells that stand so close that they read as one text."""
    found = []
    for rows in _tables(pages).values():
        for row in rows.values():
            for line in _lines(row):
                for left, right in pairwise(line):
                    if _cell(left.element) is not _cell(right.element) and right.left - left.right < LEAST_BETWEEN_CELLS:
                        found.append(f"page {left.page + 1}: “{right.text}” touches “{left.text}” in the next cell")
    return found


def _lines_torn(pages: Pages) -> list[str]:
    """Find lines that end within a figure, between it and its unit, or within a verb and its pronoun."""
    found = []
    for element, words in _by_element(pages.words).items():
        if element is None or element.tag == "Figure":
            continue
        lines = ["".join(one.text for one in line).strip() for line in _lines(words)]
        found += [f"“{above[-20:]}” is torn from “{below[:20]}”" for above, below in pairwise(lines) if _TORN.search(f"{above}\n{below}")]
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
