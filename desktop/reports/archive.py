"""Turn a layout into a file for decades: PDF/A-3a and PDF/UA-1, the sealed record inside."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Literal

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, OutlineItem, String

from desktop.reports.metadata import pdf_date, xmp_packet
from desktop.reports.page import LaidOut
from desktop.reports.structure_tree import write_structure
from models.document_kind import FULL_REPORT, DocumentKind
from resources import path

PROGRAM = "Gedigen"
_ENTRIES_PER_BLOCK = 100  #: as many as a ToUnicode map may hold in one block


def finish(
    laid_out: LaidOut,
    *,
    now: datetime,
    kind: DocumentKind = FULL_REPORT,
    payload: bytes | None = None,
    record_sha256: str = "",
    part: Literal[2, 3] = 3,
) -> bytes:
    """Make the archive form of a layout: PDF/A-3a, PDF/UA-1, with empty signature fields where the layout has them.

    ``now`` is naive UTC and becomes the file's only date. ``payload`` is a canonical JSON document, attached under the name that the
    kind gives it (AFRelationship Data); ``record_sha256`` (hexadecimal) names the sealed record that the document is made from, or several.
    ``part`` 2 makes PDF/A-2a, for archives that refuse attachments. Same layout, payload and ``now`` give the same bytes.
    Raises ValueError for a payload in a kind or part that carries none.
    """
    if payload is not None and (part == 2 or kind.attachment is None):
        raise ValueError(f"nothing is attached to a {kind.name} in PDF/A-{part}a")
    with pikepdf.open(io.BytesIO(laid_out.pdf)) as pdf:
        _mend_letter_maps(pdf)
        write_structure(pdf, laid_out)
        _write_outline(pdf, laid_out)
        if payload is not None and kind.attachment is not None:
            _attach(pdf, kind.attachment, payload, now)
        _write_metadata(pdf, laid_out, now, kind=kind.name, record_sha256=record_sha256, part=part)
        out = io.BytesIO()
        pdf.save(
            out,
            force_version="1.7",
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            deterministic_id=True,
        )
        return out.getvalue()


def _write_metadata(pdf: pikepdf.Pdf, laid_out: LaidOut, now: datetime, *, kind: str, record_sha256: str, part: Literal[2, 3]) -> None:
    root = pdf.Root
    root.Lang = String(laid_out.language)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    profile = pdf.make_stream(path("colour", "srgb.icc").read_bytes(), N=3)
    root.OutputIntents = Array(
        [
            pdf.make_indirect(
                Dictionary(
                    Type=Name.OutputIntent,
                    S=Name.GTS_PDFA1,
                    OutputConditionIdentifier=String("sRGB"),
                    Info=String("sRGB IEC61966-2.1"),
                    DestOutputProfile=profile,
                )
            )
        ]
    )
    packet = pdf.make_stream(
        xmp_packet(
            title=laid_out.title,
            author=laid_out.author,
            subject=laid_out.subject,
            language=laid_out.language,
            program=PROGRAM,
            at=now,
            kind=kind,
            record_sha256=record_sha256,
            part=part,
        )
    )
    packet.Type = Name.Metadata
    packet.Subtype = Name.XML
    root.Metadata = packet
    for key in list(pdf.docinfo.keys()):
        del pdf.docinfo[key]
    values = {"Title": laid_out.title, "Author": laid_out.author, "Subject": laid_out.subject, "Creator": PROGRAM, "Producer": PROGRAM}
    for name, value in values.items():
        pdf.docinfo["/" + name] = String(value)
    pdf.docinfo["/CreationDate"] = String(pdf_date(now))
    pdf.docinfo["/ModDate"] = String(pdf_date(now))


def _write_outline(pdf: pikepdf.Pdf, laid_out: LaidOut) -> None:
    if not laid_out.bookmarks:
        return
    with pdf.open_outline() as outline:
        branches: list[tuple[int, list[OutlineItem]]] = [(0, outline.root)]
        for bookmark in laid_out.bookmarks:
            while branches[-1][0] >= bookmark.level:
                branches.pop()
            place = bookmark.place
            item = OutlineItem(bookmark.title, place.page, "XYZ", left=round(place.x, 2), top=round(place.y, 2))
            branches[-1][1].append(item)
            branches.append((bookmark.level, item.children))


def _attach(pdf: pikepdf.Pdf, name: str, payload: bytes, now: datetime) -> None:
    file = AttachedFileSpec(  # type: ignore[call-arg]  # the stub lacks ``relationship``
        pdf,
        payload,
        filename=name,
        mime_type="application/json",
        description="What this document prints, for other programs to read",
        relationship=Name.Data,
        creation_date=pdf_date(now),
        mod_date=pdf_date(now),
    )
    pdf.attachments[name] = file
    pdf.Root.AF = Array([pdf.attachments[name].obj])


def _mend_letter_maps(pdf: pikepdf.Pdf) -> None:
    """Rewrite the fonts' ToUnicode maps.

    reportlab maps unused places of a subset to U+0000, which PDF/UA forbids, and writes blocks longer than the format allows.
    """
    for thing in pdf.objects:
        if isinstance(thing, Dictionary) and thing.get("/Type") == Name.Font and "/ToUnicode" in thing:
            text = thing.ToUnicode.read_bytes().decode("latin-1")
            head = text[: text.index("endcodespacerange")] + "endcodespacerange\n"
            tail = text[text.rindex("endbfchar") + len("endbfchar") :].lstrip()
            found = re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", text[text.index("beginbfchar") :])
            pairs = [(code, letter) for code, letter in found if int(letter, 16) != 0]
            blocks = []
            for start in range(0, len(pairs), _ENTRIES_PER_BLOCK):
                block = pairs[start : start + _ENTRIES_PER_BLOCK]
                lines = "".join(f"<{code}> <{letter}>\n" for code, letter in block)
                blocks.append(f"{len(block)} beginbfchar\n{lines}endbfchar\n")
            thing.ToUnicode.write((head + "".join(blocks) + tail).encode("latin-1"))
