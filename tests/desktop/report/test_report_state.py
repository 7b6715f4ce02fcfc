"""Which report is shown in which language, worked out without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from desktop.language import language
from desktop.report.state import Wanted, page_said, report_state
from desktop.reports.chosen import Ticks
from models.cards import ReportCard
from models.document_kind import PARTNER_DRAFT, PARTNER_FEEDBACK
from tests.desktop.reports.sample_file import ident, sample_file

EN = language("en")
AT = datetime(2026, 3, 28, 9, 0)  # noqa: DTZ001 - the vault keeps naive UTC


def revision(number, signed_as="", code="en"):
    return ReportCard(ident(f"{code}{number}"), code, number, "a" * 64, 1000, signed_as, "Maja Ekwall", AT)


def test_before_the_seal_there_is_a_draft_that_cannot_be_exported():
    state = report_state(sample_file(sealed=False), EN, wanted=Wanted("en"))
    assert (state.can_export, state.report) == (False, None)
    assert state.said.startswith("A draft")


def test_after_the_seal_the_newest_revision_is_shown_and_can_be_exported():
    file = replace(sample_file(), reports=(revision(0), revision(1, "Caseworker"), revision(0, code="sv")))
    state = report_state(file, EN, wanted=Wanted("en"))
    assert (state.report, state.can_export) == (ident("en1"), True)
    assert state.said == "Revision 2, signed by caseworker."


def test_a_language_without_a_report_yet_shows_what_it_will_be():
    file = replace(sample_file(), reports=(revision(0),))
    state = report_state(file, EN, wanted=Wanted("sv"))
    assert (state.report, state.can_export) == (None, False)


def test_a_language_that_the_template_lacks_falls_back_to_its_own():
    assert report_state(sample_file(), EN, wanted=Wanted("fi")).language == "sv"


def test_pages_count_from_one_and_nothing_is_said_of_none():
    assert page_said(0, 9, EN) == "Page 1 of 9"
    assert page_said(0, 0, EN) == ""


ADA, RUTH = ident("Maja Ekwall"), ident("Henrik Sandell")


def state(file, kind, *, person=ADA, roles=frozenset(), archive=False, chain=None, ticks=None):
    wanted = Wanted("en", kind, archive, ticks or Ticks())
    return report_state(file, EN, wanted=wanted, chain=chain, person=person, roles=roles)


def test_the_partner_gets_draft_findings_before_the_seal_and_feedback_after_it():
    before, after = state(sample_file(sealed=False), "partner"), state(sample_file(), "partner")
    assert (before.chosen.kind, before.is_draft, before.can_export) == (PARTNER_DRAFT, True, True)
    assert (after.chosen.kind, after.is_draft, after.can_export) == (PARTNER_FEEDBACK, False, False)


@pytest.mark.parametrize("kind", ["board", "partner", "public"])
def test_the_caseworker_alone_signs_the_other_kinds_and_once(kind):
    file = sample_file()
    assert state(file, kind).can_sign
    assert not state(file, kind, person=RUTH).can_sign
    assert not state(file, kind, person=None).can_sign
    assert not state(sample_file(sealed=False), kind).can_sign
    assert not state(file, kind, chain=(revision(0), revision(1, "Caseworker"))).can_sign


def test_what_is_not_made_yet_says_who_makes_it():
    assert state(sample_file(), "board").said == "As it will be. Make and sign it, and it can be exported."
    assert state(sample_file(), "board", person=RUTH).said == "As it will be. Maja Ekwall makes and signs it first."


def test_the_report_for_archives_is_signed_here_in_turn_and_the_main_one_under_seal_and_sign():
    file = sample_file()
    assert not state(file, "full").can_sign
    assert state(file, "full", archive=True).can_sign
    once = (revision(0), revision(1, "Caseworker"))
    assert not state(file, "full", archive=True, chain=once).can_sign
    assert state(file, "full", archive=True, chain=once, person=RUTH).can_sign
    twice = (*once, revision(2, "Reviewer"))
    assert state(file, "full", archive=True, chain=twice, person=ident("somebody"), roles=frozenset({"secretary"})).can_sign
    assert not state(file, "full", archive=True, chain=twice, person=RUTH, roles=frozenset({"secretary"})).can_sign


def test_revisions_of_one_kind_are_not_shown_for_another():
    page = replace(revision(1, "Caseworker"), kind="board_page")
    file = replace(sample_file(), reports=(revision(0),), documents=(page,))
    assert state(file, "board").report == page.id
    assert state(file, "full").report == ident("en0")
    assert state(file, "full", archive=True).report is None


def test_ticks_are_the_partners_alone_and_draft_findings_have_no_form_for_archives():
    ticks = Ticks(comments=True, risks=True)
    assert state(sample_file(), "partner", ticks=ticks).chosen.ticks == ticks
    assert state(sample_file(), "public", ticks=ticks).chosen.ticks == Ticks()
    draft = state(sample_file(sealed=False), "partner", archive=True)
    assert (draft.chosen.part, draft.offers_archive) == (3, False)


def test_each_kind_says_in_a_sentence_what_it_is_for():
    said = {state(sample_file(), kind).purpose for kind in ("full", "board", "partner", "public")}
    assert len(said) == 4
    assert all(one.startswith("For ") for one in said)
