"""The page for the minutes: one page in every language, with the whole fingerprint, for an archive, and always the same bytes."""

from __future__ import annotations

import re
import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from cryptography import x509

from desktop.language import LANGUAGES
from desktop.reports.fingerprint_page import fingerprint_layout, render_fingerprint_page
from models import certificate
from tests.desktop.reports.conformance.vera import CheckerMissing, broken_rules
from tests.desktop.reports.editorial import faults
from tests.desktop.reports.page_reading import read_pages

LONG = "Solbackens missionsförsamling för internationellt bistånd och utvecklingssamarbete i öster (påhittad)"


@pytest.fixture(scope="module")
def root() -> x509.Certificate:
    return certificate.make_root(organisation=LONG, key=certificate.new_root_key(), at=datetime(2026, 3, 9))  # noqa: DTZ001


def page(root: x509.Certificate, code: str) -> bytes:
    return render_fingerprint_page(organisation=LONG, root=root, code=code)


@pytest.mark.parametrize("code", LANGUAGES)
def test_it_is_one_page_with_fingerprint_serial_number_and_organisation(root: x509.Certificate, code: str, tmp_path: Path) -> None:
    (tmp_path / "page.pdf").write_bytes(page(root, code))
    said = subprocess.run(["pdftotext", "-layout", "page.pdf", "-"], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert said.count("\f") == 1
    squeezed = "".join(said.split()).upper()
    assert certificate.fingerprint(root).upper() in squeezed
    assert certificate.serial(root).upper() in squeezed
    assert "".join(LONG.split()).upper() in squeezed


def test_it_conforms_in_every_language(root: x509.Certificate, tmp_path: Path) -> None:
    files = [tmp_path / f"{code}.pdf" for code in LANGUAGES]
    for file in files:
        file.write_bytes(page(root, file.stem))
    try:
        assert broken_rules(files) == []
    except CheckerMissing as missing:
        pytest.fail(str(missing))


def test_the_same_certificate_gives_the_same_bytes(root: x509.Certificate) -> None:
    assert page(root, "sv") == page(root, "sv")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_groups_of_the_fingerprint_stand_below_each_other(root: x509.Certificate, code: str) -> None:
    laid_out = fingerprint_layout(organisation=LONG, root=root, code=code)
    groups = [one for one in read_pages(laid_out).words if re.fullmatch(r"[0-9A-F]{4} ?", one.text)]
    digest = certificate.fingerprint(root).upper()
    assert "".join(one.text.strip() for one in groups) == digest
    columns = {round(one.left, 1) for one in groups}
    assert (len(columns), len({round(one.baseline) for one in groups})) == (4, len(digest) // 16)
    assert faults(laid_out) == []
