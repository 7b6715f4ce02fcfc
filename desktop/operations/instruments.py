"""Instruments of an open assessment: add, take away, go over to a newer version."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from desktop.operations import templates as shelf
from desktop.operations.change import Change
from forms.heads import Head, version_key
from forms.library import Library
from forms.template import Template
from forms.upgrading import Upgrade, upgrade
from models import casefile, choosing
from models.actor import Actor
from models.cards import AssessmentFile


@dataclass(frozen=True)
class Newer:
    """A newer version of an instrument in use, and what going over to it would do."""

    template: Template
    plan: Upgrade


@dataclass(frozen=True)
class InstrumentChoices:
    """What can be done about the instruments of an open assessment: added, taken away (ids), gone over to a newer version."""

    offered: tuple[Head, ...] = ()
    removable: frozenset[str] = frozenset()
    newer: tuple[Newer, ...] = ()


def instrument_choices(*, assessment_id: UUID, templates: Library | None = None) -> InstrumentChoices:
    """Give what the library offers an assessment; nothing once it is handed over."""
    file = casefile.read(assessment_id)
    if file.card.state not in ("draft", "returned"):
        return InstrumentChoices()
    library = shelf.offered() if templates is None else templates
    used = {seen.template.id for seen in file.each()}
    return InstrumentChoices(
        offered=tuple(head for head in library.newest_heads() if head.id not in used),
        removable=frozenset(seen.template.id for seen in file.each()[1:] if choosing.is_empty(seen)),
        newer=tuple(newer for seen in file.each() if (newer := _newer(seen, library)) is not None),
    )


def _newer(seen: AssessmentFile, library: Library) -> Newer | None:
    head = next((head for head in library.newest_heads() if head.id == seen.template.id), None)
    if head is None or version_key(head.version) <= version_key(seen.template.version) or seen.scope not in head.scopes:
        return None
    template = library.newest(head.id)
    return Newer(template, upgrade(seen.template, template, seen.own_answers))


def add_instrument(*, actor: Actor, assessment_id: UUID, template_id: str, scope: str, templates: Library | None = None) -> Change:
    """Add an instrument beside the main one, by the newest version of its template."""
    library = shelf.offered() if templates is None else templates
    choosing.add(actor=actor, assessment=assessment_id, template=library.newest(template_id), scope=scope)
    return Change("instrument", assessment=assessment_id, instrument=template_id)


def remove_instrument(*, actor: Actor, assessment_id: UUID, instrument: str) -> Change:
    """Take away an added instrument that has no answers."""
    choosing.remove(actor=actor, assessment=assessment_id, instrument=instrument)
    return Change("instrument", assessment=assessment_id, instrument=instrument)


def upgrade_template(*, actor: Actor, assessment_id: UUID, template: Template) -> Change:
    """Go over to a newer version, the one whose preview was shown; answers that cannot be kept stay in the history."""
    choosing.go_over(actor=actor, assessment=assessment_id, template=template)
    return Change("instrument", assessment=assessment_id, instrument=template.id)
