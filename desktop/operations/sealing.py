"""Sealing: freeze the record when nothing remains."""

from __future__ import annotations

import hashlib
from uuid import UUID

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from desktop.operations.change import Change
from desktop.reports.record import RequiredSigner, sealed_record
from forms.canonical import canonical_json
from forms.scoring import score
from forms.text import N_
from models import audit, casefile, seal
from models.actor import Actor
from models.cards import AssessmentFile
from models.database import write_tx
from models.errors import RecordRefused
from models.identity import person_card
from models.review import require_ready
from models.vault import vault_id

CASEWORKER, REVIEWER, CHAIR = "Caseworker", "Reviewer", "Chair"


class _Signers(msgspec.Struct):
    """The part of a sealed record that says who may sign."""

    optional_signers: list[str]


def seal_assessment(*, actor: Actor, assessment_id: UUID, chair: bool = False) -> Change:
    """Freeze the record; with ``chair`` its report has a line that a chair may sign.

    Raises ``NotReady`` while something remains, ``SealedAssessment`` if it is sealed already."""
    with write_tx():
        file = casefile.read(assessment_id)
        require_ready(file, stage="seal")
        anchor = audit.head()
        record = sealed_record(
            file, vault_id=vault_id(), signers=required_signers(file), audit_seq=anchor[0], audit_head=anchor[1], chair=chair
        )
        seal.put(actor=actor, assessment=assessment_id, record=record, result=file.result, anchor=anchor)
    return Change("state", assessment=assessment_id)


def required_signers(file: AssessmentFile) -> tuple[RequiredSigner, ...]:
    """Give who must sign the report: its caseworker, and the reviewer who agreed last."""
    agreed = [review for review in file.reviews if review.outcome == "agreed"]
    people = [(CASEWORKER, file.card.caseworker)] + [(REVIEWER, agreed[-1].reviewer)] * bool(agreed)
    return tuple(RequiredSigner(field, person_card(person).name, fingerprint(person_card(person).certificate)) for field, person in people)


def optional_signers(file: AssessmentFile) -> tuple[str, ...]:
    """Give the fields that may be signed beside the required ones, as the sealed record says."""
    if file.seal is None:
        return ()
    return tuple(msgspec.json.decode(file.seal.record, type=_Signers).optional_signers)


def fingerprint(certificate: x509.Certificate) -> str:
    """Give the SHA-256 of a certificate's DER form, hexadecimal."""
    return hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()


def check_seal(*, assessment_id: UUID) -> bool:
    """Score the sealed answers again and say whether exactly the sealed Result comes of them."""
    file = casefile.read(assessment_id)
    kept = seal.result_bytes(assessment_id)
    if file.seal is None or kept is None:
        raise RecordRefused(N_("This assessment is not sealed."))
    recomputed = score(file.template, file.answers, casefile.case_of(file))
    return canonical_json(recomputed) == kept and hashlib.sha256(file.seal.record).hexdigest() == file.seal.sha256
