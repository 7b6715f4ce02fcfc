"""Which sheets a workbook has and which columns they have: worked out from the classes of the template format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from forms.question import Condition, Part
from forms.template import Template

#: How one value stands in cells: a column per language · a word · a whole number · true or false · words with commas · as in YAML.
Kind = Literal["text", "word", "whole", "truth", "words", "written"]
ROOT = "template"
#: What an entry of a sheet is called where others say that they belong to it.
_SINGULAR = {"sections": "section", "questions": "question", "columns": "column", "ratios": "ratio", "bands": "table"}
#: Entries whose name is enough to find them; those of other sheets are named together with what they belong to.
_KNOWN_BY_NAME = frozenset({"sections", "questions", "bands"})
#: The column that holds the name of an entry which has none of its own (``bands``, ``subjects``, ``required``).
NAME = "name"


class _Words:
    """Stands for ``Text`` while types are read: both would be ``dict[str, str]`` otherwise."""


@dataclass(frozen=True)
class Leaf:
    """Something that stands in a cell, or with ``text`` in one per language; ``path`` are the keys that lead to it from its entry."""

    path: tuple[str, ...]
    kind: Kind
    choices: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The column's heading, without a language."""
        return ".".join(self.path)


@dataclass(frozen=True)
class Branch:
    """A key that holds further entries, which stand on a sheet of their own.

    ``named``: each entry under a name, not in a list; ``needed``: the key must be there, if only with no entry.
    """

    path: tuple[str, ...]
    sheet: Sheet
    named: bool
    needed: bool


@dataclass(frozen=True)
class Sheet:
    """A sheet: ``belongs`` are the columns that say which entry of another sheet a row belongs to."""

    name: str
    belongs: tuple[str, ...]
    leaves: tuple[Leaf, ...]
    branches: tuple[Branch, ...]
    named: bool = False

    @property
    def inner_belongs(self) -> tuple[str, ...]:
        """The columns by which the rows of another sheet say that they belong to an entry of this one."""
        if self.name == ROOT:
            return ()
        own = f"of {_SINGULAR.get(self.name, self.name)}"
        return (own,) if self.name in _KNOWN_BY_NAME else (*self.belongs, own)


@cache
def layout() -> Sheet:
    """Give the sheet of the template itself, from which all others branch off."""
    return _sheet(Template, ROOT, (), named=False, taken=set())


def sheets() -> tuple[Sheet, ...]:
    """Give all sheets in the order in which they stand in a workbook; a sheet comes before those that belong to it."""
    return tuple(_all(layout()))


def _all(sheet: Sheet) -> Iterator[Sheet]:
    waiting = [sheet]
    while waiting:
        one = waiting.pop(0)
        yield one
        waiting = [branch.sheet for branch in one.branches] + waiting


def _sheet(form: type[Part], name: str, belongs: tuple[str, ...], *, named: bool, taken: set[str]) -> Sheet:
    taken.add(name)
    made = Sheet(name, belongs, (), (), named)
    leaves: list[Leaf] = []
    branches: list[Branch] = []
    for part in _parts(form, ()):
        if isinstance(part, Leaf):
            leaves.append(part)
            continue
        path, inner, is_named, needed = part
        called = ".".join(path)
        if called in taken:
            called = f"{name}.{called}"
        if inner is _Words:
            taken.add(called)
            child = Sheet(called, made.inner_belongs, (Leaf((), "text"),), (), named=True)
        else:
            child = _sheet(inner, called, made.inner_belongs, named=is_named, taken=taken)
        branches.append(Branch(path, child, is_named, needed))
    return Sheet(name, belongs, tuple(leaves), tuple(branches), named)


def _parts(form: type[Part], before: tuple[str, ...]) -> Iterator[Leaf | tuple[tuple[str, ...], Any, bool, bool]]:
    """Go through the keys of a part of the format: what stands in cells, and what needs a sheet (path, class, named, needed)."""
    hints = get_type_hints(form, localns={"Text": _Words})
    needed = {field.name: field.required for field in msgspec.structs.fields(form)}
    for field, key in zip(form.__struct_fields__, form.__struct_encode_fields__, strict=True):
        path, kind = (*before, key), _without_none(hints[field])
        inside = get_args(kind)
        match get_origin(kind):
            case None if kind is _Words:
                yield Leaf(path, "text")
            case None if isinstance(kind, type) and issubclass(kind, Part) and kind is not Condition:
                yield from _parts(kind, path)
            case None:
                yield Leaf(path, {bool: "truth", int: "whole", str: "word"}.get(kind, "written"))  # type: ignore[arg-type]
            case origin if origin is Literal:
                is_whole = isinstance(inside[0], int)
                yield Leaf(path, "whole" if is_whole else "word", tuple(str(one) for one in inside))
            case origin if origin is list and (inside[0] is str or get_origin(inside[0]) is Literal):
                yield Leaf(path, "words")
            case origin if origin is list and isinstance(inside[0], type) and issubclass(inside[0], Part):
                yield path, inside[0], False, needed[field]
            case origin if origin is dict and isinstance(inside[1], type) and issubclass(inside[1], Part | _Words):
                yield path, inside[1], True, needed[field]
            case _:
                yield Leaf(path, "written")


def _without_none(kind: Any) -> Any:
    if get_origin(kind) in (Union, UnionType):
        return next(part for part in get_args(kind) if part is not type(None))
    return kind
