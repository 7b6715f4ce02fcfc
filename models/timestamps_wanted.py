"""Which signed reports want a timestamp: those that were signed without one, and those whose timestamp comes to its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from models import report, report_timestamp
from models.assessment import Assessment

#: A timestamp is renewed when its certificate ends within so many days.
RENEW_WITHIN_DAYS = 365


@dataclass(frozen=True)
class WantedTimestamp:
    """A report that all have signed and that wants a timestamp, by its newest revision.

    ``ends`` is when the certificate of its timestamp ends (naive UTC), ``None`` when it has none yet.
    """

    report: UUID
    assessment: UUID
    case_number: str
    language: str
    ends: datetime | None


def awaiting() -> tuple[WantedTimestamp, ...]:
    """Give the reports whose last signature has no timestamp, by case number."""
    return tuple(one for one in _signed() if one.ends is None)


def renewable(at: datetime) -> tuple[WantedTimestamp, ...]:
    """Give the reports whose timestamp ends within ``RENEW_WITHIN_DAYS`` of a time (naive UTC) or has ended, by case number."""
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
    return tuple(sorted(found, key=lambda one: (one.case_number, one.language)))
