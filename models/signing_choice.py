"""With which key a person signs reports: the one in the vault, a key of the person's own from a file, or one on a card or token.

Whatever is chosen, acts in the vault are signed by the person's key there. A key from a file is kept under the person's passphrase; of
a token only where it is found and its certificate are kept, never its PIN. The certificate is always one that the organisation's root
has issued.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

import peewee
from cryptography import x509
from cryptography.exceptions import InvalidSignature

from forms.text import N_
from models import audit, certificate, revocation, wrapping
from models.actor import Actor, refused, require_role, signing_purpose, unlock
from models.brought_key import Proof, prove_held, require_for_signing, require_proof
from models.database import Record, utc_now, write_tx
from models.errors import ActRefused, PersonRefused
from models.identity import Person, PersonalCertificate, certificate_in_use, organisation, person_row
from models.root_key import certify, enter_certificate, root_key_of
from models.wrapping import STANDARD_COST, Cost

Kind = Literal["vault", "file", "token"]


class SigningChoice(Record):
    """One choice of a key for reports; the latest stands. Insert-only. ``module`` and ``label`` say where a token is found."""

    person_id: UUID
    certificate_id: UUID | None
    person = peewee.ForeignKeyField(Person)
    kind = peewee.TextField()
    certificate = peewee.ForeignKeyField(PersonalCertificate, null=True)
    module = peewee.TextField()
    label = peewee.TextField()
    audit_seq = peewee.IntegerField()

    class Meta:
        table_name = "signing_choice"


@dataclass(frozen=True)
class Token:
    """Where a card or token is found: the path of its PKCS #11 module and its label."""

    module: str
    label: str


@dataclass(frozen=True)
class SigningCard:
    """A certificate that a person can sign reports with now, and where its key is: *vault*, *file* or *token*, then with its place."""

    kind: str
    certificate_id: UUID
    fingerprint: str
    pem: str
    token: Token | None = None

    @property
    def certificate(self) -> x509.Certificate:
        return x509.load_pem_x509_certificate(self.pem.encode("ascii"))


def in_use(person: UUID) -> SigningCard:
    """Give the certificate that a person signs reports with from now on, by the person's latest choice."""
    row = _latest(person)
    if row is None or row.certificate_id is None:
        return _card("vault", certificate_in_use(person))
    return _card(
        row.kind,
        _newest_like(PersonalCertificate.get_by_id(row.certificate_id)),
        Token(row.module, row.label) if row.kind == "token" else None,
    )


def of_line(actor: Actor, required: str) -> SigningCard:
    """Give the actor's certificate for a line of a report for which the sealed record names one by its fingerprint.

    Raises ``ActRefused`` when it is not one whose key the actor has, has ended or is revoked: then nobody can sign that line any more, for
    a new certificate is not the one that is named.
    """
    card = usable(actor.person, required)
    if card is None:
        raise ActRefused(
            N_("The sealed record names another certificate for this line than yours. Nothing was signed; let that person sign.")
        )
    row = PersonalCertificate.get_by_id(card.certificate_id)
    if revocation.revocation_of(row.id) is not None or certificate.ends_at(row.x509) <= utc_now():
        raise ActRefused(
            N_(
                "The sealed record names a certificate of yours that has been revoked or has ended, and a new one cannot take its place."
                " Nothing was signed; start a new assessment that replaces this one, seal it and sign that."
            )
        )
    return card


def of_free_line(actor: Actor, *, taken: Iterable[str]) -> SigningCard:
    """Give the certificate that the actor signs with in a line for which none is named; ``taken`` are those of the other lines.

    Raises ``ActRefused`` for somebody who signs another line, and as ``of_line``.
    """
    others = PersonalCertificate.select().where(PersonalCertificate.fingerprint.in_(list(taken)))
    if actor.person in {row.person_id for row in others}:
        raise ActRefused(N_("Each line of the report is for a different person. Nothing was signed."))
    card = in_use(actor.person)
    require_usable(card)
    return card


def usable(person: UUID, fingerprint: str) -> SigningCard | None:
    """Find a certificate by its fingerprint among those whose key the person has at hand now, renewed ones included; else ``None``."""
    return next((card for card in _at_hand(person) if card.fingerprint == fingerprint), None)


