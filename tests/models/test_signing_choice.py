"""A person may sign reports with a key of their own; acts stay the vault key's, and every certificate is of the organisation's root."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from models import actor, audit, certificate, person, report, revocation, sealing, signing_choice
from models.actor import Actor
from models.brought_key import prove_held
from models.certificate import PrivateKey
from models.database import open_register, utc_now
from models.errors import ActRefused, PersonRefused, WrongPassphrase
from models.identity import Person, certificate_in_use, organisation
from models.root_key import root_key_of
from models.signing_choice import Token
from models.wrapping import Cost
from tests.models.conftest import ASA, RUT, SmallCase


def certified_by_itself(key: PrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Rut Al, from elsewhere")])
    at = utc_now()
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), at, at + timedelta(days=400))
    return builder.sign(key, hashes.SHA256())


@pytest.fixture
def own() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def use_file(who: Actor, key: PrivateKey, asa: Actor, cost: Cost, passphrase: str = RUT) -> signing_choice.SigningCard:
    return signing_choice.use_file(
        actor=who,
        passphrase=passphrase,
        key=key,
        found=certified_by_itself(key),
        administrator=asa.person,
        administrator_passphrase=ASA,
        cost=cost,
    )


def test_who_has_chosen_nothing_signs_with_the_key_in_the_vault(rut: Actor) -> None:
    card = signing_choice.in_use(rut.person)
    assert (card.kind, card.fingerprint) == ("vault", certificate_in_use(rut.person).fingerprint)


@pytest.mark.parametrize("kind", ["P-256", "RSA"])
def test_a_key_from_elsewhere_gets_a_certificate_of_the_root_s(asa: Actor, rut: Actor, cost: Cost, kind: str) -> None:
    key: PrivateKey = ec.generate_private_key(ec.SECP256R1()) if kind == "P-256" else rsa.generate_private_key(65537, 3072)
    card = use_file(rut, key, asa, cost)
    card.certificate.verify_directly_issued_by(organisation().root)
    assert card.kind == "file"
    assert card.certificate.public_key() == key.public_key()
    assert rut.signing_key is key
    assert certificate_in_use(rut.person).fingerprint != card.fingerprint
    audit.record(actor=rut, act="test.act", value={})
    assert audit.check_chain().whole


def test_the_key_comes_back_with_the_person_s_own_passphrase_and_no_other(
    asa: Actor, rut: Actor, own: ec.EllipticCurvePrivateKey, cost: Cost
) -> None:
    use_file(rut, own, asa, cost)
    again = actor.unlock(person=rut.person, passphrase=RUT)
    assert again.signing_key is not None
    assert again.signing_key.private_numbers() == own.private_numbers()
    with pytest.raises(WrongPassphrase):
        actor.unlock(person=rut.person, passphrase=ASA)
    again.lock()
    assert again.signing_key is None


def test_a_changed_passphrase_takes_the_key_along(asa: Actor, rut: Actor, own: ec.EllipticCurvePrivateKey, cost: Cost) -> None:
    use_file(rut, own, asa, cost)
    person.change_passphrase(person=rut.person, old=RUT, new="ruts nya ord", cost=cost)
    again = actor.unlock(person=rut.person, passphrase="ruts nya ord")
    assert again.signing_key is not None
    assert again.signing_key.private_numbers() == own.private_numbers()


def test_a_certificate_that_the_root_issued_for_the_person_is_used_as_it_is(
    asa: Actor, rut: Actor, own: ec.EllipticCurvePrivateKey, cost: Cost
) -> None:
    def issued(to: Actor) -> x509.Certificate:
        root_key = root_key_of(asa.person, ASA)
        return certificate.make_personal(
            name="Rut Al", person=to.person, key=own.public_key(), root=organisation().root, root_key=root_key, at=utc_now()
        )

    with pytest.raises(PersonRefused, match="somebody else"):
        signing_choice.use_file(actor=rut, passphrase=RUT, key=own, found=issued(asa), cost=cost)
    made = issued(rut)
    card = signing_choice.use_file(actor=rut, passphrase=RUT, key=own, found=made, cost=cost)
    assert card.certificate == made


@pytest.mark.parametrize("wrong", ["no administrator", "administrator's passphrase", "own passphrase", "not administrator", "other key"])
def test_a_refused_key_changes_nothing(asa: Actor, rut: Actor, own: ec.EllipticCurvePrivateKey, cost: Cost, wrong: str) -> None:
    before = audit.head()
    with pytest.raises((PersonRefused, WrongPassphrase, ActRefused)):
        signing_choice.use_file(
            actor=rut,
            passphrase=ASA if wrong == "own passphrase" else RUT,
            key=own,
            found=certified_by_itself(ec.generate_private_key(ec.SECP256R1()) if wrong == "other key" else own),
            administrator=None if wrong == "no administrator" else rut.person if wrong == "not administrator" else asa.person,
            administrator_passphrase={"administrator's passphrase": "fel fel fel", "not administrator": RUT}.get(wrong, ASA),
            cost=cost,
        )
    assert audit.head() == before
    assert (signing_choice.in_use(rut.person).kind, rut.signing_key) == ("vault", None)
    assert Person.get_by_id(rut.person).signing_wrap is None


def test_one_key_is_not_two_people_s(asa: Actor, rut: Actor, own: ec.EllipticCurvePrivateKey, cost: Cost) -> None:
    use_file(rut, own, asa, cost)
    with pytest.raises(PersonRefused, match="somebody else"):
        use_file(asa, own, asa, cost, passphrase=ASA)


def test_a_key_that_may_be_known_is_not_taken_in_again(asa: Actor, rut: Actor, own: ec.EllipticCurvePrivateKey, cost: Cost) -> None:
    card = use_file(rut, own, asa, cost)
    revocation.revoke(by=asa, administrator_passphrase=ASA, person=rut.person, certificate_sha256=card.fingerprint, reason="key_known")
    signing_choice.use_vault(actor=rut)
    with pytest.raises(PersonRefused):
        use_file(rut, own, asa, cost)


def test_the_sealed_record_names_the_certificate_that_each_will_sign_with(
    small_case: SmallCase, own: ec.EllipticCurvePrivateKey, cost: Cost
) -> None:
    small_case.agree()
    card = use_file(small_case.rut, own, small_case.asa, cost)
    named = {one.field: one.certificate_sha256 for one in sealing.required_signers(small_case.file())}
    assert named == {"Caseworker": certificate_in_use(small_case.asa.person).fingerprint, "Reviewer": card.fingerprint}
    sealing.put(actor=small_case.asa, assessment=small_case.assessment, record=small_case.record())
    report.put(actor=small_case.asa, document=report.Document(small_case.assessment, "sv"), pdf=b"%PDF-1")
    report.put(actor=small_case.asa, document=report.Document(small_case.assessment, "sv"), pdf=b"%PDF-1 a", signed_as="Caseworker")
    ready = report.require_field(actor=small_case.rut, document=report.Document(small_case.assessment, "sv"), field="Reviewer")
    assert (ready.kind, ready.fingerprint) == ("file", card.fingerprint)


def test_who_goes_back_to_the_vault_s_key_does_not_sign_what_names_the_other(
    small_case: SmallCase, own: ec.EllipticCurvePrivateKey, cost: Cost
) -> None:
    use_file(small_case.asa, own, small_case.asa, cost, passphrase=ASA)
    small_case.seal()
    signing_choice.use_vault(actor=small_case.asa)
    with pytest.raises(ActRefused, match="another certificate"):
        report.require_field(actor=small_case.asa, document=report.Document(small_case.assessment, "sv"), field="Caseworker")


def test_of_a_token_only_its_place_and_certificate_are_kept(asa: Actor, rut: Actor, own: ec.EllipticCurvePrivateKey) -> None:
    token, found = Token("/usr/lib/card.so", "Ruts kort"), certified_by_itself(own)
    card = signing_choice.use_token(
        actor=rut, token=token, found=found, proof=prove_held(found, own), administrator=asa.person, administrator_passphrase=ASA
    )
    assert (card.kind, card.token, signing_choice.in_use(rut.person)) == ("token", token, card)
    assert (Person.get_by_id(rut.person).signing_wrap, rut.signing_key) == (None, None)


def test_a_renewed_certificate_of_the_own_key_is_the_one_that_signs(
    asa: Actor, rut: Actor, own: ec.EllipticCurvePrivateKey, cost: Cost
) -> None:
    with pytest.raises(PersonRefused, match="no key of their own"):
        person.renew_certificate(by=asa, administrator_passphrase=ASA, person=rut.person, purpose="signing")
    before = use_file(rut, own, asa, cost)
    acts = certificate_in_use(rut.person).fingerprint
    person.renew_certificate(by=asa, administrator_passphrase=ASA, person=rut.person, purpose="signing")
    after = signing_choice.in_use(rut.person)
    assert after.fingerprint != before.fingerprint
    assert after.certificate.public_key() == own.public_key()
    assert certificate_in_use(rut.person).fingerprint == acts


def test_a_lost_passphrase_loses_the_key_file_and_the_person_signs_with_the_new_key(
    asa: Actor, rut: Actor, own: ec.EllipticCurvePrivateKey, cost: Cost
) -> None:
    use_file(rut, own, asa, cost)
    person.replace_key(by=asa, administrator_passphrase=ASA, person=rut.person, passphrase="ruts nya ord", cost=cost)
    card = signing_choice.in_use(rut.person)
    assert (card.kind, card.fingerprint) == ("vault", certificate_in_use(rut.person).fingerprint)
    assert actor.unlock(person=rut.person, passphrase="ruts nya ord").signing_key is None


def test_the_own_key_stands_nowhere_in_the_decrypted_vault(asa: Actor, rut: Actor, own: ec.EllipticCurvePrivateKey, cost: Cost) -> None:
    use_file(rut, own, asa, cost)
    secret = own.private_numbers().private_value.to_bytes(32, "big")
    for table in ("person", "personal_certificate", "signing_choice", "audit_entry"):
        for row in open_register().execute_sql(f"SELECT * FROM {table}").fetchall():
            for value in row:
                raw = value if isinstance(value, bytes) else str(value).encode()
                assert secret not in raw
                assert secret.hex().encode() not in raw
