"""The organisation's rule for scope in words, and as it is typed."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.language import Language
from desktop.widgets.money_field import understood
from forms.money import Money, minor_digits
from forms.scope_rule import ScopeRule, Threshold
from forms.text import N_
from models.organisation_rule import KeptRule


@dataclass(frozen=True)
class ThresholdLine:
    """The amounts of one currency, in words."""

    currency: str
    light: str
    standard: str


@dataclass(frozen=True)
class RuleWords:
    """The rule as it is read: what it goes by, the amounts, and whose numbers they are."""

    said: tuple[str, ...]
    amounts: tuple[ThresholdLine, ...]
    whose: str


def rule_words(kept: KeptRule, language: Language) -> RuleWords:
    """Word the rule that stands."""
    text = language.text
    whose = (
        text(N_("Set by {name}, {at}."), name=kept.by_name, at=kept.at)
        if kept.at is not None
        else text(N_("These are the numbers that come with the program. Set your own."))
    )
    said = (
        text(N_("The amount for twelve months sets the ground; above the second amount the full scope is proposed.")),
        language.plural(
            "The first assessment of a partner, or one {n} year after the last, is at least standard.",
            "The first assessment of a partner, or one {n} years after the last, is at least standard.",
            kept.rule.years,
        ),
        text(N_("A stop criterion or the weakest rating last time asks for full; a fragile context is one step up.")),
        text(N_("A currency that is not named here counts as standard. The caseworker decides, and the reason is printed.")),
    )
    amounts = tuple(_line(one, language) for one in kept.rule.thresholds)
    return RuleWords(said, amounts, whose)


def _line(one: Threshold, language: Language) -> ThresholdLine:
    unit = 10 ** minor_digits(one.currency)
    light, standard = (Money(amount * unit, one.currency, whole=True) for amount in (one.light_up_to, one.standard_up_to))
    return ThresholdLine(
        one.currency,
        language.text(N_("light up to {amount}"), amount=light),
        language.text(N_("standard up to {amount}"), amount=standard),
    )


@dataclass(frozen=True)
class TypedThreshold:
    """One currency's amounts as they are typed, in whole units."""

    currency: str = ""
    light: str = ""
    standard: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in the row."""
        return not (self.currency.strip() or self.light.strip() or self.standard.strip())


def typed_rule(rule: ScopeRule, language: Language) -> tuple[TypedThreshold, ...]:
    """Give the amounts as they stand in the form."""
    return tuple(
        TypedThreshold(one.currency, language.number(one.light_up_to), language.number(one.standard_up_to)) for one in rule.thresholds
    )


def read_rule(rows: tuple[TypedThreshold, ...], years: str, language: Language) -> ScopeRule | str:
    """Read the rule, or say what is no number in it; empty rows are none."""
    thresholds = []
    for row in rows:
        if row.is_empty:
            continue
        light, standard = _whole(row.light), _whole(row.standard)
        if light is None or standard is None:
            currency = row.currency.strip() or "?"
            return language.text(N_("Write both amounts for {currency} as whole numbers, such as 200 000."), currency=currency)
        thresholds.append(Threshold(row.currency.strip().upper(), light, standard))
    if not years.strip().isdecimal():
        return language.text(N_("Write years as a whole number, such as 5."))
    return ScopeRule(tuple(thresholds), int(years.strip()))


def _whole(typed: str) -> int | None:
    # The yen has no minor unit, so what is read of it are whole units.
    return understood(typed, "JPY")
