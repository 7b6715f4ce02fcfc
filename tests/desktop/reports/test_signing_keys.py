"""Keys from files sign reports when they are strong enough; the reason is said when they cannot."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12

from desktop.reports.signing import SigningRefused, sign
from desktop.reports.signing_keys import HeldKey, Identity, KeyRefused, WrongPassphrase, read_pkcs12
from tests.desktop.reports.key_holders import AnyKey, certified
from tests.desktop.reports.samples import NOW, Holder, make_person, make_root, short_report
from tests.desktop.reports.signature_checks import openssl_verifies, pdfsig_says

PASSPHRASE = "blåklint på ängen"


@pytest.fixture(scope="module")
def root() -> Holder:
    return make_root()


@pytest.fixture(scope="module")
def strong() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 3072)


def key_file(key: AnyKey, certificate: x509.Certificate | None, root: Holder, passphrase: str = PASSPHRASE) -> bytes:
    locked = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    return pkcs12.serialize_key_and_certificates(b"ada", key, certificate, [root.certificate], locked)


def signed_with(identity: Identity, root: Holder) -> bytes:
    return sign(
        short_report(),
        field="Caseworker",
        key=identity.key,
        certificate=identity.certificate,
        root=root.certificate,
        name="Ada",
        role_label="Caseworker",
        reason="",
        at=NOW,
        certify=True,
    )


def test_both_kinds_of_key_sign_what_openssl_and_poppler_verify(root: Holder, strong: rsa.RSAPrivateKey, tmp_path: Path) -> None:
    for key in (ec.generate_private_key(ec.SECP256R1()), strong):
        certificate = certified("Ada Lindqvist", key, root)
        identity = read_pkcs12(key_file(key, certificate, root), PASSPHRASE)
        assert (identity.certificate, identity.chain) == (certificate, (root.certificate,))
        pdf = signed_with(identity, root)
        assert openssl_verifies(pdf, root, tmp_path) == 1
        assert "Signature is Valid" in pdfsig_says(pdf, tmp_path)


def test_a_file_without_passphrase_is_read_with_none(root: Holder, strong: rsa.RSAPrivateKey) -> None:
    assert read_pkcs12(key_file(strong, certified("Ada", strong, root), root, ""), "").certificate


def test_a_wrong_passphrase_is_an_error_of_its_own(root: Holder, strong: rsa.RSAPrivateKey) -> None:
    raw = key_file(strong, certified("Ada", strong, root), root)
    for wrong in ("blåklint", ""):
        with pytest.raises(WrongPassphrase):
            read_pkcs12(raw, wrong)


def test_a_key_that_the_library_does_not_know_is_refused_too(tmp_path: Path) -> None:
    for command in (
        "openssl ecparam -name secp112r1 -genkey -noout -out odd.key",
        "openssl req -x509 -new -key odd.key -subj /CN=Ada -out odd.pem",
        "openssl pkcs12 -export -inkey odd.key -in odd.pem -passout pass:x -out odd.p12",
    ):
        subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)
    with pytest.raises(KeyRefused, match="cannot sign reports") as caught:
        read_pkcs12((tmp_path / "odd.p12").read_bytes(), "x")
    assert not isinstance(caught.value, WrongPassphrase)


@pytest.mark.parametrize("raw", [b"", b"%PDF-1.7", b"0\x82\x01\x00", bytes(4000)])
def test_what_is_no_key_file_is_not_blamed_on_the_passphrase(raw: bytes) -> None:
    with pytest.raises(KeyRefused, match="not a key file") as caught:
        read_pkcs12(raw, PASSPHRASE)
    assert not isinstance(caught.value, WrongPassphrase)


WEAK = {
    "RSA 2048": lambda: rsa.generate_private_key(65537, 2048),
    "EC secp384r1": lambda: ec.generate_private_key(ec.SECP384R1()),
    "EC secp256k1": lambda: ec.generate_private_key(ec.SECP256K1()),
    "Ed25519": ed25519.Ed25519PrivateKey.generate,
}


@pytest.mark.parametrize("kind", WEAK)
def test_a_key_of_another_kind_or_too_short_is_refused_by_name(root: Holder, kind: str) -> None:
    key = WEAK[kind]()
    with pytest.raises(KeyRefused, match=f"of the kind {kind} cannot sign"):
        read_pkcs12(key_file(key, certified("Ada", key, root), root), PASSPHRASE)


def test_a_file_without_the_key_s_own_certificate_is_refused(root: Holder, strong: rsa.RSAPrivateKey) -> None:
    with pytest.raises(KeyRefused, match="no private key with a certificate"):
        read_pkcs12(key_file(strong, None, root), PASSPHRASE)


def test_a_key_that_is_too_weak_signs_nothing_however_it_comes(root: Holder) -> None:
    weak = rsa.generate_private_key(65537, 2048)
    with pytest.raises(KeyRefused):
        signed_with(Identity(HeldKey(weak), certified("Ada", weak, root)), root)


def test_a_key_that_is_not_the_certificate_s_signs_nothing(root: Holder, strong: rsa.RSAPrivateKey) -> None:
    with pytest.raises(SigningRefused):
        signed_with(Identity(HeldKey(strong), make_person("Bo Ek", root).certificate), root)


def test_a_key_shows_nothing_of_itself(strong: rsa.RSAPrivateKey) -> None:
    assert repr(HeldKey(strong)) == "HeldKey(…)"
