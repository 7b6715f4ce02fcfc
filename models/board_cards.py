"""Cards of what the board reads and decides: ratings, recommendation, conditions, waivers, decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True)
class AgreementCondition:
    """Something that must be met before signing, before payment, or by a date."""

    text: str
    before: Literal["signing", "payment", "date"]
    due: date | None = None


@dataclass(frozen=True)
class JudgedRating:
    """The caseworker's own rating of an area beside the calculated one; ``reason`` is needed when they differ."""

    instrument: str
    area: str
    rating: str
    reason: str = ""


@dataclass(frozen=True)
class RecommendationDraft:
    """What the caseworker recommends. ``departure`` says why, when it is not what the template's rules give."""

    decision: str
    summary: str
    departure: str = ""
    conditions: tuple[AgreementCondition, ...] = ()
    capacity_plan: str = ""
    visit: str = ""
    limits: str = ""
    partner_reply: str = ""
    next_due: date | None = None


@dataclass(frozen=True)
class Waiver:
    """The board's waiver of one stop criterion: what it allows at most, until when, and what control replaces it."""

    stop: str
    limit: str
    until: date
    control: str


@dataclass(frozen=True)
class DecisionDraft:
    """What was decided, as the minutes say. ``departure`` says why, when it is not what was recommended."""

    outcome: str
    body: str
    minutes: str
    paragraph: str
    decided_on: date
    took_no_part: str = ""
    departure: str = ""
    waivers: tuple[Waiver, ...] = ()
    conditions: tuple[AgreementCondition, ...] = ()
    next_due: date | None = None
    #: Of a rapid start that is approved: how much (minor units of its cap's currency), and until when.
    granted_minor: int | None = None
    granted_until: date | None = None


@dataclass(frozen=True)
class DecisionCard:
    """A recorded decision with who recorded it."""

    draft: DecisionDraft
    by_name: str
    at: datetime
