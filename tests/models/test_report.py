"""What the register of reports promises: each line is signed by its own person, in turn, and each revision continues the one before."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from models import audit, report, timestamps_wanted
from models.actor import Actor
from models.errors import ActRefused, RecordRefused
from tests.models.conftest import SmallCase

FIRST = b"%PDF-1.7 first"
ENDS = datetime(2035, 1, 1)  # noqa: DTZ001


def put(case: SmallCase, by: Actor, pdf: bytes, signed_as: str = "") -> None:
    report.put(actor=by, assessment=case.assessment, language="sv", pdf=pdf, signed_as=signed_as)


@pytest.fixture
def made(small_case: SmallCase) -> SmallCase:
    small_case.seal()
    put(small_case, small_case.asa, FIRST)
    return small_case


def test_a_report_is_made_of_a_sealed_assessment_only(small_case: SmallCase) -> None:
    small_case.agree()
    with pytest.raises(RecordRefused, match="sealed"):
        put(small_case, small_case.asa, FIRST)


def test_the_caseworker_and_then_the_reviewer_sign_each_the_own_line(made: SmallCase) -> None:
    put(made, made.asa, FIRST + b" asa", "Caseworker")
    put(made, made.rut, FIRST + b" asa rut", "Reviewer")
    assert [(card.revision, card.signed_as, card.signed_by) for card in report.revisions(made.assessment)] == [
        (0, "", "Åsa Ek"),
        (1, "Caseworker", "Åsa Ek"),
        (2, "Reviewer", "Rut Al"),
    ]


def test_the_reviewers_line_is_not_signed_from_the_caseworkers_session(made: SmallCase) -> None:
    put(made, made.asa, FIRST + b" asa", "Caseworker")
    before = audit.head()
    with pytest.raises(ActRefused, match="another certificate"):
        put(made, made.asa, FIRST + b" asa asa", "Reviewer")
    forged = object.__new__(Actor)
    for name in ("person", "name", "roles", "certificate"):
        setattr(forged, name, getattr(made.rut, name))
    forged._key = made.asa.private_key
    with pytest.raises(ActRefused):
        put(made, forged, FIRST + b" asa asa", "Reviewer")
    assert audit.head() == before
    assert len(report.revisions(made.assessment)) == 2


@pytest.mark.parametrize("field", ["Reviewer", "Chair", "Somebody"])
def test_nobody_signs_out_of_turn_or_where_there_is_no_line(made: SmallCase, field: str) -> None:
    with pytest.raises(ActRefused):
        put(made, made.rut, FIRST + b" rut", field)


def test_a_line_is_signed_once_and_a_report_made_once(made: SmallCase) -> None:
    put(made, made.asa, FIRST + b" asa", "Caseworker")
    with pytest.raises(RecordRefused):
        put(made, made.asa, FIRST + b" asa asa", "Caseworker")
    with pytest.raises(RecordRefused):
        put(made, made.asa, FIRST)


@pytest.mark.parametrize("pdf", [b"%PDF-1.7 other, longer than the first", FIRST, b"no report", b""])
def test_a_revision_continues_the_one_before(made: SmallCase, pdf: bytes) -> None:
    with pytest.raises(RecordRefused, match="continue"):
        put(made, made.asa, pdf, "Caseworker")


def signed_by_both(case: SmallCase) -> bytes:
    put(case, case.asa, FIRST + b" asa", "Caseworker")
    put(case, case.rut, FIRST + b" asa rut", "Reviewer")
    return FIRST + b" asa rut"


def test_a_timestamp_continues_a_report_that_all_have_signed(made: SmallCase) -> None:
    whole = signed_by_both(made)
    (one,) = timestamps_wanted.awaiting()
    report.put_timestamp(actor=made.rut, report=one.report, pdf=whole + b" time", ends=ENDS)
    assert [card.signed_as for card in report.revisions(made.assessment)][-1] == "Timestamp1"
    assert timestamps_wanted.awaiting() == ()
    assert [(one.case_number, one.ends) for one in timestamps_wanted.renewable(ENDS - timedelta(days=364))] == [
        (made.file().card.case_number, ENDS)
    ]
    assert timestamps_wanted.renewable(ENDS - timedelta(days=366)) == ()


def test_a_report_that_somebody_has_still_to_sign_awaits_no_timestamp(made: SmallCase) -> None:
    put(made, made.asa, FIRST + b" asa", "Caseworker")
    assert timestamps_wanted.awaiting() == ()
    with pytest.raises(ActRefused, match="all who must"):
        put(made, made.asa, FIRST + b" asa time", "Timestamp1")


def test_a_signature_with_a_timestamp_of_its_own_awaits_none(made: SmallCase) -> None:
    put(made, made.asa, FIRST + b" asa", "Caseworker")
    report.put(
        actor=made.rut, assessment=made.assessment, language="sv", pdf=FIRST + b" asa rut", signed_as="Reviewer", timestamp_ends=ENDS
    )
    assert timestamps_wanted.awaiting() == ()


@pytest.mark.parametrize("field", ["Timestamp2", "Timestamp0", "Timestamp", "Timestamp1x"])
def test_timestamps_follow_each_other(made: SmallCase, field: str) -> None:
    whole = signed_by_both(made)
    with pytest.raises((RecordRefused, ActRefused)):
        put(made, made.asa, whole + b" time", field)


def test_a_timestamp_made_for_a_report_that_has_changed_meanwhile_is_not_kept(made: SmallCase) -> None:
    whole = signed_by_both(made)
    (one,) = timestamps_wanted.awaiting()
    report.put_timestamp(actor=made.rut, report=one.report, pdf=whole + b" time", ends=ENDS)
    before = audit.head()
    with pytest.raises(RecordRefused, match="meanwhile"):
        report.put_timestamp(actor=made.rut, report=one.report, pdf=whole + b" other", ends=ENDS)
    assert audit.head() == before
