"""The vault and its people: create, open, unlock, add, leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from desktop.operations.handing_out import write_whole
from models import actor, identity, person, vault
from models.actor import Actor
from models.identity import OrganisationCard, PersonCard
from models.revocation import Reason


@dataclass(frozen=True)
class Opened:
    """A vault that is open, who works there, and who has been unlocked (``None`` when the keyring opened it)."""

    vault: vault.Vault
    organisation: OrganisationCard
    people: tuple[PersonCard, ...]
    actor: Actor | None


def create_vault(*, folder: Path, organisation: str, person_name: str, passphrase: str, use_keyring: bool = True) -> Opened:
    """Create a vault with its organisation and first person, and unlock that person."""
    made = vault.create(folder=folder, organisation=organisation, person_name=person_name, passphrase=passphrase, use_keyring=use_keyring)
    (first,) = identity.people()
    return Opened(made, identity.organisation(), identity.people(), actor.unlock(person=first.id, passphrase=passphrase))


def open_vault(*, folder: Path, passphrase: str | None = None, use_keyring: bool = True) -> Opened:
    """Open a vault by the keyring, or by a person's passphrase, who is then unlocked too.

    Raises ``VaultLocked`` when the keyring does not give the key and no passphrase was given.
    """
    opened = vault.open_vault(folder=folder, passphrase=passphrase, use_keyring=use_keyring)
    unlocked = (
        actor.unlock(person=opened.opened_by, passphrase=passphrase) if opened.opened_by is not None and passphrase is not None else None
    )
    return Opened(opened, identity.organisation(), identity.people(), unlocked)


def unlock_person(*, person_id: UUID, passphrase: str) -> Actor:
    """Unlock a person by that person's own passphrase. Raises ``WrongPassphrase``."""
    return actor.unlock(person=person_id, passphrase=passphrase)


def people() -> tuple[PersonCard, ...]:
    """List everybody who works or has worked here."""
    return identity.people()


def organisation() -> OrganisationCard:
    """Give the organisation with its root certificate."""
    return identity.organisation()


def add_person(*, by: Actor, administrator_passphrase: str, name: str, email: str, roles: frozenset[str], passphrase: str) -> PersonCard:
    """Add a person, who types an own passphrase; the administrator's is needed to issue the certificate."""
    return person.add_person(
        by=by, administrator_passphrase=administrator_passphrase, name=name, email=email, roles=roles, passphrase=passphrase
    )


def change_passphrase(*, person_id: UUID, old: str, new: str) -> None:
    """Change a person's passphrase, by the person. Raises ``WrongPassphrase`` (the old one), ``PassphraseRefused`` (the new one)."""
    person.change_passphrase(person=person_id, old=old, new=new)


def set_roles(*, by: Actor, person_id: UUID, roles: frozenset[str], administrator_passphrase: str = "", passphrase: str = "") -> PersonCard:
    """Change what a person is; both passphrases are needed only for a new administrator, who gets the organisation's root key too."""
    return person.set_roles(by=by, person=person_id, roles=roles, administrator_passphrase=administrator_passphrase, passphrase=passphrase)


def renew_certificate(*, by: Actor, administrator_passphrase: str, person_id: UUID, purpose: str = "acts") -> PersonCard:
    """Give a person a new certificate for the same key, for another three years; ``purpose`` *signing*: for the own key for reports."""
    return person.renew_certificate(by=by, administrator_passphrase=administrator_passphrase, person=person_id, purpose=purpose)


def keep_key_in_keyring(*, opened: vault.Vault, wanted: bool) -> None:
    """Keep the open vault's key in this computer's keyring, or no longer. Raises ``KeyringUnavailable``; then nothing was changed."""
    opened.use_keyring(wanted)


def replace_key(
    *,
    by: Actor,
    administrator_passphrase: str,
    person_id: UUID,
    passphrase: str,
    reason: Reason = "replaced",
    since: datetime | None = None,
) -> PersonCard:
    """Give a person a new passphrase, key and certificate; the old certificate is revoked (``since``: naive UTC, by default now)."""
    return person.replace_key(
        by=by, administrator_passphrase=administrator_passphrase, person=person_id, passphrase=passphrase, reason=reason, since=since
    )


def end_person(*, by: Actor, person_id: UUID, administrator_passphrase: str) -> None:
    """Let a person leave: the passphrase opens nothing any more, the certificates are revoked, and what the person did stays."""
    person.end_person(by=by, person=person_id, administrator_passphrase=administrator_passphrase)


def export_root(*, path: Path) -> None:
    """Write the organisation's root certificate (PEM), which anybody needs to check a report."""
    write_whole(path, identity.organisation().root_pem.encode("ascii"))
