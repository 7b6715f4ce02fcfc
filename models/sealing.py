"""Sealing: the record is frozen only when nothing remains and it says exactly what was reviewed, and can be checked ever after."""

from __future__ import annotations

import hashlib
from typing import Literal
from uuid import UUID

import msgspec

from forms.answers import Answer
from forms.canonical import canonical_json
from forms.errors import GedigenError
from forms.text import N_
from forms.values import Value
from models import answering, audit, body, casefile, revocation, seal, signing_choice
from models.actor import Actor, require_role
from models.assessment import row_of
from models.cards import AssessmentFile, RapidTerms, ReviewCard
from models.database import utc_now, write_tx
from models.errors import ActRefused, NotReady, RecordRefused, SealedAssessment, VaultDamaged
from models.identity import PersonalCertificate, certificate_in_use, person_card
from models.instruments import in_use
from models.protection import as_recorded, record_names, reported
from models.relying import relied_on
from models.review import require_ready
from models.reviewed import digest_of
from models.seal import Seal, SealInstrument, SealScore, Signer

#: What can be wrong with a seal: the record's hash, what the record says, the Result, the summary rows, the audit trail's entry.
Fault = Literal["record", "content", "result", "scores", "trail", "unreadable"]


class _Subject(msgspec.Struct):
    id: UUID
    rev: int


class _Named(msgspec.Struct):
    id: UUID


class _Template(msgspec.Struct):
    sha256: str


class _Kept(msgspec.Struct):
    question: str
    state: str
    value: Value | None
    known: str | None
    comment: str
    reason: str


class _Anchor(msgspec.Struct):
    seq: int
    head: str


class _Instrument(msgspec.Struct):
    template: _Template
    scope: str
    result: msgspec.Raw


class _Started(_Named):
    rapid: RapidTerms | None = None


class _Relied(msgspec.Struct):
    id: UUID
    question: str


class _Record(msgspec.Struct):
    """Those parts of a record that are held against what the vault says."""

    assessment: _Started
    partner: msgspec.Raw
    project: _Subject | None
    template: _Template
    answers: list[_Kept]
    evidence: list[_Named]
    result: msgspec.Raw
    recommendation: msgspec.Raw
    risks: msgspec.Raw
    required_signers: list[Signer]
    audit: _Anchor
    #: The added instruments; a record from before there were any says nothing of them.
    instruments: list[_Instrument] = []
    #: Others' results behind answers; a record without any says nothing of them.
    relied_on: list[_Relied] = []


def put(*, actor: Actor, assessment: UUID, record: bytes) -> str:
    """Seal an assessment with its record, which must name the audit trail's head; returns the record's SHA-256.

    Raises ``SealedAssessment`` if it is sealed already, ``ActRefused`` for anybody but its caseworker, ``NotReady`` while something
    remains or was changed after the review, ``RecordRefused`` for a record that says anything else than the vault does.
    """
    with write_tx():
        require_role(actor, "caseworker")
        row = row_of(assessment)
        if row.caseworker_id != actor.person:
            raise ActRefused(N_("Only the caseworker who made the assessment seals it."))
        if seal.is_sealed(assessment):
            raise SealedAssessment(N_("This assessment is sealed already."))
        file = casefile.read(assessment)
        require_ready(file, stage="seal")
        review = _review_of(file)
        anchor = audit.head()
        _check_record(file, record, review=review, anchor=anchor)
        _require_unnamed(file, record)
        sha256 = hashlib.sha256(record).hexdigest()
        Seal.insert(
            assessment=assessment,
            sha256=sha256,
            person=actor.person,
            audit_seq=anchor[0],
            audit_head=anchor[1],
            partner_rev=file.partner.rev,
            project_rev=file.project.rev if file.project else None,
            **_counts(file),
            record=record,
        ).execute()
        for place, seen in enumerate(file.each()):
            if place:
                SealInstrument.insert(
                    assessment=assessment, place=place, template_hash=seen.template.hash, scope=seen.scope, **_counts(seen)
                ).execute()
            for score in seal.scores(seen.template.id, seen.result):
                SealScore.insert(assessment=assessment, **score).execute()
        audit.record(
            actor=actor,
            act="sealed",
            value={"assessment": assessment, "record_sha256": sha256, "anchor_seq": anchor[0], "anchor": anchor[1]},
        )
    return sha256


def faults(assessment: UUID) -> tuple[Fault, ...]:
    """Check a sealed assessment whole: score its answers again, and hold record, Result, scores and audit trail against each other.

    Empty when all is as it was sealed. Raises ``RecordRefused`` when it is not sealed.
    """
    row = Seal.get_or_none(Seal.assessment == assessment)
    if row is None:
        raise RecordRefused(N_("This assessment is not sealed."))
    found: list[Fault] = []
    record = bytes(row.record)
    if hashlib.sha256(record).hexdigest() != row.sha256:
        found.append("record")
    if not _in_trail(row, assessment):
        found.append("trail")
    try:
        case, added = row_of(assessment), seal.added_bytes(assessment)
        used = in_use(case)
        stands = casefile.rescore(case, answering.answers_of(assessment), casefile.subjects_of(case, row)[1], used)
        if [result.to_bytes() for result in stands.results] != [bytes(row.result), *(kept for _, _, kept in added)]:
            found.append("result")
        scores = [score for one, result in zip(used, stands.results, strict=True) for score in seal.scores(one.template.id, result)]
        if sorted(scores, key=_order) != sorted(seal.kept_scores(assessment), key=_order):
            found.append("scores")
        said = body.read(record, _Record)
        kept = [(one.template.sha256, one.scope, bytes(one.result)) for one in said.instruments]
        if bytes(said.result) != bytes(row.result) or kept != list(added):
            found.append("content")
    except GedigenError:
        found.append("unreadable")
    return tuple(found)


