"""Heads: what a template says about itself before its questions, read without reading these.

Lists of templates show heads. Reading and checking a whole template takes tens of milliseconds; its head takes a few.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from forms.errors import TemplateError
from forms.reading import plain_from_yaml, read_source, template_from_yaml
from forms.template import Scope, Template
from forms.text import N_, Text

_QUESTIONS = re.compile(rb"^sections:", re.MULTILINE)


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What a template says about itself; ``time`` is minutes per scope for an experienced caseworker."""

    id: str
    version: str
    languages: list[str]
    name: Text
    purpose: Text
    about: Text
    scopes: list[Scope]
    follows: Text | None = None
    time: dict[str, int] = {}

    @property
    def order(self) -> tuple[str, tuple[int, ...]]:
        """Order by id, then by version, number by number: 9 is before 10."""
        return self.id, version_key(self.version)


def version_key(version: str) -> tuple[int, ...]:
    """Give a version's numbers, by which a newer one is found."""
    return tuple(int(part) for part in version.split("."))


def head_of(template: Template) -> Head:
    """Give the head of a template that has been read."""
    return msgspec.convert(template, Head, from_attributes=True)


def read_head(path: Path) -> Head:
    """Read the head of a template file: all keys before ``sections``, or the whole file where some of a head stand after it.

    Raises ``TemplateError`` for a file that no template can be read from; what is wrong after the head shows when it is read whole.
    """
    source = read_source(path)
    questions = _QUESTIONS.search(source)
    if questions is not None:
        try:
            tree = plain_from_yaml(source[: questions.start()], file=path.name)
            if isinstance(tree, dict) and tree.get("format") == 1:
                head = msgspec.convert(tree, Head)
                version_key(head.version)
                return head
        except (TemplateError, msgspec.ValidationError, ValueError):
            pass  # the whole file says better what is wrong with it, and where
    return head_of(template_from_yaml(source, file=path.name))


def head_from_canonical(source: bytes) -> Head:
    """Read the head of a template from its canonical form. Raises ``TemplateError`` when the bytes are no such form."""
    try:
        return msgspec.json.decode(source, type=Head)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise TemplateError(N_("A template kept in the vault cannot be read. Nothing was changed; restore a backup.")) from None
