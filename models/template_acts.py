"""The life of templates in an organisation: its own ones, who approved which, and which are offered for new assessments.

A template's text is kept once per hash beside those that assessments are scored by, so nothing done here touches an assessment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from forms.heads import Head, head_from_canonical
from forms.template import Template
from forms.text import N_
from models import body, organisation_act
from models.act import Act
from models.actor import Actor, require_role
from models.assessment import Assessment, TemplateText, keep_template
from models.database import write_tx
from models.errors import RecordRefused
from models.instruments import Chosen

#: Who may take in, approve and switch templates.
ROLES = ("administrator", "manager")


@dataclass(frozen=True)
class Imported:
    """An own template was taken in from a file of that name."""

    hash: str
    file: str


@dataclass(frozen=True)
class Approved:
    """This very content was approved for use, with a word on why or where it was decided."""

    hash: str
    note: str = ""


@dataclass(frozen=True)
class Offered:
    """A template is offered for new assessments, or no longer, whatever its version."""

    template_id: str
    offered: bool


@dataclass(frozen=True)
class Done:
    """Who did something, and when (UTC)."""

    by: UUID
    by_name: str
    at: datetime
    note: str = ""


@dataclass(frozen=True)
class OwnTemplate:
    """A template of the organisation's own as the vault keeps it."""

    head: Head
    hash: str
    file: str
    imported: Done


@dataclass(frozen=True)
class TemplateLife:
    """What the organisation has done with templates: ``approved`` by hash, ``offered`` by id, ``used`` assessments by hash.

    ``kept`` names id and version of every template that the vault keeps, each with its hash.
    """

    own: tuple[OwnTemplate, ...] = ()
    approved: Mapping[str, Done] = field(default_factory=dict)
    offered: Mapping[str, tuple[bool, Done]] = field(default_factory=dict)
    used: Mapping[str, int] = field(default_factory=dict)
    kept: tuple[tuple[str, str, str], ...] = ()


def life() -> TemplateLife:
    """Read what has been done with templates here."""
    own: dict[str, OwnTemplate] = {}
    approved: dict[str, Done] = {}
    offered: dict[str, tuple[bool, Done]] = {}
    for row in organisation_act.acts("template.imported", "template.approved", "template.offered"):
        done = Done(row.person, row.person_name, row.at)
        if row.name == "template.imported":
            imported = body.read(row.body, Imported)
            text = TemplateText.get_by_id(imported.hash)
            own[imported.hash] = OwnTemplate(head_from_canonical(bytes(text.body)), imported.hash, imported.file, done)
        elif row.name == "template.approved":
            approval = body.read(row.body, Approved)
            approved[approval.hash] = Done(row.person, row.person_name, row.at, approval.note)
        else:
            switched = body.read(row.body, Offered)
            offered[switched.template_id] = (switched.offered, done)
    used = Counter(sha256 for hashes in _used().values() for sha256 in hashes)
    names = TemplateText.select(TemplateText.template_id, TemplateText.version, TemplateText.hash).order_by(TemplateText.created_at)
    kept = tuple((row.template_id, row.version, row.hash) for row in names)
    return TemplateLife(tuple(own.values()), approved, offered, used, kept)


def _used() -> dict[UUID, set[str]]:
    """Give for each assessment the versions of templates that it uses or has used, the main one and those added."""
    used = {row.id: {row.template_hash} for row in Assessment.select(Assessment.id, Assessment.template_hash)}
    for act in Act.select(Act.assessment, Act.body).where(Act.name.in_(("instrument.added", "template.upgraded"))):
        used[act.assessment_id].add(body.read(act.body, Chosen).template_hash)
    return used


def take_in(*, actor: Actor, template: Template, file: str) -> None:
    """Keep a template of the organisation's own. It is offered for assessments when it has been approved.

    Raises ``RecordRefused`` when it is here already, or when another content carries its id and version.
    """
    with write_tx():
        require_role(actor, *ROLES)
        if any(one.hash == template.hash for one in life().own):
            raise RecordRefused(N_("This very template is in the library already. Nothing was changed."))
        refuse_same_name(template)
        keep_template(template)
        organisation_act.add(actor=actor, name="template.imported", card=Imported(template.hash, file))


def approve(*, actor: Actor, template: Template, note: str) -> None:
    """Approve a template, this content and no other, for use here."""
    with write_tx():
        require_role(actor, *ROLES)
        if template.hash in life().approved:
            raise RecordRefused(N_("This version is approved already. Nothing was changed."))
        keep_template(template)
        organisation_act.add(actor=actor, name="template.approved", card=Approved(template.hash, note.strip()))


def offer(*, actor: Actor, template_id: str, offered: bool) -> None:
    """Offer a template for new assessments, or no longer; assessments that have begun go on with it."""
    with write_tx():
        require_role(actor, *ROLES)
        organisation_act.add(actor=actor, name="template.offered", card=Offered(template_id, offered))


def refuse_same_name(template: Template) -> None:
    """Raise ``RecordRefused`` when the vault keeps another content under this id and version."""
    same = (TemplateText.template_id == template.id) & (TemplateText.version == template.version)
    if TemplateText.get_or_none(same & (TemplateText.hash != template.hash)) is not None:
        raise same_name(template)


def same_name(template: Template) -> RecordRefused:
    """Make the error for an id and version that stand for something else already."""
    return RecordRefused(
        N_(
            "Version {version} of “{id}” is in the library with another content. Nothing was changed. Give your template an id of its own, "
            "or a new version."
        ),
        version=template.version,
        id=template.id,
    )
