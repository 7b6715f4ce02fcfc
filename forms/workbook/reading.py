"""Read a template from a workbook (.xlsx): strictly, and with the cell of every error."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from forms.decoding import decode
from forms.errors import TemplateError
from forms.template import Template
from forms.text import N_, Said
from forms.workbook.cells import CellRefused, value_of
from forms.workbook.layout import NAME, ROOT, Branch, Leaf, Sheet, layout, sheets
from forms.workbook.opening import Found, OpenSheet, open_workbook
from forms.workbook.rows import KEY, VALUE


def template_from_workbook(source: bytes, *, file: str) -> Template:
    """Read and check a template from the bytes of a workbook.

    Raises ``TemplateError`` naming the file, the sheet, the cell and what would be right.
    """
    read = _Reading(file, {sheet.name: sheet for sheet in open_workbook(source, file=file)})
    tree = read.tree()
    try:
        return decode(tree, file=file)
    except TemplateError as error:
        raise read.placed(error) from None


@dataclass
class _Row:
    """A row of a sheet while it is read: its cells by heading, and where the row stands in the workbook."""

    number: int
    cells: dict[str, Found]
    columns: dict[str, int]

    def place(self, heading: str) -> str:
        """Give the cell under a heading, also an empty one; the row's first where there is no such heading."""
        return f"{get_column_letter(self.columns.get(heading, 1))}{self.number}"


