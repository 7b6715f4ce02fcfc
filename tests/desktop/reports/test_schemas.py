"""What other programs are told to expect is what they get: verdicts and sealed records are as the shipped schemas say."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from desktop.cli import main
from desktop.reports.recomputed import SCHEMA
from desktop.reports.record import SCHEMA as WRITTEN
from desktop.reports.verdict import Verdict
from desktop.reports.verification import verify
from resources import path
from tests.desktop.reports.conftest import Signed
from tests.desktop.reports.json_schema import faults
from tests.desktop.reports.sample_file import sample_file, template
from tests.desktop.reports.samples import NOW
from tests.desktop.reports.sealed_reports import scored_file, sealed


def schema(name: str) -> dict[str, Any]:
    return dict(json.loads(path("schemas", name).read_text("utf-8")))


def test_every_kind_of_verdict_is_as_the_schema_says(reports: Signed) -> None:
    changed = bytearray(reports.two)
    changed[-2000] ^= 1
    for pdf in (reports.none, reports.one, reports.two, reports.three, bytes(changed), b"", b"%PDF-1.7\nrubbish", reports.two[:-99]):
        for root in (None, reports.root.pem):
            verdict = verify(pdf, root_pem=root, now=NOW + timedelta(days=1), registered=["0" * 64])
            assert list(faults(json.loads(verdict.to_json()), schema("verdict-1.json"))) == []


def test_the_schema_names_every_part_of_a_verdict() -> None:
    parts = msgspec.json.schema(Verdict)["$defs"]
    shipped = schema("verdict-1.json")["$defs"]
    assert {name: sorted(part["properties"]) for name, part in parts.items()} == {
        name: sorted(part["properties"]) for name, part in shipped.items()
    }
    assert all(part["additionalProperties"] is False for part in shipped.values())


def test_the_command_line_prints_what_the_schema_says(
    reports: Signed, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path_factory.mktemp("json")
    (folder / "report.pdf").write_bytes(reports.three)
    (folder / "root.pem").write_bytes(reports.root.pem)
    assert main(["--language", "en", "verify", str(folder / "report.pdf"), "--root", str(folder / "root.pem"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert list(faults(told, schema("verdict-1.json"))) == []
    assert (told["status"], told["kind"], told["record"]) == ("valid", "full_report", "agrees")


@pytest.mark.parametrize("renewal", [False, True])
def test_a_sealed_record_is_as_the_schema_says(reports: Signed, renewal: bool) -> None:
    signers = {"Caseworker": reports.caseworker, "Reviewer": reports.reviewer}
    for file in (scored_file(), scored_file(template(), renewal=renewal), sample_file(stops=True, sealed=False)):
        done = sealed(file, signers)
        assert done.seal is not None
        assert list(faults(json.loads(done.seal.record), schema("gedigen-record-1.json"))) == []


def test_a_record_that_says_more_or_less_is_told(reports: Signed) -> None:
    record = json.loads(reports.payload)
    record["more"] = 1
    del record["audit"]
    record["answers"][0]["state"] = "perhaps"
    told = list(faults(record, schema("gedigen-record-1.json")))
    assert len(told) == 3, told


def test_what_is_written_is_what_is_read() -> None:
    assert WRITTEN == SCHEMA
