"""From a template to the rows of its sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from forms.template import Template
from forms.workbook.cells import Cell, cell_of
from forms.workbook.layout import NAME, ROOT, Leaf, Sheet, layout, sheets

KEY, VALUE = "key", "value"


@dataclass(frozen=True)
class FilledSheet:
    """A sheet with its headings and rows; every row has a cell for each heading."""

    sheet: Sheet
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def headings(sheet: Sheet, languages: Sequence[str]) -> tuple[str, ...]:
    """Give the headings of a sheet: what its rows belong to, then a column for each key, texts in one per language."""
    if sheet.name == ROOT:
        return (KEY, VALUE, *languages)
    own = (NAME,) if sheet.named else ()
    return (*sheet.belongs, *own, *(heading for leaf in sheet.leaves for heading in leaf_headings(leaf, languages)))


def leaf_headings(leaf: Leaf, languages: Sequence[str]) -> tuple[str, ...]:
    """Give the headings of one key: several for a text."""
    if leaf.kind != "text":
        return (leaf.title,)
    return tuple(f"{leaf.title}:{language}" if leaf.title else language for language in languages)


def filled_sheets(template: Template) -> tuple[FilledSheet, ...]:
    """Give every sheet of a template with its rows; raises ``CellRefused`` for what no cell can hold."""
    tree = msgspec.to_builtins(template)
    rows: dict[str, list[tuple[Cell, ...]]] = {sheet.name: [] for sheet in sheets()}
    rows[ROOT] = list(_root_rows(tree, template.languages))
    _branch_off(layout(), tree, (), template.languages, rows)
    return tuple(FilledSheet(sheet, headings(sheet, template.languages), tuple(rows[sheet.name])) for sheet in sheets())


def _root_rows(tree: Mapping[str, Any], languages: Sequence[str]) -> Iterator[tuple[Cell, ...]]:
    for leaf in layout().leaves:
        cells = _cells(leaf, tree, languages)
        value = (None, *cells) if leaf.kind == "text" else (*cells, *(None for _ in languages))
        yield (leaf.title, *value)
    for path in _said_empty(tree):
        yield (path, "{}", *(None for _ in languages))


def _said_empty(tree: Mapping[str, Any]) -> Iterator[str]:
    """Find keys that hold a set of keys with all of them left at their default: they have no cell of their own."""
    for first in dict.fromkeys(leaf.path[0] for leaf in layout().leaves if len(leaf.path) > 1):
        if tree.get(first) == {}:
            yield first


def _branch_off(sheet: Sheet, tree: Mapping[str, Any], name: tuple[Cell, ...], languages: Sequence[str], rows: dict[str, Any]) -> None:
    for branch in sheet.branches:
        inner = _at(tree, branch.path) or {}
        entries = inner.items() if branch.named else ((None, entry) for entry in inner)
        for key, entry in entries:
            child = branch.sheet
            own = (cell_of("word", key),) if branch.named else ()
            cells = (cell for leaf in child.leaves for cell in _cells(leaf, entry, languages))
            rows[child.name].append((*name, *own, *cells))
            called = own if branch.named else (entry.get("id"),)
            before = name if child.inner_belongs[:-1] else ()
            _branch_off(child, entry, (*before, *called), languages, rows)


def _cells(leaf: Leaf, entry: Mapping[str, Any], languages: Sequence[str]) -> tuple[Cell, ...]:
    if leaf.kind == "text":
        text = _at(entry, leaf.path) or {}
        return tuple(cell_of("text", text[language]) if language in text else None for language in languages)
    holder = _at(entry, leaf.path[:-1])
    return (cell_of(leaf.kind, holder[leaf.path[-1]]) if holder and leaf.path[-1] in holder else None,)


def _at(entry: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        entry = entry.get(key) if isinstance(entry, Mapping) else None
    return entry
