"""A partner that was assessed four times, by two versions of the three-questions template, each sealed and reviewed."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from forms.answers import Answer, AnswerKey
from forms.decoding import decode
from forms.risk import RiskEntry
from forms.template import Template
from forms.values import Value
from models import answering, deciding, review, sealing
from models.cards import AgreementCondition, DecisionDraft, JudgedRating, RecommendationDraft, ReviewPoint
from models.database import utc_now
from tests.models.conftest import SmallCase

BOARD, SESSIONS, PLAN, STAFF, AUDIT = (
    "governance.board.meetings",
    "governance.board.sessions",
    "governance.plan",
    "governance.staff",
    "governance.audit",
)
DAYS = (date(2026, 3, 9), date(2027, 3, 9), date(2029, 3, 9), date(2030, 3, 9))
FIRST = {BOARD: 2, PLAN: "partly", STAFF: 7}
SECOND = {BOARD: 3, PLAN: "yes", STAFF: 7}
LATER = {SESSIONS: 3, PLAN: "yes", AUDIT: 1}
LAST = {SESSIONS: Answer("answered", 1, "verified", "Två har avgått, och mötena hålls sällan."), PLAN: "yes", AUDIT: 3}
RISK = RiskEntry("own-1", "", "own", "Pengar når inte fram", "organisation", 4, 4, False, "Två attesterar varje utbetalning", 2, 3)


def second_version(template: Template) -> Template:
    """Give the version that asks of the board in another question, no longer of the staff, and of an audit too."""
    tree: dict[str, Any] = msgspec.to_builtins(template)
    tree["version"] = "2"
    board, plan, _ = tree["sections"][0]["questions"]
    board.update(id=SESSIONS, replaces=[BOARD], text={"sv": "Möts styrelsen så ofta den ska?", "en": "Does the board meet as it should?"})
    audit = {
        **board,
        "id": AUDIT,
        "replaces": [],
        "key": False,
        "weight": 1,
        "text": {"sv": "Granskas räkenskaperna?", "en": "Are the accounts audited?"},
    }
    tree["sections"][0]["questions"] = [board, plan, audit]
    return decode(tree, file="three-questions")


def finish(case: SmallCase, given: Mapping[str, Value | Answer], *, risks: tuple[RiskEntry, ...] = (), outcome: str = "approve") -> None:
    """Answer, review and seal a case."""
    for question, one in given.items():
        answer = one if isinstance(one, Answer) else Answer("answered", one, "seen")
        answering.give(actor=case.asa, assessment=case.assessment, key=AnswerKey(case.template.id, question), answer=answer)
    review.declare_tie(actor=case.asa, assessment=case.assessment, has_tie=False, text="")
    for entry in risks:
        review.decide_risk(actor=case.asa, assessment=case.assessment, entry=entry)
    band = next(one.score.band for one in case.file().result.subjects)
    review.judge(actor=case.asa, assessment=case.assessment, rating=JudgedRating(case.template.id, "organisation", str(band)))
    conditions = (AgreementCondition("Styrelsen fattar beslut om en plan.", "payment"),) if outcome == "approve_with_conditions" else ()
    draft = RecommendationDraft(outcome, "En solid partner.", departure="Mallen har inga regler.", conditions=conditions)
    review.recommend(actor=case.asa, assessment=case.assessment, draft=draft)
    review.submit(actor=case.asa, assessment=case.assessment)
    review.declare_tie(actor=case.rut, assessment=case.assessment, has_tie=False, text="")
    points = tuple(ReviewPoint(line.question, agrees=True) for line in case.file().result.lines if line.key)
    review.agree(actor=case.rut, assessment=case.assessment, comment="", points=points)
    sealing.put(actor=case.asa, assessment=case.assessment, record=case.record())


def decide(case: SmallCase, outcome: str = "approve") -> None:
    """Record the board's decision."""
    conditions = case.file().recommendation.conditions if outcome == "approve_with_conditions" else ()  # type: ignore[union-attr]
    draft = DecisionDraft(outcome, "Styrelsen", "2026-11", "§ 4", utc_now().date(), conditions=conditions)
    deciding.put(actor=case.asa, assessment=case.assessment, draft=draft)


def four_years(case: SmallCase) -> tuple[SmallCase, ...]:
    """Seal the case, and three renewals of it; the third goes over to the second version of the template."""
    finish(case, FIRST, risks=(RISK,), outcome="approve_with_conditions")
    decide(case, "approve_with_conditions")
    second = case.renew(as_of=DAYS[1])
    finish(second, SECOND, risks=(dataclasses.replace(RISK, residual_likelihood=1),))
    decide(second)
    newer = dataclasses.replace(second, template=second_version(second.template))
    third = newer.renew(as_of=DAYS[2])
    finish(third, LATER)
    last = third.renew(as_of=DAYS[3])
    finish(last, LAST, outcome="postpone")
    return case, second, third, last


def ids(cases: tuple[SmallCase, ...]) -> tuple[UUID, ...]:
    """Give the assessments of cases."""
    return tuple(one.assessment for one in cases)
