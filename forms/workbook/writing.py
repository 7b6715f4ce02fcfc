"""Write a template as a workbook (.xlsx)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from forms.errors import TemplateError
from forms.kinds import KINDS
from forms.template import Template
from forms.text import N_
from forms.workbook.cells import CellRefused
from forms.workbook.layout import ROOT, Leaf
from forms.workbook.rows import FilledSheet, filled_sheets, leaf_headings

#: The sheet that says how the others are filled in; nothing on it is read.
READ_ME = "#read me"
_ALWAYS = datetime(2026, 1, 1)  # noqa: DTZ001 (the file's date: the same template gives the same bytes)
_ROWS_TO_CHOOSE_IN = 2000


def workbook_from_template(template: Template, *, read_me: Sequence[str] = ()) -> bytes:
    """Write a template as a workbook; the same template gives the same bytes. ``read_me``: lines for the reader, first of all sheets.

    Raises ``TemplateError`` for a text that no cell can hold.
    """
    try:
        filled = filled_sheets(template)
    except CellRefused as refused:
        raise TemplateError(N_("{file}: {what}"), file=template.id, what=refused.said) from None
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": f"{template.id} {template.version}", "created": _ALWAYS})
    plain = {"text_wrap": True, "valign": "top"}
    formats = {
        "head": book.add_format({"bold": True, "bg_color": "#E3ECF8", "valign": "top", "bottom": 1}),
        "text": book.add_format({**plain, "num_format": "@"}),
        "number": book.add_format(plain),
        "lead": book.add_format({"bold": True, "text_wrap": True}),
    }
    if read_me:
        page = book.add_worksheet(READ_ME)
        page.set_column(0, 0, 110)
        for number, line in enumerate(read_me):
            page.write_string(number, 0, line, formats["lead" if number == 0 else "text"])
    for one in filled:
        _write_sheet(book.add_worksheet(one.sheet.name), one, formats, template)
    book.close()
    return out.getvalue()


def _write_sheet(page: Any, filled: FilledSheet, formats: dict[str, Any], template: Template) -> None:
    page.freeze_panes(1, 1)
    for column, heading in enumerate(filled.headings):
        page.set_column(column, column, _width(heading, filled, template), formats["text"])
        page.write_string(0, column, heading, formats["head"])
    for number, row in enumerate(filled.rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, bool):
                page.write_boolean(number, column, cell, formats["number"])
            elif isinstance(cell, int):
                page.write_number(number, column, cell, formats["number"])
            elif isinstance(cell, str):
                page.write_string(number, column, cell, formats["text"])
    if filled.sheet.name != ROOT:
        for leaf in filled.sheet.leaves:
            _offer_choices(page, filled, leaf, template)


def _width(heading: str, filled: FilledSheet, template: Template) -> float:
    if heading in template.languages or heading.rpartition(":")[2] in template.languages:
        return 48
    place = filled.headings.index(heading)
    longest = max((len(str(row[place])) for row in filled.rows if row[place] is not None), default=0)
    return float(min(40, max(len(heading), longest) + 2))


def _offer_choices(page: Any, filled: FilledSheet, leaf: Leaf, template: Template) -> None:
    (heading, *_) = leaf_headings(leaf, template.languages) or ("",)
    choices = list(leaf.choices) or (list(KINDS) if (filled.sheet.name, heading) == ("questions", "kind") else [])
    if leaf.kind == "truth":
        choices = ["TRUE", "FALSE"]
    if choices and heading in filled.headings:
        column = filled.headings.index(heading)
        page.data_validation(1, column, _ROWS_TO_CHOOSE_IN, column, {"validate": "list", "source": choices, "error_type": "warning"})
