"""Checks of conditions: every one can hold and can fail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from forms.answers import STATES
from forms.checks.problem import Problem
from forms.country import COUNTRIES
from forms.facts import FACTS
from forms.kinds import attainable, kind_of, named_in
from forms.template import Condition, Question
from forms.text import N_

_STATES = ("open", *STATES)


def check_condition(condition: Condition, path: str, questions: Mapping[str, Question]) -> Iterator[Problem]:
    """Check a condition and all within it against the questions of the template."""
    forms = [condition.question, condition.fact, condition.all_, condition.any_, condition.not_]
    if sum(form is not None for form in forms) != 1:
        yield Problem(path, N_("a condition is one of question, fact, all, any, not"))
        return
    for name, parts in (("all", condition.all_), ("any", condition.any_)):
        if parts is not None and not parts:
            yield Problem(f"{path}.{name}", N_("list at least one condition"))
        for place, part in enumerate(parts or []):
            yield from check_condition(part, f"{path}.{name}[{place}]", questions)
    if condition.not_ is not None:
        yield from check_condition(condition.not_, f"{path}.not", questions)
    numbers = condition.at_most is not None or condition.at_least is not None
    tests = [numbers, condition.is_ is not None, condition.state is not None]
    if condition.question is not None:
        if sum(tests) != 1:
            yield Problem(path, N_("say what the answer must be, in one way: at_most and at_least, is, or state"))
        elif condition.question not in questions:
            yield Problem(f"{path}.question", N_("there is no question “{id}”"), {"id": condition.question})
        else:
            yield from _against(condition, questions[condition.question], path)
    elif condition.fact is not None:
        if not condition.is_ or numbers or condition.state is not None:
            yield Problem(path, N_("say what the fact must be with “is”"))
        else:
            yield from _fact(condition.fact, condition.is_, path)
    elif any(tests):
        yield Problem(path, N_("at_most, at_least, is and state belong beside “question”"))


def _fact(fact: str, values: list[str], path: str) -> Iterator[Problem]:
    """Refuse a fact that no case has, or a value that it never has: the condition would never hold, unseen."""
    if fact not in FACTS:
        yield Problem(f"{path}.fact", N_("there is no fact “{id}”; known are {known}"), {"id": fact, "known": ", ".join(FACTS)})
        return
    for place, value in enumerate(values):
        if value not in FACTS[fact]:
            yield Problem(
                f"{path}.is[{place}]",
                N_("“{value}” can never be; possible are {known}"),
                {"value": value, "known": ", ".join(FACTS[fact])},
            )


def _against(condition: Condition, question: Question, path: str) -> Iterator[Problem]:
    for name, values, known in (("is", condition.is_, named_in(question)), ("state", condition.state, list(_STATES))):
        if values is not None and not values:
            yield Problem(f"{path}.{name}", N_("list at least one"))
        for place, value in enumerate(values or []):
            if known is not None and value not in known:
                yield Problem(
                    f"{path}.{name}[{place}]",
                    N_("“{value}” can never be; possible are {known}"),
                    {"value": value, "known": ", ".join(known)},
                )
    for place, value in enumerate(condition.is_ or []):
        if question.kind == "country" and value not in COUNTRIES:
            yield Problem(f"{path}.is[{place}]", N_("“{value}” is not a country code such as “SE” or “KE”"), {"value": value})
    if condition.is_ is not None and kind_of(question).only_state:
        yield Problem(path, N_("a “{kind}” has no single answer to look at; use “state”"), {"kind": question.kind})
    if condition.at_most is None and condition.at_least is None:
        return
    worth = attainable(question)
    if worth is None and not kind_of(question).is_number:
        yield Problem(path, N_("“{id}” has no number to compare; use “is” or “state”"), {"id": question.id})
    if condition.at_most is not None and condition.at_least is not None and condition.at_most < condition.at_least:
        yield Problem(path, N_("“at_most” is below “at_least”, so this can never hold"))
    if worth is not None and not any(
        (condition.at_most is None or points <= condition.at_most) and (condition.at_least is None or points >= condition.at_least)
        for points in worth
    ):
        yield Problem(path, N_("no answer to “{id}” is worth that much, so this can never hold"), {"id": question.id})
