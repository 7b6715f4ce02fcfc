"""A sealed assessment as its record says it: read from the bytes that were sealed, not from the tables that they were made of."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from uuid import UUID

import msgspec

from forms.answers import Answer, AnswerKey, AnswerSet, Known, State
from forms.result import Result
from forms.risk import RiskEntry
from forms.template import Template
from forms.text import N_
from forms.values import Value
from models import body, casefile
from models.cards import AssessmentFile, InstrumentCard, JudgedRating, RecommendationDraft
from models.errors import RecordRefused, VaultDamaged


class _Template(msgspec.Struct):
    sha256: str
    content: msgspec.Raw


class _Answer(msgspec.Struct):
    instrument: str
    question: str
    state: State
    value: Value | None
    known: Known | None
    comment: str
    reason: str


class _Instrument(msgspec.Struct):
    template: _Template
    scope: str
    result: msgspec.Raw


class _Begun(msgspec.Struct):
    case_number: str
    scope: str


class _Record(msgspec.Struct):
    """Those parts of a record that are compared over the years."""

    assessment: _Begun
    template: _Template
    answers: list[_Answer]
    result: msgspec.Raw
    risks: tuple[RiskEntry, ...]
    judged: tuple[JudgedRating, ...]
    recommendation: RecommendationDraft | None
    #: A record of one instrument says nothing of these.
    instruments: list[_Instrument] = []
    linked: list[_Answer] = []


def read(assessment: UUID) -> AssessmentFile:
    """Give a sealed assessment with templates, answers, Results, risks, judged ratings and recommendation as its record has them.

    The decision, which comes after sealing, is the one that stands now. Raises ``RecordRefused`` for one that is not sealed,
    ``VaultDamaged`` for a record that cannot be read, or is not that of the assessment.
    """
    file = casefile.read(assessment)
    if file.seal is None:
        raise RecordRefused(N_("Case {case} is not sealed. Only sealed records are compared."), case=file.card.case_number)
    record = body.read(file.seal.record, _Record)
    if record.assessment.case_number != file.card.case_number:
        raise _damaged()
    main = _Instrument(record.template, record.assessment.scope, record.result)
    instruments = tuple(
        InstrumentCard(_template(one.template), one.scope, body.read(bytes(one.result), Result)) for one in (main, *record.instruments)
    )
    given = {
        AnswerKey(one.instrument, one.question): Answer(one.state, one.value, one.known, one.comment, one.reason)
        for one in (*record.answers, *record.linked)
    }
    return replace(
        file,
        template=instruments[0].template,
        result=instruments[0].result,
        instruments=instruments,
        answers=AnswerSet(given),
        risks=record.risks,
        judged=record.judged,
        recommendation=record.recommendation,
        earlier=None,
    )


def _template(kept: _Template) -> Template:
    """Read a template whole; the record names it by the hash of exactly these bytes."""
    content = bytes(kept.content)
    if hashlib.sha256(content).hexdigest() != kept.sha256:
        raise _damaged()
    return body.read(content, Template)


def _damaged() -> VaultDamaged:
    return VaultDamaged(
        N_("The sealed record of this assessment is no longer what was sealed. Nothing was changed. Restore the vault from a backup.")
    )
