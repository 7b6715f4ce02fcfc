"""Who answers which question: the template says which role, what was chosen at the start says who."""

from __future__ import annotations

from uuid import UUID

from desktop.language import Language
from forms.template import Question
from forms.text import N_
from models.cards import AssessmentFile

_LEFT_TO = {
    "controller": (N_("The controller answers this"), N_("{name} answers this, as controller")),
    "office": (N_("The country office answers this"), N_("{name} answers this, for the country office")),
}


def answerer(file: AssessmentFile, question: Question) -> UUID:
    """Give who is to answer a question: whoever was chosen for its role, else the caseworker."""
    chosen = {one.role: one.person for one in file.card.draft.assigned}
    return chosen.get(question.answered_by or "", file.card.caseworker)


def answerer_words(file: AssessmentFile, question: Question, language: Language) -> str:
    """Say who answers a question that the template leaves to another than the caseworker; empty for any other."""
    if question.answered_by not in _LEFT_TO:
        return ""
    unnamed, named = _LEFT_TO[question.answered_by]
    chosen = {one.role: one.person for one in file.card.draft.assigned}.get(question.answered_by)
    return language.text(unnamed) if chosen is None else language.text(named, name=file.people.get(chosen, ""))
