"""As much of JSON Schema as the shipped schemas use; an unknown word in a schema is an error, so that none is passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_SILENT = {"$schema", "$defs", "title", "description", "default"}
_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}


def faults(value: Any, schema: dict[str, Any], whole: dict[str, Any] | None = None, place: str = "$") -> Iterator[str]:
    """Name every place where a value is not as a schema says."""
    whole = whole or schema
    for key, rule in schema.items():
        if key in _SILENT or key == "required" or key == "properties" or key == "additionalProperties":
            continue
        if key == "$ref":
            yield from faults(value, whole["$defs"][rule.removeprefix("#/$defs/")], whole, place)
        elif key == "enum":
            if value not in rule:
                yield f"{place}: {value!r} is none of {rule}"
        elif key == "anyOf":
            if all(list(faults(value, one, whole, place)) for one in rule):
                yield f"{place}: fits none"
        elif key == "type":
            if not isinstance(value, _TYPES[rule]) or (rule == "integer" and isinstance(value, bool)):
                yield f"{place}: not {rule}"
        elif key == "pattern":
            if isinstance(value, str) and not re.search(rule, value):
                yield f"{place}: {value!r} is not as {rule}"
        elif key == "items":
            if isinstance(value, list):
                for at, one in enumerate(value):
                    yield from faults(one, rule, whole, f"{place}[{at}]")
        else:
            raise ValueError(f"unknown word {key}")
    if isinstance(value, dict) and schema.get("type") == "object":
        known = schema.get("properties", {})
        yield from (f"{place}: lacks {name}" for name in schema.get("required", []) if name not in value)
        more = schema.get("additionalProperties", True)
        for name, one in value.items():
            if name in known:
                yield from faults(one, known[name], whole, f"{place}.{name}")
            elif more is False:
                yield f"{place}: knows no {name}"
            elif isinstance(more, dict):
                yield from faults(one, more, whole, f"{place}.{name}")
