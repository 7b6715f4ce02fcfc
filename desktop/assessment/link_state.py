"""A question that asks the same as one of another instrument: where it is answered, and what an own answer does to that."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.assessment.wording import answer_words, figure
from desktop.language import Language
from forms.answers import AnswerKey, AnswerSet
from forms.linking import links, origins
from forms.template import Question
from forms.text import in_language
from models.cards import AssessmentFile


@dataclass(frozen=True)
class LinkState:
    """``words`` says where the answer stands, ``said`` what answering here does; ``source`` is the question there.

    ``is_own``: the question has an answer of its own, which stands instead of the linked one.
    """

    words: str
    said: str
    source: str
    is_own: bool


def link_state(file: AssessmentFile, question: Question, language: Language) -> LinkState | None:
    """Word the link of a question of the instrument in focus; ``None`` where no other instrument's answer answers it."""
    key = AnswerKey(file.template.id, question.id)
    source = file.origins.get(key) or _behind_own(file, key)
    if source is None:
        return None
    there = file.seen_as(source.instrument)
    asked = there.template.question(source.question)
    numbers = {line.question: number for number, line in enumerate(there.result.lines, start=1)}
    number = figure(numbers[source.question], language) if source.question in numbers else ""
    where = {
        "instrument": in_language(there.template.name, language.code),
        "question": f"{number} {in_language(asked.text, language.code)}".strip(),
        "value": answer_words(asked, file.answers.get(source), language).rstrip("."),
    }
    if key in file.origins:
        return LinkState(
            words=language.text("Answered in {instrument}: {question}", **where),
            said=language.text("There: {value}. Answer it here if this instrument sees it otherwise.", **where),
            source=source.question,
            is_own=False,
        )
    return LinkState(
        words=language.text("Also asked in {instrument}: {question}", **where),
        said=language.text("There: {value}. Here its own answer stands.", **where),
        source=source.question,
        is_own=True,
    )


def _behind_own(file: AssessmentFile, key: AnswerKey) -> AnswerKey | None:
    """Give the question whose answer would stand here, were there no own answer."""
    if len(file.instruments) < 2 or key not in file.answers:
        return None
    templates = [one.template for one in file.instruments]
    if not any(link.key == key for link in links(templates)):
        return None
    without = AnswerSet({one: answer for one, answer in file.own_answers.answers.items() if one != key})
    return origins(without, templates).get(key)
