"""The library of templates: the bundled ones and the organisation's own, and what is done with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal

from desktop.operations.change import Change
from forms.heads import Head, head_of
from forms.library import Library, Shelved
from forms.template import Template
from models import template_acts
from models.actor import Actor
from models.assessment import kept_template
from models.template_acts import Done, TemplateLife
from resources import path

Origin = Literal["bundled", "own"]


@dataclass(frozen=True)
class Version:
    """One version of a template on its shelf: where it is from, who took it in and approved it, how many assessments use it."""

    head: Head
    origin: Origin
    approved: Done | None = None
    imported: Done | None = None
    file: str = ""
    used: int = 0

    @property
    def may_be_offered(self) -> bool:
        """A bundled template may be used as it comes; one's own only when it has been approved."""
        return self.origin == "bundled" or self.approved is not None


@dataclass(frozen=True)
class LibraryEntry:
    """A template with its versions, newest first. ``in_use`` is the version that new assessments get, if any."""

    id: str
    versions: tuple[Version, ...]
    switched_on: bool = True
    switched: Done | None = None

    @property
    def newest(self) -> Version:
        return self.versions[0]

    @property
    def in_use(self) -> Version | None:
        if not self.switched_on:
            return None
        return next((version for version in self.versions if version.may_be_offered), None)


@dataclass(frozen=True)
class TemplatePage:
    """One version of a template, read whole, with what the library knows of it."""

    entry: LibraryEntry
    version: Version
    template: Template
    #: Other templates with some of the same question ids, which therefore cannot stand in one assessment with it.
    clashes: tuple[Head, ...] = field(default=())


def bundled() -> Library:
    """Give the templates that come with the program."""
    return Library(path("templates"))


def library() -> Library:
    """Give every template there is, own ones before bundled ones of the same id and version: for the newest of a kind, and for tests."""
    return Library(path("templates"), more=_own(template_acts.life()))


def offered() -> Library:
    """Give the templates for new assessments: what is switched on, and of one's own only what is approved."""
    found, life = [], template_acts.life()
    shelves = {(one.head.id, one.head.version): one for one in (*bundled().shelf(), *_own(life))}
    for entry in _entries(life):
        versions = [version for version in entry.versions if entry.switched_on and version.may_be_offered]
        found += [shelves[entry.id, version.head.version] for version in versions]
    return Library(more=found)


def entries() -> tuple[LibraryEntry, ...]:
    """List the templates of the library, by id."""
    return _entries(template_acts.life())


def page(*, template_id: str, version: str = "") -> TemplatePage:
    """Read one template whole, its newest version unless another is named; ``KeyError`` when it is not in the library."""
    life = template_acts.life()
    entry = next((one for one in _entries(life) if one.id == template_id), None)
    if entry is None:
        raise KeyError(template_id)
    chosen = next((one for one in entry.versions if one.head.version == version), entry.newest)
    whole = Library(path("templates"), more=_own(life))
    template = whole.template(template_id, chosen.head.version)
    return TemplatePage(entry, chosen, template, _clashes(template, whole))


def take_in(*, actor: Actor, template: Template, file: Path) -> Change:
    """Keep an own template that has been read from a file. Raises ``RecordRefused`` when its id and version stand for another content."""
    known = {(head.id, head.version) for head in bundled().heads()}
    if (template.id, template.version) in known:
        same = bundled().template(template.id, template.version).hash == template.hash
        if not same:
            raise template_acts.same_name(template)
    template_acts.take_in(actor=actor, template=template, file=file.name)
    return Change("template.imported")


def approve(*, actor: Actor, template: Template, note: str) -> Change:
    """Approve this very version for use here."""
    template_acts.approve(actor=actor, template=template, note=note)
    return Change("template.approved")


def switch(*, actor: Actor, template_id: str, on: bool) -> Change:
    """Offer a template for new assessments, or no longer."""
    template_acts.offer(actor=actor, template_id=template_id, offered=on)
    return Change("template.offered")


def _entries(life: TemplateLife) -> tuple[LibraryEntry, ...]:
    by_id: dict[str, dict[str, Version]] = {}
    for shelved in bundled().shelf():
        by_id.setdefault(shelved.head.id, {})[shelved.head.version] = _bundled(shelved, life)
    for one in life.own:
        by_id.setdefault(one.head.id, {})[one.head.version] = Version(
            one.head, "own", life.approved.get(one.hash), one.imported, one.file, life.used.get(one.hash, 0)
        )
    found = []
    for template_id in sorted(by_id):
        versions = sorted(by_id[template_id].values(), key=lambda version: version.head.order, reverse=True)
        on, switched = life.offered.get(template_id, (True, None))
        found.append(LibraryEntry(template_id, tuple(versions), on, switched))
    return tuple(found)


def _bundled(shelved: Shelved, life: TemplateLife) -> Version:
    """Say what has been done with a bundled template: that goes by its content, so it is read whole if one of its name is kept here."""
    hashes = {hash_ for id_, version, hash_ in life.kept if (id_, version) == (shelved.head.id, shelved.head.version)}
    if hashes.isdisjoint(life.approved) and hashes.isdisjoint(life.used):
        return Version(shelved.head, "bundled")
    hash_ = shelved.read().hash
    return Version(shelved.head, "bundled", approved=life.approved.get(hash_), used=life.used.get(hash_, 0))


def _own(life: TemplateLife) -> tuple[Shelved, ...]:
    return tuple(Shelved(one.head, partial(kept_template, one.hash)) for one in life.own)


def _clashes(template: Template, whole: Library) -> tuple[Head, ...]:
    mine = {question.id for _, question in template.questions()}
    others = [one for one in whole.templates() if one.id != template.id]
    return tuple(head_of(one) for one in others if not mine.isdisjoint(question.id for _, question in one.questions()))
