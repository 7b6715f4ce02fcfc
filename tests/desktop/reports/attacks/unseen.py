"""Pages that say to every program what the record says, and show a reader something else; made before those sign who should."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, String

Change = Callable[[pikepdf.Pdf], None]


def _content(pdf: pikepdf.Pdf, page: int = 0) -> bytes:
    contents = pdf.pages[page].Contents
    return contents.read_bytes()


def _draw(pdf: pikepdf.Pdf, more: bytes, page: int = 0) -> None:
    pdf.pages[page].Contents = pdf.make_stream(_content(pdf, page) + b"\n" + more)


def _edit(pdf: pikepdf.Pdf, change: Callable[[bytes], bytes], page: int = 0) -> None:
    before = _content(pdf, page)
    after = change(before)
    assert after != before
    pdf.pages[page].Contents = pdf.make_stream(after)


#: A number written large where the first page has room and where it has none.
_ELSEWHERE = b"BT 1 0 0 1 300 500 Tm /F2+0 40 Tf (88) Tj ET"


def white_box(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, b"/Artifact BMC q 1 1 1 rg n 40 400 m 550 400 l 550 780 l 40 780 l h f* Q EMC")


def white_line(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, b"/Artifact BMC q 1 1 1 RG 300 w n 40 600 m 550 600 l S Q EMC")


def number_as_decoration(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, b"/Artifact BMC q 1 0 0 rg " + _ELSEWHERE + b" Q EMC")


def number_outside_every_mark(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, _ELSEWHERE)


def number_outside_the_structure(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, b"/P <</MCID 4711>> BDC " + _ELSEWHERE + b" EMC")


def invisible(pdf: pikepdf.Pdf) -> None:
    _edit(pdf, lambda page: page.replace(b" Tm ", b" Tm 3 Tr "))


def pale(pdf: pikepdf.Pdf) -> None:
    _edit(pdf, lambda page: re.sub(rb"[.\d]+ [.\d]+ [.\d]+ rg", b"1 1 1 rg", page))


def dark_ground(pdf: pikepdf.Pdf) -> None:
    _edit(pdf, lambda page: b"/Artifact BMC q 0 0 0 rg n 0 0 m 600 0 l 600 850 l 0 850 l h f* Q EMC\n" + page)


def tiny(pdf: pikepdf.Pdf) -> None:
    _edit(pdf, lambda page: re.sub(rb"/(F\d\+0) [.\d]+ Tf", rb"/\1 0.5 Tf", page))


def pressed(pdf: pikepdf.Pdf) -> None:
    _edit(pdf, lambda page: page.replace(b" Tm ", b" Tm 1 Tz "))


def off_the_page(pdf: pikepdf.Pdf) -> None:
    _edit(pdf, lambda page: b"q 1 0 0 1 5000 0 cm " + page + b" Q")


def clipped(pdf: pikepdf.Pdf) -> None:
    _edit(pdf, lambda page: b"0 0 m 1 0 l 1 1 l h W* n " + page)


def transparent(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Resources.ExtGState["/none"] = Dictionary(ca=0)
    _edit(pdf, lambda page: b"/none gs " + page)


def letters_upon_letters(pdf: pikepdf.Pdf) -> None:
    """The last line of a piece is written once more, in the same place and the same piece."""
    _edit(pdf, lambda page: re.sub(rb"(BT [^\n]*\) Tj T\* ET)", rb"\1 \1", page, count=3))


def page_cut(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.CropBox = Array([0, 0, 50, 50])


def page_turned(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Rotate = 180


def picture(pdf: pikepdf.Pdf) -> None:
    made = pdf.make_stream(
        b"\xff", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8, ColorSpace=Name.DeviceGray
    )
    pdf.pages[0].Resources.XObject["/picture"] = made
    _draw(pdf, b"/Artifact BMC q 500 0 0 600 40 100 cm /picture Do Q EMC")


def picture_in_line(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, b"/Artifact BMC q 500 0 0 600 40 100 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI Q EMC")


def foot_that_covers(pdf: pikepdf.Pdf) -> None:
    foot = pdf.pages[0].Resources.XObject["/FormXob.foot1"]
    foot.write(foot.read_bytes() + b" 1 1 1 rg 0 0 m 600 0 l 600 800 l 0 800 l h f*")


def foot_that_writes(pdf: pikepdf.Pdf) -> None:
    foot = pdf.pages[0].Resources.XObject["/FormXob.foot1"]
    foot.write(foot.read_bytes() + b" " + _ELSEWHERE)


def another_page(pdf: pikepdf.Pdf) -> None:
    """A page of decoration put before the first."""
    page = pdf.make_indirect(
        Dictionary(
            Type=Name.Page,
            MediaBox=pdf.pages[0].MediaBox,
            Resources=pdf.pages[0].Resources,
            Contents=pdf.make_stream(b"/Artifact BMC q 0 0 0 rg " + _ELSEWHERE + b" Q EMC"),
        )
    )
    pdf.pages.insert(0, pikepdf.Page(page))


def said_by_name(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Resources.Properties = Dictionary(one=Dictionary(ActualText=String("88")))
    _draw(pdf, b"/Span /one BDC EMC")


def said_of_element(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.objects:
        if isinstance(thing, Dictionary) and thing.get("/S") == Name.P:
            thing.ActualText = String("Approve")
            return


def numbers_swapped_by_what_is_said(pdf: pikepdf.Pdf) -> None:
    """Digits are drawn in one order and said in the other."""

    def change(page: bytes) -> bytes:
        found = re.search(rb"\(([^()\\]*)([1-9])([1-9])([^()\\]*)\) Tj", page[page.index(b"/H2") :])
        assert found is not None
        before, one, other, after = found.groups()
        if one == other:
            other = b"1" if one != b"1" else b"2"
        said = (b"%s%s%s%s" % (before, one, other, after)).decode("latin-1").encode("utf-16-be").hex().encode()
        drawn = b"/Span <</ActualText <FEFF%s>>> BDC (%s%s%s%s) Tj EMC" % (said, before, other, one, after)
        return page.replace(found.group(), drawn)

    _edit(pdf, change, page=1)


def _fonts(pdf: pikepdf.Pdf) -> list[Dictionary]:
    return [one for name, one in pdf.pages[0].Resources.Font.items() if "+" in name]


def lying_letters(pdf: pikepdf.Pdf) -> None:
    """The glyphs of 1 and 8 change places inside the typeface, whose letter map says what it always said."""
    for font in _fonts(pdf):
        file = font.FontDescriptor.FontFile2
        program = bytearray(file.read_bytes())
        (count,) = struct.unpack_from(">H", program, 4)
        tables = {bytes(program[at : at + 4]): struct.unpack_from(">I", program, at + 8)[0] for at in range(12, 12 + 16 * count, 16)}
        first = tables[b"cmap"] + 12 + 10  # behind the head of the table, and of the one list in it
        one, eight = first + 2 * ord("1"), first + 2 * ord("8")
        program[one : one + 2], program[eight : eight + 2] = program[eight : eight + 2], program[one : one + 2]
        file.write(bytes(program))


def typeface_exchanged(pdf: pikepdf.Pdf) -> None:
    """The file names a typeface that is not inside it: each reader's program takes one of its own."""
    for font in _fonts(pdf):
        del font.FontDescriptor["/FontFile2"]


