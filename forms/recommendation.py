"""The calculated recommendation and the assurance plan: tables of the template read against a result."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from forms.money import whole_units
from forms.result import AssurancePlan, Case, Gap, Proposal, Score, Stop
from forms.template import RecommendationRule, Template

DECISIONS = ("approve", "approve_with_conditions", "postpone", "send_back", "decline")


def propose(
    template: Template, subjects: Mapping[str, Score], gaps: tuple[Gap, ...], stops: tuple[Stop, ...], case: Case
) -> Proposal | None:
    """Give the first rule of the template whose conditions all hold, or ``None`` when the template recommends nothing."""
    for place, rule in enumerate(template.recommendation):
        if _matches(rule, subjects, gaps, stops, case):
            return Proposal(decision=rule.decision, rule=place)
    return None


def _matches(rule: RecommendationRule, subjects: Mapping[str, Score], gaps: tuple[Gap, ...], stops: tuple[Stop, ...], case: Case) -> bool:
    met = [stop for stop in stops if stop.waivable == rule.stops and rule.subject in (None, stop.subject)]
    if rule.stops is not None and not met:
        return False
    within = [gap for gap in gaps if rule.subject is None or gap.subject == rule.subject]
    if rule.gaps_at_least is not None and len(within) < rule.gaps_at_least:
        return False
    if rule.key_gaps_at_least is not None and sum(1 for gap in within if gap.key) < rule.key_gaps_at_least:
        return False
    if rule.bands:
        scores = [score for name, score in subjects.items() if rule.subject is None or name == rule.subject]
        if not any((score.band or score.status) in rule.bands for score in scores):
            return False
    return rule.scope is None or rule.scope == case.scope


def assurance_plan(template: Template, subjects: Mapping[str, Score], case: Case) -> AssurancePlan | None:
    """Read the follow-up from the template's table.

    The amount is the project's, in the table's currency; without an amount, or without a rate for another currency, the
    highest row is used; without a band the table's ``unassessed`` column is.
    """
    table = template.assurance
    if table is None:
        return None
    score = subjects.get(table.subject)
    band = score.band if score is not None and score.band is not None else table.unassessed
    amount = _amount(case, table.currency)
    place = len(table.rows) - 1
    if amount is not None:
        place = next((i for i, row in enumerate(table.rows) if row.up_to is None or amount <= row.up_to), place)
    counts = dict(zip((measure.id for measure in table.measures), table.rows[place].counts[band], strict=True))
    return AssurancePlan(counts=counts, row=place, band=band, amount=amount)


def _amount(case: Case, currency: str) -> Fraction | None:
    if case.amount_minor is None or case.currency is None:
        return None
    units = whole_units(case.amount_minor, case.currency)
    if case.currency == currency:
        return units
    return units * case.rate if case.rate is not None else None
