"""The timestamp authority and what waits for it, as Settings shows them; nothing here knows of a window."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from desktop.language import Language
from desktop.operations.timestamp_authority import Timestamps
from forms.text import N_


@dataclass(frozen=True)
class TimestampState:
    """``used`` is whether there is an authority; the documents to do are given by id, with the words of the buttons that do them."""

    used: bool
    said: tuple[str, ...]
    whose: str
    awaiting: tuple[UUID, ...]
    renewable: tuple[UUID, ...]
    awaiting_said: str
    renewable_said: str
    may_change: bool


def timestamp_state(stands: Timestamps, *, administers: bool, language: Language) -> TimestampState:
    """Word the card."""
    setting = stands.kept.setting
    if setting is None:
        said = (
            language.text(
                N_("A timestamp is another organisation’s word for when a report was signed. Without one, the report says so itself.")
            ),
            language.text(N_("No timestamp authority is used, so nothing is sent anywhere.")),
        )
    else:
        said = (
            language.text(N_("Timestamps come from {address}."), address=setting.url),
            language.text(
                N_(
                    "At each signature 32 bytes are sent to {host}: a digest from which nothing of the report can be read, and nothing"
                    " else. The server sees this computer’s address on the internet, as any server does."
                ),
                host=urlsplit(setting.url).hostname or setting.url,
            ),
        )
    awaiting, renewable = tuple(one.document for one in stands.awaiting), tuple(one.document for one in stands.renewable)
    return TimestampState(
        used=setting is not None,
        said=said,
        whose=_whose(stands, language),
        awaiting=awaiting,
        renewable=renewable,
        awaiting_said=language.plural("{n} signed document awaits a timestamp.", "{n} signed documents await a timestamp.", len(awaiting))
        if awaiting
        else "",
        renewable_said=language.plural(
            "The timestamp of {n} document ends within a year.", "The timestamps of {n} documents end within a year.", len(renewable)
        )
        if renewable
        else "",
        may_change=administers,
    )


def _whose(stands: Timestamps, language: Language) -> str:
    kept = stands.kept
    if kept.at is None:
        return ""
    words = N_("Chosen by {name}, {at}.") if kept.setting is not None else N_("Turned off by {name}, {at}.")
    said = language.text(words, name=kept.by_name, at=kept.at)
    if kept.setting is not None and kept.setting.answered_as:
        answered = language.text(N_("It answered as {name}."), name=kept.setting.answered_as)
        said = f"{said} {answered}"
    return said
