"""Going over from one version of a template to a newer one: what stays, what goes over, what is new, what cannot be kept."""

from __future__ import annotations

from dataclasses import dataclass

from forms.answers import Answer, AnswerSet, check_answer
from forms.errors import ScoringError
from forms.kinds import same_scale
from forms.question import Question
from forms.template import Template


@dataclass(frozen=True)
class Upgrade:
    """What going over does. ``kept``, ``new`` and ``dropped`` are question ids, ``replaced`` pairs of the old id and the new.

    ``kept`` and ``replaced`` name questions that have an answer which goes along; ``dropped`` those whose answer cannot: the question is
    gone, or is no longer answered on the same scale. ``new`` are questions of the newer version that were not asked before.
    """

    kept: tuple[str, ...]
    replaced: tuple[tuple[str, str], ...]
    new: tuple[str, ...]
    dropped: tuple[str, ...]


def upgrade(before: Template, after: Template, answers: AnswerSet) -> Upgrade:
    """Say what going over does to the answers of an instrument; ``answers`` are its own."""
    old = {question.id: question for _, question in before.questions()}
    given = {id_: answer for id_ in old if (answer := answers.of(before.id, id_)) is not None}
    kept: list[str] = []
    replaced: list[tuple[str, str]] = []
    new: list[str] = []
    for _, question in after.questions():
        source = next((id_ for id_ in [question.id, *question.replaces] if id_ in old), None)
        if source is None:
            new.append(question.id)
        elif source not in given:
            continue
        elif same_scale(old[source], question) and _allows(question, given[source]):
            if source == question.id:
                kept.append(source)
            else:
                replaced.append((source, question.id))
    taken = {*kept, *(source for source, _ in replaced)}
    return Upgrade(tuple(kept), tuple(replaced), tuple(new), tuple(id_ for id_ in given if id_ not in taken))


def _allows(question: Question, answer: Answer) -> bool:
    """Say whether an answer is also one to the newer question, which may allow less."""
    try:
        check_answer(question, answer)
    except ScoringError:
        return False
    return True
