"""Decisions about the sample assessment, ordinary and full of waivers; every name is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import cache

import msgspec

from desktop.language import language
from desktop.reports.decision_content import render_decision
from models.cards import AssessmentFile, DecisionCard, DecisionDraft, ReportCard, Waiver
from models.decided import Decided
from models.stops import met_stops
from tests.desktop.reports.sample_file import SEALED, ident, sample_file, template
from tests.desktop.reports.samples import Holder
from tests.desktop.reports.sealed_reports import name_of

RECORDED = datetime(2026, 4, 3, 9, 0)  # noqa: DTZ001 - the vault keeps naive UTC


def decided(*, code: str = "sv", stops: bool = False, many: int = 1, **changes: object) -> tuple[AssessmentFile, Decided]:
    """Give an assessment and the decision about it; ``code`` is a language that its template has, ``many`` lengthens waivers and
    conditions, ``changes`` are of the decision."""
    file = _file(code, stops)
    waivers = tuple(
        Waiver(one.id, "200 000 SEK under 2026. " * many, date(2026, 12, 31), "Revisor godkänner varje utbetalning. " * many)
        for one in met_stops(file)
        if one.waivable != "never"
    )
    draft = DecisionDraft(
        outcome="decline" if stops else "approve_with_conditions",
        body="Styrelsen för Havsstiftelsen",
        minutes="Protokoll 2026-04",
        paragraph="§ 12",
        decided_on=date(2026, 4, 2),
        took_no_part="Karin Holm, vars svägerska arbetar hos partnern; lämnade rummet.",
        waivers=waivers,
        conditions=file.recommendation.conditions * many if file.recommendation is not None else (),
        next_due=date(2028, 3, 31),
    )
    card = DecisionCard(replace(draft, **changes), "Ruth Bergman", RECORDED)  # type: ignore[arg-type]
    return file, Decided(ident("decision"), file.card.id, card, ident("Ruth Bergman"), (), (*_reports("sv", "a"), *_reports("en", "d")))


@cache
def _file(code: str, stops: bool) -> AssessmentFile:
    form = template()
    if code not in form.languages:
        form = msgspec.structs.replace(form, languages=(*form.languages, code))  # the program's words around texts of another language
    return sample_file(form, stops=stops)


def _reports(code: str, first: str) -> tuple[ReportCard, ...]:
    return tuple(
        ReportCard(ident(f"{code} {number}"), code, number, chr(ord(first) + number) * 64, 99, signed, "Maja Ekwall", SEALED)
        for number, signed in enumerate(("", "Caseworker", "Reviewer"))
    )


def document(file: AssessmentFile, one: Decided, code: str, *, root: Holder | None = None, recorder: Holder | None = None) -> bytes:
    """Make the document as the program does."""
    if recorder is not None:
        one = replace(one, card=replace(one.card, by_name=name_of(recorder)))
    return render_decision(
        file,
        one,
        language(code),
        vault_id=ident("vault"),
        certificate_sha256=recorder.fingerprint if recorder is not None else "ef" * 32,
        organisation="Havsstiftelsen",
        root_fingerprint=root.fingerprint if root is not None else "12" * 32,
    )


if __name__ == "__main__":
    import hashlib
    import sys

    sys.stdout.write(hashlib.sha256(document(*decided(), "sv")).hexdigest())
