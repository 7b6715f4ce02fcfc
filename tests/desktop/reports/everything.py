"""Every text that a PDF holds anywhere: decompressed streams, strings, metadata, outline, attachments, and the letters of its pages."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf


def places_of(pdf: bytes) -> dict[str, str]:
    """Give all text of a file by the kind of place it stands in, without blanks, so that a line's end splits no word.

    Letters are those of the fonts' own maps, whichever font and however the pages are cut; strings are read as PDF text and byte by byte.
    """
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        streams: list[bytes] = [pdf]
        strings: list[str] = []
        for thing in opened.objects:
            streams += list(_streams(thing))
            strings += list(_strings(thing))
        found = {
            "streams": b"\n".join(streams).decode("latin-1"),
            "strings": "\n".join(strings),
            "metadata": opened.Root.Metadata.read_bytes().decode("utf-8"),
            "attachments": "\n".join(one.get_file().read_bytes().decode("utf-8") for one in opened.attachments.values()),
            "pages": "".join(_letters(thing) for thing in _drawn(opened)),
        }
    return {name: re.sub(r"\s", "", text) for name, text in found.items()}


def places_with(places: dict[str, str], secret: str) -> list[str]:
    """Name the kinds of place where a word without blanks occurs in any way of writing it."""
    wide = secret.encode("utf-16-be")
    ways = {secret, wide.decode("latin-1"), secret.encode().hex(), secret.encode().hex().upper(), wide.hex(), wide.hex().upper()}
    return [name for name, text in places.items() if any(way in text for way in ways)]


def _streams(thing: Any) -> Iterator[bytes]:
    if isinstance(thing, pikepdf.Stream):
        yield thing.read_bytes()


def _strings(thing: Any, *, inside: bool = False) -> Iterator[str]:
    if inside and getattr(thing, "is_indirect", False):
        return  # an object of its own, met by itself
    if isinstance(thing, pikepdf.String):
        yield str(thing)
        yield bytes(thing).decode("latin-1")
        yield bytes(thing).hex()
    elif isinstance(thing, pikepdf.Array):
        for one in thing:
            yield from _strings(one, inside=True)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for name, one in thing.items():
            yield str(name)
            yield from _strings(one, inside=True)


def _drawn(opened: pikepdf.Pdf) -> Iterator[Any]:
    """Give everything that draws letters: pages, and forms within them."""
    yield from opened.pages
    for thing in opened.objects:
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == pikepdf.Name.Form:
            yield thing


def _letters(drawn: Any) -> str:
    fonts = drawn.get("/Resources", pikepdf.Dictionary()).get("/Font", pikepdf.Dictionary())
    maps = {str(name): _map(font) for name, font in fonts.items()}
    current: dict[int, str] = {}
    found: list[str] = []
    for operands, operator in pikepdf.parse_content_stream(drawn):
        if str(operator) == "Tf":
            current = maps.get(str(operands[0]), {})
        elif str(operator) in ("Tj", "TJ", "'", '"'):
            parts = operands[0] if str(operator) == "TJ" else operands
            for part in parts:
                if isinstance(part, pikepdf.String):
                    found.append("".join(current.get(code, chr(code)) for code in bytes(part)))
    return "".join(found)


def _map(font: Any) -> dict[int, str]:
    if "/ToUnicode" not in font:
        return {}
    pairs = re.findall(r"<([0-9A-Fa-f]{2})>\s*<((?:[0-9A-Fa-f]{4})+)>", font.ToUnicode.read_bytes().decode("latin-1"))
    return {int(code, 16): bytes.fromhex(letter).decode("utf-16-be") for code, letter in pairs}
