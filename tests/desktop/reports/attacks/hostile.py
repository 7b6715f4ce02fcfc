"""PDFs made to do harm: to fill memory, to go in circles, to be unpacked without end. Small as files, and built here."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.desktop.reports.conftest import Signed


def raw(objects: Sequence[bytes], *, root: int = 1, trailer: bytes = b"", previous: int | None = None) -> bytes:
    """Write objects numbered from 1 with a cross-reference table as they stand."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    back = b"" if previous is None else b"/Prev %d" % previous
    out += b"trailer\n<</Size %d /Root %d 0 R %s%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, back, trailer, at)
    return bytes(out)


_FORM = b"/AcroForm <</Fields [4 0 R 5 0 R] /SigFlags 3>>"
_FIELDS = (b"<</FT /Sig /T (Caseworker)>>", b"<</FT /Sig /T (Reviewer)>>")
_PAGE = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9]>>"


def _stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s /Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content)


def _pages(count: int) -> bytes:
    kids = b" ".join(b"3 0 R" for _ in range(count))
    return raw(
        [b"<</Type /Catalog /Pages 2 0 R %s>>" % _FORM, b"<</Type /Pages /Count %d /Kids [%s]>>" % (count, kids), _PAGE, *_FIELDS],
    )


def _many_pages(count: int) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        page = Dictionary(Type=Name.Page, MediaBox=Array([0, 0, 9, 9]), Parent=pdf.Root.Pages)
        pdf.Root.Pages.Kids = Array([pdf.make_indirect(page) for _ in range(count)])
        pdf.Root.Pages.Count = count
        fields = [pdf.make_indirect(Dictionary(FT=Name.Sig, T=String(name))) for name in ("Caseworker", "Reviewer")]
        pdf.Root.AcroForm = Dictionary(Fields=Array(fields))
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _with_record(record: bytes, *, entries: bytes = b"", tree: bytes = b"") -> bytes:
    """Give what looks like a report, with an attachment and a structure tree of one's own."""
    names = b"/Names <</EmbeddedFiles <</Names [(assessment.json) 6 0 R]>>>> /AF [6 0 R]"
    return raw(
        [
            b"<</Type /Catalog /Pages 2 0 R %s %s /Lang (en) %s>>" % (_FORM, names, tree),
            b"<</Type /Pages /Count 1 /Kids [3 0 R]>>",
            _PAGE,
            *_FIELDS,
            b"<</Type /Filespec /F (assessment.json) /EF <</F 7 0 R>>>>",
            _stream(record, entries),
            b"<</Type /StructTreeRoot /K 9 0 R>>",
            b"<</S /Div /K [9 0 R 9 0 R]>>",
        ]
    )


def _packed(content: bytes, times: int) -> bytes:
    for _ in range(times):
        content = zlib.compress(content, 9)
    return content


def _catalog(entries: bytes) -> bytes:
    return raw([b"<</Type /Catalog /Pages 2 0 R %s>>" % entries, b"<</Type /Pages /Count 1 /Kids [3 0 R]>>", _PAGE])


def _stream_of_length(length: int) -> bytes:
    body = b"<</Length %d>>\nstream\nabc\nendstream" % length
    return raw([b"<</Type /Catalog /Pages 2 0 R /Metadata 4 0 R>>", b"<</Type /Pages /Count 1 /Kids [3 0 R]>>", _PAGE, body])


def _xref_stream(size: int) -> bytes:
    """A cross-reference stream that says it has that many entries."""
    start = b"%PDF-1.7\n1 0 obj\n<</Type /Catalog>>\nendobj\n"
    body = b"2 0 obj\n%s\nendobj\n"
    entries = b"/Type /XRef /Size %d /Root 1 0 R /W [1 8 2] /Index [0 %d] /Filter /FlateDecode" % (size, size)
    return start + body % _stream(_packed(b"\x01" + bytes(10) * 1000, 1), entries) + b"startxref\n%d\n%%%%EOF\n" % len(start)


