"""A changed, forged, incomplete or foreign report is told from the one that was signed."""

from __future__ import annotations

import hashlib
import io
import random
from datetime import datetime, timedelta

import pikepdf
import pytest

from desktop.language import language
from desktop.reports.anchor import NotACertificate
from desktop.reports.verdict import Verdict, verdict_from_json
from desktop.reports.verification import verify
from tests.desktop.reports.conftest import Signed
from tests.desktop.reports.samples import NOW, START, make_person, make_root, record, short_report, signed
from tests.desktop.reports.sealed_reports import printed, scored_file, sealed


def judged(pdf: bytes, reports: Signed, **known: object) -> Verdict:
    return verify(pdf, root_pem=reports.root.pem, now=NOW + timedelta(days=1), **known)  # type: ignore[arg-type]


def said(verdict: Verdict) -> str:
    return " ".join(language("en").text(one.message, **one.params) for one in verdict.sentences if one.kind not in ("good", "remark"))


def test_two_signatures_are_valid_and_so_are_three(reports: Signed) -> None:
    for pdf, count in ((reports.two, 2), (reports.three, 3)):
        verdict = judged(pdf, reports)
        assert (verdict.status, verdict.exit_code, len(verdict.signatures)) == ("valid", 0, count), said(verdict)
        assert verdict.file.uncovered_bytes == 0
        assert verdict.file.conformance == "PDF/A-3a, PDF/UA-1"


def test_one_signature_is_incomplete_and_names_who_is_missing(reports: Signed) -> None:
    verdict = judged(reports.one, reports)
    assert (verdict.status, verdict.exit_code, verdict.missing_signers) == ("incomplete", 2, ("Reviewer",))
    assert said(verdict) == "The reviewer has not signed yet."


def test_an_unsigned_report_is_incomplete(reports: Signed) -> None:
    verdict = judged(reports.none, reports)
    assert verdict.status == "incomplete"
    assert verdict.missing_signers == ("Caseworker", "Reviewer")


def test_a_chair_whom_the_record_requires_must_sign(reports: Signed) -> None:
    signers = {"Caseworker": reports.caseworker, "Reviewer": reports.reviewer, "Chair": reports.chair}
    whole = printed(sealed(scored_file(), signers, chair=False), reports.root)
    two = signed(signed(whole, "Caseworker", reports.caseworker, reports.root), "Reviewer", reports.reviewer, reports.root)
    assert judged(two, reports).missing_signers == ("Chair",)
    assert judged(signed(two, "Chair", reports.chair, reports.root), reports).status == "valid"


def test_without_root_certificate_nobody_is_tied_to_an_organisation(reports: Signed) -> None:
    verdict = verify(reports.two, root_pem=None)
    assert verdict.status == "incomplete"
    assert "not tied to a known organisation" in said(verdict)


def test_a_changed_byte_in_the_signed_range_is_never_valid(reports: Signed) -> None:
    source = random.Random(4)
    for position in [0, 5, len(reports.two) - 2, *(source.randrange(len(reports.two)) for _ in range(60))]:
        changed = bytearray(reports.two)
        changed[position] ^= 1 << source.randrange(8)
        assert judged(bytes(changed), reports).status != "valid", position


