"""Reports that were signed before documents said their kind, carried lists or timestamps, or wrote moments in UTC stay what they were.

``kept`` holds the report of the sample's renewal as it was made and signed by three people then; partner and people are invented.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from desktop.reports.verification import verify
from tests.desktop.reports.samples import NOW

KEPT = Path(__file__).with_name("kept")
SIGNED = NOW.replace(month=11, day=30)


@pytest.fixture(scope="module")
def report() -> bytes:
    return (KEPT / "three-signatures-b-b.pdf").read_bytes()


def test_an_older_report_is_still_valid_and_its_pages_agree_with_its_record(report: bytes) -> None:
    verdict = verify(report, root_pem=(KEPT / "organisation-root.pem").read_bytes(), now=SIGNED)
    assert (verdict.status, verdict.record, verdict.kind) == ("valid", "agrees", "full_report")
    assert [one.field for one in verdict.signatures] == ["Caseworker", "Reviewer", "Chair"]


def test_once_its_certificates_have_ended_nothing_proves_when_it_was_signed(report: bytes) -> None:
    later = SIGNED + timedelta(days=3 * 366)
    verdict = verify(report, root_pem=(KEPT / "organisation-root.pem").read_bytes(), now=later)
    assert verdict.status == "incomplete"
    known = verify(report, root_pem=(KEPT / "organisation-root.pem").read_bytes(), now=later, registered={verdict.file.sha256})
    assert known.status == "valid"
