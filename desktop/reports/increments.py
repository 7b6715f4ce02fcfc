"""What a later revision of a report may do: sign one of its empty fields, or put a timestamp over the whole, and nothing else at all.

Either writes so little that its whole effect can be listed. So every object that a revision writes is either new, with a number that
no earlier revision had room for, or one of a few known ones, compared entry by entry with what it was. That is stricter than pyHanko's
analysis of differences, which has to bear with every program's habits, and needs no walk through the whole file for each signature.

Both may extend the store of certificates and revocation lists (``security_store``) in the same revision. A revision that extends the
store alone is none of Gedigen's: nothing would cover it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

from desktop.reports.security_store import KEPT, is_sound_entry, is_store
from desktop.reports.verdict import TIMESTAMP_FIELD

Step = Literal["signature", "timestamp"]
DOCUMENT_TIMESTAMP = "/DocTimeStamp"

#: What a signature may add to or change in each kind of object.
_FIELD_ENTRIES = frozenset({"/V", "/AP"})
_FORM_ENTRIES = frozenset({"/SigFlags"})
#: … of these the first signature adds what later ones must leave: the lock, and that the file now uses PDF 2.0's signatures.
_CATALOG_ENTRIES = frozenset({"/Perms", "/Version", "/Extensions", "/DSS"})
#: A timestamp that is the first to write the store adds that alone.
_CATALOG_ENTRIES_OF_TIMESTAMP = frozenset({"/DSS", "/Version", "/Extensions"})
_SAME_IN_TRAILER = ("/Root", "/Info", "/Encrypt")
#: All that an invisible timestamp's field and its value have.
_TIMESTAMP_FIELD_ENTRIES = {"/FT", "/T", "/Type", "/Subtype", "/F", "/Rect", "/P", "/TU", "/V"}
_TIMESTAMP_ENTRIES = {"/Type", "/Filter", "/SubFilter", "/ByteRange", "/Contents"}
#: Streams that hold the revision's own objects and cross-references; they say nothing of their own.
_CARRIERS = ("/XRef", "/ObjStm")


@dataclass
class _Revision:
    """One revision beside the one before it."""

    reader: PdfFileReader
    old: HistoricalResolver
    new: HistoricalResolver
    #: numbers below this one were within an earlier revision's reach: something may have referred to them all along
    room: int
    added: dict[tuple[int, int], generic.Reference] = field(default_factory=dict)
    changed: dict[tuple[int, int], generic.Reference] = field(default_factory=dict)

    def is_new(self, reference: object) -> bool:
        """Tell whether a plain reference is to an object that this revision adds."""
        return isinstance(reference, tuple) and reference in self.added

    def value(self, reference: tuple[int, int]) -> Any:
        """Give the object behind a plain reference, as this revision has it."""
        return self.new(generic.Reference(reference[0], reference[1], self.reader))


def step_of(reader: PdfFileReader, revision: int) -> Step | None:
    """Tell which lawful step a revision (from 1) is; None for one that does anything else, or more than one thing."""
    found = _compared(reader, revision)
    if found is None:
        return None
    fields = field_references(found.old)
    if any(number in fields for number in found.changed):
        return "signature" if _is_signature(found, fields) else None
    return "timestamp" if _is_timestamp(found, fields) else None


def _compared(reader: PdfFileReader, revision: int) -> _Revision | None:
    old, new = reader.get_historical_resolver(revision - 1), reader.get_historical_resolver(revision)
    freed = new.refs_freed_in_revision()  # type: ignore[no-untyped-call]
    if freed or any(raw(old.trailer_view, key) != raw(new.trailer_view, key) for key in _SAME_IN_TRAILER):
        return None
    found = _Revision(reader, old, new, reader.xrefs.get_xref_container_info(revision - 1).size)
    for written in new.explicit_refs_in_revision():  # type: ignore[no-untyped-call]
        if reader.xrefs.get_historical_ref(written, revision - 1) is not None:
            found.changed[written.idnum, written.generation] = written
        elif written.idnum >= found.room:
            found.added[written.idnum, written.generation] = written
        else:
            return None  # a number that was free but within reach may have been referred to all along, waiting for its content
    return found


def _is_signature(found: _Revision, fields: set[tuple[int, int]]) -> bool:
    filled = 0
    form, catalog = raw(found.old.root, "/AcroForm"), _catalog(found.old)
    for number, written in found.changed.items():
        before, after = found.old(written), found.new(written)
        if number in fields:
            lawful = _is_filled(found, before, after)
            filled += 1
        elif number == form:
            lawful = is_same_but(before, after, _FORM_ENTRIES)
        elif number == catalog:
            lawful = is_same_but(before, after, _CATALOG_ENTRIES - set(before))
        else:
            lawful = number == raw(found.old.root, "/DSS")  # compared below
        if not lawful:
            return False
    return filled == 1 and _extended_store(found) is not None and _is_certified_at_most(found)


def _is_certified_at_most(found: _Revision) -> bool:
    """Tell whether a revision gives no other right to change the file than a certifying signature does."""
    before, after = raw(found.old.root, "/Perms"), raw(found.new.root, "/Perms")
    return before == after or (isinstance(after, dict) and set(after) == {"/DocMDP"})


def _is_filled(found: _Revision, old: Any, new: Any) -> bool:
    """Tell whether a field without a value now has a signature that is new, and a new appearance at most."""
    if "/V" in old or "/V" not in new or old.get("/FT") != "/Sig":
        return False
    value = raw(new, "/V")
    if not isinstance(value, tuple) or value[0] < found.room or not is_same_but(old, new, _FIELD_ENTRIES):
        return False
    return bool(found.value(value).get("/Type", "/Sig") == "/Sig")


def _is_timestamp(found: _Revision, fields: set[tuple[int, int]]) -> bool:
    """Tell whether a revision adds one invisible field with a timestamp in it, to the form and to a page, and no object beside."""
    added = field_references(found.new) - fields
    if len(added) != 1:
        return False
    mine = added.pop()
    store = _extended_store(found)
    value = _timestamp_value(found, mine, len(fields))
    if store is None or value is None:
        return False
    page = raw(found.value(mine), "/P")
    form, catalog = raw(found.old.root, "/AcroForm"), _catalog(found.old)
    rest = {number for number in found.changed if number != raw(found.old.root, "/DSS")}
    grown = 0
    for number in rest:
        before, after = found.old(found.changed[number]), found.new(found.changed[number])
        if number == catalog and number != form:
            lawful = is_same_but(before, after, _CATALOG_ENTRIES_OF_TIMESTAMP - set(before))
        elif number == form:
            lawful = is_same_but(before, after, frozenset({"/Fields"}))
        elif number == page:
            lawful = before.get("/Type") == "/Page" and is_same_but(before, after, frozenset({"/Annots"}))
        elif number in _arrays(found.old, page):
            lawful = True  # a list of fields or annotations of its own, compared below
        else:
            lawful = False
        if not lawful:
            return False
        grown += number != catalog
    known = {mine, value, *store}
    carriers = [reference for number, reference in found.added.items() if number not in known]
    return (
        grown == 2
        and _has_one_more(raw_list(found.old.root, "/AcroForm", "/Fields"), raw_list(found.new.root, "/AcroForm", "/Fields"), mine)
        and _annotated(found, page, mine)
        and all(_is_carrier(found.new(one)) for one in carriers)
    )


def _timestamp_value(found: _Revision, mine: tuple[int, int], count: int) -> tuple[int, int] | None:
    """Give where the timestamp of a new field stands, when the field shows nothing and both hold what they must."""
    if not found.is_new(mine):
        return None
    entry = found.value(mine)
    name = raw(entry, "/T")
    if not isinstance(entry, generic.DictionaryObject) or not set(entry) <= _TIMESTAMP_FIELD_ENTRIES or not isinstance(name, tuple):
        return None
    rectangle = raw(entry, "/Rect")
    corners = [one[1] for one in rectangle] if isinstance(rectangle, list) and len(rectangle) == 4 else [0, 0, 1, 1]
    shows = corners[0] != corners[2] or corners[1] != corners[3]
    value = raw(entry, "/V")
    named = name[1] in {f"{TIMESTAMP_FIELD}{number}" for number in range(1, count + 1)}
    if shows or not named or entry.get("/FT") != "/Sig" or entry.get("/Subtype") != "/Widget" or not isinstance(value, tuple):
        return None
    if not found.is_new(value):
        return None
    held = found.value(value)
    if not isinstance(held, generic.DictionaryObject) or set(held) != _TIMESTAMP_ENTRIES:
        return None
    return value if (held["/Type"], held["/SubFilter"]) == (DOCUMENT_TIMESTAMP, "/ETSI.RFC3161") else None


def _annotated(found: _Revision, page: object, mine: tuple[int, int]) -> bool:
    """Tell whether the page has the field among its annotations, beside those it had."""
    if not isinstance(page, tuple):
        return False
    reference = generic.Reference(page[0], page[1], found.reader)
    before, after = found.old(reference), found.new(reference)
    if not isinstance(before, generic.DictionaryObject) or before.get("/Type") != "/Page":
        return False
    same_place = isinstance(raw(before, "/Annots"), list | None) or raw(before, "/Annots") == raw(after, "/Annots")
    return same_place and _has_one_more(_listed(before, "/Annots"), _listed(after, "/Annots"), mine)


def _arrays(resolver: HistoricalResolver, page: object) -> set[object]:
    """Give the numbers of lists of fields and annotations that are objects of their own."""
    found = {raw(resolver.root["/AcroForm"], "/Fields")} if isinstance(raw(resolver.root["/AcroForm"], "/Fields"), tuple) else set()
    if isinstance(page, tuple):
        held = resolver(generic.Reference(page[0], page[1], resolver.reader))
        if isinstance(held, generic.DictionaryObject) and isinstance(raw(held, "/Annots"), tuple):
            found.add(raw(held, "/Annots"))
    return found


def _extended_store(found: _Revision) -> set[tuple[int, int]] | None:
    """Give the new objects by which a revision extended the store, none when it left it; None when it did anything else to it."""
    before, after = raw(found.old.root, "/DSS"), raw(found.new.root, "/DSS")
    if after is None and before is None:
        return set()
    if not isinstance(after, tuple) or (before is not None and before != after):
        return None
    if before is not None and after not in found.changed:
        return set()
    if before is None and not found.is_new(after):
        return None
    old, new = (found.old.root["/DSS"] if before is not None else {}), found.new.root["/DSS"]
    if not isinstance(new, generic.DictionaryObject) or not is_store(new):
        return None
    grown = {after} if before is None else set()
    for kind in KEPT:
        earlier, later = raw(old, kind) or [], raw(new, kind) or []
        if not isinstance(later, list) or not isinstance(earlier, list) or later[: len(earlier)] != earlier:
            return None
        for reference in later[len(earlier) :]:
            if not found.is_new(reference) or not is_sound_entry(kind, found.value(reference)):
                return None
            grown.add(reference)
    return grown


def _is_carrier(thing: Any) -> bool:
    return isinstance(thing, generic.StreamObject) and thing.get("/Type") in _CARRIERS


def _has_one_more(before: list[Any], after: list[Any], one: object) -> bool:
    return after == [*before, one]


def _catalog(resolver: HistoricalResolver) -> tuple[int, int]:
    return resolver.root_ref.idnum, resolver.root_ref.generation


def _listed(dictionary: Any, key: str) -> list[Any]:
    """Give a list that stands in a dictionary or is an object of its own."""
    return list(raw_value(dictionary[key])) if key in dictionary else []


def raw_list(root: Any, *keys: str) -> list[Any]:
    """Give a list by the way to it from the catalog, references in it by their numbers."""
    for key in keys[:-1]:
        root = root[key]
    return _listed(root, keys[-1])


def field_references(resolver: HistoricalResolver) -> set[tuple[int, int]]:
    """Give the numbers of a revision's form fields."""
    try:
        entries = resolver.root["/AcroForm"]["/Fields"]
    except KeyError:
        return set()
    return {raw_value(entries.raw_get(at)) for at in range(len(entries))}


def is_same_but(old: Any, new: Any, may_differ: frozenset[str]) -> bool:
    """Tell whether two dictionaries say the same but for some entries."""
    if not isinstance(old, generic.DictionaryObject) or not isinstance(new, generic.DictionaryObject):
        return False
    if isinstance(old, generic.StreamObject) or isinstance(new, generic.StreamObject):
        return False
    return all(raw(old, key) == raw(new, key) for key in (set(old) | set(new)) - may_differ)


def raw(dictionary: Any, key: str) -> object:
    """Give an entry as plain values that compare, references by their numbers; None for one that is not there."""
    return raw_value(dictionary.raw_get(key)) if key in dictionary else None


def raw_value(value: Any) -> Any:
    """Give a value as plain ones that compare."""
    if isinstance(value, generic.IndirectObject):
        return value.idnum, value.generation
    if isinstance(value, generic.StreamObject):
        return object()  # never the same: no report has a stream inside another object
    if isinstance(value, generic.DictionaryObject):
        return {str(key): raw_value(value.raw_get(key)) for key in value}
    if isinstance(value, generic.ArrayObject):
        return [raw_value(value.raw_get(at)) for at in range(len(value))]
    return type(value).__name__, value
