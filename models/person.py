"""Adding people, changing what they are, and their leaving.

``vault.json`` and the register cannot be changed in one step, so the order is fixed: a new wrap is in ``vault.json`` before the register
names it, and an old one is taken out after the register has stopped naming it. A program killed in between leaves a wrap too many,
never one too few, and ``sweep`` takes it out when the vault is opened next.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric import ec

from forms.text import N_
from models import audit, certificate, revocation, signing_choice, vault_file, wrapping
from models.actor import Actor, key_purpose, refused, require_role, unlock
from models.database import open_register, utc_now, write_tx
from models.errors import PersonRefused
from models.identity import (
    ROLES,
    Organisation,
    OrganisationCard,
    Person,
    PersonCard,
    certificate_chain,
    certificate_in_use,
    organisation,
    people,
    person_card,
    person_row,
)
from models.root_key import certify, open_root_key, root_key_of, wrap_root_key
from models.wrapping import STANDARD_COST, Cost

__all__ = [
    "ROLES",
    "OrganisationCard",
    "PersonCard",
    "add_person",
    "certificate_chain",
    "change_passphrase",
    "end_person",
    "organisation",
    "people",
    "person_card",
    "renew_certificate",
    "replace_key",
    "set_roles",
    "sweep",
]


def add_person(
    *, by: Actor, administrator_passphrase: str, name: str, email: str, roles: Collection[str], passphrase: str, cost: Cost = STANDARD_COST
) -> PersonCard:
    """Add a person, who chooses the passphrase; the administrator's own is needed to sign the new certificate.

    Raises ``ActRefused``, ``WrongPassphrase`` (the administrator's), ``PassphraseRefused`` (the new one), ``PersonRefused``.
    """
    require_role(by, "administrator")
    name, email = _checked_name(name), email.strip()
    chosen = _checked_roles(roles)
    root_key = open_root_key(by, administrator_passphrase)
    person = uuid4()
    with (
        _new_wrap(owner=by.person, secret=administrator_passphrase, person=person, passphrase=passphrase, cost=cost) as vault_wrap,
        write_tx(),
    ):
        enter(
            person=person, name=name, email=email, roles=chosen, passphrase=passphrase, root_key=root_key, vault_wrap=vault_wrap, cost=cost
        )
        _recorded(by, "person.added", person, roles=sorted(chosen))
        revocation.publish(by=by, root_key=root_key)
    return person_card(person)


def set_roles(
    *, by: Actor, person: UUID, roles: Collection[str], administrator_passphrase: str = "", passphrase: str = "", cost: Cost = STANDARD_COST
) -> PersonCard:
    """Change what a person is. To become administrator takes both passphrases: the root key is wrapped for that person too.

    Raises ``ActRefused``, ``WrongPassphrase``, and ``PersonRefused`` if nobody would be left as administrator.
    """
    require_role(by, "administrator")
    chosen, row = _checked_roles(roles), _active(person)
    was = person_card(person).roles
    if "administrator" in was - chosen:
        _refuse_last_administrator(person)
        row.root_wrap = None
    if "administrator" in chosen - was:
        root_key = open_root_key(by, administrator_passphrase)
        unlock(person=person, passphrase=passphrase)
        row.root_wrap = wrap_root_key(root_key, person=person, passphrase=passphrase, cost=cost)
    row.roles = json.dumps(sorted(chosen))
    with write_tx():
        row.save()
        audit.record(actor=by, act="person.roles", value={"person": person, "roles": sorted(chosen)})
    return person_card(person)


def end_person(*, by: Actor, person: UUID, administrator_passphrase: str = "") -> None:
    """Let a person leave: the person's keys are removed, what the person did stays.

    With the administrator's passphrase the person's certificates are revoked too, and the organisation's list says so. Raises
    ``ActRefused``, ``WrongPassphrase`` or ``PersonRefused``.

    Somebody who kept an old copy of the vault and its passphrase can still open that copy.
    """
    require_role(by, "administrator")
    row = _active(person)
    _refuse_last_administrator(person)
    root_key = open_root_key(by, administrator_passphrase) if administrator_passphrase else None
    row.ended_at, row.key_wrap, row.root_wrap, row.signing_wrap, row.vault_wrap = utc_now(), "", None, None, ""
    with write_tx():
        audit.record(actor=by, act="person.ended", value={"person": person})
        row.save()
        if root_key is not None:
            revocation.enter(by=by, certificates=revocation.standing(person), reason="left", since=revocation.checked_since(None))
            revocation.publish(by=by, root_key=root_key)
    sweep(_folder())


def change_passphrase(*, person: UUID, old: str, new: str, cost: Cost = STANDARD_COST) -> None:
    """Change a person's passphrase, by the person. Raises ``WrongPassphrase`` or ``PassphraseRefused``; then the old one still holds."""
    actor, row = unlock(person=person, passphrase=old), _active(person)
    if row.root_wrap is not None:
        row.root_wrap = wrap_root_key(root_key_of(person, old), person=person, passphrase=new, cost=cost)
    if actor.signing_key is not None:
        row.signing_wrap = signing_choice.wrap_key(actor.signing_key, person=person, passphrase=new, cost=cost)
    row.key_wrap = _key_wrap(actor.private_key, person=person, passphrase=new, cost=cost)
    with _new_wrap(owner=person, secret=old, person=person, passphrase=new, cost=cost) as row.vault_wrap, write_tx():
        row.save()
        audit.record(actor=actor, act="person.passphrase", value={"person": person})


def replace_key(
    *,
    by: Actor,
    administrator_passphrase: str,
    person: UUID,
    passphrase: str,
    reason: revocation.Reason = "replaced",
    since: datetime | None = None,
    cost: Cost = STANDARD_COST,
) -> PersonCard:
    """Give a person a new passphrase, key and certificate: after a lost passphrase, or when the old one may be known to somebody else.

    The old certificate is revoked for that ``reason`` from ``since`` on (naive UTC, by default now). The role of administrator is not
    carried over to another person's new key, it takes ``set_roles`` again; an administrator may replace the own key and stays one. A key
    file of the person's own for signing reports is forgotten. Raises as ``add_person``, and as ``revocation.revoke``.
    """
    require_role(by, "administrator")
    own = person == by.person
    row, root_key, key = _active(person), open_root_key(by, administrator_passphrase), certificate.new_person_key()
    row.key_wrap, row.signing_wrap = _key_wrap(key, person=person, passphrase=passphrase, cost=cost), None
    row.root_wrap = wrap_root_key(root_key, person=person, passphrase=passphrase, cost=cost) if own else None
    if not own:
        row.roles = json.dumps(sorted((set(json.loads(row.roles)) - {"administrator"}) or {"caseworker"}))
    old = revocation.standing(person) if reason == "key_known" else revocation.standing_acts(person)
    with (
        _new_wrap(owner=by.person, secret=administrator_passphrase, person=person, passphrase=passphrase, cost=cost) as row.vault_wrap,
        write_tx(),
    ):
        row.save()
        revocation.enter(by=by, certificates=old, reason=reason, since=revocation.checked_since(since))
        signing_choice.forget_file(by=by, person=person)
        revocation.publish(by=by, root_key=root_key)
        certify(row, key=key.public_key(), root_key=root_key)
        _recorded(Actor(person=person, key=key) if own else by, "person.key_replaced", person)
    return person_card(person)


def renew_certificate(*, by: Actor, administrator_passphrase: str, person: UUID, purpose: str = "acts") -> PersonCard:
    """Give a person a new certificate for the same key, for another three years; ``purpose`` *signing*: for the own key for reports.

    Raises as ``add_person``, and ``PersonRefused`` for a key that may be known to somebody else: that takes a new key.
    """
    require_role(by, "administrator")
    row, old = _active(person), signing_choice.certificate_to_renew(person, purpose)
    gone = revocation.revocation_of(old.id)
    if gone is not None and gone.reason == "key_known":
        raise PersonRefused(
            N_("The key of {name} may be known to somebody else, so it gets no new certificate. Replace the key."), name=row.name
        )
    key = old.x509.public_key()
    if not isinstance(key, certificate.PublicKey):
        raise refused()
    root_key = open_root_key(by, administrator_passphrase)
    with write_tx():
        made = certify(row, key=key, root_key=root_key, purpose=purpose)
        said = {"person": person, "certificate": made.fingerprint}
        audit.record(actor=by, act="person.certified", value=said)
        revocation.publish(by=by, root_key=root_key)
    return person_card(person)


def enter_organisation(name: str) -> ec.EllipticCurvePrivateKey:
    """Enter the organisation of a new vault and make its root; gives the root key, to be wrapped for the first administrator."""
    key = certificate.new_root_key()
    root = certificate.make_root(organisation=name, key=key, at=utc_now())
    Organisation.create(name=name, root_pem=certificate.pem(root))
    return key


def enter(
    *,
    person: UUID,
    name: str,
    email: str,
    roles: Collection[str],
    passphrase: str,
    root_key: ec.EllipticCurvePrivateKey,
    vault_wrap: str,
    cost: Cost,
) -> ec.EllipticCurvePrivateKey:
    """Enter a person with a new key and certificate, inside a transaction; gives the key."""
    key = certificate.new_person_key()
    row = Person.create(
        id=person,
        name=_checked_name(name),
        email=email,
        roles=json.dumps(sorted(roles)),
        key_wrap=_key_wrap(key, person=person, passphrase=passphrase, cost=cost),
        root_wrap=wrap_root_key(root_key, person=person, passphrase=passphrase, cost=cost) if "administrator" in roles else None,
        vault_wrap=vault_wrap,
    )
    certify(row, key=key.public_key(), root_key=root_key)
    return key


def sweep(folder: Path) -> None:
    """Take out of ``vault.json`` the wraps that an interrupted or finished change left behind.

    An active person's only wrap stays even if the register does not name it: then ``vault.json`` came back from a backup, and without
    that wrap the person could not open the vault.
    """
    content = vault_file.read(folder)
    named = {row.id: row.vault_wrap for row in Person.select().where(Person.ended_at.is_null())}
    there = {each.wrap.id for each in content.wraps}
    kept = {
        each.wrap.id
        for each in content.wraps
        if each.person in named and (named[each.person] == each.wrap.id or named[each.person] not in there)
    }
    if kept != there:
        vault_file.write(folder, vault_file.keeping(content, kept))


@contextmanager
def _new_wrap(*, owner: UUID, secret: str, person: UUID, passphrase: str, cost: Cost) -> Iterator[str]:
    """Put the vault's key under a new passphrase around the change to the register that names the wrap."""
    folder = _folder()
    before = vault_file.read(folder)
    key, _ = vault_file.unwrap(before, passphrase=secret, person=owner)
    after, name = vault_file.with_wrap(before, person=person, key=key, passphrase=passphrase, cost=cost)
    vault_file.write(folder, after)
    try:
        yield name
    finally:
        sweep(folder)


def _folder() -> Path:
    return open_register().path.parent


def _recorded(by: Actor, act: str, person: UUID, **more: object) -> None:
    audit.record(actor=by, act=act, value={"person": person, "certificate": certificate_in_use(person).fingerprint, **more})


def _key_wrap(key: ec.EllipticCurvePrivateKey, *, person: UUID, passphrase: str, cost: Cost) -> str:
    secret = certificate.key_bytes(key)
    return wrapping.written(wrapping.wrap(secret, passphrase=passphrase, purpose=key_purpose(person), cost=cost))


def _active(person: UUID) -> Person:
    row = person_row(person)
    if row.ended_at is not None:
        raise PersonRefused(N_("{name} has left already. Nothing was changed."), name=row.name)
    return row


def _refuse_last_administrator(person: UUID) -> None:
    others = [card for card in people() if card.active and card.id != person and "administrator" in card.roles]
    if not others:
        raise PersonRefused(N_("There must be an administrator. Nothing was changed. Make somebody else administrator first."))


def _checked_roles(roles: Collection[str]) -> frozenset[str]:
    chosen = frozenset(roles)
    if not chosen or not chosen <= ROLES:
        raise PersonRefused(N_("Choose at least one role from the list. Nothing was changed."))
    return chosen


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise PersonRefused(N_("A person needs a name. Nothing was changed."))
    return name
