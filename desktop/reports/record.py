"""The record that is sealed: everything an assessment says, in one canonical JSON document that anyone can hash and read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast
from uuid import UUID

import msgspec

from forms.canonical import canonical_json, plain
from forms.template import Template
from models.cards import AnswerCard, AssessmentDraft, AssessmentFile, Earlier, EvidenceCard, ReviewCard, TieCard
from models.protection import as_recorded, reported
from models.relying import relied_on

SCHEMA = "gedigen-record/1"


@dataclass(frozen=True)
class RequiredSigner:
    """Somebody whose signature the report needs: the field, the name, and the SHA-256 (hexadecimal) of the DER certificate."""

    field: str
    name: str
    certificate_sha256: str


def sealed_record(
    file: AssessmentFile, *, vault_id: UUID, signers: tuple[RequiredSigner, ...], audit_seq: int, audit_head: str, chair: bool = False
) -> bytes:
    """Write an assessment as the canonical record that a seal freezes; the same file gives the same bytes.

    The template stands in it whole, in the form its hash is taken of, and the Result as its canonical object, so that the score can
    be recomputed from the record alone; so do the added ``instruments``. An answer that one instrument takes from another is in
    ``linked``, never among the answers that were given. What happens after sealing (reports, decision) is not part of it. ``audit_seq`` and
    ``audit_head`` (hexadecimal) are the audit trail's last entry before the seal. ``chair`` leaves a line that a chair may sign.
    Of a protected partner it says what reports may see, see ``models.protection``.
    """
    file = reported(file).main()
    card, draft = file.card, file.card.draft
    homes = {question.id: seen.template.id for seen in file.each() for _, question in seen.template.questions()}
    return canonical_json(
        {
            "schema": SCHEMA,
            "vault": vault_id,
            "assessment": {
                "id": card.id,
                "case_number": card.case_number,
                "kind": draft.kind,
                "collaboration": draft.collaboration,
                "scope": draft.scope,
                "scope_reason": draft.scope_reason,
                "as_of": draft.as_of,
                "rate": draft.rate,
                "previous": draft.previous,
                "supersedes": draft.supersedes,
                "caseworker": {"id": card.caseworker, "name": card.caseworker_name},
                "started_at": card.created_at,
                **_chosen(draft),
            },
            "partner": as_recorded(file.partner),
            "project": None if file.project is None else {"id": file.project.id, "rev": file.project.rev, **_fields(file.project.draft)},
            "template": _template(file.template),
            "answers": [_answer(one, homes[one.question]) for one in sorted(file.answer_cards, key=lambda one: one.question)],
            "evidence": [_evidence(one) for one in sorted(file.evidence, key=lambda one: (one.question, one.at, str(one.id)))],
            "ties": [_tie(one) for one in sorted(file.ties, key=lambda one: (one.at, str(one.person)))],
            "result": plain(file.result),
            "result_seen_at": file.result_seen_at,
            "changed_after_result": file.changed_after_result,
            "risks": [plain(one) for one in file.risks],
            "judged": [plain(one) for one in sorted(file.judged, key=lambda one: (one.instrument, one.area))],
            "recommendation": plain(file.recommendation),
            "reviews": [_review(one) for one in sorted(file.reviews, key=lambda one: one.at)],
            "earlier": None if file.earlier is None else _earlier(file.earlier),
            "required_signers": [
                {"field": one.field, "name": one.name, "certificate_sha256": one.certificate_sha256.lower()} for one in signers
            ],
            "optional_signers": ["Chair"] if chair else [],
            "audit": {"seq": audit_seq, "head": audit_head},
            **_several(file),
            **_relied(file),
        }
    )


def _chosen(draft: AssessmentDraft) -> dict[str, object]:
    """Write what else was chosen at the start, where it was: the terms of a rapid start, what the rule proposed, first time, context."""
    found: dict[str, object] = {"rapid": plain(draft.rapid), "scope_proposed": plain(draft.proposed), "first_time": draft.first_time}
    chosen = {name: value for name, value in found.items() if value is not None}
    assigned = {"assigned": [plain(one) for one in draft.assigned]} if draft.assigned else {}
    return {**chosen, **({"fragile": True} if draft.fragile else {}), **assigned}


def _relied(file: AssessmentFile) -> dict[str, object]:
    """Write the results of other bodies that answers rely on, as they stood when it was sealed; nothing when there are none."""
    relied = relied_on(file)
    rows = [{"question": question, "id": card.id, **_fields(card.result), "sha256": card.sha256} for question, card in relied.items()]
    return {"relied_on": sorted(rows, key=lambda row: str(row["question"]))} if rows else {}


def _template(template: Template) -> dict[str, object]:
    return {"id": template.id, "version": template.version, "sha256": template.hash, "content": msgspec.to_builtins(template)}


def _several(file: AssessmentFile) -> dict[str, object]:
    """Write what only an assessment with several instruments has: the added ones, and the answers linked between them."""
    if len(file.instruments) < 2:
        return {}
    return {
        "instruments": [
            {
                "template": _template(one.template),
                "scope": one.scope,
                "result": plain(one.result),
                "result_seen_at": one.seen_at,
                "earlier": None if one.earlier is None else _earlier(one.earlier),
            }
            for one in file.instruments[1:]
        ],
        "linked": [
            {
                "instrument": key.instrument,
                "question": key.question,
                "from": {"instrument": source.instrument, "question": source.question},
                **_fields(file.answers[key]),
            }
            for key, source in sorted(file.origins.items())
        ],
    }


def _fields(value: object) -> dict[str, object]:
    return cast("dict[str, object]", plain(value))


def _answer(card: AnswerCard, instrument: str) -> dict[str, object]:
    return {
        "instrument": instrument,
        "question": card.question,
        "respondent": "",
        "unit": "",
        **_fields(card.answer),
        "source": card.source,
        "by": card.person_name,
        "at": card.at,
        "why": card.why,
    }


def _evidence(card: EvidenceCard) -> dict[str, object]:
    return {
        "id": card.id,
        "question": card.question,
        "name": card.name,
        "note": card.note,
        "dated": card.dated,
        "sha256": card.sha256,
        "size": card.size,
        "media_type": card.media_type,
        "by": card.person_name,
        "at": card.at,
    }


def _tie(card: TieCard) -> dict[str, object]:
    return {
        "person": card.person,
        "name": card.person_name,
        "has_tie": card.has_tie,
        "text": card.text,
        "at": card.at,
        "resolution": card.resolution,
        "resolved_by": card.resolved_by,
    }


def _review(card: ReviewCard) -> dict[str, object]:
    return {
        "reviewer": {"id": card.reviewer, "name": card.reviewer_name},
        "outcome": card.outcome,
        "comment": card.comment,
        "points": [plain(point) for point in sorted(card.points, key=lambda point: point.question)],
        "approves_not_applicable": card.approves_not_applicable,
        "at": card.at,
    }


def _earlier(earlier: Earlier) -> dict[str, object]:
    """Name last time's assessment without repeating it: it has a sealed record of its own."""
    card = earlier.assessment
    return {
        "id": card.id,
        "case_number": card.case_number,
        "as_of": card.draft.as_of,
        "template": {"id": earlier.template.id, "version": earlier.template.version, "sha256": earlier.template.hash},
    }
