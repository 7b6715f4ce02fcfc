"""A case with two instruments: the three-questions template, and money routines with a question linked to it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from forms.answers import Answer, AnswerKey
from forms.decoding import decode
from forms.reading import read_template
from forms.template import Template
from models import answering, partner, review, starting
from models.actor import Actor
from models.cards import AddedInstrument, AssessmentDraft, JudgedRating, PartnerDraft
from tests.models.conftest import SmallCase

FORMS = Path(__file__).parents[1] / "forms"


def money(change: Callable[[dict[str, Any]], object] | None = None) -> Template:
    """Give the template of money routines, changed as asked."""
    template = read_template(FORMS / "money-routines.yaml")
    if change is None:
        return template
    tree = msgspec.to_builtins(template)
    change(tree)
    return decode(tree, file="money-routines")


@dataclasses.dataclass(frozen=True)
class TwoCase(SmallCase):
    """The small case with money routines beside."""

    beside: Template

    def give_beside(self, question: str, value: int, *, why: str = "") -> None:
        key = AnswerKey(self.beside.id, question)
        answering.give(actor=self.asa, assessment=self.assessment, key=key, answer=Answer("answered", value, "seen"), why=why)

    def clear_beside(self, question: str) -> None:
        answering.give(actor=self.asa, assessment=self.assessment, key=AnswerKey(self.beside.id, question), answer=None)

    def answer_all(self, board: int = 3) -> None:
        super().answer_all(board)
        for question, value in (("money.account", 1), ("money.monthly", 0), ("money.training", 1)):
            self.give_beside(question, value)

    def judge_beside(self, **ratings: str) -> None:
        for area, rating in {"money.control": "low", "money.reports": "low", "overall": "low", **ratings}.items():
            judged = JudgedRating(self.beside.id, area, rating, "Sett på plats.")
            review.judge(actor=self.asa, assessment=self.assessment, rating=judged)

    def make_ready(self) -> None:
        super().make_ready()
        self.judge_beside()


def two_case(asa: Actor, rut: Actor, template: Template, beside: Template | None = None) -> TwoCase:
    """Start a case by two instruments at once."""
    beside = beside or money()
    made = partner.register(actor=asa, draft=PartnerDraft(name="Brunnslaget (påhittat)", country="KE"))
    draft = AssessmentDraft(
        partner=made,
        project=None,
        kind="new",
        collaboration="partner",
        template_id=template.id,
        scope="light",
        scope_reason="Litet belopp",
        as_of=date(2026, 3, 9),
        added=(AddedInstrument(beside.id, "light"),),
    )
    started = starting.start(actor=asa, draft=draft, template=template, added=[beside])
    return TwoCase(asa, rut, made, started, template, beside)
