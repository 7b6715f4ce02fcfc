"""Every way we know of faking a signed report is told from a lawful one, and for the right reason; every lawful one holds."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, timedelta

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from desktop.language import language
from desktop.reports.verdict import Verdict
from desktop.reports.verification import verify
from tests.desktop.reports.attacks import after_signing, before_signing
from tests.desktop.reports.conftest import Signed
from tests.desktop.reports.sample_file import template
from tests.desktop.reports.samples import NOW, START, Holder, make_person, make_root, signed
from tests.desktop.reports.sealed_reports import printed, scored_file, sealed

ADDED, TAIL = "Something other than a further signature", "covered by no signature"


def judged(pdf: bytes, reports: Signed, *, now: datetime = NOW + timedelta(days=1)) -> Verdict:
    return verify(pdf, root_pem=reports.root.pem, now=now)


def said(verdict: Verdict) -> str:
    return " ".join(language("en").text(one.message, **one.params) for one in verdict.sentences if one.kind not in ("good", "remark"))


def refuses(pdf: bytes, reports: Signed, reason: str, status: str = "invalid") -> None:
    verdict = judged(pdf, reports)
    assert verdict.status == status, said(verdict)
    assert reason in said(verdict)


# --- lawful files ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chair", [False, True])
@pytest.mark.parametrize("code", ["sv", "en"])
def test_lawful_reports_of_no_to_three_signatures_hold(reports: Signed, code: str, chair: bool) -> None:
    people = (("Caseworker", reports.caseworker), ("Reviewer", reports.reviewer), *((("Chair", reports.chair),) if chair else ()))
    pdf = printed(sealed(scored_file(), dict(people[:2]), chair=chair), reports.root, code)
    statuses = [judged(pdf, reports).status]
    for field, holder in people:
        pdf = signed(pdf, field, holder, reports.root)
        statuses.append(judged(pdf, reports).status)
    assert statuses == ["incomplete", "incomplete", "valid", "valid"][: len(people) + 1]
    verdict = judged(pdf, reports)
    assert (verdict.kind, verdict.record, verdict.missing_signers, verdict.file.uncovered_bytes) == ("full_report", "agrees", (), 0)


@pytest.mark.parametrize("renewal", [False, True])
def test_a_lawful_report_of_the_whole_template_holds(reports: Signed, renewal: bool) -> None:
    file = sealed(scored_file(template(), renewal=renewal), {"Caseworker": reports.caseworker, "Reviewer": reports.reviewer})
    verdict = judged(before_signing.both(printed(file, reports.root, "sv"), reports), reports)
    assert (verdict.status, verdict.record) == ("valid", "agrees"), said(verdict)


# --- changed after signing ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", after_signing.REVISIONS, ids=lambda one: one.__name__)
def test_a_revision_that_does_more_than_sign_is_invalid(reports: Signed, change: after_signing.Change) -> None:
    forged = after_signing.revised(reports.two, change)
    assert forged.startswith(reports.two)
    verdict = judged(forged, reports)
    assert verdict.status == "invalid"
    assert ADDED in said(verdict)
    assert TAIL in said(verdict)


def test_a_signature_taken_away_by_a_revision_is_invalid(reports: Signed) -> None:
    refuses(after_signing.revised(reports.two, after_signing.signature_removed), reports, ADDED)


def test_a_certification_loosened_by_a_revision_is_invalid(reports: Signed) -> None:
    assert judged(after_signing.revised(reports.two, after_signing.certification_loosened), reports).status == "invalid"


def test_a_change_hidden_under_a_later_signature_is_invalid(reports: Signed) -> None:
    """A dishonest chair: the pages are changed between two signatures and the last signature covers the change."""
    changed = after_signing.revised(reports.two, after_signing.overlay)
    refuses(signed(changed, "Chair", reports.chair, reports.root), reports, ADDED)


@pytest.mark.parametrize("change", [after_signing.overlay, after_signing.nothing, after_signing.page_box, after_signing.metadata])
def test_a_shadow_put_in_before_the_first_signature_is_invalid(reports: Signed, change: after_signing.Change) -> None:
    shadow = after_signing.revised(reports.none, change)
    refuses(before_signing.both(shadow, reports), reports, "before it was signed")


def byte_changes() -> list[str]:
    return [
        "bit of a page",
        "bit of the record",
        "bit of the metadata",
        "bit of the header",
        "digit of the certificate",
        "digit of the serial number",
        "padding",
        "contents emptied",
        "range shortened",
        "range from the middle",
        "range of two numbers",
        "range beyond the end",
        "range negative",
        "wrapped",
        "cut off",
        "line added",
        "zeros added",
        "trailer added",
        "rewritten",
        "rewritten without object streams",
        "rewritten for the web",
    ]


@pytest.mark.parametrize("name", byte_changes())
def test_changed_bytes_are_invalid(reports: Signed, name: str) -> None:
    found = after_signing.on_bytes(reports)
    assert set(found) == set(byte_changes())
    pdf, reason = found[name]
    assert pdf != reports.two
    refuses(pdf, reports, reason)


def test_a_file_rolled_back_is_what_it_was_then(reports: Signed) -> None:
    refuses(reports.two[: len(reports.one)], reports, "The reviewer has not signed yet.", "incomplete")
    refuses(reports.two[: len(reports.none)], reports, "The caseworker has not signed yet.", "incomplete")


# --- made wrong, then signed ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", before_signing.ACTIVE, ids=lambda one: one.__name__)
def test_what_acts_plays_or_hides_is_invalid_even_when_signed(reports: Signed, change: before_signing.Change) -> None:
    refuses(before_signing.remade(reports, change), reports, "active content")


@pytest.mark.parametrize("change", before_signing.PARTS, ids=lambda one: one.__name__)
def test_a_part_that_does_not_belong_is_invalid_even_when_signed(reports: Signed, change: before_signing.Change) -> None:
    refuses(before_signing.remade(reports, change), reports, before_signing.PARTS[change])


def test_a_report_without_its_record_is_incomplete(reports: Signed) -> None:
    refuses(before_signing.remade(reports, before_signing.no_record), reports, "does not carry the record", "incomplete")


@pytest.mark.parametrize("edit", before_signing.EDITS, ids=lambda one: one.__name__)
def test_a_record_that_was_edited_is_not_valid(reports: Signed, edit: before_signing.Edit) -> None:
    status = "incomplete" if edit is before_signing.risk else "invalid"
    refuses(before_signing.edited(reports, edit), reports, before_signing.EDITS[edit], status)


def test_a_record_that_asks_for_one_signer_is_invalid(reports: Signed) -> None:
    refuses(before_signing.one_signer(reports), reports, "not known who had to sign")


def test_pages_that_print_something_else_than_the_record_are_invalid(reports: Signed) -> None:
    for forged in (before_signing.better_printed(reports), before_signing.record_of_another(reports)):
        refuses(forged, reports, "pages print something else")


def test_every_answer_printed_otherwise_is_found(reports: Signed) -> None:
    """Print each question's answer otherwise, one at a time, with the Result that is in the record."""
    file = before_signing.file_of(reports)
    assert file.seal is not None
    for key, one in file.answers.items():
        question = next(asked for _, asked in file.template.questions() if asked.id == key.question)
        if question.kind != "level" or not isinstance(one.value, int):
            continue
        answers = file.answers.with_answer(key, replace(one, value=(one.value + 1) % 5))
        forged = before_signing.printed_beside(replace(file, answers=answers), file.seal.record, reports)
        refuses(forged, reports, question.text["en"])


