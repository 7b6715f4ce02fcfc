"""Sealing and signing in the window, each person with their own key, on a real vault."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from desktop.operations import assessments, reviewing
from desktop.seal.confirming import SealingDialog
from desktop.shell.place import Place
from models import identity
from models.cards import ReviewPoint


@pytest.fixture
def agreed(walk):
    assessment = walk.start(walk.register())
    walk.submit(assessment)

    def review():
        reviewing.declare_tie(actor=walk.ruth, assessment_id=assessment, has_tie=False)
        points = (ReviewPoint("governance.board.meetings", agrees=True),)
        reviewing.agree(actor=walk.ruth, assessment_id=assessment, comment="", points=points)
        return assessment

    return walk.do(review)


def case(walk, assessment):
    return walk.do(lambda: assessments.assessment_file(assessment_id=assessment))


def is_here(walk, name):
    return any(one.accessibleIdentifier() == name for one in walk.room.findChildren(QWidget))


def confirm(walk, accepts=True):
    (dialog,) = [one for one in walk.window.findChildren(SealingDialog) if one.isVisible()]
    (dialog.accept if accepts else dialog.reject)()
    walk.wait()


def test_what_remains_leads_to_where_it_is_done(walk):
    assessment = walk.start(walk.register())
    walk.go(Place("seal", assessment=assessment))
    assert not walk.find("seal.seal").isEnabled()
    walk.press("seal.remains.1")
    assert walk.window.house._journey.here.room == "assessment"


def test_sealing_is_confirmed_first_and_not_yet_changes_nothing(walk, agreed):
    walk.go(Place("seal", assessment=agreed))
    walk.press("seal.seal")
    confirm(walk, accepts=False)
    assert case(walk, agreed).seal is None
    walk.press("seal.seal")
    confirm(walk)
    assert case(walk, agreed).seal is not None
    assert walk.window.focusWidget() is walk.find("seal.sign.sv")


def test_each_signs_with_their_own_key_in_order(walk, agreed):
    walk.go(Place("seal", assessment=agreed))
    walk.press("seal.seal")
    confirm(walk)
    walk.press("seal.sign.en")
    assert [one.signed_as for one in case(walk, agreed).reports] == ["", "Caseworker"]
    assert not is_here(walk, "seal.sign.en")
    assert is_here(walk, "seal.switch.en")
    walk.window.desk.become(walk.do(lambda: next(one for one in identity.people() if one.id == walk.ruth.person)), walk.ruth)
    walk.window.show_house()
    walk.wait()
    walk.press("seal.sign.en")
    assert [one.signed_as for one in case(walk, agreed).reports] == ["", "Caseworker", "Reviewer"]
    assert not is_here(walk, "seal.switch.en")


def test_a_line_for_the_chair_stands_only_where_it_was_left(walk, agreed):
    walk.go(Place("seal", assessment=agreed))
    walk.find("seal.chair").setChecked(True)
    walk.press("seal.seal")
    confirm(walk)
    assert any("may be left unsigned" in said for said in walk.said())


def test_a_locked_person_is_asked_for_the_passphrase_before_the_seal(walk, agreed):
    from tests.desktop.walking import ADA

    walk.go(Place("seal", assessment=agreed))
    walk.ada.lock()
    walk.press("seal.seal")
    confirm(walk)
    dialog = walk.window._unlocking
    assert dialog is not None
    assert case(walk, agreed).seal is None
    dialog._secret.setText(ADA)
    dialog._press()
    walk.wait()
    walk.wait()
    assert case(walk, agreed).seal is not None
