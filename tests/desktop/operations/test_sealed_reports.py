"""A report made later says what was sealed, whatever has become of the partner, and belongs to the people of the record alone."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from desktop.operations import deciding, evidence, partners, reporting, sealing, signing
from models import partner, report
from models.errors import ActRefused, RecordRefused, VaultDamaged
from models.identity import organisation
from models.seal import Seal
from tests.models.conftest import SmallCase, asa, cost, folder, opened, rut, small_case  # noqa: F401
from tests.models.test_review import DECIDED


@pytest.fixture
def sealed(small_case: SmallCase) -> SmallCase:  # noqa: F811
    small_case.agree()
    sealing.seal_assessment(actor=small_case.asa, assessment_id=small_case.assessment)
    return small_case


def laid_out(case: SmallCase, language: str) -> bytes:
    return reporting.preview(file=case.file(), language_code=language, organisation_card=organisation())


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_report_made_after_the_partner_changed_and_the_board_decided_is_the_same(sealed: SmallCase, language: str) -> None:
    before = laid_out(sealed, language)
    draft = dataclasses.replace(partner.card(sealed.partner).draft, name="Ett nytt namn (påhittat)", country="SE")
    partners.edit_partner(actor=sealed.asa, partner_id=sealed.partner, rev=1, draft=draft)
    deciding.record_decision(actor=sealed.asa, assessment_id=sealed.assessment, draft=DECIDED)
    assert laid_out(sealed, language) == before
    assert partners.partner_rows()[0].name == "Ett nytt namn (påhittat)"


def test_each_signs_the_own_line_in_turn_and_nobody_twice(sealed: SmallCase) -> None:
    with pytest.raises(ActRefused, match="caseworker signs first"):
        signing.sign_report(actor=sealed.rut, assessment_id=sealed.assessment, language_code="sv")
    for signer in (sealed.asa, sealed.rut):
        signing.sign_report(actor=signer, assessment_id=sealed.assessment, language_code="sv")
    with pytest.raises(RecordRefused):
        signing.sign_report(actor=sealed.asa, assessment_id=sealed.assessment, language_code="sv")
    assert [card.signed_as for card in report.revisions(sealed.assessment, "sv")] == ["", "Caseworker", "Reviewer"]


def test_no_report_is_made_of_a_seal_that_does_not_score_to_itself(sealed: SmallCase) -> None:
    database = Seal._meta.database
    database.execute_sql("DROP TRIGGER seal_no_update")
    database.execute_sql("UPDATE seal SET result = CAST(replace(CAST(result AS TEXT), 'strong', 'weak') AS BLOB)")
    assert not sealing.check_seal(assessment_id=sealed.assessment)
    with pytest.raises(VaultDamaged):
        reporting.make_report(actor=sealed.asa, assessment_id=sealed.assessment, language_code="sv")
    assert report.revisions(sealed.assessment) == ()


def test_a_document_that_is_saved_outside_is_the_one_that_was_added(small_case: SmallCase, tmp_path: Path) -> None:  # noqa: F811
    document, out = tmp_path / "protokoll.txt", tmp_path / "ut.txt"
    document.write_bytes(b"protokoll")
    made = evidence.add_evidence(
        actor=small_case.asa,
        assessment_id=small_case.assessment,
        instrument=small_case.template.id,
        question="governance.board.meetings",
        path=document,
    ).made
    assert made is not None
    evidence.save_evidence_as(evidence_id=made, path=out)
    assert out.read_bytes() == b"protokoll"
    with pytest.raises(RecordRefused, match="inside a vault"):
        evidence.save_evidence_as(evidence_id=made, path=tmp_path / "Provvalv.gedigen" / "register.db")


@pytest.mark.parametrize("kind", ["missing", "folder"])
def test_what_is_no_file_is_not_added_and_said_plainly(small_case: SmallCase, tmp_path: Path, kind: str) -> None:  # noqa: F811
    path = tmp_path / "protokoll.txt" if kind == "missing" else tmp_path
    with pytest.raises(RecordRefused, match=r"it is not there|is not a file"):
        evidence.add_evidence(
            actor=small_case.asa,
            assessment_id=small_case.assessment,
            instrument=small_case.template.id,
            question="governance.board.meetings",
            path=path,
            name="Protokoll",
        )
    assert small_case.file().evidence == ()
