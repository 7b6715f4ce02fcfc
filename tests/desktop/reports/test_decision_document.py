"""The decision document says what the minutes say, is tied to record and report by hash, and holds as an archive file before and after
its signature."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from desktop.language import LANGUAGES, language
from desktop.reports.decision_content import decision_layout
from desktop.reports.verification import verify
from forms.canonical import canonical_json
from models.cards import RapidTerms
from models.stops import met_stops
from resources import path
from tests.desktop.reports.conformance.vera import CheckerMissing, broken_rules
from tests.desktop.reports.conftest import Signed
from tests.desktop.reports.decision_samples import RECORDED, decided, document
from tests.desktop.reports.json_schema import faults
from tests.desktop.reports.samples import Holder, make_person, signed

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def recorder(reports: Signed) -> Holder:
    return make_person("Ruth Bergman", reports.root)


def attached(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as read:
        assert list(read.attachments) == ["decision.json"]
        return read.attachments["decision.json"].get_file().read_bytes()


def printed(pdf: bytes, tmp_path: Path) -> str:
    (tmp_path / "decision.pdf").write_bytes(pdf)
    said = subprocess.run(["pdftotext", "-raw", tmp_path / "decision.pdf", "-"], capture_output=True, text=True, check=True).stdout
    return re.sub(r"\s+", " ", said)


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_ordinary_decision_is_one_page_in_every_language(code: str) -> None:
    file, one = decided(code=code)
    assert decision_layout(file, one, language(code), organisation="Havsstiftelsen", root_fingerprint="12" * 32).pages == 1


def test_many_waivers_and_conditions_run_over_to_a_second_page() -> None:
    file, one = decided(stops=True, many=4)
    assert decision_layout(file, one, language("en"), root_fingerprint="12" * 32).pages == 2


def test_everything_that_the_minutes_say_is_on_the_page(tmp_path: Path) -> None:
    file, one = decided(stops=True, departure="Läget har ändrats sedan rekommendationen skrevs.")
    said, draft = printed(document(file, one, "en"), tmp_path), one.card.draft
    assert draft.waivers
    assert file.seal is not None
    wanted = [
        "Extract of the minutes",
        "Decision: decline",
        draft.body,
        "Protokoll 2026-04, § 12",
        "2 Apr 2026",
        draft.took_no_part,
        draft.departure,
        *(waiver.limit.strip() for waiver in draft.waivers),
        "31 Dec 2026",
        file.card.case_number,
        file.partner.name,
        "Ruth Bergman",
        "Recorded 3 Apr 2026, 09:00 UTC",
        *(condition.text for condition in draft.conditions),
    ]
    assert [words for words in wanted if words not in said] == []
    joined = said.replace(" ", "")
    assert file.seal.sha256 in joined
    assert [card.sha256 for card in one.reports if card.sha256 not in joined] == []


def test_a_stop_that_is_not_waived_is_named_as_such(tmp_path: Path) -> None:
    file, one = decided(stops=True, waivers=())
    said = printed(document(file, one, "en"), tmp_path)
    assert "Not waived:" in said
    assert len(met_stops(file)) == said.count("•")


def test_without_a_report_before_the_decision_only_the_record_is_named(tmp_path: Path) -> None:
    file, one = decided()
    said = printed(document(file, replace(one, reports=()), "en"), tmp_path)
    assert "No report of it was registered before the decision was recorded" in said


def test_what_a_rapid_start_is_granted_is_said(tmp_path: Path) -> None:
    file, one = decided(outcome="approve", conditions=(), granted_minor=12_000_000, granted_until=RECORDED.date() + timedelta(days=60))
    day = RECORDED.date()
    terms = RapidTerms(20_000_000, "SEK", day + timedelta(days=90), "Styrelsen", day + timedelta(days=180), "Översvämning")
    file = replace(file, card=replace(file.card, draft=replace(file.card.draft, kind="rapid", rapid=terms)))
    assert "SEK 120,000, until 2 Jun 2026" in printed(document(file, one, "en"), tmp_path).replace("\u00a0", " ")
    granted = json.loads(attached(document(file, one, "en")))["decision"]["granted"]
    assert granted == {"amount_minor": 12_000_000, "currency": "SEK", "until": "2026-06-02"}


def _schema() -> dict[str, Any]:
    return dict(json.loads(path("schemas", "gedigen-decision-1.json").read_text("utf-8")))


def test_what_travels_inside_is_canonical_and_as_the_schema_says() -> None:
    for made in (decided(), decided(stops=True, many=3), decided(outcome="postpone", conditions=(), next_due=None)):
        inside = attached(document(*made, "sv"))
        said = json.loads(inside)
        assert canonical_json(said) == inside
        assert list(faults(said, _schema())) == []
        file, one = made
        assert file.seal is not None
        assert said["about"]["record_sha256"] == file.seal.sha256
        assert [report["sha256"] for report in said["about"]["reports"]] == [card.sha256 for card in one.reports]
        assert attached(document(*made, "en")) == inside


def test_a_decision_that_says_more_or_less_is_told() -> None:
    said = json.loads(attached(document(*decided(), "sv")))
    said["more"] = 1
    del said["about"]["record_sha256"]
    said["decision"]["outcome"] = "perhaps"
    assert len(list(faults(said, _schema()))) == 3


def test_the_same_decision_gives_the_same_bytes_in_two_processes_and_time_zones() -> None:
    def child(zone: str) -> str:
        command = [sys.executable, "-m", "tests.desktop.reports.decision_samples"]
        return subprocess.run(command, cwd=ROOT, env={**os.environ, "TZ": zone}, capture_output=True, text=True, check=True).stdout

    assert len({child("UTC"), child("Pacific/Auckland")}) == 1


def test_it_conforms_before_and_after_its_signature(reports: Signed, recorder: Holder, tmp_path: Path) -> None:
    def each() -> Iterator[bytes]:
        for code in LANGUAGES:
            yield document(*decided(code=code), code, root=reports.root, recorder=recorder)
        full = document(*decided(stops=True, many=4), "sv", root=reports.root, recorder=recorder)
        yield full
        yield signed(full, "Recorder", recorder, reports.root, certify=True, at=RECORDED)

    files = []
    for number, content in enumerate(each()):
        files.append(tmp_path / f"{number}.pdf")
        files[-1].write_bytes(content)
    try:
        assert broken_rules(files) == []
    except CheckerMissing as missing:
        pytest.fail(str(missing))


def test_signed_by_its_recorder_it_is_valid_and_unsigned_it_is_not_complete(reports: Signed, recorder: Holder) -> None:
    unsigned = document(*decided(), "sv", root=reports.root, recorder=recorder)
    done = signed(unsigned, "Recorder", recorder, reports.root, certify=True, at=RECORDED)
    later = RECORDED + timedelta(days=1)
    verdict = verify(done, root_pem=reports.root.pem, now=later)
    assert (verdict.status, verdict.kind) == ("valid", "decision"), verdict.sentences
    assert verify(unsigned, root_pem=reports.root.pem, now=later).status == "incomplete"
    assert verify(done + b"\n", root_pem=reports.root.pem, now=later).status == "invalid"


def test_pdfsig_and_openssl_find_the_signature_good(reports: Signed, recorder: Holder, tmp_path: Path) -> None:
    unsigned = document(*decided(), "sv", root=reports.root, recorder=recorder)
    done = signed(unsigned, "Recorder", recorder, reports.root, certify=True, at=RECORDED)
    (tmp_path / "root.pem").write_bytes(reports.root.pem)
    (tmp_path / "decision.pdf").write_bytes(done)
    store = f"sql:{tmp_path}"
    subprocess.run(["certutil", "-d", store, "-N", "--empty-password"], check=True, capture_output=True)
    subprocess.run(["certutil", "-d", store, "-A", "-n", "root", "-t", "CT,C,C", "-i", tmp_path / "root.pem"], check=True)
    told = subprocess.run(["pdfsig", "-nssdir", store, tmp_path / "decision.pdf"], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in told
    assert "Total document signed" in told
    match = re.search(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\s*\]", done)
    assert match is not None
    first, length, start, rest = map(int, match.groups())
    (tmp_path / "signature.der").write_bytes(bytes.fromhex(done[first + length + 1 : start - 1].decode()))
    (tmp_path / "content").write_bytes(done[first : first + length] + done[start : start + rest])
    command = (
        "openssl cms -verify -inform DER -in signature.der -content content -binary -CAfile root.pem -purpose any -cades -out /dev/null"
    )
    moment = str(int((RECORDED - RECORDED.replace(year=1970, month=1, day=1, hour=0)).total_seconds()))
    ended = subprocess.run([*command.split(), "-attime", moment], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
