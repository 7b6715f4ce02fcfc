"""The audit chain: every act in order, each bound to the one before and signed by the person whose act it is.

The digest of an entry covers its value only through a salted digest, so a value can be erased with its nonce and the chain stays whole.
People stand in it by reference. One who holds the key of the vault can rebuild the chain, but not match the heads that were printed in
reports and signed outside.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import peewee
from cryptography import x509
from cryptography.exceptions import InvalidSignature

from forms.canonical import canonical_json
from forms.text import N_
from models.actor import Actor, refused, require_role, signed_by, verify_act
from models.certificate import fingerprint
from models.database import proxy, utc_now, write_tx
from models.errors import ActRefused
from models.identity import Person, PersonalCertificate, certificate_in_use, organisation

#: What the program itself may enter without a person. Everything else needs an actor.
UNSIGNED_ACTS = frozenset({"vault.created", "vault.forked", "vault.upgraded"})
_START = bytes(32)


class AuditRow(peewee.Model):
    """One entry of the chain. ``value`` and ``nonce`` may be erased together; nothing else ever changes."""

    seq = peewee.IntegerField(primary_key=True)
    at = peewee.DateTimeField()
    person = peewee.ForeignKeyField(Person, null=True)
    certificate = peewee.ForeignKeyField(PersonalCertificate, null=True)
    act = peewee.TextField()
    value = peewee.BlobField(null=True)
    nonce = peewee.BlobField(null=True)
    value_digest = peewee.BlobField()
    digest = peewee.BlobField()
    signature = peewee.BlobField(null=True)
    person_id: UUID | None
    certificate_id: UUID | None

    class Meta:
        database = proxy
        table_name = "audit_entry"


class AuditHead(peewee.Model):
    """How far the chain has come; one row. Without it, entries cut off at the end would not be missed."""

    id = peewee.IntegerField(primary_key=True)
    seq = peewee.IntegerField()
    digest = peewee.BlobField()

    class Meta:
        database = proxy
        table_name = "audit_head"


@dataclass(frozen=True)
class AuditEntry:
    """One entry of the chain: ``at`` UTC, ``value`` canonical JSON or None when erased, ``digest`` hexadecimal."""

    seq: int
    at: datetime
    person: UUID | None
    act: str
    value: bytes | None
    digest: str


@dataclass(frozen=True)
class ChainFault:
    """What is wrong with one entry: "changed", "missing", "signature", "certificate" or "anchor"."""

    seq: int
    kind: str


@dataclass(frozen=True)
class ChainReport:
    """What a check of the whole chain found: entries read, how many values were erased, and each fault."""

    entries: int
    erased: int
    faults: tuple[ChainFault, ...]

    @property
    def whole(self) -> bool:
        return not self.faults


def record(*, actor: Actor | None, act: str, value: Mapping[str, object]) -> AuditEntry:
    """Enter an act in the chain, in the same transaction as what it did.

    The signature is checked against the certificate that the vault holds for the person before anything is stored, so an act with
    another's key raises ``ActRefused`` and takes the transaction with it. Without an actor only ``UNSIGNED_ACTS`` are entered.
    """
    if actor is None and act not in UNSIGNED_ACTS:
        raise refused()
    with write_tx():
        previous = AuditHead.get_or_none(AuditHead.id == 1)
        seq, before = (previous.seq + 1, bytes(previous.digest)) if previous else (0, _START)
        at, nonce, written = utc_now(), secrets.token_bytes(16), canonical_json(value)
        certificate = certificate_in_use(actor.person) if actor else None
        value_digest = _value_digest(nonce, written)
        digest = _digest(before, value_digest, seq=seq, at=at, person=actor.person if actor else None, act=act, signer=_print(certificate))
        signature = actor.sign(digest) if actor else None
        if actor is not None and signature is not None:
            verify_act(person=actor.person, payload=digest, signature=signature)
        row = {
            "seq": seq,
            "at": at,
            "person": actor.person if actor else None,
            "certificate": certificate,
            "act": act,
            "value": written,
            "nonce": nonce,
            "value_digest": value_digest,
            "digest": digest,
            "signature": signature,
        }
        AuditRow.insert(row).execute()
        AuditHead.insert(id=1, seq=seq, digest=digest).on_conflict_replace().execute()
    return AuditEntry(seq, at, actor.person if actor else None, act, written, digest.hex())


def head() -> tuple[int, str]:
    """Give the number and digest (hexadecimal) of the last entry: the anchor that is printed in a report."""
    row = AuditHead.get()
    return row.seq, bytes(row.digest).hex()


def entries(*, first: int = 0, limit: int = 500) -> tuple[AuditEntry, ...]:
    """Give entries in order, from ``first`` on."""
    rows = AuditRow.select().where(AuditRow.seq >= first).order_by(AuditRow.seq).limit(limit)
    return tuple(
        AuditEntry(row.seq, row.at, row.person_id, row.act, None if row.value is None else bytes(row.value), bytes(row.digest).hex())
        for row in rows
    )


def erase(*, actor: Actor, seq: int, reason: str) -> AuditEntry:
    """Erase the value of an entry for good, by an administrator; that it was erased, by whom and why is itself entered.

    Raises ``ActRefused`` for an entry that there is not, that is erased already, or that holds the vault's own beginning.
    """
    require_role(actor, "administrator")
    with write_tx():
        gone = AuditRow.update(value=None, nonce=None).where((AuditRow.seq == seq) & (AuditRow.seq > 0) & AuditRow.value.is_null(False))
        if gone.execute() != 1:
            raise ActRefused(N_("Entry {number} has nothing that can be erased. Nothing was changed."), number=seq)
        return record(actor=actor, act="audit.erased", value={"entry": seq, "reason": reason})


def check_chain(anchors: Iterable[tuple[int, str]] = ()) -> ChainReport:
    """Check every entry: its place, its digest, its value, its signature and the certificate of the signer.

    ``anchors`` are heads known from elsewhere (number, hexadecimal digest), such as those printed in reports.
    """
    known = {seq: digest.lower() for seq, digest in anchors}
    last = AuditHead.get_or_none(AuditHead.id == 1)
    signers = _signers()
    faults: list[ChainFault] = []
    before, expected, count, erased = _START, 0, 0, 0
    for row in AuditRow.select().order_by(AuditRow.seq).iterator():
        faults.extend(ChainFault(seq, "missing") for seq in range(expected, row.seq))
        fault = _fault(row, before, signers)
        if fault is not None and not (row.seq > expected and fault == "changed"):
            faults.append(ChainFault(row.seq, fault))
        if row.seq in known and bytes(row.digest).hex() != known[row.seq]:
            faults.append(ChainFault(row.seq, "anchor"))
        before, expected, count, erased = bytes(row.digest), row.seq + 1, count + 1, erased + (row.value is None)
    end = max([last.seq if last else 0, *known])
    faults.extend(ChainFault(seq, "missing") for seq in range(expected, end + 1))
    if last is not None and last.seq == expected - 1 and bytes(last.digest) != before:
        faults.append(ChainFault(last.seq, "changed"))
    return ChainReport(entries=count, erased=erased, faults=tuple(dict.fromkeys(faults)))


def _fault(row: AuditRow, before: bytes, signers: Mapping[str, tuple[UUID, x509.Certificate | None]]) -> str | None:
    value_digest = bytes(row.value_digest)
    signer = None if row.certificate_id is None else str(row.certificate_id)
    person, certificate = signers.get(signer, (None, None)) if signer else (None, None)
    mark = fingerprint(certificate) if certificate else None
    digest = _digest(before, value_digest, seq=row.seq, at=row.at, person=row.person_id, act=row.act, signer=mark)
    if (row.value is None) != (row.nonce is None) or (row.value is None and row.seq == 0):
        return "changed"
    if row.value is not None and row.nonce is not None and _value_digest(bytes(row.nonce), bytes(row.value)) != value_digest:
        return "changed"
    if signer is not None and (certificate is None or person != row.person_id):
        return "certificate"
    if digest != bytes(row.digest):
        return "changed"
    if certificate is None:
        return None if row.signature is None and row.person_id is None and row.act in UNSIGNED_ACTS else "signature"
    if row.signature is None or not signed_by(certificate, payload=digest, signature=bytes(row.signature)):
        return "signature"
    return None


def _signers() -> dict[str, tuple[UUID, x509.Certificate | None]]:
    """Give person and certificate by certificate id; no certificate for one that the organisation did not issue."""
    root = organisation().root
    found: dict[str, tuple[UUID, x509.Certificate | None]] = {}
    for row in PersonalCertificate.select():
        certificate: x509.Certificate | None = x509.load_pem_x509_certificate(row.pem.encode("ascii"))
        try:
            if certificate is not None:
                certificate.verify_directly_issued_by(root)
        except (ValueError, TypeError, InvalidSignature):
            certificate = None
        found[str(row.id)] = (row.person_id, certificate)
    return found


def _print(row: PersonalCertificate | None) -> str | None:
    return None if row is None else str(row.fingerprint)


def _value_digest(nonce: bytes, value: bytes) -> bytes:
    return hashlib.sha256(nonce + value).digest()


def _digest(before: bytes, value_digest: bytes, *, seq: int, at: datetime, person: UUID | None, act: str, signer: str | None) -> bytes:
    # Canonical JSON keeps the parts apart: no two different entries give the same bytes.
    bound = {
        "audit": 1,
        "previous": before.hex(),
        "value": value_digest.hex(),
        "seq": seq,
        "at": at.isoformat(timespec="microseconds"),
        "person": person,
        "certificate": signer,
        "act": act,
    }
    return hashlib.sha256(canonical_json(bound)).digest()
