"""Partners and their projects: one current row each, and every version kept."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Iterator
from typing import Any, TypeVar
from uuid import UUID

import peewee

from forms import names
from forms.money import is_currency
from forms.registration import normal
from forms.text import N_
from models import audit, body
from models.actor import Actor, require_role
from models.cards import PartnerCard, PartnerDraft, ProjectCard, ProjectDraft
from models.database import Record, write_tx
from models.errors import ChangedMeanwhile, RecordRefused
from models.identity import Person
from models.protection import sought_of, telling_words

#: Who registers and changes partners and projects.
_REGISTRARS = ("caseworker", "controller", "office", "manager", "administrator")


class Partner(Record):
    """A partner as it is now; what is known about it stands in its latest version."""

    rev = peewee.IntegerField()
    name = peewee.TextField()
    name_fold = peewee.TextField()
    owner = peewee.ForeignKeyField(Person)


class PartnerVersion(Record):
    """What was known about a partner at one time."""

    partner = peewee.ForeignKeyField(Partner)
    rev = peewee.IntegerField()
    body = peewee.TextField()
    person = peewee.ForeignKeyField(Person)


class Project(Record):
    """A project of a partner as it is now."""

    partner_id: UUID
    partner = peewee.ForeignKeyField(Partner)
    rev = peewee.IntegerField()
    title = peewee.TextField()
    owner = peewee.ForeignKeyField(Person)


class ProjectVersion(Record):
    """What was known about a project at one time."""

    project = peewee.ForeignKeyField(Project)
    rev = peewee.IntegerField()
    body = peewee.TextField()
    person = peewee.ForeignKeyField(Person)


Kept = TypeVar("Kept", PartnerVersion, ProjectVersion)


def fold(text: str) -> str:
    """Fold text for search: no accents, no case, on every engine alike."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def register(*, actor: Actor, draft: PartnerDraft) -> UUID:
    """Register a partner.

    Raises ``RecordRefused`` without a name or country, or for a cover name that does not protect; ``RegistrationError`` for an
    impossible number.
    """
    draft = _checked(draft)
    with write_tx():
        require_role(actor, *_REGISTRARS)
        _require_own_cover(draft)
        partner = Partner.create(rev=1, name=draft.shown_name, name_fold=_searchable(draft), owner=actor.person)
        PartnerVersion.create(partner=partner, rev=1, body=body.write(draft), person=actor.person)
        audit.record(actor=actor, act="partner.registered", value={"partner": partner.id, "rev": 1, "body": draft})
    return UUID(str(partner.id))


def edit(*, actor: Actor, partner: UUID, rev: int, draft: PartnerDraft) -> None:
    """Change what is known about a partner. Raises ``ChangedMeanwhile`` if somebody else changed it since ``rev`` was read."""
    draft = _checked(draft)
    with write_tx():
        require_role(actor, *_REGISTRARS)
        _require_own_cover(draft, partner)
        changed = (
            Partner.update(rev=rev + 1, name=draft.shown_name, name_fold=_searchable(draft))
            .where((Partner.id == partner) & (Partner.rev == rev))
            .execute()
        )
        if changed != 1:
            raise ChangedMeanwhile(N_("Somebody else has changed this meanwhile. Nothing was saved; open it again to see the change."))
        PartnerVersion.create(partner=partner, rev=rev + 1, body=body.write(draft), person=actor.person)
        audit.record(actor=actor, act="partner.changed", value={"partner": partner, "rev": rev + 1, "body": draft})


def card(partner: UUID, *, rev: int | None = None) -> PartnerCard:
    """Give a partner as it is now, or as it was in an earlier version. Raises ``RecordRefused`` when there is none."""
    row = Partner.get_or_none(Partner.id == partner)
    version = _version(PartnerVersion, PartnerVersion.partner == partner, row.rev if rev is None else rev) if row else None
    if row is None or version is None:
        raise RecordRefused(N_("There is no such partner in this vault."))
    cover_now = ""
    if version.rev != row.rev:
        today = body.read(PartnerVersion.get((PartnerVersion.partner == row.id) & (PartnerVersion.rev == row.rev)).body, PartnerDraft)
        cover_now = today.cover_name
    return PartnerCard(
        id=row.id, rev=version.rev, draft=body.read(version.body, PartnerDraft), created_at=row.created_at, cover_now=cover_now
    )


def cards(*, find: str = "") -> tuple[PartnerCard, ...]:
    """Give partners by the name they go by; ``find`` looks in that, the real name, former names and registration numbers."""
    latest = (PartnerVersion.partner == Partner.id) & (PartnerVersion.rev == Partner.rev)
    query = Partner.select(Partner.id, Partner.rev, PartnerVersion.body, Partner.created_at).join(PartnerVersion, on=latest)
    for word in fold(find).split():
        query = query.where(Partner.name_fold.contains(word))
    rows: Iterator[tuple[Any, ...]] = iter(query.order_by(Partner.name_fold).tuples())
    return tuple(PartnerCard(id_, rev, body.read(text, PartnerDraft), at) for id_, rev, text, at in rows)


def add_project(*, actor: Actor, partner: UUID, draft: ProjectDraft) -> UUID:
    """Add a project to a partner. Raises ``RecordRefused`` for what cannot be right."""
    draft = _checked_project(draft)
    with write_tx():
        require_role(actor, *_REGISTRARS)
        card(partner)
        project = Project.create(partner=partner, rev=1, title=draft.title, owner=actor.person)
        ProjectVersion.create(project=project, rev=1, body=body.write(draft), person=actor.person)
        audit.record(actor=actor, act="project.added", value={"project": project.id, "partner": partner, "rev": 1, "body": draft})
    return UUID(str(project.id))


