"""Whether an assessment may be written in now, and by whom."""

from __future__ import annotations

from uuid import UUID

from forms.text import N_
from models.act import acts
from models.assessment import derive_state
from models.cards import AssessmentState
from models.errors import SealedAssessment
from models.seal import is_sealed

#: Who may answer and put evidence behind answers.
WRITERS = ("caseworker", "controller", "office")


def require_open(assessment: UUID) -> None:
    """Make sure that the assessment is open for answers. Raises ``SealedAssessment``."""
    state = _state(assessment)
    _refuse_closed(state)
    if state in ("in_review", "agreed"):
        raise SealedAssessment(N_("This assessment is with the reviewer. Take it back before changing it; the review then starts again."))


def require_not_closed(assessment: UUID) -> None:
    """Make sure that the assessment is neither sealed nor withdrawn. Raises ``SealedAssessment``."""
    _refuse_closed(_state(assessment))


def _refuse_closed(state: AssessmentState) -> None:
    if state in ("sealed", "withdrawn"):
        raise SealedAssessment(N_("This assessment is closed and cannot be changed. To correct it, start a new one that replaces it."))


def _state(assessment: UUID) -> AssessmentState:
    names = [act.name for act in acts(assessment)]
    return derive_state(acts=names, sealed=is_sealed(assessment), outcome=None, superseded=False)
