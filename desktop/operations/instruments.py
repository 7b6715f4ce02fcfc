"""Instruments of an open assessment: add, take away, go over to a newer version."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from desktop.operations.change import Change
from forms.library import Library
from forms.template import Template
from forms.upgrading import Upgrade
from models import casefile, choosing
from models.actor import Actor
from models.cards import AssessmentFile


@dataclass(frozen=True)
class Newer:
    """A newer version of an instrument in use, and what going over to it would do."""

    instrument: str
    template: Template
    plan: Upgrade


def add_instrument(*, actor: Actor, assessment_id: UUID, template_id: str, scope: str, templates: Library) -> Change:
    """Add an instrument beside the main one, by the newest version of its template."""
    choosing.add(actor=actor, assessment=assessment_id, template=templates.newest(template_id), scope=scope)
    return Change("instrument", assessment=assessment_id)


def remove_instrument(*, actor: Actor, assessment_id: UUID, instrument: str) -> Change:
    """Take away an added instrument that has no answers."""
    choosing.remove(actor=actor, assessment=assessment_id, instrument=instrument)
    return Change("instrument", assessment=assessment_id)


def newer_templates(*, assessment_id: UUID, templates: Library) -> tuple[Newer, ...]:
    """Give the newer versions of an open assessment's instruments that the library offers and that fit, each with its preview."""
    file = casefile.read(assessment_id)
    if file.card.state not in ("draft", "returned"):
        return ()
    return tuple(
        Newer(template.id, template, choosing.preview(assessment=assessment_id, template=template))
        for seen in file.each()
        if (template := _newer(seen, templates)) is not None
    )


def _newer(seen: AssessmentFile, templates: Library) -> Template | None:
    try:
        newest = templates.newest(seen.template.id)
    except KeyError:
        return None
    later = version_key(newest.version) > version_key(seen.template.version)
    return newest if later and seen.scope in newest.scopes else None


def version_key(version: str) -> tuple[int, ...]:
    """Order versions by their numbers: 2026.10 comes after 2026.9."""
    return tuple(int(part) for part in version.split("."))


def upgrade_template(*, actor: Actor, assessment_id: UUID, template_id: str, templates: Library) -> Change:
    """Go over to the newest version of an instrument's template; answers that cannot be kept stay in the history."""
    choosing.go_over(actor=actor, assessment=assessment_id, template=templates.newest(template_id))
    return Change("instrument", assessment=assessment_id)
