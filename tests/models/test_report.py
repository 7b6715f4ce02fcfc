"""What the register of reports promises: each line is signed by its own person, in turn, and each revision continues the one before."""

from __future__ import annotations

from datetime import datetime, timedelta

import peewee
import pytest

from models import audit, report, timestamps_wanted
from models.actor import Actor
from models.document_kind import (
    BOARD_PAGE,
    DECISION,
    EMPTY_FORM,
    FULL_REPORT,
    PARTNER_DRAFT,
    PARTNER_FEEDBACK,
    PUBLIC_RECORD,
    DocumentKind,
    Part,
)
from models.errors import ActRefused, RecordRefused
from tests.models.conftest import SmallCase

FIRST = b"%PDF-1.7 first"
ENDS = datetime(2035, 1, 1)  # noqa: DTZ001


def put(case: SmallCase, by: Actor, pdf: bytes, signed_as: str = "") -> None:
    report.put(actor=by, document=report.Document(case.assessment, "sv"), pdf=pdf, signed_as=signed_as)


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
    report.put_timestamp(actor=made.rut, report=one.document, pdf=whole + b" time", ends=ENDS)
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
        actor=made.rut, document=report.Document(made.assessment, "sv"), pdf=FIRST + b" asa rut", signed_as="Reviewer", timestamp_ends=ENDS
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
    report.put_timestamp(actor=made.rut, report=one.document, pdf=whole + b" time", ends=ENDS)
    before = audit.head()
    with pytest.raises(RecordRefused, match="meanwhile"):
        report.put_timestamp(actor=made.rut, report=one.document, pdf=whole + b" other", ends=ENDS)
    assert audit.head() == before


def put_kind(case: SmallCase, by: Actor, pdf: bytes, kind: DocumentKind, signed_as: str = "", *, part: Part = 3, basis: str = "") -> None:
    report.put(actor=by, document=report.Document(case.assessment, "sv", kind, part, basis), pdf=pdf, signed_as=signed_as)


def test_each_kind_and_part_has_revisions_of_its_own(made: SmallCase) -> None:
    put_kind(made, made.asa, b"%PDF-1.7 board", BOARD_PAGE)
    put_kind(made, made.asa, b"%PDF-1.7 board, signed", BOARD_PAGE, "Caseworker")
    put_kind(made, made.asa, b"%PDF-1.7 for an archive", FULL_REPORT, part=2)
    file = made.file()
    assert [(one.kind, one.part, one.revision) for one in file.reports] == [("full_report", 3, 0)]
    assert [(one.kind, one.part, one.revision, one.signed_as) for one in file.documents] == [
        ("board_page", 3, 0, ""),
        ("board_page", 3, 1, "Caseworker"),
        ("full_report", 2, 0, ""),
    ]


def test_the_full_report_without_attachment_is_signed_by_those_whom_the_record_names(made: SmallCase) -> None:
    put_kind(made, made.asa, FIRST, FULL_REPORT, part=2)
    with pytest.raises(ActRefused, match="caseworker signs first"):
        put_kind(made, made.rut, FIRST + b" rut", FULL_REPORT, "Reviewer", part=2)
    put_kind(made, made.asa, FIRST + b" asa", FULL_REPORT, "Caseworker", part=2)
    put_kind(made, made.rut, FIRST + b" asa rut", FULL_REPORT, "Reviewer", part=2)


@pytest.mark.parametrize("kind", [BOARD_PAGE, PARTNER_FEEDBACK, PUBLIC_RECORD])
def test_other_kinds_are_signed_by_the_caseworker_alone_and_once(made: SmallCase, kind: DocumentKind) -> None:
    put_kind(made, made.asa, FIRST, kind)
    before = audit.head()
    for by, field in ((made.rut, "Caseworker"), (made.rut, "Reviewer"), (made.asa, "Chair")):
        with pytest.raises(ActRefused):
            put_kind(made, by, FIRST + b" signed", kind, field)
    assert audit.head() == before
    put_kind(made, made.asa, FIRST + b" signed", kind, "Caseworker")
    with pytest.raises(RecordRefused, match="already signed"):
        put_kind(made, made.asa, FIRST + b" signed twice", kind, "Caseworker")


@pytest.mark.parametrize("kind", [PARTNER_DRAFT, DECISION, EMPTY_FORM])
def test_a_kind_that_is_not_registered_is_refused(made: SmallCase, kind: DocumentKind) -> None:
    with pytest.raises(RecordRefused, match="not kept in the register"):
        put_kind(made, made.asa, FIRST, kind)


def test_a_feedback_that_says_more_is_begun_anew_and_the_one_before_stays(made: SmallCase) -> None:
    put_kind(made, made.asa, FIRST, PARTNER_FEEDBACK, basis="a")
    put_kind(made, made.asa, FIRST + b" signed", PARTNER_FEEDBACK, "Caseworker", basis="a")
    put_kind(made, made.asa, b"%PDF-1.7 with the decision", PARTNER_FEEDBACK, basis="b")
    with pytest.raises(RecordRefused, match="made already"):
        put_kind(made, made.asa, b"%PDF-1.7 once more", PARTNER_FEEDBACK, basis="b")
    kept = report.revisions(made.assessment, kind=PARTNER_FEEDBACK)
    assert [(one.revision, one.signed_as, one.basis) for one in kept] == [(0, "", "a"), (1, "Caseworker", "a"), (2, "", "b")]
    assert report.pdf_bytes(kept[1].id) == FIRST + b" signed"


def test_a_full_report_depends_on_the_record_alone(made: SmallCase) -> None:
    with pytest.raises(RecordRefused):
        put_kind(made, made.asa, b"%PDF-1.7 another", FULL_REPORT, basis="b")


def test_two_revisions_with_one_number_are_refused_by_the_database(made: SmallCase) -> None:
    row = {name: getattr(report.Report.get(), name) for name in ("assessment", "language", "revision", "kind", "part", "sha256", "person")}
    with pytest.raises(peewee.IntegrityError):
        report.Report.create(**row, size=1, signed_as="", basis="other")
