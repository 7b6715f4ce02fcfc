"""What a report's author hands over as text: plain strings, with bold words and links where needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from desktop.charts.marks import Status


@dataclass(frozen=True, slots=True)
class Bold:
    """Words that stand out."""

    text: str


Inline = str | Bold | Sequence[str | Bold]


@dataclass(frozen=True, slots=True)
class RowsTitle:
    """The title of the rows below it in a table; contents list it below the heading of the table."""

    text: str


@dataclass(frozen=True, slots=True)
class StatusWord:
    """A status as shape, word and colour."""

    status: Status
    word: str


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads to ``#anchor`` of a heading in the report, or to an address beginning with ``https:`` or ``mailto:``."""

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Digest:
    """A SHA-256 digest in hexadecimal, set in groups that stand below each other so that it can be compared by eye."""

    hexadecimal: str


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Texts below each other in a cell, a little apart."""

    texts: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """A cell to write in by hand, at least so high; points."""

    height: float


Cell = Inline | RowsTitle | StatusWord | Link | Digest | Paragraphs | Blank | None


def plain(text: Inline) -> str:
    """Give a text without its emphasis."""
    if isinstance(text, str):
        return text
    if isinstance(text, Bold):
        return text.text
    return "".join(plain(part) for part in text)


def markup(text: Inline, printable: Callable[[str], str]) -> str:
    """Give a text in reportlab's paragraph markup, everything that is not ours escaped."""
    if isinstance(text, str):
        return escape(printable(text), quote=False).replace("\n", "<br/>")
    if isinstance(text, Bold):
        return f"<b>{markup(text.text, printable)}</b>"
    return "".join(markup(part, printable) for part in text)
