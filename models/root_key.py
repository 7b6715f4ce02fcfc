"""The organisation's root key: under each administrator's passphrase, opened for one act at a time, and never anywhere else."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from forms.text import N_
from models import certificate, wrapping
from models.actor import Actor, refused, require_role
from models.database import utc_now
from models.errors import PersonRefused
from models.identity import Person, PersonalCertificate, organisation, person_row
from models.wrapping import Cost

_PURPOSE = "organisation root key"
#: A certificate for less would have ended before anything was signed with it.
_LEAST_TERM = timedelta(days=1)


def open_root_key(by: Actor, passphrase: str) -> ec.EllipticCurvePrivateKey:
    """Open the root key for an act of an administrator, whose passphrase is asked for again.

    Raises ``ActRefused`` for anybody else and ``WrongPassphrase``.
    """
    require_role(by, "administrator")
    return root_key_of(by.person, passphrase)


def root_key_of(person: UUID, passphrase: str) -> ec.EllipticCurvePrivateKey:
    """Open the copy of the root key that is under a person's passphrase. Raises ``ActRefused`` when there is none, ``WrongPassphrase``."""
    row = person_row(person)
    if row.root_wrap is None:
        raise refused()
    raw = wrapping.unwrap(wrapping.read(row.root_wrap), passphrase=passphrase, purpose={"secret": _PURPOSE, "person": person})
    return certificate.read_key(raw)


def wrap_root_key(key: ec.EllipticCurvePrivateKey, *, person: UUID, passphrase: str, cost: Cost) -> str:
    """Put the root key under an administrator's passphrase."""
    secret = certificate.key_bytes(key)
    return wrapping.written(wrapping.wrap(secret, passphrase=passphrase, purpose={"secret": _PURPOSE, "person": person}, cost=cost))


def certify(row: Person, *, key: certificate.PublicKey, root_key: ec.EllipticCurvePrivateKey, purpose: str = "acts") -> PersonalCertificate:
    """Issue a person a certificate for a key and enter it, inside a transaction. Raises ``PersonRefused`` once the root has ended."""
    at = utc_now()
    root = organisation().root
    if certificate.ends_at(root) - at < _LEAST_TERM:
        raise PersonRefused(
            N_(
                "The organisation’s root certificate ends or ended on {day}, so no certificate can be issued under it any more. Nothing was"
                " changed; what to do stands under Settings, at the root certificate."
            ),
            day=certificate.ends_at(root).date(),
        )
    made = certificate.make_personal(name=row.name, person=row.id, key=key, root=root, root_key=root_key, at=at)
    return enter_certificate(row.id, made, purpose=purpose)


def enter_certificate(person: UUID, made: x509.Certificate, *, purpose: str) -> PersonalCertificate:
    """Enter a certificate of the organisation's as a person's, the latest for its purpose."""
    number = PersonalCertificate.select().where(PersonalCertificate.person == person).count() + 1
    row: PersonalCertificate = PersonalCertificate.create(
        person=person, number=number, pem=certificate.pem(made), fingerprint=certificate.fingerprint(made), purpose=purpose
    )
    return row
