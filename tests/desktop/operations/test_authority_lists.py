"""An authority’s own revocation lists: given as files, used where anything is judged, and carried by what is signed from then on."""

# ruff: noqa: F811 - fixtures are imported by the names under which tests ask for them

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader

from desktop.cli import main
from desktop.operations import signature, signing, timestamp_authority, timestamping
from desktop.operations.verifying import vault_grounds
from desktop.reports.grounds import Grounds, verify_file
from desktop.reports.security_store import read_store
from desktop.reports.timestamp_request import TimestampRefused
from models import audit, report, revocation
from models.database import utc_now
from models.errors import RecordRefused
from models.identity import organisation
from models.timestamp_setting import AuthoritySetting
from tests.desktop.operations.test_timestamping import sealed, server, use  # noqa: F401
from tests.desktop.reports.local_authority import LocalAuthority, authority_root, revocation_list
from tests.models.conftest import ASA, SmallCase, asa, cost, folder, opened, rut, small_case  # noqa: F401
from tests.models.test_authority_list import DAY, below


def list_of(server: LocalAuthority, *, withdrawn: bool = False) -> bytes:
    """Give the authority's list of yesterday, with its clock on it or not."""
    return revocation_list(server.root, withdrawn=(server.certificate,) if withdrawn else (), at=utc_now() - DAY, days=90)


def give(case: SmallCase, where: Path, content: bytes) -> bytes:
    path = where / "klocka.crl"
    path.write_bytes(content)
    timestamp_authority.give_lists(actor=case.asa, path=path)
    return content


def sign(case: SmallCase) -> bytes:
    for signer in (case.asa, case.rut):
        signing.sign_report(actor=signer, assessment_id=case.assessment, language_code="sv")
    return report.pdf_bytes(report.revisions(case.assessment, "sv")[-1].id)


def carried(pdf: bytes) -> tuple[bytes, ...]:
    """Give the revocation lists in a file's store, which must be sound."""
    store = read_store(PdfFileReader(io.BytesIO(pdf)))
    assert store.is_sound
    return store.lists


def test_a_signature_with_its_timestamp_carries_the_list_so_that_it_is_judged_without_a_vault(
    sealed: SmallCase,
    server: LocalAuthority,
    tmp_path: Path,
) -> None:
    use(server, sealed)
    given = give(sealed, tmp_path, list_of(server))
    pdf = sign(sealed)
    own = revocation.lists()
    assert sorted(carried(pdf)) == sorted((*own, given)), "each of them once, though two have signed"
    (tmp_path / "rapport.pdf").write_bytes(pdf)
    apart = Grounds(root_pem=organisation().root_pem.encode(), tsa_roots_pem=(server.root_pem,))
    verdict = verify_file(tmp_path / "rapport.pdf", apart)
    assert verdict.status == "valid", verdict.sentences
    assert all(one.proven_at for one in verdict.signatures)


def test_a_timestamp_over_the_file_carries_the_lists_of_its_own_and_of_the_earlier_authority(
    sealed: SmallCase,
    server: LocalAuthority,
    tmp_path: Path,
) -> None:
    use(server, sealed)
    sign(sealed)
    first = give(sealed, tmp_path, list_of(server))
    with LocalAuthority(start=utc_now() - 100 * DAY) as other, LocalAuthority(start=utc_now() - 100 * DAY) as third:
        use(third, sealed)
        strange = give(sealed, tmp_path, list_of(third))
        use(other, sealed)
        second = give(sealed, tmp_path, list_of(other))
        last = report.revisions(sealed.assessment, "sv")[-1].id
        timestamping.keep(actor=sealed.asa, stamped=timestamping.stamp(timestamping.prepare(document_id=last)))
    pdf = report.pdf_bytes(report.revisions(sealed.assessment, "sv")[-1].id)
    assert {first, second} < set(carried(pdf))
    assert strange not in carried(pdf), "no certificate of that authority is in the file"
    (tmp_path / "rapport.pdf").write_bytes(pdf)
    assert verify_file(tmp_path / "rapport.pdf", vault_grounds()).status == "valid"


def test_a_clock_that_its_authority_has_withdrawn_proves_nothing_any_more(
    sealed: SmallCase,
    server: LocalAuthority,
    tmp_path: Path,
) -> None:
    use(server, sealed)
    (tmp_path / "rapport.pdf").write_bytes(sign(sealed))
    before = verify_file(tmp_path / "rapport.pdf", vault_grounds())
    assert all(one.proven_at for one in before.signatures)
    # From before the timestamps on: the authority's certificate was stolen, and what it said since may be anybody's.
    given = give(sealed, tmp_path, revocation_list(server.root, withdrawn=(server.certificate,), at=utc_now() - DAY, days=90))
    grounds = vault_grounds()
    after = verify_file(tmp_path / "rapport.pdf", grounds)
    assert hashlib.sha256(given).hexdigest() in after.revocation_lists_sha256
    assert not any(one.proven_at for one in after.signatures)
    assert any("authority’s certificate was revoked" in said for said in map(str, after.sentences))


