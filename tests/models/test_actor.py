"""An act counts as a person's only if that person's own secret was used in it."""

from __future__ import annotations

import pickle
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from models import actor, audit, certificate, person, vault, vault_file
from models.actor import Actor
from models.errors import ActRefused, PassphraseRefused, PersonLocked, PersonRefused, WrongPassphrase
from models.identity import Person
from models.vault import Vault
from models.wrapping import Cost

ASA, RUT = "åsas egna ord", "ruts egna ord"


def test_the_caseworker_s_key_does_not_make_the_reviewer(asa: Actor, rut: Actor) -> None:
    with pytest.raises(ActRefused):
        Actor(person=rut.person, key=asa.private_key)


@pytest.mark.parametrize(
    "forge", [lambda made, asa: setattr(made, "_key", asa.private_key), lambda made, asa: setattr(made, "sign", asa.sign)]
)
def test_an_act_in_the_reviewer_s_name_with_the_caseworker_s_key_is_refused(
    asa: Actor, rut: Actor, forge: Callable[[Actor, Actor], None]
) -> None:
    class Forged(Actor):
        pass

    made = Forged(person=rut.person, key=rut.private_key)
    forge(made, asa)
    before = audit.head()
    with pytest.raises(ActRefused):
        audit.record(actor=made, act="review.agreed", value={})
    assert audit.head() == before


def test_a_key_made_for_the_purpose_is_refused(rut: Actor) -> None:
    with pytest.raises(ActRefused):
        Actor(person=rut.person, key=ec.generate_private_key(ec.SECP256R1()))


def test_a_person_is_not_unlocked_by_another_s_passphrase(asa: Actor, rut: Actor) -> None:
    with pytest.raises(WrongPassphrase):
        actor.unlock(person=rut.person, passphrase=ASA)


def test_a_wrapped_key_moved_to_another_person_opens_nothing(asa: Actor, rut: Actor) -> None:
    own = Person.get_by_id(asa.person).key_wrap
    Person.update(key_wrap=own).where(Person.id == rut.person).execute()
    with pytest.raises(WrongPassphrase):
        actor.unlock(person=rut.person, passphrase=ASA)


def test_a_locked_person_does_not_act(asa: Actor) -> None:
    asa.lock()
    with pytest.raises(PersonLocked):
        audit.record(actor=asa, act="test.act", value={})


def test_an_actor_is_not_written_anywhere(asa: Actor) -> None:
    with pytest.raises(TypeError):
        pickle.dumps(asa)
    assert "Åsa" not in repr(asa)


def test_a_signature_is_checked_against_the_person_who_works_here(asa: Actor, rut: Actor) -> None:
    signature = rut.sign(b"payload")
    actor.verify_act(person=rut.person, payload=b"payload", signature=signature)
    for who, payload in ((asa.person, b"payload"), (rut.person, b"other")):
        with pytest.raises(ActRefused):
            actor.verify_act(person=who, payload=payload, signature=signature)


def test_only_an_administrator_adds_people(rut: Actor, cost: Cost) -> None:
    with pytest.raises(ActRefused):
        person.add_person(
            by=rut, administrator_passphrase=RUT, name="X", email="", roles={"reviewer"}, passphrase="nya egna ord", cost=cost
        )


def test_adding_needs_the_administrator_s_passphrase_again(asa: Actor, cost: Cost) -> None:
    with pytest.raises(WrongPassphrase):
        person.add_person(
            by=asa, administrator_passphrase="fel fel fel", name="X", email="", roles={"reviewer"}, passphrase="nya egna ord", cost=cost
        )


@pytest.mark.parametrize(
    ("name", "roles", "passphrase"), [("", {"reviewer"}, RUT), ("X", set(), RUT), ("X", {"king"}, RUT), ("X", {"reviewer"}, "kort")]
)
def test_a_refused_person_leaves_nothing(asa: Actor, opened: Vault, cost: Cost, name: str, roles: set[str], passphrase: str) -> None:
    before = vault_file.read(opened.folder)
    with pytest.raises((PersonRefused, PassphraseRefused)):
        person.add_person(by=asa, administrator_passphrase=ASA, name=name, email="", roles=roles, passphrase=passphrase, cost=cost)
    assert vault_file.read(opened.folder) == before
    assert len(person.people()) == 1


