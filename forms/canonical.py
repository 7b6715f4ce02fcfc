"""One way of writing a value as bytes, so that a hash or a signature over it means the same everywhere and for ever."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from uuid import UUID

import msgspec

#: Metadata of a dataclass field that came after the first bytes were signed: empty, it leaves no trace in the canonical form.
LEFT_OUT_WHEN_EMPTY = {"left_out_when_empty": True}
#: What JSON knows as it is; a subclass, such as an Enum of texts, is looked at.
_AS_IT_IS = frozenset({str, int, bool, type(None)})
_TEXT = frozenset({str})


def canonical_json(value: object) -> bytes:
    """Write a value as canonical JSON: keys sorted, no spaces, UTF-8, no floating point.

    A dataclass field marked ``LEFT_OUT_WHEN_EMPTY`` is left out while it is, so that what came later changes no earlier bytes.
    ``Fraction`` becomes ``"n/d"``, dates ISO 8601, ``UUID`` its text, tuples lists; dataclasses and msgspec Structs become objects.
    Raises ``TypeError`` for a float or anything else without one exact form.
    """
    return msgspec.json.encode(plain(value), order="sorted")


def plain(value: object) -> object:
    """Reduce a value to what JSON knows, exactly."""
    if type(value) in _AS_IT_IS:
        return value
    # Most of what is written is lists and mappings of plain values: they are gone through without a call for each.
    if type(value) is list:
        return [item if type(item) in _AS_IT_IS else plain(item) for item in value]
    if type(value) is dict and _TEXT.issuperset(map(type, value)):
        return {key: item if type(item) in _AS_IT_IS else plain(item) for key, item in value.items()}
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int.__int__(value)
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        if len({str(key) for key in value}) != len(value):
            raise TypeError("no canonical form for a mapping whose keys become the same text")
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted((plain(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    if isinstance(value, msgspec.Struct):
        return {name: plain(getattr(value, name)) for name in value.__struct_fields__}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value) if _is_written(field, value)}
    raise TypeError(f"no canonical form for {type(value).__name__}")


def _is_written(field: dataclasses.Field[object], value: object) -> bool:
    return not field.metadata.get("left_out_when_empty") or bool(getattr(value, field.name))
