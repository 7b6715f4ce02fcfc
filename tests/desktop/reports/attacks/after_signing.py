"""Files that were signed lawfully and changed afterwards; each gives the changed file."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.desktop.reports.conftest import Signed

Change = Callable[[IncrementalPdfFileWriter], None]


def revised(pdf: bytes, change: Change) -> bytes:
    """Add a revision, well formed as any PDF program's, that does something."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def flipped(pdf: bytes, at: int) -> bytes:
    """Change one bit of one byte."""
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


def hexed(pdf: bytes, at: int) -> bytes:
    """Change one hexadecimal digit to another."""
    return pdf[:at] + (b"2" if pdf[at : at + 1] == b"1" else b"1") + pdf[at + 1 :]


def _inside(pdf: bytes, which: str) -> int:
    """Give an offset inside a stream: that of a page's content, of the attachment or of the metadata."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        raw = {
            "page": lambda: opened.pages[0].Contents,
            "attachment": lambda: opened.Root.AF[0].EF.F,
            "metadata": lambda: opened.Root.Metadata,
        }[which]()
        found = pdf.find((raw[0] if isinstance(raw, pikepdf.Array) else raw).read_raw_bytes())
    assert found > 0
    return found + 60


def _page(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
    page = writer.root["/Pages"]["/Kids"][0]
    while page["/Type"] == "/Pages":
        page = page["/Kids"][0]
    return page


def _fields(writer: IncrementalPdfFileWriter) -> list[generic.DictionaryObject]:
    return [one.get_object() for one in writer.root["/AcroForm"]["/Fields"]]


def _stream(writer: IncrementalPdfFileWriter, content: bytes, **entries: str) -> generic.IndirectObject:
    values = {pdf_name("/" + key): pdf_name("/" + value) for key, value in entries.items()}
    return writer.add_object(generic.StreamObject(values, stream_data=content))


def _javascript() -> generic.DictionaryObject:
    return generic.DictionaryObject({pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): pdf_string("app.alert(1)")})


def overlay(writer: IncrementalPdfFileWriter) -> None:
    page = _page(writer)
    more = _stream(writer, b"q 1 1 1 rg 0 0 600 800 re f Q")
    contents = page.raw_get("/Contents")
    page["/Contents"] = generic.ArrayObject([*(contents if isinstance(contents, generic.ArrayObject) else [contents]), more])
    writer.mark_update(page.container_ref)


def page_box(writer: IncrementalPdfFileWriter) -> None:
    page = _page(writer)
    page["/MediaBox"] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 300, 300)))
    writer.mark_update(page.container_ref)


def annotation(writer: IncrementalPdfFileWriter) -> None:
    page = _page(writer)
    note = {"/Type": "/Annot", "/Subtype": "/FreeText"}
    made = generic.DictionaryObject({pdf_name(key): pdf_name(value) for key, value in note.items()})
    made[pdf_name("/Rect")] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 300, 300)))
    made[pdf_name("/Contents")] = pdf_string("Approved")
    page[pdf_name("/Annots")] = generic.ArrayObject([*page.get("/Annots", []), writer.add_object(made)])
    writer.mark_update(page.container_ref)


def text_field(writer: IncrementalPdfFileWriter) -> None:
    made = generic.DictionaryObject({pdf_name("/FT"): pdf_name("/Tx"), pdf_name("/T"): pdf_string("Amount")})
    form = writer.root["/AcroForm"]
    form["/Fields"] = generic.ArrayObject([*form["/Fields"], writer.add_object(made)])
    writer.mark_update(form.container_ref)


def signature_field(writer: IncrementalPdfFileWriter) -> None:
    made = generic.DictionaryObject({pdf_name("/FT"): pdf_name("/Sig"), pdf_name("/T"): pdf_string("Board")})
    form = writer.root["/AcroForm"]
    form["/Fields"] = generic.ArrayObject([*form["/Fields"], writer.add_object(made)])
    writer.mark_update(form.container_ref)


def field_look(writer: IncrementalPdfFileWriter) -> None:
    field = _fields(writer)[0]
    field["/AP"] = generic.DictionaryObject({pdf_name("/N"): _stream(writer, b"0 0 1 rg 0 0 9 9 re f", Type="XObject", Subtype="Form")})
    writer.mark_update(field.container_ref)


def field_place(writer: IncrementalPdfFileWriter) -> None:
    field = _fields(writer)[1]
    field["/Rect"] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 1, 1)))
    writer.mark_update(field.container_ref)


def signature_removed(writer: IncrementalPdfFileWriter) -> None:
    field = _fields(writer)[1]
    del field["/V"]
    writer.mark_update(field.container_ref)


def signature_repeated(writer: IncrementalPdfFileWriter) -> None:
    one, _, chair = _fields(writer)
    chair[pdf_name("/V")] = one.raw_get("/V")
    writer.mark_update(chair.container_ref)


def lock_removed(writer: IncrementalPdfFileWriter) -> None:
    chair = _fields(writer)[2]
    del chair["/Lock"]
    writer.mark_update(chair.container_ref)


def certification_removed(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/Perms"]
    writer.update_root()


def certification_loosened(writer: IncrementalPdfFileWriter) -> None:
    reference = _fields(writer)[0]["/V"]["/Reference"][0]
    reference["/TransformParams"]["/P"] = generic.NumberObject(3)
    writer.mark_update(_fields(writer)[0]["/V"].container_ref)


def open_action(writer: IncrementalPdfFileWriter) -> None:
    writer.root[pdf_name("/OpenAction")] = _javascript()
    writer.update_root()


def page_action(writer: IncrementalPdfFileWriter) -> None:
    page = _page(writer)
    page[pdf_name("/AA")] = generic.DictionaryObject({pdf_name("/O"): _javascript()})
    writer.mark_update(page.container_ref)


def named_script(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/Names"][pdf_name("/JavaScript")] = generic.DictionaryObject(
        {pdf_name("/Names"): generic.ArrayObject([pdf_string("a"), _javascript()])}
    )
    writer.update_root()


def record_swapped(writer: IncrementalPdfFileWriter) -> None:
    file = writer.root["/AF"][0]["/EF"]
    file["/F"] = _stream(writer, b'{"required_signers":[]}', Type="EmbeddedFile")
    writer.mark_update(file.container_ref)


def record_removed(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/AF"]
    del writer.root["/Names"]
    writer.update_root()


def second_file(writer: IncrementalPdfFileWriter) -> None:
    made = generic.DictionaryObject({pdf_name("/EF"): generic.DictionaryObject({pdf_name("/F"): _stream(writer, b"{}")})})
    tree = writer.root["/Names"]["/EmbeddedFiles"]
    tree["/Names"] = generic.ArrayObject([*tree["/Names"], pdf_string("more.json"), writer.add_object(made)])
    writer.mark_update(tree.container_ref)


def title(writer: IncrementalPdfFileWriter) -> None:
    writer.trailer["/Info"]["/Title"] = pdf_string("Another")
    writer.mark_update(writer.trailer["/Info"].container_ref)


def metadata(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/Metadata"] = _stream(writer, b"<x/>", Type="Metadata", Subtype="XML")
    writer.update_root()


def spoken_text(writer: IncrementalPdfFileWriter) -> None:
    root = writer.root["/StructTreeRoot"]
    root[pdf_name("/RoleMap")] = generic.DictionaryObject({pdf_name("/Table"): pdf_name("/Artifact")})
    writer.mark_update(root.container_ref)


def letters(writer: IncrementalPdfFileWriter) -> None:
    font = next(iter(_page(writer)["/Resources"]["/Font"].values())).get_object()
    font["/ToUnicode"] = _stream(writer, b"1 beginbfchar <01> <0039> endbfchar")
    writer.mark_update(font.container_ref)


def pages_swapped(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    pages["/Kids"] = generic.ArrayObject(reversed(list(pages["/Kids"])))
    writer.mark_update(pages.container_ref)


def nothing(writer: IncrementalPdfFileWriter) -> None:
    writer.add_object(generic.DictionaryObject({pdf_name("/Left"): pdf_string("behind")}))


REVISIONS: tuple[Change, ...] = (
    overlay,
    page_box,
    annotation,
    text_field,
    signature_field,
    field_look,
    field_place,
    lock_removed,
    open_action,
    page_action,
    named_script,
    record_swapped,
    record_removed,
    second_file,
    title,
    metadata,
    spoken_text,
    letters,
    pages_swapped,
    nothing,
    certification_removed,
    signature_repeated,
)


def _contents(pdf: bytes) -> tuple[int, int]:
    start = pdf.rindex(b"/Contents <") + len(b"/Contents <")
    return start, pdf.index(b">", start)


def _ranged(pdf: bytes, old: bytes, new: Callable[[list[int]], str]) -> bytes:
    start = pdf.rindex(old)
    end = pdf.index(b"]", start) + 1
    numbers = [int(one) for one in pdf[start + len(old) : end - 1].strip(b" [").split()]
    written = f"/ByteRange [{new(numbers)}".encode()
    assert len(written) < end - start
    return pdf[:start] + written.ljust(end - start - 1) + b"]" + pdf[end:]


def byte_range(pdf: bytes, change: Callable[[list[int]], str]) -> bytes:
    """Write other numbers where the last signature says what it covers."""
    return _ranged(pdf, b"/ByteRange", change)


def wrapped(pdf: bytes) -> bytes:
    """Move what the last signature covers at the end behind content of one's own, and say so in its range."""
    _, end = _contents(pdf)
    foreign = b"\n9999 0 obj\n<</Foreign true>>\nendobj\n"
    moved = pdf[: end + 1] + foreign + pdf[end + 1 :]
    return byte_range(moved, lambda n: f"{n[0]} {n[1]} {n[2] + len(foreign)} {n[3]}")


