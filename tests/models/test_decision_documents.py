"""What the register of decision documents promises: only who recorded the decision signs it, and what is registered stays."""

from __future__ import annotations

import dataclasses

import peewee
import pytest

from models import audit, decided, deciding, report
from models.database import open_register
from models.errors import ActRefused, RecordRefused
from tests.models.conftest import SmallCase
from tests.models.test_review import DECIDED

SIGNED = b"%PDF-1.7 signed"


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


@pytest.mark.parametrize("pdf", [b"no report", b"", SIGNED, b"%PDF-1.7 another, longer than that"])
def test_a_revision_continues_the_one_before(recorded: SmallCase, pdf: bytes) -> None:
    put(recorded)
    with pytest.raises(RecordRefused, match="continue"):
        put(recorded, pdf)
    put(recorded, SIGNED + b" timestamped")
    assert [card.revision for card in only(recorded).documents] == [0, 1]


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
