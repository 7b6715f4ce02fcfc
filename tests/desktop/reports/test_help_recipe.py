"""The recipe for checking a report without Gedigen works as it is written, in each language that it is written in."""

from __future__ import annotations

import hashlib
import re
import subprocess

import pytest

from models.database import utc_now
from resources import path
from tests.desktop.reports.samples import make_person, make_root, record, short_report, signed

RECIPE = "how-to-check-a-report-without-gedigen.md"
#: The numbers that the recipe takes from its example: where the two parts that the first signature covers begin and end.
FIRST_END, SECOND_START, END = 239740, 244944, 248923


@pytest.fixture(scope="module")
def signers():
    root = make_root()
    return root, *(make_person(name, root, start=utc_now().replace(microsecond=0)) for name in ("Ada Lindqvist", "Bo Ek"))


@pytest.fixture(scope="module")
def report(signers):
    root, caseworker, reviewer = signers
    pdf = short_report(record(Caseworker=caseworker, Reviewer=reviewer))
    for field, holder in (("Caseworker", caseworker), ("Reviewer", reviewer)):
        pdf = signed(pdf, field, holder, root, at=utc_now())
    return pdf


def commands(code):
    """Give the lines of the recipe that are commands, in order."""
    indented = re.findall(r"^    (.+)$", path("help", code, RECIPE).read_text("utf-8"), re.MULTILINE)
    return [line for line in indented if not line.startswith("- ") and "form field" not in line]


def run(command, folder):
    done = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def carry_out(code, folder, report, root):
    """Carry the recipe out on a report, with that report's own numbers for the example's; give what each command said."""
    (folder / "report.pdf").write_bytes(report)
    (folder / "root.pem").write_bytes(root.pem)
    ranges = re.findall(r"\[(\d+) - (\d+)\]", run("pdfsig report.pdf", folder))
    first_end, (second_start, end) = int(ranges[0][1]), (int(number) for number in ranges[1])
    own = {
        str(FIRST_END): str(first_end),
        str(SECOND_START + 1): str(second_start + 1),
        str(END - SECOND_START): str(end - second_start),
        str(END): str(end),
    }
    said = {}
    for line in commands(code):
        command = re.sub("|".join(sorted(own, key=len, reverse=True)), lambda found: own[found[0]], line)
        said[line] = run(command, folder)
    return said


def said_by(said, start):
    return next(words for line, words in said.items() if line.startswith(start))


def test_the_commands_are_the_same_in_every_language():
    assert commands("sv") == commands("en") != []


@pytest.mark.parametrize("code", ["sv", "en"])
def test_a_signed_report_passes_every_step(code, tmp_path, report, signers):
    root, caseworker, _ = signers
    said = carry_out(code, tmp_path, report, root)
    assert root.fingerprint in said_by(said, "openssl x509 -in root.pem").replace(":", "").lower()
    held = said_by(said, "pdfsig -nssdir")
    assert held.count("Signature Validation: Signature is Valid.") == held.count("Certificate Validation: Certificate is Trusted.") == 2
    assert held.rstrip().rindex("Total document signed") > held.rindex("Not total document signed")
    assert not [line for line in said_by(said, "diff").splitlines() if line[:1] in "<>" and "Blåklint" in line]
    assert hashlib.sha256((tmp_path / "assessment.json").read_bytes()).hexdigest() in said_by(said, "sha256sum")
    assert caseworker.fingerprint in said_by(said, "python3 -m json.tool")
    assert "CMS Verification successful" in said_by(said, "openssl cms")
    assert caseworker.fingerprint in said_by(said, "openssl x509 -in signer.pem")


def test_a_changed_report_is_found_out(tmp_path, report, signers):
    place = report.index(b"stream") + 20
    changed = report[:place] + bytes([report[place] ^ 1]) + report[place + 1 :]
    said = carry_out("en", tmp_path, changed, signers[0])
    assert "Digest Mismatch" in said_by(said, "pdfsig -nssdir")
    assert "Verification failure" in said_by(said, "openssl cms")


def test_another_organisations_report_is_not_trusted(tmp_path, report):
    said = carry_out("en", tmp_path, report, make_root("Another root"))
    assert "Certificate is Trusted" not in said_by(said, "pdfsig -nssdir")
    assert "CMS Verification successful" not in said_by(said, "openssl cms")
