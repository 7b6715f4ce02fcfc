"""The timestamp authority and what waits for it, as Settings shows them; nothing here knows of a window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from cryptography import x509
from cryptography.x509.oid import NameOID

from desktop.language import Language
from desktop.operations.timestamp_authority import Timestamps
from desktop.words import Mark
from forms.text import N_
from models.authority_list import AuthorityListCard


@dataclass(frozen=True)
class AuthorityListLine:
    """A revocation list of an authority: whose it is, how old, and ``mark`` when the authority has made a newer one by now."""

    issuer: str
    said: str
    mark: Mark | None


@dataclass(frozen=True)
class TimestampState:
    """``used`` is whether there is an authority; the documents to do are given by id, with the words of the buttons that do them.

    ``lists`` are the newest of each issuer, ``lists_said`` what they are for; nothing where there is neither a list nor an authority.
    """

    used: bool
    said: tuple[str, ...]
    whose: str
    awaiting: tuple[UUID, ...]
    renewable: tuple[UUID, ...]
    awaiting_said: str
    renewable_said: str
    may_change: bool
    lists: tuple[AuthorityListLine, ...] = ()
    lists_said: str = ""


def timestamp_state(stands: Timestamps, *, administers: bool, at: datetime, language: Language) -> TimestampState:
    """Word the card at a time (naive UTC)."""
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
        lists=tuple(_list_line(card, at, language) for card in stands.lists),
        lists_said=_lists_said(stands, language),
    )


def _lists_said(stands: Timestamps, language: Language) -> str:
    if stands.lists:
        return language.text(
            N_(
                "They say which of an authority’s certificates no longer count. Reports are verified by them, and what is signed from now"
                " on carries them. Nothing is fetched: the authority publishes new ones, and you give them here."
            )
        )
    if stands.kept.setting is None:
        return ""
    return language.text(
        N_("None has been given, so nobody here notices if the authority takes its certificate back. Ask the authority where its list is.")
    )


def _list_line(card: AuthorityListCard, at: datetime, language: Language) -> AuthorityListLine:
    days = (at.date() - card.made_at.date()).days
    made = language.plural("Made {n} day ago, on {day}.", "Made {n} days ago, on {day}.", days, day=card.made_at.date())
    if days <= 0:
        made = language.text(N_("Made today."))
    parts = [made]
    if card.next_update is not None:
        due = N_("The authority was to make a new one by {day}.") if card.is_stale(at) else N_("The authority makes a new one by {day}.")
        parts.append(language.text(due, day=card.next_update.date()))
    parts.append(language.text(N_("Given by {name}, {at}."), name=card.given_by, at=card.given_at))
    mark = Mark("moderate", language.text(N_("There is a newer list by now"))) if card.is_stale(at) else None
    return AuthorityListLine(_called(card.issuer), " ".join(parts), mark)


def _called(issuer: str) -> str:
    """Give an issuer's own name, without the codes and the country around it."""
    name = x509.Name.from_rfc4514_string(issuer)
    for wanted in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        for attribute in name.get_attributes_for_oid(wanted):
            return str(attribute.value)
    return issuer


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
