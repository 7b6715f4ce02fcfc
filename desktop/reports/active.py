"""What in a PDF acts, plays, sends, hides or leads elsewhere: no report of Gedigen has any of it, wherever in the file it stands."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

#: Entries that act or hide wherever they stand.
_ENTRIES = frozenset(
    {"/OpenAction", "/AA", "/AF", "/JS", "/JavaScript", "/XFA", "/OCProperties", "/Collection", "/Requirements", "/RichMediaContent"}
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
#: More than the largest field for a signature has, in points: what a field looks like is its signer's affair, but not on a whole page.
_WIDEST_FIELD, _HIGHEST_FIELD = 240, 60
#: Flags of a field that is not shown: hidden, not to be viewed.
_UNSEEN = 2 | 32
#: All that a field for a signature or timestamp has.
_FIELD_ENTRIES = frozenset(["/AP", "/F", "/FT", "/Lock", "/P", "/Rect", "/StructParent", "/Subtype", "/T", "/TU", "/Type", "/V"])
_ADDRESS = re.compile(r"(https://|mailto:)")
_MARKS = re.compile(
    rb"/(OpenAction|AA|AF|JS|JavaScript|XFA|OCProperties|Collection|Requirements|RichMedia\w*|URI|Annot|Launch|SubmitForm|ImportData|ResetForm"
    rb"|GoTo\w*|Movie|Sound|Rendition|Trans|SetOCGState|Hide|Named|Thread)\b"
)
_DEEPEST = 40


def active_content(pdf: bytes) -> tuple[str, ...]:
    """Name what acts, each once. Raises pikepdf.PdfError for a file that it cannot read."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found: dict[str, None] = {}
        for thing in opened.objects:
            # Writing an object out takes a tenth of looking into it from here, and hardly any has a mark.
            if thing.objgen == opened.Root.objgen:
                found.update(dict.fromkeys(one for one in _acting(thing, 0) if one != "AF"))
            elif isinstance(thing, Stream) or (isinstance(thing, (Dictionary, Array)) and _MARKS.search(thing.unparse(resolved=True))):
                found.update(dict.fromkeys(_acting(thing, 0)))
        fields = {one.objgen for one in opened.Root.get("/AcroForm", Dictionary()).get("/Fields", Array())}
        for page in opened.pages:
            for annotation in page.obj.get("/Annots", Array()):
                found.update(dict.fromkeys(_lying_upon(annotation, fields)))
        return tuple(found)


def _lying_upon(annotation: Object, fields: Collection[tuple[int, int]]) -> Iterator[str]:
    """Name what lies upon a page, could show anything there, and is neither a plain link nor one of the form's fields."""
    kind = str(annotation.get("/Subtype", "/Annot"))[1:]
    if kind == "Link":
        if "/AP" in annotation or [float(one) for one in annotation.get("/Border", Array())] != [0, 0, 0]:
            yield kind
    elif kind == "Widget":
        left, bottom, right, top = (float(one) for one in annotation.Rect)
        is_seen = left == right or bottom == top or not int(annotation.get("/F", 0)) & _UNSEEN
        is_small = abs(right - left) <= _WIDEST_FIELD and abs(top - bottom) <= _HIGHEST_FIELD
        if annotation.objgen not in fields or not is_seen or not is_small or set(annotation.keys()) - _FIELD_ENTRIES:
            yield kind
    else:
        yield kind


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
