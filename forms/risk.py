"""Risk: a register of entries and a table of cells; never a product of two numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from forms.errors import ScoringError
from forms.template import RISK, RiskMatrix
from forms.text import N_

RiskChoice = Literal["accepted", "changed", "rejected", "own"]


@dataclass(frozen=True)
class RiskEntry:
    """One risk as the caseworker has decided it. Likelihood and impact 1–5, before (inherent) and after mitigation (residual).

    ``proposal`` is the template's risk id, empty for the caseworker's own. A rejected or changed proposal needs a ``reason``.
    """

    id: str
    proposal: str
    choice: RiskChoice
    title: str
    subject: str
    likelihood: int
    impact: int
    on_people: bool
    mitigation: str
    residual_likelihood: int
    residual_impact: int
    reason: str = ""
    owner: str = ""


def rate(matrix: RiskMatrix, *, likelihood: int, impact: int, on_people: bool) -> str:
    """Read a cell: likelihood 1–5 upwards, impact 1–5 across; impact 5 on people is never below the matrix's floor."""
    if not (1 <= likelihood <= 5 and 1 <= impact <= 5):
        raise ScoringError(
            N_("Likelihood and impact are each from 1 to 5; this risk has {likelihood} and {impact}."), likelihood=likelihood, impact=impact
        )
    cell = matrix.rows[likelihood - 1][impact - 1]
    if on_people and impact == 5 and RISK.index(cell) < RISK.index(matrix.people_floor):
        return matrix.people_floor
    return cell


def check_entry(entry: RiskEntry) -> None:
    """Refuse an entry that says too little: no title, numbers outside 1–5, a changed or rejected proposal without a reason."""
    numbers = (entry.likelihood, entry.impact, entry.residual_likelihood, entry.residual_impact)
    if not all(1 <= number <= 5 for number in numbers):
        raise ScoringError(
            N_("Likelihood and impact are each from 1 to 5; this risk has {likelihood} and {impact}."),
            likelihood=entry.likelihood,
            impact=entry.impact,
        )
    if not entry.title.strip():
        raise ScoringError(N_("Say what could happen: a risk needs a sentence of its own."))
    if entry.choice in ("changed", "rejected") and not entry.reason.strip():
        raise ScoringError(N_("Say why the proposed risk “{title}” is changed or set aside."), title=entry.title)
    residual_is_higher = entry.residual_likelihood > entry.likelihood or entry.residual_impact > entry.impact
    if residual_is_higher:
        raise ScoringError(N_("After mitigation, likelihood and impact cannot be higher than before."))
    if (entry.residual_likelihood, entry.residual_impact) != (entry.likelihood, entry.impact) and not entry.mitigation.strip():
        raise ScoringError(
            N_("Say what is done about “{title}”: without a measure the risk after mitigation equals the risk before."), title=entry.title
        )
