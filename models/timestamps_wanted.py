"""Which signed reports and decision documents want a timestamp: those signed without one, and those whose timestamp comes to its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from models import decided, report, report_timestamp
from models.assessment import Assessment

#: A timestamp is renewed when its certificate ends within so many days.
RENEW_WITHIN_DAYS = 365


@dataclass(frozen=True)
class WantedTimestamp:
    """A report that all have signed, or a decision's document, that wants a timestamp, by its newest revision.

    ``ends`` is when the certificate of its timestamp ends (naive UTC), ``None`` when it has none yet.
    """

    document: UUID
    assessment: UUID
    case_number: str
    language: str
    ends: datetime | None


def awaiting() -> tuple[WantedTimestamp, ...]:
    """Give those whose last signature has no timestamp, by case number."""
    return tuple(one for one in _signed() if one.ends is None)


def renewable(at: datetime) -> tuple[WantedTimestamp, ...]:
    """Give those whose timestamp ends within ``RENEW_WITHIN_DAYS`` of a time (naive UTC) or has ended, by case number."""
    limit = at + timedelta(days=RENEW_WITHIN_DAYS)
    return tuple(one for one in _signed() if one.ends is not None and one.ends <= limit)


def _signed() -> tuple[WantedTimestamp, ...]:
    numbers = {row.id: row.case_number for row in Assessment.select(Assessment.id, Assessment.case_number)}
    ends = report_timestamp.ends()
    found = [
        WantedTimestamp(
            one.card.id, one.document.assessment, numbers[one.document.assessment], one.document.language, ends.get(one.card.id)
        )
        for one in report.newest()
        if one.document.kind.required and one.filled.issuperset(one.document.kind.required)
    ]
    found += [
        WantedTimestamp(card.id, assessment, numbers[assessment], card.language, card.timestamp_ends)
        for assessment, card in decided.newest()
    ]
    return tuple(sorted(found, key=lambda one: (one.case_number, one.language)))
