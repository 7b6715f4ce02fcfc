"""Reports keep PDF/A-3a and PDF/UA-1, before and after each signature; poppler and openssl agree with our own verification."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import pikepdf
import pytest

from desktop.reports.archive import finish
from tests.desktop.reports.conformance.vera import CheckerMissing, broken_rules
from tests.desktop.reports.conftest import Signed
from tests.desktop.reports.samples import NOW, every_block, signed


def rules_broken_by(files: list[Path]) -> list[str]:
    try:
        return broken_rules(files)
    except CheckerMissing as missing:
        pytest.fail(str(missing))


def test_a_report_of_every_block_conforms_before_and_after_each_signature(reports: Signed, tmp_path: Path) -> None:
    english = finish(every_block("en"), now=NOW, payload=reports.payload)
    one = signed(english, "Caseworker", reports.caseworker, reports.root)
    two = signed(one, "Reviewer", reports.reviewer, reports.root)
    three = signed(two, "Chair", reports.chair, reports.root)
    contents = [english, finish(every_block("sv"), now=NOW), one, two, three]
    files = [tmp_path / f"{number}.pdf" for number in range(len(contents))]
    for file, content in zip(files, contents, strict=True):
        file.write_bytes(content)
    assert rules_broken_by(files) == []


def test_the_checker_sees_what_is_missing(reports: Signed, tmp_path: Path) -> None:
    file = tmp_path / "broken.pdf"
    with pikepdf.open(io.BytesIO(reports.none)) as pdf:
        del pdf.Root["/Lang"]
        del pdf.Root["/OutputIntents"]
        pdf.save(file)
    flavours = {line.split("\t")[0] for line in rules_broken_by([file])}
    assert flavours == {"3a", "ua1"}


def test_openssl_verifies_each_signature(reports: Signed, tmp_path: Path) -> None:
    (tmp_path / "root.pem").write_bytes(reports.root.pem)
    found = 0
    for match in re.finditer(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\s*\]", reports.three):
        first, length, start, rest = map(int, match.groups())
        container = bytes.fromhex(reports.three[first + length + 1 : start - 1].decode())
        (tmp_path / "signature.der").write_bytes(container)
        (tmp_path / "content").write_bytes(reports.three[first : first + length] + reports.three[start : start + rest])
        command = (
            "openssl cms -verify -inform DER -in signature.der -content content -binary -CAfile root.pem -purpose any -cades -out /dev/null"
        )
        ended = subprocess.run([*command.split(), "-attime", "1773057600"], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr
        found += 1
    assert found == 3


def test_poppler_calls_each_signature_valid_and_the_last_total(reports: Signed, tmp_path: Path) -> None:
    (tmp_path / "three.pdf").write_bytes(reports.three)
    output = subprocess.run(["pdfsig", "-nocert", "three.pdf"], cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    assert output.count("Signature is Valid") == 3
    assert "Total document signed" in output[output.rindex("Signature #") :]
