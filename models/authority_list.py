"""Revocation lists of timestamp authorities: what an administrator gave, and the newest of each issuer, by which certificates are judged.

Nothing is fetched: an authority publishes its lists, and somebody here hands them over. A list is kept only if a certificate of an
authority that this vault knows has signed it. Lists are never removed; of each issuer the newest counts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import peewee
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from forms.text import N_
from models import audit, certificate, timestamp_setting
from models.actor import Actor, require_role
from models.database import Record, utc_now, write_tx
from models.errors import RecordRefused
from models.identity import Person

#: A longer list would not fit into a report, and a report that carried it could not be checked.
LARGEST = 2 * 1024 * 1024
#: By so much may the authority's clock be before this computer's.
_CLOCKS_DIFFER = timedelta(minutes=10)


class AuthorityList(Record):
    """One list (DER) as it was given; ``issuer_key`` is the SHA-256 of the public key that signed it. Insert-only."""

    person_id: UUID
    issuer = peewee.TextField()
    issuer_key = peewee.TextField()
    made_at = peewee.DateTimeField()
    next_update = peewee.DateTimeField(null=True)
    revoked = peewee.IntegerField()
    sha256 = peewee.TextField(unique=True)
    person = peewee.ForeignKeyField(Person)
    audit_seq = peewee.IntegerField()
    der = peewee.BlobField()

    class Meta:
        table_name = "authority_list"


@dataclass(frozen=True)
class AuthorityListCard:
    """The newest list of an issuer: when it was made and until when it counts as fresh (naive UTC), and who gave it when."""

    issuer: str
    made_at: datetime
    next_update: datetime | None
    revoked: int
    given_by: str
    given_at: datetime

    def is_stale(self, at: datetime) -> bool:
        """Tell whether the authority has made a newer one by now."""
        return self.next_update is not None and self.next_update <= at


def newest() -> tuple[AuthorityListCard, ...]:
    """Give the newest list of each issuer, by the issuer's name."""
    rows = sorted(_newest(), key=lambda row: (str(row.issuer), str(row.issuer_key)))
    return tuple(
        AuthorityListCard(row.issuer, row.made_at, row.next_update, row.revoked, Person.get_by_id(row.person_id).name, row.created_at)
        for row in rows
    )


def lists() -> tuple[bytes, ...]:
    """Give the newest list (DER) of each issuer: what timestamps are judged by, and what a document carries along where it concerns one."""
    return tuple(bytes(row.der) for row in _newest())


def put(*, actor: Actor, given: Iterable[x509.CertificateRevocationList], beside: Iterable[x509.Certificate] = ()) -> None:
    """Keep lists, all of them or none. ``beside`` are certificates that came along, which may stand between a known one and a list.

    Raises ``ActRefused``, and ``RecordRefused`` with the reason for a list that nobody known has signed, that is of some certificates
    only, too long, made in the future, kept already or older than the one that is.
    """
    with write_tx():
        require_role(actor, "administrator")
        issuers = tuple(_issuers(beside))
        for one in given:
            _put(actor, one, issuers)


def _put(actor: Actor, given: x509.CertificateRevocationList, issuers: tuple[x509.Certificate, ...]) -> None:
    der = given.public_bytes(Encoding.DER)
    named, made_at = given.issuer.rfc4514_string(), given.last_update_utc.replace(tzinfo=None)
    above = next((one for one in issuers if certificate.has_signed_list(one, given)), None)
    if above is None:
        raise RecordRefused(
            N_(
                "The revocation list of {issuer} is not signed by a timestamp authority that is known here, so it was not kept. Use the"
                " authority first, or give its issuer’s certificate in the same file."
            ),
            issuer=named,
        )
    if not certificate.is_whole_list(given):
        raise RecordRefused(
            N_("The revocation list of {issuer} is about some of its certificates only, so it was not kept. Ask for the whole list."),
            issuer=named,
        )
    if len(der) > LARGEST:
        raise RecordRefused(
            N_("The revocation list of {issuer} is larger than {size} MB, too large to travel in a report. It was not kept."),
            issuer=named,
            size=LARGEST // (1024 * 1024),
        )
    if made_at > utc_now() + _CLOCKS_DIFFER:
        raise RecordRefused(
            N_("The revocation list of {issuer} says that it was made on {day}. It was not kept; is this computer’s clock right?"),
            issuer=named,
            day=made_at.date(),
        )
    key, digest = _key(above), hashlib.sha256(der).hexdigest()
    before = next((row for row in _newest() if row.issuer_key == key), None)
    if before is not None and (before.sha256 == digest or before.made_at >= made_at):
        raise RecordRefused(
            N_("The revocation list of {issuer} of {day}, or a newer one, is kept already. Nothing was changed."),
            issuer=named,
            day=made_at.date(),
        )
    ends = given.next_update_utc
    said = {"issuer": named, "made_at": made_at, "sha256": digest}
    entry = audit.record(actor=actor, act="authority_list.given", value=said)
    AuthorityList.create(
        issuer=named,
        issuer_key=key,
        made_at=made_at,
        next_update=ends.replace(tzinfo=None) if ends is not None else None,
        revoked=len(given),
        sha256=digest,
        person=actor.person,
        audit_seq=entry.seq,
        der=der,
    )


def _issuers(beside: Iterable[x509.Certificate]) -> Iterator[x509.Certificate]:
    """Give the known authorities' certificates, and those that came along and that a known one has issued for issuing others."""
    known = [x509.load_pem_x509_certificate(one) for one in timestamp_setting.certificates_ever()]
    yield from known
    for one in beside:
        if certificate.may_issue(one) and any(_issued(one, by) for by in known):
            yield one


def _issued(below: x509.Certificate, above: x509.Certificate) -> bool:
    try:
        below.verify_directly_issued_by(above)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _key(issuer: x509.Certificate) -> str:
    return hashlib.sha256(issuer.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def _newest() -> list[AuthorityList]:
    newest = AuthorityList.select(peewee.fn.max(AuthorityList.audit_seq)).group_by(AuthorityList.issuer_key)
    return list(AuthorityList.select().where(AuthorityList.audit_seq.in_(newest)).order_by(AuthorityList.audit_seq))
