"""``gedigen verify`` takes root certificates, lists and a full report from files, and says all that a verdict rests on."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.cli import main
from models.database import utc_now
from models.document_kind import BOARD_PAGE
from tests.desktop.reports.attacks.lasting import both, lastingly_signed
from tests.desktop.reports.attacks.test_kinds import document
from tests.desktop.reports.local_authority import LocalAuthority, revocation_list
from tests.desktop.reports.samples import make_person, make_root
from tests.desktop.reports.sealed_reports import printed, scored_file, sealed


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("given")
    root = make_root()
    begun = utc_now().replace(microsecond=0) - timedelta(days=1)
    people = [make_person(name, root, start=begun) for name in ("Ada Lindqvist", "Bo Ek")]
    file = sealed(scored_file(), dict(zip(("Caseworker", "Reviewer"), people, strict=True)))
    assert file.seal is not None
    with LocalAuthority() as clock:
        full = both(printed(file, root), root, people, authority=clock.authority(), at=utc_now())
    page = lastingly_signed(document(BOARD_PAGE, record=file.seal.sha256), "Caseworker", people[0], root, at=utc_now())
    other = lastingly_signed(document(BOARD_PAGE), "Caseworker", people[0], root, at=utc_now())
    contents = {
        "full.pdf": full,
        "page.pdf": page,
        "other.pdf": other,
        "root.pem": root.pem,
        "clock.pem": clock.root_pem,
        "org.crl": revocation_list(root),
        "none.pem": b"nothing",
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return folder


def verified(given: Path, file: str, *options: str) -> list[str]:
    named = [str(given / one) if (given / one).exists() else one for one in options]
    return ["--language", "en", "verify", str(given / file), "--root", str(given / "root.pem"), *named]


def test_what_is_given_is_counted_and_said(given: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(verified(given, "full.pdf", "--tsa-root", "clock.pem", "--crl", "org.crl")) == 0
    told = capsys.readouterr().out
    said = (
        "proves that it was signed by",
        "Level B-T.",
        "is revoked by",
        "Kind: Full report",
        "without a network",
        "Added after it: Reviewer",
    )
    for words in said:
        assert words in told
    assert main(verified(given, "full.pdf", "--json")) == 0
    known = json.loads(capsys.readouterr().out)
    assert [one["timestamp"]["belief"] for one in known["signatures"]] == ["unknown", "unknown"]
    assert (known["revocation"], known["network"]) == ("not checked", "offline")


def test_an_extract_is_compared_with_the_full_report(given: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(verified(given, "page.pdf", "--full-report", "full.pdf")) == 0
    assert "one of those it was compared with" in capsys.readouterr().out
    assert main(verified(given, "other.pdf", "--full-report", "full.pdf")) == 1
    assert "not among those it was compared with" in capsys.readouterr().out
    assert main(verified(given, "page.pdf", "--full-report", "page.pdf")) == 66
    assert "not a valid full report" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--tsa-root", "--crl"])
def test_what_is_not_what_it_was_given_as_is_refused(given: Path, option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(verified(given, "full.pdf", option, "none.pem")) == 66
    assert "Nothing was verified" in capsys.readouterr().err
    assert main(verified(given, "full.pdf", option, "there-is-no-such-file")) == 66
