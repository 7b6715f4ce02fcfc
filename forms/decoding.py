"""From plain data to a Template: strictly, with the path of whatever is wrong and what would be right."""

from __future__ import annotations

import difflib
import re
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from forms.checks import check
from forms.errors import TemplateError
from forms.template import Part, Template
from forms.text import N_, Said

_AT = re.compile(r"(?P<what>.*?)(?: - at (?P<key>`key` in )?`\$(?P<path>[^`]*)`)?", re.DOTALL)
_WRONG_KIND = re.compile(r"Expected `(?P<expected>\w+)[^`]*`, got `(?P<found>\w+)`")
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)
_MISSING = re.compile(r"Object missing required field `(.*)`")
_STEP = re.compile(r"\.(?P<name>\w+)|\[(?P<index>\d+)\]|(?P<entry>\[\.\.\.\])")
_KINDS = {
    "str": N_("a text"),
    "int": N_("a whole number"),
    "float": N_("a decimal number"),
    "bool": N_("true or false"),
    "array": N_("a list"),
    "object": N_("a set of keys"),
    "null": N_("nothing"),
}


def decode(tree: object, *, file: str) -> Template:
    """Turn plain data into a checked template. Raises ``TemplateError`` naming the file, the path and what would be right."""
    if not isinstance(tree, dict):
        raise TemplateError(N_("{file}: a template is a set of keys (format, id, sections …); this file holds something else."), file=file)
    if tree.get("format") != 1:
        raise TemplateError(N_("{file}: format: this program reads templates of “format: 1”."), file=file)
    try:
        template = msgspec.convert(tree, Template, strict=True)
    except msgspec.ValidationError as error:
        path, what = _place(str(error), tree)
        raise TemplateError(N_("{file}: {path}: {what}"), file=file, path=path, what=what) from None
    problem = next(check(template), None)
    if problem is not None:
        raise TemplateError(N_("{file}: {path}: {what}"), file=file, path=problem.path, what=Said(problem.message, problem.params))
    return template


def _place(error: str, tree: object) -> tuple[str, Said]:
    """Turn a decoding error into a path a person can follow and what would be right there."""
    match = _AT.fullmatch(error)
    what, steps, of_key = (match["what"], match["path"] or "", match["key"]) if match else (error, "", None)
    path, inside, form = _follow(steps, tree)
    if of_key:
        wrong = next((key for key in inside if not isinstance(key, str)), "") if isinstance(inside, dict) else ""
        return path or "(top)", Said(N_("the key “{key}” must be a text: put it in quotes"), {"key": wrong})
    if unknown := _UNKNOWN.fullmatch(what):
        return _unknown(path, unknown[1], form)
    if missing := _MISSING.fullmatch(what):
        return f"{path}.{missing[1]}".removeprefix("."), Said(N_("this key is missing"))
    if wrong_kind := _WRONG_KIND.fullmatch(what):
        expected, found = (Said(_KINDS[wrong_kind[part]]) for part in ("expected", "found"))
        if wrong_kind["expected"] == "str" and wrong_kind["found"] in ("int", "float", "bool"):
            return path or "(top)", Said(
                N_("{expected} belongs here, not {found}: put it in quotes"), {"expected": expected, "found": found}
            )
        return path or "(top)", Said(N_("{expected} belongs here, not {found}"), {"expected": expected, "found": found})
    allowed = ", ".join(str(value) for value in get_args(form))
    return path or "(top)", Said(N_("“{value}” cannot stand here; possible are {known}"), {"value": inside, "known": allowed})


def _unknown(path: str, key: str, form: Any) -> tuple[str, Said]:
    here = f"{path}.{key}".removeprefix(".")
    keys = list(_fields(form))
    near = difflib.get_close_matches(key, keys, n=1)
    if near:
        return here, Said(N_("“{key}” is not a key here; did you mean “{near}”?"), {"key": key, "near": near[0]})
    return here, Said(N_("“{key}” is not a key here; possible are {known}"), {"key": key, "known": ", ".join(keys)})


def _follow(steps: str, tree: Any) -> tuple[str, Any, Any]:
    """Walk an error's path: give it with every entry named, what stands there, and the type that belongs there.

    The decoder writes ``[...]`` for an entry of a mapping; the entry meant is the first one that cannot be decoded.
    """
    path, inside, form = "", tree, Template  # type: str, Any, Any
    for step in _STEP.finditer(steps):
        if step["name"]:
            inside, form, path = inside[step["name"]], _fields(form)[step["name"]], f"{path}.{step['name']}"
        elif step["index"]:
            inside, form, path = inside[int(step["index"])], get_args(form)[0], f"{path}[{step['index']}]"
        else:
            form = get_args(form)[1]
            name = next(key for key, entry in inside.items() if not _decodes(entry, form))
            inside, path = inside[name], f"{path}.{name}"
        form = _without_none(form)
    return path.removeprefix("."), inside, form


def _decodes(value: object, form: Any) -> bool:
    try:
        msgspec.convert(value, form, strict=True)
    except msgspec.ValidationError:
        return False
    return True


def _fields(form: type[Part]) -> dict[str, Any]:
    """List the keys of a part of the format as they are written in a file, each with its type."""
    hints = get_type_hints(form)
    return {encoded: hints[name] for name, encoded in zip(form.__struct_fields__, form.__struct_encode_fields__, strict=True)}


def _without_none(form: Any) -> Any:
    if get_origin(form) in (Union, UnionType):
        return next(part for part in get_args(form) if part is not type(None))
    return form
