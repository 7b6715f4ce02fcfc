"""What Settings shows, made from cards; nothing here knows of a window."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from desktop.language import Language
from desktop.words import ROLES, word
from models.identity import PersonCard

#: The order in which roles are offered and named.
ROLE_ORDER = tuple(ROLES)


@dataclass(frozen=True)
class PersonLine:
    """A person in the list. ``may_end``: whether the one who looks may let that person leave."""

    id: UUID
    name: str
    about: str
    may_end: bool


def person_lines(people: tuple[PersonCard, ...], *, me: PersonCard | None, language: Language) -> tuple[PersonLine, ...]:
    """List people, those who left last; only an administrator may end somebody, and never oneself."""
    administers = me is not None and "administrator" in me.roles
    lines = []
    for person in sorted(people, key=lambda one: (not one.active, one.name.casefold())):
        roles = language.listing([word(ROLES, role, language).lower() for role in ROLE_ORDER if role in person.roles])
        left = language.text("has left")
        lines.append(
            PersonLine(
                id=person.id,
                name=person.name,
                about=" · ".join(part for part in (roles, person.email, "" if person.active else left) if part),
                may_end=administers and person.active and me is not None and person.id != me.id,
            )
        )
    return tuple(lines)


def spaced_fingerprint(hexadecimal: str) -> str:
    """Write a fingerprint in groups of four, eight groups to a line, so that two people can read it to each other."""
    groups = [hexadecimal[at : at + 4].upper() for at in range(0, len(hexadecimal), 4)]
    return "\n".join(" ".join(groups[at : at + 8]) for at in range(0, len(groups), 8))