def typeface_encoded(pdf: pikepdf.Pdf) -> None:
    for font in _fonts(pdf):
        font.Encoding = Dictionary(Type=Name.Encoding, Differences=Array([ord("1"), Name.eight]))


def typeface_restored(pdf: pikepdf.Pdf) -> None:
    """Another typeface is chosen for a moment: what comes after the restoring is drawn with the first."""
    _edit(pdf, lambda page: re.sub(rb"/F2\+0 ([.\d]+) Tf", rb"/F2+0 \1 Tf q /F3+0 \1 Tf Q", page))


def covering_field(pdf: pikepdf.Pdf) -> None:
    """The chair's field, which nobody need sign, is as large as a page and looks like one."""
    field = pdf.Root.AcroForm.Fields[2]
    field.Rect = Array([0, 0, 590, 840])
    field.AP.N.write(b"1 1 1 rg 0 0 600 850 re f")


def _annotated(pdf: pikepdf.Pdf, **entries: object) -> None:
    look = pdf.make_stream(b"1 1 1 rg 0 0 600 850 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 600, 850]))
    made = Dictionary(Rect=Array([0, 0, 590, 840]), F=4, AP=Dictionary(N=look), **entries)
    page = pdf.pages[0].obj
    page.Annots = Array([*page.get("/Annots", []), pdf.make_indirect(made)])


def field_of_no_form(pdf: pikepdf.Pdf) -> None:
    _annotated(pdf, Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig)


def link_with_a_look(pdf: pikepdf.Pdf) -> None:
    _annotated(pdf, Type=Name.Annot, Subtype=Name.Link)


def note_without_type(pdf: pikepdf.Pdf) -> None:
    """An annotation need not say that it is one."""
    _annotated(pdf, Subtype=Name.Square)


def said_line(pdf: pikepdf.Pdf, line: bytes) -> None:
    """A line that stands on the first page as any other does, in the structure too."""
    _draw(pdf, b"/P <</MCID 4711>> BDC BT 1 0 0 1 60 60 Tm 0 0 0 rg /F2+0 24 Tf (" + line + b") Tj ET EMC")
    document = pdf.Root.StructTreeRoot.K
    made = Dictionary(Type=Name.StructElem, S=Name.P, P=document, K=Dictionary(Type=Name.MCR, Pg=pdf.pages[0].obj, MCID=4711))
    document.K.append(pdf.make_indirect(made))


def hairlines(pdf: pikepdf.Pdf) -> None:
    lines = b" ".join(b"n 40 %d m 550 %d l S" % (y, y) for y in range(400, 780, 2))
    _draw(pdf, b"/Artifact BMC q 1 1 1 RG 2 w " + lines + b" Q EMC")


def veils(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Resources.ExtGState["/veil"] = Dictionary(ca=0.3)
    one = b"n 40 400 m 550 400 l 550 780 l 40 780 l h f* "
    _draw(pdf, b"/Artifact BMC q /veil gs 1 1 1 rg " + one * 30 + b" Q EMC")


def words_pushed_together(pdf: pikepdf.Pdf) -> None:
    _edit(pdf, lambda page: page.replace(b" Tm ", b" Tm -200 Tw "))


def letters_without_width(pdf: pikepdf.Pdf) -> None:
    for font in _fonts(pdf):
        font.Widths = Array([0] * len(font.Widths))


def field_upon_letters(pdf: pikepdf.Pdf) -> None:
    field = pdf.Root.AcroForm.Fields[2]
    field.Rect = Array([50, 700, 280, 759])
    field.AP.N.write(b"1 1 1 rg 0 0 300 60 re f")


def thumbnail(pdf: pikepdf.Pdf) -> None:
    """Some programs show it in place of the page."""
    pdf.pages[0].obj.Thumb = pdf.make_stream(b"\xff", Width=1, Height=1, ColorSpace=Name.DeviceGray, BitsPerComponent=8)


def field_unseen(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.Fields[1].F = 2


def field_with_a_colour(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.Fields[2].MK = Dictionary(BG=Array([1, 1, 1]), CA=String("88"))


def element_renamed(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(P=Name.Artifact)


#: Told by what is drawn.
DRAWN: tuple[Change, ...] = (
    white_box,
    white_line,
    number_as_decoration,
    number_outside_every_mark,
    number_outside_the_structure,
    invisible,
    pale,
    dark_ground,
    tiny,
    pressed,
    off_the_page,
    clipped,
    transparent,
    letters_upon_letters,
    page_cut,
    page_turned,
    picture,
    picture_in_line,
    foot_that_writes,
    another_page,
    lying_letters,
    hairlines,
    veils,
    words_pushed_together,
    letters_without_width,
    field_upon_letters,
    thumbnail,
)
#: Written in a way that no page of Gedigen's is, so that it is not even read.
STRANGE: tuple[Change, ...] = (foot_that_covers, element_renamed, said_by_name, said_of_element, typeface_exchanged, typeface_encoded)
#: Told by what lies upon the page.
LAID_UPON: tuple[Change, ...] = (covering_field, field_unseen, field_with_a_colour, field_of_no_form, link_with_a_look, note_without_type)
