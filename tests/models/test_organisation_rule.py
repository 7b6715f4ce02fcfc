"""The organisation's own numbers for scope: who may set them, and that the latest stand."""

from __future__ import annotations

import pytest

from forms.scope_rule import BUNDLED, ScopeRule, ScopeRuleError, Threshold
from models import audit, organisation_rule
from models.actor import Actor
from models.errors import ActRefused

OWN = ScopeRule((Threshold("NOK", 50_000, 250_000),), years=3)


def test_the_bundled_numbers_stand_until_the_organisation_sets_its_own(asa: Actor) -> None:
    assert organisation_rule.kept() == organisation_rule.KeptRule(BUNDLED)
    organisation_rule.put(actor=asa, rule=OWN)
    organisation_rule.put(actor=asa, rule=ScopeRule(OWN.thresholds, years=4))
    kept = organisation_rule.kept()
    assert (kept.rule.thresholds, kept.rule.years, kept.by_name) == (OWN.thresholds, 4, "Åsa Ek")
    assert [entry.act for entry in audit.entries()][-2:] == ["scope_rule.set", "scope_rule.set"]


def test_only_an_administrator_or_manager_sets_them(rut: Actor) -> None:
    with pytest.raises(ActRefused):
        organisation_rule.put(actor=rut, rule=OWN)
    assert organisation_rule.kept().rule == BUNDLED


def test_numbers_that_cannot_be_a_rule_are_not_kept(asa: Actor) -> None:
    with pytest.raises(ScopeRuleError):
        organisation_rule.put(actor=asa, rule=ScopeRule(OWN.thresholds, years=0))
    assert organisation_rule.kept().at is None
