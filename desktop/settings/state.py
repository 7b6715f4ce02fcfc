"""What Settings shows, made from cards; nothing here knows of a window."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desktop.language import Language
from desktop.words import ROLES, Mark, word
from models.identity import PersonCard

#: From so many days before its end on a certificate can be renewed.
RENEW_WITHIN_DAYS = 90
#: The order in which roles are offered and named.
ROLE_ORDER = tuple(ROLES)


@dataclass(frozen=True)
class PersonLine:
    """A person in the list, and what the one who looks may do about that person.

    ``warning``: that a certificate that the person signs with is revoked, has ended or ends soon.
    """

    id: UUID
    name: str
    about: str
    roles: frozenset[str]
    may_change: bool
    may_renew: bool
    may_end: bool
    active: bool = True
    warning: Mark | None = None


def person_lines(
    people: tuple[PersonCard, ...],
    *,
    me: PersonCard | None,
    language: Language,
    today: date,
    revoked: Collection[UUID] = (),
    without_own_key: Collection[UUID] = (),
) -> tuple[PersonLine, ...]:
    """List people, those who left last; only an administrator may end somebody, and never oneself.

    ``revoked`` are those whose certificate in use is revoked, ``without_own_key`` those who chose a key of their own for reports whose
    certificate is.
    """
    administers = me is not None and "administrator" in me.roles
    lines = []
    for person in sorted(people, key=lambda one: (not one.active, one.name.casefold())):
        roles = language.listing([word(ROLES, role, language).lower() for role in ROLE_ORDER if role in person.roles])
        left = language.text("has left")
        until = _certified_until(person) if person.active else None
        ends_soon = until is not None and (until - today).days <= RENEW_WITHIN_DAYS
        warning = _warning(until, language, today) if until is not None and ends_soon else None
        if person.active and person.id in revoked:
            warning = Mark("high", language.text("The certificate is revoked"))
        elif person.active and person.id in without_own_key:
            warning = Mark("high", language.text("The own key’s certificate is revoked"))
        lines.append(
            PersonLine(
                id=person.id,
                name=person.name,
                about=" · ".join(part for part in (roles, person.email, "" if person.active else left) if part),
                roles=person.roles,
                may_change=administers and person.active,
                may_renew=administers and ends_soon,
                warning=warning,
                active=person.active,
                may_end=administers and person.active and me is not None and person.id != me.id,
            )
        )
    return tuple(lines)


def _certified_until(person: PersonCard) -> date | None:
    return person.certificate.not_valid_after_utc.date() if person.certificate_pem else None


def _warning(until: date, language: Language, today: date) -> Mark:
    if until < today:
        return Mark("high", language.text("The certificate ended on {day}", day=until))
    return Mark("moderate", language.text("The certificate ends on {day}", day=until))


def spaced_fingerprint(hexadecimal: str) -> str:
    """Write a fingerprint in groups of four, eight groups to a line, so that two people can read it to each other."""
    groups = [hexadecimal[at : at + 4].upper() for at in range(0, len(hexadecimal), 4)]
    return "\n".join(" ".join(groups[at : at + 8]) for at in range(0, len(groups), 8))
