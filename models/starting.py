"""Starting an assessment: what is chosen must fit together, and what it starts from must be sealed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from forms.template import Template
from forms.text import N_
from models import audit, body, choosing, rapid
from models.act import Act
from models.actor import Actor, require_role
from models.assessment import Assessment, draft_of, keep_template, row_of
from models.cards import AssessmentDraft
from models.database import write_tx
from models.errors import RecordRefused
from models.identity import person_card
from models.partner import Project
from models.partner import card as partner_card
from models.seal import is_sealed


def start(*, actor: Actor, draft: AssessmentDraft, template: Template, added: Iterable[Template] = ()) -> UUID:
    """Start an assessment by a template, with the ``added`` ones that the draft names beside it.

    Raises ``RecordRefused`` for choices that do not fit together.

    A renewal and a correction start from a sealed assessment of the same partner that nothing replaces; for one project only one
    renewal goes on at a time.
    """
    with write_tx():
        require_role(actor, "caseworker")
        _check(draft, template)
        _check_earlier(draft)
        rapid.check_start(draft, template)
        _check_rapid(draft)
        draft = replace(draft, first_time=_is_first(draft))
        beside = {one.id: one for one in added}
        choosing.check_start(draft, template, beside)
        keep_template(template)
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
        made = UUID(str(row.id))
        choosing.add_chosen(actor=actor, assessment=made, draft=draft, templates=beside)
    return made


def live(*, previous: UUID | None = None, supersedes: UUID | None = None) -> tuple[Assessment, ...]:
    """Give the assessments, not withdrawn, that renew or replace an earlier one."""
    withdrawn = Act.select(Act.assessment).where(Act.name == "withdrawn")
    chosen = Assessment.previous == previous if previous is not None else Assessment.supersedes == supersedes
    return tuple(Assessment.select().where(chosen & Assessment.id.not_in(withdrawn)).order_by(Assessment.created_at))


def _check(draft: AssessmentDraft, template: Template) -> None:
    if draft.template_id != template.id:
        raise RecordRefused(N_("The template “{template}” is not the one that was chosen. Nothing was started."), template=template.id)
    if draft.scope not in template.scopes:
        raise RecordRefused(N_("The template “{template}” has no scope “{scope}”."), template=template.id, scope=draft.scope)
    as_proposed = draft.proposed is not None and draft.proposed.scope == draft.scope
    if not draft.scope_reason.strip() and not as_proposed:
        raise RecordRefused(N_("Say why this scope was chosen; one sentence is enough."))
    partner_card(draft.partner)
    if draft.project is not None and Project.get_or_none((Project.id == draft.project) & (Project.partner == draft.partner)) is None:
        raise RecordRefused(N_("The project does not belong to this partner."))
    if "project" in template.subjects and draft.project is None:
        raise RecordRefused(N_("This template also assesses a project. Register the project first, then choose it here."))
    for one in draft.assigned:
        card = person_card(one.person)
        if not card.active or one.role not in card.roles:
            raise RecordRefused(
                N_("{name} does not have the role of those who answer these questions. Choose somebody else."), name=card.name
            )
    if draft.rate is not None and draft.rate <= 0:
        raise RecordRefused(N_("An exchange rate must be above zero. Nothing was started."))


def _check_earlier(draft: AssessmentDraft) -> None:
    if draft.kind == "renewal" and draft.previous is None:
        raise RecordRefused(N_("A renewal starts from an earlier, sealed assessment of the partner. Choose it, or start a new assessment."))
    for earlier in (draft.previous, draft.supersedes):
        if earlier is None:
            continue
        if row_of(earlier).partner_id != draft.partner:
            raise RecordRefused(N_("The earlier assessment is of a different partner."))
        if not is_sealed(earlier):
            raise RecordRefused(N_("The earlier assessment is not sealed, so nothing can start from it. Finish it, or choose another."))
        for other in live(supersedes=earlier):
            raise RecordRefused(
                N_("The earlier assessment is replaced by {case}. Nothing was started; continue with that one."), case=other.case_number
            )
    for other in live(previous=draft.previous) if draft.previous is not None else ():
        if other.project_id == draft.project and other.id != draft.supersedes and not live(supersedes=other.id):
            raise RecordRefused(
                N_("{case} goes on from the earlier assessment already. Nothing was started; continue with that one."),
                case=other.case_number,
            )


def _is_first(draft: AssessmentDraft) -> bool:
    """Say whether no assessment of the partner was sealed before; a correction and a completion are as first as what they go on from."""
    goes_on_from = draft.supersedes or (draft.previous if draft.kind == "completion" else None)
    if goes_on_from is not None:
        return draft_of(row_of(goes_on_from)).first_time is not False
    return not any(is_sealed(row.id) for row in Assessment.select(Assessment.id).where(Assessment.partner == draft.partner))


def _check_rapid(draft: AssessmentDraft) -> None:
    """Refuse another rapid start for a partner whose last one was never completed."""
    if draft.kind != "rapid":
        return
    lapsed = rapid.lapsed_before(tuple(row.id for row in Assessment.select(Assessment.id).where(Assessment.partner == draft.partner)))
    if lapsed:
        raise RecordRefused(
            N_("The rapid start {case} has lapsed and was never completed, so there is no second one. Complete it first."), case=lapsed
        )


def _next_case_number(year: int) -> str:
    """Number cases by year: 2026-001, 2026-002 …"""
    prefix = f"{year}-"
    numbers = [row.case_number for row in Assessment.select(Assessment.case_number).where(Assessment.case_number.startswith(prefix))]
    return f"{prefix}{max((int(number.removeprefix(prefix)) for number in numbers), default=0) + 1:03d}"
