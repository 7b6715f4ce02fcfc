"""Whether the contents of a document, where it has any, tell where its parts stand: each line's title, number and link against the pages.

That a part is missing in them is not noticed: what they list is chosen by how much there is room for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object

#: Between a line of contents and what its link stands in lies no more.
_DEEPEST = 8


@dataclass
class PrintedContents:
    """What is listed and what heads something, collected while a document is read; ``pages`` are its pages in order."""

    pages: Sequence[Object]
    _lines: list[tuple[str, Object]] = field(default_factory=list)
    _heads: set[tuple[str, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._numbers = {page.objgen: number for number, page in enumerate(self.pages, start=1)}

    def lists(self, text: str, element: Object) -> None:
        """Note a line of the contents: its title and number."""
        self._lines.append(("".join(text.split()), element))

    def heads(self, text: str, element: Object) -> None:
        """Note a heading, or a row that heads others. Contents stand before what they list, so nothing is noted without any."""
        if self._lines:
            page = next((page for page, _ in self._places(element)), 0)
            self._heads.add(("".join(text.split()), page))

    def misleading(self) -> dict[int, list[str]]:
        """Give by page (from 1) the lines that name another title or page than the one that they lead to."""
        found: dict[int, list[str]] = defaultdict(list)
        for text, element in self._lines:
            places = list(self._places(element))
            led = {page for _, page in places if page}
            is_true = len(led) == 1 and any(text == f"{title}{page}" for title, page in self._heads if page in led)
            if not is_true:
                found[next((page for page, _ in places), 1)].append(f"contents lead elsewhere: {text}")
        return found

    def _places(self, element: Object, depth: int = 0) -> Iterator[tuple[int, int]]:
        """Give for each piece and link within an element the page it is on, and the one it leads to or 0."""
        children = element.get("/K", Array())
        for child in children if isinstance(children, Array) else [children]:
            if not isinstance(child, Dictionary) or depth > _DEEPEST:
                continue
            if "/S" in child:
                yield from self._places(child, depth + 1)
            elif "/Pg" in child:
                link = child.get("/Obj", Dictionary()).get("/Dest") if child.get("/Type") == Name.OBJR else None
                yield self._number(child.Pg), self._number(link[0]) if isinstance(link, Array) else 0

    def _number(self, page: Object) -> int:
        return self._numbers.get(page.objgen, 0)
