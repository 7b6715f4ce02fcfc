"""Words for others' results: kinds, ratings, consent, and what keeps one from being relied on."""

from __future__ import annotations

from desktop.language import Language
from desktop.words import word
from forms.outside import RATINGS, OutsideResult, Standing
from forms.text import N_

KINDS = {
    "hact_micro_assessment": N_("HACT micro assessment"),
    "psea_assessment": N_("UN PSEA assessment"),
    "chs_verification": N_("CHS verification"),
    "partner_passport": N_("Partner passport"),
    "un_verification": N_("UN partner verification"),
    "pillar_assessment": N_("Pillar assessment (European Union)"),
    "external_audit": N_("External audit"),
    "other_assessment": N_("Another body’s assessment"),
}
_RISK = {"low": N_("Low risk"), "moderate": N_("Moderate risk"), "significant": N_("Significant risk"), "high": N_("High risk")}
#: What each kind of result can say.
_RATINGS: dict[str, dict[str, str]] = {
    "hact_micro_assessment": _RISK,
    "psea_assessment": _RISK,
    "chs_verification": {"self_assessed": N_("Self-assessed"), "verified": N_("Verified"), "certified": N_("Certified")},
    "partner_passport": {"shared": N_("Shared with us")},
    "un_verification": {"verified": N_("Verified"), "not_verified": N_("Not verified")},
    "pillar_assessment": {
        "positive": N_("Positive"),
        "positive_with_measures": N_("Positive, with supervisory measures"),
        "negative": N_("Negative"),
    },
    "external_audit": {
        "unqualified": N_("Unqualified opinion"),
        "qualified": N_("Qualified opinion"),
        "adverse": N_("Adverse opinion"),
        "disclaimer": N_("Disclaimer of opinion"),
    },
    "other_assessment": {"noted": N_("Noted")},
}
CONSENTS = {
    "given": N_("The partner has agreed that we use it"),
    "public": N_("Published by its owner"),
    "none": N_("No consent: it is registered and answers nothing"),
}
#: Why a result cannot be relied on.
STANDINGS: dict[Standing, str] = {
    "expired": N_("it expired on {date}"),
    "withdrawn": N_("it was withdrawn: {reason}"),
    "no_consent": N_("nobody has agreed that it is used"),
    "ahead": N_("it is dated after this assessment"),
    "no_answer": N_("the template gives no answer for this rating; weigh it in your own"),
}


def ratings_of(kind: str, language: Language) -> list[tuple[str, str]]:
    """Give what a kind of result can say, in words."""
    return [(rating, rating_word(kind, rating, language)) for rating in RATINGS.get(kind, ())]


def rating_word(kind: str, rating: str, language: Language) -> str:
    """Word what a result says."""
    return word(_RATINGS.get(kind, {}), rating, language)


def result_words(result: OutsideResult, language: Language) -> str:
    """Say in a line what it is: kind, rating and owner."""
    return language.text(
        N_("{kind}: {rating}, {owner}"),
        kind=word(KINDS, result.kind, language),
        rating=rating_word(result.kind, result.rating, language),
        owner=result.owner,
    )


def validity_words(result: OutsideResult, language: Language) -> str:
    """Say of which day it is and until when it holds."""
    if result.valid_until is None:
        return language.text(N_("of {date}, no end of validity stated"), date=result.dated)
    return language.text(N_("of {date}, valid until {until}"), date=result.dated, until=result.valid_until)


def why_not(result: OutsideResult, standing: Standing, withdrawn: str, language: Language) -> str:
    """Say why a result cannot be relied on; empty when it can."""
    if standing == "usable":
        return ""
    return language.text(STANDINGS[standing], date=result.valid_until or result.dated, reason=withdrawn)
