"""The archive step: a timestamp over the whole file, over and over again, for a report that is to last for decades."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.reports.archive import finish
from desktop.reports.document_timestamp import add_document_timestamp, add_missing_timestamp, awaiting_timestamp, last_timestamp_ends
from desktop.reports.revocation_data import RevocationListRefused
from desktop.reports.timestamp_request import TimestampRefused
from models.database import utc_now
from tests.desktop.reports.conformance.vera import CheckerMissing, broken_rules
from tests.desktop.reports.local_authority import LocalAuthority, authority_root, revocation_list
from tests.desktop.reports.long_term import long_term_status
from tests.desktop.reports.samples import NOW, START, Holder, every_block, make_person, make_root, short_report
from tests.desktop.reports.signature_checks import embedded, openssl_verifies, openssl_verifies_timestamps, pdfsig_says
from tests.desktop.reports.signed_with import signed_by_all, signed_with

FIELDS = {"Caseworker": "Ada Lindqvist", "Reviewer": "Bo Ek", "Chair": "Cecilia Öst"}
LATER = NOW + timedelta(days=30)


@dataclass(frozen=True)
class Kept:
    root: Holder
    people: dict[str, Holder]
    clock: LocalAuthority
    list_: bytes
    offline: list[bytes]
    online: list[bytes]


@pytest.fixture(scope="module")
def kept() -> Iterator[Kept]:
    root, report = make_root(), finish(every_block("en"), now=NOW, payload=b"{}")
    people = {field: make_person(name, root) for field, name in FIELDS.items()}
    list_ = revocation_list(root)
    with LocalAuthority(moment=NOW) as clock:
        offline = signed_by_all(report, people, root, lists=(list_,))
        online = signed_by_all(report, people, root, lists=(list_,), authority=clock.authority())
        yield Kept(root, people, clock, list_, offline, online)


def test_a_timestamp_over_the_whole_is_one_revision_that_ends_at_the_end_of_the_file(kept: Kept, tmp_path: Path) -> None:
    for files in (kept.offline, kept.online):
        before = files[3]
        after = add_document_timestamp(before, authority=kept.clock.authority(), revocation_lists=(kept.list_,), at=NOW)
        assert after.startswith(before)
        assert after.count(b"%%EOF") == before.count(b"%%EOF") + 1
        last = embedded(after)[-1]
        _, _, start, length = (int(number) for number in last.byte_range)
        assert (last.field_name, start + length) == ("Timestamp1", len(after))
        assert openssl_verifies(after, kept.root, tmp_path) == 3
        said = pdfsig_says(after, tmp_path)
        assert said.count("Signature is Valid") == 3
        assert "Total document signed" in said[said.rindex("Signature #") :]


def test_a_renewal_is_numbered_on_and_covers_the_earlier_one(kept: Kept, tmp_path: Path) -> None:
    pdf = kept.online[3]
    for _ in range(3):
        pdf = add_document_timestamp(pdf, authority=kept.clock.authority(), at=NOW)
    assert [one.field_name for one in embedded(pdf)[3:]] == ["Timestamp1", "Timestamp2", "Timestamp3"]
    assert openssl_verifies_timestamps(pdf, kept.clock.root, tmp_path) == 6


def test_every_stage_stays_archivable_and_accessible(kept: Kept, tmp_path: Path) -> None:
    files = [*kept.offline[1:], *kept.online[1:]]
    late = add_missing_timestamp(kept.offline[3], authority=kept.clock.authority(), revocation_lists=(kept.list_,), at=NOW)
    archived = add_document_timestamp(kept.online[3], authority=kept.clock.authority(), at=NOW)
    renewed = add_document_timestamp(archived, authority=kept.clock.authority(), at=NOW)
    paths = []
    for number, content in enumerate([*files, late, archived, renewed]):
        paths.append(tmp_path / f"{number}.pdf")
        paths[-1].write_bytes(content)
    try:
        assert broken_rules(paths) == []
    except CheckerMissing as missing:
        pytest.fail(str(missing))


def test_what_awaits_a_timestamp_is_told(kept: Kept) -> None:
    assert [awaiting_timestamp(pdf) for pdf in kept.offline] == [False, True, True, True]
    assert [awaiting_timestamp(pdf) for pdf in kept.online] == [False] * 4
    late = add_missing_timestamp(kept.offline[3], authority=kept.clock.authority(), at=NOW)
    assert not awaiting_timestamp(late)


def test_a_signature_without_a_network_awaits_one_even_after_others_with(kept: Kept) -> None:
    mixed = signed_with(kept.online[2], "Chair", kept.people["Chair"], kept.root, lists=(kept.list_,))
    assert awaiting_timestamp(mixed)
    covered = signed_with(kept.offline[2], "Chair", kept.people["Chair"], kept.root, authority=kept.clock.authority())
    assert not awaiting_timestamp(covered), "the last signature's timestamp shows that the earlier ones were there"


def test_the_missing_timestamp_is_added_once(kept: Kept) -> None:
    late = add_missing_timestamp(kept.offline[3], authority=kept.clock.authority(), at=NOW)
    assert late.startswith(kept.offline[3])
    assert len(late) > len(kept.offline[3])
    asked = kept.clock.asked
    assert add_missing_timestamp(late, authority=kept.clock.authority(), at=NOW) is late
    assert kept.clock.asked == asked


def test_when_to_renew_is_the_newest_timestamp_s_end(kept: Kept) -> None:
    assert last_timestamp_ends(kept.offline[3]) is None
    assert last_timestamp_ends(kept.online[3]) == START + timedelta(days=3650)
    with LocalAuthority(moment=LATER, start=START, days=7300) as longer:
        renewed = add_document_timestamp(kept.online[3], authority=longer.authority(), at=LATER)
    assert last_timestamp_ends(renewed) == START + timedelta(days=7300)


def test_without_an_answer_there_is_no_timestamp_and_the_file_is_as_it_was(kept: Kept) -> None:
    before = bytes(kept.offline[3])
    with pytest.raises(TimestampRefused, match="not of the authority"):
        add_document_timestamp(kept.offline[3], authority=kept.clock.authority(lists=False, roots=(authority_root().pem,)), at=NOW)
    assert kept.offline[3] == before


def test_what_is_not_signed_or_longer_than_signed_or_damaged_gets_none(kept: Kept) -> None:
    signed = kept.offline[3]
    wrong = {
        kept.offline[0]: "not signed",
        signed + b"\n% more": "after its last signature",
        signed[:-400]: "could not be read",
        b"": "could not",
    }
    for pdf, said in wrong.items():
        with pytest.raises(TimestampRefused, match=said):
            add_document_timestamp(pdf, authority=kept.clock.authority(), at=NOW)
    for look in (awaiting_timestamp, last_timestamp_ends):
        with pytest.raises(TimestampRefused, match="could not be read"):
            look(b"%PDF-1.7")


def test_a_list_that_nobody_in_the_file_has_issued_is_refused(kept: Kept) -> None:
    stranger = revocation_list(make_root("Another organisation"))
    with pytest.raises(RevocationListRefused):
        add_document_timestamp(kept.offline[3], authority=kept.clock.authority(), revocation_lists=(stranger,), at=NOW)


def test_a_renewed_report_holds_eleven_years_later_and_one_that_was_not_renewed_does_not() -> None:
    """Everything lies in the past: the judge takes the real time for now. All certificates but the last timestamp's have ended."""
    today, day = utc_now().replace(microsecond=0), timedelta(days=1)
    then, since = today - 11 * 365 * day, today - 2 * 365 * day
    root = make_root()
    people = {field: make_person(name, root, start=then - 9 * day) for field, name in FIELDS.items()}

    def lists(issuer: Holder, at: int = 0, *, when: object = then) -> tuple[bytes, ...]:
        return (revocation_list(issuer, at=when + at * day, days=40),)  # type: ignore[operator]

    with (
        LocalAuthority(moment=then, start=then - 9 * day, root=authority_root(start=then - 9 * day)) as first,
        LocalAuthority(moment=since, start=since - 9 * day, root=authority_root(start=since - 9 * day)) as second,
    ):
        before = replace(first.authority(), revocation_lists=lists(first.root, -1))
        signed = signed_by_all(short_report(), people, root, lists=lists(root, -1), authority=before, at=then)[3]
        first.moment = then + 3 * day
        fresh = replace(first.authority(), revocation_lists=lists(first.root, 2))
        archived = add_document_timestamp(signed, authority=fresh, revocation_lists=lists(root, 2), at=then + 3 * day)
        new = replace(second.authority(), revocation_lists=lists(second.root, -1, when=since))
        renewed = add_document_timestamp(archived, authority=new, revocation_lists=lists(first.root, -1, when=since), at=since)
        roots = [root, first.root, second.root]
        now = lists(second.root, -1, when=today)
    assert last_timestamp_ends(archived) < today < last_timestamp_ends(renewed)  # type: ignore[operator]
    assert [long_term_status(renewed, number, roots=roots, at=today, lists=now) for number in range(3)] == ["OK"] * 3
    assert long_term_status(archived, 0, roots=roots, at=today, lists=now) != "OK"
    assert long_term_status(signed, 0, roots=roots, at=today, lists=now) != "OK"