def test_each_person_opens_the_vault_with_their_own_passphrase(opened: Vault, rut: Actor) -> None:
    opened.close()
    for passphrase, roles in ((ASA, {"administrator", "caseworker"}), (RUT, {"reviewer"})):
        with vault.open_vault(folder=opened.folder, passphrase=passphrase, use_keyring=False) as again:
            assert again.opened_by is not None
            assert person.person_card(again.opened_by).roles == roles


def test_a_changed_passphrase_holds_and_the_old_does_not(opened: Vault, asa: Actor, cost: Cost) -> None:
    person.change_passphrase(person=asa.person, old=ASA, new="helt nya ord", cost=cost)
    with pytest.raises(WrongPassphrase):
        actor.unlock(person=asa.person, passphrase=ASA)
    person.add_person(by=asa, administrator_passphrase="helt nya ord", name="Bo", email="", roles={"office"}, passphrase=RUT, cost=cost)
    opened.close()
    with pytest.raises(WrongPassphrase):
        vault.open_vault(folder=opened.folder, passphrase=ASA, use_keyring=False)
    with vault.open_vault(folder=opened.folder, passphrase="helt nya ord", use_keyring=False):
        assert audit.check_chain().whole


def test_who_has_left_neither_opens_nor_acts_but_the_past_stays(opened: Vault, asa: Actor, rut: Actor) -> None:
    audit.record(actor=rut, act="test.act", value={})
    person.end_person(by=asa, person=rut.person)
    with pytest.raises(PersonLocked):
        actor.unlock(person=rut.person, passphrase=RUT)
    with pytest.raises(ActRefused):
        audit.record(actor=rut, act="test.act", value={})
    assert audit.check_chain().whole
    opened.close()
    with pytest.raises(WrongPassphrase):
        vault.open_vault(folder=opened.folder, passphrase=RUT, use_keyring=False)


def test_there_is_always_an_administrator(asa: Actor, rut: Actor, cost: Cost) -> None:
    with pytest.raises(PersonRefused):
        person.end_person(by=asa, person=asa.person)
    with pytest.raises(PersonRefused):
        person.set_roles(by=asa, person=asa.person, roles={"caseworker"})
    both = {"administrator", "reviewer"}
    person.set_roles(by=asa, person=rut.person, roles=both, administrator_passphrase=ASA, passphrase=RUT, cost=cost)
    person.set_roles(by=asa, person=asa.person, roles={"caseworker"})
    with pytest.raises(ActRefused):  # the role counts as it is now, not as it was at the unlocking
        person.end_person(by=asa, person=rut.person)
    person.add_person(by=rut, administrator_passphrase=RUT, name="Bo", email="", roles={"office"}, passphrase=ASA, cost=cost)


def test_a_lost_passphrase_gives_a_new_key_and_keeps_what_was_signed(asa: Actor, rut: Actor, cost: Cost) -> None:
    audit.record(actor=rut, act="test.act", value={})
    person.replace_key(by=asa, administrator_passphrase=ASA, person=rut.person, passphrase="ruts nya ord", cost=cost)
    with pytest.raises(ActRefused):
        audit.record(actor=rut, act="test.act", value={})
    audit.record(actor=actor.unlock(person=rut.person, passphrase="ruts nya ord"), act="test.act", value={})
    assert audit.check_chain().whole


def test_a_renewed_certificate_goes_with_the_same_key(asa: Actor, rut: Actor) -> None:
    before = rut.certificate
    card = person.renew_certificate(by=asa, administrator_passphrase=ASA, person=rut.person)
    assert card.certificate != before
    audit.record(actor=rut, act="test.act", value={})
    assert audit.check_chain().whole


def test_no_name_and_no_key_stands_in_the_open(opened: Vault, rut: Actor) -> None:
    raw = b"".join(path.read_bytes() for path in opened.folder.iterdir())
    for secret in (b"Rut Al", b"example.org", b"BEGIN CERTIFICATE", certificate.key_bytes(rut.private_key), b"SQLite format 3"):
        assert secret not in raw


