"""The library: the templates there are, known by their heads and read whole only when one is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from forms.errors import TemplateError
from forms.heads import Head, read_head
from forms.reading import read_template
from forms.template import Template
from forms.text import N_


@dataclass(frozen=True)
class Shelved:
    """A template on its shelf: its head, and the way to read the rest of it."""

    head: Head
    read: Callable[[], Template]


class Library:
    """Templates of one or more folders, and ``more`` from elsewhere, which go before those of the same id and version.

    Two files may not carry the same id and version, and a file without a readable head is refused: both raise ``TemplateError``
    naming it. What stands after the head is read, and checked, when the template is asked for; a file is read once as long as it
    stays as it is.
    """

    def __init__(self, *folders: Path, more: Iterable[Shelved] = ()) -> None:
        self._by_name: dict[tuple[str, str], Shelved] = {}
        for folder in folders:
            for path in sorted(folder.glob("*.yaml")):
                one = shelved_file(path)
                if (one.head.id, one.head.version) in self._by_name:
                    raise TemplateError(
                        N_("{file}: version {version} of “{id}” is already there; give the new one a version of its own."),
                        file=path.name,
                        version=one.head.version,
                        id=one.head.id,
                    )
                self._by_name[one.head.id, one.head.version] = one
        for one in more:
            self._by_name[one.head.id, one.head.version] = one

    def heads(self) -> tuple[Head, ...]:
        """Give the head of every template, by id and version."""
        return tuple(one.head for one in self.shelf())

    def newest_heads(self) -> tuple[Head, ...]:
        """Give the head of the newest version of each template, by id."""
        return tuple({head.id: head for head in self.heads()}.values())

    def templates(self) -> tuple[Template, ...]:
        """Read every template, by id and version. Raises ``TemplateError`` for one that cannot be used."""
        return tuple(one.read() for one in self.shelf())

    def newest(self, template_id: str) -> Template:
        """Read the newest version of a template; ``KeyError`` when there is none of that id."""
        versions = [one for one in self.shelf() if one.head.id == template_id]
        if not versions:
            raise KeyError(template_id)
        return versions[-1].read()

    def template(self, template_id: str, version: str) -> Template:
        """Read one version of a template; ``KeyError`` when it is not here."""
        return self._by_name[template_id, version].read()

    def shelf(self) -> tuple[Shelved, ...]:
        """Give every template as it stands on the shelf, by id and version."""
        return tuple(sorted(self._by_name.values(), key=lambda one: one.head.order))


def shelved_file(path: Path) -> Shelved:
    """Put a template file on the shelf; its head is read now. Raises ``TemplateError``."""
    stand = _stand(path)
    return Shelved(_head(path, *stand), partial(_template, path, *stand))


def _stand(path: Path) -> tuple[int, int]:
    """Tell one content of a file from the next, as far as the system does."""
    try:
        stat = path.stat()
    except OSError:
        return 0, 0  # reading it says why it cannot be read
    return stat.st_mtime_ns, stat.st_size


# What stands in a file with the same times and size is the same: a head and a template are values, and both are frozen.
@lru_cache(maxsize=128)
def _head(path: Path, _modified: int, _size: int) -> Head:
    return read_head(path)


@lru_cache(maxsize=64)
def _template(path: Path, _modified: int, _size: int) -> Template:
    return read_template(path)
