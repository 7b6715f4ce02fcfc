"""Sign a report with whatever is at hand: revocation lists, a timestamp authority, or neither."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from desktop.reports.signing import sign
from desktop.reports.timestamping import TimestampAuthority
from tests.desktop.reports.samples import NOW, Holder


def signed_with(
    pdf: bytes,
    field: str,
    holder: Holder,
    root: Holder,
    *,
    lists: tuple[bytes, ...] = (),
    authority: TimestampAuthority | None = None,
    at: datetime = NOW,
) -> bytes:
    """Sign one field; the caseworker certifies."""
    return sign(
        pdf,
        field=field,
        key=holder.key,
        certificate=holder.certificate,
        root=root.certificate,
        name=field,
        role_label=field,
        reason="Prepared the assessment",
        at=at,
        certify=field == "Caseworker",
        revocation_lists=lists,
        authority=authority,
    )


def signed_by_all(
    pdf: bytes,
    people: Mapping[str, Holder],
    root: Holder,
    *,
    lists: tuple[bytes, ...] = (),
    authority: TimestampAuthority | None = None,
    at: datetime = NOW,
) -> list[bytes]:
    """Give the file before and after each signature."""
    files = [pdf]
    for field, holder in people.items():
        files.append(signed_with(files[-1], field, holder, root, lists=lists, authority=authority, at=at))
    return files
