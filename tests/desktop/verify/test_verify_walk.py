"""Verifying files in the window, with a real vault and a really signed report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop.operations import reporting, signing, vaults
from desktop.shell.given import Given
from desktop.shell.place import Place
from desktop.verify.room import VerifyRoom
from models import casefile, revocation


@pytest.fixture
def signed(walk, tmp_path) -> Path:
    """A report that its caseworker and reviewer have signed, outside the vault."""
    assessment = walk.start(walk.register())
    walk.seal(assessment)

    def sign() -> bytes:
        for person in (walk.ada, walk.ruth):
            signing.sign_report(actor=person, assessment_id=assessment, language_code="sv")
        return reporting.report_bytes(report_id=casefile.read(assessment).reports[-1].id)

    file = tmp_path / "Rapport.pdf"
    file.write_bytes(walk.do(sign))
    return file


def judged(walk, file):
    walk.go(Place("verify", file=file))
    return walk.find("verify.status").accessibleName()


def test_without_a_file_it_invites_a_drop(walk):
    walk.go(Place("verify"))
    assert any("Drop a PDF" in words for words in walk.said())
    assert walk.find("verify.first").isEnabled()


def test_the_signed_report_is_valid_and_leads_to_its_assessment(walk, signed):
    assert judged(walk, signed) == "Valid"
    assert {"Ada", "Ruth"} <= set(walk.said())
    places = []
    walk.window.desk.went.connect(places.append)
    walk.press("verify.assessment")
    assert places[-1].room == "report"
    assert places[-1].assessment is not None


def test_a_changed_file_is_not_valid_and_has_no_assessment(walk, signed):
    changed = signed.with_name("Changed.pdf")
    changed.write_bytes(signed.read_bytes() + b"%\n")
    assert judged(walk, changed) == "Not valid"
    assert not any(one.accessibleIdentifier() == "verify.assessment" for one in walk.room.findChildren(type(walk.find("verify.copy"))))


@pytest.mark.parametrize("content", [b"", b"not a PDF at all"])
def test_what_is_no_report_cannot_be_read_and_it_says_why(walk, tmp_path, content):
    file = tmp_path / "x.pdf"
    file.write_bytes(content)
    assert judged(walk, file) == "Cannot be read"
    assert any(words in ("The file is empty.", "The file is not a PDF.") for words in walk.said())


def test_another_organisation_s_root_is_used_when_chosen_and_a_bad_one_is_said(walk, signed, tmp_path):
    judged(walk, signed)
    own = tmp_path / "own.pem"
    walk.do(lambda: vaults.export_root(path=own) or True)
    walk.room.judge_by(Given(root=own))
    walk.wait()
    assert walk.find("verify.status").accessibleName() == "Valid"
    assert "not looked up" in walk.said()
    own.write_text("not a certificate")
    walk.room.judge_by(Given(root=own))
    walk.wait()
    assert any("not a certificate in PEM form" in words for words in walk.said())
    walk.press("verify.own_root")
    assert walk.find("verify.status").accessibleName() == "Valid"


def test_the_verdict_is_copied_as_text_and_as_json(walk, signed):
    judged(walk, signed)
    walk.press("verify.copy")
    assert QGuiApplication.clipboard().text().startswith("Valid.")
    walk.press("verify.copy_json")
    assert json.loads(QGuiApplication.clipboard().text())["file"]["name"] == "Rapport.pdf"


def test_without_a_vault_a_root_certificate_is_enough(walk, signed, tmp_path):
    own, lists = tmp_path / "own.pem", tmp_path / "own.crl"
    walk.do(lambda: vaults.export_root(path=own) or True)
    lists.write_bytes(walk.do(revocation.lists)[0])
    walk.window.close_vault()
    walk.wait()
    view = walk.window.centralWidget()
    next(one for one in view.findChildren(QPushButton) if one.accessibleIdentifier() == "start.verify").click()
    walk.wait()
    room = walk.window.centralWidget().findChild(VerifyRoom)
    room.show_place(Place("verify", file=signed))
    walk.wait()

    def status():
        return next(one for one in room.findChildren(QWidget) if one.accessibleIdentifier() == "verify.status").accessibleName()

    def named(name):
        return next((one for one in room.findChildren(QWidget) if one.accessibleIdentifier() == name), None)

    assert status() == "Not complete"
    assert (named("verify.give_root").property("kind"), named("verify.choose").property("kind")) == ("primary", "plain")
    assert walk.window.focusWidget() is named("verify.give_root")
    assert named("verify.compare") is None
    room.judge_by(Given(root=own, lists=(lists,)))
    walk.wait()
    assert status() == "Valid"
    assert (named("verify.give_root"), named("verify.choose").property("kind")) == (None, "primary")
    assert "fingerprint" in named("verify.compare").text()
    room.judge_by(Given(root=own, clocks=(signed,)))
    walk.wait()
    assert any("not a certificate in PEM form" in one.text() for one in room.findChildren(QLabel))
    next(one for one in walk.window.centralWidget().findChildren(QPushButton) if one.accessibleIdentifier() == "verify.back").click()
    walk.wait()
    assert any(one.accessibleIdentifier() == "start.verify" for one in walk.window.centralWidget().findChildren(QPushButton))


def test_the_certificate_of_a_signer_is_a_press_away(walk, signed):
    judged(walk, signed)
    shown = [one.text() for one in walk.room.findChildren(QLabel) if one.isVisible()]
    assert "Signed as" in shown
    assert "Serial number" not in shown
    walk.press("verify.certificate.1")
    assert [one.text() for one in walk.room.findChildren(QLabel) if one.isVisible()].count("Serial number") == 1
    walk.press("verify.certificate.1")
    assert "Serial number" not in [one.text() for one in walk.room.findChildren(QLabel) if one.isVisible()]
