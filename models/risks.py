"""Risks that the answers point to, named among all instruments of an assessment. Pure."""

from __future__ import annotations

from forms.template import RiskProposal, Template
from models.cards import AssessmentFile


def risk_id(file: AssessmentFile, risk: str) -> str:
    """Name a proposed risk of the instrument in focus; one of an added instrument carries the instrument's id."""
    return risk if file.is_main else f"{file.template.id}/{risk}"


def proposals(file: AssessmentFile) -> dict[str, tuple[AssessmentFile, RiskProposal]]:
    """Give every risk that the instruments can propose, by its name, with the file seen as its instrument."""
    return {risk_id(seen, risk.id): (seen, risk) for seen in file.each() for risk in seen.template.risks}


def matrix_template(file: AssessmentFile) -> Template | None:
    """Give the template whose table rates the register's risks: the main one's, else the first that has one."""
    return next((seen.template for seen in file.each() if seen.template.risk_matrix is not None), None)
