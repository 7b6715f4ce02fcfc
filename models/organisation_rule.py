"""The organisation's own numbers for how much to ask: kept as acts, the latest stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from forms.scope_rule import BUNDLED, ScopeRule, check
from models import body, organisation_act
from models.actor import Actor, require_role
from models.database import write_tx

_NAME = "scope_rule.set"


@dataclass(frozen=True)
class KeptRule:
    """The rule that stands; who set it and when, or nobody while it is the bundled one."""

    rule: ScopeRule = BUNDLED
    by_name: str = ""
    at: datetime | None = None


def kept() -> KeptRule:
    """Give the rule that stands."""
    rows = organisation_act.acts(_NAME)
    return KeptRule(body.read(rows[-1].body, ScopeRule), rows[-1].person_name, rows[-1].at) if rows else KeptRule()


def put(*, actor: Actor, rule: ScopeRule) -> None:
    """Set the organisation's own numbers. Raises ``ScopeRuleError`` for numbers that cannot be a rule."""
    check(rule)
    with write_tx():
        require_role(actor, "administrator", "manager")
        organisation_act.add(actor=actor, name=_NAME, card=rule)
