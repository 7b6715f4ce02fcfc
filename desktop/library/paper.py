"""A page to read, written as the simple HTML that a text view shows: headings, paragraphs, lists, tables. Everything is escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

#: Stand before a choice that can be ticked.
BOX = "☐"


class Paper:
    """A page in one look. ``ink`` gives colours by role (text, muted, accent, border, ground …); ``px`` scales lengths with the text."""

    def __init__(self, *, ink: Mapping[str, str], px: int) -> None:
        self._ink, self._px = ink, px
        self._parts: list[str] = []

    def heading(self, level: int, text: str, *, anchor: str = "") -> None:
        """Add a heading, 1 to 3; ``anchor`` is a place to go to."""
        size = {1: 20, 2: 16, 3: 14}[level]
        place = f'<a name="{escape(anchor)}"></a>' if anchor else ""
        top = {1: 4, 2: 20, 3: 14}[level]
        self._parts.append(
            f'<h{level} style="font-size:{self._size(size)}; font-weight:600; margin-top:{self._size(top)}; margin-bottom:{self._size(4)}">'
            f"{place}{escape(text)}</h{level}>"
        )

    def say(self, text: str, *, kind: str = "body", indent: int = 0, anchor: str = "") -> None:
        """Add a paragraph: body, strong, question (strong, with room above), muted or warning."""
        style = {
            "strong": "font-weight:600",
            "question": "font-weight:600",
            "muted": f"color:{self._ink['muted']}",
            "warning": f"color:{self._ink['high']}",
        }.get(kind, "")
        place = f'<a name="{escape(anchor)}"></a>' if anchor else ""
        above = self._size(18 if kind == "question" else 3)
        margins = f"margin-top:{above}; margin-bottom:{self._size(3)}; margin-left:{self._size(indent)}"
        self._parts.append(f'<p style="{margins}; {style}">{place}{_lines(text)}</p>')

    def choices(self, items: Sequence[tuple[str, str]]) -> None:
        """Add answers that can be given: (number or nothing, words)."""
        rows = "".join(
            f'<tr><td width="{self._px * 2}">{BOX}</td><td style="padding-right:{self._size(8)}; color:{self._ink["muted"]}">'
            f"{escape(key)}</td><td>{_lines(words)}</td></tr>"
            for key, words in items
        )
        self._parts.append(f'<table cellspacing="0" cellpadding="2" style="margin-left:{self._size(4)}">{rows}</table>')

    def bullets(self, items: Sequence[str]) -> None:
        """Add a list."""
        margins = f"margin-top:{self._size(2)}; margin-bottom:{self._size(2)}; margin-left:{self._size(18)}"
        for item in items:
            self._parts.append(f'<p style="{margins}; text-indent:-{self._size(12)}">•&nbsp; {_lines(item)}</p>')

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: int = 0) -> None:
        """Add a table; its last ``numbers`` columns stand to the right."""
        first_number = len(headings) - numbers
        head = "".join(self._cell(words, right=at >= first_number, head=True) for at, words in enumerate(headings))
        body = "".join(
            "<tr>" + "".join(self._cell(words, right=at >= first_number) for at, words in enumerate(row)) + "</tr>" for row in rows
        )
        margins = f"margin-top:{self._size(6)}; margin-bottom:{self._size(10)}"
        self._parts.append(
            f'<table cellspacing="0" cellpadding="0" style="{margins}; border-collapse:collapse"><tr>{head}</tr>{body}</table>'
        )

    def html(self) -> str:
        """Give the whole page."""
        return f'<html><body style="color:{self._ink["text"]}">{"".join(self._parts)}</body></html>'

    def _cell(self, words: str, *, right: bool, head: bool = False) -> str:
        tag = "th" if head else "td"
        colour = f"color:{self._ink['muted']}; font-weight:500;" if head else ""
        return (
            f'<{tag} align="{"right" if right else "left"}" valign="top" style="{colour} padding:{self._size(4)} {self._size(18)} '
            f'{self._size(4)} 0; border-bottom:1px solid {self._ink["border"]}">{_lines(words)}</{tag}>'
        )

    def _size(self, pixels: int) -> str:
        return f"{round(pixels * self._px / 10)}px"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
