"""Somebody signs last with another program, poppler's pdfsig: the report stays valid, under a policy of its own name."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

from desktop.reports.verdict import Verdict
from desktop.reports.verification import verify
from models.database import utc_now
from tests.desktop.reports.attacks import after_signing
from tests.desktop.reports.samples import Holder, make_person, make_root, signed
from tests.desktop.reports.sealed_reports import printed, scored_file, sealed

POLICY = "outside signer, last revision only"


def run(*command: str | Path) -> None:
    assert shutil.which(str(command[0])), f"{command[0]} is needed (Debian: poppler-utils, libnss3-tools)"
    done = subprocess.run([str(one) for one in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def pdfsig_certificate(root: Holder, folder: Path) -> Path:
    """Make a database of NSS with an RSA certificate of the organisation; pdfsig cannot count on the length of others' signatures."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, "Cecilia Öst"), x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Havsstiftelsen")]
    )
    now = utc_now().replace(microsecond=0)
    builder = x509.CertificateBuilder(
        root.certificate.subject, name, key.public_key(), x509.random_serial_number(), now - timedelta(days=1), now + timedelta(days=99)
    )
    other = ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
    allowed = {"digital_signature": True, "content_commitment": True, **dict.fromkeys(other, False)}
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(x509.KeyUsage(**allowed), critical=True)
    held = pkcs12.serialize_key_and_certificates(
        b"chair", key, builder.sign(root.key, hashes.SHA384()), [root.certificate], BestAvailableEncryption(b"x")
    )
    (folder / "chair.p12").write_bytes(held)
    (folder / "root.pem").write_bytes(root.pem)
    database = folder / "nss"
    database.mkdir()
    run("certutil", "-d", f"sql:{database}", "-N", "--empty-password")
    run("certutil", "-d", f"sql:{database}", "-A", "-n", "root", "-t", "CT,C,C", "-i", folder / "root.pem")
    run("pk12util", "-d", f"sql:{database}", "-i", folder / "chair.p12", "-W", "x")
    return database


@dataclass(frozen=True)
class Outside:
    """A report of two signatures, the same signed in the chair's field with another program, and how to sign with it."""

    root: Holder
    before: bytes
    after: bytes
    database: Path

    def sign(self, pdf: bytes, *how: str) -> bytes:
        given, made = self.database.parent / "given.pdf", self.database.parent / "made.pdf"
        given.write_bytes(pdf)
        run("pdfsig", "-nssdir", f"sql:{self.database}", "-nick", "chair", *how, given, made)
        return made.read_bytes()

    def judged(self, pdf: bytes) -> Verdict:
        return verify(pdf, root_pem=self.root.pem)


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Outside:
    root = make_root()
    now = utc_now().replace(microsecond=0)
    people = [make_person(name, root, start=now - timedelta(days=1)) for name in ("Ada Lindqvist", "Bo Ek")]
    pdf = printed(sealed(scored_file(), dict(zip(("Caseworker", "Reviewer"), people, strict=True))), root)
    for field, holder in zip(("Caseworker", "Reviewer"), people, strict=True):
        pdf = signed(pdf, field, holder, root, at=now)
    database = pdfsig_certificate(root, tmp_path_factory.mktemp("outside"))
    unsigned = Outside(root, pdf, b"", database)
    return Outside(root, pdf, unsigned.sign(pdf, "-sign", "Chair"), database)


def test_a_field_signed_with_another_program_stays_valid_under_the_second_policy(outside: Outside) -> None:
    assert outside.after.startswith(outside.before)
    verdict = outside.judged(outside.after)
    assert (verdict.status, verdict.policy, len(verdict.signatures), verdict.file.uncovered_bytes) == ("valid", POLICY, 3, 0)
    assert [one.is_outside for one in verdict.signatures] == [False, False, True]
    assert verdict.record == "agrees"
    assert outside.judged(outside.before).policy == "report"


def test_both_kinds_of_signature_that_the_other_program_makes_are_read(outside: Outside) -> None:
    assert outside.judged(outside.sign(outside.before, "-etsi", "-sign", "Chair")).status == "valid"


def test_an_outside_signature_that_was_changed_is_invalid(outside: Outside) -> None:
    for at in (len(outside.before) + 300, len(outside.after) - 60, len(outside.before) // 2):
        assert outside.judged(after_signing.flipped(outside.after, at)).status == "invalid"
    assert outside.judged(outside.after + b"\n").status == "invalid"


def test_an_outside_signer_of_another_organisation_is_invalid(outside: Outside, tmp_path: Path) -> None:
    stranger = Outside(outside.root, outside.before, b"", pdfsig_certificate(make_root(), tmp_path))
    assert outside.judged(stranger.sign(outside.before, "-sign", "Chair")).status == "invalid"


def test_only_the_last_revision_may_be_another_programs(outside: Outside) -> None:
    changed = after_signing.revised(outside.before, after_signing.overlay)
    assert outside.judged(outside.sign(changed, "-sign", "Chair")).status == "invalid"
    assert outside.judged(after_signing.revised(outside.after, after_signing.title)).status == "invalid"


def test_a_field_of_the_other_programs_own_is_invalid(outside: Outside) -> None:
    added = outside.sign(outside.before, "-add-signature", "-new-signature-field-name", "Board")
    assert outside.judged(added).status == "invalid"
