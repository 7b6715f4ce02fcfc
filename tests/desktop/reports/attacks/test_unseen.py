"""A page must show what it says: whoever reads it and whoever computes with it must find the same."""

from __future__ import annotations

import pytest

from tests.desktop.reports.attacks import before_signing, unseen
from tests.desktop.reports.attacks.test_attacks import judged, refuses, said
from tests.desktop.reports.conftest import Signed


@pytest.mark.parametrize("change", unseen.DRAWN, ids=lambda one: one.__name__)
def test_what_is_seen_is_what_is_said(reports: Signed, change: unseen.Change) -> None:
    refuses(before_signing.remade(reports, change), reports, "hidden, covered or drawn to look like something else")


@pytest.mark.parametrize("change", unseen.STRANGE, ids=lambda one: one.__name__)
def test_pages_written_in_a_strange_way_are_not_taken_for_a_report(reports: Signed, change: unseen.Change) -> None:
    assert judged(before_signing.remade(reports, change), reports).status != "valid"


@pytest.mark.filterwarnings("ignore:This document has 1 form widget")
@pytest.mark.parametrize("change", unseen.LAID_UPON, ids=lambda one: one.__name__)
def test_nothing_lies_upon_a_page(reports: Signed, change: unseen.Change) -> None:
    refuses(before_signing.remade(reports, change), reports, "active content")


def test_digits_said_in_another_order_than_drawn_are_read_as_drawn(reports: Signed) -> None:
    verdict = judged(before_signing.remade(reports, unseen.numbers_swapped_by_what_is_said), reports)
    assert verdict.status != "valid", said(verdict)


def test_a_typeface_chosen_for_a_moment_does_not_matter_afterwards(reports: Signed) -> None:
    verdict = judged(before_signing.remade(reports, unseen.typeface_restored), reports)
    assert (verdict.status, verdict.record) == ("valid", "agrees"), said(verdict)


@pytest.mark.parametrize("line", [b"Approve", b"Decline", b"88.0 \\001 Strong", b"66.8 \\001 Adequate"])
def test_another_recommendation_or_score_beside_the_true_one_is_found(reports: Signed, line: bytes) -> None:
    refuses(before_signing.remade(reports, lambda pdf: unseen.said_line(pdf, line)), reports, "pages print something else")