def test_a_changed_report_is_not_said_to_be_signed_by_strangers(reports: Signed) -> None:
    changed = bytearray(reports.two)
    changed[len(changed) // 4] ^= 1
    told = said(judged(bytes(changed), reports))
    assert "was changed after" in told
    assert "not issued by" not in told


def test_a_changed_byte_in_the_signature_itself_is_never_valid(reports: Signed) -> None:
    start = reports.two.index(b"/Contents <") + len(b"/Contents <")
    end = reports.two.index(b">", start)
    for position in (start, start + 40, start + 900, end - 300, end - 1):
        changed = bytearray(reports.two)
        changed[position] = ord("1") if changed[position] != ord("1") else ord("2")
        assert judged(bytes(changed), reports).status == "invalid", position


def test_a_signature_that_names_another_certificate_than_the_one_it_carries_is_invalid(reports: Signed) -> None:
    serial = f"{reports.reviewer.certificate.serial_number:X}".encode()
    position = reports.two.rindex(serial) + len(serial) - 1
    changed = bytearray(reports.two)
    changed[position] = ord("1") if changed[position] != ord("1") else ord("2")
    assert judged(bytes(changed), reports).status == "invalid"


@pytest.mark.parametrize("tail", [b"\n", b"%comment\n", b"0" * 400])
def test_appended_bytes_make_it_invalid(reports: Signed, tail: bytes) -> None:
    assert judged(reports.two + tail, reports).status == "invalid"


def test_cut_off_is_invalid_and_rolled_back_is_incomplete(reports: Signed) -> None:
    assert judged(reports.two[:-200], reports).status == "invalid"
    assert judged(reports.two[: len(reports.one)], reports).status == "incomplete"


def incremental(pdf: bytes, number: int, body: bytes) -> bytes:
    """Append a revision that replaces one object, with a cross-reference table of its own."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        root, size = opened.trailer["/Root"].objgen[0], int(opened.trailer["/Size"])
    previous = int(pdf[pdf.rindex(b"startxref") + 9 :].split()[0])
    at = len(pdf) + 1
    new = b"\n%d 0 obj\n%s\nendobj\n" % (number, body)
    xref = len(pdf) + len(new)
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d /Root %d 0 R /Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    return pdf + new + table % (number, at, size, root, previous, xref)


def test_a_page_replaced_by_a_later_revision_is_invalid(reports: Signed) -> None:
    with pikepdf.open(io.BytesIO(reports.two)) as opened:
        page = opened.pages[0].obj
        page.MediaBox = pikepdf.Array([0, 0, 400, 400])
        number, body = page.objgen[0], page.unparse()
    forged = incremental(reports.two, number, body)
    assert forged.startswith(reports.two)
    verdict = judged(forged, reports)
    assert verdict.status == "invalid"
    assert verdict.file.uncovered_bytes > 0 or "damaged" in said(verdict)


def test_a_rewritten_file_is_not_valid(reports: Signed) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(reports.two)) as opened:
        opened.save(out)
    assert judged(out.getvalue(), reports).status == "invalid"


def test_a_look_alike_under_another_root_is_invalid(reports: Signed) -> None:
    root = make_root()
    one = signed(reports.none, "Caseworker", make_person("Ada Lindqvist", root), root)
    verdict = judged(signed(one, "Reviewer", make_person("Bo Ek", root), root), reports)
    assert verdict.status == "invalid"
    assert "not issued by the organisation" in said(verdict)
    assert "does not belong in it" not in said(verdict), "its own root may travel with its signatures"


def test_a_colleague_whom_the_record_does_not_name_is_invalid(reports: Signed) -> None:
    verdict = judged(signed(reports.one, "Reviewer", make_person("Dan Alm", reports.root), reports.root), reports)
    assert verdict.status == "invalid"
    assert "Bo Ek" in said(verdict)
    assert "Dan Alm" in said(verdict)


def test_the_same_name_with_another_key_is_invalid(reports: Signed) -> None:
    assert judged(signed(reports.one, "Reviewer", make_person("Bo Ek", reports.root), reports.root), reports).status == "invalid"


def test_the_caseworker_cannot_be_the_reviewer(reports: Signed) -> None:
    for reviewer in (reports.caseworker, make_person("Ada Lindqvist", reports.root)):
        one = signed(short_report(), "Caseworker", reports.caseworker, reports.root)
        verdict = judged(signed(one, "Reviewer", reviewer, reports.root), reports)
        assert verdict.status == "invalid"
        assert "same person" in said(verdict)


def test_the_reviewer_cannot_sign_first(reports: Signed) -> None:
    first = signed(reports.none, "Reviewer", reports.reviewer, reports.root)
    verdict = judged(signed(first, "Caseworker", reports.caseworker, reports.root, certify=False), reports)
    assert verdict.status == "invalid"
    assert "first signature is not the caseworker’s" in said(verdict)


def test_a_first_signature_that_does_not_lock_is_invalid(reports: Signed) -> None:
    one = signed(reports.none, "Caseworker", reports.caseworker, reports.root, certify=False)
    assert judged(signed(one, "Reviewer", reports.reviewer, reports.root), reports).status == "invalid"


def test_a_certificate_that_has_ended_leaves_it_open_unless_the_vault_knows_the_file(reports: Signed) -> None:
    late = datetime.fromisoformat("2040-01-01")
    verdict = verify(reports.two, root_pem=reports.root.pem, now=late)
    assert verdict.status == "incomplete"
    assert "nothing proves that it was signed before" in said(verdict)
    known = verify(reports.two, root_pem=reports.root.pem, now=late, registered=[hashlib.sha256(reports.two).hexdigest()])
    assert known.status == "valid"
    assert any("valid at the time the signature claims" in one.message for one in known.sentences)


def test_a_certificate_that_had_ended_at_the_claimed_time_is_invalid(reports: Signed) -> None:
    ended = make_person("Ada Lindqvist", reports.root, days=10, start=START)
    verdict = judged(signed(short_report(), "Caseworker", ended, reports.root), reports)
    assert verdict.status == "invalid"
    assert "not valid at the time" in said(verdict)


def test_the_registers_decide_where_they_are_known(reports: Signed) -> None:
    file, sealed = hashlib.sha256(reports.two).hexdigest(), hashlib.sha256(reports.payload).hexdigest()
    assert judged(reports.two, reports, registered=[file], sealed_records=[sealed]).status == "valid"
    assert judged(reports.two, reports, registered=["0" * 64], sealed_records=[sealed]).status == "incomplete"
    assert judged(reports.two, reports, registered=[file], sealed_records=["0" * 64]).status == "invalid"


def test_a_record_that_asks_for_no_reviewer_is_invalid(reports: Signed) -> None:
    payload = record(Caseworker=reports.caseworker)
    assert judged(signed(short_report(payload), "Caseworker", reports.caseworker, reports.root), reports).status == "invalid"


def changed_before_signing(reports: Signed, change: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(reports.none)) as opened:
        change(opened)  # type: ignore[operator]
        opened.save(out)
    one = signed(out.getvalue(), "Caseworker", reports.caseworker, reports.root)
    return signed(one, "Reviewer", reports.reviewer, reports.root)


def test_active_content_and_foreign_files_and_fields_are_invalid_even_when_signed(reports: Signed) -> None:
    def act(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))

    def attach(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["more.json"] = b"{}"

    def add_field(pdf: pikepdf.Pdf) -> None:
        field = pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=pikepdf.String("Amount"), V=pikepdf.String("1"))
        pdf.Root.AcroForm.Fields.append(pdf.make_indirect(field))

    for change in (act, attach, add_field):
        assert judged(changed_before_signing(reports, change), reports).status == "invalid", change.__name__


def test_what_is_no_readable_pdf_is_unreadable_and_says_why(reports: Signed) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(reports.none)) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    cases = {b"": "empty", b"PK\x03\x04": "not a PDF", b"%PDF-1.7\nrubbish": "damaged", out.getvalue(): "password"}
    for content, word in cases.items():
        verdict = judged(content, reports)
        assert (verdict.status, verdict.exit_code) == ("unreadable", 66)
        assert word in said(verdict)


def test_a_foreign_pdf_without_signature_is_invalid(reports: Signed) -> None:
    out = io.BytesIO()
    foreign = pikepdf.new()
    foreign.add_blank_page()
    foreign.save(out)
    verdict = judged(out.getvalue(), reports)
    assert verdict.status == "invalid"
    assert "not a report made by Gedigen" in said(verdict)


def test_a_root_that_is_no_certificate_is_refused(reports: Signed) -> None:
    for rubbish in (b"", b"rubbish", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"):
        with pytest.raises(NotACertificate):
            verify(reports.two, root_pem=rubbish)


def test_a_verdict_survives_json(reports: Signed) -> None:
    verdict = judged(reports.two, reports)
    assert verdict_from_json(verdict.to_json()) == verdict
