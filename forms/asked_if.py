"""When a question is asked, and whether a condition over answers and facts holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from forms.answers import Answer
from forms.kinds import kind_of, points_of
from forms.result import Case
from forms.template import Condition, Question

#: Gives a question with its answer (``None`` while there is none); ``KeyError`` for a question that the template does not have.
Lookup = Callable[[str], tuple[Question, Answer | None]]


def questions_named(condition: Condition) -> Iterator[str]:
    """Go through the ids of all questions that a condition looks at."""
    if condition.question is not None:
        yield condition.question
    for part in [*(condition.all_ or []), *(condition.any_ or []), *([condition.not_] if condition.not_ else [])]:
        yield from questions_named(part)


def number_of(question: Question, answer: Answer) -> int | None:
    """Give the number that ``at_most`` and ``at_least`` compare: points where an answer has them, else the number itself."""
    points = points_of(question)
    if points is not None:
        if answer.state == "not_established":
            return min(points.values())
        return points.get(str(answer.value)) if answer.state == "answered" else None
    if answer.state != "answered" or not kind_of(question).is_number:
        return None
    return int(str(answer.value).split(" ")[0])


def holds(condition: Condition, lookup: Lookup, case: Case) -> bool:
    """Say whether a condition holds now; what is not answered makes no comparison true."""
    if condition.all_ is not None:
        return all(holds(part, lookup, case) for part in condition.all_)
    if condition.any_ is not None:
        return any(holds(part, lookup, case) for part in condition.any_)
    if condition.not_ is not None:
        return not holds(condition.not_, lookup, case)
    if condition.fact is not None:
        return str(case.facts.get(condition.fact, "")) in (condition.is_ or [])
    question, answer = lookup(condition.question or "")
    return _answer_matches(condition, question, answer)


def _answer_matches(condition: Condition, question: Question, answer: Answer | None) -> bool:
    if condition.state is not None:
        return (answer.state if answer else "open") in condition.state
    if answer is None:
        return False
    if condition.is_ is not None:
        return answer.state == "answered" and str(answer.value) in condition.is_
    number = number_of(question, answer)
    if number is None:
        return False
    return (condition.at_most is None or number <= condition.at_most) and (condition.at_least is None or number >= condition.at_least)
