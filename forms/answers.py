"""Answers: what is known about each question, and how it is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from forms.errors import ScoringError
from forms.kinds import kind_of
from forms.template import Question
from forms.text import N_
from forms.values import Value

#: *answered*; *not applicable because …*; *don't know yet* (open); *could not be established* (final, counts as the lowest level).
State = Literal["answered", "not_applicable", "dont_know", "not_established"]
#: said by the partner · document seen · verified by us.
Known = Literal["said", "seen", "verified"]
STATES: tuple[State, ...] = ("answered", "not_applicable", "dont_know", "not_established")
KNOWN: tuple[Known, ...] = ("said", "seen", "verified")


@dataclass(frozen=True, order=True)
class AnswerKey:
    """Which answer: of which instrument, to which question, by which respondent, for which unit."""

    instrument: str
    question: str
    respondent: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Answer:
    """One answer.

    ``value`` is a level number, an option id, a whole number, ``"<minor units> <currency>"``, an ISO date, a text, a country code or
    ``"<list code> <organisation number>"``; a tuple of option ids (choices), of title, date and expiry or ``""`` (document), or of
    rows of cells (table).
    """

    state: State
    value: Value | None = None
    known: Known | None = None
    comment: str = ""
    reason: str = ""


@dataclass(frozen=True)
class AnswerSet(Mapping[AnswerKey, Answer]):
    """All current answers of an assessment; the order in which they were given has no meaning."""

    answers: Mapping[AnswerKey, Answer] = field(default_factory=dict)

    def __getitem__(self, key: AnswerKey) -> Answer:
        return self.answers[key]

    def __iter__(self) -> Iterator[AnswerKey]:
        return iter(sorted(self.answers))

    def __len__(self) -> int:
        return len(self.answers)

    def of(self, instrument: str, question: str) -> Answer | None:
        """Give the answer of the default respondent and unit, or ``None`` while there is none."""
        return self.answers.get(AnswerKey(instrument, question))

    def with_answer(self, key: AnswerKey, answer: Answer | None) -> AnswerSet:
        """Give a copy with one answer set, or taken away when ``answer`` is ``None``."""
        changed = dict(self.answers)
        if answer is None:
            changed.pop(key, None)
        else:
            changed[key] = answer
        return AnswerSet(changed)


def check_answer(question: Question, answer: Answer) -> None:
    """Refuse an answer that the question does not allow.

    Raises ``ScoringError``: a value outside the question's kind, *not applicable* without a reason or on a key question that
    does not allow it, *could not be established* without a reason, a value beside a state that has none, an unknown state.
    """
    if answer.state not in STATES or answer.known not in (None, *KNOWN):
        raise ScoringError(
            N_("{question} cannot stand as “{state}”, known as “{known}”. The answer was not changed."),
            question=question.id,
            state=answer.state,
            known=answer.known,
        )
    if answer.state == "answered":
        kind_of(question).check(question, answer.value)
        return
    if answer.value is not None:
        raise ScoringError(
            N_("{question} cannot be both answered and “{state}”. The answer was not changed."), question=question.id, state=answer.state
        )
    if answer.state == "not_applicable" and not question.may_be_not_applicable:
        raise ScoringError(N_("{question} is a key question and cannot be set aside as not applicable."), question=question.id)
    if answer.state in ("not_applicable", "not_established") and not answer.reason.strip():
        raise ScoringError(
            N_("Say why {question} is not applicable or could not be established; without a reason it stays open."), question=question.id
        )
