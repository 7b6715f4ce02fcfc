"""A partner over the years: its sealed assessments side by side, from the whole down to the single question, one page of summary first."""

from __future__ import annotations

from desktop.language import Language, print_language
from desktop.reports.archive import finish
from desktop.reports.comparison_first_page import write_summary
from desktop.reports.comparison_follow_up import write_follow_up
from desktop.reports.comparison_questions import write_questions
from desktop.reports.comparison_reading import YearsReader, years_reader
from desktop.reports.comparison_risks import write_risks
from desktop.reports.comparison_scores import write_scores
from desktop.reports.layout import Bold, LaidOut, ReportBuilder
from desktop.reports.styles import FRAME_HEIGHT
from desktop.words import SIGNER_FIELDS, word
from forms.text import N_
from models.compared import Compared
from models.document_kind import CASEWORKER, COMPARISON, Part


def comparison_content(compared: Compared, language: Language, *, organisation: str = "", root_fingerprint: str = "") -> LaidOut:
    """Write a comparison and set it on pages.

    ``organisation`` is named as author, ``root_fingerprint`` (SHA-256, hexadecimal) printed where verification is explained. Raises
    ``LanguageLacking`` for a language that a template of any of the assessments lacks.
    """
    years = years_reader(compared, language)
    page_one = _begin(years, organisation)
    write_summary(page_one, years)
    report = _begin(years, organisation)
    write_summary(report, years, tight=page_one.lay_out().pages > 1)
    report.page_break(unless_left=FRAME_HEIGHT * 0.9)  # page one stands alone
    for one in years.instruments:
        if one.is_compared:
            write_scores(report, years, one)
    write_risks(report, years)
    write_follow_up(report, years)
    for one in years.instruments:
        if one.is_compared:
            write_questions(report, years, one)
    _about(report, years, organisation=organisation, root_fingerprint=root_fingerprint)
    return report.lay_out()


def _begin(years: YearsReader, organisation: str) -> ReportBuilder:
    text, ends = years.language.text, {"first": years.labels[0], "last": years.labels[-1]}
    return ReportBuilder(
        language=years.language,
        title=text(N_("{partner}: comparison {first} to {last}"), partner=years.compared.name, **ends),
        subject=text(N_("Comparison of cases {cases}"), cases=[one.card.case_number for one in years.compared.files]),
        author=organisation,
        left=years.compared.name,
        right=text(N_("Comparison {first} to {last}"), **ends),
        foot=text(N_("Internal: for use within the organisation")),
    )


def render_comparison(
    compared: Compared, language: Language, *, part: Part = 3, organisation: str = "", root_fingerprint: str = ""
) -> bytes:
    """Make the comparison as PDF/A and PDF/UA-1, with an empty field for the caseworker; nothing is attached to it in either part.

    The same arguments give the same bytes. Raises ``LanguageLacking``.
    """
    words = print_language(language.code)
    laid_out = comparison_content(compared, words, organisation=organisation, root_fingerprint=root_fingerprint)
    return finish(laid_out, now=compared.dated, kind=COMPARISON, record_sha256=" ".join(compared.records), part=part)


def _about(report: ReportBuilder, years: YearsReader, *, organisation: str, root_fingerprint: str) -> None:
    """Say what it is made from and what it leaves out, how it is checked, and leave the caseworker's line."""
    text, newest = years.language.text, years.newest.file
    with report.keep_together():
        report.heading(1, text(N_("About this comparison")))
        report.paragraph(
            text(
                N_(
                    "It is made from the sealed records that page one names by their digests, and from the decisions about them; nothing "
                    "is computed anew. Assessments that other organisations have made of the partner, and drafts, are not part of it. It "
                    "quotes comments that were not written for the partner, so it is not handed to it."
                )
            )
        )
        where = text(
            N_("Each full report, with every answer and all evidence, is kept under its case number in the register of {organisation}."),
            organisation=organisation or text(N_("the organisation")),
        )
        report.paragraph(where)
        report.heading(2, text(N_("Signature")))
        report.signature_fields([(CASEWORKER, word(SIGNER_FIELDS, CASEWORKER, years.language), newest.card.caseworker_name)])
        said = N_(
            "Signed by the caseworker of case {case}, the newest. The signature shows who made the comparison and that it has not been "
            "changed since; its numbers are compared with the full reports. It is not a qualified electronic signature."
        )
        report.paragraph(text(said, case=newest.card.case_number), style="small")
        check = text(N_("Anyone can check this file against the organisation’s root certificate:"))
        report.paragraph([check, " ", Bold(text(N_("gedigen verify FILE --root PEM")))], style="small")
        if root_fingerprint:
            report.digests([(text(N_("Root certificate, SHA-256:")), root_fingerprint)])