def edit_project(*, actor: Actor, project: UUID, rev: int, draft: ProjectDraft) -> None:
    """Change a project. Raises ``ChangedMeanwhile`` if somebody else changed it since ``rev`` was read."""
    draft = _checked_project(draft)
    with write_tx():
        require_role(actor, *_REGISTRARS)
        if Project.update(rev=rev + 1, title=draft.title).where((Project.id == project) & (Project.rev == rev)).execute() != 1:
            raise ChangedMeanwhile(N_("Somebody else has changed this meanwhile. Nothing was saved; open it again to see the change."))
        ProjectVersion.create(project=project, rev=rev + 1, body=body.write(draft), person=actor.person)
        audit.record(actor=actor, act="project.changed", value={"project": project, "rev": rev + 1, "body": draft})


def project_card(project: UUID, *, rev: int | None = None) -> ProjectCard:
    """Give a project as it is now, or as it was in an earlier version. Raises ``RecordRefused`` when there is none."""
    row = Project.get_or_none(Project.id == project)
    version = _version(ProjectVersion, ProjectVersion.project == project, row.rev if rev is None else rev) if row else None
    if row is None or version is None:
        raise RecordRefused(N_("There is no such project in this vault."))
    return ProjectCard(id=row.id, partner=row.partner_id, rev=version.rev, draft=body.read(version.body, ProjectDraft))


def projects_of(partner: UUID) -> tuple[ProjectCard, ...]:
    """Give a partner's projects, newest first."""
    rows = Project.select(Project.id).where(Project.partner == partner).order_by(Project.created_at.desc())
    return tuple(project_card(row.id) for row in rows)


def _version(table: type[Kept], belongs: peewee.Expression, rev: int) -> Kept | None:
    found: Kept | None = table.get_or_none(belongs & (table.rev == rev))
    return found


def _searchable(draft: PartnerDraft) -> str:
    # What it goes by stands first: lists are sorted by this.
    return fold(" ".join([*([draft.cover_name] if draft.protected else []), draft.name, *draft.former_names, draft.registration_number]))


def _checked(draft: PartnerDraft) -> PartnerDraft:
    if not draft.name.strip():
        raise RecordRefused(N_("A partner needs a name. Nothing was saved."))
    if not draft.country:
        raise RecordRefused(N_("Choose the country where {name} is at home. Nothing was saved."), name=draft.shown_name or draft.name)
    for account in draft.accounts:
        if not account.holder.strip() or not account.number.strip():
            raise RecordRefused(N_("A bank account needs the name of its holder and its number. Nothing was saved."))
    for contact in draft.people:
        if not contact.name.strip():
            raise RecordRefused(N_("A person at the partner needs a name. Nothing was saved."))
    number = normal(scheme=draft.registration_scheme, number=draft.registration_number)
    cover = draft.cover_name.strip() if draft.protected else ""  # one that protects nothing is not kept: it would tell whose it was
    draft = dataclasses.replace(draft, name=draft.name.strip(), registration_number=number, cover_name=cover)
    if draft.protected:
        _check_cover(draft)
    return draft


def _check_cover(draft: PartnerDraft) -> None:
    if not draft.cover_name:
        raise RecordRefused(N_("A protected partner needs a cover name. Nothing was saved."))
    if shared := shared_words(draft):
        raise RecordRefused(
            N_("The cover name has a word of the real names: {words}. Choose one that tells nothing. Nothing was saved."),
            words=list(shared),
        )


def shared_words(draft: PartnerDraft) -> tuple[str, ...]:
    """Give what a cover name gives away: its words that the real names, people or holders of accounts have too, folded."""
    given_away = names.distinctive(draft.cover_name) & telling_words(draft)
    if given_away:
        return tuple(sorted(given_away))
    return (draft.cover_name,) if names.stands_in(draft.cover_name, sought_of(draft)) or fold(draft.cover_name) == fold(draft.name) else ()


def _require_own_cover(draft: PartnerDraft, own: UUID | None = None) -> None:
    """Make sure that no two partners go by the same name when one of them does so for protection."""
    wanted = fold(draft.shown_name)
    for one in cards(find=draft.shown_name):
        if one.id == own or not (draft.protected or one.draft.protected):
            continue
        if wanted in map(fold, [one.name, one.draft.name, *one.draft.former_names] if draft.protected else [one.name]):
            raise RecordRefused(
                N_("Another partner goes by the name {name} already. Choose another. Nothing was saved."), name=draft.shown_name
            )


def _checked_project(draft: ProjectDraft) -> ProjectDraft:
    if not draft.title.strip():
        raise RecordRefused(N_("A project needs a title. Nothing was saved."))
    if draft.amount_minor is not None and draft.amount_minor < 0:
        raise RecordRefused(N_("An amount cannot be below zero. Nothing was saved."))
    if not is_currency(draft.currency):
        raise RecordRefused(N_("“{currency}” is not a currency code such as SEK, EUR or KES. Nothing was saved."), currency=draft.currency)
    if draft.starts is not None and draft.ends is not None and draft.ends < draft.starts:
        raise RecordRefused(N_("The project ends before it starts. Nothing was saved."))
    return dataclasses.replace(draft, title=draft.title.strip())
