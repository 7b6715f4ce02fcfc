"""Instruments of an open assessment: adding one, taking one away that has no answers, going over to a newer version."""

from __future__ import annotations

from uuid import UUID

from forms.template import Template
from forms.text import N_
from forms.upgrading import Upgrade, upgrade
from models import act, answering, casefile, evidence
from models.actor import Actor, require_role
from models.assessment import keep_template, row_of
from models.cards import AssessmentDraft, AssessmentFile
from models.database import write_tx
from models.errors import ActRefused, RecordRefused
from models.instruments import Chosen, InUse, check_together, in_use
from models.standing import require_open


def add(*, actor: Actor, assessment: UUID, template: Template, scope: str) -> None:
    """Add an instrument to an open assessment. Raises ``RecordRefused`` for one that does not fit beside those in use."""
    with write_tx():
        _require_caseworker(actor, assessment)
        row = row_of(assessment)
        used = [one.template for one in in_use(row)]
        check_added(template, scope, has_project=row.project_id is not None)
        check_together([*used, template])
        keep_template(template)
        chosen = Chosen(template.id, template.hash, scope)
        act.add(actor=actor, assessment=assessment, name="instrument.added", card=chosen)


def add_chosen(*, actor: Actor, assessment: UUID, draft: AssessmentDraft, templates: dict[str, Template]) -> None:
    """Carry out what was chosen beside the main instrument at the start; ``templates`` by id."""
    for one in draft.added:
        add(actor=actor, assessment=assessment, template=templates[one.template_id], scope=one.scope)


def check_added(template: Template, scope: str, *, has_project: bool) -> None:
    """Refuse an added instrument with a scope that it does not have, or about a project where there is none."""
    if scope not in template.scopes:
        raise RecordRefused(N_("The template “{template}” has no scope “{scope}”."), template=template.id, scope=scope)
    if "project" in template.subjects and not has_project:
        raise RecordRefused(N_("This template also assesses a project. Register the project first, then choose it here."))


def check_start(draft: AssessmentDraft, main: Template, templates: dict[str, Template]) -> None:
    """Refuse instruments that were chosen at the start and do not fit together."""
    for one in draft.added:
        if one.template_id not in templates:
            raise RecordRefused(
                N_("The template “{template}” is not the one that was chosen. Nothing was started."), template=one.template_id
            )
        check_added(templates[one.template_id], one.scope, has_project=draft.project is not None)
    check_together([main, *(templates[one.template_id] for one in draft.added)])


def remove(*, actor: Actor, assessment: UUID, instrument: str) -> None:
    """Take away an added instrument that has no answers and no evidence of its own. Raises ``RecordRefused`` otherwise."""
    with write_tx():
        _require_caseworker(actor, assessment)
        used = in_use(row_of(assessment))
        if instrument not in [one.template.id for one in used[1:]]:
            raise RecordRefused(N_("That instrument was not added to this assessment, so it cannot be taken away."))
        if not is_empty(casefile.read(assessment).seen_as(instrument)):
            raise RecordRefused(
                N_("This instrument has answers or evidence, so it stays. Take those away first if it was added by mistake.")
            )
        act.add(actor=actor, assessment=assessment, name="instrument.removed", card=Chosen(instrument))


def is_empty(file: AssessmentFile) -> bool:
    """Say whether the instrument in focus has neither answers of its own nor evidence."""
    asked = {question.id for _, question in file.template.questions()}
    given = any(key.instrument == file.template.id for key in file.own_answers)
    return not given and not any(card.question in asked for card in file.evidence)


def preview(*, assessment: UUID, template: Template) -> Upgrade:
    """Say what going over to a newer version of an instrument would do: what is kept, replaced, new and dropped.

    Raises ``RecordRefused`` for a template that is not a newer version of one in use, or that does not have the scope.
    """
    now = _upgradable(assessment, template)
    return upgrade(now.template, template, answering.answers_of(assessment))


def go_over(*, actor: Actor, assessment: UUID, template: Template) -> Upgrade:
    """Go over to a newer version of an instrument in use; what is dropped stays in the history. Raises as ``preview`` does."""
    with write_tx():
        _require_caseworker(actor, assessment)
        now = _upgradable(assessment, template)
        given = answering.answers_of(assessment)
        plan = upgrade(now.template, template, given)
        keep_template(template)
        chosen = Chosen(template.id, template.hash, now.scope)
        act.add(actor=actor, assessment=assessment, name="template.upgraded", card=chosen)
        said = f"{template.id} {now.template.version} → {template.version}"
        for old, new in plan.replaced:
            answering.carry(actor=actor, assessment=assessment, instrument=template.id, old=old, new=new, why=said)
            evidence.carry(actor=actor, assessment=assessment, old=old, new=new, why=said)
        asked = {question.id for _, question in template.questions()}
        for old in plan.dropped:
            answering.carry(actor=actor, assessment=assessment, instrument=template.id, old=old, new="", why=said)
            if old not in asked:
                evidence.carry(actor=actor, assessment=assessment, old=old, new="", why=said)
    return plan


def _upgradable(assessment: UUID, template: Template) -> InUse:
    used = in_use(row_of(assessment))
    now = next((one for one in used if one.template.id == template.id), None)
    if now is None or now.template.hash == template.hash:
        raise RecordRefused(N_("This is not a newer version of an instrument in this assessment. Nothing was changed."))
    if now.scope not in template.scopes:
        raise RecordRefused(N_("The template “{template}” has no scope “{scope}”."), template=template.id, scope=now.scope)
    check_together([template if one is now else one.template for one in used])
    return now


def _require_caseworker(actor: Actor, assessment: UUID) -> None:
    require_role(actor, "caseworker")
    require_open(assessment)
    if row_of(assessment).caseworker_id != actor.person:
        raise ActRefused(N_("Only the caseworker of this assessment does that. Nothing was changed."))
