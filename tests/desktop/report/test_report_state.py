"""Which report is shown in which language, worked out without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from desktop.language import language
from desktop.report.state import Wanted, page_said, report_state
from models.cards import ReportCard
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
