"""What is wrong in a workbook is said with sheet, cell and what would be right; a hostile one is refused before it costs anything."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec
import openpyxl
import pytest

from forms.errors import TemplateError
from forms.reading import read_template
from forms.template import JudgedRule, Template
from forms.workbook import template_from_workbook, workbook_from_template
from tests.forms.building import THREE


def edited(edit: Callable[[Any], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(workbook_from_template(read_template(THREE))))
    edit(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(source: bytes) -> Template:
    return template_from_workbook(source, file="mall.xlsx")


def cell(book: Any, sheet: str, heading: str, row: int = 2) -> Any:
    page = book[sheet]
    column = next(one.column for one in page[1] if one.value == heading)
    return page.cell(row, column)


def put(sheet: str, heading: str, value: object, row: int = 2) -> Callable[[Any], None]:
    def edit(book: Any) -> None:
        cell(book, sheet, heading, row).value = value

    return edit


@pytest.mark.parametrize(
    ("edit", "place", "what"),
    [
        (put("questions", "kind", "leval"), ("questions", "C2"), "is not a kind"),
        (put("questions", "kind", None), ("questions", "C2"), "missing"),
        (put("questions", "weight", "heavy"), ("questions", ""), "a whole number belongs here"),
        (put("questions", "weight", 1.5), ("questions", ""), "a whole number belongs here"),
        (put("questions", "key", "perhaps"), ("questions", ""), "true or false"),
        (put("questions", "text:en", None), ("questions", ""), "the text is missing"),
        (put("questions", "of section", "nowhere"), ("questions", "A2"), "there is no section “nowhere”"),
        (put("questions", "of section", None), ("questions", "A2"), "which one does this row belong to"),
        (put("questions", "asked_if", "{question: "), ("questions", ""), "cannot be read"),
        (put("questions", "asked_if", "{question: nobody, at_most: 1}"), ("questions", ""), "nobody"),
        (put("levels", "of question", "nothing.here"), ("levels", "A2"), "there is no question"),
        (put("levels", "key", 7, row=3), ("levels", "A2"), "rising"),
        (put("questions", "scopes", "light, heavy"), ("questions", ""), "heavy"),
        (put("sections", "subject", "weather"), ("sections", ""), "weather"),
        (put("sections", "title:sv", datetime(2026, 3, 2)), ("sections", ""), "date or a time"),  # noqa: DTZ001
        (put("sections", "title:sv", "=A1"), ("sections", ""), "formula"),
        (put("questions", "text:en", True), ("questions", ""), "not true or false"),
        (put("questions", "of section", True), ("questions", "A2"), "not true or false"),
        (put("questions", "text:en", "\\not quoted"), ("questions", ""), "as in JSON"),
        (put("questions", "text:en", "\\" + "[" * 30_000), ("questions", ""), "as in JSON"),
        (put("questions", "asked_if", 5), ("questions", ""), "a set of keys belongs here"),
        (put("bands", "name", "capacity", row=3), ("bands", ""), "stands twice"),
        (put("sections", "title:en", 7), ("sections", ""), None),
    ],
)
def test_an_error_names_the_cell(edit: Callable[[Any], None], place: tuple[str, str], what: str | None) -> None:
    if what is None:
        assert read(edited(edit)).sections[0].title["en"] == "7"
        return
    with pytest.raises(TemplateError) as caught:
        read(edited(edit))
    sheet, at = place
    assert caught.value.params["sheet"] == sheet
    assert not at or caught.value.params["cell"] == at, str(caught.value)
    assert what in str(caught.value)
    assert str(caught.value).startswith("mall.xlsx: ")


def test_a_version_that_became_a_number_is_not_guessed_at() -> None:
    def edit(book: Any) -> None:
        row = next(one for one in book["template"] if one[0].value == "version")
        row[1].value = 2026.1

    with pytest.raises(TemplateError, match="format the cell as text"):
        read(edited(edit))


def test_an_unknown_sheet_heading_or_key_is_refused_with_the_nearest() -> None:
    with pytest.raises(TemplateError, match="“question” is no sheet of a template; possible are questions"):
        read(edited(lambda book: book.create_sheet("question")))
    with pytest.raises(TemplateError, match="“wieght” is not a heading here; did you mean “weight”"):
        read(edited(lambda book: setattr(cell(book, "questions", "weight", 1), "value", "wieght")))
    with pytest.raises(TemplateError, match="“porpose” is not a key here; did you mean “purpose”"):
        read(edited(lambda book: book["template"].append(["porpose", None, "x", "y"])))
    with pytest.raises(TemplateError, match="nothing stands above this"):
        read(edited(lambda book: setattr(book["questions"].cell(2, 60), "value", "stray")))


def test_a_heading_that_stands_twice_and_a_value_in_the_wrong_column_are_refused() -> None:
    def row_of(book: Any, key: str) -> Any:
        return next(one for one in book["template"] if one[0].value == key)

    with pytest.raises(TemplateError, match="the heading “weight” stands twice"):
        read(edited(lambda book: setattr(book["questions"].cell(1, book["questions"].max_column + 1), "value", "weight")))
    with pytest.raises(TemplateError, match="takes one value, in the column “value”"):
        read(edited(lambda book: setattr(row_of(book, "id")[2], "value", "x")))
    with pytest.raises(TemplateError, match="this key is a text"):
        read(edited(lambda book: setattr(row_of(book, "purpose")[1], "value", "x")))
    with pytest.raises(TemplateError, match="cell A1: scopes: this key is missing"):
        read(edited(lambda book: book["template"].delete_rows(row_of(book, "scopes")[0].row)))


def test_a_template_of_another_format_is_refused_at_its_cell() -> None:
    def edit(book: Any) -> None:
        next(one for one in book["template"] if one[0].value == "format")[1].value = 2

    with pytest.raises(TemplateError, match="format: 1"):
        read(edited(edit))


def test_an_author_s_own_sheets_and_columns_begin_with_a_sign_and_are_left_alone() -> None:
    def edit(book: Any) -> None:
        book.create_sheet("#notes")["A1"].value = "=1+1"
        page = book["questions"]
        page.cell(1, page.max_column + 1).value = "# my notes"
        page.cell(2, page.max_column).value = "ask Rut"

    assert read(edited(edit)) == read_template(THREE)


def test_a_row_with_nothing_but_an_author_s_own_notes_is_no_question() -> None:
    def edit(book: Any) -> None:
        page = book["questions"]
        page.cell(1, page.max_column + 1).value = "# my notes"
        page.cell(page.max_row + 1, page.max_column).value = "ask Rut about one more"

    assert read(edited(edit)) == read_template(THREE)


def test_a_group_of_keys_named_without_a_value_is_left_out_and_with_one_is_there() -> None:
    assert read(edited(lambda book: book["template"].append(["judged"]))).judged is None
    assert read(edited(lambda book: book["template"].append(["judged", "{}"]))).judged == JudgedRule()


def test_a_missing_first_sheet_says_where_to_begin() -> None:
    with pytest.raises(TemplateError, match="the sheet “template” is missing"):
        read(edited(lambda book: book.remove(book["template"])))


def test_numbers_typed_as_text_and_words_for_true_are_understood() -> None:
    def edit(book: Any) -> None:
        cell(book, "levels", "key").value = "0"
        cell(book, "questions", "key").value = "Yes"
        cell(book, "questions", "weight").value = 1.0

    def plain(book: Any) -> None:
        cell(book, "questions", "key").value = True
        cell(book, "questions", "weight").value = None

    assert read(edited(edit)) == read(edited(plain))


# -- hostile files


def packed(**parts: bytes) -> bytes:
    """Pack the ordinary workbook with parts added or replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook_from_template(read_template(THREE)))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            new.writestr(part.filename, parts.pop(part.filename, None) or old.read(part))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


