"""A key that somebody brings is tried before it counts: showing its certificate, which anybody may have, is not enough."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from models import audit, signing_choice
from models.actor import Actor
from models.brought_key import Proof, prove, prove_held, require_for_signing, require_proof
from models.certificate import PrivateKey, sign
from models.database import utc_now
from models.errors import PersonRefused
from models.identity import Person
from models.signing_choice import Token
from models.wrapping import Cost
from tests.models.conftest import ASA, RUT

CARD = Token("/usr/lib/card.so", "Ruts kort")
TOGETHER = "do not belong together"


def certified(key: PrivateKey, *extensions: x509.ExtensionType, begins: int = -1, ends: int = 400) -> x509.Certificate:
    """Give a certificate from elsewhere, from and until so many days from now."""
    name, at = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Rut Al, from elsewhere")]), utc_now()
    builder = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), at + timedelta(begins), at + timedelta(ends)
    )
    for one in extensions:
        builder = builder.add_extension(one, critical=True)
    return builder.sign(key, hashes.SHA256())


def usage(**ticked: bool) -> x509.KeyUsage:
    every = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement")
    more = ("key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
    return x509.KeyUsage(**{name: ticked.get(name, False) for name in (*every, *more)})


@pytest.fixture
def own() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@pytest.mark.parametrize("kind", ["P-256", "RSA 3072", "RSA 4096"])
def test_whoever_has_the_key_proves_it(kind: str) -> None:
    bits = {"RSA 3072": 3072, "RSA 4096": 4096}
    key: PrivateKey = rsa.generate_private_key(65537, bits[kind]) if kind in bits else ec.generate_private_key(ec.SECP256R1())
    found = certified(key)
    require_proof(found, prove_held(found, key))


def test_each_trial_is_over_other_bytes_and_names_the_certificate(own: ec.EllipticCurvePrivateKey) -> None:
    asked: list[bytes] = []

    def signing(content: bytes) -> bytes:
        asked.append(content)
        return sign(own, content)

    one, other = certified(own), certified(own)
    for found in (one, one, other):
        require_proof(found, prove(found, signing))
    assert len({content[-32:] for content in asked}) == 3
    assert asked[0][:-32] == asked[1][:-32] != asked[2][:-32]
    assert all(content.startswith(b"Gedigen: a trial") for content in asked), "nobody can pass it off as the signature of a report"


@pytest.mark.parametrize("wrong", ["another key", "another certificate", "other bytes", "no signature", "another kind"])
def test_a_trial_that_the_certificate_does_not_bear_out_is_refused(own: ec.EllipticCurvePrivateKey, wrong: str) -> None:
    found, other = certified(own), ec.generate_private_key(ec.SECP256R1())
    good = prove_held(found, own)
    proofs = {
        "another key": prove_held(found, other),
        "another certificate": prove_held(certified(own), own),
        "other bytes": Proof(bytes(32), good.signature),
        "no signature": Proof(good.challenge, b""),
        "another kind": prove_held(found, rsa.generate_private_key(65537, 3072)),
    }
    with pytest.raises(PersonRefused, match=TOGETHER):
        require_proof(found, proofs[wrong])


@pytest.mark.parametrize("kind", ["RSA 2048", "P-384"])
def test_a_key_that_cannot_sign_reports_proves_nothing(kind: str) -> None:
    key: PrivateKey = rsa.generate_private_key(65537, 2048) if kind == "RSA 2048" else ec.generate_private_key(ec.SECP384R1())
    found = certified(key)
    with pytest.raises(PersonRefused, match="of this kind cannot sign"):
        require_proof(found, prove_held(found, key))


def test_a_card_is_not_chosen_by_a_certificate_alone(asa: Actor, rut: Actor, own: ec.EllipticCurvePrivateKey) -> None:
    found, before = certified(own), audit.head()
    with pytest.raises(PersonRefused, match=TOGETHER):
        signing_choice.use_token(
            actor=rut,
            token=CARD,
            found=found,
            proof=prove_held(found, ec.generate_private_key(ec.SECP256R1())),
            administrator=asa.person,
            administrator_passphrase=ASA,
        )
    assert audit.head() == before
    assert signing_choice.in_use(rut.person).kind == "vault"


NO_SIGNING = [
    ("encrypting", usage(key_encipherment=True)),
    ("certifying", usage(key_cert_sign=True)),
    ("a server", x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])),
    ("programs and time", x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING, ExtendedKeyUsageOID.TIME_STAMPING])),
]


@pytest.mark.parametrize(("name", "extension"), NO_SIGNING, ids=[name for name, _ in NO_SIGNING])
def test_a_certificate_for_another_use_is_refused_from_file_and_card(
    asa: Actor, rut: Actor, own: ec.EllipticCurvePrivateKey, cost: Cost, name: str, extension: x509.ExtensionType
) -> None:
    _refused_either_way(asa, rut, own, certified(own, extension), cost, "another use")


@pytest.mark.parametrize(("begins", "ends", "said"), [(-400, -1, "ended on"), (1, 400, "holds only from")])
def test_a_certificate_outside_its_term_is_refused_from_file_and_card(
    asa: Actor, rut: Actor, own: ec.EllipticCurvePrivateKey, cost: Cost, begins: int, ends: int, said: str
) -> None:
    _refused_either_way(asa, rut, own, certified(own, begins=begins, ends=ends), cost, said)


@pytest.mark.parametrize(
    "extension",
    [
        usage(content_commitment=True),
        usage(digital_signature=True, key_encipherment=True),
        x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.SERVER_AUTH]),
        x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]),
    ],
)
def test_a_certificate_for_signatures_among_others_will_do(own: ec.EllipticCurvePrivateKey, extension: x509.ExtensionType) -> None:
    require_for_signing(certified(own, extension), at=utc_now())


def _refused_either_way(asa: Actor, rut: Actor, key: PrivateKey, found: x509.Certificate, cost: Cost, said: str) -> None:
    before = audit.head()
    with pytest.raises(PersonRefused, match=said):
        signing_choice.use_file(
            actor=rut, passphrase=RUT, key=key, found=found, administrator=asa.person, administrator_passphrase=ASA, cost=cost
        )
    with pytest.raises(PersonRefused, match=said):
        signing_choice.use_token(
            actor=rut, token=CARD, found=found, proof=prove_held(found, key), administrator=asa.person, administrator_passphrase=ASA
        )
    assert audit.head() == before
    assert (signing_choice.in_use(rut.person).kind, Person.get_by_id(rut.person).signing_wrap) == ("vault", None)
