"""Kinds of question: how an answer of each kind is checked and what it is worth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from forms.country import COUNTRIES
from forms.errors import GedigenError, ScoringError
from forms.question import Question
from forms.registration import normal
from forms.tables import check_table
from forms.text import N_
from forms.values import LONGEST_LINE, LONGEST_TEXT, Value, is_day, is_money, is_text, is_whole

YES_PARTLY_NO = ("yes", "partly", "no")


@dataclass(frozen=True)
class Kind:
    """What one kind of question accepts.

    ``check`` raises ``ScoringError`` for a value that is not one of its answers; ``points`` maps each answer that is worth
    something to its points (``None``: this kind is recorded, not scored). Conditions compare the number itself of an ``is_number``,
    and look into a value only where it is not ``only_state``.
    """

    name: str
    check: Callable[[Question, object], Value]
    points: Callable[[Question], dict[str, int] | None]
    is_number: bool = False
    only_state: bool = False


def _refuse(question: Question, value: object) -> ScoringError:
    return ScoringError(N_("“{value}” is not an answer to {question}. The answer was not changed."), value=value, question=question.id)


def _number(question: Question, value: object) -> Value:
    if isinstance(value, int) and is_whole(value, low=question.minimum, high=question.maximum):
        return value
    raise _refuse(question, value)


def _percent(question: Question, value: object) -> Value:
    low, high = question.minimum, question.maximum
    if isinstance(value, int) and is_whole(value, low=0 if low is None else low, high=100 if high is None else high):
        return value
    raise _refuse(question, value)


def _level(question: Question, value: object) -> Value:
    if isinstance(value, int) and not isinstance(value, bool) and any(level.key == value for level in question.levels):
        return value
    raise _refuse(question, value)


def _text_that(fits: Callable[[Question, object], bool]) -> Callable[[Question, object], Value]:
    def check(question: Question, value: object) -> Value:
        if isinstance(value, str) and fits(question, value):
            return value
        raise _refuse(question, value)

    return check


def _choices(question: Question, value: object) -> Value:
    """Take the ids of one or more options, in the order of the template, none twice."""
    if isinstance(value, tuple) and value and value == tuple(option.id for option in question.options if option.id in value):
        return value
    raise _refuse(question, value)


def _organisation_number(question: Question, value: object) -> Value:
    """Take a list code and a number in its usual form, ``"SE-ON 556091-2148"``."""
    scheme, _, number = value.partition(" ") if isinstance(value, str) else ("", "", "")
    if not isinstance(value, str) or not scheme or not number:
        raise _refuse(question, value)
    try:
        usual = normal(scheme=scheme, number=number)
    except GedigenError as error:
        raise ScoringError(error.message, **error.params) from None
    if usual != number:
        raise _refuse(question, value)
    return value


def _document(question: Question, value: object) -> Value:
    """Take a title, the day it is dated, and the day it expires (``""``: it does not)."""
    if (
        isinstance(value, tuple)
        and len(value) == 3
        and is_text(value[0], longest=LONGEST_LINE)
        and is_day(value[1])
        and (value[2] == "" or (is_day(value[2]) and value[2] >= value[1]))
    ):
        return value
    raise _refuse(question, value)


def _no_points(question: Question) -> dict[str, int] | None:  # noqa: ARG001
    return None


def _level_points(question: Question) -> dict[str, int] | None:
    return {str(level.key): level.worth for level in question.levels}


def _option_points(question: Question) -> dict[str, int] | None:
    points = {option.id: option.points for option in question.options if option.points is not None}
    return points or None


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("level", _level, _level_points),
        Kind("yes_partly_no", _text_that(lambda _, value: value in YES_PARTLY_NO), lambda question: dict(question.points) or None),
        Kind("choice", _text_that(lambda question, value: any(option.id == value for option in question.options)), _option_points),
        Kind("choices", _choices, _option_points),
        Kind("integer", _number, _no_points, is_number=True),
        Kind("percent", _percent, _no_points, is_number=True),
        Kind("money", _text_that(lambda _, value: is_money(value)), _no_points, is_number=True),
        Kind("date", _text_that(lambda _, value: is_day(value)), _no_points),
        Kind("short_text", _text_that(lambda _, value: is_text(value, longest=LONGEST_LINE)), _no_points),
        Kind("long_text", _text_that(lambda _, value: is_text(value, longest=LONGEST_TEXT, lines=True)), _no_points),
        Kind("country", _text_that(lambda _, value: value in COUNTRIES), _no_points),
        Kind("organisation_number", _organisation_number, _no_points),
        Kind("document", _document, _no_points, only_state=True),
        Kind("table", check_table, _no_points, only_state=True),
    )
}


def kind_of(question: Question) -> Kind:
    """Give the kind of a question; a template with an unknown kind is refused at load."""
    return KINDS[question.kind]


def answers_of(question: Question) -> list[str] | None:
    """List every answer that a question can have, or ``None`` where they cannot be listed (numbers, dates, texts, several choices)."""
    return None if question.kind == "choices" else named_in(question)


def named_in(question: Question) -> list[str] | None:
    """List what a condition can name of a question's answers: those that can be listed, and each of several choices."""
    if question.kind == "level":
        return [str(level.key) for level in question.levels]
    if question.kind == "yes_partly_no":
        return list(YES_PARTLY_NO)
    return [option.id for option in question.options] or None


def points_of(question: Question) -> dict[str, int] | None:
    """Give what each answer is worth (each option, where several may be chosen), or ``None`` when it is recorded and not scored."""
    return kind_of(question).points(question) if question.scored else None


def worth_of(question: Question, value: Value | None) -> int | None:
    """Give what an answer is worth, or ``None`` when the question is recorded and not scored.

    Several choices add up, to ``maximum`` at most where the question has one.
    """
    points = points_of(question)
    if points is None:
        return None
    if not isinstance(value, tuple):
        return points[str(value)]
    total = sum(points[str(one)] for one in value)
    return total if question.maximum is None else min(total, question.maximum)


def attainable(question: Question) -> tuple[int, ...] | None:
    """List, rising and each once, everything that an answer can be worth; ``None`` when the question is recorded and not scored."""
    points = points_of(question)
    if points is None:
        return None
    if question.kind != "choices":
        return tuple(sorted(set(points.values())))
    totals: set[int] = set()
    for one in points.values():
        totals |= {one, *(total + one for total in totals)}
    return tuple(sorted(totals if question.maximum is None else {min(total, question.maximum) for total in totals}))


def same_scale(then: Question, now: Question) -> bool:
    """Say whether two questions are answered on the same scale, so that an answer to one is an answer to the other."""
    return _scale(then) == _scale(now)


def _scale(question: Question) -> tuple[object, ...]:
    columns = [(column.id, column.kind, [option.id for option in column.options]) for column in question.columns]
    options = [option.id for option in question.options]
    return question.kind, [level.key for level in question.levels], options, columns, [row.id for row in question.rows]
