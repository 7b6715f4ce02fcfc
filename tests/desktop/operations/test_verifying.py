"""A report is verified by what its own vault knows: root, the authorities it ever used, revocation list, registers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.operations import sealing, signing, timestamp_authority
from desktop.operations.verifying import vault_grounds
from desktop.reports.grounds import Grounds, verify_file
from models import report, revocation
from models.database import utc_now
from models.timestamp_setting import AuthoritySetting
from tests.desktop.reports.local_authority import LocalAuthority
from tests.models.conftest import ASA, SmallCase, asa, cost, folder, opened, rut, small_case  # noqa: F401


@pytest.fixture
def server() -> Iterator[LocalAuthority]:
    with LocalAuthority(start=utc_now() - timedelta(days=100)) as running:
        yield running


@pytest.fixture
def signed(small_case: SmallCase, server: LocalAuthority, tmp_path: Path) -> Path:  # noqa: F811
    """A report that two people have signed, each with a timestamp of an authority that the vault then turned off."""
    small_case.agree()
    sealing.seal_assessment(actor=small_case.asa, assessment_id=small_case.assessment)
    timestamp_authority.set_authority(actor=small_case.asa, setting=AuthoritySetting(server.url, (server.root_pem.decode(),)))
    for signer in (small_case.asa, small_case.rut):
        signing.sign_report(actor=signer, assessment_id=small_case.assessment, language_code="sv")
    timestamp_authority.turn_off_authority(actor=small_case.asa)
    file = tmp_path / "report.pdf"
    file.write_bytes(report.pdf_bytes(report.revisions(small_case.assessment, "sv")[-1].id))
    return file


def test_a_vault_knows_all_that_its_reports_are_judged_by(signed: Path) -> None:
    grounds = vault_grounds()
    assert grounds.registered is not None
    assert hashlib.sha256(signed.read_bytes()).hexdigest() in grounds.registered
    verdict = verify_file(signed, grounds)
    assert (verdict.status, verdict.record, verdict.revocation) == ("valid", "agrees", "good"), verdict.sentences
    assert all(one.proven_at is not None and one.level == "B-LT" for one in verdict.signatures), "the authority counts though it is off now"
    assert verdict.file.attachment_sha256 in (grounds.sealed_records or ())


def test_a_revoked_signer_is_told_by_the_vaults_list(signed: Path, small_case: SmallCase) -> None:  # noqa: F811
    mine = revocation.standing(small_case.rut.person)[0].fingerprint
    revocation.revoke(by=small_case.asa, administrator_passphrase=ASA, person=small_case.rut.person, certificate_sha256=mine, reason="left")
    verdict = verify_file(signed, vault_grounds())
    assert (verdict.status, verdict.revocation) == ("valid", "later"), verdict.sentences


def test_without_grounds_nobody_is_tied_to_an_organisation(signed: Path) -> None:
    assert verify_file(signed, Grounds()).status == "incomplete"
