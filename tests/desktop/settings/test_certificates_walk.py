"""Certificates, revocation, own keys and timestamps in the window, on a real vault and with a real timestamp server."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop.operations import certificates, signing, timestamp_authority
from desktop.operations.own_key import keys_on_token, use_token_key
from desktop.seal.pin_dialog import PinDialog
from desktop.shell.place import Place
from models import identity, report, revocation
from models.database import utc_now
from models.timestamp_setting import AuthoritySetting
from tests.desktop.reports.card import PIN, new_card
from tests.desktop.reports.local_authority import Answer, LocalAuthority
from tests.desktop.walking import ADA, begin
from tests.models.test_signing_choice import certified_by_itself
from tests.tour.faults import faults

NEW = "tolv blanka kaffekoppar"


@pytest.fixture
def walk(desk, settled, qtbot, tmp_path):
    made = begin(desk, settled, qtbot, tmp_path)
    made.go(Place("settings"))
    return made


@pytest.fixture
def server():
    with LocalAuthority(start=utc_now() - timedelta(days=100)) as running:
        yield running


@pytest.fixture
def signed(walk):
    """A report signed by both while there is no authority."""
    assessment = walk.start(walk.register())
    walk.seal(assessment)

    def sign():
        for who in (walk.ada, walk.ruth):
            signing.sign_report(actor=who, assessment_id=assessment, language_code="sv")
        return assessment

    return walk.do(sign)


def fill(walk, **typed):
    for name, text in typed.items():
        field = walk.find(name.replace("__", "."))
        field.setFocus()
        field.selectAll()
        field.insert(text)


def saved_as(monkeypatch, path: Path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    return path


def of_ruth(walk):
    return walk.do(lambda: {one.state for one in certificates.everybodys() if one.person == walk.ruth.person})


def fields(walk, assessment):
    return walk.do(lambda: [card.signed_as for card in report.revisions(assessment, "sv")])


def use(walk, server):
    setting = AuthoritySetting(server.url, (server.root_pem.decode(),))
    walk.do(lambda: timestamp_authority.set_authority(actor=walk.ada, setting=setting))


def test_a_certificate_is_revoked_with_the_administrator_s_passphrase(walk):
    walk.press("settings.certificates.Ruth")
    walk.press("certificates.revoke.0")
    fill(walk, revoke__mine="fel fel fel")
    walk.press("revoke.do")
    assert of_ruth(walk) == {"in_use"}
    assert walk.find("revoke.mine").hasFocus()
    fill(walk, revoke__mine=ADA)
    walk.keys(Qt.Key.Key_Return)
    assert of_ruth(walk) == {"revoked"}
    assert walk.find("settings.certificates.Ruth").hasFocus()
    assert walk.do(lambda: revocation.latest().revoked) == 1


def test_a_day_to_come_is_refused_at_its_field(walk):
    walk.press("settings.certificates.Ruth")
    walk.press("certificates.revoke.0")
    fill(walk, revoke__since="2999-01-01", revoke__mine=ADA)
    walk.press("revoke.do")
    assert of_ruth(walk) == {"in_use"}


def test_escape_goes_back_step_by_step(walk):
    walk.press("settings.certificates.Ruth")
    walk.press("certificates.revoke.0")
    walk.keys(Qt.Key.Key_Escape)
    assert walk.find("certificates.close").hasFocus()
    walk.keys(Qt.Key.Key_Escape)
    assert walk.find("settings.certificates.Ruth").hasFocus()


def test_who_leaves_loses_access_and_certificates(walk):
    walk.press("settings.end.Ruth")
    walk.press("end.do")
    assert walk.do(lambda: identity.person_card(walk.ruth.person)).active
    fill(walk, end__mine=ADA)
    walk.press("end.do")
    assert not walk.do(lambda: identity.person_card(walk.ruth.person)).active
    assert of_ruth(walk) == {"revoked"}


def test_a_forgotten_passphrase_is_replaced_with_a_new_key(walk):
    before = walk.do(lambda: identity.person_card(walk.ruth.person)).certificate
    walk.press("settings.certificates.Ruth")
    walk.press("certificates.replace")
    fill(walk, replace__passphrase=NEW, replace__again=NEW, replace__mine=ADA)
    walk.press("replace.do")
    after = walk.do(lambda: identity.person_card(walk.ruth.person)).certificate
    assert after.public_key() != before.public_key()
    assert of_ruth(walk) == {"in_use", "revoked"}


def test_who_replaces_the_own_key_is_asked_for_the_new_passphrase_next(walk):
    walk.press("settings.certificates.Ada")
    walk.press("certificates.replace")
    fill(walk, replace__passphrase=NEW, replace__again=NEW, replace__mine=ADA)
    walk.press("replace.do")
    assert walk.window.desk._actor is None
    assert "administrator" in walk.window.desk.person.roles


def test_the_list_is_made_anew_and_exported(walk, monkeypatch, tmp_path):
    walk.press("settings.publish_list")
    fill(walk, publish__mine=ADA)
    walk.press("publish.do")
    path = saved_as(monkeypatch, tmp_path / "list.crl")
    walk.press("settings.export_list")
    made = x509.load_der_x509_crl(path.read_bytes())
    assert made.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number == 3


def test_the_page_for_the_minutes_is_one_page_with_the_fingerprint(walk, monkeypatch, tmp_path):
    import pikepdf

    path = saved_as(monkeypatch, tmp_path / "page.pdf")
    walk.press("settings.fingerprint_page")
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 1


def test_who_is_no_administrator_sees_certificates_and_does_nothing_with_them(walk):
    walk.window.desk.become(walk.do(lambda: identity.person_card(walk.ruth.person)), walk.ruth)
    walk.go(Place("home"))
    walk.go(Place("settings"))
    walk.press("settings.certificates.Ada")
    for name in ("certificates.revoke.0", "certificates.renew.0", "certificates.replace", "settings.publish_list"):
        assert not walk.has(name)
    assert not walk.has("settings.timestamp_authority")


def test_an_authority_is_tried_before_it_is_used(walk, server, tmp_path):
    (tmp_path / "roots.pem").write_bytes(server.root_pem)
    server.answering = lambda _request: Answer(b"", status=404)
    walk.press("settings.timestamp_authority")
    fill(walk, authority__url=server.url, authority__roots=str(tmp_path / "roots.pem"))
    walk.press("authority.do")
    assert walk.do(lambda: (timestamp_authority.timestamps().kept.setting,)) == (None,)
    assert any("HTTP 404" in said for said in walk.said())
    server.answering = server.answer
    walk.press("authority.do")
    walk.wait()
    kept = walk.do(lambda: timestamp_authority.timestamps().kept)
    assert kept.setting.url == server.url
    assert "Klockverket clock" in kept.setting.answered_as
    walk.press("settings.timestamps_off")
    assert walk.do(lambda: (timestamp_authority.timestamps().kept.setting,)) == (None,)


def test_what_waits_is_timestamped_in_one_act(walk, signed, server):
    use(walk, server)
    walk.go(Place("home"))
    walk.go(Place("settings"))
    walk.press("settings.timestamp_waiting")
    walk.wait()
    walk.wait()
    assert fields(walk, signed) == ["", "Caseworker", "Reviewer", "Timestamp1"]
    assert not walk.has("settings.timestamp_waiting")


def test_a_server_that_is_gone_leaves_what_waits_as_it_was_and_is_said(walk, signed, server):
    use(walk, server)
    server.answering = lambda _request: Answer(b"", status=503)
    walk.go(Place("home"))
    walk.go(Place("settings"))
    walk.press("settings.timestamp_waiting")
    walk.wait()
    assert fields(walk, signed) == ["", "Caseworker", "Reviewer"]
    assert any("HTTP 503" in said for said in walk.said_anywhere())
    assert walk.has("settings.timestamp_waiting")


def test_stopping_finishes_the_report_under_way_and_no_other(walk, signed, server):
    def sign_in_english():
        for who in (walk.ada, walk.ruth):
            signing.sign_report(actor=who, assessment_id=signed, language_code="en")
        return True

    walk.do(sign_in_english)
    use(walk, server)
    walk.go(Place("home"))
    walk.go(Place("settings"))
    walk.find("settings.timestamp_waiting").click()
    walk.find("timestamps.stop").click()
    walk.wait()
    walk.wait()
    made = walk.do(lambda: [card.signed_as for card in report.revisions(signed)])
    assert made.count("Timestamp1") == 1
    assert walk.has("settings.timestamp_waiting")


_FORMS = (
    ("settings.key_file", "key_file.cancel"),
    ("settings.key_card", "key_card.cancel"),
    ("settings.certificates.Ruth", ""),
    ("certificates.revoke.0", "revoke.cancel"),
    ("certificates.replace", "replace.cancel"),
    ("certificates.close", ""),
    ("settings.end.Ruth", "end.cancel"),
    ("settings.publish_list", "publish.cancel"),
    ("settings.timestamp_authority", "authority.cancel"),
)


@pytest.mark.parametrize(("language", "scheme", "text_size"), [("sv", "light", 100), ("en", "dark", 200)])
def test_no_form_clips_covers_or_leaves_anything_without_a_name(walk, language, scheme, text_size):
    desk = walk.window.desk
    desk.prefer(msgspec.structs.replace(desk.preferences, language=language, scheme=scheme, text_size=text_size))
    walk.wait()
    found = []
    for opens, closes in _FORMS:
        walk.press(opens)
        found += [f"{opens}: {fault}" for fault in faults(walk.window)]
        if closes:
            walk.press(closes)
    assert found == []


def test_a_key_file_becomes_one_s_own_key(walk, tmp_path):
    key = ec.generate_private_key(ec.SECP256R1())
    lock = BestAvailableEncryption(b"filens egna ord")
    (tmp_path / "ada.p12").write_bytes(pkcs12.serialize_key_and_certificates(b"ada", key, certified_by_itself(key), None, lock))
    walk.press("settings.key_file")
    fill(walk, key_file__file=str(tmp_path / "ada.p12"), key_file__lock="fel", key_file__mine=ADA, key_file__theirs=ADA)
    walk.press("key_file.do")
    assert walk.find("key_file.lock").hasFocus()
    fill(walk, key_file__lock="filens egna ord")
    walk.press("key_file.do")
    walk.wait()
    assert walk.do(lambda: certificates.signing_card(person_id=walk.ada.person)).kind == "file"
    walk.press("settings.key_vault")
    assert walk.do(lambda: certificates.signing_card(person_id=walk.ada.person)).kind == "vault"


def test_a_card_without_a_library_is_refused_plainly(walk, tmp_path):
    walk.press("settings.key_card")
    fill(walk, key_card__module=str(tmp_path / "none.so"), key_card__label="Adas kort", key_card__pin="1234")
    walk.press("key_card.do")
    assert any("none.so" in said for said in walk.said())
    assert walk.do(lambda: certificates.signing_card(person_id=walk.ada.person)).kind == "vault"


def test_of_several_keys_on_a_card_one_is_chosen(walk, tmp_path, monkeypatch):
    monkeypatch.setenv("SOFTHSM2_CONF", "")
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]
    module = new_card(tmp_path, "Adas kort", {f"key{at}": (key, certified_by_itself(key)) for at, key in enumerate(keys)})
    walk.press("settings.key_card")
    fill(walk, key_card__module=str(module), key_card__label="Adas kort", key_card__pin=PIN, key_card__theirs=ADA)
    walk.press("key_card.do")
    which = walk.find("key_card.which")
    which.setCurrentIndex(1)
    chosen = which.key
    walk.press("key_card.do")
    walk.wait()
    card = walk.do(lambda: certificates.signing_card(person_id=walk.ada.person))
    assert card.kind == "token"
    found = next(key for key in keys if key.public_key() == card.certificate.public_key())
    held = {one.fingerprint: one.certificate.public_key() for one in keys_on_token(module=module, label="Adas kort", pin=PIN)}
    assert held[chosen] == found.public_key()


def test_a_report_is_signed_with_the_pin_of_the_card_and_not_without(walk, tmp_path, monkeypatch):
    monkeypatch.setenv("SOFTHSM2_CONF", "")
    key = ec.generate_private_key(ec.SECP256R1())
    module = new_card(tmp_path, "Adas kort", {"ada": (key, certified_by_itself(key))})
    (found,) = keys_on_token(module=module, label="Adas kort", pin=PIN)
    walk.do(lambda: use_token_key(actor=walk.ada, found=found, administrator=walk.ada.person, administrator_passphrase=ADA))
    assessment = walk.start(walk.register())
    walk.seal(assessment)
    walk.go(Place("seal", assessment=assessment))

    def sign(pin):
        walk.press("seal.sign.sv")
        (dialog,) = [one for one in walk.window.findChildren(PinDialog) if one.isVisible()]
        if pin is None:
            dialog.reject()
        else:
            dialog._typed.setText(pin)
            dialog._go.click()
        walk.wait()
        walk.wait()

    sign(None)
    assert fields(walk, assessment) == [""]
    sign("0000")
    assert fields(walk, assessment) == [""]
    assert any("PIN" in said for said in walk.said())
    sign(PIN)
    assert fields(walk, assessment) == ["", "Caseworker"]
