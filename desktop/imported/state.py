"""What the room of another organisation's assessment shows: where it is from, what was found, and its result, computed here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from desktop.digest_words import grouped
from desktop.imported.judged import judged_by
from desktop.imported.words import band_of, kind_words, read_only_mark, recommended_words, signer_words
from desktop.language import Language
from desktop.reports.content_reader import Reader
from desktop.reports.imported_record import Received, received
from desktop.reports.verdict import Verdict, verdict_from_json
from desktop.reports.verdict_words import finding_sentence
from desktop.verify.findings import finding_mark
from desktop.words import SUBJECTS, Mark, stops_mark, word
from forms.result import Score
from forms.text import N_, in_language
from models.cards import AssessmentCard, AssessmentDraft, AssessmentFile, InstrumentCard, PartnerCard, PartnerDraft
from models.imported_cards import ImportedFile
from models.stops import met_stops

_NOBODY = UUID(int=0)
_NEVER = datetime(1, 1, 1)  # noqa: DTZ001 - stands in a card that nothing is read from but its template, answers and Result


@dataclass(frozen=True)
class ScoreLine:
    """A subject or section with its figure and band."""

    title: str
    figure: str
    mark: Mark
    is_subject: bool


@dataclass(frozen=True)
class InstrumentScores:
    """One instrument's result."""

    name: str
    lines: tuple[ScoreLine, ...]


@dataclass(frozen=True)
class ImportedState:
    """One of them in words. ``differs`` is set when the record no longer comes to what lists show of it."""

    title: str
    marked: Mark
    said: str
    facts: tuple[tuple[str, str], ...]
    bands: tuple[tuple[str, Mark], ...]
    stops: tuple[str, ...]
    instruments: tuple[InstrumentScores, ...]
    origin: tuple[tuple[str, str], ...]
    findings: tuple[tuple[Mark, str], ...]
    partner: UUID
    file_name: str
    differs: bool
    pdf: bytes = field(repr=False)


def imported_state(file: ImportedFile, language: Language) -> ImportedState:
    """Word one that is kept; its result is scored again from its record. Raises ``ReportRefused`` for a record that cannot be."""
    again = received(file.record)
    card, seen = file.card, as_read(again)
    verdict = verdict_from_json(file.verdict)
    return ImportedState(
        title=" · ".join(part for part in (card.facts.partner_name, card.facts.case_number) if part),
        marked=read_only_mark(card, language),
        said=language.text(
            N_("Sealed by {organisation}, taken in by {name} {at}. Here it is only read: not answered, reviewed or decided."),
            organisation=card.origin.organisation,
            name=card.by_name,
            at=card.at,
        ),
        facts=_facts(file, seen, language),
        bands=_bands(file, language),
        stops=tuple(in_language(stop.text, language.code) for stop in met_stops(seen)),
        instruments=tuple(_scores(each, language) for each in seen.each()),
        origin=_origin(file, verdict, language),
        findings=tuple((finding_mark(one, language), finding_sentence(one, language)) for one in verdict.sentences),
        partner=card.partner,
        file_name=f"{verdict.file.name.removesuffix('.pdf') or card.facts.case_number}.pdf",
        differs=again.facts != card.facts,
        pdf=file.pdf,
    )


def as_read(again: Received) -> AssessmentFile:
    """Give as much of an assessment as wording its answers and Result takes."""
    recomputed, facts = again.recomputed, again.facts
    main = recomputed.instruments[0]
    draft = AssessmentDraft(_NOBODY, None, "new", "", main.template.id, main.result.scope, "", recomputed.as_of)
    name = facts.partner_name
    card = AssessmentCard(_NOBODY, facts.case_number, draft, name, "", main.template.hash, _NOBODY, "", "sealed", _NEVER, _NEVER)
    return AssessmentFile(
        card=card,
        partner=PartnerCard(_NOBODY, 0, PartnerDraft(name, ""), _NEVER),
        project=None,
        template=main.template,
        answers=recomputed.answers,
        answer_cards=(),
        result=main.result,
        instruments=tuple(InstrumentCard(one.template, one.result.scope, one.result) for one in recomputed.instruments),
    )


def _scores(seen: AssessmentFile, language: Language) -> InstrumentScores:
    reader = Reader(seen, language)
    subjects = [
        _line(reader, word(SUBJECTS, one.subject, language), one.score, one.subject, is_subject=True)
        for one in seen.result.subjects
        if one.subject in seen.template.subjects
    ]
    sections = [
        _line(reader, reader.section_title(one.section), one.score, one.section, is_subject=False)
        for one in seen.result.sections
        if one.asked
    ]
    return InstrumentScores(reader.own(seen.template.name), (*subjects, *sections))


def _line(reader: Reader, title: str, score: Score, area: str, *, is_subject: bool) -> ScoreLine:
    mark = reader.band_mark(score, area)
    return ScoreLine(title, reader.figure(score, area), Mark(mark.status, mark.word), is_subject)


def _facts(file: ImportedFile, seen: AssessmentFile, language: Language) -> tuple[tuple[str, str], ...]:
    text, facts = language.text, file.card.facts
    names = [in_language(one.template.name, language.code) for one in seen.each()]
    known = (
        (text(N_("Partner there")), facts.partner_name),
        (text(N_("Partner here")), file.card.partner_name),
        (text(N_("Project")), facts.project_title),
        (text(N_("Kind")), kind_words(facts, language)),
        (text(N_("Date")), language.date(facts.as_of)),
        (text(N_("Template") if len(names) == 1 else N_("Templates")), language.listing(names)),
        (text(N_("Caseworker")), facts.caseworker),
        (text(N_("Answered")), text(N_("{answered} of {asked}"), answered=facts.answered, asked=facts.asked)),
        (text(N_("Recommended")), recommended_words(facts, language)),
    )
    return tuple((title, words) for title, words in known if words)


def _bands(file: ImportedFile, language: Language) -> tuple[tuple[str, Mark], ...]:
    facts = file.card.facts
    marks = [(word(SUBJECTS, subject, language), band_of(facts, subject, language)) for subject in ("organisation", "project")]
    stops = stops_mark(facts.stops, language)
    return tuple((title, mark) for title, mark in (*marks, (language.text(N_("Stop criteria")), stops)) if mark is not None)


def _origin(file: ImportedFile, verdict: Verdict, language: Language) -> tuple[tuple[str, str], ...]:
    text, card = language.text, file.card
    origin = card.origin
    return (
        (text(N_("Organisation")), origin.organisation),
        (text(N_("Signed by")), "\n".join(signer_words(one, language) for one in origin.signers)),
        (text(N_("Root certificate")), origin.root_subject),
        (text(N_("Root certificate’s fingerprint (SHA-256)")), grouped(origin.root_sha256).upper()),
        (text(N_("Sealed in the vault")), str(origin.vault)),
        (text(N_("SHA-256 of the record")), grouped(card.record_sha256)),
        (text(N_("SHA-256 of the file")), grouped(card.file_sha256)),
        *judged_by(verdict, language),
        (text(N_("Taken in by")), text(N_("{name}, {at}"), name=card.by_name, at=card.at)),
    )
