"""Parts of the template format drawn at random: every key that the format has may be there, whatever the checks would say of it."""

from __future__ import annotations

from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from hypothesis import strategies as st

from forms.question import Condition, Part
from forms.template import Template

LANGUAGES = ("sv", "en", "nb")
#: Texts with all that trips a spreadsheet: line ends, quotes, spaces at either end, signs of formulas and of escapes.
AWKWARD = st.sampled_from(
    [
        "",
        "=1+1",
        "+46",
        "-",
        "@a",
        "'a",
        "a\nb",
        "a\r\nb",
        " a ",
        "\ta",
        "_x0041_",
        "_x005F_",
        "x005F_",
        "\\",
        "\\n",
        "#N/A",
        "TRUE",
        "1.50",
        "é́",
        "😀",
        "\x07",
    ]
)
TEXTS = AWKWARD | st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
IDS = st.from_regex(r"[a-z][a-z0-9_]{0,6}(\.[a-z]{1,4})?", fullmatch=True)


class Words:
    """Stands for ``Text`` while types are read."""


def parts(form: Any) -> st.SearchStrategy[Any]:
    """Draw plain data for a part of the format."""
    hints = get_type_hints(form, localns={"Text": Words})
    needed, optional = {}, {}
    for name, key in zip(form.__struct_fields__, form.__struct_encode_fields__, strict=True):
        field = next(one for one in msgspec.structs.fields(form) if one.name == name)
        (needed if field.required else optional)[key] = values(hints[name], name=key)
    return st.fixed_dictionaries(needed, optional=optional)


def values(kind: Any, *, name: str = "") -> st.SearchStrategy[Any]:
    """Draw plain data of a type."""
    if get_origin(kind) in (Union, UnionType):
        inside = [part for part in get_args(kind) if part is not type(None)]
        return st.none() | values(inside[0], name=name)
    match get_origin(kind), get_args(kind):
        case None, _ if kind is Words:
            return st.fixed_dictionaries(dict.fromkeys(LANGUAGES, TEXTS))
        case None, _ if kind is Condition:
            return conditions()
        case None, _ if isinstance(kind, type) and issubclass(kind, Part):
            return parts(kind)
        case None, _:
            return {bool: st.booleans(), int: st.integers(-(10**17), 10**17), str: IDS if name == "id" else TEXTS}[kind]
        case origin, inside if origin is Literal:
            return st.sampled_from(inside)
        case origin, (inside,) if origin is list:
            named = isinstance(inside, type) and issubclass(inside, Part) and "id" in inside.__struct_fields__
            return st.lists(values(inside), max_size=2, unique_by=(lambda one: one["id"]) if named else None)
        case origin, (_, inside) if origin is dict:
            return st.dictionaries(IDS, values(inside), max_size=2)
    raise AssertionError(kind)


def conditions() -> st.SearchStrategy[Any]:
    """Draw conditions, also within each other."""
    plain = st.fixed_dictionaries(
        {}, optional={"question": TEXTS, "fact": IDS, "at_most": st.integers(0, 9), "is": st.lists(TEXTS, max_size=2)}
    )
    return st.recursive(
        plain, lambda inner: st.fixed_dictionaries({}, optional={"all": st.lists(inner, max_size=2), "not": inner}), max_leaves=3
    )


def templates() -> st.SearchStrategy[Template]:
    """Draw whole templates: decoded, so of the right form, but not checked; ids of sections and questions are there once each."""
    return parts(Template).map(_told_apart).map(lambda tree: msgspec.convert(tree, Template, strict=True))


def _told_apart(tree: dict[str, Any]) -> dict[str, Any]:
    tree["languages"] = list(LANGUAGES)
    for s, section in enumerate(tree["sections"]):
        section["id"] = f"{section['id']}_{s}"
        for q, question in enumerate(section["questions"]):
            question["id"] = f"{question['id']}_{s}_{q}"
    return tree
