"""What the register of decision documents promises: only who recorded the decision signs it, and what is registered stays."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta

import peewee
import pytest

from models import audit, decided, deciding, report, revocation, signing_choice, timestamps_wanted
from models.database import open_register
from models.errors import ActRefused, RecordRefused
from tests.models.conftest import ASA, SmallCase
from tests.models.test_review import DECIDED

SIGNED = b"%PDF-1.7 signed"
ENDS = datetime(2031, 5, 1)  # noqa: DTZ001


@pytest.fixture
def recorded(small_case: SmallCase) -> SmallCase:
    small_case.seal()
    report.put(actor=small_case.asa, document=report.Document(small_case.assessment, "sv"), pdf=b"%PDF-1.7 first")
    deciding.put(actor=small_case.asa, assessment=small_case.assessment, draft=DECIDED)
    return small_case


def only(case: SmallCase) -> decided.Decided:
    (one,) = decided.decisions(case.assessment)
    return one


def put(case: SmallCase, pdf: bytes = SIGNED, language: str = "sv") -> None:
    decided.put(actor=case.asa, decision_id=only(case).id, language=language, pdf=pdf)


def test_a_document_is_registered_with_its_hash_and_belongs_to_its_assessment(recorded: SmallCase) -> None:
    put(recorded)
    (card,) = only(recorded).documents
    assert (card.language, card.revision, card.size) == ("sv", 0, len(SIGNED))
    assert decided.pdf_bytes(card.id) == SIGNED
    assert card.sha256 in report.registered_hashes()
    assert report.assessment_of(card.sha256) == recorded.assessment
    entry = audit.entries()[-1]
    assert entry.act == "decision.signed"


def test_only_who_recorded_the_decision_signs_it(recorded: SmallCase) -> None:
    before = audit.head()
    with pytest.raises(ActRefused, match="only"):
        decided.put(actor=recorded.rut, decision_id=only(recorded).id, language="sv", pdf=SIGNED)
    assert audit.head() == before


@pytest.mark.parametrize("pdf", [b"no report", b""])
def test_what_is_no_pdf_is_not_kept(recorded: SmallCase, pdf: bytes) -> None:
    with pytest.raises(RecordRefused, match="continue"):
        put(recorded, pdf)
    assert only(recorded).documents == ()


def test_it_is_signed_once_in_each_language(recorded: SmallCase) -> None:
    put(recorded)
    before = audit.head()
    with pytest.raises(RecordRefused, match="signed already"):
        put(recorded, SIGNED + b" again")
    assert audit.head() == before
    put(recorded, language="en")


def test_a_revoked_certificate_signs_no_decision(recorded: SmallCase) -> None:
    revocation.revoke(
        by=recorded.asa,
        administrator_passphrase=ASA,
        person=recorded.asa.person,
        certificate_sha256=signing_choice.in_use(recorded.asa.person).fingerprint,
        reason="key_known",
    )
    with pytest.raises(ActRefused, match="revoked"):
        put(recorded)
    assert only(recorded).documents == ()


def test_the_vault_knows_which_documents_await_a_timestamp_and_anybody_adds_it(recorded: SmallCase) -> None:
    put(recorded)
    (one,) = timestamps_wanted.awaiting()
    assert (one.document, one.assessment, one.language) == (only(recorded).documents[0].id, recorded.assessment, "sv")
    decided.put_timestamp(actor=recorded.rut, document=one.document, pdf=SIGNED + b" time", ends=ENDS)
    signed, stamped = only(recorded).documents
    assert (signed.timestamp_ends, stamped.revision, stamped.timestamp_ends) == (None, 1, ENDS)
    assert audit.entries()[-1].act == "decision.timestamped"
    assert timestamps_wanted.awaiting() == ()
    (renewable,) = timestamps_wanted.renewable(ENDS - timedelta(days=364))
    assert (renewable.document, renewable.ends) == (stamped.id, ENDS)
    assert timestamps_wanted.renewable(ENDS - timedelta(days=366)) == ()
    assert report.assessment_of(stamped.sha256) == recorded.assessment


def test_a_signature_with_a_timestamp_of_its_own_awaits_none(recorded: SmallCase) -> None:
    decided.put(actor=recorded.asa, decision_id=only(recorded).id, language="sv", pdf=SIGNED, timestamp_ends=ENDS)
    assert timestamps_wanted.awaiting() == ()
    assert [one.ends for one in timestamps_wanted.renewable(ENDS)] == [ENDS]


@pytest.mark.parametrize("pdf", [b"no report", b"", SIGNED, b"%PDF-1.7 another, longer than that"])
def test_a_timestamp_continues_what_was_signed(recorded: SmallCase, pdf: bytes) -> None:
    put(recorded)
    (signed,) = only(recorded).documents
    with pytest.raises(RecordRefused, match="continue"):
        decided.put_timestamp(actor=recorded.rut, document=signed.id, pdf=pdf, ends=ENDS)
    assert [card.revision for card in only(recorded).documents] == [0]


def test_a_timestamp_made_for_a_document_that_has_changed_meanwhile_is_not_kept(recorded: SmallCase) -> None:
    put(recorded)
    (signed,) = only(recorded).documents
    decided.put_timestamp(actor=recorded.rut, document=signed.id, pdf=SIGNED + b" time", ends=ENDS)
    before = audit.head()
    with pytest.raises(RecordRefused, match="meanwhile"):
        decided.put_timestamp(actor=recorded.rut, document=signed.id, pdf=SIGNED + b" other", ends=ENDS)
    assert audit.head() == before


def test_the_database_itself_keeps_one_of_each_and_changes_none(recorded: SmallCase) -> None:
    put(recorded)
    register = open_register()
    for statement in ("UPDATE decision_document SET sha256 = 'x'", "DELETE FROM decision_document"):
        with pytest.raises(peewee.IntegrityError, match="insert-only"):
            register.execute_sql(statement)
    with pytest.raises(peewee.IntegrityError, match="UNIQUE"):
        register.execute_sql(
            "INSERT INTO decision_document SELECT 'other', created_at, decision_id, language, revision, sha256, size, person_id "
            "FROM decision_document"
        )


def test_each_of_several_decisions_names_the_reports_that_there_were_then(recorded: SmallCase) -> None:
    later = dataclasses.replace(DECIDED, minutes="2027-02")
    report.put(actor=recorded.asa, document=report.Document(recorded.assessment, "en"), pdf=b"%PDF-1.7 second")
    deciding.put(actor=recorded.asa, assessment=recorded.assessment, draft=later)
    first, second = decided.decisions(recorded.assessment)
    assert [card.language for card in first.reports] == ["sv"]
    assert sorted(card.language for card in second.reports) == ["en", "sv"]
    assert second.card.draft.minutes == "2027-02"


def test_there_is_no_document_by_a_made_up_id(recorded: SmallCase) -> None:
    with pytest.raises(RecordRefused, match="no such document"):
        decided.pdf_bytes(recorded.assessment)
    with pytest.raises(RecordRefused, match="no such decision"):
        decided.decision(recorded.assessment)
