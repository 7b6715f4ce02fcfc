"""The people and the organisation as they are kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

import peewee
from cryptography import x509

from forms.text import N_
from models import certificate
from models.database import Record
from models.errors import PersonRefused

#: What a person can be here; an act that needs a role names it.
ROLES = frozenset({"administrator", "caseworker", "controller", "reviewer", "secretary", "manager", "office"})


class Organisation(Record):
    """The organisation whose vault this is; one row."""

    name = peewee.TextField()
    root_pem = peewee.TextField()


class Person(Record):
    """Somebody who works in the vault.

    ``key_wrap`` holds the person's own key, ``root_wrap`` (administrators only) the organisation's root key, and ``signing_wrap`` a key of
    the person's own for signing reports, if there is one; all under that person's passphrase. ``vault_wrap`` names the wrap in
    ``vault.json`` that is this person's.
    """

    name = peewee.TextField()
    email = peewee.TextField()
    roles = peewee.TextField()
    key_wrap = peewee.TextField()
    root_wrap = peewee.TextField(null=True)
    signing_wrap = peewee.TextField(null=True)
    vault_wrap = peewee.TextField()
    ended_at = peewee.DateTimeField(null=True)


class PersonalCertificate(Record):
    """A certificate that a person has or had; the latest for a purpose is the one in use. Insert-only: old signatures stay checkable.

    ``purpose`` *acts*: for the person's key in the vault, which signs acts, and reports unless the person has chosen another;
    *signing*: for a key of the person's own from elsewhere, which signs reports alone.
    """

    person = peewee.ForeignKeyField(Person)
    number = peewee.IntegerField()
    pem = peewee.TextField()
    fingerprint = peewee.TextField(unique=True)
    purpose = peewee.TextField(default="acts")
    person_id: UUID

    @property
    def x509(self) -> x509.Certificate:
        """The certificate itself."""
        return x509.load_pem_x509_certificate(str(self.pem).encode("ascii"))


@dataclass(frozen=True)
class PersonCard:
    """A person as others see them. ``certificate_pem`` is the certificate in use; ``active`` is false when the person has left."""

    id: UUID
    name: str
    email: str
    roles: frozenset[str]
    certificate_pem: str
    active: bool

    @property
    def certificate(self) -> x509.Certificate:
        return x509.load_pem_x509_certificate(self.certificate_pem.encode("ascii"))


@dataclass(frozen=True)
class OrganisationCard:
    """The organisation, its root certificate (PEM) and that certificate's SHA-256 fingerprint (hexadecimal)."""

    name: str
    root_pem: str
    fingerprint_sha256: str

    @property
    def root(self) -> x509.Certificate:
        return x509.load_pem_x509_certificate(self.root_pem.encode("ascii"))


def organisation() -> OrganisationCard:
    """Give the organisation whose vault is open."""
    row = Organisation.select().get()
    root = x509.load_pem_x509_certificate(row.root_pem.encode("ascii"))
    return OrganisationCard(row.name, row.root_pem, certificate.fingerprint(root))


def people() -> tuple[PersonCard, ...]:
    """Give everybody who works or worked here, by name."""
    rows = sorted(Person.select(), key=lambda row: (row.name.casefold(), str(row.id)))
    return tuple(_card(row) for row in rows)


def person_row(person: UUID) -> Person:
    """Give a person's row. Raises ``PersonRefused`` for somebody who is not here."""
    row = Person.get_or_none(Person.id == person)
    if row is None:
        raise PersonRefused(N_("That person is not registered in this vault. Nothing was changed."))
    return row


def person_card(person: UUID) -> PersonCard:
    """Give a person as others see them. Raises ``PersonRefused`` for somebody who is not here."""
    return _card(person_row(person))


def certificate_in_use(person: UUID) -> PersonalCertificate:
    """Give the latest certificate of a person's key in the vault."""
    certificates = PersonalCertificate.select().where((PersonalCertificate.person == person) & (PersonalCertificate.purpose == "acts"))
    row: PersonalCertificate = certificates.order_by(PersonalCertificate.number.desc()).get()
    return row


def certificate_chain(person: UUID) -> tuple[x509.Certificate, x509.Certificate]:
    """Give the person's certificate in use and the organisation's root, for signing a document."""
    return person_card(person).certificate, organisation().root


def _card(row: Person) -> PersonCard:
    return PersonCard(
        id=row.id,
        name=row.name,
        email=row.email,
        roles=frozenset(json.loads(row.roles)),
        certificate_pem=certificate_in_use(row.id).pem,
        active=row.ended_at is None,
    )
