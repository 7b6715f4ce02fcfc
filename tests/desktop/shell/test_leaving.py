"""Closing: nothing typed is lost without being said."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from desktop.assessments.starting import Typed
from desktop.operations.partners import partner_rows
from desktop.review.state import Sitting
from desktop.shell.leaving import LeavingQuestion, unsaved
from desktop.shell.place import Place
from desktop.widgets.passphrase_dialog import PassphraseDialog
from models import vault
from tests.desktop.walking import ADA, begin


@pytest.fixture
def walk(desk, settled, qtbot, tmp_path):
    return begin(desk, settled, qtbot, tmp_path)


@pytest.fixture
def typed(walk):
    """A partner's form in which a name was typed and not saved."""
    walk.go(Place("partner_edit"))
    walk.find("partner.name").setText("Solrosen")
    return walk


def shown(kind):
    return next((one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()), None)


def answer(walk, name):
    question = shown(LeavingQuestion)
    next(one for one in question.buttons() if one.accessibleIdentifier() == name).click()
    QApplication.processEvents()
    walk.wait()


def commits(walk, heard):
    """Let the room on screen commit something at leaving, as a half-typed text does."""
    desk, typed = walk.window.desk, ["text"]

    def leave():
        if typed:
            typed.clear()
            desk.run(lambda: desk.actor().name, heard.append)

    walk.room.leave = leave


def test_a_window_in_which_nothing_is_unsaved_closes_at_once(walk):
    walk.window.close()
    assert shown(LeavingQuestion) is None
    assert walk.window.desk.vault is None


def test_a_form_that_is_not_saved_is_asked_about_before_the_window_closes(typed):
    typed.window.close()
    assert "a partner" in shown(LeavingQuestion).informativeText()
    assert typed.window.isVisible()
    answer(typed, "leaving.stay")
    assert typed.window.desk.vault is not None
    assert typed.find("partner.name").text() == "Solrosen"


def test_staying_leads_to_the_form_with_what_was_typed(typed):
    typed.go(Place("home"))
    typed.window.close()
    answer(typed, "leaving.stay")
    assert typed.room.place == Place("partner_edit")
    assert typed.find("partner.name").text() == "Solrosen"


def test_what_the_user_gives_up_is_given_up_and_the_window_closes(typed):
    folder = typed.window.desk.vault.folder
    typed.window.close()
    answer(typed, "leaving.leave")
    assert not typed.window.isVisible()
    with vault.open_vault(folder=folder, passphrase=ADA, use_keyring=False):
        assert partner_rows() == ()


def test_closing_the_vault_asks_as_closing_the_window_does(typed):
    typed.window.close_vault()
    assert shown(LeavingQuestion) is not None
    answer(typed, "leaving.leave")
    assert typed.window.desk.vault is None


def test_text_of_a_locked_person_is_saved_by_the_passphrase_and_then_the_window_closes(walk):
    heard = []
    commits(walk, heard)
    walk.window.desk.become(walk.window.desk.person, None)
    walk.window.close()
    dialog = shown(PassphraseDialog)
    assert walk.window.isVisible()
    dialog._secret.setText(ADA)
    dialog._go.click()
    walk.wait()
    QApplication.processEvents()
    assert heard == ["Ada"]
    assert not walk.window.isVisible()


def test_without_the_passphrase_it_is_said_what_would_be_lost_and_the_user_chooses(walk):
    heard = []
    commits(walk, heard)
    walk.window.desk.become(walk.window.desk.person, None)
    walk.window.close()
    shown(PassphraseDialog).reject()
    QApplication.processEvents()
    assert "not saved" in shown(LeavingQuestion).informativeText()
    assert walk.window.isVisible()
    answer(walk, "leaving.leave")
    assert heard == []
    assert not walk.window.isVisible()


def test_half_typed_text_is_signed_before_the_key_is_let_go_of(walk):
    heard = []
    commits(walk, heard)
    walk.window.lock()
    assert heard == ["Ada"]
    assert shown(PassphraseDialog) is None


def test_a_form_that_was_only_looked_at_is_no_loss():
    drafts = {
        Place("new_assessment"): Typed(kind="renewal"),
        Place("review"): Sitting({}, "governance.plan"),
        Place("decision"): object(),
    }
    assert unsaved(drafts) == (Place("decision"),)