def _object_stream(count: int) -> bytes:
    """An object stream that says it holds that many objects, and a catalog in it."""
    head = b"%PDF-1.7\n"
    inside = _packed(b"3 0 <</Type /Catalog>>", 1)
    first = b"1 0 obj\n%s\nendobj\n" % _stream(inside, b"/Type /ObjStm /N %d /First 4 /Filter /FlateDecode" % count)
    rows = bytes([0]) + bytes(10)
    rows += b"\x01" + len(head).to_bytes(8, "big") + bytes(2)
    rows += b"\x01" + (len(head) + len(first)).to_bytes(8, "big") + bytes(2)
    rows += b"\x02" + (1).to_bytes(8, "big") + bytes(2)
    second = b"2 0 obj\n%s\nendobj\n" % _stream(rows, b"/Type /XRef /Size 4 /Root 3 0 R /W [1 8 2]")
    return head + first + second + b"startxref\n%d\n%%%%EOF\n" % (len(head) + len(first))


def _encrypted(pdf: bytes, *, user: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="a", user=user))
    return out.getvalue()


def _metadata(packet: bytes, entries: bytes = b"") -> bytes:
    head = b"<</Type /Catalog /Pages 2 0 R %s /Metadata 6 0 R>>" % _FORM
    return raw([head, b"<</Type /Pages /Count 1 /Kids [3 0 R]>>", _PAGE, *_FIELDS, _stream(packet, entries)])


def _with_store(store: bytes, *streams: bytes) -> bytes:
    """What looks like a report, with a store of certificates and lists of one's own."""
    head = b"<</Type /Catalog /Pages 2 0 R %s /DSS 6 0 R>>" % _FORM
    return raw([head, b"<</Type /Pages /Count 1 /Kids [3 0 R]>>", _PAGE, *_FIELDS, store, *streams])


def _deep_der(depth: int) -> bytes:
    """An object within an object within an object, each a SEQUENCE of indefinite patience."""
    content = b""
    for _ in range(depth):
        size = len(content)
        content = b"0" + (bytes([size]) if size < 128 else b"\x84" + size.to_bytes(4, "big")) + content
    return content


def _many_revisions(pdf: bytes, count: int) -> bytes:
    """The same file with revisions that change nothing, one after the other."""
    out = bytearray(pdf)
    previous = int(pdf[pdf.rindex(b"startxref") + 9 :].split()[0])
    for _ in range(count):
        at = len(out) + 1
        out += b"\nxref\n0 0\ntrailer\n<</Size 12 /Root 1 0 R /Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (previous, at)
        previous = at
    return bytes(out)


def _many_fields(count: int) -> bytes:
    fields = b" ".join(b"4 0 R" for _ in range(count))
    form = b"/AcroForm <</Fields [%s] /SigFlags 3>>" % fields
    return raw([b"<</Type /Catalog /Pages 2 0 R %s>>" % form, b"<</Type /Pages /Count 1 /Kids [3 0 R]>>", _PAGE, *_FIELDS])


