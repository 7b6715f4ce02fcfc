"""The document of a decision: make and sign, preview, export."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from desktop.language import Language, language
from desktop.operations.change import Change
from desktop.operations.handing_out import write_whole
from desktop.operations.reporting import sealed_file
from desktop.reports import signing
from desktop.reports.decision_content import render_decision
from desktop.words import SIGNER_FIELDS, word
from forms.text import N_
from models import certificate, decided
from models.actor import Actor
from models.cards import AssessmentFile
from models.database import utc_now
from models.decided import Decided
from models.document_kind import RECORDER
from models.identity import OrganisationCard, certificate_chain, organisation, person_card
from models.sealing import require_whole
from models.vault import vault_id


@dataclass(frozen=True)
class Behind:
    """What a decision document is made from beside the decision: the organisation, the vault, and the recorder's certificate."""

    organisation: OrganisationCard
    vault: UUID
    certificate_sha256: str


def behind(*, decision_id: UUID) -> Behind:
    """Read what the document of a decision is made from."""
    one = decided.decision(decision_id)
    return Behind(organisation(), vault_id(), certificate.fingerprint(person_card(one.recorder).certificate))


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


def make_decision_document(*, actor: Actor, decision_id: UUID, language_code: str) -> Change:
    """Make the document of a decision in a language and sign it, once; later calls find the one there is.

    Raises ``ActRefused`` for anybody but the one who recorded the decision, ``VaultDamaged`` for a seal that is not whole.
    """
    one = decided.decision(decision_id)
    existing = [card for card in one.documents if card.language == language_code]
    if existing:
        return Change("decision", assessment=one.assessment, made=existing[-1].id)
    decided.require_recorder(actor=actor, decided=one)
    file = sealed_file(one.assessment)
    require_whole(one.assessment)
    unsigned = preview_decision(file=file, decision=one, language_code=language_code, behind=behind(decision_id=decision_id))
    pdf = _signed(unsigned, actor, language(language_code))
    made = decided.put(actor=actor, decision_id=decision_id, language=language_code, pdf=pdf)
    return Change("decision", assessment=one.assessment, made=made)


def _signed(pdf: bytes, actor: Actor, words: Language) -> bytes:
    certificate, root = certificate_chain(actor.person)
    return signing.sign(
        pdf,
        field=RECORDER,
        key=actor.private_key,
        certificate=certificate,
        root=root,
        name=actor.name,
        role_label=word(SIGNER_FIELDS, RECORDER, words),
        reason=words.text(N_("Recorded the decision")),
        at=utc_now(),
        certify=True,
    )


def decision_bytes(*, document_id: UUID) -> bytes:
    """Give a registered decision document's bytes, checked against its hash."""
    return decided.pdf_bytes(document_id)


def export_decision(*, document_id: UUID, path: Path) -> None:
    """Write a registered decision document to a place that the user chose, whole or not at all."""
    write_whole(path, decided.pdf_bytes(document_id))


def decision_file_name(file: AssessmentFile, decision: Decided, language_code: str) -> str:
    """Suggest a file name in the document's language: case number, partner, *decision*, its date, language."""
    kept = "".join(char if char.isalnum() else "-" for char in file.partner.name).strip("-")
    while "--" in kept:
        kept = kept.replace("--", "-")
    named = language(language_code).text(N_("decision"))
    return f"{file.card.case_number}-{kept}-{named}-{decision.card.draft.decided_on.isoformat()}-{language_code}.pdf"