# --- signed by the wrong people or in the wrong way -------------------------------------------------------------------------------------


def odd(
    name: str, root: Holder, *, usage: str = "content_commitment", ca: bool = False, start: datetime = START, days: int = 900
) -> Holder:
    """Give a certificate of the organisation that is not one to sign reports with."""
    key = ec.generate_private_key(ec.SECP256R1())
    plain = make_person(name, root)
    builder = x509.CertificateBuilder(
        root.certificate.subject,
        plain.certificate.subject,
        key.public_key(),
        x509.random_serial_number(),
        start,
        start + timedelta(days),
    )
    names = "digital_signature content_commitment key_encipherment data_encipherment key_agreement key_cert_sign crl_sign"
    allowed = {one: one in usage.split() for one in names.split()} | {"encipher_only": False, "decipher_only": False}
    builder = builder.add_extension(x509.BasicConstraints(ca=ca, path_length=0 if ca else None), critical=True)
    builder = builder.add_extension(x509.KeyUsage(**allowed), critical=True)
    return Holder(key, builder.sign(root.key, hashes.SHA384()))


def signed_by(reports: Signed, caseworker: Holder) -> bytes:
    """Give a report whose record names this caseworker, signed by them."""
    file = sealed(scored_file(), {"Caseworker": caseworker, "Reviewer": reports.reviewer})
    one = signed(printed(file, reports.root), "Caseworker", caseworker, reports.root)
    return signed(one, "Reviewer", reports.reviewer, reports.root)


