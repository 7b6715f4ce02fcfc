"""The sealed record inside a report, read and scored again: by nothing but the record itself and the rules of arithmetic it names."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import msgspec

from forms.answers import Answer, AnswerKey, AnswerSet, Known, State
from forms.canonical import canonical_json
from forms.errors import GedigenError
from forms.result import Case, Result
from forms.scoring import score
from forms.template import Template
from forms.values import as_value

SCHEMA = "gedigen-record/1"


class NotARecord(Exception):
    """An attachment that Gedigen did not write as a sealed record."""


class _Project(msgspec.Struct):
    amount_minor: int | None
    currency: str | None
    starts: date | None
    ends: date | None


class _Assessment(msgspec.Struct):
    kind: str
    collaboration: str
    scope: str
    as_of: date
    rate: str | None
    previous: str | None
    first_time: bool | None = None
    fragile: bool = False


class _Template(msgspec.Struct):
    sha256: str
    content: msgspec.Raw


class _Review(msgspec.Struct):
    approves_not_applicable: bool


class _Answer(msgspec.Struct):
    instrument: str
    question: str
    state: State
    value: Any
    known: Known | None
    comment: str
    reason: str


class _Instrument(msgspec.Struct):
    template: _Template
    scope: str
    result: msgspec.Raw


class Risk(msgspec.Struct):
    """A risk as it stands in the record; ``choice`` tells whether it is part of the register."""

    title: str
    choice: str
    likelihood: int
    impact: int
    residual_likelihood: int | None
    residual_impact: int | None


class _Recommendation(msgspec.Struct):
    decision: str


class _Record(msgspec.Struct):
    schema: str
    assessment: _Assessment
    project: _Project | None
    template: _Template
    answers: list[_Answer]
    result: msgspec.Raw
    reviews: list[_Review]
    risks: list[Risk]
    recommendation: _Recommendation | None
    instruments: list[_Instrument] = []
    linked: list[_Answer] = []


@dataclass(frozen=True)
class Rescored:
    """One instrument of a record: its template, what its answers come to now, and whether the record says the same."""

    template: Template
    result: Result
    is_template_whole: bool
    is_result_same: bool


@dataclass(frozen=True)
class Recomputed:
    """A record scored again, its main instrument first, with what else of it is printed as numbers or in set words."""

    instruments: tuple[Rescored, ...]
    answers: AnswerSet
    as_of: date
    risks: tuple[Risk, ...]
    decision: str


def recompute(attachment: bytes) -> Recomputed:
    """Score a record's answers again. Raises NotARecord for what is none, or cannot be scored."""
    try:
        record = msgspec.json.decode(attachment, type=_Record)
        if record.schema != SCHEMA or canonical_json(msgspec.json.decode(attachment)) != attachment:
            raise NotARecord
        given = {AnswerKey(one.instrument, one.question): _answer(one) for one in (*record.answers, *record.linked)}
        answers = AnswerSet(given)
        main = _Instrument(record.template, record.assessment.scope, record.result)
        instruments = tuple(_rescored(one, answers, _case(record, one.scope)) for one in (main, *record.instruments))
    except (msgspec.MsgspecError, GedigenError, ValueError, TypeError, KeyError, ZeroDivisionError, RecursionError) as error:
        raise NotARecord from error
    decision = record.recommendation.decision if record.recommendation is not None else ""
    risks = tuple(one for one in record.risks if one.choice in ("accepted", "own"))
    return Recomputed(instruments, answers, record.assessment.as_of, risks, decision)


def _rescored(one: _Instrument, answers: AnswerSet, case: Case) -> Rescored:
    content = bytes(one.template.content)  # in canonical form, as the whole record is
    template = msgspec.json.decode(content, type=Template)  # as a vault reads it, but without all that reading YAML takes
    result = score(template, answers, case)
    return Rescored(
        template=template,
        result=result,
        is_template_whole=hashlib.sha256(content).hexdigest() == one.template.sha256 == result.template,
        is_result_same=result.to_bytes() == bytes(one.result),
    )


def _answer(one: _Answer) -> Answer:
    return Answer(one.state, as_value(one.value), one.known, one.comment, one.reason)  # type: ignore[arg-type]  # scoring checks the value


def _case(record: _Record, scope: str) -> Case:
    """Give the case that the record was scored for, as ``models.casefile`` does for a vault: the verification has none."""
    said, project = record.assessment, record.project
    first = said.first_time if said.first_time is not None else said.previous is None
    facts: Mapping[str, str] = {
        "kind": said.kind,
        "collaboration": said.collaboration,
        "first_time": "yes" if first else "no",
        "fragile": "yes" if said.fragile else "no",
        **({"not_applicable_approved": "yes"} if record.reviews and record.reviews[-1].approves_not_applicable else {}),
    }
    return Case(
        as_of=said.as_of,
        scope=scope,
        variant=said.collaboration,
        facts=facts,
        amount_minor=_yearly(project) if project is not None else None,
        currency=project.currency if project is not None else None,
        rate=Fraction(said.rate) if said.rate is not None else None,
    )


def _yearly(project: _Project) -> int | None:
    if project.amount_minor is None or project.starts is None or project.ends is None:
        return project.amount_minor
    months = (project.ends.year - project.starts.year) * 12 + project.ends.month - project.starts.month + 1
    return project.amount_minor if months <= 12 else -(-project.amount_minor * 12 // months)
