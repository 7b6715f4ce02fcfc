"""Others' results: ratings, verifications and passports received from another body, and what they can answer here.

The vocabulary is fixed, so that a template's ``relies_on`` and what is registered mean the same. Nothing is taken over by itself: a
proposal becomes an answer when the caseworker confirms it.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, TypeVar

from forms.template import Question, Template
from forms.values import Value

#: Kind of result → its ratings, as the body that gave it words them.
RATINGS: dict[str, tuple[str, ...]] = {
    "hact_micro_assessment": ("low", "moderate", "significant", "high"),
    "psea_assessment": ("low", "moderate", "high"),
    "chs_verification": ("self_assessed", "verified", "certified"),
    "partner_passport": ("shared",),
    "un_verification": ("verified", "not_verified"),
    "pillar_assessment": ("positive", "positive_with_measures", "negative"),
    "external_audit": ("unqualified", "qualified", "adverse", "disclaimer"),
    "other_assessment": ("noted",),
}
#: Whether it may be used here: the partner has agreed to it, it is published by its owner, or nobody has agreed.
Consent = Literal["given", "public", "none"]
CONSENTS: tuple[Consent, ...] = ("given", "public", "none")
#: What a result can do at the day of an assessment: be relied on, or not and why.
Standing = Literal["usable", "expired", "withdrawn", "no_consent", "ahead", "no_answer"]


@dataclass(frozen=True)
class OutsideResult:
    """A result of another body: whose it is, what it says, of which day, until when it holds, and what it covered."""

    owner: str
    kind: str
    rating: str
    dated: date
    valid_until: date | None = None
    scope: str = ""
    consent: Consent = "given"


def standing(result: OutsideResult, *, as_of: date, withdrawn: bool = False) -> Standing:
    """Say whether a result can be relied on at a day; it holds through the last day of its validity."""
    if withdrawn:
        return "withdrawn"
    if result.valid_until is not None and result.valid_until < as_of:
        return "expired"
    if result.dated > as_of:
        return "ahead"
    return "no_consent" if result.consent == "none" else "usable"


Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Registered:
    """A result as it is registered: what it says, and whether it was withdrawn."""

    result: OutsideResult
    withdrawn: bool = False


@dataclass(frozen=True)
class Proposal(Generic[Key]):
    """What a result (``key``) could answer: the value, and whether it may be relied on; one that is not *usable* proposes nothing.

    ``value`` is ``None`` where the template gives no answer for that rating (``no_answer``, unless something else is wrong with it too).
    """

    question: str
    key: Key
    value: Value | None
    standing: Standing


def proposals(template: Template, results: Mapping[Key, Registered], *, as_of: date) -> dict[str, Proposal[Key]]:
    """Give for each question what a registered result could answer.

    Of one kind only the newest that holds has a say, so that no older rating speaks over a newer one. Of several kinds the one that can
    be relied on goes first, the newest before others; where none can, the newest is named with the reason.
    """
    found = {}
    for _, question in template.questions():
        best = min(_candidates(question, results, as_of), key=lambda one: _rank(one, results), default=None)
        if best is not None:
            found[question.id] = best
    return found


def _candidates(question: Question, results: Mapping[Key, Registered], as_of: date) -> list[Proposal[Key]]:
    found = []
    for reliance in question.relies_on:
        of_kind = {key: one for key, one in results.items() if one.result.kind == reliance.result}
        holds = {key: standing(one.result, as_of=as_of, withdrawn=one.withdrawn) for key, one in of_kind.items()}
        newest = min(of_kind, key=lambda key: (holds[key] != "usable", -of_kind[key].result.dated.toordinal()), default=None)
        if newest is None:
            continue
        said = reliance.answers.get(of_kind[newest].result.rating)
        stands = "no_answer" if said is None and holds[newest] == "usable" else holds[newest]
        found.append(Proposal(question.id, newest, None if said is None else value_of(question, said), stands))
    return found


def _rank(proposal: Proposal[Key], results: Mapping[Key, Registered]) -> tuple[int, int]:
    order = {"usable": 0, "no_answer": 1}
    return order.get(proposal.standing, 2), -results[proposal.key].result.dated.toordinal()


def value_of(question: Question, said: str) -> Value:
    """Turn an answer as a template's map writes it into the question's own value: a level's number, else the text itself."""
    return int(said) if question.kind in ("level", "integer", "percent") else said
