"""Signing a report, each person in the field that is theirs."""

from __future__ import annotations

from uuid import UUID

from desktop.language import language
from desktop.operations import signature
from desktop.operations.change import Change
from desktop.operations.reporting import document_meant, make_report, sealed_file
from desktop.operations.signature import Signed, Signing
from desktop.reports.chosen import MAIN, Chosen
from forms.text import N_
from models import report
from models.actor import Actor
from models.cards import AssessmentFile
from models.document_kind import CASEWORKER, CHAIR, FULL_REPORT, REVIEWER
from models.errors import ActRefused
from models.identity import organisation
from models.report import Document

_REASONS = {CASEWORKER: N_("Prepared the assessment"), REVIEWER: N_("Reviewed the assessment"), CHAIR: N_("For the board")}


def sign_report(*, actor: Actor, assessment_id: UUID, language_code: str, chosen: Chosen = MAIN, pin: str = "") -> Change:
    """Sign a document in the field that is the actor's, for callers without a window: the three steps after each other.

    Raises ``ActRefused`` for somebody who has no field in this document or signs out of turn, and what ``signature.signed`` raises.
    """
    ready = prepare_signing(actor=actor, assessment_id=assessment_id, language_code=language_code, chosen=chosen)
    return keep_signed(actor=actor, signed=signature.signed(ready, pin=pin))


def prepare_signing(*, actor: Actor, assessment_id: UUID, language_code: str, chosen: Chosen = MAIN) -> Signing[Document]:
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
    pdf = report.pdf_bytes(report.chain_of(meant)[-1].id)
    return signature.gathered(
        actor=actor,
        document=meant,
        field=field,
        first=field == CASEWORKER,
        unsigned=lambda: pdf,
        card=card,
        reason=_REASONS[field],
        words=language(language_code),
    )


def keep_signed(*, actor: Actor, signed: Signed[Document]) -> Change:
    """Register a signed report. Raises as ``prepare_signing``, and ``RecordRefused`` if somebody else has signed meanwhile."""
    made = report.put(actor=actor, document=signed.document, pdf=signed.pdf, signed_as=signed.field, timestamp_ends=signed.timestamp_ends)
    return Change("report", assessment=signed.document.assessment, made=made)


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
