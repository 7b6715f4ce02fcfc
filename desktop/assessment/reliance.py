"""Another body's result at a question: what it could answer, that it is relied on, or why it cannot be."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.assessment.wording import answer_words
from desktop.language import Language
from desktop.outside_words import result_words, validity_words, why_not
from forms.answers import Answer
from forms.outside import standing
from forms.template import Question
from forms.text import N_
from models.cards import AnswerCard, AssessmentFile, OutsideCard
from models.relying import answer_by, offers, relied_on


@dataclass(frozen=True)
class Reliance:
    """A registered result at a question, in words. ``proposed`` is the answer that one confirmation gives, while there is one to give."""

    words: str
    said: str
    tone: str
    proposed: Answer | None = None


def reliance(
    file: AssessmentFile, question: Question, given: Answer | None, card: AnswerCard | None, language: Language
) -> Reliance | None:
    """Word what other bodies' results say at a question; ``None`` where none is registered that could answer it."""
    if not file.outside or not question.relies_on:
        return None
    behind = relied_on(file).get(question.id) if card is not None and card.source == "relied_on" else None
    if behind is not None:
        return Reliance(_words(behind, language), _stands(behind, file, language), "plain")
    offer = offers(file).get(question.id)
    if offer is None:
        return None
    result = next(one for one in file.outside if one.id == offer.key)
    if offer.standing != "usable":
        why = why_not(result.result, offer.standing, result.withdrawn, language)
        return Reliance(_words(result, language), language.text(N_("Proposes no answer: {why}"), why=why), "warning")
    proposed = answer_by(offer, result, comment=given.comment if given is not None else "")
    if given is not None and (given.state, given.value) == (proposed.state, proposed.value):
        return Reliance(_words(result, language), language.text(N_("Says the same as your own answer")), "plain")
    answer = answer_words(question, proposed, language, brief=True)
    said = language.text(N_("Could answer this: {answer}. It counts only when you confirm it."), answer=answer)
    return Reliance(_words(result, language), said, "note", proposed)


def _words(card: OutsideCard, language: Language) -> str:
    return f"{result_words(card.result, language)}, {validity_words(card.result, language)}"


def _stands(card: OutsideCard, file: AssessmentFile, language: Language) -> str:
    """Say that it is relied on, and if it has ceased to hold since then."""
    stands = standing(card.result, as_of=file.card.draft.as_of, withdrawn=card.is_withdrawn)
    if stands == "usable":
        return language.text(N_("Relied on for this answer"))
    why = why_not(card.result, stands, card.withdrawn, language)
    return language.text(N_("Relied on for this answer, but {why}. Answer anew."), why=why)
