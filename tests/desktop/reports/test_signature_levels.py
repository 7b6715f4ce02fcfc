"""A signature carries what it takes to judge it later, in one revision, with a network and without."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pytest

from desktop.reports.revocation_data import RevocationListRefused
from desktop.reports.signing import SigningRefused
from tests.desktop.reports.local_authority import LocalAuthority, revocation_list
from tests.desktop.reports.samples import NOW, Holder, make_person, make_root, short_report
from tests.desktop.reports.signature_checks import embedded, openssl_verifies, openssl_verifies_timestamps, pdfsig_says
from tests.desktop.reports.signed_with import signed_by_all, signed_with

FIELDS = {"Caseworker": "Ada Lindqvist", "Reviewer": "Bo Ek", "Chair": "Cecilia Öst"}


@dataclass(frozen=True)
class Levels:
    root: Holder
    people: dict[str, Holder]
    clock: LocalAuthority
    list_: bytes
    report: bytes
    plain: list[bytes]
    offline: list[bytes]
    online: list[bytes]


@pytest.fixture(scope="module")
def levels() -> Iterator[Levels]:
    root, report = make_root(), short_report()
    people = {field: make_person(name, root) for field, name in FIELDS.items()}
    list_ = revocation_list(root)
    with LocalAuthority(moment=NOW) as clock:
        plain = signed_by_all(report, people, root)
        offline = signed_by_all(report, people, root, lists=(list_,))
        online = signed_by_all(report, people, root, lists=(list_,), authority=clock.authority())
        yield Levels(root, people, clock, list_, report, plain, offline, online)


def store(pdf: bytes) -> tuple[list[bytes], list[bytes]]:
    """Give the certificates and the revocation lists that a file carries."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        kept = opened.Root.get("/DSS", pikepdf.Dictionary())
        assert "/VRI" not in kept
        return tuple([one.read_bytes() for one in kept.get(name, ())] for name in ("/Certs", "/CRLs"))  # type: ignore[return-value]


def test_whatever_is_at_hand_each_signature_is_one_revision_that_ends_at_the_end_of_the_file(levels: Levels) -> None:
    for files in (levels.plain, levels.offline, levels.online):
        for before, after in itertools.pairwise(files):
            assert after.startswith(before)
            last = embedded(after)[-1]
            first, _, start, length = (int(number) for number in last.byte_range)
            assert (first, start + length) == (0, len(after))
            assert after.count(b"%%EOF") == before.count(b"%%EOF") + 1


def test_without_anything_at_hand_nothing_is_put_beside_the_signature(levels: Levels) -> None:
    assert b"/DSS" not in levels.plain[3]
    with pikepdf.open(io.BytesIO(levels.plain[3])) as opened:
        assert "/DSS" not in opened.Root


def test_offline_the_file_carries_certificates_and_list_from_the_first_signature_on(levels: Levels) -> None:
    for number, pdf in enumerate(levels.offline[1:], start=1):
        certificates, lists = store(pdf)
        assert len(certificates) == 1 + number, "the root once, and each signer so far"
        assert lists == [levels.list_]


def test_online_it_carries_the_authority_s_too(levels: Levels) -> None:
    certificates, lists = store(levels.online[3])
    assert len(certificates) == 6
    assert set(lists) == {levels.list_, levels.clock.revocation_list}


def test_later_signatures_extend_the_one_store_that_is_there(levels: Levels) -> None:
    numbers = set()
    for pdf in levels.online[1:]:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            numbers.add(opened.Root.DSS.objgen)
    assert len(numbers) == 1


def test_online_each_signature_has_a_timestamp_that_openssl_verifies(levels: Levels, tmp_path: Path) -> None:
    assert openssl_verifies(levels.online[3], levels.root, tmp_path) == 3
    assert openssl_verifies_timestamps(levels.online[3], levels.clock.root, tmp_path) == 3
    assert openssl_verifies_timestamps(levels.offline[3], levels.clock.root, tmp_path) == 0


def test_poppler_finds_all_three_valid_and_the_last_over_the_whole(levels: Levels, tmp_path: Path) -> None:
    for files in (levels.offline, levels.online):
        said = pdfsig_says(files[3], tmp_path)
        assert said.count("Signature is Valid") == 3
        assert "Total document signed" in said[said.rindex("Signature #") :]


def test_the_authority_is_asked_once_for_each_signature_after_the_first(levels: Levels) -> None:
    asked = levels.clock.asked
    signed_with(levels.report, "Caseworker", levels.people["Caseworker"], levels.root, authority=levels.clock.authority())
    assert levels.clock.asked == asked + 1


def test_a_withdrawn_certificate_signs_nothing(levels: Levels) -> None:
    ada = levels.people["Caseworker"]
    withdrawn = revocation_list(levels.root, withdrawn=(ada.certificate,))
    with pytest.raises(SigningRefused, match="withdrawn"):
        signed_with(levels.report, "Caseworker", ada, levels.root, lists=(withdrawn,))


def test_a_revocation_list_of_somebody_else_or_in_pieces_is_refused(levels: Levels) -> None:
    ada, stranger = levels.people["Caseworker"], make_root()
    for wrong in (revocation_list(stranger), levels.list_[:-10], b"no list"):
        with pytest.raises(RevocationListRefused):
            signed_with(levels.report, "Caseworker", ada, levels.root, lists=(levels.list_, wrong))


def test_a_list_of_the_authority_that_it_has_not_signed_is_refused(levels: Levels) -> None:
    wrong = replace(levels.clock.authority(), revocation_lists=(levels.list_,))
    with pytest.raises(RevocationListRefused):
        signed_with(levels.report, "Caseworker", levels.people["Caseworker"], levels.root, authority=wrong)
