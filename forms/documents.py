"""Dated documents: which answers hold one, and which of them had expired at the day of assessment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from forms.answers import Answer, AnswerSet
from forms.template import Question, Template


@dataclass(frozen=True)
class Document:
    """A dated document that answers a question; ``expires`` is the last day that it holds, ``None`` when it does not expire."""

    title: str
    dated: date
    expires: date | None

    def has_expired(self, as_of: date) -> bool:
        """Say whether it no longer held at a day."""
        return self.expires is not None and self.expires < as_of


def document_of(question: Question, answer: Answer | None) -> Document | None:
    """Read an answer as a document; ``None`` for another kind of question and where there is none."""
    if question.kind != "document" or answer is None or answer.state != "answered" or not isinstance(answer.value, tuple):
        return None
    title, dated, expires = map(str, answer.value)
    return Document(title, date.fromisoformat(dated), date.fromisoformat(expires) if expires else None)


def expired(template: Template, answers: AnswerSet, *, as_of: date) -> dict[str, Document]:
    """Give the documents that had expired at a day, by question, in the order they are asked for."""
    found = {question.id: document_of(question, answers.of(template.id, question.id)) for _, question in template.questions()}
    return {question: document for question, document in found.items() if document is not None and document.has_expired(as_of)}
