"""Timestamps, revocation lists and the store of both: lawful files of every level hold, and every forgery is told, with its reason."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from desktop.language import language
from desktop.reports.document_timestamp import add_document_timestamp
from desktop.reports.verdict import Verdict
from desktop.reports.verification import verify
from desktop.reports.verifying_child import run_limited
from tests.desktop.reports.attacks import after_signing
from tests.desktop.reports.attacks import lasting as made
from tests.desktop.reports.attacks.lasting import Lasting, archived, both, lastingly_signed, recontained, revoked, slipped, stamped
from tests.desktop.reports.conftest import Signed
from tests.desktop.reports.local_authority import LocalAuthority, authority_root, revocation_list
from tests.desktop.reports.samples import NOW, START, make_person, make_root
from tests.desktop.reports.sealed_reports import printed, scored_file, sealed

ADDED = "Something other than a further signature or timestamp"
DAY, YEAR = timedelta(days=1), timedelta(days=365)
IN_THREE, IN_TEN = NOW + 3 * YEAR, NOW + 10 * YEAR


@pytest.fixture(scope="module")
def lasting(reports: Signed) -> Iterator[Lasting]:
    with LocalAuthority(moment=NOW) as clock:
        good = revocation_list(reports.root)
        people = (reports.caseworker, reports.reviewer)
        offline = both(reports.none, reports.root, people, lists=(good,))
        lt = both(reports.none, reports.root, people, lists=(good,), authority=clock.authority())
        lta = add_document_timestamp(lt, authority=clock.authority(), revocation_lists=(good,), at=NOW)
        yield Lasting(reports.root, *people, clock, good, reports.none, offline, lt, lta)


def judged(pdf: bytes, lasting: Lasting, *, now: datetime = NOW + DAY, clocks: tuple[bytes, ...] | None = None, **known: object) -> Verdict:
    roots = (lasting.clock.root_pem,) if clocks is None else clocks
    return verify(pdf, root_pem=lasting.root.pem, tsa_roots_pem=roots, now=now, **known)  # type: ignore[arg-type]


def said(verdict: Verdict, *kinds: str) -> str:
    wanted = kinds or ("problem", "missing", "unreadable")
    return " ".join(language("en").text(one.message, **one.params) for one in verdict.sentences if one.kind in wanted)


def refuses(pdf: bytes, lasting: Lasting, reason: str, status: str = "invalid", **known: object) -> None:
    verdict = judged(pdf, lasting, **known)  # type: ignore[arg-type]
    assert verdict.status == status, said(verdict)
    assert reason in said(verdict)


# --- lawful files -----------------------------------------------------------------------------------------------------------------------


def test_lawful_files_of_every_level_hold(lasting: Lasting) -> None:
    chair = make_person("Cecilia Öst", lasting.root)
    closed = lastingly_signed(lasting.lt, "Chair", chair, lasting.root, lists=(lasting.good,), authority=lasting.authority)
    files = {
        "B-B": both(lasting.none, lasting.root, (lasting.caseworker, lasting.reviewer)),
        "B-B with lists": lasting.offline,
        "B-T": both(lasting.none, lasting.root, (lasting.caseworker, lasting.reviewer), authority=lasting.clock.authority(lists=False)),
        "B-LT": lasting.lt,
        "B-LT, three": closed,
        "B-LTA": lasting.lta,
        "B-LTA, three": archived(closed, lasting),
        "B-LTA, renewed": archived(lasting.lta, lasting),
        "B-LTA, offline": archived(lasting.offline, lasting),
    }
    for name, pdf in files.items():
        verdict = judged(pdf, lasting)
        assert (verdict.status, verdict.file.uncovered_bytes) == ("valid", 0), (name, said(verdict))
        assert {one.level for one in verdict.signatures} == {name.split(" ")[0].rstrip(",")}, name
        assert verdict.revocation == ("not checked" if name in ("B-B", "B-T") else "good"), name
        assert all(one.proven_at is None for one in verdict.signatures) == name.startswith("B-B"), name


def test_a_timestamp_counts_only_by_a_root_that_was_given(lasting: Lasting) -> None:
    verdict = judged(lasting.lta, lasting, clocks=())
    assert (verdict.status, [one.proven_at for one in verdict.signatures]) == ("valid", [None, None])
    assert "no root certificate for it was given" in said(verdict, "remark")
    refuses(lasting.lta, lasting, "not by an authority that was given", "incomplete", clocks=(make_root("Another clock").pem,))


def test_after_three_years_only_what_carries_a_timestamp_holds(lasting: Lasting) -> None:
    for pdf in (lasting.lt, lasting.lta, archived(lasting.offline, lasting)):
        verdict = judged(pdf, lasting, now=IN_THREE)
        assert verdict.status == "valid", said(verdict)
        assert "a timestamp proves that it was signed before" in said(verdict, "remark")
    refuses(lasting.offline, lasting, "nothing proves that it was signed before", "incomplete", now=IN_THREE)
    late = archived(lasting.offline, lasting, at=IN_THREE)
    refuses(late, lasting, "nothing proves that it was signed before", "incomplete", now=IN_THREE + DAY)


def test_after_ten_years_only_what_was_renewed_in_time_holds(lasting: Lasting) -> None:
    refuses(lasting.lta, lasting, "nothing proves that it was signed before", "incomplete", now=IN_TEN)
    assert "no later one renewed it" in said(judged(lasting.lta, lasting, now=IN_TEN), "remark")
    with LocalAuthority(start=NOW + 7 * YEAR, days=7300, root=lasting.clock.root) as next_clock:
        for moment, status in ((NOW + 8 * YEAR, "valid"), (IN_TEN, "incomplete")):
            next_clock.moment = moment
            renewed = add_document_timestamp(lasting.lta, authority=next_clock.authority(), at=moment)
            for now in (IN_TEN + DAY, NOW + 15 * YEAR):
                verdict = judged(renewed, lasting, now=now)
                assert verdict.status == status, said(verdict)
        next_clock.moment = NOW + 8 * YEAR
        again = add_document_timestamp(lasting.lta, authority=next_clock.authority(), at=NOW + 8 * YEAR)
    assert judged(again, lasting, now=NOW + 15 * YEAR).signatures[0].proven_at == NOW.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_a_file_that_the_vault_knows_need_not_prove_its_age(lasting: Lasting) -> None:
    known = [hashlib.sha256(lasting.offline).hexdigest()]
    assert judged(lasting.offline, lasting, now=IN_TEN, registered=known).status == "valid"


# --- the time ---------------------------------------------------------------------------------------------------------------------------


def test_a_timestamp_by_another_authority_proves_nothing(lasting: Lasting) -> None:
    with LocalAuthority(moment=NOW) as other:
        refuses(stamped(lasting.lt, other), lasting, "not by an authority that was given", "incomplete")
        over = add_document_timestamp(lasting.lt, authority=other.authority(), at=NOW)
        refuses(over, lasting, "not by an authority that was given", "incomplete")
        renewed = add_document_timestamp(lasting.lta, authority=other.authority(), at=NOW)
        refuses(renewed, lasting, "not by an authority that was given", "incomplete")


def test_a_name_alike_is_not_the_authority(lasting: Lasting) -> None:
    """The stranger's root has the same name as the authority's, and so has its clock."""
    alike = authority_root(name=lasting.clock.root.certificate.subject)
    with LocalAuthority(moment=NOW, root=alike) as other:
        verdict = judged(stamped(lasting.lt, other), lasting)
    assert verdict.signatures[-1].timestamp is not None
    assert verdict.signatures[-1].timestamp.belief == "other"


def test_the_organisation_may_not_vouch_for_time(lasting: Lasting) -> None:
    with LocalAuthority(moment=NOW, root=lasting.root) as own:
        forged = stamped(lasting.lt, own)
        refuses(forged, lasting, "cannot vouch for the time itself", "incomplete")
        refuses(forged, lasting, "cannot vouch for the time itself", "incomplete", clocks=(lasting.root.pem, lasting.clock.root_pem))


def test_a_certificate_that_is_not_a_clocks_proves_nothing(lasting: Lasting) -> None:
    with LocalAuthority(moment=NOW, root=lasting.clock.root, purpose=ExtendedKeyUsageOID.CODE_SIGNING) as other:
        refuses(stamped(lasting.lt, other), lasting, "not by an authority that was given", "incomplete")


def test_a_clock_whose_certificate_had_ended_proves_nothing(lasting: Lasting) -> None:
    with LocalAuthority(moment=NOW, root=lasting.clock.root, days=20) as ended:
        refuses(stamped(lasting.lt, ended), lasting, "not by an authority that was given", "incomplete")
        backdated = judged(stamped(lasting.lt, ended, at=START + 10 * DAY), lasting).signatures[-1]
        assert backdated.timestamp is not None
        assert (backdated.timestamp.belief, backdated.proven_at) == ("ended", None)


def test_a_revoked_clock_proves_nothing(lasting: Lasting) -> None:
    clock = replace(lasting.root, certificate=lasting.clock.certificate)
    gone = revoked(lasting.clock.root, clock, since=START + DAY, reason=x509.ReasonFlags.superseded)
    refuses(lasting.lta, lasting, "the authority’s certificate was revoked", "incomplete", revocation_lists=[gone])
    later = revoked(lasting.clock.root, clock, since=NOW + DAY, reason=x509.ReasonFlags.superseded)
    assert judged(lasting.lta, lasting, now=NOW + 9 * DAY, revocation_lists=[later]).status == "valid"
    stolen = revoked(lasting.clock.root, clock, since=NOW + DAY, reason=x509.ReasonFlags.key_compromise)
    refuses(lasting.lta, lasting, "the authority’s certificate was revoked", "incomplete", now=NOW + 9 * DAY, revocation_lists=[stolen])


def test_a_timestamp_of_something_else_is_invalid(lasting: Lasting) -> None:
    forged = stamped(lasting.lt, lasting.clock, digest=hashlib.sha256(b"another signature").digest())
    refuses(forged, lasting, "is not of this signature, or was changed")
    refuses(recontained(lasting.lt, made.with_later_time), lasting, "is not of this signature, or was changed")


def test_a_timestamp_over_another_file_is_invalid(lasting: Lasting) -> None:
    start = lasting.lta.rindex(b"/Contents <") + len(b"/Contents <")
    end = lasting.lta.index(b">", start)
    token = made.token_of(lasting.clock, hashlib.sha256(b"another file").digest()).dump().hex().encode()
    refuses(lasting.lta[:start] + token.ljust(end - start, b"0") + lasting.lta[end:], lasting, "is not of this file, or was changed")


@pytest.mark.parametrize(
    "change", [made.with_another_attribute, made.twice, "certificate"], ids=["another attribute", "twice", "another certificate"]
)
def test_a_container_with_more_than_one_timestamp_in_it_is_invalid(lasting: Lasting, change: object) -> None:
    doing = made.with_more_certificates(lasting.reviewer) if change == "certificate" else change
    small = lastingly_signed(lasting.none, "Caseworker", lasting.caseworker, lasting.root, authority=lasting.clock.authority(lists=False))
    verdict = judged(recontained(small, doing), lasting)  # type: ignore[arg-type]
    assert verdict.status == "invalid"
    assert "does not belong in it" in said(verdict) or "damaged" in said(verdict)


def test_a_time_that_is_claimed_later_than_it_is_proven_is_invalid(lasting: Lasting) -> None:
    refuses(stamped(lasting.lt, lasting.clock, at=NOW - DAY), lasting, "claims a later time than the timestamp")


def test_backdating_into_the_term_of_a_certificate_proves_nothing(lasting: Lasting) -> None:
    """A certificate has ended; its holder sets the clock back, and the timestamp tells."""
    ended = make_person("Ada Lindqvist", lasting.root, days=100)
    file = sealed(scored_file(), {"Caseworker": ended, "Reviewer": lasting.reviewer})
    backdated = both(printed(file, lasting.root), lasting.root, (ended, lasting.reviewer), at=NOW)
    assert judged(backdated, lasting).status == "valid", "within the term nothing speaks against it"
    late = archived(backdated, lasting, at=NOW + 200 * DAY)
    refuses(late, lasting, "nothing proves that it was signed before", "incomplete", now=NOW + 201 * DAY)
    assert "long before the timestamp" in said(
        judged(stamped(lasting.lt, lasting.clock, at=NOW + 5 * DAY), lasting, now=NOW + 9 * DAY), "remark"
    )


def test_timestamps_in_the_wrong_order_are_invalid(lasting: Lasting) -> None:
    """The later timestamp states the earlier time: one of the two clocks lies."""
    refuses(archived(lasting.lta, lasting, at=NOW - 30 * DAY), lasting, "later than that of one made after it")
    refuses(archived(lasting.lt, lasting, at=NOW + 90 * DAY), lasting, "or than now")


# --- revocation -------------------------------------------------------------------------------------------------------------------------


def test_a_signer_who_was_revoked_before_signing_is_invalid(lasting: Lasting) -> None:
    gone = revoked(lasting.root, lasting.reviewer, since=NOW - DAY)
    for pdf in (lasting.lt, lasting.offline, archived(lasting.offline, lasting)):
        refuses(pdf, lasting, "before it was used to sign", revocation_lists=[gone])
    assert judged(lasting.lt, lasting, revocation_lists=[gone]).revocation == "revoked"


def test_a_signer_who_was_revoked_later_holds_by_a_timestamp_only(lasting: Lasting) -> None:
    gone = revoked(lasting.root, lasting.reviewer, since=NOW + DAY)
    later = NOW + 9 * DAY
    verdict = judged(lasting.lt, lasting, now=later, revocation_lists=[gone])
    assert (verdict.status, verdict.revocation) == ("valid", "later")
    assert "was revoked on" in said(verdict, "remark")
    refuses(lasting.offline, lasting, "nothing proves that it was signed before", "incomplete", now=later, revocation_lists=[gone])
    known = [hashlib.sha256(lasting.offline).hexdigest()]
    assert judged(lasting.offline, lasting, now=later, revocation_lists=[gone], registered=known).status == "valid"


def test_a_key_that_somebody_else_may_have_had_needs_a_timestamp(lasting: Lasting) -> None:
    stolen = revoked(lasting.root, lasting.reviewer, since=NOW + DAY, reason=x509.ReasonFlags.key_compromise)
    refuses(lasting.offline, lasting, "somebody else may have had the key", now=NOW + 9 * DAY, revocation_lists=[stolen])
    assert judged(lasting.lt, lasting, now=NOW + 9 * DAY, revocation_lists=[stolen]).status == "valid"
    hidden = archived(lasting.offline, lasting, at=NOW + 5 * DAY)
    refuses(hidden, lasting, "before it was used to sign", now=NOW + 9 * DAY, revocation_lists=[stolen])


def test_only_the_organisations_own_newest_list_counts(lasting: Lasting) -> None:
    gone = revoked(lasting.root, lasting.reviewer, since=NOW - DAY)
    stranger = make_root()
    forged = made.empty_list(lasting.root, at=NOW + DAY, key=stranger)
    refuses(lasting.lt, lasting, "before it was used to sign", revocation_lists=[gone, forged])
    slander = revoked(lasting.root, lasting.reviewer, since=NOW - DAY, at=NOW + DAY, key=stranger)
    assert judged(lasting.lt, lasting, revocation_lists=[slander]).status == "valid"
    cleared = made.empty_list(lasting.root, at=NOW + DAY)
    assert judged(lasting.lt, lasting, now=NOW + 2 * DAY, revocation_lists=[cleared, gone]).status == "valid", "the newest decides"


def test_a_list_that_had_run_out_is_said(lasting: Lasting) -> None:
    stale = both(
        lasting.none, lasting.root, (lasting.caseworker, lasting.reviewer), lists=(made.empty_list(lasting.root, at=START, days=5),)
    )
    verdict = judged(stale, lasting)
    assert verdict.status == "valid"
    assert "was current only until" in said(verdict, "remark")


# --- changes hidden in lawful-looking revisions ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", [made.store_alone, *made.IN_STORE], ids=lambda one: one.__name__)
def test_a_store_changed_without_a_timestamp_is_invalid(lasting: Lasting, change: made.Change) -> None:
    refuses(after_signing.revised(lasting.lt, change), lasting, ADDED)


@pytest.mark.parametrize("change", [*made.IN_STORE, *made.BESIDE], ids=lambda one: one.__name__)
def test_what_is_slipped_in_under_a_timestamp_is_invalid(lasting: Lasting, change: made.Change) -> None:
    forged = slipped(lasting.lt, change, lasting.authority)
    assert made.revisions_of(forged) == made.revisions_of(lasting.lt) + 1
    refuses(forged, lasting, ADDED)


@pytest.mark.parametrize(
    "change",
    [one for one in after_signing.REVISIONS if one not in (after_signing.certification_removed, after_signing.signature_repeated)],
    ids=lambda one: one.__name__,
)
def test_what_a_page_or_form_is_changed_to_under_a_timestamp_is_invalid(lasting: Lasting, change: after_signing.Change) -> None:
    refuses(slipped(lasting.lt, change, lasting.authority), lasting, ADDED)


@pytest.mark.parametrize(
    "change", [after_signing.overlay, after_signing.annotation, after_signing.title, *made.IN_STORE], ids=lambda one: one.__name__
)
def test_what_is_slipped_in_under_a_signature_is_invalid(lasting: Lasting, change: made.Change, monkeypatch: pytest.MonkeyPatch) -> None:
    chair = make_person("Cecilia Öst", lasting.root)
    refuses(made.signed_over(lasting.lt, change, "Chair", chair, lasting.root, monkeypatch), lasting, ADDED)


def test_a_timestamp_in_a_field_of_another_name_or_of_a_person_is_invalid(lasting: Lasting) -> None:
    def nothing(_: object) -> None:
        pass

    for field in ("Board", "Timestamp7", "Chair"):
        assert judged(slipped(lasting.lt, nothing, lasting.authority, field=field), lasting).status == "invalid", field
    assert judged(slipped(lasting.lt, nothing, lasting.authority), lasting).status == "valid", "the control"


def test_a_timestamp_over_a_changed_file_is_invalid(lasting: Lasting) -> None:
    changed = after_signing.revised(lasting.lt, after_signing.overlay)
    refuses(slipped(changed, lambda _: None, lasting.authority), lasting, ADDED)


def test_what_follows_the_last_timestamp_is_invalid(lasting: Lasting) -> None:
    refuses(lasting.lta + b"\n", lasting, "covered by no signature")
    refuses(after_signing.revised(lasting.lta, after_signing.overlay), lasting, ADDED)


def test_a_changed_byte_is_told_under_timestamps_too(lasting: Lasting) -> None:
    for at in (60, len(lasting.none) // 2, len(lasting.lt) + 700, len(lasting.lta) - 40):
        assert judged(after_signing.flipped(lasting.lta, at), lasting).status == "invalid", at


def test_a_file_rolled_back_is_what_it_was_then(lasting: Lasting) -> None:
    assert judged(lasting.lta[: len(lasting.lt)], lasting).status == "valid"
    known = [hashlib.sha256(lasting.lta).hexdigest()]
    refuses(lasting.lta[: len(lasting.lt)], lasting, "not among the reports", "incomplete", registered=known)
    one = judged(lasting.lta, lasting).signatures[0].covers_to
    refuses(lasting.lta[:one], lasting, "The reviewer has not signed yet.", "incomplete")


def test_the_lean_child_reaches_the_verdicts_of_the_whole_libraries(lasting: Lasting, tmp_path: Path) -> None:
    gone = revoked(lasting.root, lasting.reviewer, since=NOW - DAY)
    files = {
        "lta": lasting.lta,
        "offline": lasting.offline,
        "changed": after_signing.flipped(lasting.lta, len(lasting.lta) - 40),
        "slipped": slipped(lasting.lt, made.per_signature, lasting.authority),
        "rubbish": b"%PDF-1.7\nrubbish",
    }
    for name, pdf in files.items():
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(pdf)
        for lists in ((), (gone,)):
            how = {"root_pem": lasting.root.pem, "tsa_roots_pem": (lasting.clock.root_pem,), "revocation_lists": lists}
            here, there = verify(file, **how), run_limited(file, **how)  # type: ignore[arg-type]
            assert msgspec.structs.replace(there, judged_at="") == msgspec.structs.replace(here, judged_at=""), name
