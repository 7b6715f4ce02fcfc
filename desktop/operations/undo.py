"""Undo and redo of answers: forward operations, per assessment, until it is sealed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from desktop.operations.answering import give_answer
from desktop.operations.change import Change
from desktop.operations.outside import RELIED, rely_on_result
from forms.answers import Answer
from models.actor import Actor


@dataclass(frozen=True)
class Step:
    """One step back or forth that can be taken: give ``question`` this ``answer`` again."""

    question: str
    answer: Answer | None
    source: Literal["undo", "redo"]


@dataclass
class UndoHistory:
    """The answers given in one assessment in this window, and how far they have been taken back.

    ``instrument`` is the main one: changes that name none are of it.
    """

    assessment: UUID
    instrument: str
    done: list[Change] = field(default_factory=list)
    undone: list[Change] = field(default_factory=list)

    def push(self, change: Change) -> None:
        """Remember a change by the user; what was taken back before can no longer be brought forward."""
        if change.before != change.after:
            self.done.append(change)
            self.undone.clear()

    @property
    def can_undo(self) -> bool:
        """Something can be taken back."""
        return bool(self.done)

    @property
    def can_redo(self) -> bool:
        """Something taken back can be brought forward again."""
        return bool(self.undone)

    def undo(self, *, actor: Actor, why: str = "") -> Change:
        """Take the latest change back by giving the answer before it again."""
        change = self._give(self.done[-1], lambda latest: Step(latest.question, latest.before, "undo"), actor, why)
        self.undone.append(self.done.pop())
        return change

    def redo(self, *, actor: Actor, why: str = "") -> Change:
        """Bring the latest change that was taken back forward again; what relied on another body's result relies on it anew."""
        latest = self.undone[-1]
        if latest.what == RELIED:
            change = rely_on_result(
                actor=actor,
                assessment_id=self.assessment,
                instrument=latest.instrument or self.instrument,
                question=latest.question,
                why=why,
            )
        else:
            change = self._give(latest, lambda one: Step(one.question, one.after, "redo"), actor, why)
        self.done.append(self.undone.pop())
        return change

    def _give(self, latest: Change, step_of: Callable[[Change], Step], actor: Actor, why: str) -> Change:
        step, instrument = step_of(latest), latest.instrument or self.instrument
        return give_answer(
            actor=actor,
            assessment_id=self.assessment,
            instrument=instrument,
            question=step.question,
            answer=step.answer,
            why=why,
            source=step.source,
        )
