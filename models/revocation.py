"""Certificates that no longer count, and the organisation's revocation list that says so to everybody.

A certificate is revoked once, for good. The list (RFC 5280) is made anew with every act that has the root key at hand, so it is fresh
without anybody thinking of it; a vault from before there were lists gets its first one with the first such act.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

import peewee
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from forms.text import N_
from models import audit, certificate
from models.actor import Actor
from models.database import Record, utc_now, write_tx
from models.errors import ActRefused, PersonRefused
from models.identity import Person, PersonalCertificate, organisation
from models.root_key import open_root_key

#: Why a certificate is revoked: the key or passphrase may be known to somebody else; the person has left; there is a newer one; other.
Reason = Literal["key_known", "left", "replaced", "other"]
REASONS: dict[str, x509.ReasonFlags | None] = {
    "key_known": x509.ReasonFlags.key_compromise,
    "left": x509.ReasonFlags.cessation_of_operation,
    "replaced": x509.ReasonFlags.superseded,
    "other": None,
}


class CertificateRevocation(Record):
    """One certificate that no longer counts, ``since`` when (UTC), and who entered that. Insert-only."""

    person_id: UUID
    certificate_id: UUID
    certificate = peewee.ForeignKeyField(PersonalCertificate, unique=True)
    reason = peewee.TextField()
    since = peewee.DateTimeField()
    person = peewee.ForeignKeyField(Person)
    audit_seq = peewee.IntegerField()

    class Meta:
        table_name = "certificate_revocation"


class RevocationList(Record):
    """One revocation list as it was made (DER); the one with the highest number is the organisation's list now. Insert-only."""

    number = peewee.IntegerField(unique=True)
    next_update = peewee.DateTimeField()
    person = peewee.ForeignKeyField(Person)
    audit_seq = peewee.IntegerField()
    der = peewee.BlobField()

    class Meta:
        table_name = "revocation_list"


@dataclass(frozen=True)
class RevocationListCard:
    """The organisation's revocation list: its number, when it was made and until when it counts as fresh (naive UTC), and its bytes."""

    number: int
    made_at: datetime
    next_update: datetime
    revoked: int
    der: bytes

    def is_stale(self, at: datetime) -> bool:
        """Tell whether a newer one should have been made by now."""
        return self.next_update <= at


def revoke(
    *, by: Actor, administrator_passphrase: str, person: UUID, certificate_sha256: str, reason: Reason, since: datetime | None = None
) -> RevocationListCard:
    """Revoke a person's certificate from a time on (naive UTC, by default now) and make the list anew.

    When the person has left, or the key in the vault may be known, every certificate of that person goes with it; when a key for reports
    alone may be known, such as that of a lost card, every one for that key. Raises ``ActRefused`` and
    ``WrongPassphrase`` (the administrator's), ``PersonRefused`` for a certificate that is not the person's or is revoked already, and
    for a time that has not come.
    """
    root_key = open_root_key(by, administrator_passphrase)
    row = PersonalCertificate.get_or_none((PersonalCertificate.fingerprint == certificate_sha256) & (PersonalCertificate.person == person))
    if row is None:
        raise PersonRefused(N_("That certificate is not this person’s. Nothing was changed."))
    if revocation_of(row.id) is not None:
        raise PersonRefused(N_("That certificate is revoked already. Nothing was changed."))
    from_then = checked_since(since)
    with write_tx():
        enter(by=by, certificates={row, *_along(row, reason)}, reason=reason, since=from_then)
        return publish(by=by, root_key=root_key)


def publish_anew(*, by: Actor, administrator_passphrase: str) -> RevocationListCard:
    """Make the list anew although nothing was revoked, so that it is fresh. Raises ``ActRefused`` and ``WrongPassphrase``."""
    return publish(by=by, root_key=open_root_key(by, administrator_passphrase))


def enter(*, by: Actor, certificates: Iterable[PersonalCertificate], reason: Reason, since: datetime) -> None:
    """Enter certificates as revoked, inside a transaction that publishes a list afterwards."""
    for row in certificates:
        began = row.x509.not_valid_before_utc.replace(tzinfo=None)
        from_then = max(since.replace(microsecond=0), began)
        said = {"person": row.person_id, "certificate": row.fingerprint, "reason": reason, "since": from_then}
        entry = audit.record(actor=by, act="certificate.revoked", value=said)
        CertificateRevocation.create(certificate=row.id, reason=reason, since=from_then, person=by.person, audit_seq=entry.seq)