def hostile(reports: Signed) -> dict[str, bytes]:
    """Give each by what it does."""
    deep = b"[" * 60_000 + b"]" * 60_000
    signed_gap = reports.two
    start = signed_gap.rindex(b"/ByteRange")
    return {
        "nothing": b"",
        "one byte": b"%",
        "not a PDF": b"PK\x03\x04" + bytes(4000),
        "head alone": b"%PDF-1.7\n",
        "head and end": b"%PDF-1.7\nstartxref\n0\n%%EOF\n",
        "zeros": b"%PDF-1.7\n" + bytes(2_000_000),
        "cut in half": reports.two[: len(reports.two) // 2],
        "end alone": b"%PDF-1.7\n" + reports.two[-3000:],
        "password": _encrypted(reports.none, user="b"),
        "password for changes": _encrypted(reports.none, user=""),
        "page tree in a circle": raw(
            [b"<</Type /Catalog /Pages 2 0 R %s>>" % _FORM, b"<</Type /Pages /Count 9 /Kids [2 0 R]>>", _PAGE, *_FIELDS]
        ),
        "one page a hundred thousand times": _pages(100_000),
        "a hundred thousand pages": _many_pages(100_000),
        "outline in a circle": _catalog(b"/Outlines <</First 2 0 R /Last 2 0 R>>"),
        "structure in a circle": _with_record(b"{}", tree=b"/StructTreeRoot 8 0 R"),
        "structure in a circle, record whole": _with_record(reports.payload, tree=b"/StructTreeRoot 8 0 R"),
        "deep nesting": _catalog(b"/Deep " + deep),
        "deep fields": raw([b"<</Type /Catalog /AcroForm <</Fields [2 0 R]>>>>", b"<</T (a) /Kids [2 0 R]>>"]),
        "field is its own parent": raw([b"<</Type /Catalog /AcroForm <</Fields [2 0 R]>>>>", b"<</T (a) /FT /Sig /Parent 2 0 R>>"]),
        "names in a circle": _catalog(b"/Names <</EmbeddedFiles <</Kids [1 0 R]>>>>"),
        "length beyond the end": _stream_of_length(2**40),
        "negative length": _stream_of_length(-1),
        "length refers to itself": raw([b"<</Type /Catalog /Metadata 2 0 R>>", b"<</Length 2 0 R>>\nstream\n\nendstream"]),
        "record that unpacks to a gigabyte": _with_record(_packed(bytes(1_000_000_000), 1), entries=b"/Filter /FlateDecode"),
        "record packed three times": _with_record(
            _packed(bytes(300_000_000), 3), entries=b"/Filter [/FlateDecode /FlateDecode /FlateDecode]"
        ),
        "record of deep JSON": _with_record(b"[" * 500_000 + b"]" * 500_000),
        "record of a huge number": _with_record(b'{"required_signers":' + b"9" * 400_000 + b"}"),
        "record that is no text": _with_record(b"\xff\xfe\x00{"),
        "cross-references in a circle": raw([b"<</Type /Catalog>>"], previous=9 + len(b"1 0 obj\n<</Type /Catalog>>\nendobj\n")),
        "cross-references before the file": raw([b"<</Type /Catalog>>"], previous=-5),
        "billions of cross-references": _xref_stream(4_000_000_000),
        "millions of cross-references": _xref_stream(30_000_000),
        "billions of objects in a stream": _object_stream(4_000_000_000),
        "root is no dictionary": raw([b"[1 2 3]"]),
        "root is missing": raw([b"<<>>"], root=77),
        "script": _catalog(b"/OpenAction <</S /JavaScript /JS (while(1){})>>"),
        "font that is none": _catalog(b"/Font <</Type /Font /Subtype /Type0 /ToUnicode 1 0 R /DescendantFonts [1 0 R]>>"),
        "signature that is none": raw(
            [
                b"<</Type /Catalog /AcroForm <</Fields [2 0 R]>>>>",
                b"<</FT /Sig /T (Caseworker) /V <</ByteRange [0 1 2 99999999999] /Contents <30820000>>>>>",
            ]
        ),
        "store of a hundred thousand certificates": _with_store(b"<</Certs [%s]>>" % b" ".join([b"7 0 R"] * 100_000), _stream(b"0")),
        "store that unpacks to a gigabyte": _with_store(
            b"<</CRLs [7 0 R]>>", _stream(_packed(bytes(1_000_000_000), 1), b"/Filter /FlateDecode")
        ),
        "store in a circle": _with_store(b"<</Certs 6 0 R /CRLs [6 0 R]>>"),
        "store of deep objects": _with_store(b"<</Certs [7 0 R] /CRLs [7 0 R] /OCSPs [7 0 R]>>", _stream(_deep_der(2000))),
        "store of huge lists": _with_store(b"<</CRLs [7 0 R 7 0 R 7 0 R]>>", _stream(b"0\x84\x00\x98\x96\x80" + bytes(10_000_000))),
        "store that is no dictionary": _with_store(b"[7 0 R]", _stream(b"0")),
        "store with its other part in a circle": _with_store(b"<</VRI 6 0 R>>"),
        "ten thousand revisions": _many_revisions(_catalog(_FORM), 10_000),
        "a hundred thousand fields": _many_fields(100_000),
        "signature of deep objects": raw(
            [
                b"<</Type /Catalog /AcroForm <</Fields [2 0 R]>>>>",
                b"<</FT /Sig /T (Caseworker) /V <</ByteRange [0 1 2 3] /Contents <%s>>>>>" % _deep_der(2000).hex().encode(),
            ]
        ),
        "metadata of a million kinds": _metadata(b"<gedigen:kind>board_page</gedigen:kind>" * 1_000_000),
        "metadata that unpack to a gigabyte": _metadata(_packed(bytes(1_000_000_000), 1), b"/Filter /FlateDecode"),
        "range of huge numbers": signed_gap[:start]
        + b"/ByteRange [0 99999999999999999 1 9]".ljust(signed_gap.index(b"]", start) + 1 - start)
        + signed_gap[signed_gap.index(b"]", start) + 1 :],
    }
