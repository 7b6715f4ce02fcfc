"""The report as its room shows it: which languages, which revision, and what it is called outside."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from desktop.language import Language
from desktop.seal.state import language_title, report_languages
from desktop.words import SIGNER_FIELDS, word
from forms.text import N_
from models.cards import AssessmentFile, ReportCard


@dataclass(frozen=True)
class ReportState:
    """What is shown in one language. ``report`` is the registered revision, ``None`` while there is only a preview."""

    languages: tuple[tuple[str, str], ...]
    language: str
    report: UUID | None
    said: str
    sha256: str
    can_export: bool


def report_state(file: AssessmentFile, language: Language, *, wanted: str) -> ReportState:
    """Choose what to show: the wanted language if the template has it, and its newest registered revision if there is one."""
    offered = report_languages(file)
    code = wanted if wanted in offered else offered[0] if offered else ""
    cards = [card for card in file.reports if card.language == code]
    newest = cards[-1] if cards else None
    return ReportState(
        languages=tuple((one, language_title(one)) for one in offered),
        language=code,
        report=newest.id if newest else None,
        said=" ".join(part for part in (_said(file, newest, cards, language), _names_it(file, language)) if part),
        sha256=newest.sha256 if newest else "",
        can_export=newest is not None,
    )


def _said(file: AssessmentFile, newest: ReportCard | None, cards: list[ReportCard], language: Language) -> str:
    if file.seal is None:
        return language.text(N_("A draft, as the report would be now. It can be exported when the record is sealed."))
    if newest is None:
        return language.text(N_("As the report will be. It is made and signed under “Seal and sign”."))
    signed = [word(SIGNER_FIELDS, card.signed_as, language).lower() for card in cards if card.signed_as]
    if not signed:
        return language.text(N_("Revision {number}, not signed yet."), number=newest.revision + 1)
    return language.text(N_("Revision {number}, signed by {who}."), number=newest.revision + 1, who=signed)


def _names_it(file: AssessmentFile, language: Language) -> str:
    """Say of a case that was sealed before its partner was protected that its report has the real name."""
    if not file.partner.cover_now or file.partner.draft.protected:
        return ""
    return language.text(N_("Sealed before the partner was protected: the report names the partner. Take care where it goes."))


def page_said(page: int, pages: int, language: Language) -> str:
    """Say which page of how many is shown; ``page`` counts from 0."""
    return language.text(N_("Page {page} of {pages}"), page=page + 1, pages=pages) if pages else ""
