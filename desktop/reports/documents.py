"""Every kind of document that is made of an assessment, as a file: which it is, in which language, and what it is made from."""

from __future__ import annotations

import hashlib
from datetime import datetime

from desktop.language import Language, print_language
from desktop.reports.archive import finish
from desktop.reports.chosen import Chosen
from desktop.reports.content import render
from desktop.reports.content_board_page import board_page_content
from desktop.reports.partner_content import draft_content, feedback_content
from desktop.reports.partner_view import PartnerView
from desktop.reports.partner_viewing import draft_view, feedback_view
from desktop.reports.public_record import PublicView, public_content, public_view
from models.cards import AssessmentFile
from models.document_kind import BOARD_PAGE, FULL_REPORT, PARTNER_DRAFT, PARTNER_FEEDBACK, PUBLIC_RECORD


def render_document(file: AssessmentFile, language: Language, chosen: Chosen, *, organisation: str, root_fingerprint: str) -> bytes:
    """Make a document as PDF/A and PDF/UA-1; the same arguments give the same bytes.

    Raises ``LanguageLacking`` for a language that a template lacks, and ``ValueError`` for a kind that is not made of an assessment.
    """
    language = print_language(language.code)
    kind, part, at = chosen.kind, chosen.part, _dated(file, chosen)
    record = file.seal.sha256 if file.seal is not None and kind != PARTNER_DRAFT else ""
    if kind == FULL_REPORT:
        return render(file, language, now=at, organisation=organisation, root_fingerprint=root_fingerprint, part=part)
    if kind == BOARD_PAGE:
        page = board_page_content(file, language, organisation=organisation)
        return finish(page, now=at, kind=kind, record_sha256=record, part=part)
    if kind == PUBLIC_RECORD:
        public = public_content(public_view(file, language, organisation=organisation), language, root_fingerprint=root_fingerprint)
        return finish(public, now=at, kind=kind, record_sha256=record, part=part)
    view = partner_view(file, language, chosen, organisation=organisation)
    laid_out = (
        draft_content(view, language) if kind == PARTNER_DRAFT else feedback_content(view, language, root_fingerprint=root_fingerprint)
    )
    payload = view.to_bytes() if part == 3 else None
    return finish(laid_out, now=at, kind=kind, payload=payload, record_sha256=record, part=part)


def partner_view(file: AssessmentFile, language: Language, chosen: Chosen, *, organisation: str) -> PartnerView:
    """Give what a partner's version says. Raises ``ValueError`` for another kind."""
    if chosen.kind == PARTNER_DRAFT:
        return draft_view(file, language, ticks=chosen.ticks, organisation=organisation, reply_by=chosen.reply_by)
    if chosen.kind == PARTNER_FEEDBACK:
        return feedback_view(file, language, ticks=chosen.ticks, organisation=organisation)
    raise ValueError(f"{chosen.kind.name} is not made of an assessment for its partner")


def basis_of(file: AssessmentFile, language: Language, chosen: Chosen, *, organisation: str) -> str:
    """Name what a document is made from beside the sealed record, so that one that would say something else is told apart.

    Empty for a kind that depends on the record alone; else the SHA-256 of all that it says.
    """
    language = print_language(language.code)
    if chosen.kind == PARTNER_FEEDBACK:
        said: PartnerView | PublicView = partner_view(file, language, chosen, organisation=organisation)
    elif chosen.kind == PUBLIC_RECORD:
        said = public_view(file, language, organisation=organisation)
    else:
        return ""
    return hashlib.sha256(said.to_bytes()).hexdigest()


def _dated(file: AssessmentFile, chosen: Chosen) -> datetime:
    """Give the file's only date: sealing, or the decision that it tells too; of a draft the last change."""
    if file.seal is None or chosen.kind == PARTNER_DRAFT:
        return file.card.touched_at
    if file.decision is not None and chosen.kind in (PARTNER_FEEDBACK, PUBLIC_RECORD):
        return file.decision.at
    return file.seal.at
