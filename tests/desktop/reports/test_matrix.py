"""Finished documents over kinds, templates, languages and levels of signature hold by our own verification and by programs of others."""

from __future__ import annotations

import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.reports.verdict import Verdict
from desktop.reports.verification import verify
from tests.desktop.reports.conformance.vera import CheckerMissing, broken_rules
from tests.desktop.reports.matrix import Press, Wanted, every, few
from tests.desktop.reports.samples import NOW, make_root
from tests.desktop.reports.signature_checks import openssl_verifies, openssl_verifies_timestamps, pdfsig_says

#: When they are judged: after the last archive timestamp.
LATER = NOW + timedelta(days=200)
FEW = few()


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with Press() as made:
        yield made


@pytest.fixture(scope="module")
def made(press: Press) -> dict[Wanted, bytes]:
    return {wanted: press.make(wanted) for wanted in FEW}


def judged(pdf: bytes, press: Press) -> Verdict:
    return verify(pdf, root_pem=press.root.pem, tsa_roots_pem=(press.clock.root_pem,), revocation_lists=press.lists, now=LATER)


def rules_broken(documents: Iterable[tuple[str, int, bytes]], folder: Path) -> list[str]:
    files: dict[str, list[Path]] = defaultdict(list)
    for name, part, pdf in documents:
        files[f"{part}a,ua1"].append(folder / f"{name}.pdf")
        files[f"{part}a,ua1"][-1].write_bytes(pdf)
    try:
        return [line for flavours, some in files.items() for line in broken_rules(some, flavours=flavours)]
    except CheckerMissing as missing:
        pytest.fail(str(missing))


def check(wanted: Wanted, pdf: bytes, press: Press, folder: Path) -> None:
    verdict = judged(pdf, press)
    assert verdict.status == "valid", (wanted.name, verdict.sentences)
    assert verdict.kind == wanted.kind.name
    assert openssl_verifies(pdf, press.root, folder) == wanted.signatures
    tokens = wanted.timestamps + (wanted.signatures if wanted.level == "lasting" else 0)
    assert openssl_verifies_timestamps(pdf, press.clock.root, folder, at=LATER) == tokens
    said = pdfsig_says(pdf, folder)
    assert said.count("Signature is Valid") == wanted.signatures
    assert "Total document signed" in said[said.rindex("Signature #") :]
    qpdf = subprocess.run(["qpdf", "--check", "asked.pdf"], cwd=folder, capture_output=True, text=True, check=False)
    assert qpdf.returncode == 0, qpdf.stdout


@pytest.mark.parametrize("wanted", FEW, ids=lambda one: one.name)
def test_a_document_holds_by_our_verification_openssl_poppler_and_qpdf(
    wanted: Wanted, made: dict[Wanted, bytes], press: Press, tmp_path: Path
) -> None:
    check(wanted, made[wanted], press, tmp_path)


def test_they_keep_pdf_a_and_pdf_ua(made: dict[Wanted, bytes], press: Press, tmp_path: Path) -> None:
    unsigned = [(name, 3, pdf) for name, pdf in press.unsigned()]
    assert rules_broken([*((one.name, one.part, pdf) for one, pdf in made.items()), *unsigned], tmp_path) == []


def test_a_changed_byte_an_addition_and_another_root_are_told(made: dict[Wanted, bytes], press: Press) -> None:
    stranger = make_root("Somebody else")
    for wanted, pdf in made.items():
        at = pdf.index(b"stream\n") + 40
        changed = pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]
        assert judged(changed, press).status == "invalid", wanted.name
        assert judged(pdf + b"\n", press).status == "invalid", wanted.name
        assert verify(pdf, root_pem=stranger.pem, now=LATER).status == "invalid", wanted.name


@pytest.mark.full
def test_every_template_kind_and_language_holds(press: Press, tmp_path: Path) -> None:
    documents = []
    for wanted in every():
        pdf = press.make(wanted)
        check(wanted, pdf, press, tmp_path)
        documents.append((wanted.name, wanted.part, pdf))
    for start in range(0, len(documents), 8):
        assert rules_broken(documents[start : start + 8], tmp_path) == []
