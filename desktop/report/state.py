"""The report as its room shows it: which kinds and languages, which revision, who may sign, and what it is called outside."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from desktop.language import Language
from desktop.reports.chosen import Chosen, Ticks
from desktop.seal.state import language_title, report_languages
from desktop.words import SIGNER_FIELDS, word
from forms.text import N_
from models.cards import AssessmentFile, ReportCard
from models.document_kind import (
    BOARD_PAGE,
    CASEWORKER,
    CHAIR,
    FULL_REPORT,
    PARTNER_DRAFT,
    PARTNER_FEEDBACK,
    PUBLIC_RECORD,
    REVIEWER,
    DocumentKind,
    Part,
)

#: What can be chosen in the room; for the partner it is draft findings before the seal, and feedback after it.
Kind = Literal["full", "board", "partner", "public"]
TITLES: dict[Kind, str] = {
    "full": N_("Full report"),
    "board": N_("Board page"),
    "partner": N_("For the partner"),
    "public": N_("Public record"),
}
#: What each kind of document is for.
PURPOSES = {
    FULL_REPORT: N_("For the board and the archive: all that was assessed."),
    BOARD_PAGE: N_("For the board folder: page one alone, on one page."),
    PARTNER_DRAFT: N_("For the partner to reply to before the record is sealed. Nothing confidential unless ticked."),
    PARTNER_FEEDBACK: N_("For the partner to keep: result, findings, conditions, plan and decision. Nothing confidential unless ticked."),
    PUBLIC_RECORD: N_("For a public-records request or a website: what was assessed and decided, and nobody’s words."),
}


@dataclass(frozen=True)
class Wanted:
    """What the user has chosen in the room."""

    language: str = ""
    kind: Kind = "full"
    archive: bool = False
    ticks: Ticks = field(default_factory=Ticks)
    reply_by: date | None = None


@dataclass(frozen=True)
class ReportState:
    """What is shown of one kind in one language. ``report`` is the registered revision, ``None`` while there is only a preview.

    ``chosen`` is what is laid out. ``is_draft`` findings are exported as they are shown, since they are not registered.
    """

    kinds: tuple[tuple[Kind, str], ...]
    kind: Kind
    languages: tuple[tuple[str, str], ...]
    language: str
    chosen: Chosen
    report: UUID | None
    purpose: str
    said: str
    sha256: str
    can_export: bool
    can_sign: bool
    is_draft: bool
    offers_archive: bool


def report_state(
    file: AssessmentFile,
    language: Language,
    *,
    wanted: Wanted,
    chain: tuple[ReportCard, ...] | None = None,
    person: UUID | None = None,
    roles: frozenset[str] = frozenset(),
) -> ReportState:
    """Choose what to show: the wanted kind and language if there are such, and the newest registered revision if there is one.

    ``chain``: the registered revisions of exactly that document, where it depends on more than the record; else found here.
    """
    offered, kinds = report_languages(file), _kinds(file)
    code = wanted.language if wanted.language in offered else offered[0] if offered else ""
    kind: Kind = wanted.kind if wanted.kind in kinds else "full"
    document = _document(file, kind)
    part: Part = 2 if wanted.archive and document != PARTNER_DRAFT else 3
    of_partner = kind == "partner"
    chosen = Chosen(document, part, wanted.ticks if of_partner else Ticks(), wanted.reply_by if document == PARTNER_DRAFT else None)
    cards = _of_record(file, chosen, code) if chain is None else chain
    newest = cards[-1] if cards else None
    signed = frozenset(card.signed_as for card in cards if card.signed_as)
    can_sign = file.seal is not None and _signs_next(file, chosen, signed, person, roles)
    return ReportState(
        kinds=tuple((one, language.text(TITLES[one])) for one in kinds),
        kind=kind,
        languages=tuple((one, language_title(one)) for one in offered),
        language=code,
        chosen=chosen,
        report=newest.id if newest else None,
        purpose=language.text(PURPOSES[document]),
        said=" ".join(filter(None, (_said(file, chosen, cards, language, can_sign=can_sign), _names_it(file, language)))),
        sha256=newest.sha256 if newest else "",
        can_export=newest is not None or document == PARTNER_DRAFT,
        can_sign=can_sign,
        is_draft=document == PARTNER_DRAFT,
        offers_archive=document != PARTNER_DRAFT,
    )


def _kinds(file: AssessmentFile) -> tuple[Kind, ...]:
    """Give the kinds that there are of an assessment: a protected partner has no public record."""
    return ("full", "board", "partner") if file.is_protected else ("full", "board", "partner", "public")


def _document(file: AssessmentFile, kind: Kind) -> DocumentKind:
    if kind == "partner":
        return PARTNER_DRAFT if file.seal is None else PARTNER_FEEDBACK
    return {"full": FULL_REPORT, "board": BOARD_PAGE, "public": PUBLIC_RECORD}[kind]


def _of_record(file: AssessmentFile, chosen: Chosen, code: str) -> tuple[ReportCard, ...]:
    """Give the registered revisions of a document that depends on the sealed record alone."""
    wanted = (chosen.kind.name, chosen.part, code, "")
    return tuple(one for one in (*file.reports, *file.documents) if (one.kind, one.part, one.language, one.basis) == wanted)


def _signs_next(file: AssessmentFile, chosen: Chosen, signed: frozenset[str], person: UUID | None, roles: frozenset[str]) -> bool:
    """Tell whether the person here signs next; the report with the record inside is signed in its own room."""
    if person is None or chosen == Chosen():
        return False
    if CASEWORKER not in signed:
        return person == file.card.caseworker
    agreed = [review.reviewer for review in file.reviews if review.outcome == "agreed"]
    if chosen.kind != FULL_REPORT or not agreed:
        return False
    if REVIEWER not in signed:
        return person == agreed[-1]
    has_line = file.seal is not None and b'"optional_signers":["Chair"]' in file.seal.record
    return has_line and CHAIR not in signed and "secretary" in roles and person not in (file.card.caseworker, agreed[-1])


def _said(file: AssessmentFile, chosen: Chosen, cards: tuple[ReportCard, ...], language: Language, *, can_sign: bool) -> str:
    if chosen.kind == PARTNER_DRAFT:
        return language.text(N_("A draft, as it would be now. Each export is entered in the audit trail."))
    if file.seal is None:
        return language.text(N_("A draft, as the report would be now. It can be exported when the record is sealed."))
    if not cards:
        if chosen == Chosen():
            return language.text(N_("As the report will be. It is made and signed under “Seal and sign”."))
        if can_sign:
            return language.text(N_("As it will be. Make and sign it, and it can be exported."))
        return language.text(N_("As it will be. {name} makes and signs it first."), name=file.card.caseworker_name)
    newest = cards[-1]
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
