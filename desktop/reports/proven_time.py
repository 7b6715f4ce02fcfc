"""Which timestamps may be believed, and what they prove: that a signature existed at the earliest of them which covers it.

A timestamp is believed while its authority's certificate is valid. After that it is believed only because a later timestamp, itself
believed, covers it: it existed while the certificate still was valid. So an archive that renews its timestamps in time can prove the
first of them for ever, and one that does not can no longer prove anything.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

from asn1crypto import x509 as asn1_x509

from desktop.reports.anchor import Anchor
from desktop.reports.certificate_path import path_of
from desktop.reports.timestamp_token import Token
from desktop.reports.withdrawal import withdrawal_of

#: By so much may two computers' clocks differ without a word about it.
CLOCKS_DIFFER = timedelta(minutes=10)

#: "unknown": no root of an authority was given; "other": it leads to none of those given, or is not one for timestamps; "own": the
#: organisation vouches for itself; "ended": it was believable and lapsed; "revoked": by its authority's list; "contrary": a later one is
#: earlier; "broken": not of what it stands on, or changed.
Belief = Literal["believed", "unknown", "other", "own", "ended", "revoked", "contrary", "broken"]


@dataclass(frozen=True)
class Believed:
    """A timestamp and whether it counts."""

    token: Token
    belief: Belief


def believe(
    tokens: Sequence[Token], anchor: Anchor, *, certificates: Collection[asn1_x509.Certificate], lists: Collection[bytes]
) -> tuple[Believed, ...]:
    """Judge timestamps, given in the order of what they cover; ``certificates`` and ``lists`` are those that the file carries."""
    judged: list[Believed] = []
    proven: datetime | None = None  # by the timestamps after the one looked at
    for token in reversed(tokens):
        belief = _belief(token, anchor, proven, certificates, lists)
        judged.append(Believed(token, belief))
        if belief == "believed":
            proven = token.at if proven is None else min(proven, token.at)
    return tuple(reversed(judged))


def proven_at(revision: int, field: str, judged: Collection[Believed]) -> datetime | None:
    """Give the earliest believed time at which what a revision holds existed: by a timestamp of its own signature or any later one."""
    times = [
        one.token.at
        for one in judged
        if one.belief == "believed" and (one.token.revision > revision or (one.token.revision == revision and one.token.field == field))
    ]
    return min(times, default=None)


def _belief(
    token: Token, anchor: Anchor, proven: datetime | None, certificates: Collection[asn1_x509.Certificate], lists: Collection[bytes]
) -> Belief:
    if not token.is_intact or not token.covers_revision:
        return "broken"
    if anchor.root is not None and _is_own(token, anchor.root):
        return "own"
    if not anchor.clocks:
        return "unknown"
    known = proven if proven is not None else anchor.now
    path = path_of(token.clock, roots=anchor.clocks, others=(*token.issuers, *certificates), at=token.at, is_clock=True)
    if not path or not token.is_by_a_clock:
        return "other"
    if token.at > known + CLOCKS_DIFFER:
        return "contrary"
    if any(one.not_valid_after < known for one in path[1:]):
        return "ended"
    for issuer, below in pairwise(path):
        found = withdrawal_of(below, issuer=issuer, lists=(*lists, *anchor.lists))
        if found.since is not None and found.since <= known and (found.is_compromised or found.since <= token.at):
            return "revoked"
    return "believed"


def _is_own(token: Token, root: asn1_x509.Certificate) -> bool:
    """Tell whether the organisation's own key made the timestamp, or the certificate that it was made with."""
    above = [one.public_key.sha256 for one in (token.clock, *token.issuers)]
    return root.public_key.sha256 in above or token.clock.issuer == root.subject
