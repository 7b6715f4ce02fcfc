"""Reading a template file: strict, bounded, and with the place of every error."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import yaml

from forms.decoding import decode
from forms.errors import TemplateError
from forms.template import Template
from forms.text import N_, Said

LARGEST_FILE = 5 * 1024 * 1024
DEEPEST = 40


class _Loader(yaml.CSafeLoader):
    """YAML without aliases, tags, repeated keys, dates read as dates, or bottomless nesting."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[object, object]:
    seen: dict[object, object] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise _RefusedError(N_("line {line}: a key must be a word, not a list or a set of keys"), line=_line(key_node))
        key = loader.construct_object(key_node)
        if key in seen:
            raise _RefusedError(N_("the key “{key}” stands twice (line {line}); keep one"), key=key, line=_line(key_node))
        seen[key] = loader.construct_object(value_node, deep=True)
    return seen


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
#: What is read as something else than text. YAML 1.1 would also take 1:30, 010, 1_000, dates, yes, no, on and off: words and answers here.
_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", "true|false", "tf"),
    ("int", "-?(?:0|[1-9][0-9]{0,17})", "-0123456789"),
    ("float", "-?[0-9]+[.][0-9]+", "-0123456789"),
    ("null", "null|~|", ["n", "~", ""]),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first))


class _RefusedError(Exception):
    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.said = Said(message, params)


def read_template(path: Path) -> Template:
    """Read and check a template file (YAML, ``format: 1``).

    Raises ``TemplateError`` naming the file, the path inside it and what would be right.
    """
    return template_from_yaml(read_source(path), file=path.name)


def read_source(path: Path) -> bytes:
    """Read a template file's bytes, never more than one too many. Raises ``TemplateError``."""
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise TemplateError(N_("{file} cannot be read: {why}"), file=path.name, why=error.strerror or str(error)) from None


def template_from_yaml(source: bytes, *, file: str) -> Template:
    """Decode template text; errors as in ``read_template``."""
    return decode(plain_from_yaml(source, file=file), file=file)


def plain_from_yaml(source: bytes, *, file: str) -> object:
    """Read YAML as plain data, strictly; errors as in ``read_template``."""
    if len(source) > LARGEST_FILE:
        raise TemplateError(N_("{file} is larger than 5 MB, which no template may be. Nothing was read."), file=file)
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise TemplateError(N_("{file}, line {line}: this is not text in UTF-8; save the file as UTF-8."), file=file, line=line) from None
    try:
        _refuse_what_hides(text)
        tree: object = yaml.load(text, Loader=_Loader)  # noqa: S506 (a safe loader with less)
    except _RefusedError as refused:
        raise TemplateError(N_("{file}: {what}"), file=file, what=refused.said) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise TemplateError(N_("{file}, line {line}: this is not valid YAML ({what})."), file=file, line=line, what=error.problem) from None
    except yaml.reader.ReaderError as error:
        line = source.count(b"\n", 0, error.position) + 1
        raise TemplateError(N_("{file}, line {line}: this is not valid YAML ({what})."), file=file, line=line, what=error.reason) from None
    return tree


def template_from_canonical(source: bytes) -> Template:
    """Decode a template from the canonical form that a vault keeps; it was checked when it was read first.

    Raises ``TemplateError`` when the bytes are no such form.
    """
    try:
        return msgspec.json.decode(source, type=Template)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise TemplateError(N_("The template kept with this assessment cannot be read. Nothing was changed; restore a backup.")) from None


def _line(part: yaml.Event | yaml.Node) -> int:
    return part.start_mark.line + 1 if part.start_mark is not None else 1


def _refuse_what_hides(text: str) -> None:
    """Refuse aliases, tags and deep nesting before anything is built: a page of aliases can stand for gigabytes."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise _RefusedError(N_("line {line} uses a YAML alias (*name); write the text out instead"), line=_line(event))
        if getattr(event, "tag", None) is not None:
            raise _RefusedError(N_("line {line} uses a YAML tag (!name); leave it out"), line=_line(event))
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
            if depth > DEEPEST:
                raise _RefusedError(N_("line {line} is nested deeper than {deepest} steps"), line=_line(event), deepest=DEEPEST)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1
