"""When a question is asked, and whether a condition over answers and facts holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from forms.answers import Answer
from forms.kinds import kind_of, worth_of
from forms.result import Case
from forms.template import Condition, Question
from forms.values import Value


@dataclass(frozen=True)
class Standing:
    """A question that is asked, with its answer (``None`` while there is none); ``worst`` is the ordinary points of its worst answer."""

    question: Question
    answer: Answer | None
    worst: int | None


#: Gives how a question stands, or ``None`` while it is not asked; ``KeyError`` for a question that the template does not have.
Lookup = Callable[[str], Standing | None]


def questions_named(condition: Condition) -> Iterator[str]:
    """Go through the ids of all questions that a condition looks at."""
    if condition.question is not None:
        yield condition.question
    for part in [*(condition.all_ or []), *(condition.any_ or []), *([condition.not_] if condition.not_ else [])]:
        yield from questions_named(part)


def number_of(standing: Standing) -> int | None:
    """Give the number that ``at_most`` and ``at_least`` compare: points where an answer has them, else the number itself."""
    question, answer = standing.question, standing.answer
    if answer is None:
        return None
    if answer.state == "not_established":
        return standing.worst
    if answer.state != "answered":
        return None
    points = worth_of(question, answer.value)
    if points is not None:
        return points
    return int(str(answer.value).split(" ")[0]) if kind_of(question).is_number else None


def holds(condition: Condition, lookup: Lookup, case: Case) -> bool:
    """Say whether a condition holds now; what is not answered, or not asked, makes no comparison true."""
    if condition.all_ is not None:
        return all(holds(part, lookup, case) for part in condition.all_)
    if condition.any_ is not None:
        return any(holds(part, lookup, case) for part in condition.any_)
    if condition.not_ is not None:
        return not holds(condition.not_, lookup, case)
    if condition.fact is not None:
        return str(case.facts.get(condition.fact, "")) in (condition.is_ or [])
    standing = lookup(condition.question or "")
    return standing is not None and _matches(condition, standing)


def _matches(condition: Condition, standing: Standing) -> bool:
    answer = standing.answer
    if condition.state is not None:
        return (answer.state if answer else "open") in condition.state
    if condition.is_ is not None:
        return answer is not None and answer.state == "answered" and any(one in condition.is_ for one in _named(answer.value))
    number = number_of(standing)
    if number is None:
        return False
    return (condition.at_most is None or number <= condition.at_most) and (condition.at_least is None or number >= condition.at_least)


def _named(value: Value | None) -> tuple[str, ...]:
    """Give what an answer names: each of several choices, else the answer itself."""
    return tuple(str(one) for one in value) if isinstance(value, tuple) else (str(value),)
