"""Checks of what answers a question from elsewhere: the same question of another template, a result of another body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from forms.checks.problem import Problem
from forms.kinds import answers_of, same_scale
from forms.outside import RATINGS
from forms.template import Question, SameAs, Template
from forms.text import N_


def check_links(question: Question, path: str) -> Iterator[Problem]:
    """Check the links of a question as far as its own template tells."""
    seen: set[str] = set()
    for place, link in enumerate(question.same_as):
        here = f"{path}.same_as[{place}]"
        if link.question == question.id or link.question in seen:
            yield Problem(f"{here}.question", N_("name another question, each once"))
        seen.add(link.question)
        yield from _ours(question, link.answers.values(), f"{here}.answers")
    kinds: set[str] = set()
    for place, source in enumerate(question.relies_on):
        here = f"{path}.relies_on[{place}]"
        ratings = RATINGS.get(source.result)
        if ratings is None or source.result in kinds:
            yield Problem(
                f"{here}.result",
                N_("“{value}” is not a kind of result, or stands twice; known are {known}"),
                {"value": source.result, "known": ", ".join(RATINGS)},
            )
            continue
        kinds.add(source.result)
        if not source.answers:
            yield Problem(f"{here}.answers", N_("say what at least one rating answers"))
        for rating in source.answers:
            if rating not in ratings:
                yield Problem(
                    f"{here}.answers.{rating}",
                    N_("“{value}” can never be; possible are {known}"),
                    {"value": rating, "known": ", ".join(ratings)},
                )
        yield from _ours(question, source.answers.values(), f"{here}.answers")


def _ours(question: Question, answers: Iterable[str], path: str) -> Iterator[Problem]:
    """Check that what is mapped to are answers of this question; only those that can be listed can be mapped to."""
    known = answers_of(question)
    for answer in answers:
        if known is None:
            yield Problem(path, N_("the answers of this kind of question cannot be listed, so none can be mapped to"))
            return
        if answer not in known:
            yield Problem(path, N_("“{value}” can never be; possible are {known}"), {"value": answer, "known": ", ".join(known)})


def check_between(templates: Iterable[Template]) -> Iterator[Problem]:
    """Check the links between templates: what each names is there, and its answers can become ours.

    Paths begin with the template’s id. A template by itself may name a question of one that is not there.
    """
    every = {question.id: (template, question) for template in templates for _, question in template.questions()}
    for template, question in every.values():
        for place, link in enumerate(question.same_as):
            here = f"{template.id}: {question.id}.same_as[{place}]"
            if link.question not in every:
                yield Problem(f"{here}.question", N_("there is no question “{id}”"), {"id": link.question})
                continue
            other, theirs = every[link.question]
            if other.id == template.id:
                yield Problem(f"{here}.question", N_("“{id}” is a question of this template itself"), {"id": link.question})
            yield from _theirs(question, theirs, link, here)


def _theirs(question: Question, theirs: Question, link: SameAs, path: str) -> Iterator[Problem]:
    known = answers_of(theirs)
    for answer in link.answers:
        if known is None or answer not in known:
            yield Problem(
                f"{path}.answers", N_("“{value}” can never be; possible are {known}"), {"value": answer, "known": ", ".join(known or [])}
            )
    if not link.answers and not same_scale(theirs, question):
        yield Problem(path, N_("“{id}” is not answered on the same scale; say with “answers” what its answers are here"), {"id": theirs.id})
