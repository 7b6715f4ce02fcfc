"""Certificates: whose they are and where they stand, revoking them, and what is handed out so that others can check reports."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from uuid import UUID

from desktop.operations.change import Change
from desktop.operations.handing_out import write_whole
from forms.text import N_
from models import certificates, revocation, signing_choice, timestamp_setting
from models.actor import Actor
from models.certificates import CertificateCard, RootTerm
from models.database import utc_now
from models.errors import RecordRefused
from models.revocation import Reason, RevocationListCard
from models.signing_choice import SigningCard


def everybodys() -> tuple[CertificateCard, ...]:
    """Give all certificates, the newest of each person first."""
    return certificates.everybodys()


def ending() -> tuple[CertificateCard, ...]:
    """Give the certificates in use that are revoked, have ended or end soon."""
    return certificates.ending(utc_now())


def root_term() -> RootTerm:
    """Give until when the organisation's root certificate holds."""
    return certificates.root_term()


def signing_card(*, person_id: UUID) -> SigningCard:
    """Give the certificate that a person signs reports with."""
    return signing_choice.in_use(person_id)


def revocation_list() -> RevocationListCard | None:
    """Give the organisation's revocation list, ``None`` where none has been made yet."""
    return revocation.latest()


def revoke_certificate(
    *, by: Actor, administrator_passphrase: str, person_id: UUID, certificate_sha256: str, reason: Reason, since: datetime | None = None
) -> Change:
    """Revoke a certificate from a time on (naive UTC, by default now). Errors as in ``models.revocation.revoke``."""
    revocation.revoke(
        by=by,
        administrator_passphrase=administrator_passphrase,
        person=person_id,
        certificate_sha256=certificate_sha256,
        reason=reason,
        since=since,
    )
    return Change("certificate")


def publish_revocation_list(*, by: Actor, administrator_passphrase: str) -> Change:
    """Make the revocation list anew, so that it is fresh."""
    revocation.publish_anew(by=by, administrator_passphrase=administrator_passphrase)
    return Change("certificate")


def export_revocation_list(*, path: Path) -> None:
    """Write the organisation's revocation list (DER), which says which certificates no longer count. Raises ``RecordRefused``."""
    card = revocation.latest()
    if card is None:
        raise RecordRefused(N_("There is no revocation list yet. An administrator makes one under Settings."))
    write_whole(path, card.der)


def export_timestamp_roots(*, path: Path) -> None:
    """Write the root certificates of the timestamp authority (PEM), with which anybody can check the timestamps."""
    setting = timestamp_setting.kept().setting
    if setting is None:
        raise RecordRefused(N_("The organisation uses no timestamp authority. An administrator sets one under Settings."))
    write_whole(path, "".join(setting.roots_pem).encode("ascii"))
