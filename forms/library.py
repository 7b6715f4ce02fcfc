"""The templates there are: files in a folder, each read once and known by id, version and hash."""

from __future__ import annotations

from pathlib import Path

from forms.errors import TemplateError
from forms.reading import read_template
from forms.template import Template
from forms.text import N_


class Library:
    """Templates of one or more folders.

    Reading is strict: a folder with a file that cannot be used raises ``TemplateError`` naming it, and two files may not carry the
    same id and version.
    """

    def __init__(self, *folders: Path) -> None:
        self._by_name: dict[tuple[str, str], Template] = {}
        for folder in folders:
            for path in sorted(folder.glob("*.yaml")):
                template = read_template(path)
                if (template.id, template.version) in self._by_name:
                    raise TemplateError(
                        N_("{file}: version {version} of “{id}” is already there; give the new one a version of its own."),
                        file=path.name,
                        version=template.version,
                        id=template.id,
                    )
                self._by_name[template.id, template.version] = template

    def templates(self) -> tuple[Template, ...]:
        """Give every template, by id and version."""
        return tuple(self._by_name[name] for name in sorted(self._by_name, key=lambda name: (name[0], _version_key(name[1]))))

    def newest(self, template_id: str) -> Template:
        """Give the newest version of a template; ``KeyError`` when there is none of that id."""
        versions = [version for name, version in self._by_name if name == template_id]
        if not versions:
            raise KeyError(template_id)
        return self._by_name[template_id, max(versions, key=_version_key)]


def _version_key(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
