"""Each kind of document is judged by a rule of its own, and none can pass for another."""

from __future__ import annotations

import hashlib
import io
from typing import Any

import pikepdf
import pytest

from desktop.language import language
from desktop.reports.archive import finish
from desktop.reports.content import report_content
from desktop.reports.verdict import Verdict
from desktop.reports.verification import verify
from forms.canonical import canonical_json
from models.document_kind import (
    BOARD_PAGE,
    DECISION,
    EMPTY_FORM,
    FULL_REPORT,
    PARTNER_DRAFT,
    PARTNER_FEEDBACK,
    PUBLIC_RECORD,
    DocumentKind,
)
from tests.desktop.reports.attacks.before_signing import both, file_of
from tests.desktop.reports.attacks.lasting import lastingly_signed
from tests.desktop.reports.conftest import Signed
from tests.desktop.reports.sample_file import SEALED
from tests.desktop.reports.samples import NOW, begin

RECORD = "ab" * 32
EXTRACTS = (BOARD_PAGE, PUBLIC_RECORD, PARTNER_FEEDBACK)


def document(
    kind: DocumentKind,
    *,
    payload: bytes | None = None,
    record: str = RECORD,
    fields: tuple[str, ...] | None = None,
    part: Any = 3,
    called: str = "",
) -> bytes:
    """Print a page of a kind, or one that only says that it is of the kind ``called``."""
    report = begin()
    report.title("Blåklint")
    report.paragraph("A page.")
    names = kind.fields if fields is None else fields
    if names:
        report.signature_fields([(name, name, "") for name in names])
    pdf = finish(report.lay_out(), now=NOW, kind=kind, payload=payload, record_sha256=record, part=part)
    return remarked(pdf, kind.name, called) if called else pdf


def remarked(pdf: bytes, was: str, called: str) -> bytes:
    """Write another kind into the metadata, before anybody signs."""
    return metadata(pdf, lambda packet: packet.replace(f">{was}<".encode(), f">{called}<".encode()))


def metadata(pdf: bytes, change: Any) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        packet = change(opened.Root.Metadata.read_bytes())
        opened.Root.Metadata.write(packet)
        opened.save(out, fix_metadata_version=False)
    return out.getvalue()


def partner(record: str = RECORD, **more: Any) -> bytes:
    return canonical_json({"schema": "gedigen-partner/2", "record_sha256": record, "findings": [], **more})


def decision(reports: Signed, record: str = RECORD) -> bytes:
    signer = {"field": "Recorder", "name": "Ada Lindqvist", "certificate_sha256": reports.caseworker.fingerprint}
    return canonical_json(
        {
            "schema": "gedigen-decision/1",
            "about": {"record_sha256": record},
            "decision": {"outcome": "approve"},
            "required_signers": [signer],
        }
    )


def payload_of(kind: DocumentKind, reports: Signed) -> bytes | None:
    return {PARTNER_DRAFT: partner(""), PARTNER_FEEDBACK: partner(), DECISION: decision(reports)}.get(kind)


def by_caseworker(pdf: bytes, reports: Signed) -> bytes:
    return lastingly_signed(pdf, "Caseworker", reports.caseworker, reports.root)


def by_recorder(pdf: bytes, reports: Signed) -> bytes:
    return lastingly_signed(pdf, "Recorder", reports.caseworker, reports.root)


def judged(pdf: bytes, reports: Signed, **known: Any) -> Verdict:
    return verify(pdf, root_pem=reports.root.pem, now=NOW, **known)


def said(verdict: Verdict, *kinds: str) -> str:
    wanted = kinds or ("problem", "missing", "unreadable")
    return " ".join(language("en").text(one.message, **one.params) for one in verdict.sentences if one.kind in wanted)


def refuses(pdf: bytes, reports: Signed, reason: str, status: str = "invalid", **known: Any) -> None:
    verdict = judged(pdf, reports, **known)
    assert verdict.status == status, said(verdict)
    assert reason in said(verdict)


# --- lawful documents -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", EXTRACTS, ids=lambda one: one.name)
def test_an_extract_signed_by_the_caseworker_holds_and_says_what_it_is(reports: Signed, kind: DocumentKind) -> None:
    plain = document(kind, payload=payload_of(kind, reports))
    assert judged(plain, reports).missing_signers == ("Caseworker",)
    verdict = judged(by_caseworker(plain, reports), reports, sealed_records=[RECORD])
    assert (verdict.status, verdict.kind, verdict.file.record_sha256) == ("valid", kind.name, RECORD), said(verdict)
    assert "cannot be computed again from it" in said(verdict, "remark")
    assert "one of those it was compared with" in said(verdict, "good")


