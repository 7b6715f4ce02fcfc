"""How much to ask: the scope that the organisation's own rule proposes, with its reasons. The caseworker decides.

The amount for twelve months sets the ground; history and context only ever raise it:

* the first assessment of a partner, or one so long after the last that it is as good as the first, is at least *standard*;
* a stop criterion or a weak rating last time asks for *full*;
* a fragile context is one step up;
* a rapid start is *light*, and what completes it at least *standard*.

Amounts are whole numbers per currency and compared exactly; no rate is guessed, so a currency without numbers counts as *standard*.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from forms.errors import GedigenError
from forms.money import is_currency, minor_digits
from forms.template import Scope
from forms.text import N_

SCOPES: tuple[Scope, ...] = ("light", "standard", "full")
#: Ratings last time that ask for a full assessment: capacity and risk each at their worst.
WEAK = ("weak", "high")
ReasonId = Literal[
    "within_light",
    "within_standard",
    "above_standard",
    "no_amount",
    "other_currency",
    "first_time",
    "long_ago",
    "stops_last_time",
    "weak_last_time",
    "fragile",
    "rapid",
    "completion",
    "not_in_template",
]


class ScopeRuleError(GedigenError):
    """Numbers that cannot be a rule."""


@dataclass(frozen=True)
class Threshold:
    """Up to which amount for twelve months, in whole units of a currency, *light* and *standard* are enough."""

    currency: str
    light_up_to: int
    standard_up_to: int


@dataclass(frozen=True)
class ScopeRule:
    """The organisation's numbers; after ``years`` years the last assessment no longer counts as knowing the partner."""

    thresholds: tuple[Threshold, ...]
    years: int


#: What stands until the organisation sets its own: about a small grant, and about what is commonly audited on its own.
BUNDLED = ScopeRule(
    thresholds=(
        Threshold("SEK", 200_000, 1_000_000),
        Threshold("NOK", 200_000, 1_000_000),
        Threshold("DKK", 150_000, 700_000),
        Threshold("EUR", 20_000, 100_000),
        Threshold("USD", 20_000, 100_000),
    ),
    years=5,
)


@dataclass(frozen=True)
class Reason:
    """One reason: which, and the numbers it goes by (the limit in whole units of the currency, years since last time)."""

    id: ReasonId
    limit: int | None = None
    currency: str = ""
    years: int | None = None


@dataclass(frozen=True)
class ScopeProposal:
    """The proposed scope and every reason that took part in it."""

    scope: Scope
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Circumstances:
    """What the rule looks at. ``amount_minor``: for twelve months; ``last``: the day of the latest sealed assessment of the partner."""

    as_of: date
    kind: str = "new"
    amount_minor: int | None = None
    currency: str = ""
    last: date | None = None
    last_stops: int = 0
    last_bands: tuple[str | None, ...] = ()
    fragile: bool = False


def check(rule: ScopeRule) -> None:
    """Refuse numbers that cannot be a rule. Raises ``ScopeRuleError``."""
    seen: set[str] = set()
    for one in rule.thresholds:
        if not is_currency(one.currency):
            raise ScopeRuleError(
                N_("“{currency}” is not a currency code such as SEK, EUR or KES. Nothing was saved."), currency=one.currency
            )
        if one.currency in seen:
            raise ScopeRuleError(N_("{currency} stands twice. Nothing was saved; keep one line for it."), currency=one.currency)
        if not 0 <= one.light_up_to <= one.standard_up_to:
            raise ScopeRuleError(
                N_("The amount for standard must be at least the one for light, in {currency}. Nothing was saved."), currency=one.currency
            )
        seen.add(one.currency)
    if not 1 <= rule.years <= 50:
        raise ScopeRuleError(N_("Years must be between 1 and 50. Nothing was saved."))


def propose(rule: ScopeRule, seen: Circumstances, *, scopes: tuple[Scope, ...]) -> ScopeProposal:
    """Propose one of the template's scopes (in the order of ``SCOPES``, at least one) with the reasons."""
    if seen.kind == "rapid":
        return _fitted(0, (Reason("rapid"),), scopes)
    step, reason = _by_amount(rule, seen)
    reasons = [reason]
    for least, why in _raising(rule, seen):
        reasons.append(why)
        step = max(step, least)
    if seen.fragile:
        reasons.append(Reason("fragile"))
        step = min(step + 1, len(SCOPES) - 1)
    return _fitted(step, tuple(reasons), scopes)


def _by_amount(rule: ScopeRule, seen: Circumstances) -> tuple[int, Reason]:
    if seen.amount_minor is None:
        return 0, Reason("no_amount")
    threshold = next((one for one in rule.thresholds if one.currency == seen.currency), None)
    if threshold is None:
        return 1, Reason("other_currency", currency=seen.currency)
    unit = 10 ** minor_digits(seen.currency)
    if seen.amount_minor <= threshold.light_up_to * unit:
        return 0, Reason("within_light", threshold.light_up_to, seen.currency)
    if seen.amount_minor <= threshold.standard_up_to * unit:
        return 1, Reason("within_standard", threshold.standard_up_to, seen.currency)
    return 2, Reason("above_standard", threshold.standard_up_to, seen.currency)


def _raising(rule: ScopeRule, seen: Circumstances) -> list[tuple[int, Reason]]:
    found: list[tuple[int, Reason]] = []
    if seen.last is None:
        found.append((1, Reason("first_time")))
    elif (years := whole_years(seen.last, seen.as_of)) >= rule.years:
        found.append((1, Reason("long_ago", years=years)))
    if seen.last_stops:
        found.append((2, Reason("stops_last_time")))
    if any(band in WEAK for band in seen.last_bands):
        found.append((2, Reason("weak_last_time")))
    if seen.kind == "completion":
        found.append((1, Reason("completion")))
    return found


def whole_years(earlier: date, later: date) -> int:
    """Count the whole years from one day to another; 0 when they are less than a year apart or the wrong way round."""
    years = later.year - earlier.year - ((later.month, later.day) < (earlier.month, earlier.day))
    return max(years, 0)


def _fitted(step: int, reasons: tuple[Reason, ...], scopes: tuple[Scope, ...]) -> ScopeProposal:
    """Take the proposed scope if the template has it, else the next wider, else the widest there is."""
    offered = [place for place, scope in enumerate(SCOPES) if scope in scopes]
    chosen = next((place for place in offered if place >= step), offered[-1])
    return ScopeProposal(SCOPES[chosen], reasons if chosen == step else (*reasons, Reason("not_in_template")))
