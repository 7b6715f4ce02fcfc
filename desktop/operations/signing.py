"""Signing a report, each person in the field that is theirs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cryptography import x509

from desktop.language import Language, language
from desktop.operations import timestamping
from desktop.operations.change import Change
from desktop.operations.reporting import document_meant, make_report, sealed_file
from desktop.reports import signing
from desktop.reports.chosen import MAIN, Chosen
from desktop.reports.document_timestamp import last_timestamp_ends
from desktop.reports.signing_keys import HeldKey, KeyRefused, SigningKey
from desktop.reports.timestamp_request import TimestampRefused
from desktop.reports.timestamping import TimestampAuthority
from desktop.words import SIGNER_FIELDS, word
from forms.text import N_
from models import report, revocation
from models.actor import Actor
from models.cards import AssessmentFile
from models.certificate import PrivateKey
from models.database import utc_now
from models.document_kind import CASEWORKER, CHAIR, FULL_REPORT, REVIEWER
from models.errors import ActRefused
from models.identity import organisation
from models.signing_choice import SigningCard


@dataclass(frozen=True)
class Signing:
    """All that one signature takes, read from the vault. ``key`` is ``None`` for a key on a card or token, which asks a PIN."""

    document: report.Document
    field: str
    pdf: bytes
    card: SigningCard
    key: PrivateKey | None
    root: x509.Certificate
    name: str
    role_label: str
    reason: str
    revocation_lists: tuple[bytes, ...]
    authority: TimestampAuthority | None

    def __repr__(self) -> str:
        return f"Signing({self.document.assessment}, {self.document.language}, {self.field})"


@dataclass(frozen=True)
class Signed:
    """A signed report that is not registered yet.

    ``timestamp_ends`` (naive UTC) is of the signature's own timestamp; without one the report awaits it, and ``refusal`` says why if an
    authority was asked.
    """

    document: report.Document
    field: str
    pdf: bytes
    timestamp_ends: datetime | None = None
    refusal: TimestampRefused | None = None


def sign_report(*, actor: Actor, assessment_id: UUID, language_code: str, chosen: Chosen = MAIN, pin: str = "") -> Change:
    """Sign a document in the field that is the actor's, for callers without a window: the three steps after each other.

    Raises ``ActRefused`` for somebody who has no field in this document or signs out of turn, and what ``signed`` raises.
    """
    ready = prepare_signing(actor=actor, assessment_id=assessment_id, language_code=language_code, chosen=chosen)
    return keep_signed(actor=actor, signed=signed(ready, pin=pin))


def prepare_signing(*, actor: Actor, assessment_id: UUID, language_code: str, chosen: Chosen = MAIN) -> Signing:
    """Make sure that the actor may sign now, make the document if there is none yet, and read all that the signature takes.

    Caseworker first, then reviewer, then perhaps a chair; other kinds than the full report have the caseworker's field only. Raises
    ``ActRefused`` for somebody who has no field in this document, signs out of turn, or whose certificate has ended or is revoked.
    """
    file = sealed_file(assessment_id)
    field = field_of(file, actor) if chosen.kind == FULL_REPORT else CASEWORKER
    meant = document_meant(file=file, language_code=language_code, organisation_card=organisation(), chosen=chosen)
    card = report.require_field(actor=actor, document=meant, field=field)
    if not report.chain_of(meant):
        make_report(actor=actor, assessment_id=assessment_id, language_code=language_code, chosen=chosen)
    words = language(language_code)
    return Signing(
        document=meant,
        field=field,
        pdf=report.pdf_bytes(report.chain_of(meant)[-1].id),
        card=card,
        key=_key(actor, card),
        root=organisation().root,
        name=actor.name,
        role_label=word(SIGNER_FIELDS, field, words),
        reason=_reason(field, words),
        revocation_lists=revocation.lists(),
        authority=timestamping.authority(),
    )


def signed(ready: Signing, *, pin: str = "") -> Signed:
    """Sign, and get a timestamp if the organisation has an authority; needs the network then, and never the vault.

    When no timestamp can be had the report is signed all the same and awaits one. Raises ``SigningRefused``, ``KeyRefused`` (no such
    card), ``WrongPassphrase`` of the same module for a wrong PIN.
    """
    with _at_hand(ready, pin) as key:
        if ready.authority is None:
            return _signed(ready, key, None, None)
        try:
            return _signed(ready, key, ready.authority, None)
        except TimestampRefused as refusal:
            return _signed(ready, key, None, refusal)


def keep_signed(*, actor: Actor, signed: Signed) -> Change:
    """Register a signed report. Raises as ``prepare_signing``, and ``RecordRefused`` if somebody else has signed meanwhile."""
    made = report.put(actor=actor, document=signed.document, pdf=signed.pdf, signed_as=signed.field, timestamp_ends=signed.timestamp_ends)
    return Change("report", assessment=signed.document.assessment, made=made)


def _signed(ready: Signing, key: SigningKey, authority: TimestampAuthority | None, refusal: TimestampRefused | None) -> Signed:
    pdf = signing.sign(
        ready.pdf,
        field=ready.field,
        key=key,
        certificate=ready.card.certificate,
        root=ready.root,
        name=ready.name,
        role_label=ready.role_label,
        reason=ready.reason,
        at=utc_now(),
        certify=ready.field == CASEWORKER,
        revocation_lists=ready.revocation_lists,
        authority=authority,
    )
    ends = last_timestamp_ends(pdf) if authority is not None else None
    return Signed(ready.document, ready.field, pdf, ends, refusal)


@contextmanager
def _at_hand(ready: Signing, pin: str) -> Iterator[SigningKey]:
    """Give the key for as long as it takes to sign."""
    token = ready.card.token
    if token is None:
        if ready.key is None:
            raise _away()
        yield HeldKey(ready.key)
        return
    from desktop.reports.signing_card import open_token

    wanted = ready.card.certificate.public_key()
    with open_token(token.module, token.label, pin) as card:
        found = next((one.key for one in card.identities if one.key.public_key() == wanted), None)
        if found is None:
            raise KeyRefused(N_("The key that you chose is not on the card {label}. Nothing was signed."), label=token.label)
        yield found


def _key(actor: Actor, card: SigningCard) -> PrivateKey | None:
    if card.kind == "token":
        return None
    key = actor.signing_key if card.kind == "file" else actor.private_key
    if key is None:
        raise _away()
    return key


def _away() -> ActRefused:
    return ActRefused(N_("Your own key for reports is not at hand. Nothing was signed; lock, enter your passphrase and try again."))


def field_of(file: AssessmentFile, actor: Actor) -> str:
    """Give the field that is the actor's. Raises ``ActRefused`` when there is none."""
    if actor.person == file.card.caseworker:
        return CASEWORKER
    agreed = [review.reviewer for review in file.reviews if review.outcome == "agreed"]
    if agreed and actor.person == agreed[-1]:
        return REVIEWER
    if "secretary" in actor.roles:
        return CHAIR
    raise ActRefused(
        N_("{name} has no place to sign in this report: its caseworker and its reviewer sign, and for the board its secretary."),
        name=actor.name,
    )


def _reason(field: str, words: Language) -> str:
    return words.text(
        {CASEWORKER: N_("Prepared the assessment"), REVIEWER: N_("Reviewed the assessment"), CHAIR: N_("For the board")}[field]
    )
