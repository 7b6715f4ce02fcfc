"""Open a workbook that somebody handed over: bounded in size and time, without formulas, macros or anything from outside."""

from __future__ import annotations

import io
import warnings
import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from forms.errors import TemplateError
from forms.text import N_
from forms.workbook.cells import Cell

LARGEST_FILE = 5 * 1024 * 1024
#: Unpacked: all parts together, and any one of them that is neither a sheet nor the table of texts.
_LARGEST_UNPACKED = 24 * 1024 * 1024
_LARGEST_OTHER_PART = 2 * 1024 * 1024
_MOST_PARTS = 400
_MOST_ROWS = 10_000
_MOST_COLUMNS = 200
#: In all sheets together: cells with something in them, and places looked at, for a file may claim a million empty rows by a number.
_MOST_CELLS = 100_000
_MOST_PLACES = 3_000_000
_DECLARATION = ("<!DOCTYPE", "<!ENTITY")


@dataclass(frozen=True)
class Found:
    """A cell with something in it and where it stands (``A1``)."""

    place: str
    value: Cell


@dataclass(frozen=True)
class OpenSheet:
    """A sheet as it was found: rows of cells by column number from 1; rows without anything are left out."""

    name: str
    rows: tuple[dict[int, Found], ...]


def open_workbook(source: bytes, *, file: str) -> tuple[OpenSheet, ...]:
    """Read every sheet of a workbook but those whose name begins with ``#``. Raises ``TemplateError`` saying what is wrong and where."""
    _look_inside(source, file)
    try:
        with warnings.catch_warnings():  # about what openpyxl does not keep, and nothing here is to be kept
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(source), read_only=True, data_only=False, keep_links=False)
            try:
                return _sheets(book, file)
            finally:
                book.close()
    except TemplateError:
        raise
    except Exception:  # whatever a damaged or hostile file makes the reader stumble over
        raise TemplateError(
            N_("{file} cannot be read as a workbook: it is damaged. Nothing was changed. Save it again as .xlsx."), file=file
        ) from None


def _look_inside(source: bytes, file: str) -> None:
    """Refuse what is too large, too many, active or declares things, before anything is built of it."""
    if len(source) > LARGEST_FILE:
        raise TemplateError(N_("{file} is larger than 5 MB, which no template may be. Nothing was read."), file=file)
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as packed:
            _look_at_all(packed, file)
    except TemplateError:
        raise
    except Exception:  # zipfile raises many kinds of error for a file that is none
        raise TemplateError(
            N_("{file} is not a workbook in the format .xlsx, or it is protected by a password. Nothing was read."), file=file
        ) from None


def _look_at_all(packed: zipfile.ZipFile, file: str) -> None:
    parts = packed.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
        raise _too_much(file)
    for part in parts:
        _look_at(packed, part, file)


def _look_at(packed: zipfile.ZipFile, part: zipfile.ZipInfo, file: str) -> None:
    name = part.filename.casefold()
    if PurePath(name).name.startswith("vbaproject") or "macrosheets" in name or "activex" in name:
        raise TemplateError(N_("{file} holds macros. Nothing was read. Save it as .xlsx without macros."), file=file)
    if "/worksheets/" not in name and not name.endswith("sharedstrings.xml") and part.file_size > _LARGEST_OTHER_PART:
        raise _too_much(file)
    if name.endswith((".xml", ".rels", ".vml")):
        content = packed.read(part)
        if any(word.encode(code) in content for word in _DECLARATION for code in ("ascii", "utf-16-le", "utf-16-be")):
            raise TemplateError(N_("{file} declares things that no workbook needs. Nothing was read."), file=file)


def _too_much(file: str) -> TemplateError:
    return TemplateError(N_("{file} unpacks to more than any template needs. Nothing was read."), file=file)


class _Allowance:
    """How much may still be read from a workbook."""

    def __init__(self, file: str) -> None:
        self._file, self._places, self._cells = file, _MOST_PLACES, _MOST_CELLS

    def take(self, *, places: int = 0, cells: int = 0) -> None:
        """Count what is read. Raises ``TemplateError`` when it is too much."""
        self._places -= places
        self._cells -= cells
        if self._places < 0 or self._cells < 0:
            raise _too_much(self._file)


def _sheets(book: Any, file: str) -> tuple[OpenSheet, ...]:
    allowance = _Allowance(file)
    return tuple(_sheet(page, file, allowance) for page in book.worksheets if not page.title.startswith("#"))


def _sheet(page: Any, file: str, allowance: _Allowance) -> OpenSheet:
    rows = []
    page.reset_dimensions()  # what a file says of its own size need not be so
    for number, row in enumerate(page.iter_rows(), start=1):
        allowance.take(places=len(row) + 1)
        cells = {cell.column: _found(cell, page.title, file) for cell in row if cell.value is not None and cell.value != ""}
        if not cells:
            continue
        if number > _MOST_ROWS or max(cells) > _MOST_COLUMNS:
            raise TemplateError(
                N_("{file}: the sheet “{sheet}” goes on beyond row {rows} or column {columns}. Nothing was read."),
                file=file,
                sheet=page.title,
                rows=_MOST_ROWS,
                columns=get_column_letter(_MOST_COLUMNS),
            )
        allowance.take(cells=len(cells))
        rows.append(cells)
    return OpenSheet(page.title, tuple(rows))


def _found(cell: Any, sheet: str, file: str) -> Found:
    place = f"{get_column_letter(cell.column)}{cell.row}"
    if cell.data_type == "f":
        raise _refused(N_("{file}: sheet “{sheet}”, cell {cell}: a formula stands here; type what it gives."), file, sheet, place)
    if cell.data_type == "e":
        raise _refused(N_("{file}: sheet “{sheet}”, cell {cell}: an error stands here; type what is meant."), file, sheet, place)
    if not isinstance(cell.value, str | int | float | bool):
        raise _refused(
            N_("{file}: sheet “{sheet}”, cell {cell}: the program took this for a date or a time; format the cell as text."),
            file,
            sheet,
            place,
        )
    return Found(place, cell.value)


def _refused(message: str, file: str, sheet: str, cell: str) -> TemplateError:
    return TemplateError(message, file=file, sheet=sheet, cell=cell)
