"""What Home shows, made from cards; nothing here knows of a window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desktop.language import Language
from desktop.operations.assessments import DUE_WITHIN_DAYS, HomeCards
from desktop.operations.timestamp_authority import Timestamps
from desktop.rapid_words import standing_mark
from desktop.shell.place import Place
from desktop.words import KINDS, Mark, state_mark, stops_mark, word
from models.cards import AssessmentCard
from models.certificates import CertificateCard
from models.identity import PersonCard
from models.rapid import standing


@dataclass(frozen=True)
class HomeLine:
    """One thing to go to: who it is about, what it is, where it stands and how much is done (0–1)."""

    title: str
    about: str
    place: Place
    note: str = ""
    mark: Mark | None = None
    share: float | None = None


@dataclass(frozen=True)
class HomeState:
    """Home for one person on one day."""

    today: str
    is_new: bool
    to_continue: tuple[HomeLine, ...]
    needs_me: tuple[HomeLine, ...]
    coming_up: tuple[HomeLine, ...]


@dataclass(frozen=True)
class Upkeep:
    """What keeps signatures good: certificates that are revoked, have ended or end soon, and how many documents want a timestamp.

    ``root_ends`` (naive UTC) only where the root certificate is near its end.
    """

    ending: tuple[CertificateCard, ...] = ()
    awaiting: int = 0
    renewable: int = 0
    root_ends: datetime | None = None


def home_state(
    cards: HomeCards, *, language: Language, today: date, partners: int, may_decide: bool, upkeep: Upkeep | None = None
) -> HomeState:
    """Arrange what waits. ``partners`` is how many are registered: with none, Home says how to begin.

    ``may_decide``: whether the person records decisions; sealed assessments then wait for that. ``upkeep`` holds what this person is to
    see to: an administrator everybody's certificates, others their own.
    """
    waiting = [_to_review(card, language) for card in cards.to_review]
    waiting += [_to_decide(card, language) for card in cards.to_decide] if may_decide else []
    waiting += _upkeep(upkeep or Upkeep(), language, today)
    return HomeState(
        today=_today(cards, language, today),
        is_new=partners == 0,
        to_continue=tuple(_to_continue(card, language) for card in cards.to_continue),
        needs_me=tuple(waiting),
        coming_up=(*(_rapid(card, language, today) for card in cards.rapid), *(_due(card, language, today) for card in cards.due)),
    )


def upkeep_of(person: PersonCard, ending: tuple[CertificateCard, ...], stands: Timestamps, *, root_ends: datetime | None = None) -> Upkeep:
    """Give what a person is to see to; ``root_ends`` is given when the root certificate is near its end."""
    administers = "administrator" in person.roles
    mine = tuple(card for card in ending if card.person == person.id or administers)
    return Upkeep(mine, len(stands.awaiting), len(stands.renewable), root_ends if administers else None)


def _upkeep(upkeep: Upkeep, language: Language, today: date) -> list[HomeLine]:
    settings = Place("settings")
    lines = []
    if upkeep.root_ends is not None:
        ends = upkeep.root_ends.date()
        mark = Mark("high", language.text("Ended")) if ends < today else Mark("moderate", language.text("Ends soon"))
        about = language.text("Cannot be renewed · see Settings")
        title = language.text("Root certificate")
        lines.append(HomeLine(title, about, settings, note=language.date(ends), mark=mark))
    for card in upkeep.ending:
        ended, revoked = card.ends.date() < today, card.state == "revoked"
        mark = Mark("high", language.text("Ended")) if ended else Mark("moderate", language.text("Ends soon"))
        mark = Mark("high", language.text("Revoked")) if revoked else mark
        about = language.text("An administrator renews it under Settings")
        if card.purpose == "signing":
            about = language.text("Own key for reports · renewed under Settings")
        if revoked:
            about = language.text("New certificate under Settings")
            if card.purpose == "signing":
                about = language.text("Cannot sign reports · choose a key in Settings")
        title = language.text("Certificate of {name}", name=card.person_name)
        day = card.since if revoked else card.ends
        lines.append(HomeLine(title, about, settings, note="" if day is None else language.date(day.date()), mark=mark))
    if upkeep.awaiting:
        said = language.plural("{n} document awaits a timestamp", "{n} documents await a timestamp", upkeep.awaiting)
        lines.append(HomeLine(said, language.text("Timestamp them under Settings"), settings))
    if upkeep.renewable:
        said = language.plural("{n} timestamp ends within a year", "{n} timestamps end within a year", upkeep.renewable)
        lines.append(HomeLine(said, language.text("Renew them under Settings"), settings))
    return lines


def _today(cards: HomeCards, language: Language, today: date) -> str:
    lapsed = sum(standing(card, today) == "lapsed" for card in cards.rapid)
    return " · ".join(
        (
            *((language.plural("{n} rapid start has lapsed", "{n} rapid starts have lapsed", lapsed),) if lapsed else ()),
            language.plural("{n} to continue", "{n} to continue", len(cards.to_continue)),
            language.plural("{n} waiting for my review", "{n} waiting for my review", len(cards.to_review)),
            language.plural("{n} due within {days} days", "{n} due within {days} days", len(cards.due), days=DUE_WITHIN_DAYS),
        )
    )


def _about(card: AssessmentCard, language: Language) -> str:
    parts = (card.case_number, card.project_title, word(KINDS, card.draft.kind, language))
    return " · ".join(part for part in parts if part)


def _to_continue(card: AssessmentCard, language: Language) -> HomeLine:
    counted = language.text("{done} of {all}", done=language.number(card.answered), all=language.number(card.asked))
    return HomeLine(
        title=card.partner_name,
        about=_about(card, language),
        place=Place("seal" if card.state == "agreed" else "assessment", assessment=card.id),
        note=counted if card.asked else "",
        mark=None if card.state == "draft" else state_mark(card.state, language),
        share=card.answered / card.asked if card.asked else None,
    )


def _to_review(card: AssessmentCard, language: Language) -> HomeLine:
    return HomeLine(
        title=card.partner_name,
        about=language.text("To review · {case} · from {name}", case=card.case_number, name=card.caseworker_name),
        place=Place("review", assessment=card.id),
        mark=stops_mark(card.stops, language),
    )


def _to_decide(card: AssessmentCard, language: Language) -> HomeLine:
    return HomeLine(
        title=card.partner_name,
        about=language.text("Decision to record · {case}", case=card.case_number),
        place=Place("decision", assessment=card.id),
        mark=stops_mark(card.stops, language),
    )


def _rapid(card: AssessmentCard, language: Language, today: date) -> HomeLine:
    return HomeLine(
        title=card.partner_name,
        about=_about_rapid(card, language, today),
        place=Place("partner", partner=card.draft.partner),
        note=language.date(card.draft.rapid.complete_by) if card.draft.rapid is not None else "",
        mark=standing_mark(card, language, today) if standing(card, today) == "lapsed" else None,
    )


def _about_rapid(card: AssessmentCard, language: Language, today: date) -> str:
    match standing(card, today):
        case "lapsed":
            return language.text("Rapid start {case}: no second payment", case=card.case_number)
        case "in_completion":
            return language.text("Rapid start {case}, being completed by {other}", case=card.case_number, other=card.continued_by)
        case _:
            return language.text("Rapid start {case}, to be completed", case=card.case_number)


def _due(card: AssessmentCard, language: Language, today: date) -> HomeLine:
    due = card.next_due
    late = due is not None and due < today
    return HomeLine(
        title=card.partner_name,
        about=language.text("Renewal of {case}", case=card.case_number),
        place=Place("partner", partner=card.draft.partner),
        note=language.date(due) if due is not None else "",
        mark=Mark("significant", language.text("Overdue")) if late else None,
    )
