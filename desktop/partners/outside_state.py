"""Others' results as a partner's page lists them, and what stands in the form for one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from uuid import UUID

from desktop.language import Language
from desktop.outside_words import CONSENTS, KINDS, rating_word, validity_words
from desktop.words import Mark, word
from forms.outside import Consent, OutsideResult, standing
from forms.text import N_
from models.cards import OutsideCard


@dataclass(frozen=True)
class OutsideLine:
    """One registered result: what it is, whose and how long it holds; ``mark`` where it can no longer be relied on."""

    id: UUID
    title: str
    about: str
    scope: str
    mark: Mark | None
    reason: str
    file_name: str
    may_withdraw: bool


def outside_lines(cards: tuple[OutsideCard, ...], language: Language, *, today: date) -> tuple[OutsideLine, ...]:
    """Word the results, the newest first, those that are withdrawn last."""
    ordered = sorted(cards, key=lambda card: card.is_withdrawn)
    return tuple(_line(card, language, today) for card in ordered)


def _line(card: OutsideCard, language: Language, today: date) -> OutsideLine:
    result, text = card.result, language.text
    stands = standing(result, as_of=today, withdrawn=card.is_withdrawn)
    marks = {
        "withdrawn": Mark("incomplete", text(N_("Withdrawn"))),
        "expired": Mark("significant", text(N_("Expired"))),
        "no_consent": Mark("moderate", text(N_("No consent"))),
    }
    about = [result.owner, validity_words(result, language), word(CONSENTS, result.consent, language)]
    about.append(card.file_name or text(N_("no file")))
    about.append(text(N_("registered by {name} {date}"), name=card.person_name, date=card.at.date()))
    return OutsideLine(
        id=card.id,
        title=f"{word(KINDS, result.kind, language)}: {rating_word(result.kind, result.rating, language)}",
        about=" · ".join(about),
        scope=text(N_("Covered: {scope}"), scope=result.scope) if result.scope else "",
        mark=marks.get(stands),
        reason=text(N_("Withdrawn because: {reason}"), reason=card.withdrawn) if card.is_withdrawn else "",
        file_name=card.file_name,
        may_withdraw=not card.is_withdrawn,
    )


@dataclass(frozen=True)
class TypedResult:
    """A result as it is typed; ``wrong`` names date fields in which something stands that is no date."""

    owner: str = ""
    kind: str = ""
    rating: str = ""
    dated: date | None = None
    valid_until: date | None = None
    scope: str = ""
    consent: str = ""
    file: str = ""
    wrong: frozenset[str] = field(default_factory=frozenset)

    @property
    def path(self) -> Path | None:
        """The file that is chosen."""
        return Path(self.file.strip()) if self.file.strip() else None


def result_problems(typed: TypedResult, language: Language, *, today: date) -> dict[str, str]:
    """Say by field what keeps a result from being registered, in the order of the form."""
    text = language.text
    no_date = text(N_("This is not a date. Write it as 2026-03-09."))
    found: dict[str, str] = {}
    if not typed.kind:
        found["outside.kind"] = text(N_("Choose what kind of result it is."))
    if typed.kind and not typed.rating:
        found["outside.rating"] = text(N_("Choose what it says."))
    if not typed.owner.strip():
        found["outside.owner"] = text(N_("Enter the body that made it."))
    if typed.dated is None:
        found["outside.dated"] = no_date if "outside.dated" in typed.wrong else text(N_("Enter its own date."))
    elif typed.dated > today:
        found["outside.dated"] = text(N_("This date lies in the future."))
    if "outside.until" in typed.wrong:
        found["outside.until"] = no_date
    elif typed.dated is not None and typed.valid_until is not None and typed.valid_until < typed.dated:
        found["outside.until"] = text(N_("It would end before it was made."))
    if not typed.consent:
        found["outside.consent"] = text(N_("Choose whether it may be used."))
    return found


def result_of(typed: TypedResult) -> OutsideResult:
    """Give the result to register; only for what has no problems."""
    assert typed.dated is not None  # noqa: S101 (else there are problems)
    consent: Consent = "given" if typed.consent == "given" else "public" if typed.consent == "public" else "none"
    return OutsideResult(typed.owner.strip(), typed.kind, typed.rating, typed.dated, typed.valid_until, typed.scope.strip(), consent)