def require_whole(assessment: UUID) -> None:
    """Make sure that a seal is as it was made, before anything is handed out in its name. Raises ``VaultDamaged``."""
    if faults(assessment):
        raise VaultDamaged(
            N_("The sealed record of this assessment is no longer what was sealed. Nothing was changed. Restore the vault from a backup.")
        )


def required_signers(file: AssessmentFile) -> tuple[Signer, ...]:
    """Give who must sign the report, by the certificates they sign with now: the caseworker, and the reviewer who agreed last."""
    agreed = [review for review in file.reviews if review.outcome == "agreed"]
    people = [("Caseworker", file.card.caseworker)] + [("Reviewer", agreed[-1].reviewer)] * bool(agreed)
    return tuple(Signer(field, person_card(person).name, signing_choice.in_use(person).fingerprint) for field, person in people)


def _review_of(file: AssessmentFile) -> ReviewCard:
    review = file.reviews[-1]
    if review.reviewed != digest_of(file):
        raise NotReady(
            N_("Something was changed after {name} agreed, such as the partner or the project. Take it back and have it reviewed again."),
            name=review.reviewer_name,
        )
    for person in (file.card.caseworker, review.reviewer):
        card = person_card(person)
        if not card.active or (person == review.reviewer and "reviewer" not in card.roles):
            raise NotReady(N_("{name} can no longer sign as reviewer. Take it back and have it reviewed by somebody else."), name=card.name)
        for row in {certificate_in_use(person), PersonalCertificate.get_by_id(signing_choice.in_use(person).certificate_id)}:
            if revocation.revocation_of(row.id) is not None:
                raise NotReady(N_("The certificate of {name} has been revoked. Nothing was sealed; it takes a new one."), name=card.name)
            if row.x509.not_valid_after_utc.replace(tzinfo=None) <= utc_now():
                raise NotReady(
                    N_("The certificate of {name} has ended, so the report could not be signed. Let it be renewed."), name=card.name
                )
    return review


def _check_record(file: AssessmentFile, record: bytes, *, review: ReviewCard, anchor: tuple[int, str]) -> None:
    said, file = body.read(record, _Record), reported(file)
    answers = {one.question: Answer(one.state, one.value, one.known, one.comment, one.reason) for one in said.answers}  # type: ignore[arg-type]
    agrees = (
        canonical_json(msgspec.json.decode(record)) == record
        and (said.assessment.id, said.assessment.rapid) == (file.card.id, file.card.draft.rapid)
        and {one.question: one.id for one in said.relied_on} == {question: card.id for question, card in relied_on(file).items()}
        and bytes(said.partner) == canonical_json(as_recorded(file.partner))
        and (said.project and (said.project.id, said.project.rev)) == (file.project and (file.project.id, file.project.rev))
        and said.template.sha256 == file.template.hash
        and answers == {key.question: answer for key, answer in file.own_answers.items()}
        and [(one.template.sha256, one.scope, bytes(one.result)) for one in said.instruments]
        == [(one.template.hash, one.scope, one.result.to_bytes()) for one in file.instruments[1:]]
        and {one.id for one in said.evidence} == {one.id for one in file.evidence}
        and bytes(said.result) == file.result.to_bytes()
        and bytes(said.recommendation) == canonical_json(file.recommendation)
        and bytes(said.risks) == canonical_json(file.risks)
        and tuple(said.required_signers) == required_signers(file)
        and (said.audit.seq, said.audit.head) == anchor
        and review.outcome == "agreed"
    )
    if not agrees:
        raise RecordRefused(N_("The record does not say what the assessment says, so nothing was sealed. Open it again and try once more."))


def _require_unnamed(file: AssessmentFile, record: bytes) -> None:
    """Make sure that no text of the record names a protected partner, also one that no list of places knows of."""
    if record_names(file.partner.draft, msgspec.json.decode(record), people=frozenset(file.people.values())):
        raise RecordRefused(
            N_("A text in the record names the protected partner, so nothing was sealed. Look through its texts and take it out.")
        )


def _in_trail(row: Seal, assessment: UUID) -> bool:
    """Say whether the audit trail has the entry of this seal, with its hash and anchor. An erased value says nothing either way."""
    for entry in audit.entries(first=row.audit_seq + 1, limit=1):
        wanted = {"assessment": assessment, "record_sha256": row.sha256, "anchor_seq": row.audit_seq, "anchor": row.audit_head}
        return entry.act == "sealed" and entry.value in (None, canonical_json(wanted))
    return False


def _counts(file: AssessmentFile) -> dict[str, object]:
    """Give what a seal keeps of an instrument's Result for lists to read, with its bytes."""
    done = file.result.completeness
    return {"asked": done.asked, "answered": done.answered, "stops": len(file.result.stops), "result": file.result.to_bytes()}


def _order(score: dict[str, object]) -> tuple[str, str, str]:
    return str(score["instrument"]), str(score["kind"]), str(score["name"])
