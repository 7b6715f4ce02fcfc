"""The certificates of the people here: which is in use, which still holds, which has ended or is revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from models import certificate, signing_choice
from models.database import utc_now
from models.identity import Person, PersonalCertificate, certificate_in_use, organisation
from models.revocation import CertificateRevocation

#: *in_use*: signs now; *valid*: holds still, but a newer one signs; *ended*; *revoked*.
State = Literal["in_use", "valid", "ended", "revoked"]

#: From so many days before its end on, it is said that a certificate ends.
ENDS_WITHIN_DAYS = 60
#: The same for the root certificate: a new vault is to be made by then, which takes a board's decision and everybody's time.
ROOT_ENDS_WITHIN_DAYS = 365


@dataclass(frozen=True)
class CertificateCard:
    """One certificate: serial number (hexadecimal), purpose (*acts*, *signing*), term (naive UTC), where it stands.

    ``reason`` and ``since`` are of a revoked one.
    """

    person: UUID
    person_name: str
    fingerprint: str
    serial: str
    purpose: str
    begins: datetime
    ends: datetime
    state: State
    reason: str = ""
    since: datetime | None = None

    def wants_care(self, at: datetime) -> bool:
        """Tell whether a certificate that somebody signs with is revoked, has ended, or ends within ``ENDS_WITHIN_DAYS``."""
        return self.state == "revoked" or (self.ends - at).days < ENDS_WITHIN_DAYS


@dataclass(frozen=True)
class RootTerm:
    """How it stands with the organisation's root certificate, which cannot be renewed: ``ends`` (naive UTC)."""

    ends: datetime

    def cuts_short(self, at: datetime) -> bool:
        """Tell whether certificates that are issued now end with the root, and so sooner than usual."""
        return self.ends < at + timedelta(days=certificate.PERSON_DAYS)

    def is_near_end(self, at: datetime) -> bool:
        """Tell whether the root has ended or ends within ``ROOT_ENDS_WITHIN_DAYS``."""
        return (self.ends - at).days < ROOT_ENDS_WITHIN_DAYS

    def has_ended(self, at: datetime) -> bool:
        """Tell whether nothing can be issued under the root any more."""
        return self.ends <= at


def root_term() -> RootTerm:
    """Give how it stands with the root certificate."""
    return RootTerm(certificate.ends_at(organisation().root))


def everybodys() -> tuple[CertificateCard, ...]:
    """Give all certificates, the newest of each person first."""
    now = utc_now()
    revoked = {row.certificate_id: row for row in CertificateRevocation.select()}
    used = {person.id: _used(person.id) for person in Person.select(Person.id).where(Person.ended_at.is_null())}
    rows = PersonalCertificate.select(PersonalCertificate, Person).join(Person)
    cards = []
    for row in rows.order_by(Person.name, Person.id, PersonalCertificate.number.desc()):
        cards.append(_card(row, revoked.get(row.id), in_use=row.id in used.get(row.person_id, ()), now=now))
    return tuple(cards)


def ending(at: datetime) -> tuple[CertificateCard, ...]:
    """Give the certificates that those who work here sign with and that are revoked, or whose end has come or is near."""
    used = {one for person in Person.select(Person.id).where(Person.ended_at.is_null()) for one in _used(person.id)}
    fingerprints = {row.fingerprint for row in PersonalCertificate.select().where(PersonalCertificate.id.in_(list(used)))}
    return tuple(card for card in everybodys() if card.fingerprint in fingerprints and card.wants_care(at))


def _used(person: UUID) -> tuple[UUID, ...]:
    """Give the certificates that sign now: the one for acts, and the one for reports."""
    return (certificate_in_use(person).id, signing_choice.in_use(person).certificate_id)


def _card(row: PersonalCertificate, gone: CertificateRevocation | None, *, in_use: bool, now: datetime) -> CertificateCard:
    made = row.x509
    ends = made.not_valid_after_utc.replace(tzinfo=None)
    state: State = "revoked" if gone is not None else "ended" if ends <= now else "in_use" if in_use else "valid"
    return CertificateCard(
        person=row.person_id,
        person_name=row.person.name,
        fingerprint=row.fingerprint,
        serial=certificate.serial(made),
        purpose=row.purpose,
        begins=made.not_valid_before_utc.replace(tzinfo=None),
        ends=ends,
        state=state,
        reason=gone.reason if gone is not None else "",
        since=gone.since if gone is not None else None,
    )
