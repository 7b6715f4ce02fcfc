"""Which revisions of reports carry a timestamp of their own, when its certificate ends, and which reports want one.

A signature that was made without a network has none: its report awaits one until a timestamp for the archive is added behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import peewee

from forms.text import N_
from models.cards import ReportCard
from models.database import proxy, utc_now
from models.errors import ActRefused, RecordRefused

_FIELD = re.compile(r"Timestamp[1-9][0-9]*")


class ReportTimestamp(peewee.Model):
    """That a revision of a report has a timestamp, whose certificate ``ends`` then (UTC): before that day it wants another. Insert-only."""

    report_id = peewee.UUIDField(primary_key=True)
    created_at = peewee.DateTimeField(default=utc_now)
    ends = peewee.DateTimeField()

    class Meta:
        database = proxy
        table_name = "report_timestamp"


def enter(report: UUID, *, ends: datetime) -> None:
    """Enter, in the transaction that registers a revision, when its timestamp's certificate ends."""
    ReportTimestamp.insert(report_id=report, ends=ends).execute()


def ends() -> dict[UUID, datetime]:
    """Give when the timestamp of each revision that has one ends, by the revision's id."""
    return {row.report_id: row.ends for row in ReportTimestamp.select()}


def is_field(signed_as: str) -> bool:
    """Tell whether a revision was made by a timestamp over the whole file."""
    return _FIELD.fullmatch(signed_as) is not None


def next_field(chain: Sequence[ReportCard]) -> str:
    """Name the field that the next timestamp of a report fills."""
    return f"Timestamp{sum(is_field(card.signed_as) for card in chain) + 1}"


def check_field(field: str, chain: Sequence[ReportCard], *, required: Iterable[str]) -> None:
    """Make sure that a timestamp is the report's next, and that all who must sign have. Raises ``RecordRefused`` or ``ActRefused``."""
    if field != next_field(chain):
        raise RecordRefused(N_("The timestamps of a report follow each other. Nothing was kept; open the report again."))
    if not {card.signed_as for card in chain}.issuperset(required):
        raise ActRefused(N_("A timestamp for the archive is added when all who must have signed. Nothing was changed."))
