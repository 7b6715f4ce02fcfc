"""Assessments: what was chosen at the start, which template it is scored by for ever, and its derived state."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import peewee

from forms.reading import template_from_canonical
from forms.template import Template
from forms.text import N_
from models import audit, body
from models.actor import Actor, require_role
from models.cards import AssessmentDraft, AssessmentState
from models.database import Record, proxy, utc_now, write_tx
from models.errors import RecordRefused
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
    caseworker_id: UUID
    case_number = peewee.TextField(unique=True)
    partner = peewee.ForeignKeyField(Partner)
    project = peewee.ForeignKeyField(Project, null=True)
    template_hash = peewee.TextField()
    previous = peewee.ForeignKeyField("self", null=True, backref="renewals")
    supersedes = peewee.ForeignKeyField("self", null=True, backref="corrections")
    caseworker = peewee.ForeignKeyField(Person)
    body = peewee.TextField()


def start(*, actor: Actor, draft: AssessmentDraft, template: Template) -> UUID:
    """Start an assessment by a template. Raises ``RecordRefused`` for choices that do not fit together."""
    require_role(actor, "caseworker")
    _check(draft, template)
    with write_tx():
        canonical = template.canonical()
        if TemplateText.get_or_none(TemplateText.hash == template.hash) is None:
            TemplateText.insert(hash=template.hash, template_id=template.id, version=template.version, body=canonical).execute()
        row = Assessment.create(
            case_number=_next_case_number(draft.as_of.year),
            partner=draft.partner,
            project=draft.project,
            template_hash=template.hash,
            previous=draft.previous,
            supersedes=draft.supersedes,
            caseworker=actor.person,
            body=body.write(draft),
        )
        audit.record(
            actor=actor,
            act="assessment.started",
            value={"assessment": row.id, "case": row.case_number, "template": template.hash, "body": draft},
        )
    return UUID(str(row.id))


def row_of(assessment: UUID) -> Assessment:
    """Give an assessment's row. Raises ``RecordRefused`` when there is none."""
    row = Assessment.get_or_none(Assessment.id == assessment)
    if row is None:
        raise RecordRefused(N_("There is no such assessment in this vault."))
    return row


def template_of(row: Assessment) -> Template:
    """Give the template that the assessment refers to, whatever newer ones there are."""
    kept = TemplateText.get(TemplateText.hash == row.template_hash)
    return template_from_canonical(bytes(kept.body))


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


def _check(draft: AssessmentDraft, template: Template) -> None:
    if draft.scope not in template.scopes:
        raise RecordRefused(N_("The template “{template}” has no scope “{scope}”."), template=template.id, scope=draft.scope)
    if not draft.scope_reason.strip():
        raise RecordRefused(N_("Say why this scope was chosen; one sentence is enough."))
    if draft.project is not None and Project.get_or_none((Project.id == draft.project) & (Project.partner == draft.partner)) is None:
        raise RecordRefused(N_("The project does not belong to this partner."))
    if "project" in template.subjects and draft.project is None:
        raise RecordRefused(N_("This template also assesses a project. Register the project first, then choose it here."))
    if draft.kind == "renewal" and draft.previous is None:
        raise RecordRefused(N_("A renewal starts from an earlier, sealed assessment of the partner. Choose it, or start a new assessment."))
    if draft.previous is not None and row_of(draft.previous).partner_id != draft.partner:
        raise RecordRefused(N_("The earlier assessment is of another partner."))


def _next_case_number(year: int) -> str:
    """Number cases by year: 2026-001, 2026-002 …"""
    prefix = f"{year}-"
    numbers = [row.case_number for row in Assessment.select(Assessment.case_number).where(Assessment.case_number.startswith(prefix))]
    return f"{prefix}{max((int(number.removeprefix(prefix)) for number in numbers), default=0) + 1:03d}"


def due_after(as_of: date, years: int) -> date:
    """Give the same day some years later; 29 February becomes 28."""
    try:
        return as_of.replace(year=as_of.year + years)
    except ValueError:
        return as_of.replace(year=as_of.year + years, day=28)
