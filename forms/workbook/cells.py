"""What stands in one cell, and what it means."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from forms.errors import TemplateError
from forms.reading import plain_from_yaml
from forms.text import N_, Said
from forms.workbook.layout import Kind

#: What a cell can hold here; a date or a formula cannot stand in a template.
Cell = str | int | float | bool | None
LONGEST = 32_767
_LARGEST = 10**15
_SIMPLE = re.compile(r"[^\s,\[\]{}\"'\\][^,\[\]{}\"'\\\n]*")
#: Letters that a workbook cannot hold or that a reader of workbooks takes for an escape.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|x(?=[0-9A-Fa-f]{4}_)")
#: A key that is set to nothing, where leaving it out would mean something else.
NOTHING = "\\null"
#: What is written by its number besides: letters that YAML does not read or takes for the end of a line.
_UNREAD = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]|" + _UNSAFE.pattern)
_YES, _NO = ("true", "yes"), ("false", "no")


class CellRefused(Exception):
    """What stands in a cell cannot stand there; ``said`` says what would be right."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.said = Said(message, params)


def cell_of(kind: Kind, value: object) -> Cell:
    """Write a value of the template as a cell; ``None`` is said where a key is set to nothing on purpose, for an empty cell leaves it out.

    Raises ``CellRefused`` for a text that is too long for a cell.
    """
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if abs(value) < _LARGEST else str(value)
    if kind == "words" and isinstance(value, list) and value and all(_is_simple(one) for one in value):
        written = ", ".join(value)
    elif isinstance(value, str):
        written = value
        if not value or value.startswith("\\") or _UNSAFE.search(value):
            written = "\\" + _escaped(value)
    else:
        written = _escaped(value)
    if len(written.encode("utf-16-le")) // 2 > LONGEST:
        raise CellRefused(N_("a text is longer than a cell can hold; write the template as YAML instead"))
    return written


def _is_simple(word: str) -> bool:
    return _SIMPLE.fullmatch(word) is not None and word == word.strip() and not _UNREAD.search(word)


def _escaped(value: object) -> str:
    return _UNREAD.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def value_of(kind: Kind, cell: Cell) -> object:
    """Read what a cell means. Raises ``CellRefused`` with what would be right there."""
    if isinstance(cell, str) and cell.startswith("\\"):
        try:
            return json.loads(cell[1:])
        except (ValueError, RecursionError):
            raise CellRefused(N_("a text that begins with “\\” goes on with the text in quotes, as in JSON")) from None
    return _READ[kind](cell)


def _text(cell: Cell) -> object:
    if isinstance(cell, bool):
        raise CellRefused(N_("a text belongs here, not true or false"))
    return cell if isinstance(cell, str) else str(_rounded(cell))


def _word(cell: Cell) -> object:
    if isinstance(cell, float) and not cell.is_integer():
        raise CellRefused(N_("the program took this for a number; format the cell as text and type it again"))
    return _text(cell)


def _whole(cell: Cell) -> object:
    number = _rounded(cell)
    if isinstance(number, str) and re.fullmatch(r"\s*-?[0-9]{1,18}\s*", number):
        number = int(number)
    if isinstance(number, bool) or not isinstance(number, int):
        raise CellRefused(N_("a whole number belongs here, not “{value}”"), value=cell)
    return number


def _truth(cell: Cell) -> object:
    if isinstance(cell, bool):
        return cell
    word = str(cell).strip().casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise CellRefused(N_("true or false belongs here, not “{value}”"), value=cell)


def _words(cell: Cell) -> object:
    if isinstance(cell, str) and cell.lstrip().startswith("["):
        return _written(cell)
    return [one.strip() for one in str(_word(cell)).replace("\n", ",").split(",") if one.strip()]


def _written(cell: Cell) -> object:
    if not isinstance(cell, str):
        return _rounded(cell)
    try:
        return plain_from_yaml(cell.encode("utf-8"), file="")
    except (TemplateError, UnicodeEncodeError):
        raise CellRefused(
            N_("this cannot be read; write it as in a YAML file, such as {example}"), example="{question: board.meets, at_most: 1}"
        ) from None


def _rounded(cell: Cell) -> Cell:
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


_READ: dict[Kind, Callable[[Cell], object]] = {
    "text": _text,
    "word": _word,
    "whole": _whole,
    "truth": _truth,
    "words": _words,
    "written": _written,
}