@pytest.mark.parametrize("schema", ["gedigen-partner/1", "gedigen-partner/2"])
def test_a_partners_version_sent_in_an_older_schema_still_holds(reports: Signed, schema: str) -> None:
    plain = document(PARTNER_FEEDBACK, payload=partner(schema=schema))
    assert judged(by_caseworker(plain, reports), reports, sealed_records=[RECORD]).status == "valid"


def test_a_decision_signed_by_who_recorded_it_holds(reports: Signed) -> None:
    verdict = judged(by_recorder(document(DECISION, payload=decision(reports)), reports), reports, sealed_records=[RECORD])
    assert (verdict.status, verdict.kind) == ("valid", "decision"), said(verdict)


def test_a_draft_and_a_form_are_unsigned_and_say_that_they_are_no_reports(reports: Signed) -> None:
    refuses(document(PARTNER_DRAFT, payload=partner(""), record=""), reports, "draft for the partner", "incomplete")
    refuses(document(EMPTY_FORM, record=""), reports, "form to fill in", "incomplete")


@pytest.mark.parametrize("kind", EXTRACTS, ids=lambda one: one.name)
def test_an_extract_without_attachment_for_an_archive_holds(reports: Signed, kind: DocumentKind) -> None:
    verdict = judged(by_caseworker(document(kind, part=2), reports), reports)
    assert (verdict.status, verdict.file.conformance) == ("valid", "PDF/A-2a, PDF/UA-1"), said(verdict)


def full(reports: Signed, *, part: Any, payload: bytes | None = None, record: str | None = None) -> bytes:
    file = file_of(reports)
    assert file.seal is not None
    laid_out = report_content(file, language("en"), organisation="Havsstiftelsen", root_fingerprint=reports.root.fingerprint)
    return finish(laid_out, now=SEALED, payload=payload, record_sha256=file.seal.sha256 if record is None else record, part=part)


def test_a_full_report_without_attachment_for_an_archive_holds_and_says_what_is_lost(reports: Signed) -> None:
    signed = both(full(reports, part=2), reports)
    digest = hashlib.sha256(reports.payload).hexdigest()
    verdict = judged(signed, reports, sealed_records=[digest])
    assert (verdict.status, verdict.record, verdict.file.record_sha256) == ("valid", "not compared", digest), said(verdict)
    assert "only with the full report" in said(verdict, "remark")
    refuses(signed, reports, "not among those it was compared with", sealed_records=["0" * 64])
    refuses(by_caseworker(full(reports, part=2), reports), reports, "The reviewer has not signed yet.", "incomplete")
    refuses(both(full(reports, part=2, record=""), reports), reports, "does not name the sealed record")


# --- one kind for another -----------------------------------------------------------------------------------------------------------------


def test_a_full_report_called_a_board_page_to_lose_the_reviewer_is_invalid(reports: Signed) -> None:
    for called in ("board_page", "public_record"):
        forged = by_caseworker(remarked(reports.none, "full_report", called), reports)
        refuses(forged, reports, "a field that does not belong to it: Reviewer")
        refuses(forged, reports, "a file that does not belong to it: assessment.json")


def test_a_kind_changed_after_signing_is_invalid(reports: Signed) -> None:
    signed = by_caseworker(document(BOARD_PAGE), reports)
    assert judged(remarked(signed, "board_page", "public_record"), reports).status == "invalid"


def test_fields_that_contradict_the_kind_are_invalid(reports: Signed) -> None:
    refuses(document(FULL_REPORT, fields=("Caseworker",)), reports, "lacks the signature field Reviewer")
    refuses(
        by_caseworker(document(DECISION, payload=decision(reports), fields=("Caseworker",)), reports), reports, "lacks the signature field"
    )
    refuses(document(BOARD_PAGE, fields=()), reports, "lacks the signature field Caseworker")
    two = document(BOARD_PAGE, fields=("Caseworker", "Reviewer"))
    refuses(by_caseworker(two, reports), reports, "a field that does not belong to it: Reviewer")


def test_a_kind_that_nobody_knows_is_invalid(reports: Signed) -> None:
    refuses(by_caseworker(document(BOARD_PAGE, called="board_pager"), reports), reports, "does not know: board_pager")


@pytest.mark.parametrize(
    "packet",
    [
        lambda packet: packet.replace(b"<gedigen:kind>board_page</gedigen:kind>", b"<gedigen:kind>board_page</gedigen:kind>" * 2),
        lambda packet: packet.replace(
            b"<gedigen:kind>board_page</gedigen:kind>", b"<gedigen:kind>board_page</gedigen:kind><gedigen:kind>full_report</gedigen:kind>"
        ),
        lambda packet: packet.replace(b'rdf:about=""', b'rdf:about="" gedigen:kind="full_report"', 1),
        lambda packet: packet.replace(b"</gedigen:record>", b"</gedigen:record><gedigen:record>" + b"0" * 64 + b"</gedigen:record>"),
        lambda packet: packet.replace(b"</gedigen:record>", b"</gedigen:record><gedigen:record/>"),
    ],
    ids=["twice", "two kinds", "as an attribute", "two records", "a record and none"],
)
def test_metadata_that_say_two_things_are_invalid(reports: Signed, packet: Any) -> None:
    refuses(by_caseworker(metadata(document(BOARD_PAGE), packet), reports), reports, "says more than once, or not clearly")


