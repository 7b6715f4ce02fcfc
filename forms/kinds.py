"""Kinds of question: how an answer of each kind is checked and what it is worth."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from forms.errors import ScoringError
from forms.template import Question
from forms.text import N_

Value = int | str
YES_PARTLY_NO = ("yes", "partly", "no")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Kind:
    """What one kind of question accepts.

    ``check`` raises ``ScoringError`` for a value that is not one of its answers; ``points`` maps each answer that is worth
    something to its points (``None``: this kind is recorded, not scored).
    """

    name: str
    check: Callable[[Question, object], Value]
    points: Callable[[Question], dict[str, int] | None]
    is_number: bool = False


def _refuse(question: Question, value: object) -> ScoringError:
    return ScoringError(N_("“{value}” is not an answer to {question}. The answer was not changed."), value=value, question=question.id)


def _level(question: Question, value: object) -> Value:
    if isinstance(value, int) and not isinstance(value, bool) and any(level.key == value for level in question.levels):
        return value
    raise _refuse(question, value)


def _one_of(ids: Callable[[Question], list[str]]) -> Callable[[Question, object], Value]:
    def check(question: Question, value: object) -> Value:
        if isinstance(value, str) and value in ids(question):
            return value
        raise _refuse(question, value)

    return check


def _whole_number(lowest: int | None, highest: int | None) -> Callable[[Question, object], Value]:
    def check(question: Question, value: object) -> Value:
        if not isinstance(value, int) or isinstance(value, bool):
            raise _refuse(question, value)
        low = question.minimum if question.minimum is not None else lowest
        high = question.maximum if question.maximum is not None else highest
        if (low is not None and value < low) or (high is not None and value > high):
            raise _refuse(question, value)
        return value

    return check


def _day(question: Question, value: object) -> Value:
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            date.fromisoformat(value)
        except ValueError:
            raise _refuse(question, value) from None
        return value
    raise _refuse(question, value)


_MONEY = re.compile(r"-?[0-9]{1,15} [A-Z]{3}")


def _money(question: Question, value: object) -> Value:
    """Money is written as minor units and currency, ``"125000 SEK"`` being 1 250,00 SEK."""
    if isinstance(value, str) and _MONEY.fullmatch(value):
        return value
    raise _refuse(question, value)


def _text(longest: int, lines: bool) -> Callable[[Question, object], Value]:
    def check(question: Question, value: object) -> Value:
        if isinstance(value, str) and value.strip() and len(value) <= longest and (lines or len(value.splitlines()) == 1):
            return value
        raise _refuse(question, value)

    return check


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
        Kind("yes_partly_no", _one_of(lambda question: list(YES_PARTLY_NO)), lambda question: dict(question.points) or None),  # noqa: ARG005
        Kind("choice", _one_of(lambda question: [option.id for option in question.options]), _option_points),
        Kind("integer", _whole_number(None, None), _no_points, is_number=True),
        Kind("percent", _whole_number(0, 100), _no_points, is_number=True),
        Kind("money", _money, _no_points, is_number=True),
        Kind("date", _day, _no_points),
        Kind("short_text", _text(300, lines=False), _no_points),
        Kind("long_text", _text(20_000, lines=True), _no_points),
    )
}


def kind_of(question: Question) -> Kind:
    """Give the kind of a question; a template with an unknown kind is refused at load."""
    return KINDS[question.kind]


def answers_of(question: Question) -> list[str] | None:
    """List every answer that a question can have, or ``None`` where they cannot be listed (numbers, dates, texts)."""
    if question.kind == "level":
        return [str(level.key) for level in question.levels]
    if question.kind == "yes_partly_no":
        return list(YES_PARTLY_NO)
    return [option.id for option in question.options] or None


def points_of(question: Question) -> dict[str, int] | None:
    """Give what each answer is worth, or ``None`` when the question is recorded and not scored."""
    return kind_of(question).points(question) if question.scored else None