def require_usable(card: SigningCard, *, at: datetime | None = None) -> None:
    """Make sure that a certificate still counts. Raises ``ActRefused`` when it has ended or is revoked."""
    row = PersonalCertificate.get_by_id(card.certificate_id)
    if card.kind != "vault" and revocation.revocation_of(row.id) is not None:
        raise ActRefused(
            N_("The certificate of your own key has been revoked, so nothing was signed. Choose under Settings which key signs now.")
        )
    revocation.require_unrevoked(row)
    if certificate.ends_at(row.x509) <= (at or utc_now()):
        raise ActRefused(N_("Your certificate has ended, so nothing was signed. Let an administrator renew it."))


def use_file(
    *,
    actor: Actor,
    passphrase: str,
    key: certificate.PrivateKey,
    found: x509.Certificate,
    administrator: UUID | None = None,
    administrator_passphrase: str = "",
    cost: Cost = STANDARD_COST,
) -> SigningCard:
    """Sign reports with a key from a file from now on; it is put under the person's own passphrase.

    ``found`` is the certificate in the file; when another than the organisation's root issued it, an administrator's passphrase lets
    the root issue one for the same key. The key signs for trial first. Raises ``WrongPassphrase``, and ``PersonRefused`` for a key that
    is not the certificate's or cannot sign reports, a certificate that has ended, is for another use or another person's, and when an
    administrator is needed.
    """
    unlock(person=actor.person, passphrase=passphrase)
    _require_brought(found, prove_held(found, key))
    wrapped = wrap_key(key, person=actor.person, passphrase=passphrase, cost=cost)
    with write_tx():
        row = _certificate_for(actor.person, found, administrator, administrator_passphrase)
        card = _choose(actor, "file", row, None)
        Person.update(signing_wrap=wrapped).where(Person.id == actor.person).execute()
    actor.hold_signing_key(key)
    return card


def use_token(
    *,
    actor: Actor,
    token: Token,
    found: x509.Certificate,
    proof: Proof,
    administrator: UUID | None = None,
    administrator_passphrase: str = "",
) -> SigningCard:
    """Sign reports with a key on a card or token from now on; its certificate is ``found``, its trial signature ``proof``.

    Errors as in ``use_file``.
    """
    _require_brought(found, proof)
    with write_tx():
        row = _certificate_for(actor.person, found, administrator, administrator_passphrase)
        card = _choose(actor, "token", row, token)
        Person.update(signing_wrap=None).where(Person.id == actor.person).execute()
    actor.hold_signing_key(None)
    return card


def use_vault(*, actor: Actor) -> SigningCard:
    """Sign reports with the key in the vault again; a key from a file is forgotten."""
    with write_tx():
        card = _choose(actor, "vault", None, None)
        Person.update(signing_wrap=None).where(Person.id == actor.person).execute()
    actor.hold_signing_key(None)
    return card


def forget_file(*, by: Actor, person: UUID) -> None:
    """Let a person whose key file can no longer be opened sign with the key in the vault again, inside the transaction of that act."""
    row = _latest(person)
    if row is not None and row.kind == "file":
        _record(by, person, "vault", None, None)


def certificate_to_renew(person: UUID, purpose: str) -> PersonalCertificate:
    """Give the certificate in use for a purpose. Raises ``PersonRefused`` when the person signs reports with the key in the vault."""
    if purpose == "acts":
        return certificate_in_use(person)
    chosen = in_use(person)
    if chosen.kind == "vault":
        raise PersonRefused(N_("That person has no key of their own for reports. Nothing was changed."))
    row: PersonalCertificate = PersonalCertificate.get_by_id(chosen.certificate_id)
    return row


def wrap_key(key: certificate.PrivateKey, *, person: UUID, passphrase: str, cost: Cost) -> str:
    """Put a key for reports under the person's passphrase."""
    return wrapping.written(wrapping.wrap(certificate.key_bytes(key), passphrase=passphrase, purpose=signing_purpose(person), cost=cost))


def _at_hand(person: UUID) -> Iterator[SigningCard]:
    chosen = in_use(person)
    keys: dict[bytes, tuple[str, Token | None]] = {certificate.public_bytes(certificate_in_use(person).x509.public_key()): ("vault", None)}
    keys[certificate.public_bytes(chosen.certificate.public_key())] = (chosen.kind, chosen.token)
    for row in PersonalCertificate.select().where(PersonalCertificate.person == person).order_by(PersonalCertificate.number.desc()):
        held = keys.get(certificate.public_bytes(row.x509.public_key()))
        if held is not None:
            yield _card(held[0], row, held[1])


