"""What a later revision of a report may do: give one of its signature fields a signature, and nothing else at all.

Signing writes so little that its whole effect can be listed. So every object that a revision writes is either new, with a number that
no earlier revision had room for, or one of four known ones, compared entry by entry with what it was. That is stricter than pyHanko's
analysis of differences, which has to bear with every program's habits, and needs no walk through the whole file for each signature.
"""

from __future__ import annotations

from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

#: What a signature may add to or change in each kind of object.
_FIELD_ENTRIES = frozenset({"/V", "/AP"})
_FORM_ENTRIES = frozenset({"/SigFlags"})
#: … of these the first signature adds what later ones must leave: the lock, and that the file now uses PDF 2.0's signatures.
_CATALOG_ENTRIES = frozenset({"/Perms", "/Version", "/Extensions"})
_SAME_IN_TRAILER = ("/Root", "/Info", "/Encrypt")


def is_signature_alone(reader: PdfFileReader, revision: int) -> bool:
    """Tell whether a revision (from 1) fills one empty signature field and does nothing else."""
    old, new = reader.get_historical_resolver(revision - 1), reader.get_historical_resolver(revision)
    freed = new.refs_freed_in_revision()  # type: ignore[no-untyped-call]
    if freed or any(raw(old.trailer_view, key) != raw(new.trailer_view, key) for key in _SAME_IN_TRAILER):
        return False
    room = reader.xrefs.get_xref_container_info(revision - 1).size
    filled = 0
    fields, form = field_references(old), raw(old.root, "/AcroForm")
    for written in new.explicit_refs_in_revision():  # type: ignore[no-untyped-call]
        number = (written.idnum, written.generation)
        if reader.xrefs.get_historical_ref(written, revision - 1) is None:
            # A number that was free but within reach may have been referred to all along, waiting for its content.
            lawful = written.idnum >= room
        elif number in fields:
            lawful = _is_filled(old(written), new(written), room)
            filled += 1
        elif number == form:
            lawful = is_same_but(old(written), new(written), _FORM_ENTRIES)
        elif number == (old.root_ref.idnum, old.root_ref.generation):
            lawful = is_same_but(old(written), new(written), _CATALOG_ENTRIES - set(old(written)))
        else:
            lawful = False
        if not lawful:
            return False
    return filled == 1


def field_references(resolver: HistoricalResolver) -> set[tuple[int, int]]:
    """Give the numbers of a revision's form fields."""
    try:
        entries = resolver.root["/AcroForm"]["/Fields"]
    except KeyError:
        return set()
    return {raw_value(entries.raw_get(at)) for at in range(len(entries))}


def _is_filled(old: Any, new: Any, room: int) -> bool:
    """Tell whether a field without a value now has one that is new, and a new appearance at most."""
    if "/V" in old or "/V" not in new or old.get("/FT") != "/Sig":
        return False
    value = new.raw_get("/V")
    return isinstance(value, generic.IndirectObject) and value.idnum >= room and is_same_but(old, new, _FIELD_ENTRIES)


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
