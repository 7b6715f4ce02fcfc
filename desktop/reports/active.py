"""What in a PDF acts, plays, sends, hides or leads elsewhere: no report of Gedigen has any of it, wherever in the file it stands."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

#: Entries that act or hide wherever they stand.
_ENTRIES = frozenset(
    {"/OpenAction", "/AA", "/JS", "/JavaScript", "/XFA", "/OCProperties", "/Collection", "/Requirements", "/RichMediaContent"}
)
#: What a link may be followed by; ``/GoTo`` inside the file is never written as an action.
_ACTIONS = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/SubmitForm",
        "/ImportData",
        "/ResetForm",
        "/GoTo",
        "/GoToR",
        "/GoToE",
        "/GoToDp",
        "/GoTo3DView",
        "/Movie",
        "/Sound",
        "/Rendition",
        "/RichMediaExecute",
        "/Trans",
        "/SetOCGState",
        "/Hide",
        "/Named",
        "/Thread",
    }
)
_ANNOTATIONS = frozenset({"/Link", "/Widget"})
_ADDRESS = re.compile(r"(https://|mailto:)")
_MARKS = re.compile(
    rb"/(OpenAction|AA|JS|JavaScript|XFA|OCProperties|Collection|Requirements|RichMedia\w*|URI|Annot|Launch|SubmitForm|ImportData|ResetForm"
    rb"|GoTo\w*|Movie|Sound|Rendition|Trans|SetOCGState|Hide|Named|Thread)\b"
)
_DEEPEST = 40


def active_content(pdf: bytes) -> tuple[str, ...]:
    """Name what acts, each once. Raises pikepdf.PdfError for a file that it cannot read."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found: dict[str, None] = {}
        for thing in opened.objects:
            # Writing an object out takes a tenth of looking into it from here, and hardly any has a mark.
            if isinstance(thing, Stream) or (isinstance(thing, (Dictionary, Array)) and _MARKS.search(thing.unparse(resolved=True))):
                found.update(dict.fromkeys(_acting(thing, 0)))
        return tuple(found)


def _acting(thing: Object, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        yield "nesting"
        return
    if isinstance(thing, Array):
        for child in thing:
            if isinstance(child, (Dictionary, Array)) and not child.is_indirect:
                yield from _acting(child, depth + 1)
        return
    if not isinstance(thing, (Dictionary, Stream)):
        return
    for key in thing.keys():  # noqa: SIM118 - iterating over the object itself gives something else for a stream
        value = thing[key]
        if key in _ENTRIES:
            yield key[1:]
        elif isinstance(value, (Dictionary, Array)) and not value.is_indirect:
            yield from _acting(value, depth + 1)
    kind = thing.get("/S")
    if isinstance(kind, Name) and str(kind) in _ACTIONS:
        yield str(kind)[1:]
    if "/URI" in thing and not (isinstance(thing["/URI"], pikepdf.String) and _ADDRESS.match(str(thing["/URI"]))):
        yield "URI"
    if thing.get("/Type") == Name.Annot and str(thing.get("/Subtype", "")) not in _ANNOTATIONS:
        yield str(thing.get("/Subtype", "/Annot"))[1:]
