"""Linked answers: a question that asks the same as one of another instrument is answered once, where it was answered first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from forms.answers import Answer, AnswerKey, AnswerSet, check_answer
from forms.errors import ScoringError
from forms.question import Question
from forms.template import Template

#: What is open stays open, and why something is not applicable is said for each instrument.
_CARRIED = ("answered", "not_established")


@dataclass(frozen=True)
class Link:
    """A question (``key``) that may be answered by the answer to another instrument's question (``source``).

    ``answers`` maps the source's answers to ours; empty: they are the same.
    """

    key: AnswerKey
    source: AnswerKey
    answers: Mapping[str, str]


def links(templates: Sequence[Template]) -> tuple[Link, ...]:
    """Give the links between the templates, in their order and that of their questions."""
    home = {question.id: template.id for template in templates for _, question in template.questions()}
    return tuple(
        Link(AnswerKey(template.id, question.id), AnswerKey(home[same.question], same.question), same.answers)
        for template in templates
        for _, question in template.questions()
        for same in question.same_as
        if home.get(same.question, template.id) != template.id
    )


def origins(answers: AnswerSet, templates: Sequence[Template]) -> Mapping[AnswerKey, AnswerKey]:
    """Give every question that a link answers, with the question whose own answer it takes: the first link that fits.

    An own answer always wins, and nothing is taken from an answer that is itself taken.
    """
    return {key: source for key, (source, _) in _derived(answers, templates).items()}


def linked(answers: AnswerSet, templates: Sequence[Template]) -> AnswerSet:
    """Give the answers with those that links bring; state, way of knowing, comment and reason come along."""
    return AnswerSet({**answers.answers, **{key: answer for key, (_, answer) in _derived(answers, templates).items()}})


def _derived(answers: AnswerSet, templates: Sequence[Template]) -> dict[AnswerKey, tuple[AnswerKey, Answer]]:
    asked = {question.id: question for template in templates for _, question in template.questions()}
    found: dict[AnswerKey, tuple[AnswerKey, Answer]] = {}
    for link in links(templates):
        given = answers.get(link.source)
        if given is None or given.state not in _CARRIED or link.key in answers or link.key in found:
            continue
        carried = _carried(asked[link.key.question], given, link.answers)
        if carried is not None:
            found[link.key] = (link.source, carried)
    return found


def _carried(question: Question, given: Answer, answers: Mapping[str, str]) -> Answer | None:
    """Give another question's answer as an answer to this one, or ``None`` when it is none."""
    if given.state == "answered" and answers:
        if str(given.value) not in answers:
            return None
        mapped = answers[str(given.value)]
        given = replace(given, value=int(mapped) if question.kind == "level" else mapped)
    try:
        check_answer(question, given)
    except ScoringError:
        return None
    return given
