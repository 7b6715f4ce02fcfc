"""The board page: page one of the report alone, on one page, with what it is and where the rest is at its foot."""

from __future__ import annotations

from desktop.language import Language
from desktop.reports.content import readers_of, standing
from desktop.reports.content_first_page import natural_size, write_first_page
from desktop.reports.content_reader import Reader
from desktop.reports.first_page_room import Room, rooms
from desktop.reports.layout import Bold, LaidOut, ReportBuilder
from desktop.words import SIGNER_FIELDS, word
from forms.text import N_
from models.cards import AssessmentFile
from models.document_kind import CASEWORKER


def board_page_content(file: AssessmentFile, language: Language, *, organisation: str = "") -> LaidOut:
    """Write the board page and set it on one page: in smaller type where there is much to say, and shortened where that is not enough.

    Raises ``LanguageLacking`` for a language that the template lacks.
    """
    reader = readers_of(file, language)[0]
    ways = rooms(natural_size(reader))
    first, last = 0, len(ways) - 1
    fitting = _page(reader, organisation, ways[first])
    if fitting.pages == 1:
        return fitting
    fitting = _page(reader, organisation, ways[last])
    while last - first > 1:  # the roomiest that fits lies between one that does not and one that does
        middle = (first + last) // 2
        laid_out = _page(reader, organisation, ways[middle])
        if laid_out.pages == 1:
            last, fitting = middle, laid_out
        else:
            first = middle
    return fitting


def _page(reader: Reader, organisation: str, room: Room) -> LaidOut:
    file, language = reader.file, reader.language
    name = reader.own(file.template.name)
    page = ReportBuilder(
        language=language,
        title=language.text(N_("{partner}: board page, assessment {case}"), partner=file.partner.name, case=file.card.case_number),
        subject=f"{name}, {file.card.case_number}",
        author=organisation,
        left=f"{file.card.case_number} · {room.short(file.partner.name)}",
        right=standing(file, language),
        foot=f"{name} {file.template.version}",
    )
    write_first_page(page, reader, room)
    _foot(page, reader, organisation, room)
    return page.lay_out()


def _foot(page: ReportBuilder, reader: Reader, organisation: str, room: Room) -> None:
    """Say what the page is, by which digest its record is known, and where the whole report is; leave the caseworker's line."""
    file, language = reader.file, reader.language
    with page.keep_together():
        page.heading(2, language.text(N_("About this page")), tight=room.tight)
        said: list[str | Bold] = []
        if room.cut:
            said.append(Bold(language.text(N_("Shortened to fit one page: the full text is in the report.")) + " "))
        what = language.text(N_("This is page one of the report on case {case}, on its own."), case=file.card.case_number)
        where = language.text(
            N_("The full report, with every answer and all evidence, is kept under that number in the register of {organisation}."),
            organisation=organisation or language.text(N_("the organisation")),
        )
        said.append(f"{what} {where}")
        page.paragraph(said, style="small")
        if file.seal is not None:
            page.digests([(language.text(N_("Sealed record, SHA-256:")), file.seal.sha256)])
            page.signature_fields([(CASEWORKER, word(SIGNER_FIELDS, CASEWORKER, language), file.card.caseworker_name)])
