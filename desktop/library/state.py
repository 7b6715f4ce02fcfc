"""What the library shows of each template, made from its entries; nothing here knows of a window."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.language import Language
from desktop.operations.templates import LibraryEntry, TemplatePage, Version
from desktop.template_words import language_name, time_needed
from desktop.words import SCOPES, Mark, word
from forms.heads import Head
from forms.template import Template
from forms.text import N_, in_language
from models.identity import PersonCard
from models.template_acts import ROLES

#: What an organisation may look for here in vain, and why.
LEFT_OUT = (
    N_(
        "NUPAS: the structure of this pre-award survey is public, but the bands by which its points become a rating could not be "
        "verified from a primary source. Rather than guess at them, Gedigen leaves the instrument out."
    ),
    N_(
        "The joint United Nations assessment of eight core standards on sexual exploitation and abuse: the limits between its "
        "capacity levels could not be verified from a primary source. The older instrument of six standards is here."
    ),
    N_(
        "HACT micro assessment of 2016: the questionnaire is not bundled. Its way of working out the limits is built in, so that an "
        "organisation which must use it can write it as a template of its own."
    ),
)


@dataclass(frozen=True)
class LibraryLine:
    """One template in the list. ``standing`` says whether it is in use; ``facts`` are quiet words under what it is for."""

    id: str
    name: str
    purpose: str
    standing: Mark
    facts: tuple[str, ...]
    is_own: bool


@dataclass(frozen=True)
class PageState:
    """One version of a template: what is said of it; ``warnings`` stand above everything."""

    facts: tuple[str, ...]
    warnings: tuple[str, ...]
    standing: Mark


def library_lines(entries: tuple[LibraryEntry, ...], language: Language) -> tuple[LibraryLine, ...]:
    """List templates by name, the organisation's own after the bundled ones."""
    lines = [_line(entry, language) for entry in entries]
    return tuple(sorted(lines, key=lambda line: (line.is_own, line.name.casefold())))


def acts_of(page: TemplatePage, me: PersonCard | None) -> frozenset[str]:
    """Name what somebody may do with a version of a template: approve, switch_off, switch_on."""
    if me is None or me.roles.isdisjoint(ROLES):
        return frozenset()
    switch = "switch_off" if page.entry.switched_on else "switch_on"
    return frozenset({switch} if page.version.approved is not None else {switch, "approve"})


def page_state(page: TemplatePage, language: Language) -> PageState:
    """Say where one version of a template stands."""
    entry, version = page.entry, page.version
    warnings = []
    if version != entry.newest:
        warnings.append(language.text(N_("There is a newer version: {version}."), version=entry.newest.head.version))
    if page.clashes:
        names = [in_language(head.name, language.code) for head in page.clashes]
        warnings.append(
            language.text(
                N_("Some questions have the same ids as in {templates}, so these cannot stand in one assessment with this template."),
                templates=names,
            )
        )
    return PageState(
        facts=(*_facts(version, language), *_life(entry, version, language)),
        warnings=tuple(warnings),
        standing=_standing(entry, version, language),
    )


def file_facts(template: Template, language: Language) -> tuple[str, ...]:
    """Say of a template that is only a file yet what its head says."""
    return _head_facts(template, language)


def version_rows(entry: LibraryEntry, language: Language) -> tuple[tuple[str, str, str, str, str], ...]:
    """List the versions of a template, newest first: version, where it is from, approved, how many assessments, where it stands."""
    rows = []
    for version in entry.versions:
        came = language.text(N_("comes with Gedigen")) if version.imported is None else version.file
        approved = "–"
        if version.approved is not None:
            done = version.approved
            approved = language.text(N_("{name}, {at}"), name=done.by_name, at=language.date(done.at.date()))
        standing = _standing(entry, version, language).word
        rows.append((version.head.version, came, approved, language.number(version.used), standing))
    return tuple(rows)


def _line(entry: LibraryEntry, language: Language) -> LibraryLine:
    shown = entry.in_use or entry.newest
    return LibraryLine(
        id=entry.id,
        name=in_language(shown.head.name, language.code),
        purpose=in_language(shown.head.purpose, language.code),
        standing=_standing(entry, entry.newest, language),
        facts=(*_facts(shown, language), *_life(entry, shown, language)),
        is_own=entry.newest.origin == "own",
    )


def _standing(entry: LibraryEntry, version: Version, language: Language) -> Mark:
    if not entry.switched_on:
        return Mark("incomplete", language.text(N_("Switched off")))
    if not version.may_be_offered:
        return Mark("moderate", language.text(N_("Waits for approval")))
    return Mark("low", language.text(N_("In use")) if version == entry.in_use else language.text(N_("Earlier version")))


def _facts(version: Version, language: Language) -> tuple[str, ...]:
    return _head_facts(version.head, language)


def _head_facts(head: Head | Template, language: Language) -> tuple[str, ...]:
    scopes = [
        f"{word(SCOPES, scope, language)}: {time_needed(head.time[scope], language)}"
        if scope in head.time
        else word(SCOPES, scope, language)
        for scope in head.scopes
    ]
    languages = language.listing([language_name(code, language) for code in head.languages])
    version = language.text(N_("version {version}"), version=head.version)
    facts = [" · ".join((", ".join(scopes), languages, version))]
    if head.follows is not None:
        facts.append(in_language(head.follows, language.code))
    return tuple(facts)


def _life(entry: LibraryEntry, version: Version, language: Language) -> tuple[str, ...]:
    said = []
    if version.imported is not None:
        done = version.imported
        said.append(
            language.text(
                N_("Taken in from {file} by {name}, {at}"), file=version.file, name=done.by_name, at=language.date(done.at.date())
            )
        )
    if version.approved is not None:
        done = version.approved
        approved = language.text(N_("Approved here by {name}, {at}"), name=done.by_name, at=language.date(done.at.date()))
        said.append(f"{approved}: {done.note}" if done.note else approved)
    elif version.origin == "bundled":
        said.append(language.text(N_("Comes with Gedigen; nobody here has approved it")))
    else:
        said.append(language.text(N_("Not approved here yet")))
    if not entry.switched_on and entry.switched is not None:
        done = entry.switched
        said.append(language.text(N_("Switched off by {name}, {at}"), name=done.by_name, at=language.date(done.at.date())))
    if version.used:
        said.append(language.plural("Used in {n} assessment", "Used in {n} assessments", version.used))
    return tuple(said)
