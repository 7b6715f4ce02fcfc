"""Words for rapid starts: what holds, what must be completed, what has lapsed."""

from __future__ import annotations

from datetime import date

from desktop.language import Language
from desktop.words import Mark
from forms.money import Money
from forms.text import N_
from models.cards import AssessmentCard, RapidTerms
from models.rapid import standing


def terms_words(terms: RapidTerms, language: Language) -> tuple[str, ...]:
    """Say what a rapid start is held to, a sentence each."""
    text = language.text
    return (
        text(N_("At most {cap} may be paid, until {date}."), cap=Money(terms.cap_minor, terms.currency), date=terms.ends),
        text(N_("{name} decides."), name=terms.decider),
        text(N_("A fuller assessment must complete it by {date}. No second payment after it lapses."), date=terms.complete_by),
    )


def rapid_mark(card: AssessmentCard, language: Language, today: date) -> Mark | None:
    """Mark how a rapid start stands; ``None`` for any other assessment and for one that there is nothing to complete of."""
    text, terms = language.text, card.draft.rapid
    match standing(card, today):
        case "lapsed":
            return Mark("high", text(N_("Lapsed: no second payment")))
        case "to_complete" | "open" if terms is not None:
            return Mark("moderate", text(N_("Complete by {date}"), date=terms.complete_by))
        case "in_completion":
            return Mark("moderate", text(N_("Being completed by {case}"), case=card.continued_by))
        case "completed":
            return Mark("low", text(N_("Completed by {case}"), case=card.continued_by))
        case _:
            return None
