"""Words for why a scope is proposed, the same in window and report."""

from __future__ import annotations

from desktop.language import Language
from desktop.words import SCOPES, word
from forms.money import Money, minor_digits
from forms.scope_rule import Reason, ScopeProposal
from forms.text import N_
from models.cards import AssessmentDraft

_REASONS = {
    "within_light": N_("the amount for twelve months is at most {limit}"),
    "within_standard": N_("the amount for twelve months is at most {limit}"),
    "above_standard": N_("the amount for twelve months is above {limit}"),
    "no_amount": N_("no amount is asked for"),
    "other_currency": N_("the rule has no numbers in {currency}"),
    "first_time": N_("the partner has not been assessed here before"),
    "stops_last_time": N_("a stop criterion was met last time"),
    "weak_last_time": N_("the rating was the weakest last time"),
    "fragile": N_("the context is fragile"),
    "rapid": N_("a rapid start asks only what must be known before the first payment"),
    "completion": N_("a completion asks more than the rapid start did"),
    "not_in_template": N_("the template has no narrower scope that is enough, or no wider one"),
}


def reason_words(reason: Reason, language: Language) -> str:
    """Say one reason, without a full stop."""
    if reason.id == "long_ago":
        return language.plural("the last assessment is {n} year old", "the last assessment is {n} years old", reason.years or 0)
    limit = (
        Money((reason.limit or 0) * 10 ** minor_digits(reason.currency), reason.currency, whole=True) if reason.limit is not None else ""
    )
    return language.text(_REASONS[reason.id], limit=limit, currency=reason.currency)


def proposal_words(proposal: ScopeProposal, language: Language) -> str:
    """Say what the organisation's rule proposes, and every reason."""
    reasons = "; ".join(reason_words(reason, language) for reason in proposal.reasons)
    return language.text(N_("The rule proposes {scope}: {reasons}."), scope=word(SCOPES, proposal.scope, language).lower(), reasons=reasons)


def chosen_words(draft: AssessmentDraft, language: Language) -> str:
    """Say which scope was chosen and why, and what the rule proposed; empty when neither a rule nor a reason was kept."""
    scope = word(SCOPES, draft.scope, language).lower()
    reason = draft.scope_reason.strip()
    if draft.proposed is None:
        return language.text(N_("Why this scope: {reason}"), reason=reason) if reason else ""
    said = proposal_words(draft.proposed, language)
    if draft.proposed.scope == draft.scope:
        return " ".join(part for part in (said, language.text(N_("It was followed.")), reason) if part)
    return " ".join((said, language.text(N_("The caseworker chose {scope}: {reason}"), scope=scope, reason=reason)))
