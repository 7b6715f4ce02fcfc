"""Signing adds one revision, changes nothing before it, and refuses what would make a worthless signature."""

from __future__ import annotations

import io
from datetime import UTC

import pikepdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from desktop.reports.signing import SigningRefused, sign
from tests.desktop.reports.conftest import Signed
from tests.desktop.reports.samples import NOW, make_person, signed


def test_each_signature_only_appends_and_ends_at_the_end_of_the_file(reports: Signed) -> None:
    for before, after in ((reports.none, reports.one), (reports.one, reports.two), (reports.two, reports.three)):
        assert after.startswith(before)
        last = list(PdfFileReader(io.BytesIO(after)).embedded_regular_signatures)[-1]
        _, _, start, length = (int(number) for number in last.byte_range)
        assert start + length == len(after)


def test_title_and_metadata_are_not_rewritten(reports: Signed) -> None:
    with pikepdf.open(io.BytesIO(reports.none)) as before, pikepdf.open(io.BytesIO(reports.three)) as after:
        assert before.Root.Metadata.objgen == after.Root.Metadata.objgen
        assert before.Root.Metadata.read_bytes() == after.Root.Metadata.read_bytes()
        assert dict(before.docinfo.items()) == dict(after.docinfo.items())
        number = before.Root.Metadata.objgen[0]
    assert reports.three.count(b"\n%d 0 obj" % number) <= 1


def test_the_claimed_time_is_the_given_one(reports: Signed) -> None:
    (signature,) = PdfFileReader(io.BytesIO(reports.one)).embedded_regular_signatures
    assert signature.self_reported_timestamp == NOW.replace(tzinfo=UTC)


def test_a_key_that_is_not_the_certificates_is_refused(reports: Signed) -> None:
    with pytest.raises(SigningRefused):
        sign(
            reports.none,
            field="Caseworker",
            key=reports.reviewer.key,
            certificate=reports.caseworker.certificate,
            root=reports.root.certificate,
            name="Ada Lindqvist",
            role_label="Caseworker",
            reason="",
            at=NOW,
            certify=True,
        )


def test_a_field_is_signed_once_and_must_exist(reports: Signed) -> None:
    for field in ("Caseworker", "Treasurer"):
        with pytest.raises(SigningRefused):
            signed(reports.one, field, reports.caseworker, reports.root)


def test_a_damaged_report_is_refused(reports: Signed) -> None:
    for damaged in (b"", b"%PDF-1.7", reports.none[:-300]):
        with pytest.raises(SigningRefused):
            signed(damaged, "Caseworker", reports.caseworker, reports.root)


def test_a_name_with_percent_signs_or_foreign_letters_is_stamped(reports: Signed) -> None:
    person = make_person("100% %(x)s የቀንድ", reports.root)
    assert signed(reports.none, "Caseworker", person, reports.root).startswith(reports.none)
