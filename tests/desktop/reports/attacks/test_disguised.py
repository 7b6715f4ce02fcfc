"""What a file says in two ways at once, or leaves open, so that two readers could take it for two different things."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID
from pikepdf import Array, Dictionary, Name, String

from forms.canonical import canonical_json
from models.document_kind import BOARD_PAGE, DECISION
from tests.desktop.reports.attacks.before_signing import file_of, printed_beside, remade
from tests.desktop.reports.attacks.lasting import lastingly_signed
from tests.desktop.reports.attacks.test_kinds import by_caseworker, by_recorder, decision, document, metadata, refuses
from tests.desktop.reports.conftest import Signed
from tests.desktop.reports.samples import START, Holder, _name, _usage

KIND = b"<gedigen:kind>board_page</gedigen:kind>"
FOREIGN = b'<g:kind xmlns:g="urn:gedigen:document:1/">full_report</g:kind>'
PART = b"<pdfaid:part>3</pdfaid:part>"
PACKETS: dict[str, Callable[[bytes], bytes]] = {
    "in a comment": lambda packet: packet.replace(KIND, b"<!-- " + KIND + b" -->" + FOREIGN),
    "by another prefix": lambda packet: packet.replace(KIND, KIND + FOREIGN),
    "as plain text": lambda packet: packet.replace(KIND, b"<dc:x><![CDATA[" + KIND + b"]]></dc:x>"),
    "with entities": lambda packet: b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + packet,
    "prefix bound anew": lambda packet: packet.replace(b'xmlns:gedigen="urn:gedigen:document:1/"', b'xmlns:gedigen="urn:other"'),
    "two packets": lambda packet: packet + packet.replace(b"gedigen:", b"other:"),
    "two parts of the standard": lambda packet: packet.replace(PART, PART + PART.replace(b"3", b"2")),
}


@pytest.mark.parametrize("name", PACKETS)
def test_metadata_that_two_readers_read_differently_are_invalid(reports: Signed, name: str) -> None:
    refuses(by_caseworker(metadata(document(BOARD_PAGE), PACKETS[name]), reports), reports, "says more than once, or not clearly")


def _other(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.make_stream(b'{"other":1}', Type=Name.EmbeddedFile)


def _specification(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.make_indirect(Dictionary(Type=Name.Filespec, F=String("assessment.json"), EF=Dictionary(F=_other(pdf))))


def other_file_by_its_second_name(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AF[0].EF.UF = _other(pdf)


def name_twice(pdf: pikepdf.Pdf) -> None:
    names = pdf.Root.Names.EmbeddedFiles
    names.Names = Array([String("assessment.json"), _specification(pdf), *names.Names])


def another_name_inside(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AF[0].UF = String("assessment.exe")


@pytest.mark.parametrize("change", [other_file_by_its_second_name, name_twice, another_name_inside], ids=lambda one: one.__name__)
def test_an_attachment_that_is_two_files_is_invalid(reports: Signed, change: Callable[[pikepdf.Pdf], None]) -> None:
    refuses(remade(reports, change), reports, "a file that does not belong to it: assessment.json (")


def test_a_file_that_hangs_on_a_page_is_invalid(reports: Signed) -> None:
    def hang(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.AF = Array([_specification(pdf)])

    refuses(remade(reports, hang), reports, "active content (AF)")


@pytest.mark.parametrize("use", [ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.OCSP_SIGNING, ExtendedKeyUsageOID.SERVER_AUTH])
def test_a_certificate_for_another_use_does_not_sign(reports: Signed, use: x509.ObjectIdentifier) -> None:
    key, root = ec.generate_private_key(ec.SECP256R1()), reports.root
    builder = x509.CertificateBuilder(
        root.certificate.subject, _name("Ada Lindqvist"), key.public_key(), 4711, START, START + timedelta(days=900)
    )
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
    builder = builder.add_extension(x509.ExtendedKeyUsage([use]), critical=True)
    holder = Holder(key, builder.sign(root.key, hashes.SHA384()))
    refuses(lastingly_signed(document(BOARD_PAGE), "Caseworker", holder, root), reports, "for another use")


def _without_signers(said: dict[str, Any]) -> None:
    del said["required_signers"]


def _anybody(said: dict[str, Any]) -> None:
    for signer in said["required_signers"]:
        signer.update(name="", certificate_sha256="")


def _two_records(said: dict[str, Any]) -> None:
    said["record_sha256"], said["about"]["record_sha256"] = said["about"]["record_sha256"], "cd" * 32


@pytest.mark.parametrize(
    ("edit", "reason"), [(_without_signers, "had to sign"), (_anybody, "had to sign"), (_two_records, "not what Gedigen")]
)
def test_a_decision_that_leaves_open_who_signs_or_what_it_is_about_is_invalid(reports: Signed, edit: Any, reason: str) -> None:
    said = json.loads(decision(reports))
    edit(said)
    refuses(by_recorder(document(DECISION, payload=canonical_json(said)), reports), reports, reason)


@pytest.mark.parametrize("edit", [_without_signers, _anybody])
def test_a_record_that_leaves_open_who_signs_is_invalid(reports: Signed, edit: Any) -> None:
    record = json.loads(reports.payload)
    edit(record)
    refuses(printed_beside(file_of(reports), canonical_json(record), reports), reports, "had to sign")
