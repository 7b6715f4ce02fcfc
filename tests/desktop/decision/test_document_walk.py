"""The decision document in the window: made and signed by the one who recorded the decision, read, and exported."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog

from desktop.operations import assessments, deciding, own_key, signing, timestamp_authority
from desktop.reports.verification import verify
from desktop.seal.pin_dialog import PinDialog
from desktop.shell.place import Place
from models import report, revocation, signing_choice
from models.board_cards import DecisionDraft
from models.database import own_day, utc_now
from models.identity import organisation
from models.timestamp_setting import AuthoritySetting
from tests.desktop.reports.card import MODULE, PIN, new_card
from tests.desktop.reports.local_authority import LocalAuthority
from tests.desktop.walking import ADA
from tests.models.test_signing_choice import certified_by_itself


@pytest.fixture
def server():
    with LocalAuthority(start=utc_now() - timedelta(days=100)) as running:
        yield running


@pytest.fixture
def decided(walk):
    """A sealed and signed assessment with a decision that Ada has recorded."""
    assessment = walk.start(walk.register())
    walk.seal(assessment)
    walk.do(lambda: signing.sign_report(actor=walk.ada, assessment_id=assessment, language_code="sv"))
    record(walk, assessment)
    return assessment


def record(walk, assessment, *, by=None, outcome="approve"):
    day = own_day(walk.do(lambda: assessments.assessment_file(assessment_id=assessment)).seal.at)
    draft = DecisionDraft(outcome, "Styrelsen", "2026-04", "§ 12", day + timedelta(days=1))
    walk.do(lambda: deciding.record_decision(actor=by or walk.ada, assessment_id=assessment, draft=draft))


def documents(walk, assessment):
    return walk.do(lambda: deciding.decisions(assessment_id=assessment))[-1].documents


def chosen(monkeypatch, path):
    seen = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *arguments, **_: (seen.append(arguments[2]), (str(path), ""))[1])
    return seen


def test_the_document_is_made_signed_and_exported_from_the_decision(walk, decided, monkeypatch, tmp_path):
    walk.go(Place("decision", assessment=decided))
    walk.press("decision.document.sign")
    (card,) = documents(walk, decided)
    assert walk.find("decision.document.read").text() == "Read and export"
    walk.press("decision.document.read")
    assert walk.room.place.room == "decision_document"
    suggested = chosen(monkeypatch, tmp_path / "out.pdf")
    walk.press("document.export")
    (name,) = suggested
    day = walk.do(lambda: deciding.decisions(assessment_id=decided))[0].card.draft.decided_on
    assert name.endswith(f"Källvattnets-vänner-påhittad-decision-{day}-en.pdf")
    pdf = (tmp_path / "out.pdf").read_bytes()
    root, known = walk.do(lambda: (organisation().root_pem.encode(), report.registered_hashes()))
    verdict = verify(pdf, root_pem=root, registered=known)
    assert (verdict.status, verdict.kind, verdict.file.sha256) == ("valid", "decision", card.sha256)


def test_what_was_decided_stands_first_and_what_was_recommended_after_it_however_narrow(walk, decided):
    for width in (1280, 800):
        walk.window.resize(width, 900)
        walk.go(Place("decision", assessment=decided))
        walk.wait()
        tops = [walk.find(one).mapTo(walk.window, QPoint()).y() for one in ("decision.recorded", "decision.document.said")]
        assert tops[0] <= tops[1] + (40 if width == 1280 else 0)
    assert tops[1] < walk.find("decision.recommended").mapTo(walk.window, QPoint()).y()


def test_by_keyboard_alone(walk, decided, monkeypatch, tmp_path):
    walk.go(Place("decision", assessment=decided))
    walk.keys(Qt.Key.Key_D)
    assert walk.room.place.room == "decision_document"
    assert walk.find("document.page").text() == "Page 1 of 1"
    walk.keys(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(documents(walk, decided)) == 1
    chosen(monkeypatch, tmp_path / "out")
    walk.keys(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert (tmp_path / "out.pdf").exists()


def test_somebody_else_reads_it_but_does_not_sign(walk, decided):
    record(walk, decided, by=walk.ruth)
    walk.go(Place("decision", assessment=decided))
    assert not walk.has("decision.document.sign")
    assert walk.has("decision.document.switch")
    assert any("Ruth recorded this decision" in words for words in walk.said())
    walk.press("decision.document.read")
    assert not walk.find("document.sign").isVisibleTo(walk.room)
    assert walk.find("document.page").text() == "Page 1 of 1"
    assert not walk.find("document.export").isVisibleTo(walk.room)


def test_each_language_is_a_document_of_its_own(walk, decided):
    walk.go(Place("decision", assessment=decided))
    walk.press("decision.document.language.sv")
    walk.press("decision.document.sign")
    assert [card.language for card in documents(walk, decided)] == ["sv"]
    walk.press("decision.document.language.en")
    assert walk.find("decision.document.read").text() == "Read it first"


def test_the_document_of_the_decision_before_is_still_there(walk):
    assessment = walk.start(walk.register())
    walk.seal(assessment)
    record(walk, assessment, outcome="postpone")
    first = walk.do(lambda: deciding.decisions(assessment_id=assessment))[0]
    record(walk, assessment)
    walk.go(Place("decision", assessment=assessment))
    walk.press(f"decision.document.earlier.{first.id}")
    walk.press("document.sign")
    before, latest = walk.do(lambda: deciding.decisions(assessment_id=assessment))
    assert (len(before.documents), len(latest.documents)) == (1, 0)
    walk.press("document.back")
    assert walk.room.place == Place("decision", assessment=assessment)


def use(walk, setting):
    walk.do(lambda: timestamp_authority.set_authority(actor=walk.ada, setting=setting) and True)


def test_signed_without_a_network_it_waits_and_is_timestamped_with_the_reports(walk, decided, server):
    use(walk, AuthoritySetting("http://127.0.0.1:9/", (server.root_pem.decode(),)))
    walk.go(Place("decision", assessment=decided))
    walk.press("decision.document.sign")
    assert any("signed and awaits a timestamp" in said for said in walk.said_anywhere())
    assert "It has no timestamp yet" in walk.find("decision.document.said").text()
    use(walk, AuthoritySetting(server.url, (server.root_pem.decode(),)))
    walk.go(Place("settings"))
    walk.press("settings.timestamp_waiting")
    walk.wait()
    walk.wait()
    signed, stamped = documents(walk, decided)
    assert (signed.timestamp_ends, stamped.revision) == (None, 1)
    walk.go(Place("decision", assessment=decided))
    assert "Timestamp added" in walk.find("decision.document.said").text()


def test_with_an_authority_the_signature_has_its_timestamp(walk, decided, server):
    use(walk, AuthoritySetting(server.url, (server.root_pem.decode(),)))
    walk.go(Place("decision_document", assessment=decided))
    walk.press("document.sign")
    (card,) = documents(walk, decided)
    assert card.timestamp_ends is not None
    walk.press("document.back")
    assert "The signature has its timestamp." in walk.find("decision.document.said").text()


@pytest.mark.parametrize("room", ["decision", "decision_document"])
def test_a_key_on_a_card_asks_for_its_pin_and_nothing_is_signed_without(walk, decided, tmp_path, monkeypatch, room):
    monkeypatch.setenv("SOFTHSM2_CONF", "")
    key = ec.generate_private_key(ec.SECP256R1())
    new_card(tmp_path, "Adas kort", {"ada": (key, certified_by_itself(key))})

    def choose():
        (found,) = own_key.keys_on_token(module=MODULE, label="Adas kort", pin=PIN)
        return own_key.use_token_key(actor=walk.ada, found=found, administrator=walk.ada.person, administrator_passphrase=ADA)

    walk.do(choose)
    walk.go(Place(room, assessment=decided))
    sign = "decision.document.sign" if room == "decision" else "document.sign"
    walk.press(sign)
    (dialog,) = pin_dialogs(walk)
    dialog.reject()
    walk.wait()
    assert documents(walk, decided) == ()
    walk.press(sign)
    (dialog,) = pin_dialogs(walk)
    dialog._typed.setText(PIN)
    dialog.accept()
    walk.wait()
    walk.wait()
    assert len(documents(walk, decided)) == 1


def pin_dialogs(walk):
    return [one for one in walk.window.findChildren(PinDialog) if one.isVisible()]


def test_a_revoked_certificate_signs_nothing_and_it_is_said(walk, decided):
    def revoke():
        used = signing_choice.in_use(walk.ada.person).fingerprint
        return revocation.revoke(
            by=walk.ada, administrator_passphrase=ADA, person=walk.ada.person, certificate_sha256=used, reason="key_known"
        )

    walk.do(revoke)
    walk.go(Place("decision", assessment=decided))
    walk.press("decision.document.sign")
    assert documents(walk, decided) == ()
    assert any("revoked" in said for said in walk.said_anywhere())
    assert walk.find("decision.document.sign").isEnabled()
