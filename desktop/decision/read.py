"""What both rooms of a decision are shown from, read at one go."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from desktop.operations.assessments import assessment_file
from desktop.operations.deciding import decisions
from desktop.operations.timestamp_authority import timestamps
from models.cards import AssessmentFile
from models.decided import Decided


@dataclass(frozen=True)
class DecisionRead:
    """An assessment, the decisions about it, and by their newest revision the documents of this vault that await a timestamp."""

    file: AssessmentFile
    decisions: tuple[Decided, ...]
    awaiting: frozenset[UUID]


def decision_read(assessment: UUID) -> DecisionRead:
    """Read it, in the database's thread."""
    waiting = frozenset(one.document for one in timestamps().awaiting)
    return DecisionRead(assessment_file(assessment_id=assessment), decisions(assessment_id=assessment), waiting)
