"""Partners and their projects."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from desktop.operations.change import Change
from models import case_list, imported, outside_result, partner
from models.actor import Actor
from models.cards import AssessmentCard, PartnerDraft, PartnerPage, PartnerRow, ProjectDraft


def register_partner(*, actor: Actor, draft: PartnerDraft) -> Change:
    """Register a partner; ``Change.made`` is its id."""
    made = partner.register(actor=actor, draft=draft)
    return Change("partner.registered", partner=made, made=made)


def edit_partner(*, actor: Actor, partner_id: UUID, rev: int, draft: PartnerDraft) -> Change:
    """Change what is known about a partner. Raises ``ChangedMeanwhile`` if ``rev`` is no longer the latest."""
    partner.edit(actor=actor, partner=partner_id, rev=rev, draft=draft)
    return Change("partner.changed", partner=partner_id)


def add_project(*, actor: Actor, partner_id: UUID, draft: ProjectDraft) -> Change:
    """Add a project to a partner; ``Change.made`` is its id."""
    made = partner.add_project(actor=actor, partner=partner_id, draft=draft)
    return Change("project.added", partner=partner_id, made=made)


def edit_project(*, actor: Actor, project_id: UUID, rev: int, draft: ProjectDraft) -> Change:
    """Change a project. Raises ``ChangedMeanwhile`` if ``rev`` is no longer the latest."""
    partner.edit_project(actor=actor, project=project_id, rev=rev, draft=draft)
    return Change("project.changed", partner=partner.project_card(project_id).partner)


def partner_rows(*, find: str = "") -> tuple[PartnerRow, ...]:
    """List partners by name with their latest assessment; ``find`` looks in names, former names and registration numbers."""
    assessments: dict[UUID, list[AssessmentCard]] = defaultdict(list)
    for one in case_list.cards():
        if one.state != "withdrawn":
            assessments[one.draft.partner].append(one)
    rows = []
    for card in partner.cards(find=find):
        own = assessments.get(card.id, [])
        also = " ".join([card.draft.name, *card.draft.former_names, card.draft.registration_number]) if card.draft.protected else ""
        rows.append(PartnerRow(card.id, card.name, card.draft.country, len(own), own[0] if own else None, also))
    return tuple(rows)


def partner_page(*, partner_id: UUID) -> PartnerPage:
    """Give a partner with its projects and assessments, and what others have found out about it."""
    card = partner.card(partner_id)
    return PartnerPage(
        card,
        partner.projects_of(partner_id),
        case_list.cards(partner=partner_id),
        outside_result.cards_of(partner_id),
        case_list.sealed_under_real_name(partner_id) if card.draft.protected else (),
        imported.cards(partner=partner_id),
    )
