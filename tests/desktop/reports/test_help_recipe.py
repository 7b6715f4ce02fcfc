"""The recipe for checking a report without Gedigen works as it is written, in each language that it is written in."""

from __future__ import annotations

import hashlib
import re
import subprocess
from dataclasses import dataclass
from datetime import timedelta

import pytest

from desktop.reports.document_timestamp import add_document_timestamp
from models.database import utc_now
from resources import path
from tests.desktop.reports.attacks.lasting import both, revoked
from tests.desktop.reports.local_authority import LocalAuthority, revocation_list
from tests.desktop.reports.samples import Holder, make_person, make_root, record, short_report

RECIPE = "how-to-check-a-report-without-gedigen.md"
#: The numbers that the recipe takes from its example: where the two parts that the first signature covers begin and end.
FIRST_END, SECOND_START, END = 239740, 244944, 248923
#: … and the same of its timestamp over the whole file.
STAMP_FIRST_END, STAMP_SECOND_START, STAMP_END = 262480, 268574, 269037


@dataclass(frozen=True)
class Example:
    """A report of every part that the recipe tells of, and the files that it asks for."""

    report: bytes
    root: Holder
    caseworker: Holder
    clock: bytes
    good: bytes
    gone: bytes


@pytest.fixture(scope="module")
def example():
    begun = utc_now().replace(microsecond=0) - timedelta(minutes=5)
    root = make_root()
    people = [make_person(name, root, start=begun) for name in ("Ada Lindqvist", "Bo Ek")]
    good = revocation_list(root, at=begun)
    with LocalAuthority() as clock:
        pdf = short_report(record(Caseworker=people[0], Reviewer=people[1]))
        pdf = both(pdf, root, people, lists=(good,), authority=clock.authority(), at=utc_now())
        pdf = add_document_timestamp(pdf, authority=clock.authority())
    gone = revoked(root, people[0], since=begun)
    return Example(pdf, root, people[0], clock.root_pem, good, gone)


def commands(code):
    """Give the lines of the recipe that are commands, in order."""
    indented = re.findall(r"^    (.+)$", path("help", code, RECIPE).read_text("utf-8"), re.MULTILINE)
    return [line for line in indented if not line.startswith("- ") and "form field" not in line]


def run(command, folder):
    done = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def carry_out(code, folder, example, *, report=None, root=None, revocation=None):
    """Carry the recipe out on a report, with that report's own numbers for the example's; give what each command said."""
    (folder / "report.pdf").write_bytes(report or example.report)
    (folder / "root.pem").write_bytes((root or example.root).pem)
    (folder / "tsa-root.pem").write_bytes(example.clock)
    (folder / "organisation.crl").write_bytes(revocation or example.good)
    ranges = re.findall(r"\[(\d+) - (\d+)\]", run("pdfsig report.pdf", folder))
    (_, first_end), (second_start, end), *_, (_, stamp_first), (stamp_second, stamp_end) = (tuple(map(int, one)) for one in ranges)
    own = {
        FIRST_END: first_end,
        SECOND_START + 1: second_start + 1,
        END - SECOND_START: end - second_start,
        END: end,
        STAMP_FIRST_END: stamp_first,
        STAMP_SECOND_START + 1: stamp_second + 1,
        STAMP_END - STAMP_SECOND_START: stamp_end - stamp_second,
        STAMP_FIRST_END + 2: stamp_first + 2,
        STAMP_SECOND_START - STAMP_FIRST_END - 2: stamp_second - stamp_first - 2,
    }
    said = {}
    for line in commands(code):
        command = re.sub(r"\d{3,}", lambda found: str(own.get(int(found[0]), found[0])), line)
        said[line] = run(command, folder)
    return said


def said_by(said, start):
    return next(words for line, words in said.items() if line.startswith(start))


def test_the_commands_are_the_same_in_every_language():
    assert commands("sv") == commands("en") != []


@pytest.mark.parametrize("code", ["sv", "en"])
def test_a_signed_report_passes_every_step(code, tmp_path, example):
    said = carry_out(code, tmp_path, example)
    assert "No syntax or stream encoding errors found" in said_by(said, "qpdf --check")
    assert example.root.fingerprint in said_by(said, "openssl x509 -in root.pem").replace(":", "").lower()
    held = said_by(said, "pdfsig -nssdir")
    assert held.count("Signature Validation: Signature is Valid.") == held.count("Certificate Validation: Certificate is Trusted.") == 2
    assert held.rstrip().rindex("Total document signed") > held.rindex("Timestamp1") > held.rindex("Not total document signed")
    assert not [line for line in said_by(said, "diff").splitlines() if line[:1] in "<>" and "Blåklint" in line]
    assert hashlib.sha256((tmp_path / "assessment.json").read_bytes()).hexdigest() in said_by(said, "sha256sum")
    assert example.caseworker.fingerprint in said_by(said, "python3 -m json.tool")
    assert "CMS Verification successful" in said_by(said, "openssl cms -verify -binary")
    assert example.caseworker.fingerprint in said_by(said, "openssl x509 -in signer.pem")


def test_a_report_passes_the_steps_about_lists_and_timestamps(tmp_path, example):
    said = carry_out("en", tmp_path, example)
    assert "CMS Verification successful" in said_by(said, "openssl cms -verify -crl_check")
    assert "nextUpdate" in said_by(said, "openssl crl -in list.pem")
    for file in ("signature.tsr", "whole.tsr"):
        assert "Verification: OK" in said_by(said, f"openssl ts -verify -token_in -in {file}")
        assert f"{utc_now():%Y} GMT" in said_by(said, f"openssl ts -reply -token_in -in {file}")


def test_a_revoked_certificate_is_found_out(tmp_path, example):
    said = carry_out("en", tmp_path, example, revocation=example.gone)
    assert "certificate revoked" in said_by(said, "openssl cms -verify -crl_check")


def test_a_changed_report_is_found_out(tmp_path, example):
    place = example.report.index(b"stream") + 20
    changed = example.report[:place] + bytes([example.report[place] ^ 1]) + example.report[place + 1 :]
    said = carry_out("en", tmp_path, example, report=changed)
    assert "Digest Mismatch" in said_by(said, "pdfsig -nssdir")
    assert "Verification failure" in said_by(said, "openssl cms -verify -binary")
    assert "Verification: OK" not in said_by(said, "openssl ts -verify -token_in -in whole.tsr")


def test_another_organisations_report_is_not_trusted(tmp_path, example):
    said = carry_out("en", tmp_path, example, root=make_root("Another root"))
    assert "Certificate is Trusted" not in said_by(said, "pdfsig -nssdir")
    assert "CMS Verification successful" not in said_by(said, "openssl cms -verify -binary")