def test_a_withdrawn_clock_is_not_asked_and_the_report_is_signed_all_the_same(
    sealed: SmallCase,
    server: LocalAuthority,
    tmp_path: Path,
) -> None:
    use(server, sealed)
    give(sealed, tmp_path, list_of(server, withdrawn=True))
    ready = signing.prepare_signing(actor=sealed.asa, assessment_id=sealed.assessment, language_code="sv")
    done = signature.signed(ready)
    assert isinstance(done.refusal, TimestampRefused)
    assert "has been withdrawn" in str(done.refusal)
    signing.keep_signed(actor=sealed.asa, signed=done)
    assert report.revisions(sealed.assessment, "sv")[-1].signed_as == "Caseworker"


def test_the_trial_learns_the_certificates_between_root_and_clock_so_that_their_lists_are_known(sealed: SmallCase, tmp_path: Path) -> None:
    top = authority_root(depth=1, start=utc_now() - 200 * DAY)
    between = below(top)
    with LocalAuthority(root=between, start=utc_now() - 5 * DAY) as server:
        setting = AuthoritySetting(server.url, (top.pem.decode(),))
        tried = timestamping.trial_of(setting)
        assert server.asked == 1
        assert tried.issuers_pem == (between.pem.decode(), top.pem.decode())
        used = AuthoritySetting(setting.url, setting.roots_pem, tried.answered_as, tried.issuers_pem)
        timestamp_authority.set_authority(actor=sealed.asa, setting=used)
        given = give(sealed, tmp_path, list_of(server))
        assert given in carried(sign(sealed))


@pytest.mark.parametrize("form", ["DER", "PEM", "several in PEM with their certificates"])
def test_a_file_of_lists_is_read_in_each_form(sealed: SmallCase, server: LocalAuthority, tmp_path: Path, form: str) -> None:
    use(server, sealed)
    top = authority_root(depth=1)
    timestamp_authority.set_authority(actor=sealed.asa, setting=AuthoritySetting(server.url, (top.pem.decode(),)))
    between = below(top)

    def pem(der: bytes) -> bytes:
        return x509.load_der_x509_crl(der).public_bytes(Encoding.PEM)

    one, other = list_of(server), revocation_list(between, at=utc_now() - DAY)
    content = {"DER": one, "PEM": b"The list of yesterday\n" + pem(one)}.get(form, pem(one) + between.pem + pem(other))
    give(sealed, tmp_path, content)
    cards = timestamp_authority.timestamps().lists
    assert len(cards) == (2 if form.startswith("several") else 1)
    assert all(card.given_by == "Åsa Ek" for card in cards)


@pytest.mark.parametrize(
    "content", [None, b"", b"no list", b"-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n", b"\0" * (17 << 20)]
)
def test_a_file_without_a_list_is_refused_by_name_and_changes_nothing(sealed: SmallCase, tmp_path: Path, content: bytes | None) -> None:
    path, before = tmp_path / "klocka.crl", audit.head()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RecordRefused, match=r"klocka\.crl"):
        timestamp_authority.give_lists(actor=sealed.asa, path=path)
    assert audit.head() == before


def test_certificates_alone_are_no_list(sealed: SmallCase, server: LocalAuthority, tmp_path: Path) -> None:
    use(server, sealed)
    with pytest.raises(RecordRefused, match="holds no revocation list"):
        give(sealed, tmp_path, server.root_pem)


def test_the_organisation_s_own_list_is_not_an_authority_s(sealed: SmallCase, server: LocalAuthority, tmp_path: Path) -> None:
    use(server, sealed)
    with pytest.raises(RecordRefused, match="not signed by a timestamp authority"):
        give(sealed, tmp_path, revocation.lists()[0])


def test_the_command_line_judges_by_the_lists_of_the_vault(
    sealed: SmallCase,
    server: LocalAuthority,
    tmp_path: Path,
    folder: Path,
    opened: object,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    use(server, sealed)
    (tmp_path / "rapport.pdf").write_bytes(sign(sealed))
    give(sealed, tmp_path, list_of(server, withdrawn=True))
    opened.close()  # type: ignore[attr-defined]
    monkeypatch.setattr("getpass.getpass", lambda _prompt: ASA)
    assert main(["--language", "en", "verify", str(tmp_path / "rapport.pdf"), "--vault", str(folder)]) == 2
    assert "the authority’s certificate was revoked" in capsys.readouterr().out
