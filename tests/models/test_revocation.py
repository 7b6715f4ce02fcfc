"""A certificate that is revoked no longer counts, everybody can see it in the organisation's list, and the root key stays where it is."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from peewee import IntegrityError

from models import actor, audit, certificate, certificates, person, report, review, revocation, sealing, vault
from models.actor import Actor
from models.cards import ReviewPoint
from models.database import open_register, utc_now
from models.errors import ActRefused, NotReady, PersonRefused, WrongPassphrase
from models.identity import certificate_in_use, organisation
from models.root_key import root_key_of
from models.vault import Vault
from models.wrapping import Cost
from tests.models.conftest import ASA, RUT, SmallCase


def read_list() -> x509.CertificateRevocationList:
    card = revocation.latest()
    assert card is not None
    return x509.load_der_x509_crl(card.der)


def revoke(asa: Actor, who: Actor, reason: revocation.Reason = "other", since: datetime | None = None) -> revocation.RevocationListCard:
    return revocation.revoke(
        by=asa,
        administrator_passphrase=ASA,
        person=who.person,
        certificate_sha256=certificate_in_use(who.person).fingerprint,
        reason=reason,
        since=since,
    )


def test_a_new_vault_has_an_empty_list_that_is_fresh_for_thirteen_months(asa: Actor) -> None:
    card = revocation.latest()
    assert card is not None
    assert (card.number, card.revoked) == (1, 0)
    assert timedelta(days=390) < card.next_update - utc_now() < timedelta(days=397)
    found = read_list()
    assert found.issuer == organisation().root.subject
    assert found.next_update_utc is not None
    assert (found.next_update_utc.replace(tzinfo=None), found.last_update_utc.replace(tzinfo=None)) == (card.next_update, card.made_at)


def test_each_list_has_the_next_number_and_names_the_key_that_signed_it(asa: Actor, rut: Actor) -> None:
    before = read_list().extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
    revoke(asa, rut)
    found, root = read_list(), organisation().root
    assert found.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number == before + 1
    identifier = root.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    assert found.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value.key_identifier == identifier


@pytest.mark.parametrize(
    ("reason", "flag"),
    [
        ("key_known", x509.ReasonFlags.key_compromise),
        ("left", x509.ReasonFlags.cessation_of_operation),
        ("replaced", x509.ReasonFlags.superseded),
        ("other", None),
    ],
)
def test_the_list_says_since_when_and_why_in_the_standard_s_words(
    asa: Actor, rut: Actor, reason: revocation.Reason, flag: x509.ReasonFlags | None
) -> None:
    serial = person.person_card(rut.person).certificate.serial_number
    since = utc_now().replace(microsecond=0)
    revoke(asa, rut, reason, since)
    entry = read_list().get_revoked_certificate_by_serial_number(serial)
    assert entry is not None
    assert entry.revocation_date_utc.replace(tzinfo=None) == since
    said = [one.value for one in entry.extensions if isinstance(one.value, x509.CRLReason)]
    assert [one.reason for one in said] == ([flag] if flag else [])


def test_what_was_signed_a_moment_before_is_not_dated_after_the_revocation(asa: Actor, rut: Actor) -> None:
    serial = person.person_card(rut.person).certificate.serial_number
    signed_at = utc_now()
    revoke(asa, rut)
    entry = read_list().get_revoked_certificate_by_serial_number(serial)
    assert entry is not None
    assert timedelta(0) < entry.revocation_date_utc.replace(tzinfo=None) - signed_at < timedelta(minutes=1)


def test_a_certificate_counts_no_longer_from_before_it_was_made(asa: Actor, rut: Actor) -> None:
    made = person.person_card(rut.person).certificate
    revoke(asa, rut, "key_known", utc_now() - timedelta(days=30))
    entry = read_list().get_revoked_certificate_by_serial_number(made.serial_number)
    assert entry is not None
    assert entry.revocation_date_utc == made.not_valid_before_utc


@pytest.mark.parametrize("refused", ["in the future", "twice", "another person's", "no passphrase", "not an administrator"])
def test_a_refused_revocation_changes_nothing(asa: Actor, rut: Actor, refused: str) -> None:
    if refused == "twice":
        revoke(asa, rut)
    before = (audit.head(), revocation.latest())
    mine = certificate_in_use(rut.person if refused != "another person's" else asa.person).fingerprint
    with pytest.raises((PersonRefused, WrongPassphrase, ActRefused)):
        revocation.revoke(
            by=rut if refused == "not an administrator" else asa,
            administrator_passphrase="fel fel fel" if refused == "no passphrase" else ASA,
            person=rut.person,
            certificate_sha256=mine,
            reason="other",
            since=utc_now() + timedelta(hours=1) if refused == "in the future" else None,
        )
    assert (audit.head(), revocation.latest()) == before


def test_a_key_that_may_be_known_takes_every_certificate_for_it_along(asa: Actor, rut: Actor) -> None:
    person.renew_certificate(by=asa, administrator_passphrase=ASA, person=rut.person)
    assert revoke(asa, rut, "key_known").revoked == 2
    with pytest.raises(PersonRefused, match="known to somebody else"):
        person.renew_certificate(by=asa, administrator_passphrase=ASA, person=rut.person)


def test_who_leaves_takes_the_certificates_out_of_use(asa: Actor, rut: Actor) -> None:
    person.end_person(by=asa, person=rut.person, administrator_passphrase=ASA)
    assert {card.state for card in certificates.everybodys() if card.person == rut.person} == {"revoked"}
    assert audit.check_chain().whole


def test_nobody_leaves_when_the_administrator_s_passphrase_is_wrong(asa: Actor, rut: Actor) -> None:
    with pytest.raises(WrongPassphrase):
        person.end_person(by=asa, person=rut.person, administrator_passphrase="fel fel fel")
    assert person.person_card(rut.person).active


def test_a_replaced_key_revokes_the_old_certificate_and_the_new_one_works(asa: Actor, rut: Actor, cost: Cost) -> None:
    old = certificate_in_use(rut.person).fingerprint
    person.replace_key(by=asa, administrator_passphrase=ASA, person=rut.person, passphrase="ruts nya ord", cost=cost)
    stands = {card.fingerprint: card.state for card in certificates.everybodys() if card.person == rut.person}
    assert stands == {old: "revoked", certificate_in_use(rut.person).fingerprint: "in_use"}
    revocation.require_unrevoked(certificate_in_use(rut.person))


def test_an_administrator_whose_key_may_be_known_replaces_it_and_stays_administrator(opened: Vault, asa: Actor, cost: Cost) -> None:
    person.replace_key(by=asa, administrator_passphrase=ASA, person=asa.person, passphrase="åsas nya ord", reason="key_known", cost=cost)
    with pytest.raises(ActRefused):
        audit.record(actor=asa, act="test.act", value={})
    again = actor.unlock(person=asa.person, passphrase="åsas nya ord")
    assert "administrator" in again.roles
    person.add_person(by=again, administrator_passphrase="åsas nya ord", name="Bo", email="", roles={"office"}, passphrase=RUT, cost=cost)
    assert audit.check_chain().whole
    opened.close()
    with pytest.raises(WrongPassphrase):
        vault.open_vault(folder=opened.folder, passphrase=ASA, use_keyring=False)


def test_who_has_a_revoked_certificate_neither_reviews_nor_seals_nor_signs(small_case: SmallCase) -> None:
    small_case.agree()
    record = small_case.record()
    revoke(small_case.asa, small_case.rut)
    with pytest.raises(NotReady, match="revoked"):
        sealing.put(actor=small_case.asa, assessment=small_case.assessment, record=record)
    review.reopen(actor=small_case.asa, assessment=small_case.assessment)
    review.submit(actor=small_case.asa, assessment=small_case.assessment)
    points = (ReviewPoint("governance.board.meetings", agrees=True),)
    with pytest.raises(ActRefused, match="revoked"):
        review.agree(actor=small_case.rut, assessment=small_case.assessment, comment="", points=points)
    person.renew_certificate(by=small_case.asa, administrator_passphrase=ASA, person=small_case.rut.person)
    review.agree(actor=small_case.rut, assessment=small_case.assessment, comment="", points=points)
    sealing.put(actor=small_case.asa, assessment=small_case.assessment, record=small_case.record())
    revoke(small_case.asa, small_case.asa)
    with pytest.raises(ActRefused, match="revoked"):
        report.require_field(actor=small_case.asa, document=report.Document(small_case.assessment, "sv"), field="Caseworker")


def test_a_renewed_certificate_does_not_hinder_what_was_sealed_with_the_one_before(small_case: SmallCase) -> None:
    small_case.seal()
    before = certificate_in_use(small_case.asa.person).fingerprint
    person.renew_certificate(by=small_case.asa, administrator_passphrase=ASA, person=small_case.asa.person)
    card = report.require_field(actor=small_case.asa, document=report.Document(small_case.assessment, "sv"), field="Caseworker")
    assert card.fingerprint == before


def test_certificates_that_want_care_are_those_that_somebody_signs_with(asa: Actor, rut: Actor) -> None:
    now = utc_now()
    assert certificates.ending(now) == ()
    assert {card.person for card in certificates.ending(now + timedelta(days=1050))} == {asa.person, rut.person}
    revoke(asa, rut)
    assert [(card.person, card.state) for card in certificates.ending(now)] == [(rut.person, "revoked")]
    person.renew_certificate(by=asa, administrator_passphrase=ASA, person=rut.person)
    assert certificates.ending(now) == ()


def test_revocations_and_lists_are_never_changed_nor_removed(asa: Actor, rut: Actor) -> None:
    revoke(asa, rut)
    for statement in (
        "UPDATE certificate_revocation SET reason = 'other'",
        "DELETE FROM certificate_revocation",
        "DELETE FROM revocation_list",
        "UPDATE revocation_list SET number = 9",
    ):
        with pytest.raises(IntegrityError, match="insert-only"):
            open_register().execute_sql(statement)


def test_openssl_checks_a_certificate_against_the_list(tmp_path: Path, asa: Actor, rut: Actor) -> None:
    openssl = shutil.which("openssl")
    assert openssl, "this test needs the openssl command"
    root, mine, hers = organisation().root, person.person_card(asa.person).certificate, person.person_card(rut.person).certificate
    revoke(asa, rut)
    (tmp_path / "crl.pem").write_bytes(read_list().public_bytes(Encoding.PEM))
    for name, made in (("root", root), ("asa", mine), ("rut", hers)):
        (tmp_path / f"{name}.pem").write_text(certificate.pem(made))
    for name, accepted in (("asa", True), ("rut", False)):
        files = ("-CAfile", str(tmp_path / "root.pem"), "-CRLfile", str(tmp_path / "crl.pem"), str(tmp_path / f"{name}.pem"))
        # revoked a moment ago: openssl compares whole seconds
        at = ("-attime", str(int(datetime.now(UTC).timestamp()) + 2))
        done = subprocess.run([openssl, "verify", "-x509_strict", "-crl_check", *at, *files], capture_output=True, text=True, check=False)
        assert (done.returncode == 0) is accepted, done.stdout + done.stderr
        assert accepted or "revoked" in done.stdout + done.stderr


def test_pyhanko_finds_the_chain_sound_and_the_revoked_certificate_revoked(asa: Actor, rut: Actor) -> None:
    import asyncio

    from asn1crypto import x509 as asn1_x509
    from pyhanko_certvalidator import CertificateValidator, ValidationContext
    from pyhanko_certvalidator.errors import RevokedError

    revoke(asa, rut)
    card = revocation.latest()
    assert card is not None
    root = asn1_x509.Certificate.load(organisation().root.public_bytes(Encoding.DER))

    def judge(who: Actor) -> None:
        leaf = asn1_x509.Certificate.load(person.person_card(who.person).certificate.public_bytes(Encoding.DER))
        moment = datetime.now(UTC) + timedelta(seconds=2)
        context = ValidationContext(trust_roots=[root], crls=[card.der], revocation_mode="require", moment=moment, allow_fetching=False)
        asyncio.run(CertificateValidator(leaf, validation_context=context).async_validate_usage({"non_repudiation"}))

    judge(asa)
    with pytest.raises(RevokedError):
        judge(rut)


def test_the_root_certificate_is_as_rfc_5280_has_an_authority(asa: Actor) -> None:
    root = organisation().root
    constraints = root.extensions.get_extension_for_class(x509.BasicConstraints)
    usage = root.extensions.get_extension_for_class(x509.KeyUsage)
    assert (constraints.critical, constraints.value.ca, constraints.value.path_length) == (True, True, 0)
    assert (usage.critical, usage.value.key_cert_sign, usage.value.crl_sign, usage.value.digital_signature) == (True, True, True, False)
    assert root.extensions.get_extension_for_class(x509.NameConstraints).critical
    assert 0 < root.serial_number < 2**159
    leaf = person.person_card(asa.person).certificate
    assert leaf.not_valid_after_utc < root.not_valid_after_utc
    assert leaf.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value.key_identifier == (
        root.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    )


def test_no_private_key_stands_in_the_decrypted_vault_in_temporary_files_or_in_the_log(
    opened: Vault, asa: Actor, rut: Actor, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    root_key = root_key_of(asa.person, ASA)
    with caplog.at_level("DEBUG"):
        revoke(asa, rut, "key_known")
        revocation.publish_anew(by=asa, administrator_passphrase=ASA)
    register = open_register()
    plain = tmp_path / "plain.db"
    register.execute_sql("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
    register.execute_sql("SELECT sqlcipher_export('plain')")
    register.execute_sql("DETACH DATABASE plain")
    places = [plain.read_bytes(), caplog.text.encode(), *(path.read_bytes() for path in scratch.rglob("*") if path.is_file())]
    assert b"revocation_list" in places[0], "the copy is not decrypted"
    for key in (root_key, asa.private_key, rut.private_key):
        number = key.private_numbers().private_value
        size = (key.key_size + 7) // 8
        secrets = [
            number.to_bytes(size, "big"),
            f"{number:x}".encode(),
            str(number).encode(),
            *(
                key.private_bytes(encoding, form, NoEncryption())
                for encoding in (Encoding.DER, Encoding.PEM)
                for form in (PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL)
            ),
        ]
        for place in places:
            assert not any(secret in place for secret in secrets)
