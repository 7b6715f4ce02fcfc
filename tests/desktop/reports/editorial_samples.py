"""Files of an invented partner for the ruler: nothing said, an ordinary amount, and far too much, in any scope of any template."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

from forms.answers import AnswerSet
from forms.scoring import score
from forms.template import Template
from models.cards import AgreementCondition, AnswerCard, AssessmentFile, RecommendationDraft
from tests.desktop.reports.sample_answers import all_answers, case_on
from tests.desktop.reports.sample_file import STARTED, sample_file, with_seal

Amount = Literal["empty", "ordinary", "long"]

SENTENCE = (
    "Vi läste protokollen från fyra möten, följde besluten till nästa möte och jämförde dem med det som ledamöterna själva berättade. "
)


def _comment(text: str, amount: Amount) -> str:
    if amount == "empty":
        return ""
    return text if amount == "ordinary" else f"{text} {SENTENCE * (3 + len(text) % 5)}".strip()


def file_with(form: Template, scope: str, amount: Amount, *, renewal: bool = False) -> AssessmentFile:
    """Give a sealed file in a scope with so much said in it."""
    file = sample_file(form, renewal=renewal, sealed=False)
    card = replace(file.card, draft=replace(file.card.draft, scope=scope))
    case = case_on(date(2026, 3, 20), scope=scope)
    answers = all_answers(form, lift=0, case=case, overrides={})
    said = AnswerSet({key: replace(answer, comment=_comment(answer.comment, amount)) for key, answer in answers.items()})
    cards = tuple(AnswerCard(key.question, answer, "typed", "Maja Ekwall", STARTED) for key, answer in said.items())
    file = replace(file, card=card, answers=said, answer_cards=cards, result=score(form, said, case))
    if amount == "empty":
        file = replace(
            file, risks=(), judged=(), evidence=(), ties=(), recommendation=RecommendationDraft(decision="approve", summary="Ja.")
        )
    if amount == "long":
        file = _long(file)
    return with_seal(file)


def _long(file: AssessmentFile) -> AssessmentFile:
    name = "Lumora Vattenkooperativ och de sju byarnas gemensamma förening för brunnar, sanitet och utbildning i norra Kisumu"
    assert file.recommendation is not None
    conditions = tuple(
        AgreementCondition(f"{number}. {SENTENCE.strip()} Detta visas för oss innan nästa steg.", "date", date(2026, 1 + number % 12, 28))
        for number in range(1, 15)
    )
    return replace(
        file,
        partner=replace(file.partner, draft=replace(file.partner.draft, name=name)),
        card=replace(file.card, partner_name=name),
        risks=tuple(replace(one, title=f"{one.title}, {SENTENCE[:-2].lower()}", mitigation=SENTENCE * 4) for one in file.risks),
        judged=tuple(replace(one, reason=SENTENCE * 5) for one in file.judged),
        recommendation=replace(
            file.recommendation,
            summary=SENTENCE * 9,
            departure=SENTENCE * 5,
            conditions=conditions,
            capacity_plan=SENTENCE * 8,
            visit=SENTENCE * 4,
            limits=SENTENCE * 6,
            partner_reply=SENTENCE * 12,
        ),
    )
