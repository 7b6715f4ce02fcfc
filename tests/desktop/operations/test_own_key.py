"""Reports really signed with a key from a file and with one on a card, found good by another program."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pkcs11
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from desktop.operations import certificates, own_key, sealing, signing
from desktop.reports.signing_card import CardRefused
from desktop.reports.signing_keys import KeyRefused, WrongPassphrase
from models import report, signing_choice
from models.brought_key import prove_held
from models.certificate import PrivateKey
from models.errors import PersonRefused, RecordRefused
from models.identity import organisation
from tests.desktop.reports.card import MODULE, PIN, new_card
from tests.models.conftest import ASA, RUT, SmallCase, asa, cost, folder, opened, rut, small_case  # noqa: F401
from tests.models.test_signing_choice import certified_by_itself

LOCK = "filens egna ord"


def key_file(folder: Path, key: PrivateKey) -> Path:  # noqa: F811
    path = folder / "rut.p12"
    raw = pkcs12.serialize_key_and_certificates(b"rut", key, certified_by_itself(key), None, BestAvailableEncryption(LOCK.encode()))
    path.write_bytes(raw)
    return path


def said_by_pdfsig(pdf: bytes, folder: Path) -> str:  # noqa: F811
    assert shutil.which("pdfsig"), "this test needs pdfsig (poppler-utils)"
    (folder / "signed.pdf").write_bytes(pdf)
    return subprocess.run(["pdfsig", "-nocert", str(folder / "signed.pdf")], capture_output=True, text=True, check=False).stdout


def sign(case: SmallCase, *, pin: str = "") -> bytes:
    case.agree()
    sealing.seal_assessment(actor=case.asa, assessment_id=case.assessment)
    signing.sign_report(actor=case.asa, assessment_id=case.assessment, language_code="sv")
    signing.sign_report(actor=case.rut, assessment_id=case.assessment, language_code="sv", pin=pin)
    return report.pdf_bytes(report.revisions(case.assessment, "sv")[-1].id)


def test_a_report_is_signed_with_the_key_of_a_file(small_case: SmallCase, tmp_path: Path) -> None:  # noqa: F811
    path = key_file(tmp_path, rsa.generate_private_key(65537, 3072))
    with pytest.raises(WrongPassphrase):
        own_key.read_key_file(path=path, passphrase="fel fel fel")
    found = own_key.read_key_file(path=path, passphrase=LOCK)
    with pytest.raises(PersonRefused, match="administrator"):
        own_key.use_key_file(actor=small_case.rut, passphrase=RUT, found=found)
    own_key.use_key_file(
        actor=small_case.rut, passphrase=RUT, found=found, administrator=small_case.asa.person, administrator_passphrase=ASA
    )
    assert certificates.signing_card(person_id=small_case.rut.person).kind == "file"
    said = said_by_pdfsig(sign(small_case), tmp_path)
    assert said.count("Signature is Valid.") == 2


@pytest.mark.parametrize("content", [None, b"no key file", b"0" * (2 * 1024 * 1024)])
def test_what_is_no_key_file_is_refused_plainly(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "rut.p12").write_bytes(content)
    with pytest.raises((RecordRefused, KeyRefused)):
        own_key.read_key_file(path=tmp_path / "rut.p12", passphrase=LOCK)


def test_a_report_is_signed_on_a_card_with_the_pin_each_time(
    small_case: SmallCase,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOFTHSM2_CONF", "")
    key = ec.generate_private_key(ec.SECP256R1())
    new_card(tmp_path, "Ruts kort", {"rut": (key, certified_by_itself(key))})
    with pytest.raises(WrongPassphrase):
        own_key.keys_on_token(module=MODULE, label="Ruts kort", pin="0000")
    (found,) = own_key.keys_on_token(module=MODULE, label="Ruts kort", pin=PIN)
    own_key.use_token_key(actor=small_case.rut, found=found, administrator=small_case.asa.person, administrator_passphrase=ASA)
    card = signing_choice.in_use(small_case.rut.person)
    assert card.token is not None
    assert card.token.label == "Ruts kort"
    card.certificate.verify_directly_issued_by(organisation().root)
    pdf = sign(small_case, pin=PIN)
    assert said_by_pdfsig(pdf, tmp_path).count("Signature is Valid.") == 2
    assert PIN.encode() not in pdf


def test_a_key_that_is_no_longer_on_the_card_signs_nothing(
    small_case: SmallCase,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOFTHSM2_CONF", "")
    key, gone = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    new_card(tmp_path, "Ruts kort", {"rut": (key, certified_by_itself(key))})
    missing: x509.Certificate = certified_by_itself(gone)
    token = signing_choice.Token(str(MODULE), "Ruts kort")
    found = own_key.TokenKey(token, missing, prove_held(missing, gone))
    own_key.use_token_key(actor=small_case.rut, found=found, administrator=small_case.asa.person, administrator_passphrase=ASA)
    with pytest.raises(KeyRefused, match="not on the card"):
        sign(small_case, pin=PIN)
    assert [card.signed_as for card in report.revisions(small_case.assessment, "sv")] == ["", "Caseworker"]


def test_of_several_keys_the_chosen_one_alone_is_tried(small_case: SmallCase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setenv("SOFTHSM2_CONF", "")
    keys = [ec.generate_private_key(ec.SECP256R1()), rsa.generate_private_key(65537, 3072)]
    new_card(tmp_path, "Ruts kort", {f"key{at}": (key, certified_by_itself(key)) for at, key in enumerate(keys)})
    offered = own_key.keys_on_token(module=MODULE, label="Ruts kort", pin=PIN)
    assert [one.proof for one in offered] == [None, None]
    with pytest.raises(KeyRefused, match="none was chosen"):
        own_key.use_token_key(actor=small_case.rut, found=offered[0], administrator=small_case.asa.person, administrator_passphrase=ASA)
    for wanted in offered:
        tried = own_key.keys_on_token(module=MODULE, label="Ruts kort", pin=PIN, wanted=wanted.fingerprint)
        (chosen,) = [one for one in tried if one.proof is not None]
        own_key.use_token_key(actor=small_case.rut, found=chosen, administrator=small_case.asa.person, administrator_passphrase=ASA)
        card = signing_choice.in_use(small_case.rut.person)
        assert card.certificate.public_key() == wanted.certificate.public_key()
    with pytest.raises(KeyRefused, match="not on the card"):
        own_key.keys_on_token(module=MODULE, label="Ruts kort", pin=PIN, wanted="00" * 32)


@pytest.mark.parametrize("certificate_s_key", ["P-256", "RSA"])
def test_a_card_whose_certificate_is_another_key_s_is_not_chosen(
    small_case: SmallCase,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    certificate_s_key: str,
) -> None:
    monkeypatch.setenv("SOFTHSM2_CONF", "")
    other = rsa.generate_private_key(65537, 3072) if certificate_s_key == "RSA" else ec.generate_private_key(ec.SECP256R1())
    new_card(tmp_path, "Ruts kort", {"rut": (ec.generate_private_key(ec.SECP256R1()), certified_by_itself(other))})
    with pytest.raises(CardRefused, match="does not belong to the certificate"):
        own_key.keys_on_token(module=MODULE, label="Ruts kort", pin=PIN)
    assert signing_choice.in_use(small_case.rut.person).kind == "vault"


def test_a_card_that_was_taken_out_is_not_chosen(small_case: SmallCase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setenv("SOFTHSM2_CONF", "")
    key = ec.generate_private_key(ec.SECP256R1())
    new_card(tmp_path, "Ruts kort", {"rut": (key, certified_by_itself(key))})
    (tmp_path / "cards").rename(tmp_path / "taken out")
    (tmp_path / "cards").mkdir()
    pkcs11.lib(str(MODULE)).reinitialize()
    with pytest.raises(CardRefused, match="No card named Ruts kort is in"):
        own_key.keys_on_token(module=MODULE, label="Ruts kort", pin=PIN)