def test_a_certificate_that_is_not_for_signing_is_invalid(reports: Signed) -> None:
    for usage in ("key_encipherment", "crl_sign"):
        refuses(signed_by(reports, odd("Ada Lindqvist", reports.root, usage=usage)), reports, "not issued by the organisation")


def test_a_certificate_outside_its_term_is_invalid(reports: Signed) -> None:
    ended = odd("Ada Lindqvist", reports.root, usage="content_commitment", days=10)
    early = odd("Ada Lindqvist", reports.root, usage="content_commitment", start=NOW + timedelta(days=5))
    for holder in (ended, early):
        refuses(signed_by(reports, holder), reports, "not valid at the time the signature claims")


def test_the_root_or_another_authority_does_not_sign_reports(reports: Signed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.reports.signing.check_strength", lambda key: key)  # as a program that does not ask would sign
    refuses(signed_by(reports, reports.root), reports, "issues certificates")
    authority = odd("Ada Lindqvist", reports.root, usage="key_cert_sign crl_sign", ca=True)
    assert judged(signed_by(reports, authority), reports).status == "invalid"


def test_a_person_certified_by_a_person_is_invalid(reports: Signed) -> None:
    refuses(signed_by(reports, make_person("Ada Lindqvist", reports.caseworker)), reports, "not issued by the organisation")


def test_a_time_to_come_is_not_valid(reports: Signed) -> None:
    one = signed(reports.none, "Caseworker", reports.caseworker, reports.root, at=NOW + timedelta(days=40))
    two = signed(one, "Reviewer", reports.reviewer, reports.root, at=NOW + timedelta(days=40))
    refuses(two, reports, "still to come", "incomplete")
    assert judged(two, reports, now=NOW + timedelta(days=41)).status == "valid"


def test_a_look_alike_of_the_whole_organisation_is_invalid(reports: Signed) -> None:
    root = make_root()
    caseworker, reviewer = make_person("Ada Lindqvist", root), make_person("Bo Ek", root)
    file = sealed(scored_file(), {"Caseworker": caseworker, "Reviewer": reviewer})
    one = signed(printed(file, root), "Caseworker", caseworker, root)
    refuses(signed(one, "Reviewer", reviewer, root), reports, "not issued by the organisation")


def test_the_wrong_order_and_the_wrong_field_are_invalid(reports: Signed) -> None:
    first = signed(reports.none, "Reviewer", reports.reviewer, reports.root)
    refuses(
        signed(first, "Caseworker", reports.caseworker, reports.root, certify=False), reports, "first signature is not the caseworker’s"
    )
    early_chair = signed(reports.one, "Chair", reports.chair, reports.root)
    assert judged(early_chair, reports).status != "valid"
    crossed = signed(reports.none, "Caseworker", reports.reviewer, reports.root)
    refuses(signed(crossed, "Reviewer", reports.caseworker, reports.root), reports, "another person or certificate signed")


def test_a_first_signature_without_lock_is_invalid(reports: Signed) -> None:
    one = signed(reports.none, "Caseworker", reports.caseworker, reports.root, certify=False)
    refuses(signed(one, "Reviewer", reports.reviewer, reports.root), reports, "does not lock the report")


def test_the_same_hand_twice_is_invalid(reports: Signed) -> None:
    file = sealed(scored_file(), {"Caseworker": reports.caseworker, "Reviewer": reports.caseworker})
    one = signed(printed(file, reports.root), "Caseworker", reports.caseworker, reports.root)
    refuses(signed(one, "Reviewer", reports.caseworker, reports.root), reports, "same person")


def test_the_corpus_is_made_of_readable_files(reports: Signed) -> None:
    """A forgery that no program can open would prove nothing."""
    for change in after_signing.REVISIONS:
        with pikepdf.open(io.BytesIO(after_signing.revised(reports.two, change))) as opened:
            assert len(opened.pages) > 0
