"""Reading a template file: strict, bounded, and with the place of every error."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import msgspec
import yaml

from forms.checks import check
from forms.errors import TemplateError
from forms.template import Template
from forms.text import N_, Said

LARGEST_FILE = 5 * 1024 * 1024
DEEPEST = 40
_AT = re.compile(r"^(?P<what>.*?)(?: - at `(?P<path>.*)`)?$", re.DOTALL)
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`")
_TEXT_FIELDS = ("text", "title", "guidance", "name", "purpose", "about", "method", "intro", "mitigation")


class _Loader(yaml.CSafeLoader):
    """YAML without aliases, repeated keys, dates read as dates, or bottomless nesting."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[object, object]:
    seen: dict[object, object] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise _RefusedError(N_("the key “{key}” stands twice (line {line}); keep one"), key=key, line=key_node.start_mark.line + 1)
        seen[key] = loader.construct_object(value_node, deep=True)
    return seen


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_BOOLEAN = re.compile("^(?:true|false)$")


def _resolver(tag: str, pattern: re.Pattern[str]) -> list[tuple[str, re.Pattern[str]]]:
    """Leave dates, merge keys and YAML 1.1's yes/no/on/off as the text they are: they are answers and words here."""
    if tag.endswith(("timestamp", "merge")):
        return []
    return [(tag, _BOOLEAN)] if tag.endswith("bool") else [(tag, pattern)]


_Loader.yaml_implicit_resolvers = {
    first: [kept for tag, pattern in resolvers for kept in _resolver(tag, pattern)]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


class _RefusedError(Exception):
    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.said = Said(message, params)


def read_template(path: Path) -> Template:
    """Read and check a template file (YAML, ``format: 1``).

    Raises ``TemplateError`` naming the file, the path inside it and what would be right.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise TemplateError(
                N_("{file} is {size} MB; a template may be at most 5 MB. Nothing was read."), file=path.name, size=size // 2**20
            )
        source = path.read_bytes()
    except OSError as error:
        raise TemplateError(N_("{file} cannot be read: {why}"), file=path.name, why=error.strerror or str(error)) from None
    return template_from_yaml(source, file=path.name)


def template_from_yaml(source: bytes, *, file: str) -> Template:
    """Decode template text; errors as in ``read_template``."""
    if len(source) > LARGEST_FILE:
        raise TemplateError(
            N_("{file} is {size} MB; a template may be at most 5 MB. Nothing was read."), file=file, size=len(source) // 2**20
        )
    try:
        _refuse_aliases(source)
        tree = yaml.load(source, Loader=_Loader)  # noqa: S506 (a safe loader with less)
    except _RefusedError as refused:
        raise TemplateError(N_("{file}: {what}"), file=file, what=refused.said) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise TemplateError(N_("{file}, line {line}: this is not valid YAML ({what})."), file=file, line=line, what=error.problem) from None
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        raise TemplateError(
            N_("{file}: this is not valid YAML text in UTF-8 ({what})."), file=file, what=str(error).splitlines()[0]
        ) from None
    return _decoded(tree, file)


def template_from_canonical(source: bytes) -> Template:
    """Decode a template from the canonical form that a vault keeps; it was checked when it was read first."""
    return msgspec.json.decode(source, type=Template)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _refuse_aliases(source: bytes) -> None:
    """Refuse aliases before anything is built: a page of them can stand for gigabytes."""
    depth = 0
    for event in yaml.parse(source, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise _RefusedError(N_("line {line} uses a YAML alias (*name); write the text out instead"), line=_line(event))
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
            if depth > DEEPEST:
                raise _RefusedError(N_("line {line} is nested deeper than {deepest} steps"), line=_line(event), deepest=DEEPEST)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1


def _decoded(tree: object, file: str) -> Template:
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


def _place(error: str, tree: object) -> tuple[str, str | Said]:
    """Turn a decoding error into a path a person can follow and what would be right."""
    match = _AT.match(error)
    what, path = (match["what"], match["path"] or "$") if match else (error, "$")
    path = _exact(path.removeprefix("$").lstrip("."), tree)
    unknown = _UNKNOWN.match(what)
    if unknown:
        near = difflib.get_close_matches(unknown[1], sorted({name for part in _parts() for name in part.__struct_encode_fields__}), n=1)
        if near:
            return path or "(top)", Said(N_("“{key}” is not a key here; did you mean “{near}”?"), {"key": unknown[1], "near": near[0]})
        return path or "(top)", Said(N_("“{key}” is not a key here"), {"key": unknown[1]})
    return path or "(top)", what


def _exact(path: str, tree: object) -> str:
    """Name the language that an error ``…text[...]`` stands in: the decoder names the mapping only."""
    if not path.endswith("[...]"):
        return path
    inside = tree
    for name, index in re.findall(r"([^.\[\]]+)|\[(\d+)\]", path[:-5]):
        inside = inside[name] if name and isinstance(inside, dict) else inside[int(index)] if index and isinstance(inside, list) else {}
    wrong = next((key for key, value in inside.items() if not isinstance(value, str)), "…") if isinstance(inside, dict) else "…"
    return f"{path[:-5]}.{wrong}"


def _parts() -> list[type[msgspec.Struct]]:
    from forms import template

    return [part for part in vars(template).values() if isinstance(part, type) and issubclass(part, template.Part)]