@pytest.mark.parametrize(
    ("source", "what"),
    [
        (b"", "not a workbook"),
        (b"PK\x03\x04 rubbish", "not a workbook"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000), "protected by a password"),
        (bytes(6 * 1024 * 1024), "larger than 5 MB"),
        (packed(**{"xl/vbaProject.bin": b"x"}), "macros"),
        (packed(**{"xl/worksheets/bomb.xml": bytes(30 * 1024 * 1024)}), "unpacks to more"),
        (packed(**{"xl/styles.xml": bytes(3 * 1024 * 1024)}), "unpacks to more"),
        (packed(**{f"xl/worksheets/more{n}.xml": b"" for n in range(500)}), "unpacks to more"),
        (packed(**{"xl/sharedStrings.xml": b'<!DOCTYPE x [<!ENTITY a "aaaa">]><sst>&a;</sst>'}), "declares things"),
        (packed(**{"xl/worksheets/sheet1.xml": b"<worksheet"}), "damaged"),
        (packed(**{"xl/workbook.xml": b"<workbook/>"}), "the sheet “template” is missing"),
        (
            packed(**{"xl/worksheets/sheet1.xml": SHEET % b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row>'}),
            "goes on beyond row 10000",
        ),
        (
            packed(**{"xl/worksheets/sheet1.xml": SHEET % b'<row r="1"><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>'}),
            "goes on beyond row 10000",
        ),
        (packed(**{"xl/worksheets/sheet1.xml": SHEET % b'<row r="1"><c r="A1" t="s"><v>99999</v></c></row>'}), "damaged"),
        (packed(**{"xl/worksheets/sheet1.xml": SHEET % b'<row r="1"><c r="A1" t="e"><v>#REF!</v></c></row>'}), "an error stands here"),
    ],
)
def test_a_file_that_is_no_honest_workbook_is_refused(source: bytes, what: str) -> None:
    with pytest.raises(TemplateError) as caught:
        read(source)
    assert what in str(caught.value)


MANY = b"".join(b'<row r="%d">%s</row>' % (n, b"".join(b"<c><v>1</v></c>" for _ in range(60))) for n in range(1, 1800))
EMPTY = SHEET % b'<row r="1048576"><c r="A1048576" s="1"/></row>'


def test_a_file_of_more_cells_or_rows_than_a_template_has_is_given_up_early() -> None:
    with pytest.raises(TemplateError, match="unpacks to more"):
        read(packed(**{"xl/worksheets/sheet1.xml": SHEET % MANY}))
    with pytest.raises(TemplateError, match="unpacks to more"):
        read(packed(**{f"xl/worksheets/sheet{n}.xml": EMPTY for n in range(1, 5)}))


def test_formats_that_reach_to_the_last_row_and_column_are_no_fault() -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook_from_template(read_template(THREE)))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            far = b'<row r="1048576"><c r="A1048576" s="1"/><c r="XFD1048576" s="1"/></row></sheetData>'
            content = old.read(part)
            new.writestr(part.filename, content.replace(b"</sheetData>", far) if part.filename.endswith("sheet3.xml") else content)
    assert read(out.getvalue()) == read_template(THREE)


def test_a_picture_in_a_workbook_is_no_fault_whatever_its_bytes_spell() -> None:
    assert read(packed(**{"xl/media/logo.png": b"\x89PNG <!DOCTYPE <!ENTITY"})) == read_template(THREE)


def test_a_text_too_long_for_a_cell_is_said_when_it_is_written() -> None:
    template = read_template(THREE)
    long = msgspec.structs.replace(template, purpose=dict.fromkeys(template.languages, "a" * 40000))
    with pytest.raises(TemplateError, match="longer than a cell can hold"):
        workbook_from_template(long)