def rewritten(pdf: bytes, **how: object) -> bytes:
    """Save the whole file anew, as a PDF program does."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out, **how)  # type: ignore[arg-type]
    return out.getvalue()


def on_bytes(reports: Signed) -> dict[str, tuple[bytes, str]]:
    """Give changes of bytes, and a part of the sentence that tells of them."""
    pdf = reports.two
    start, end = _contents(pdf)
    changed, damaged, odd, tail = "was changed after", "damaged", "does not belong in it", "covered by no signature"
    serial = pdf.rindex(f"{reports.reviewer.certificate.serial_number:X}".encode())
    return {
        "bit of a page": (flipped(pdf, _inside(pdf, "page")), changed),
        "bit of the record": (flipped(pdf, _inside(pdf, "attachment")), damaged),
        "bit of the metadata": (flipped(pdf, _inside(pdf, "metadata")), changed),
        "bit of the header": (flipped(pdf, 10), changed),
        "digit of the certificate": (hexed(pdf, start + 900), damaged),
        "digit of the serial number": (hexed(pdf, serial), ""),
        "padding": (pdf[: end - 1] + b"1" + pdf[end:], odd),
        "contents emptied": (pdf[:start] + b"0" * (end - start) + pdf[end:], damaged),
        "range shortened": (byte_range(pdf, lambda n: f"{n[0]} {n[1]} {n[2]} {n[3] - 40}"), changed),
        "range from the middle": (byte_range(pdf, lambda n: f"9 {n[1] - 9} {n[2]} {n[3]}"), changed),
        "range of two numbers": (byte_range(pdf, lambda n: f"0 {n[1]}"), damaged),
        "range beyond the end": (byte_range(pdf, lambda n: f"0 {n[1]} {n[2]} {n[3] + 9}"), changed),
        "range negative": (byte_range(pdf, lambda n: f"0 {n[1]} -1 {n[3]}"), changed),
        "wrapped": (wrapped(pdf), ""),
        "cut off": (pdf[:-200], damaged),
        "line added": (pdf + b"\n", tail),
        "zeros added": (pdf + b"0" * 400, tail),
        "trailer added": (pdf + b"trailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n", ""),
        "rewritten": (rewritten(pdf), ""),
        "rewritten without object streams": (rewritten(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable), ""),
        "rewritten for the web": (rewritten(pdf, linearize=True), ""),
    }
