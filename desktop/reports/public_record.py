"""The public record of an assessment: for a request by anybody, or a website. It holds no person's name and nobody's own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.charts.wording import subject_word
from desktop.language import Language
from desktop.reports.content import readers_of
from desktop.reports.content_reader import Reader
from desktop.reports.layout import Bold, Column, LaidOut, ReportBuilder, StatusWord
from desktop.reports.texts import Cell
from desktop.words import DECISIONS, SIGNER_FIELDS, Tone, word
from forms.canonical import canonical_json
from forms.text import N_
from models.cards import AssessmentFile
from models.document_kind import CASEWORKER
from models.stops import met_stops


@dataclass(frozen=True)
class PublicBand:
    """What a subject came to by a template."""

    template: str
    subject: str
    tone: Tone
    word: str


@dataclass(frozen=True)
class PublicView:
    """Everything that the public record says, in one language; the rest is not held here. ``decided`` is empty before a decision."""

    organisation: str
    case_number: str
    assessed_on: date
    partner: str
    country: str
    project: str
    amount: str
    period: str
    templates: tuple[str, ...]
    bands: tuple[PublicBand, ...]
    stop_met: bool
    decided: str = ""
    decided_on: date | None = None
    conditions: int = 0
    record_sha256: str = ""

    def to_bytes(self) -> bytes:
        """Give it as canonical JSON, to tell one public record from another."""
        return canonical_json(self)


def public_view(file: AssessmentFile, language: Language, *, organisation: str) -> PublicView:
    """Give what may be made public of an assessment. Raises ``LanguageLacking`` for a language that a template lacks."""
    readers = readers_of(file, language)
    reader, file = readers[0], readers[0].file
    project, decided = file.project, file.decision
    return PublicView(
        organisation=organisation,
        case_number=file.card.case_number,
        assessed_on=file.card.draft.as_of,
        partner=file.partner.name,
        country=language.country(file.partner.draft.country),
        project=project.draft.title if project is not None else "",
        amount=reader.amount(),
        period=reader.period(),
        templates=tuple(
            language.text(N_("{template}, version {version}"), template=one.own(one.file.template.name), version=one.file.template.version)
            for one in readers
        ),
        bands=tuple(band for one in readers for band in _bands(one)),
        stop_met=bool(met_stops(reader.file)),
        decided=word(DECISIONS, decided.draft.outcome, language) if decided is not None else "",
        decided_on=decided.draft.decided_on if decided is not None else None,
        conditions=len(decided.draft.conditions) if decided is not None else 0,
        record_sha256=file.seal.sha256 if file.seal is not None else "",
    )


def _bands(reader: Reader) -> list[PublicBand]:
    name, language = reader.own(reader.file.template.name), reader.language
    found = []
    for subject in reader.file.result.subjects:
        mark = reader.band_mark(subject.score, subject.subject)
        found.append(PublicBand(name, subject_word(language, subject.subject), mark.status, mark.word))
    return found


def public_content(view: PublicView, language: Language, *, root_fingerprint: str = "") -> LaidOut:
    """Set the public record on its page."""
    text = language.text
    page = ReportBuilder(
        language=language,
        title=text(N_("{partner}: public record, assessment {case}"), partner=view.partner, case=view.case_number),
        subject=text(N_("Public record, {case}"), case=view.case_number),
        author=view.organisation,
        left=f"{view.case_number} · {view.partner}",
        right=text(N_("Public record")) if view.record_sha256 else text(N_("Draft, not sealed")),
        foot=view.organisation,
    )
    page.title(
        view.partner, subtitle=" · ".join([text(N_("Public record of an assessment")), view.country, language.date(view.assessed_on)])
    )
    _concerns(page, view, language)
    _assessed(page, view, language)
    _decided(page, view, language)
    _about(page, view, language, root_fingerprint)
    return page.lay_out()


def _concerns(page: ReportBuilder, view: PublicView, language: Language) -> None:
    text = language.text
    page.heading(2, text(N_("What it concerns")))
    rows: list[tuple[str, Cell]] = [(text(N_("Organisation")), view.partner), (text(N_("Country")), view.country)]
    if view.project:
        rows.append((text(N_("Project")), view.project))
        rows.append((text(N_("Amount")), Bold(view.amount) if view.amount else text(N_("No amount stated"))))
        rows.append((text(N_("Period")), view.period or text(N_("No period stated"))))
    else:
        rows.append((text(N_("Project")), text(N_("A partnership without money for a project"))))
    rows += [(text(N_("Case number")), view.case_number), (text(N_("Assessed by")), view.organisation)]
    page.key_values(rows)


def _assessed(page: ReportBuilder, view: PublicView, language: Language) -> None:
    text = language.text
    page.heading(2, text(N_("What was assessed, and the result")))
    page.paragraph(text(N_("Assessed by the template {templates}."), templates=list(view.templates)))
    if view.bands:
        page.table(
            [Column(text(N_("Template")), 4), Column(text(N_("Concerns")), 3), Column(text(N_("Rating")), 3)],
            [[one.template, one.subject, StatusWord(one.tone, one.word)] for one in view.bands],
        )
    if view.stop_met:
        page.status("high", text(N_("At least one stop criterion was met; it went to the board before anything was decided.")))
    else:
        page.status("low", text(N_("No stop criterion was met.")))


def _decided(page: ReportBuilder, view: PublicView, language: Language) -> None:
    text = language.text
    page.heading(2, text(N_("The decision")))
    if view.decided_on is None:
        page.paragraph(text(N_("No decision has been recorded yet.")))
        return
    page.paragraph(view.decided, style="statement")
    page.paragraph(text(N_("Decided on {date}."), date=view.decided_on))
    if view.conditions:
        page.paragraph(language.plural("It was tied to {n} condition.", "It was tied to {n} conditions.", view.conditions))
    else:
        page.paragraph(text(N_("It was tied to no conditions.")))


def _about(page: ReportBuilder, view: PublicView, language: Language, root_fingerprint: str) -> None:
    text = language.text
    with page.keep_together():
        page.heading(2, text(N_("About this record")))
        page.paragraph(
            text(
                N_(
                    "It names what was assessed and what was decided. Answers, comments, evidence and the names of those who took part are "
                    "not made public. It is made from the sealed record of the assessment, which is known by the digest below."
                )
            ),
            style="small",
        )
        if view.record_sha256:
            tied = [(text(N_("Sealed record, SHA-256:")), view.record_sha256)]
            if root_fingerprint:
                tied.append((text(N_("Root certificate, SHA-256:")), root_fingerprint))
            page.digests(tied)
            page.signature_fields([(CASEWORKER, word(SIGNER_FIELDS, CASEWORKER, language), "")])
