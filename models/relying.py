"""Relying on another body's result: one confirmation answers a question, and the result stands behind the answer."""

from __future__ import annotations

from uuid import UUID

from forms.answers import Answer, AnswerKey
from forms.outside import Proposal, proposals
from forms.template import Template
from forms.text import N_
from models import answering, casefile, evidence, outside_result
from models.actor import Actor
from models.cards import AssessmentFile, OutsideCard
from models.database import write_tx
from models.errors import RecordRefused


def offers(file: AssessmentFile) -> dict[str, Proposal[UUID]]:
    """Give what the partner's registered results could answer in the instrument in focus, by question; see ``forms.outside``."""
    return offers_of(file.template, file)


def offers_of(template: Template, file: AssessmentFile) -> dict[str, Proposal[UUID]]:
    """Give what registered results could answer in one template of the case."""
    return proposals(template, outside_result.registered(file.outside), as_of=file.card.draft.as_of)


def rely(*, actor: Actor, assessment: UUID, key: AnswerKey, why: str = "") -> tuple[Answer | None, Answer]:
    """Confirm that a registered result answers a question; returns the answer before and the one that stands now.

    Raises ``RecordRefused`` when no result can be relied on there: none is registered, or it has expired, was withdrawn or may not be
    used. ``ReasonNeeded`` as for any change after the result has been seen.
    """
    with write_tx():
        file = casefile.read(assessment).seen_as(key.instrument)
        offer = offers(file).get(key.question)
        if offer is None or offer.standing != "usable":
            raise RecordRefused(N_("No result of another body can be relied on for this question now. Nothing was changed."))
        card = next(one for one in file.outside if one.id == offer.key)
        given = file.own_answers.of(key.instrument, key.question)
        answer = answer_by(offer, card, comment=given.comment if given else "")
        before = answering.rely(actor=actor, assessment=assessment, key=key, answer=answer, why=why)
        evidence.point_to(actor=actor, assessment=assessment, instrument=key.instrument, question=key.question, result=card)
    return before, answer


def answer_by(offer: Proposal[UUID], card: OutsideCard, *, comment: str = "") -> Answer:
    """Give the answer that relying makes: a result with its file has been seen, one without was only told of."""
    return Answer("answered", offer.value, known="seen" if card.sha256 else "said", comment=comment)


def relied_on(file: AssessmentFile) -> dict[str, OutsideCard]:
    """Give the result that each answer relies on, by question: of every instrument, in the order of the answers."""
    results = {card.id: card for card in file.outside}
    pointed = {card.question: results[card.outside] for card in file.evidence if card.outside in results}
    return {card.question: pointed[card.question] for card in file.answer_cards if card.source == "relied_on" and card.question in pointed}
