"""Many reports at once: what is made, what is left out and why, and that each file is whole or not there."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from desktop.operations import sealing, signing
from desktop.operations.batch import make_reports
from desktop.reports.chosen import Chosen
from models import audit, report
from models.document_kind import BOARD_PAGE, PARTNER_DRAFT, PUBLIC_RECORD
from models.errors import ActRefused
from tests.models.conftest import SmallCase, asa, cost, folder, opened, rut, small_case  # noqa: F401


@pytest.fixture
def cases(small_case: SmallCase) -> list[SmallCase]:  # noqa: F811
    """One sealed case and one that is not."""
    small_case.agree()
    sealing.seal_assessment(actor=small_case.asa, assessment_id=small_case.assessment)
    return [small_case, small_case.renew()]


def test_every_sealed_case_is_written_in_every_language_and_the_rest_is_passed_by(cases: list[SmallCase], tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    batch = make_reports(
        actor=cases[0].asa,
        assessments=[one.assessment for one in cases],
        folder=tmp_path,
        chosen=Chosen(BOARD_PAGE),
        progress=lambda done, every: told.append((done, every)),
    )
    assert sorted(one.file.name[-6:] for one in batch.written) == ["en.pdf", "sv.pdf"]
    for one in batch.written:
        assert hashlib.sha256(one.file.read_bytes()).hexdigest() == one.sha256
        assert one.sha256 in report.registered_hashes()
    assert (told, batch.left_out) == ([(0, 2), (1, 2), (2, 2)], ())


def test_what_is_signed_is_written_as_it_is_and_made_by_nobody_once_more(cases: list[SmallCase], tmp_path: Path) -> None:
    signing.sign_report(actor=cases[0].asa, assessment_id=cases[0].assessment, language_code="sv")
    before = audit.head()
    batch = make_reports(actor=None, assessments=[cases[0].assessment], folder=tmp_path)
    (written,) = batch.written
    assert written.sha256 == report.revisions(cases[0].assessment, "sv")[-1].sha256
    assert [(one.language, str(one.why)[:23]) for one in batch.left_out] == [("en", "It has not been made ye")]
    assert audit.head() == before


def test_it_stops_when_asked_and_keeps_what_is_written(cases: list[SmallCase], tmp_path: Path) -> None:
    asked = iter([False, True])
    batch = make_reports(
        actor=cases[0].asa,
        assessments=[cases[0].assessment],
        folder=tmp_path,
        chosen=Chosen(BOARD_PAGE),
        cancelled=lambda: next(asked),
    )
    assert batch.cancelled
    assert len(batch.written) == 1
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".pdf"] == [batch.written[0].file.name]


def test_a_folder_that_is_not_there_leaves_all_out_and_says_why(cases: list[SmallCase], tmp_path: Path) -> None:
    batch = make_reports(actor=cases[0].asa, assessments=[cases[0].assessment], folder=tmp_path / "nowhere", chosen=Chosen(BOARD_PAGE))
    assert (batch.written, len(batch.left_out)) == ((), 2)
    assert not (tmp_path / "nowhere").exists()


def test_public_records_need_a_confirmed_warning_and_a_person(cases: list[SmallCase], tmp_path: Path) -> None:
    for actor, confirmed in ((cases[0].asa, False), (None, True)):
        with pytest.raises(ActRefused):
            make_reports(
                actor=actor,
                assessments=[cases[0].assessment],
                folder=tmp_path,
                chosen=Chosen(PUBLIC_RECORD),
                confirmed=confirmed,
            )
    batch = make_reports(
        actor=cases[0].asa,
        assessments=[cases[0].assessment],
        folder=tmp_path,
        languages=("sv",),
        chosen=Chosen(PUBLIC_RECORD),
        confirmed=True,
    )
    assert len(batch.written) == 1
    assert audit.entries(first=audit.head()[0])[0].act == "report.exported"


def test_draft_findings_are_not_made_in_heaps(cases: list[SmallCase], tmp_path: Path) -> None:
    with pytest.raises(ActRefused, match="one by one"):
        make_reports(actor=cases[0].asa, assessments=[cases[1].assessment], folder=tmp_path, chosen=Chosen(PARTNER_DRAFT))
