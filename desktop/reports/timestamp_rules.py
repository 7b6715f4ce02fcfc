"""What is said of each timestamp: what it proves, or why it proves nothing."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.reports.signed_file import SignedFile
from desktop.reports.verdict import Finding, SignatureFacts, TimestampFacts
from forms.text import N_

#: A signature and the timestamp on it are made within moments of each other.
_LONG_BEFORE = 24 * 60 * 60

_ON_SIGNATURE = {
    "believed": ("good", N_("{field}: a timestamp of {authority} proves that it was signed by {at}.")),
    "unknown": ("remark", N_("{field}: the timestamp of {authority} ({at}) was not counted, since no root certificate for it was given.")),
    "other": ("missing", N_("{field}: the timestamp of {authority} ({at}) proves nothing: it is not by an authority that was given.")),
    "own": ("missing", N_("{field}: the timestamp of {at} proves nothing: the organisation cannot vouch for the time itself.")),
    "ended": (
        "remark",
        N_("{field}: the timestamp of {authority} no longer counts: its certificate ended on {until}, and no later one renewed it."),
    ),
    "revoked": ("missing", N_("{field}: the timestamp of {authority} proves nothing: the authority’s certificate was revoked.")),
    "contrary": (
        "problem",
        N_("{field}: the timestamp of {authority} states a time ({at}) later than that of one made after it, or than now."),
    ),
    "broken": ("problem", N_("{field}: the timestamp is not of this signature, or was changed.")),
}
_ON_FILE = {
    "believed": ("good", N_("A timestamp of {authority} over the whole file proves that all signatures before it existed on {at}.")),
    "unknown": (
        "remark",
        N_("The timestamp of {authority} over the file ({at}) was not counted, since no root certificate for it was given."),
    ),
    "other": ("missing", N_("The timestamp of {authority} over the file ({at}) proves nothing: it is not by an authority that was given.")),
    "own": ("missing", N_("The timestamp over the file ({at}) proves nothing: the organisation cannot vouch for the time itself.")),
    "ended": (
        "remark",
        N_("The timestamp of {authority} over the file no longer counts: its certificate ended on {until}, and no later one renewed it."),
    ),
    "revoked": ("missing", N_("The timestamp of {authority} over the file proves nothing: the authority’s certificate was revoked.")),
    "contrary": (
        "problem",
        N_("The timestamp of {authority} over the file states a time ({at}) later than that of one made after it, or than now."),
    ),
    "broken": ("problem", N_("A timestamp over the file is not of this file, or was changed.")),
}


def timestamp_findings(content: SignedFile) -> Iterator[Finding]:
    """Say what each timestamp is worth, those on signatures first."""
    for signature in content.signatures:
        if signature.timestamp is not None:
            yield from _finding(signature.timestamp)
            yield from _long_after(signature, signature.timestamp)
    for one in content.timestamps:
        yield from _finding(one)


def unproven_findings(content: SignedFile) -> Iterator[Finding]:
    """Say whose times of signing rest on nothing but their own clock."""
    claimed = [one for one in content.signatures if one.proven_at is None]
    if claimed and len(claimed) == len(content.signatures):
        yield Finding("remark", N_("The times of signing are claimed by the signers; no timestamp confirms them."))
        return
    for one in claimed:
        params: dict[str, str | int] = {"field": one.field, "name": one.name}
        yield Finding("remark", N_("{field}: the time of signing is claimed by {name}; no timestamp confirms it."), params)


def moment(iso: str) -> str:
    """Write a time for a sentence, the same in every language."""
    return f"{iso[:10]} {iso[11:16]} UTC"


def _finding(one: TimestampFacts) -> Iterator[Finding]:
    kind, message = (_ON_FILE if one.covers == "document" else _ON_SIGNATURE)[one.belief]
    params: dict[str, str | int] = {
        "field": one.field,
        "authority": one.authority,
        "at": moment(one.at),
        "until": one.valid_until[:10],
    }
    yield Finding(kind, message, {name: value for name, value in params.items() if "{" + name + "}" in message})  # type: ignore[arg-type]
    if not one.plain_container and one.belief != "broken":
        yield Finding(
            "problem", N_("The timestamp of {authority} carries something that does not belong in it."), {"authority": one.authority}
        )


def _long_after(signature: SignatureFacts, own: TimestampFacts) -> Iterator[Finding]:
    from datetime import datetime

    if signature.claimed_at is None or own.belief != "believed":
        return
    passed = datetime.fromisoformat(own.at) - datetime.fromisoformat(signature.claimed_at)
    if passed.total_seconds() > _LONG_BEFORE:
        params: dict[str, str | int] = {"field": signature.field, "name": signature.name, "at": moment(own.at)}
        message = N_("{field}: the time that {name}’s own clock claims is long before the timestamp ({at}). Go by the timestamp.")
        yield Finding("remark", message, params)
