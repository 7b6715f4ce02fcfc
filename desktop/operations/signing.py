"""Signing a report, each person in the field that is theirs."""

from __future__ import annotations

from uuid import UUID

from desktop.language import Language, language
from desktop.operations.change import Change
from desktop.operations.reporting import document_meant, make_report, sealed_file
from desktop.reports import signing
from desktop.reports.chosen import MAIN, Chosen
from desktop.words import SIGNER_FIELDS, word
from forms.text import N_
from models import report
from models.actor import Actor
from models.cards import AssessmentFile
from models.database import utc_now
from models.document_kind import CASEWORKER, CHAIR, FULL_REPORT, REVIEWER
from models.errors import ActRefused
from models.identity import certificate_chain, organisation


def sign_report(*, actor: Actor, assessment_id: UUID, language_code: str, chosen: Chosen = MAIN) -> Change:
    """Sign a document in the field that is the actor's: caseworker first, then reviewer, then perhaps a chair; it is made if need be.

    Other kinds than the full report have the caseworker's field only. Raises ``ActRefused`` for somebody who has no field in this
    document or signs out of turn.
    """
    file = sealed_file(assessment_id)
    field = field_of(file, actor) if chosen.kind == FULL_REPORT else CASEWORKER
    meant = document_meant(file=file, language_code=language_code, organisation_card=organisation(), chosen=chosen)
    report.require_field(
        actor=actor, assessment=assessment_id, language=language_code, field=field, kind=meant.kind, part=meant.part, basis=meant.basis
    )
    if not report.chain_of(meant):
        make_report(actor=actor, assessment_id=assessment_id, language_code=language_code, chosen=chosen)
    latest = report.chain_of(meant)[-1]
    certificate, root = certificate_chain(actor.person)
    words = language(language_code)
    pdf = signing.sign(
        report.pdf_bytes(latest.id),
        field=field,
        key=actor.private_key,
        certificate=certificate,
        root=root,
        name=actor.name,
        role_label=word(SIGNER_FIELDS, field, words),
        reason=_reason(field, words),
        at=utc_now(),
        certify=field == CASEWORKER,
    )
    made = report.put(
        actor=actor,
        assessment=assessment_id,
        language=language_code,
        pdf=pdf,
        signed_as=field,
        kind=meant.kind,
        part=meant.part,
        basis=meant.basis,
    )
    return Change("report", assessment=assessment_id, made=made)


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