def _require_brought(found: x509.Certificate, proof: Proof) -> None:
    require_proof(found, proof)
    require_for_signing(found, at=utc_now())


def _certificate_for(person: UUID, found: x509.Certificate, administrator: UUID | None, passphrase: str) -> PersonalCertificate:
    """Give the person's certificate for the key of ``found``: that one if the root issued it to the person, else a new one."""
    known: PersonalCertificate | None = PersonalCertificate.get_or_none(PersonalCertificate.fingerprint == certificate.fingerprint(found))
    if known is not None:
        if known.person_id != person or known.purpose != "signing" or revocation.revocation_of(known.id) is not None:
            raise PersonRefused(N_("That certificate is another person’s, is for acts in the vault, or is revoked. Nothing was changed."))
        return known
    if _issued_here(found):
        named = found.subject.get_attributes_for_oid(x509.NameOID.SERIAL_NUMBER)
        if not named or named[0].value != str(person):
            raise PersonRefused(N_("That certificate was issued to somebody else. Nothing was changed."))
        return enter_certificate(person, found, purpose="signing")
    _refuse_known_key(person, found)
    if administrator is None:
        raise PersonRefused(
            N_("The organisation’s root has not issued this certificate. An administrator’s passphrase is needed to issue one for its key.")
        )
    key = found.public_key()
    if not certificate.signs_reports(key):
        raise refused()
    issuer = unlock(person=administrator, passphrase=passphrase)
    require_role(issuer, "administrator")
    root_key = root_key_of(administrator, passphrase)
    row = certify(person_row(person), key=key, root_key=root_key, purpose="signing")
    audit.record(actor=issuer, act="person.certified", value={"person": person, "certificate": row.fingerprint})
    revocation.publish(by=issuer, root_key=root_key)
    return row


def _refuse_known_key(person: UUID, found: x509.Certificate) -> None:
    """Make sure that the key is nobody else's and has not been given up. Raises ``PersonRefused``."""
    key = certificate.public_bytes(found.public_key())
    for row in PersonalCertificate.select():
        if certificate.public_bytes(row.x509.public_key()) != key:
            continue
        gone = revocation.revocation_of(row.id)
        if row.person_id != person or row.purpose == "acts" or (gone is not None and gone.reason == "key_known"):
            raise PersonRefused(N_("That key is somebody else’s, or may be known to somebody else. Nothing was changed; use another key."))


def _newest_like(row: PersonalCertificate) -> PersonalCertificate:
    """Give the newest certificate for the same key: a renewed one counts from when it was issued."""
    key = certificate.public_bytes(row.x509.public_key())
    query = PersonalCertificate.select().where((PersonalCertificate.person == row.person_id) & (PersonalCertificate.number >= row.number))
    return max((one for one in query if certificate.public_bytes(one.x509.public_key()) == key), key=lambda one: int(one.number))


def _issued_here(found: x509.Certificate) -> bool:
    try:
        found.verify_directly_issued_by(organisation().root)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _choose(actor: Actor, kind: Kind, row: PersonalCertificate | None, token: Token | None) -> SigningCard:
    _record(actor, actor.person, kind, row, token)
    return _card(kind, row if row is not None else certificate_in_use(actor.person), token)


def _record(by: Actor, person: UUID, kind: Kind, row: PersonalCertificate | None, token: Token | None) -> None:
    said = {"person": person, "kind": kind, "certificate": row.fingerprint if row is not None else None}
    entry = audit.record(actor=by, act="signing_key.chosen", value=said)
    SigningChoice.create(
        person=person,
        kind=kind,
        certificate=row,
        module=token.module if token else "",
        label=token.label if token else "",
        audit_seq=entry.seq,
    )


def _latest(person: UUID) -> SigningChoice | None:
    row: SigningChoice | None = (
        SigningChoice.select().where(SigningChoice.person == person).order_by(SigningChoice.audit_seq.desc()).first()
    )
    return row


def _card(kind: str, row: PersonalCertificate, token: Token | None = None) -> SigningCard:
    return SigningCard(kind, row.id, row.fingerprint, row.pem, token)
