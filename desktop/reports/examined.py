"""The record inside a report, examined: is it one, does it add up, do the pages say the same."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

#: So many places are named; more would bury the message.
_MOST_NAMED = 3


@dataclass(frozen=True)
class Examined:
    """What the examination of a record came to; everything after the first that fails is not looked at.

    ``deceptive``: the numbers of pages on which one sees something else than they say; ``contrary``: what the pages print otherwise;
    ``lacking``: what they should print and was not found.
    """

    is_record: bool = True
    is_template_whole: bool = True
    is_result_same: bool = True
    pages_readable: bool = True
    deceptive: tuple[str, ...] = ()
    contrary: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether the record adds up and the pages print it."""
        return self == Examined()

    def named(self, places: tuple[str, ...]) -> str:
        """Name the first few places."""
        return "; ".join(places[:_MOST_NAMED]) + (" …" if len(places) > _MOST_NAMED else "")


def examine(pdf: bytes, attachment: bytes) -> Examined:
    """Score the record again and look its figures up in the pages."""
    from desktop.reports.agreement import compare_print
    from desktop.reports.printed import Unreadable, read_printed
    from desktop.reports.recomputed import NotARecord, recompute

    try:
        recomputed = recompute(attachment)
    except NotARecord:
        return Examined(is_record=False)
    if not all(one.is_template_whole for one in recomputed.instruments):
        return Examined(is_template_whole=False)
    if not all(one.is_result_same for one in recomputed.instruments):
        return Examined(is_result_same=False)
    try:
        printed = read_printed(pdf)
    except Unreadable:
        return Examined(pages_readable=False)
    found = compare_print(printed, recomputed, record_sha256=hashlib.sha256(attachment).hexdigest())
    return Examined(
        deceptive=tuple(str(page) for page in printed.deceptive),
        contrary=tuple(dict.fromkeys(found.contrary)),
        lacking=tuple(dict.fromkeys(found.lacking)),
    )