def test_openssl_accepts_the_chain_and_only_within_the_organisation(tmp_path: Path, rut: Actor) -> None:
    openssl = shutil.which("openssl")
    assert openssl, "this test needs the openssl command"
    leaf, root = person.certificate_chain(rut.person)
    now = datetime.now(UTC).replace(tzinfo=None)
    foreign_key = certificate.new_root_key()
    foreign = certificate.make_root(organisation="Annan förening", key=foreign_key, at=now)
    key = certificate.new_person_key().public_key()
    outside = certificate.make_personal(name="X", person=rut.person, key=key, root=foreign, root_key=foreign_key, at=now)
    for name, made in (("root", root), ("leaf", leaf), ("outside", outside)):
        (tmp_path / f"{name}.pem").write_text(certificate.pem(made))
    for name, accepted in (("leaf", True), ("outside", False)):
        command = [openssl, "verify", "-x509_strict", "-CAfile", str(tmp_path / "root.pem"), str(tmp_path / f"{name}.pem")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode == 0) is accepted, done.stderr


def test_the_root_cannot_vouch_for_a_name_outside_the_organisation(tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    assert openssl, "this test needs the openssl command"
    now, key = datetime.now(UTC).replace(tzinfo=None), certificate.new_root_key()
    root = certificate.make_root(organisation="Provstiftelsen", key=key, at=now)
    (tmp_path / "root.pem").write_text(certificate.pem(root))
    said = []
    for organisation in ("Provstiftelsen", "Annan förening"):
        subject = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation), x509.NameAttribute(NameOID.COMMON_NAME, "X")])
        public = certificate.new_person_key().public_key()
        made = certificate._builder(subject=subject, issuer=root.subject, key=public, at=now, ends=now + timedelta(days=30)).sign(
            key, hashes.SHA384()
        )
        (tmp_path / "made.pem").write_text(certificate.pem(made))
        command = [openssl, "verify", "-CAfile", str(tmp_path / "root.pem"), str(tmp_path / "made.pem")]
        said.append(subprocess.run(command, capture_output=True, text=True, check=False).stderr)
    assert said[0] == ""
    assert "permitted subtree violation" in said[1]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_document_signed_by_a_person_is_valid_under_the_organisation_s_root(rut: Actor) -> None:
    from asn1crypto import keys as asn1_keys
    from asn1crypto import x509 as asn1_x509
    from cryptography.hazmat.primitives.serialization import Encoding
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    leaf, root = (asn1_x509.Certificate.load(each.public_bytes(Encoding.DER)) for each in person.certificate_chain(rut.person))
    store = SimpleCertificateStore()
    store.register_multiple([root])
    plain, signed = BytesIO(), BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(plain)
    key = asn1_keys.PrivateKeyInfo.load(certificate.key_bytes(rut.private_key))
    signer = SimpleSigner(signing_cert=leaf, signing_key=key, cert_registry=store)
    sign_pdf(IncrementalPdfFileWriter(plain), PdfSignatureMetadata(field_name="Reviewer"), signer=signer, output=signed)
    reader = PdfFileReader(signed)
    status = validate_pdf_signature(reader.embedded_signatures[0], ValidationContext(trust_roots=[root]))
    assert status.bottom_line


@pytest.mark.parametrize("name", ["Å" * 80, "Solbackens missionsförsamling för internationellt bistånd i öster", "x" * 200])
def test_a_long_name_in_any_alphabet_is_shortened_to_what_a_certificate_holds(name: str, rut: Actor) -> None:
    now, key = datetime.now(UTC).replace(tzinfo=None), certificate.new_root_key()
    root = certificate.make_root(organisation=name, key=key, at=now)
    assert root.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value.endswith("Gedigen root")
    public = certificate.new_person_key().public_key()
    certificate.make_personal(name=name, person=rut.person, key=public, root=root, root_key=key, at=now).verify_directly_issued_by(root)
