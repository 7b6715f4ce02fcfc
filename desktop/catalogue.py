"""The messages of one language, read from its .po file when the first one is asked for."""

from __future__ import annotations

import gettext
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

_ENTRY = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s+(".*")$')
_PLURAL_FORMS = re.compile(r"plural=([^;\n]+);")


class Catalogue:
    """Messages and plural forms of one language.

    The .po file itself is read, so that nothing compiled has to be kept in step with it; a quarter of what Babel's reader and compiler
    need together, which counts at start. Understands what ``pybabel`` writes: UTF-8, no contexts.
    """

    def __init__(self, po: str) -> None:
        self._one: dict[str, str] = {}
        self._many: dict[str, tuple[str, ...]] = {}
        header = ""
        for msgid, plural, forms in _entries(po):
            if not msgid:
                header = forms[0]
            elif not all(forms):
                continue  # not translated yet: the English message stands
            elif plural:
                self._many[msgid] = forms
            else:
                self._one[msgid] = forms[0]
        rule = _PLURAL_FORMS.search(header)
        self._form: Callable[[int], int] = gettext.c2py(rule[1].strip()) if rule else lambda n: int(n != 1)

    @classmethod
    def read(cls, po: Path) -> Catalogue:
        """Read a .po file."""
        return cls(po.read_text("utf-8"))

    def text(self, message: str) -> str:
        """Give the message in this language, or as it is in English when it has no translation."""
        return self._one.get(message, message)

    def plural(self, singular: str, plural: str, n: int) -> str:
        """Give the form of the message that goes with n, in English when it has no translation."""
        forms = self._many.get(singular)
        if forms is None:
            return singular if n == 1 else plural
        return forms[self._form(n)]


def _entries(po: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield (msgid, msgid_plural or "", translations) for each entry that is neither obsolete nor fuzzy."""
    for block in re.split(r"\n\s*\n", po):
        fields: dict[str, str] = {}
        key = ""
        fuzzy = False
        for line in block.splitlines():
            if line.startswith("#"):
                fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
            elif match := _ENTRY.match(line):
                key = match[1]
                fields[key] = json.loads(match[2])
            elif line.startswith('"') and key:
                fields[key] += json.loads(line)
        if "msgid" in fields and (not fuzzy or not fields["msgid"]):
            forms = tuple(fields[name] for name in sorted(fields) if name.startswith("msgstr"))
            yield fields["msgid"], fields.get("msgid_plural", ""), forms
