"""Last time's answers in a renewal: what they were, and how this time's stand to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desktop.assessment.wording import answer_words, earliest
from desktop.language import Language
from desktop.words import KNOWN, word
from forms.answers import Answer
from forms.template import Question
from forms.text import N_
from models.answering import same_scale
from models.cards import AnswerCard, AssessmentFile, Earlier, EvidenceCard

#: ``"anew"``: not given yet, and last time's cannot be taken over, since the question is no longer answered on the same scale.
Standing = Literal["unconfirmed", "confirmed", "changed", "anew"]
_SAID = {
    "unconfirmed": N_("Does not count until you confirm or change it"),
    "confirmed": N_("Confirmed"),
    "changed": N_("Changed since last time"),
    "anew": N_("The options have changed: answer it anew"),
}


@dataclass(frozen=True)
class EarlierAnswer:
    """Last time's answer and the question as it was asked then; ``fits`` when it could be an answer to today's question."""

    question: Question
    answer: Answer
    fits: bool


@dataclass(frozen=True)
class LastTime:
    """Last time's answer in a renewal, in words; ``standing`` as ``standing`` gives it."""

    words: str
    known: str
    comment: str
    evidence: tuple[str, ...]
    when: str
    standing: Standing
    said: str
    needs_sentence: bool


def earlier_answer(earlier: Earlier | None, question: Question) -> EarlierAnswer | None:
    """Give last time's answer to a question, or to the one that it replaces."""
    if earlier is None:
        return None
    for old in (question.id, *question.replaces):
        answer = earlier.answers.of(earlier.template.id, old)
        if answer is not None:
            then = earlier.template.question(old)
            return EarlierAnswer(then, answer, same_scale(then, question))
    return None


def standing(given: Answer | None, before: EarlierAnswer) -> Standing:
    """Say how an answer stands to last time's: not given yet, confirmed, or changed."""
    if given is None:
        return "unconfirmed" if before.fits else "anew"
    same = before.fits and (given.state, given.value) == (before.answer.state, before.answer.value)
    return "confirmed" if same else "changed"


def last_time(
    file: AssessmentFile, question: Question, given: Answer | None, card: AnswerCard | None, language: Language
) -> LastTime | None:
    """Word what was answered last time; ``None`` where nothing was."""
    before = earlier_answer(file.earlier, question)
    if file.earlier is None or before is None:
        return None
    now = standing(given, before)
    said = language.text(_SAID[now])
    if now == "confirmed" and card is not None and card.source != "confirmed":
        said = language.text("Same answer as last time")
    old = {question.id, *question.replaces}
    return LastTime(
        # A level that is marked among the answers below needs no words here.
        words=answer_words(before.question, before.answer, language, brief=before.fits),
        known=word(KNOWN, before.answer.known, language) if before.answer.known else "",
        comment=before.answer.comment or before.answer.reason,
        evidence=tuple(_dated(one, language) for one in file.earlier.evidence if one.question in old),
        when=language.date(file.earlier.assessment.draft.as_of),
        standing=now,
        said=said,
        needs_sentence=question.key and not _has_fresh_evidence(file, question),
    )


def _has_fresh_evidence(file: AssessmentFile, question: Question) -> bool:
    """Say whether evidence was added this time that is not older than the question allows, as ``models.evidence`` judges it."""
    wanted = question.evidence
    limit = earliest(file.card.draft.as_of, months=wanted.months, days=wanted.days) if wanted is not None else None
    mine = (card for card in file.evidence if card.question == question.id)
    return any(card.dated is None or limit is None or card.dated >= limit for card in mine)


def _dated(card: EvidenceCard, language: Language) -> str:
    return f"{card.name}, {language.date(card.dated)}" if card.dated else card.name
