"""The organisation's own rules: the numbers by which a scope is proposed."""

from __future__ import annotations

from desktop.operations.change import Change
from forms.scope_rule import ScopeRule
from models import organisation_rule
from models.actor import Actor
from models.organisation_rule import KeptRule


def scope_rule() -> KeptRule:
    """Give the rule that stands, the bundled one until the organisation sets its own."""
    return organisation_rule.kept()


def set_scope_rule(*, actor: Actor, rule: ScopeRule) -> Change:
    """Set the organisation's own numbers; assessments that have begun keep what was proposed then."""
    organisation_rule.put(actor=actor, rule=rule)
    return Change("scope_rule")
