"""Assessments: what was chosen at the start, which template it is scored by for ever, and its derived state."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import lru_cache
from uuid import UUID

import peewee

from forms.reading import template_from_canonical
from forms.template import Template
from forms.text import N_
from models import body
from models.cards import AssessmentDraft, AssessmentState
from models.database import Record, proxy, utc_now
from models.errors import RecordRefused, VaultDamaged
from models.identity import Person
from models.partner import Partner, Project


class TemplateText(peewee.Model):
    """A template in its canonical form, stored once per hash."""

    hash = peewee.TextField(primary_key=True)
    created_at = peewee.DateTimeField(default=utc_now)
    template_id = peewee.TextField()
    version = peewee.TextField()
    body = peewee.BlobField()

    class Meta:
        database = proxy
        table_name = "template_text"


class Assessment(Record):
    """One assessment of a partner and perhaps a project. Insert-only: everything that happens later is a row elsewhere."""

    partner_id: UUID
    project_id: UUID | None
    previous_id: UUID | None
    supersedes_id: UUID | None
    caseworker_id: UUID
    case_number = peewee.TextField(unique=True)
    partner = peewee.ForeignKeyField(Partner)
    project = peewee.ForeignKeyField(Project, null=True)
    template_hash = peewee.TextField()
    previous = peewee.ForeignKeyField("self", null=True, backref="renewals")
    supersedes = peewee.ForeignKeyField("self", null=True, backref="corrections")
    caseworker = peewee.ForeignKeyField(Person)
    body = peewee.TextField()


def row_of(assessment: UUID) -> Assessment:
    """Give an assessment's row. Raises ``RecordRefused`` when there is none."""
    row = Assessment.get_or_none(Assessment.id == assessment)
    if row is None:
        raise RecordRefused(N_("There is no such assessment in this vault."))
    return row


def kept_template(sha256: str) -> Template:
    """Give the template of that hash as the vault keeps it, whatever newer ones there are. Raises ``VaultDamaged`` if it was changed."""
    kept = TemplateText.get_or_none(TemplateText.hash == sha256)
    return _read(b"" if kept is None else bytes(kept.body), sha256)


def keep_template(template: Template) -> None:
    """Keep a template in its canonical form, once."""
    if TemplateText.get_or_none(TemplateText.hash == template.hash) is None:
        TemplateText.insert(hash=template.hash, template_id=template.id, version=template.version, body=template.canonical()).execute()


@lru_cache(maxsize=32)
def _read(kept: bytes, sha256: str) -> Template:
    # What a template says is bound to its hash, so a copy in memory is as good as the one in the vault.
    if hashlib.sha256(kept).hexdigest() != sha256:
        raise VaultDamaged(
            N_("A template in the vault is not the one that was kept. Nothing was changed. Restore the vault from a backup.")
        )
    return template_from_canonical(kept)


def draft_of(row: Assessment) -> AssessmentDraft:
    """Give what was chosen at the start."""
    return body.read(row.body, AssessmentDraft)


def derive_state(*, acts: list[str], sealed: bool, outcome: str | None, superseded: bool) -> AssessmentState:
    """Derive the state from what has happened; ``acts`` in order, ``outcome`` the latest decision.

    A case that the board postponed is still waiting for its decision, so it stays *sealed*.
    """
    if "withdrawn" in acts:
        return "withdrawn"
    if superseded:
        return "superseded"
    if sealed:
        return "decided" if outcome not in (None, "postpone") else "sealed"
    steps: dict[str, AssessmentState] = {
        "submitted": "in_review",
        "reopened": "draft",
        "review.returned": "returned",
        "review.agreed": "agreed",
    }
    return next((steps[name] for name in reversed(acts) if name in steps), "draft")


def due_after(as_of: date, years: int) -> date:
    """Give the same day some years later; 29 February becomes 28."""
    try:
        return as_of.replace(year=as_of.year + years)
    except ValueError:
        return as_of.replace(year=as_of.year + years, day=28)