def publish(*, by: Actor, root_key: ec.EllipticCurvePrivateKey) -> RevocationListCard:
    """Make and keep the organisation's list as it is now; for acts that have the root key at hand."""
    with write_tx():
        last = latest()
        number = last.number + 1 if last is not None else 1
        at = utc_now().replace(microsecond=0)  # as the list itself says it
        gone = _revoked()
        made = certificate.make_revocation_list(root=organisation().root, root_key=root_key, number=number, revoked=gone, at=at)
        der, ends = made.public_bytes(Encoding.DER), at + timedelta(days=certificate.LIST_DAYS)
        entry = audit.record(actor=by, act="revocation_list.published", value={"number": number, "revoked": len(gone), "next_update": ends})
        RevocationList.create(created_at=at, number=number, next_update=ends, person=by.person, audit_seq=entry.seq, der=der)
    return RevocationListCard(number, at, ends, len(gone), der)


def latest() -> RevocationListCard | None:
    """Give the organisation's list, or ``None`` in a vault where none has been made yet."""
    row = RevocationList.select().order_by(RevocationList.number.desc()).first()
    if row is None:
        return None
    der = bytes(row.der)
    return RevocationListCard(row.number, row.created_at, row.next_update, len(x509.load_der_x509_crl(der)), der)


def lists() -> tuple[bytes, ...]:
    """Give what a signed report carries along: the organisation's list (DER), or nothing where there is none."""
    card = latest()
    return () if card is None else (card.der,)


def revocation_of(certificate_id: UUID) -> CertificateRevocation | None:
    """Give how a certificate was revoked, ``None`` when it was not."""
    row: CertificateRevocation | None = CertificateRevocation.get_or_none(CertificateRevocation.certificate == certificate_id)
    return row


def standing(person: UUID) -> tuple[PersonalCertificate, ...]:
    """Give the certificates of a person that are neither revoked nor at their end."""
    now = utc_now()
    query = PersonalCertificate.select().where(
        (PersonalCertificate.person == person)
        & PersonalCertificate.id.not_in(CertificateRevocation.select(CertificateRevocation.certificate))
    )
    return tuple(row for row in query if row.x509.not_valid_after_utc.replace(tzinfo=None) > now)


def standing_acts(person: UUID) -> tuple[PersonalCertificate, ...]:
    """Give those of ``standing`` that are for the person's key in the vault."""
    return tuple(row for row in standing(person) if row.purpose == "acts")


def _along(row: PersonalCertificate, reason: Reason) -> tuple[PersonalCertificate, ...]:
    """Give the standing certificates that go with one that is revoked."""
    if reason == "left" or (reason == "key_known" and row.purpose == "acts"):
        return standing(row.person_id)
    if reason == "key_known":
        key = certificate.public_bytes(row.x509.public_key())
        return tuple(one for one in standing(row.person_id) if certificate.public_bytes(one.x509.public_key()) == key)
    return ()


def checked_since(since: datetime | None) -> datetime:
    """Give from when a revocation is to count (naive UTC): now unless said otherwise. Raises ``PersonRefused`` for a time to come.

    A list knows whole seconds only (RFC 5280). So "now" is the second that comes: what was signed a moment before the revocation would
    otherwise be dated after it.
    """
    now = utc_now()
    if since is not None and since > now:
        raise PersonRefused(N_("A certificate can be revoked from now or from a time that has passed. Nothing was changed."))
    return since or now.replace(microsecond=0) + timedelta(seconds=1)


def require_unrevoked(row: PersonalCertificate) -> None:
    """Make sure that a certificate may still be used for signing, sealing and reviewing. Raises ``ActRefused``."""
    if revocation_of(row.id) is not None:
        raise ActRefused(N_("Your certificate has been revoked, so nothing was done. Let an administrator give you a new one."))


def _revoked() -> tuple[certificate.Revoked, ...]:
    query = CertificateRevocation.select(CertificateRevocation, PersonalCertificate).join(PersonalCertificate)
    return tuple(
        certificate.Revoked(row.certificate.x509.serial_number, row.since, REASONS[row.reason])
        for row in query.order_by(CertificateRevocation.audit_seq)
    )
