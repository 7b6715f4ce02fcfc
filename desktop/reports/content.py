"""The report: what it says, from one assessment, in one language. Every figure is read from the Result; nothing is computed again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from desktop.language import Language, print_language
from desktop.reports.archive import finish
from desktop.reports.content_capacity import write_capacity, write_findings
from desktop.reports.content_change import write_change
from desktop.reports.content_first_page import write_first_page
from desktop.reports.content_follow_up import write_follow_up
from desktop.reports.content_reader import Reader
from desktop.reports.content_record import write_evidence, write_method, write_record, write_signatures
from desktop.reports.content_risks import write_risks
from desktop.reports.contents_page import Listed, with_contents
from desktop.reports.layout import LaidOut, ReportBuilder
from desktop.reports.styles import FRAME_HEIGHT
from forms.errors import GedigenError
from forms.text import N_
from models.cards import AssessmentFile
from models.document_kind import Part
from models.protection import reported


class LanguageLacking(GedigenError):
    """A report is asked for in a language that the assessment's template does not have."""


def report_content(
    file: AssessmentFile, language: Language, *, organisation: str = "", root_fingerprint: str = "", part: Part = 3
) -> LaidOut:
    """Write a report and set it on pages.

    Before sealing it says that it is a draft and has no signature fields. ``organisation`` is named as author, ``root_fingerprint``
    (SHA-256, hexadecimal) printed where verification is explained. ``part`` 2 says that the record is not attached. A long report has
    contents after page one. Raises ``LanguageLacking`` for a language that the template lacks.
    """
    readers = readers_of(reported(file), language)

    def write(listed: Sequence[Listed]) -> LaidOut:
        return _written(readers, listed, organisation=organisation, root_fingerprint=root_fingerprint, attached=part == 3)

    return with_contents(write)


def _written(readers: Sequence[Reader], listed: Sequence[Listed], *, organisation: str, root_fingerprint: str, attached: bool) -> LaidOut:
    """Write a report with these contents after page one, or none."""
    reader = readers[0]
    file, language, name = reader.file, reader.language, reader.own(reader.file.template.name)
    report = ReportBuilder(
        language=language,
        title=language.text(N_("{partner}: assessment {case}"), partner=file.partner.name, case=file.card.case_number),
        subject=f"{name}, {file.card.case_number}",
        author=organisation,
        left=f"{file.card.case_number} · {file.partner.name}",
        right=standing(file, language),
        foot=f"{name} {file.template.version}",
    )
    write_first_page(report, reader)
    report.page_break(unless_left=FRAME_HEIGHT * 0.6)  # page one stands alone, and should it run over, no page is left empty
    if listed:
        report.contents(listed)
        report.page_break(unless_left=FRAME_HEIGHT * 0.4)
    for one in readers:
        write_capacity(report, one)
    write_risks(report, reader)
    for one in readers:
        write_change(report, one)
    for one in readers:
        write_findings(report, one)
    write_follow_up(report, reader)
    write_signatures(report, reader, signers=_signers(file), root_fingerprint=root_fingerprint, attached=attached)
    for one in readers:
        write_method(report, one)
    for one in readers:
        write_record(report, one)
    write_evidence(report, reader)
    return report.lay_out()


def readers_of(file: AssessmentFile, language: Language) -> list[Reader]:
    """Give a reader for each instrument, the main one's first, in the language as documents speak it.

    Raises ``LanguageLacking`` for a language that one of them lacks.
    """
    for seen in file.each():
        if language.code not in seen.template.languages:
            raise LanguageLacking(
                N_("The template “{template}” has no texts in this language. Choose one of: {languages}. Nothing was made."),
                template=seen.template.id,
                languages=", ".join(seen.template.languages),
            )
    return [Reader(seen, print_language(language.code)) for seen in file.main().each()]


def standing(file: AssessmentFile, language: Language) -> str:
    """Say whether it is a draft, or when it was sealed: what stands at the head of every page."""
    if file.seal is None:
        return language.text(N_("Draft, not sealed"))
    return language.text(N_("Sealed {at}"), at=file.seal.at)


def render(
    file: AssessmentFile,
    language: Language,
    *,
    now: datetime | None = None,
    organisation: str = "",
    root_fingerprint: str = "",
    part: Part = 3,
) -> bytes:
    """Make the whole report as PDF/A-3a and PDF/UA-1; the sealed record is attached when there is one, but not in ``part`` 2.

    ``now`` is naive UTC and becomes the file's only date; when not given, it is the moment of sealing or of a
    draft's last change. The same file, language and ``now`` give the same bytes.
    """
    laid_out = report_content(file, language, organisation=organisation, root_fingerprint=root_fingerprint, part=part)
    last_change = file.seal.at if file.seal is not None else file.card.touched_at
    if file.seal is None:
        return finish(laid_out, now=now or last_change, part=part)
    payload = file.seal.record if part == 3 else None
    return finish(laid_out, now=now or last_change, payload=payload, record_sha256=file.seal.sha256, part=part)


def _signers(file: AssessmentFile) -> list[tuple[str, str]]:
    """Read from the sealed record who must sign, and who may."""
    if file.seal is None:
        return []
    record = json.loads(file.seal.record)
    required = [(str(one["field"]), str(one["name"])) for one in record["required_signers"]]
    return required + [(str(field), "") for field in record["optional_signers"]]
