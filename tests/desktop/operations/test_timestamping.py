"""Signing with and without a network, and timestamping later what was signed without: each report whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.operations import certificates, sealing, signature, signing, timestamp_authority, timestamping
from desktop.reports.authority_trial import RootsRefused
from desktop.reports.document_timestamp import awaiting_timestamp, last_timestamp_ends
from desktop.reports.timestamping import TimestampRefused
from models import audit, report
from models.database import utc_now
from models.errors import ActRefused, RecordRefused
from models.timestamp_setting import AuthoritySetting
from tests.desktop.reports.local_authority import Answer, LocalAuthority
from tests.models.conftest import SmallCase, asa, cost, folder, opened, rut, small_case  # noqa: F401


@pytest.fixture
def server() -> Iterator[LocalAuthority]:
    with LocalAuthority(start=utc_now() - timedelta(days=100)) as running:
        yield running


@pytest.fixture
def sealed(small_case: SmallCase) -> SmallCase:  # noqa: F811
    small_case.agree()
    sealing.seal_assessment(actor=small_case.asa, assessment_id=small_case.assessment)
    return small_case


def setting_of(server: LocalAuthority) -> AuthoritySetting:
    return AuthoritySetting(server.url, (server.root_pem.decode(),))


def use(server: LocalAuthority, case: SmallCase) -> None:
    timestamp_authority.set_authority(actor=case.asa, setting=setting_of(server))


def sign_both(case: SmallCase, language: str = "sv") -> bytes:
    for signer in (case.asa, case.rut):
        signing.sign_report(actor=signer, assessment_id=case.assessment, language_code=language)
    return report.pdf_bytes(report.revisions(case.assessment, language)[-1].id)


def waiting() -> list[object]:
    return [one.document for one in timestamp_authority.timestamps().awaiting]


def test_without_an_authority_reports_are_signed_and_nothing_waits(sealed: SmallCase, server: LocalAuthority) -> None:
    pdf = sign_both(sealed)
    assert awaiting_timestamp(pdf)
    assert timestamp_authority.timestamps().awaiting == ()
    assert server.asked == 0
    with pytest.raises(RecordRefused, match="no timestamp authority"):
        timestamping.prepare(document_id=report.revisions(sealed.assessment, "sv")[-1].id)


def test_with_an_authority_each_signature_has_its_timestamp(sealed: SmallCase, server: LocalAuthority) -> None:
    use(server, sealed)
    pdf = sign_both(sealed)
    assert not awaiting_timestamp(pdf)
    assert last_timestamp_ends(pdf) == server.certificate.not_valid_after_utc.replace(tzinfo=None)
    assert waiting() == []
    assert [card.signed_as for card in report.revisions(sealed.assessment, "sv")] == ["", "Caseworker", "Reviewer"]


@pytest.mark.parametrize("wrong", ["nobody there", "nonsense"])
def test_an_authority_that_cannot_be_had_does_not_hinder_the_signature(sealed: SmallCase, server: LocalAuthority, wrong: str) -> None:
    nobody = AuthoritySetting("http://127.0.0.1:9/", (server.root_pem.decode(),))
    server.answering = lambda _request: Answer(b"<html>log in</html>", kind="text/html")
    setting = nobody if wrong == "nobody there" else setting_of(server)
    timestamp_authority.set_authority(actor=sealed.asa, setting=setting)
    ready = signing.prepare_signing(actor=sealed.asa, assessment_id=sealed.assessment, language_code="sv")
    done = signature.signed(ready)
    assert isinstance(done.refusal, TimestampRefused)
    signing.keep_signed(actor=sealed.asa, signed=done)
    signing.sign_report(actor=sealed.rut, assessment_id=sealed.assessment, language_code="sv")
    assert len(waiting()) == 1


def test_what_waits_is_timestamped_in_one_act_and_renewed_before_it_ends(sealed: SmallCase, server: LocalAuthority) -> None:
    before = sign_both(sealed)
    use(server, sealed)
    steps: list[tuple[int, int]] = []
    outcome = timestamping.timestamp_all(actor=sealed.rut, document_ids=waiting(), progress=lambda done, whole: steps.append((done, whole)))
    assert (outcome.done, outcome.left, steps) == (1, 0, [(0, 1), (1, 1)])
    last = report.revisions(sealed.assessment, "sv")[-1]
    pdf = report.pdf_bytes(last.id)
    assert last.signed_as == "Timestamp1"
    assert pdf.startswith(before)
    assert not awaiting_timestamp(pdf)
    assert waiting() == []
    timestamping.keep(actor=sealed.asa, stamped=timestamping.stamp(timestamping.prepare(document_id=last.id)))
    assert report.revisions(sealed.assessment, "sv")[-1].signed_as == "Timestamp2"
    assert audit.check_chain().whole


def test_a_timestamp_that_ends_within_a_year_is_offered_for_renewal(sealed: SmallCase) -> None:
    with LocalAuthority(start=utc_now() - timedelta(days=100), days=300) as server:
        use(server, sealed)
        sign_both(sealed)
        (one,) = timestamp_authority.timestamps().renewable
    assert one.ends == server.certificate.not_valid_after_utc.replace(tzinfo=None)


def test_many_are_stopped_between_two_reports_and_the_first_is_whole(sealed: SmallCase, server: LocalAuthority) -> None:
    for language in ("sv", "en"):
        sign_both(sealed, language)
    use(server, sealed)
    asked = iter((False, True))
    outcome = timestamping.timestamp_all(actor=sealed.asa, document_ids=waiting(), cancelled=lambda: next(asked))
    assert (outcome.done, outcome.left, outcome.refusal) == (1, 1, None)
    assert len(waiting()) == 1


def test_many_stop_at_the_first_refusal_and_say_it(sealed: SmallCase, server: LocalAuthority) -> None:
    sign_both(sealed)
    use(server, sealed)
    server.answering = lambda _request: Answer(b"", status=503)
    before = audit.head()
    outcome = timestamping.timestamp_all(actor=sealed.asa, document_ids=waiting())
    assert (outcome.done, outcome.left) == (0, 1)
    assert isinstance(outcome.refusal, TimestampRefused)
    assert audit.head() == before


def test_a_trial_makes_one_real_timestamp_and_names_who_answered(server: LocalAuthority, tmp_path: Path) -> None:
    (tmp_path / "roots.pem").write_bytes(server.root_pem)
    setting = timestamping.read_authority(url=f" {server.url} ", roots=tmp_path / "roots.pem")
    for asked in (1, 2):  # a second trial is a real one too
        tried = timestamping.trial_of(setting)
        assert server.asked == asked
    assert "Klockverket clock" in tried.answered_as
    assert tried.ends == server.certificate.not_valid_after_utc.replace(tzinfo=None)


def test_a_trial_with_another_authority_s_root_is_refused(server: LocalAuthority) -> None:
    other = LocalAuthority()
    try:
        with pytest.raises(TimestampRefused, match="not of the authority"):
            timestamping.trial_of(AuthoritySetting(server.url, (other.root_pem.decode(),)))
    finally:
        other._server.server_close()


@pytest.mark.parametrize("content", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_a_file_without_a_root_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "roots.pem").write_bytes(content)
    with pytest.raises(RootsRefused):
        timestamping.read_authority(url="https://tid.example.org/", roots=tmp_path / "roots.pem")


def test_the_clock_s_own_certificate_is_no_root(server: LocalAuthority, tmp_path: Path) -> None:
    from cryptography.hazmat.primitives.serialization import Encoding

    (tmp_path / "clock.der").write_bytes(server.certificate.public_bytes(Encoding.DER))
    with pytest.raises(RootsRefused, match="root"):
        timestamping.read_authority(url=server.url, roots=tmp_path / "clock.der")


def test_only_an_administrator_sets_an_authority_or_turns_it_off(sealed: SmallCase, server: LocalAuthority) -> None:
    with pytest.raises(ActRefused):
        timestamp_authority.set_authority(actor=sealed.rut, setting=setting_of(server))
    use(server, sealed)
    with pytest.raises(ActRefused):
        timestamp_authority.turn_off_authority(actor=sealed.rut)
    timestamp_authority.turn_off_authority(actor=sealed.asa)
    kept = timestamp_authority.timestamps().kept
    assert (kept.setting, kept.by_name) == (None, "Åsa Ek")


def test_list_and_authority_s_roots_are_handed_out_as_they_are(sealed: SmallCase, server: LocalAuthority, tmp_path: Path) -> None:
    with pytest.raises(RecordRefused):
        certificates.export_timestamp_roots(path=tmp_path / "roots.pem")
    use(server, sealed)
    certificates.export_timestamp_roots(path=tmp_path / "roots.pem")
    certificates.export_revocation_list(path=tmp_path / "list.crl")
    listed = certificates.revocation_list()
    assert listed is not None
    assert (tmp_path / "list.crl").read_bytes() == listed.der
    assert (tmp_path / "roots.pem").read_bytes().strip() == server.root_pem.strip()
