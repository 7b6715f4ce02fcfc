"""Words for rapid starts: what holds, what must be completed, what has lapsed."""

from __future__ import annotations

from datetime import date

from desktop.language import Language
from desktop.words import Mark, state_mark
from forms.money import Money
from forms.text import N_
from models.cards import AssessmentCard, RapidTerms
from models.rapid import standing


def terms_words(terms: RapidTerms, language: Language) -> tuple[str, ...]:
    """Say what a rapid start is held to, a sentence each."""
    text = language.text
    return (
        text(N_("At most {cap} may be paid, until {date}."), cap=Money(terms.cap_minor, terms.currency, whole=True), date=terms.ends),
        text(N_("{name} decides."), name=terms.decider),
        text(N_("A fuller assessment must complete it by {date}. No second payment after it lapses."), date=terms.complete_by),
    )


def standing_mark(card: AssessmentCard, language: Language, today: date) -> Mark:
    """Mark where an assessment stands in a list: a rapid start that is sealed by what becomes of it, any other by its state."""
    words = {
        "lapsed": Mark("high", language.text(N_("Lapsed"))),
        "to_complete": Mark("moderate", language.text(N_("To be completed"))),
        "in_completion": Mark("moderate", language.text(N_("Being completed"))),
        "completed": Mark("low", language.text(N_("Completed"))),
    }
    stands = standing(card, today)
    if stands in words and card.state in ("sealed", "decided"):
        return words[stands]
    return state_mark(card.state, language)


def lapsed_words(card: AssessmentCard, language: Language, today: date) -> str:
    """Say plainly of a rapid start what must be done, or what may no longer be; empty for anything else."""
    text, terms = language.text, card.draft.rapid
    if terms is None or card.state not in ("sealed", "decided"):
        return ""
    match standing(card, today):
        case "lapsed":
            return text(
                N_("The rapid start {case} lapsed on {date}: no second payment until a fuller assessment has completed it."),
                case=card.case_number,
                date=terms.complete_by,
            )
        case "to_complete":
            return text(
                N_("The rapid start {case} must be completed by a fuller assessment by {date}. No second payment after it lapses."),
                case=card.case_number,
                date=terms.complete_by,
            )
        case "in_completion":
            return text(
                N_(
                    "The rapid start {case} is being completed by {other}, which must be sealed by {date}. "
                    "No second payment after it lapses."
                ),
                case=card.case_number,
                other=card.continued_by,
                date=terms.complete_by,
            )
    return ""


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
