"""Key files as other programs write them: each becomes the person's key for reports, or is refused with the reason."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from desktop.operations import own_key
from desktop.reports.signing_keys import KeyRefused, WrongPassphrase
from models import signing_choice
from models.errors import PersonRefused
from models.identity import organisation
from tests.models.conftest import ASA, RUT, SmallCase, asa, cost, folder, opened, rut, small_case  # noqa: F401

LOCK = "filens egna ord på ängen"
RSA, CURVE = "-newkey rsa:{bits}", "-newkey ec -pkeyopt ec_paramgen_curve:{name}"
P256, RSA3072 = CURVE.format(name="P-256"), RSA.format(bits=3072)

#: How OpenSSL 3 is asked to lock the file: its own way, and those of older programs.
LOCKS = {
    "AES, OpenSSL 3": "",
    "RC2 and 3DES, as before OpenSSL 3": "-legacy",
    "3DES and SHA-1, as Windows did": "-certpbe PBE-SHA1-3DES -keypbe PBE-SHA1-3DES -macalg sha1",
    "RC2 alone": "-legacy -certpbe PBE-SHA1-RC2-128 -keypbe PBE-SHA1-RC2-128",
    "Camellia": "-certpbe camellia-256-cbc -keypbe camellia-256-cbc",
    "without a seal over the whole": "-nomac",
}


def openssl(folder: Path, command: str, *more: str) -> None:  # noqa: F811
    done = subprocess.run(["openssl", *command.split(), *more], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def certified(folder: Path, kind: str, name: str = "rut", *more: str) -> None:  # noqa: F811
    """Make a key and a certificate by itself, ``rut.key`` and ``rut.pem``."""
    openssl(folder, f"req -x509 -nodes -days 300 {kind} -keyout {name}.key -out {name}.pem -subj /CN={name}", *more)


def key_file(folder: Path, how: str = "", *, certificates: str = "rut.pem") -> Path:  # noqa: F811
    openssl(folder, f"pkcs12 -export -inkey rut.key -in {certificates} -out rut.p12 {how}", "-passout", f"pass:{LOCK}")
    return folder / "rut.p12"


def use(case: SmallCase, path: Path) -> None:
    found = own_key.read_key_file(path=path, passphrase=LOCK)
    own_key.use_key_file(actor=case.rut, passphrase=RUT, found=found, administrator=case.asa.person, administrator_passphrase=ASA)


@pytest.mark.parametrize("how", LOCKS)
def test_each_way_to_lock_a_key_file_is_opened_with_its_passphrase_and_no_other(tmp_path: Path, how: str) -> None:
    certified(tmp_path, P256)
    path = key_file(tmp_path, LOCKS[how])
    assert own_key.read_key_file(path=path, passphrase=LOCK).certificate.subject.rfc4514_string() == "CN=rut"
    for wrong in ("", LOCK.replace("ä", "a")):
        with pytest.raises(WrongPassphrase):
            own_key.read_key_file(path=path, passphrase=wrong)


@pytest.mark.parametrize("kind", [P256, RSA3072, RSA.format(bits=4096)])
def test_a_key_that_is_strong_enough_gets_a_certificate_of_the_root_s(small_case: SmallCase, tmp_path: Path, kind: str) -> None:  # noqa: F811
    certified(tmp_path, kind)
    use(small_case, key_file(tmp_path))
    card = signing_choice.in_use(small_case.rut.person)
    assert card.kind == "file"
    card.certificate.verify_directly_issued_by(organisation().root)


@pytest.mark.parametrize(
    ("kind", "said"),
    [(RSA.format(bits=2048), "RSA 2048"), (CURVE.format(name="P-384"), "EC secp384r1"), ("-newkey ed25519", "Ed25519")],
)
def test_a_key_of_another_kind_is_refused_by_name(tmp_path: Path, kind: str, said: str) -> None:
    certified(tmp_path, kind)
    with pytest.raises(KeyRefused, match=f"of the kind {said} cannot sign reports; it takes P-256, or RSA of at least 3072 bits"):
        own_key.read_key_file(path=key_file(tmp_path), passphrase=LOCK)


@pytest.mark.parametrize("order", ["the key's last", "the key's first"])
def test_of_several_certificates_the_key_s_own_is_taken(small_case: SmallCase, tmp_path: Path, order: str) -> None:  # noqa: F811
    certified(tmp_path, P256)
    for other in ("bo", "eva"):
        certified(tmp_path, P256, other)
    names = ("bo", "eva", "rut") if order == "the key's last" else ("rut", "bo", "eva")
    (tmp_path / "all.pem").write_bytes(b"".join((tmp_path / f"{name}.pem").read_bytes() for name in names))
    path = key_file(tmp_path, certificates="all.pem")
    found = own_key.read_key_file(path=path, passphrase=LOCK)
    assert found.certificate.subject.rfc4514_string() == "CN=rut"
    assert {one.subject.rfc4514_string() for one in found.chain} == {"CN=bo", "CN=eva"}
    use(small_case, path)
    assert signing_choice.in_use(small_case.rut.person).kind == "file"


@pytest.mark.parametrize("without", ["-nokeys", "-nocerts"])
def test_a_file_with_half_of_it_says_what_to_export(tmp_path: Path, without: str) -> None:
    certified(tmp_path, P256)
    with pytest.raises(KeyRefused, match="Export both together"):
        own_key.read_key_file(path=key_file(tmp_path, without), passphrase=LOCK)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("-addext", "keyUsage=critical,keyEncipherment"), "another use"),
        (("-addext", "extendedKeyUsage=serverAuth"), "another use"),
        (("-addext", "keyUsage=critical,keyCertSign,cRLSign"), "another use"),
    ],
)
def test_a_key_for_another_use_is_refused_and_nothing_changes(
    small_case: SmallCase,  # noqa: F811
    tmp_path: Path,
    more: tuple[str, ...],
    said: str,
) -> None:
    certified(tmp_path, P256, "rut", *more)
    with pytest.raises(PersonRefused, match=said):
        use(small_case, key_file(tmp_path))
    assert signing_choice.in_use(small_case.rut.person).kind == "vault"


def test_a_key_whose_certificate_has_ended_is_refused_with_the_day(small_case: SmallCase, tmp_path: Path) -> None:  # noqa: F811
    openssl(tmp_path, "ecparam -name prime256v1 -genkey -noout -out rut.key")
    openssl(tmp_path, "req -new -key rut.key -subj /CN=rut -out rut.csr")
    (tmp_path / "index").touch()
    settings = "[ca]\ndefault_ca=me\n[me]\ndatabase=index\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\npolicy=any\n"
    settings += "[any]\ncommonName=supplied\n"
    (tmp_path / "ca.cnf").write_text(settings)
    term = "-startdate 20200101000000Z -enddate 20210101000000Z"
    openssl(tmp_path, f"ca -batch -config ca.cnf -rand_serial -selfsign -keyfile rut.key -in rut.csr -out rut.pem -notext {term}")
    with pytest.raises(PersonRefused, match="ended on 2021-01-01"):
        use(small_case, key_file(tmp_path))
    assert signing_choice.in_use(small_case.rut.person).kind == "vault"


def test_a_key_that_claims_another_s_public_half_is_found_out_before_it_counts(small_case: SmallCase, tmp_path: Path) -> None:  # noqa: F811
    mine, other = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())

    def der(key: ec.EllipticCurvePrivateKey) -> bytes:
        return key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())

    # The secret number of one with the public point of the other, as a damaged or forged file would hold them.
    forged = der(mine)[:-65] + der(other)[-65:]
    (tmp_path / "other.der").write_bytes(der(other))
    (tmp_path / "forged.der").write_bytes(forged)
    openssl(tmp_path, "req -x509 -days 300 -key other.der -keyform DER -subj /CN=rut -out rut.pem")
    openssl(tmp_path, "ec -inform DER -in forged.der -out rut.key")
    with pytest.raises(KeyRefused, match="two halves do not belong together"):
        use(small_case, key_file(tmp_path))
    assert signing_choice.in_use(small_case.rut.person).kind == "vault"
