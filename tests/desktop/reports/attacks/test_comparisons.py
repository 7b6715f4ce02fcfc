"""A comparison names every sealed record that it is made from, and can neither pass for a report nor name what nobody sealed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main
from models.document_kind import BOARD_PAGE, COMPARISON, EMPTY_FORM, FULL_REPORT, PARTNER_FEEDBACK, PUBLIC_RECORD
from tests.desktop.reports.attacks.before_signing import both
from tests.desktop.reports.attacks.lasting import lastingly_signed
from tests.desktop.reports.attacks.test_kinds import by_caseworker, document, judged, metadata, partner, refuses, remarked, said
from tests.desktop.reports.conftest import Signed

FIRST, SECOND, THIRD = "ab" * 32, "cd" * 32, "ef" * 32
NAMED = f"{FIRST} {SECOND} {THIRD}"


def made(reports: Signed, record: str = NAMED, **more: Any) -> bytes:
    return by_caseworker(document(COMPARISON, record=record, **more), reports)


@pytest.mark.parametrize("part", [2, 3])
def test_a_comparison_signed_by_the_caseworker_holds_and_names_its_records(reports: Signed, part: int) -> None:
    verdict = judged(made(reports, part=part), reports, sealed_records=[THIRD, SECOND, FIRST])
    assert (verdict.status, verdict.kind) == ("valid", "comparison"), said(verdict)
    assert (verdict.file.record_sha256, verdict.file.records_sha256) == (None, (FIRST, SECOND, THIRD))
    assert "cannot be computed again from it" in said(verdict, "remark")
    assert "All 3 sealed records" in said(verdict, "good")
    assert verdict.record == "not compared"


def test_an_unsigned_comparison_is_incomplete(reports: Signed) -> None:
    verdict = judged(document(COMPARISON, record=NAMED), reports, sealed_records=[FIRST, SECOND, THIRD])
    assert (verdict.status, verdict.missing_signers) == ("incomplete", ("Caseworker",))


def test_a_comparison_in_the_caseworkers_line_by_somebody_of_another_organisation_is_invalid(reports: Signed) -> None:
    from tests.desktop.reports.samples import make_person, make_root

    other = make_root("Annan organisation")
    forged = lastingly_signed(document(COMPARISON, record=NAMED), "Caseworker", make_person("Ada Lindqvist", other), other)
    assert judged(forged, reports).status == "invalid"


def test_a_comparison_changed_after_signing_is_invalid(reports: Signed) -> None:
    signed = made(reports)
    assert judged(signed.replace(b"obj", b"obk", 1), reports).status in ("invalid", "unreadable")
    renamed = metadata(signed, lambda packet: packet.replace(SECOND.encode(), b"0" * 64))
    assert judged(renamed, reports, sealed_records=[FIRST, SECOND, THIRD]).status == "invalid"
    assert judged(signed + b"\n% more", reports).status == "invalid"


def test_a_comparison_passed_off_as_a_full_report_is_invalid(reports: Signed) -> None:
    for part in (2, 3):
        forged = made(reports, part=part, called="full_report")
        refuses(forged, reports, "lacks the signature field Reviewer")
        refuses(forged, reports, "names several sealed records")
    two_lines = document(COMPARISON, record=NAMED, fields=("Caseworker", "Reviewer"), called="full_report", part=2)
    refuses(both(two_lines, reports), reports, "names several sealed records")


def test_a_full_report_called_a_comparison_to_lose_the_reviewer_is_invalid(reports: Signed) -> None:
    forged = by_caseworker(remarked(reports.none, "full_report", "comparison"), reports)
    refuses(forged, reports, "a field that does not belong to it: Reviewer")
    refuses(forged, reports, "a file that does not belong to it: assessment.json")
    refuses(forged, reports, "made from several sealed records")


@pytest.mark.parametrize("record", ["", FIRST, f"{FIRST} {FIRST}", f"{FIRST} {SECOND} {FIRST}"], ids=["none", "one", "twice", "again"])
def test_a_comparison_of_fewer_than_two_different_records_is_invalid(reports: Signed, record: str) -> None:
    refuses(made(reports, record), reports, "made from several sealed records and names each once")


@pytest.mark.parametrize(
    "record",
    [
        f"{FIRST}  {SECOND}",
        f"{FIRST},{SECOND}",
        f" {FIRST} {SECOND}",
        f"{FIRST} {SECOND[:-1]}",
        f"{FIRST} {SECOND.upper()}",
        " ".join([FIRST] * 7),
    ],
    ids=["two spaces", "comma", "space first", "short", "capitals", "seven"],
)
def test_records_named_in_another_way_than_gedigen_does_are_invalid(reports: Signed, record: str) -> None:
    refuses(made(reports, record), reports, "says more than once, or not clearly")


@pytest.mark.parametrize("kind", [BOARD_PAGE, PUBLIC_RECORD, PARTNER_FEEDBACK, FULL_REPORT, EMPTY_FORM], ids=lambda one: one.name)
def test_no_other_kind_may_name_several_records(reports: Signed, kind: Any) -> None:
    payload = partner() if kind == PARTNER_FEEDBACK else None
    unsigned = document(kind, payload=payload, record=f"{FIRST} {SECOND}")
    refuses(unsigned if not kind.fields else by_caseworker(unsigned, reports), reports, "names several sealed records")


def test_a_vault_must_know_every_record_that_a_comparison_names(reports: Signed) -> None:
    signed = made(reports)
    for known in ([FIRST, SECOND], ["0" * 64]):
        refuses(signed, reports, "are not among those it was compared with", sealed_records=known, registered=[])


def test_full_reports_at_hand_may_be_some_of_those_compared_but_not_none(reports: Signed) -> None:
    signed = made(reports)
    refuses(signed, reports, "2 are among those it was compared with", "incomplete", sealed_records=[FIRST, SECOND])
    refuses(signed, reports, "3 are not among those", sealed_records=["0" * 64])


def test_a_file_inside_a_comparison_is_invalid(reports: Signed) -> None:
    import io

    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(document(COMPARISON, record=NAMED))) as opened:
        opened.attachments["assessment.json"] = reports.payload
        opened.save(out)
    refuses(by_caseworker(out.getvalue(), reports), reports, "a file that does not belong to it: assessment.json")


def test_the_command_line_compares_with_each_full_report_that_is_given(
    reports: Signed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import hashlib

    own = hashlib.sha256(reports.payload).hexdigest()
    (tmp_path / "comparison.pdf").write_bytes(made(reports, f"{own} {SECOND}"))
    (tmp_path / "report.pdf").write_bytes(reports.three)
    (tmp_path / "root.pem").write_bytes(reports.root.pem)
    full = ["--full-report", str(tmp_path / "report.pdf")]
    call = ["--language", "en", "verify", str(tmp_path / "comparison.pdf"), "--root", str(tmp_path / "root.pem"), "--json", *full, *full]
    assert main(call) == 2
    told = json.loads(capsys.readouterr().out)
    assert told["file"]["records_sha256"] == [own, SECOND]
    assert main(call[:-5] + full) == 2
    assert f"SHA-256: {SECOND}" in capsys.readouterr().out