@dataclass
class _Reading:
    """One workbook being read; ``places`` says for each path of the template which cell it came from or should stand in."""

    file: str
    found: dict[str, OpenSheet]
    places: dict[str, tuple[str, str]] = field(default_factory=dict)

    def tree(self) -> dict[str, Any]:
        """Build plain data from all sheets."""
        known = [sheet.name for sheet in sheets()]
        for name in self.found:
            if name not in known:
                raise TemplateError(
                    N_("{file}: “{sheet}” is no sheet of a template; possible are {known}. Begin the names of your own sheets with #."),
                    file=self.file,
                    sheet=name,
                    known=", ".join(difflib.get_close_matches(name, known, n=3) or known),
                )
        if ROOT not in self.found:
            raise TemplateError(
                N_("{file}: the sheet “{sheet}” is missing. Begin with a workbook that the library has exported."),
                file=self.file,
                sheet=ROOT,
            )
        tree: dict[str, Any] = {}
        for row in self._rows(layout()):
            self._take_root(row, tree)
        self._fill(layout(), {(): (tree, "")})
        return tree

    def placed(self, error: TemplateError) -> TemplateError:
        """Say in which cell an error lies, as far as the path leads."""
        if "path" not in error.params:
            return error
        path, what = str(error.params["path"]), error.params["what"]
        while path and path not in self.places:
            path = path.rpartition("[" if path.endswith("]") else ".")[0]
        sheet, cell = self.places.get(path, (ROOT, "A1"))
        if sheet == ROOT and cell == "A1":
            what = Said(N_("{path}: {what}"), {"path": error.params["path"], "what": what})
        return self._refused(sheet, cell, what)

    def _refused(self, sheet: str, cell: str, what: object) -> TemplateError:
        return TemplateError(N_("{file}: sheet “{sheet}”, cell {cell}: {what}"), file=self.file, sheet=sheet, cell=cell, what=what)

    # -- rows

    def _rows(self, sheet: Sheet) -> Iterator[_Row]:
        """Give the rows of a sheet by its headings, which stand in the first row; what stands under # is the author's own."""
        rows = self.found[sheet.name].rows if sheet.name in self.found else ()
        if not rows:
            return
        known = self._known(sheet)
        columns: dict[str, int] = {}
        for column, found in rows[0].items():
            heading = str(found.value).strip()
            base = heading.rpartition(":")[0] or heading
            if heading.startswith("#"):
                continue
            if heading in columns:
                raise self._refused(
                    sheet.name, found.place, Said(N_("the heading “{heading}” stands twice; keep one"), {"heading": heading})
                )
            is_text = heading in known or (sheet.name != ROOT and f"{base}:" in known) or (sheet.name == ROOT and _is_language(heading))
            if not (is_text or (":" in known and _is_language(heading))):
                near = difflib.get_close_matches(heading, [one for one in known if one], n=1) or ["…"]
                raise self._refused(
                    sheet.name,
                    found.place,
                    Said(N_("“{heading}” is not a heading here; did you mean “{near}”?"), {"heading": heading, "near": near[0]}),
                )
            columns[heading] = column
        headings = {column: heading for heading, column in columns.items()}
        for row in rows[1:]:
            cells = {headings[column]: found for column, found in row.items() if column in headings}
            stray = next((found for column, found in row.items() if column not in headings and column not in rows[0]), None)
            if stray is not None:
                raise self._refused(
                    sheet.name, stray.place, Said(N_("nothing stands above this in the first row; give it a heading or empty it"))
                )
            if cells:
                first = next(iter(cells.values())).place
                yield _Row(int("".join(letter for letter in first if letter.isdigit())), cells, columns)

    @staticmethod
    def _known(sheet: Sheet) -> set[str]:
        if sheet.name == ROOT:
            return {KEY, VALUE}
        leaves = {f"{leaf.title}:" if leaf.kind == "text" else leaf.title for leaf in sheet.leaves}
        return {*sheet.belongs, *leaves, *((NAME,) if sheet.named else ())}

    # -- the template's own keys

    def _take_root(self, row: _Row, tree: dict[str, Any]) -> None:
        key = str(row.cells[KEY].value).strip() if KEY in row.cells else ""
        leaves = {leaf.title: leaf for leaf in layout().leaves}
        if key in {leaf.path[0] for leaf in layout().leaves if len(leaf.path) > 1}:
            if VALUE in row.cells:
                tree.setdefault(key, {})
                self.places[key] = (ROOT, row.place(VALUE))
            return
        if key not in leaves:
            near = difflib.get_close_matches(key, list(leaves), n=1) or ["…"]
            what = Said(N_("“{key}” is not a key here; did you mean “{near}”?"), {"key": key, "near": near[0]})
            raise self._refused(ROOT, row.place(KEY), what)
        leaf = leaves[key]
        languages = [heading for heading in row.columns if heading not in (KEY, VALUE)]
        headings = {language: language for language in languages} if leaf.kind == "text" else {"": VALUE}
        stray = next((found for heading, found in row.cells.items() if heading not in (KEY, *headings.values())), None)
        if stray is not None:
            what = Said(N_("this key takes one value, in the column “{value}”"), {"value": VALUE})
            if leaf.kind == "text":
                what = Said(N_("this key is a text: write it in the columns of the languages"))
            raise self._refused(ROOT, stray.place, what)
        self._take(ROOT, leaf, headings, row, tree, "")

    def _take(self, sheet: str, leaf: Leaf, headings: dict[str, str], row: _Row, entry: dict[str, Any], path: str) -> None:
        """Read the cells of one key into an entry; empty ones leave the key out."""
        here = ".".join(part for part in (path, *leaf.path) if part)
        read: dict[str, object] = {}
        for language, heading in headings.items():
            place = row.place(heading)
            self.places[f"{here}.{language}" if language else here] = (sheet, place)
            self.places.setdefault(here, (sheet, place))
            if heading in row.cells:
                try:
                    read[language] = value_of(leaf.kind, row.cells[heading].value)
                except CellRefused as refused:
                    raise self._refused(sheet, place, refused.said) from None
        if not read:
            return
        inner = entry
        for key in leaf.path[:-1]:
            inner = inner.setdefault(key, {})
        if leaf.path:
            inner[leaf.path[-1]] = read if leaf.kind == "text" else read[""]
        else:
            inner.update(read)

    # -- entries of the other sheets

    def _fill(self, sheet: Sheet, owners: dict[tuple[str, ...], tuple[dict[str, Any], str]]) -> None:
        """Read the sheets that branch off from one whose entries are known by ``owners``: name → (entry, path)."""
        for branch in sheet.branches:
            mine: dict[tuple[str, ...], tuple[dict[str, Any], str]] = {}
            for row in self._rows(branch.sheet):
                self._take_row(branch, row, owners, mine)
            self._fill(branch.sheet, mine)
            if branch.needed:
                for entry, _ in owners.values():
                    _said_empty(entry, branch)

    def _take_row(
        self,
        branch: Branch,
        row: _Row,
        owners: dict[tuple[str, ...], tuple[dict[str, Any], str]],
        mine: dict[tuple[str, ...], tuple[dict[str, Any], str]],
    ) -> None:
        sheet = branch.sheet
        belongs = tuple(self._word(sheet, row, heading) for heading in sheet.belongs)
        if belongs not in owners:
            missing = sheet.belongs[-1]
            what = Said(N_("there is no {what} “{name}”"), {"what": missing.removeprefix("of "), "name": belongs[-1]})
            raise self._refused(sheet.name, row.place(missing), what)
        owner, before = owners[belongs]
        inner = owner
        for key in branch.path[:-1]:
            inner = inner.setdefault(key, {})
        entry: dict[str, Any] = {}
        path = ".".join(part for part in (before, *branch.path) if part)
        if branch.named:
            name = self._word(sheet, row, NAME)
            entries = inner.setdefault(branch.path[-1], {})
            if name in entries:
                raise self._refused(sheet.name, row.place(NAME), Said(N_("“{name}” stands twice; keep one"), {"name": name}))
            entries[name] = entry
            path = f"{path}.{name}"
        else:
            listed = inner.setdefault(branch.path[-1], [])
            self.places.setdefault(path, (sheet.name, row.place(next(iter(row.cells)))))
            path = f"{path}[{len(listed)}]"
            listed.append(entry)
        self.places[path] = (sheet.name, row.place(next(iter(row.cells))))
        for leaf in sheet.leaves:
            self._take(sheet.name, leaf, self._headings(leaf, row), row, entry, path)
        called = name if branch.named else str(entry.get("id", ""))
        mine.setdefault((*(belongs if sheet.inner_belongs[:-1] else ()), called), (entry, path))

    @staticmethod
    def _headings(leaf: Leaf, row: _Row) -> dict[str, str]:
        if leaf.kind != "text":
            return {"": leaf.title}
        if not leaf.path:
            return {heading: heading for heading in row.columns if _is_language(heading) and heading != NAME}
        return {heading.rpartition(":")[2]: heading for heading in row.columns if heading.rpartition(":")[0] == leaf.title}

    def _word(self, sheet: Sheet, row: _Row, heading: str) -> str:
        if heading not in row.cells:
            what = Said(N_("fill in “{heading}”: which one does this row belong to?"), {"heading": heading})
            raise self._refused(sheet.name, row.place(heading), what)
        try:
            return str(value_of("word", row.cells[heading].value))
        except CellRefused as refused:
            raise self._refused(sheet.name, row.place(heading), refused.said) from None


def _said_empty(entry: dict[str, Any], branch: Branch) -> None:
    """Say of a key that must be there that it holds nothing; only where the part that it belongs to is there."""
    holder: Any = entry
    for key in branch.path[:-1]:
        holder = holder.get(key)
        if holder is None:
            return
    holder.setdefault(branch.path[-1], {} if branch.named else [])


def _is_language(heading: str) -> bool:
    return 2 <= len(heading.split("-")[0]) <= 3 and heading.replace("-", "").isalnum()
