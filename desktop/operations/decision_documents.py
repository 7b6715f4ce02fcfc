"""The document of a decision: make and sign, preview, export."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

from desktop.language import language
from desktop.operations import signature
from desktop.operations.change import Change
from desktop.operations.handing_out import plain_name, write_whole
from desktop.operations.reporting import sealed_file
from desktop.operations.signature import Signed, Signing
from desktop.reports.decision_content import render_decision
from forms.text import N_
from models import decided, signing_choice
from models.actor import Actor
from models.cards import AssessmentFile
from models.decided import Decided
from models.document_kind import RECORDER
from models.identity import OrganisationCard, organisation
from models.sealing import require_whole
from models.signing_choice import SigningCard
from models.vault import vault_id


@dataclass(frozen=True)
class Behind:
    """What a decision document is made from beside the decision: the organisation, the vault, and the certificate that will sign it."""

    organisation: OrganisationCard
    vault: UUID
    certificate_sha256: str


@dataclass(frozen=True)
class DecisionMeant:
    """Which document is signed: of which decision about which assessment, in which language."""

    decision: UUID
    assessment: UUID
    language: str


def behind(*, decision_id: UUID) -> Behind:
    """Read what the document of a decision is made from, for the certificate that its recorder signs with from now on."""
    return _behind(signing_choice.in_use(decided.decision(decision_id).recorder))


def _behind(card: SigningCard) -> Behind:
    return Behind(organisation(), vault_id(), card.fingerprint)


def preview_decision(*, file: AssessmentFile, decision: Decided, language_code: str, behind: Behind) -> bytes:
    """Lay out a decision's document as it will be signed. Touches no database. Raises ``LanguageLacking``."""
    return render_decision(
        file,
        decision,
        language(language_code),
        vault_id=behind.vault,
        certificate_sha256=behind.certificate_sha256,
        organisation=behind.organisation.name,
        root_fingerprint=behind.organisation.fingerprint_sha256,
    )


def make_decision_document(*, actor: Actor, decision_id: UUID, language_code: str, pin: str = "") -> Change:
    """Make the document of a decision in a language and sign it, once, for callers without a window: the three steps after each other.

    Later calls find the one there is. Raises as ``prepare_decision`` and ``signature.signed``.
    """
    one = decided.decision(decision_id)
    existing = [card for card in one.documents if card.language == language_code]
    if existing:
        return Change("decision", assessment=one.assessment, made=existing[-1].id)
    ready = prepare_decision(actor=actor, decision_id=decision_id, language_code=language_code)
    return keep_decision(actor=actor, signed=signature.signed(ready, pin=pin))


def prepare_decision(*, actor: Actor, decision_id: UUID, language_code: str) -> Signing[DecisionMeant]:
    """Make sure that the actor may sign now, and read all that the document and its signature take; it is laid out while it is signed.

    Raises ``ActRefused`` for anybody but the one who recorded the decision and for a certificate that has ended or is revoked,
    ``RecordRefused`` for a document that is signed already, ``VaultDamaged`` for a seal that is not whole.
    """
    one = decided.decision(decision_id)
    card = decided.require_recorder(actor=actor, decided=one)
    decided.require_unsigned(one, language_code)
    file = sealed_file(one.assessment)
    require_whole(one.assessment)
    return signature.gathered(
        actor=actor,
        document=DecisionMeant(decision_id, one.assessment, language_code),
        field=RECORDER,
        first=True,
        unsigned=partial(preview_decision, file=file, decision=one, language_code=language_code, behind=_behind(card)),
        card=card,
        reason=N_("Recorded the decision"),
        words=language(language_code),
    )


def keep_decision(*, actor: Actor, signed: Signed[DecisionMeant]) -> Change:
    """Register a signed document of a decision. Raises as ``prepare_decision``."""
    meant = signed.document
    made = decided.put(
        actor=actor, decision_id=meant.decision, language=meant.language, pdf=signed.pdf, timestamp_ends=signed.timestamp_ends
    )
    return Change("decision", assessment=meant.assessment, made=made)


def decision_bytes(*, document_id: UUID) -> bytes:
    """Give a registered decision document's bytes, checked against its hash."""
    return decided.pdf_bytes(document_id)


def export_decision(*, document_id: UUID, path: Path) -> None:
    """Write a registered decision document to a place that the user chose, whole or not at all."""
    write_whole(path, decided.pdf_bytes(document_id))


def decision_file_name(file: AssessmentFile, decision: Decided, language_code: str) -> str:
    """Suggest a file name in the document's language: case number, partner, *decision*, its date, language."""
    named = language(language_code).text(N_("decision"))
    return (
        f"{file.card.case_number}-{plain_name(file.partner.name)}-{named}-{decision.card.draft.decided_on.isoformat()}-{language_code}.pdf"
    )
