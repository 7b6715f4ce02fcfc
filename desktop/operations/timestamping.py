"""Timestamps: trying an authority, and adding timestamps to the reports and decision documents that wait, each whole or not at all.

Each takes three steps, so that the network is asked in the second thread alone: ``prepare`` reads what it takes from the vault,
``stamp`` asks the authority without the vault, ``keep`` registers what came of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from desktop.operations.change import Change
from desktop.operations.given_file import read_given
from desktop.reports.authority_trial import Trial, read_roots, try_authority
from desktop.reports.document_timestamp import add_document_timestamp, last_timestamp_ends
from desktop.reports.timestamping import TimestampAuthority
from forms.errors import GedigenError
from forms.text import N_
from models import authority_list, decided, report, revocation, timestamp_setting
from models.actor import Actor
from models.database import utc_now
from models.errors import RecordRefused
from models.timestamp_setting import AuthoritySetting

_LARGEST_ROOTS = 1024 * 1024


@dataclass(frozen=True)
class Waiting:
    """What it takes to timestamp one document: its newest revision's id and bytes, the authority, and the organisation's own list."""

    document: UUID
    pdf: bytes = field(repr=False)
    authority: TimestampAuthority
    revocation_lists: tuple[bytes, ...]


@dataclass(frozen=True)
class Stamped:
    """A document with a timestamp added, whose certificate ends then (naive UTC)."""

    document: UUID
    pdf: bytes = field(repr=False)
    ends: datetime


@dataclass(frozen=True)
class Outcome:
    """What came of many: how many got a timestamp, and what stood in the way of the others, if anything."""

    done: int
    left: int
    refusal: GedigenError | None = None


def authority() -> TimestampAuthority | None:
    """Give the organisation's authority, ``None`` when it uses none."""
    setting = timestamp_setting.kept().setting
    return None if setting is None else authority_of(setting, kept_lists=authority_list.lists())


def authority_of(setting: AuthoritySetting, *, kept_lists: tuple[bytes, ...] = ()) -> TimestampAuthority:
    """Give the authority that a setting describes, with the revocation lists (DER) of authorities that are kept."""
    return TimestampAuthority(setting.url, tuple(one.encode("ascii") for one in setting.roots_pem), kept_lists=kept_lists)


def read_authority(*, url: str, roots: Path) -> AuthoritySetting:
    """Read an authority's address and the file with its root certificates. Raises ``RecordRefused`` or ``RootsRefused``."""
    return AuthoritySetting(url.strip(), read_roots(read_given(roots, most=_LARGEST_ROOTS)))


def trial_of(setting: AuthoritySetting) -> Trial:
    """Get one timestamp from an authority before it is set; asks the network. Raises ``TimestampRefused``."""
    return try_authority(authority_of(setting), at=utc_now())


def prepare(*, document_id: UUID) -> Waiting:
    """Read what it takes to timestamp a report or a decision's document. Raises ``RecordRefused`` when there is no authority."""
    found = authority()
    if found is None:
        raise RecordRefused(N_("The organisation uses no timestamp authority. An administrator sets one under Settings."))
    pdf = decided.pdf_bytes(document_id) if decided.is_document(document_id) else report.pdf_bytes(document_id)
    return Waiting(document_id, pdf, found, revocation.lists())


def stamp(waiting: Waiting) -> Stamped:
    """Get a timestamp over the whole file and add it; asks the network, not the vault. Raises ``TimestampRefused``."""
    at = utc_now()
    pdf = add_document_timestamp(waiting.pdf, authority=waiting.authority, revocation_lists=waiting.revocation_lists, at=at)
    return Stamped(waiting.document, pdf, last_timestamp_ends(pdf) or at)


def keep(*, actor: Actor, stamped: Stamped) -> Change:
    """Register the document with its timestamp. Raises ``RecordRefused`` when it was signed or timestamped meanwhile."""
    if decided.is_document(stamped.document):
        made = decided.put_timestamp(actor=actor, document=stamped.document, pdf=stamped.pdf, ends=stamped.ends)
    else:
        made = report.put_timestamp(actor=actor, report=stamped.document, pdf=stamped.pdf, ends=stamped.ends)
    return Change("timestamp", made=made)


def timestamp_all(
    *,
    actor: Actor,
    document_ids: Iterable[UUID],
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Timestamp many documents one after another, for callers without a window.

    Stops at the first refusal, for the next would meet the same; what was timestamped until then stays. ``cancelled`` is asked before
    each.
    """
    wanted = tuple(document_ids)
    for done, document_id in enumerate(wanted):
        progress(done, len(wanted))
        if cancelled():
            return Outcome(done, len(wanted) - done)
        try:
            keep(actor=actor, stamped=stamp(prepare(document_id=document_id)))
        except GedigenError as error:
            return Outcome(done, len(wanted) - done, error)
    progress(len(wanted), len(wanted))
    return Outcome(len(wanted), 0)
