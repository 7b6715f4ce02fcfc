"""Signing a report, each person in the field that is theirs."""

from __future__ import annotations

from uuid import UUID

from desktop.language import Language, language
from desktop.operations.change import Change
from desktop.operations.reporting import make_report, sealed_file
from desktop.reports import signing
from desktop.words import SIGNER_FIELDS, word
from forms.text import N_
from models import report
from models.actor import Actor
from models.cards import AssessmentFile
from models.database import utc_now
from models.document_kind import CASEWORKER, CHAIR, REVIEWER
from models.errors import ActRefused
from models.identity import certificate_chain


def sign_report(*, actor: Actor, assessment_id: UUID, language_code: str) -> Change:
    """Sign the report in the field that is the actor's: caseworker first, then reviewer, then perhaps a chair.

    Raises ``ActRefused`` for somebody who has no field in this report or signs out of turn.
    """
    file = sealed_file(assessment_id)
    field = field_of(file, actor)
    report.require_field(actor=actor, assessment=assessment_id, language=language_code, field=field)
    revisions = report.revisions(assessment_id, language_code)
    if not revisions:
        make_report(actor=actor, assessment_id=assessment_id, language_code=language_code)
        revisions = report.revisions(assessment_id, language_code)
    certificate, root = certificate_chain(actor.person)
    words = language(language_code)
    pdf = signing.sign(
        report.pdf_bytes(revisions[-1].id),
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
    made = report.put(actor=actor, assessment=assessment_id, language=language_code, pdf=pdf, signed_as=field)
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