def test_a_form_or_draft_that_is_signed_is_invalid(reports: Signed) -> None:
    for kind, payload in ((PARTNER_DRAFT, partner("")), (EMPTY_FORM, None)):
        signed = by_caseworker(document(kind, payload=payload, record="", fields=("Caseworker",)), reports)
        refuses(signed, reports, "although documents of its kind never are")


def test_an_extract_that_names_no_record_or_another_is_invalid(reports: Signed) -> None:
    for kind in EXTRACTS:
        payload = partner("") if kind == PARTNER_FEEDBACK else None
        refuses(by_caseworker(document(kind, payload=payload, record=""), reports), reports, "does not name the sealed record")
        signed = by_caseworker(document(kind, payload=payload_of(kind, reports)), reports)
        refuses(signed, reports, "not among those it was compared with", sealed_records=["0" * 64])


def test_a_file_inside_an_extract_that_may_have_none_is_invalid(reports: Signed) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(document(BOARD_PAGE))) as opened:
        opened.attachments["assessment.json"] = reports.payload
        opened.save(out)
    refuses(by_caseworker(out.getvalue(), reports), reports, "a file that does not belong to it: assessment.json")


def test_a_report_without_attachment_that_has_one_is_invalid(reports: Signed) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(full(reports, part=2))) as opened:
        opened.attachments["assessment.json"] = reports.payload
        opened.save(out)
    refuses(both(out.getvalue(), reports), reports, "a file that does not belong to it: assessment.json")


def test_a_report_whose_record_was_taken_out_is_not_one_made_without(reports: Signed) -> None:
    """Stripped before signing it still says PDF/A-3a; stripped afterwards no signature holds."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(reports.none)) as opened:
        del opened.Root["/AF"]
        del opened.Root["/Names"]
        opened.save(out)
    refuses(both(out.getvalue(), reports), reports, "does not carry the record", "incomplete")


def test_a_report_that_names_another_record_than_it_carries_is_invalid(reports: Signed) -> None:
    refuses(both(full(reports, part=3, payload=reports.payload, record="0" * 64), reports), reports, "names another sealed record")


@pytest.mark.parametrize(
    "payload",
    [
        b"{}",
        b'{"schema":"gedigen-partner/3","record_sha256":"' + RECORD.encode() + b'"}',
        b' {"schema":"gedigen-partner/1"}',
        b'{"schema":"gedigen-partner/1","schema":"gedigen-partner/1"}',
        b'{"record_sha256":7,"schema":"gedigen-partner/1"}',
        b'{"kind":"partner_draft","record_sha256":"' + RECORD.encode() + b'","schema":"gedigen-partner/1"}',
        b"[1]",
        b"not JSON",
        b"[" * 200_000,
    ],
    ids=["empty", "another schema", "not canonical", "a name twice", "no digest", "another kind", "a list", "no JSON", "deep"],
)
def test_data_that_gedigen_does_not_write_are_invalid(reports: Signed, payload: bytes) -> None:
    refuses(by_caseworker(document(PARTNER_FEEDBACK, payload=payload), reports), reports, "inside")


def test_data_about_another_record_are_invalid(reports: Signed) -> None:
    other = "cd" * 32
    refuses(by_caseworker(document(PARTNER_FEEDBACK, payload=partner(other)), reports), reports, "about another sealed record")
    refuses(by_recorder(document(DECISION, payload=decision(reports, other)), reports), reports, "about another sealed record")
    consistent = by_recorder(document(DECISION, payload=decision(reports, other), record=other), reports)
    refuses(consistent, reports, "not among those it was compared with", sealed_records=[RECORD])


def test_a_second_file_beside_the_partners_data_is_invalid(reports: Signed) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(document(PARTNER_FEEDBACK, payload=partner()))) as opened:
        opened.attachments["assessment.json"] = reports.payload
        opened.save(out)
    refuses(by_caseworker(out.getvalue(), reports), reports, "a file that does not belong to it: assessment.json")


def test_a_decision_by_another_person_or_without_lock_or_data_is_invalid(reports: Signed) -> None:
    pdf = document(DECISION, payload=decision(reports))
    refuses(lastingly_signed(pdf, "Recorder", reports.reviewer, reports.root), reports, "another person or certificate signed")
    refuses(by_recorder(document(DECISION), reports), reports, "lacks the data")
    from tests.desktop.reports.samples import signed

    refuses(signed(pdf, "Recorder", reports.caseworker, reports.root, certify=False), reports, "does not lock the file")
