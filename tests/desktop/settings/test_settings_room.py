"""Settings in the window, on a real vault: passphrase, roles, certificate, keyring."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.settings import state
from desktop.shell.place import Place
from models import actor, identity, vault
from models.errors import WrongPassphrase
from tests.desktop.walking import ADA, RUTH, begin

NEW = "tolv blanka kaffekoppar"


@pytest.fixture
def walk(desk, settled, qtbot, tmp_path):
    made = begin(desk, settled, qtbot, tmp_path)
    made.go(Place("settings"))
    return made


def fill(walk, **typed):
    """Fill fields as an input method does, for Qt's test keys know not every letter of a passphrase."""
    for name, text in typed.items():
        field = walk.find(name.replace("__", "."))
        field.setFocus()
        field.selectAll()
        field.insert(text)


def has(walk, name):
    return any(one.accessibleIdentifier() == name for one in walk.room.findChildren(type(walk.find("settings.change_passphrase"))))


def change_passphrase(walk, *, old=ADA, new=NEW, again=NEW):
    walk.press("settings.change_passphrase")
    fill(walk, passphrase__old=old, passphrase__new__passphrase=new, passphrase__new__again=again)
    walk.keys(Qt.Key.Key_Return)


def unlocks(walk, person, passphrase):
    """Whether a passphrase opens a person's key."""

    def attempt():
        try:
            actor.unlock(person=person, passphrase=passphrase)
        except WrongPassphrase:
            return "no"
        return "yes"

    return walk.do(attempt) == "yes"


def test_one_s_own_passphrase_is_changed_and_everybody_else_s_stays(walk):
    change_passphrase(walk)
    assert unlocks(walk, walk.ada.person, NEW)
    assert not unlocks(walk, walk.ada.person, ADA)
    assert unlocks(walk, walk.ruth.person, RUTH)


def test_the_new_passphrase_opens_the_closed_vault_and_the_old_one_does_not(walk):
    folder = walk.window.desk.vault.folder
    change_passphrase(walk)
    walk.window.close()
    with pytest.raises(WrongPassphrase):
        vault.open_vault(folder=folder, passphrase=ADA, use_keyring=False)
    vault.open_vault(folder=folder, passphrase=NEW, use_keyring=False).close()


def test_a_wrong_old_passphrase_changes_nothing_and_is_said_at_its_field(walk):
    change_passphrase(walk, old="fel")
    assert any("passphrase is not right" in words for words in walk.said())
    assert walk.find("passphrase.old").hasFocus()
    assert unlocks(walk, walk.ada.person, ADA)


def test_two_different_new_passphrases_change_nothing(walk):
    change_passphrase(walk, again="tolv blanka kaffekannor")
    assert "The two passphrases differ. Type it again." in walk.said()
    assert unlocks(walk, walk.ada.person, ADA)


def test_escape_leaves_the_form_and_gives_the_focus_back(walk):
    walk.press("settings.change_passphrase")
    walk.keys(Qt.Key.Key_Escape)
    assert walk.find("settings.change_passphrase").hasFocus()


def test_roles_are_changed_where_the_person_stands(walk):
    walk.press("settings.roles.Ruth")
    walk.find("person.role.controller").click()
    walk.press("roles.do")
    assert walk.do(lambda: identity.person_card(walk.ruth.person)).roles == {"controller", "reviewer", "secretary"}
    assert walk.find("settings.roles.Ruth").hasFocus()


def test_a_new_administrator_takes_both_passphrases(walk):
    walk.press("settings.roles.Ruth")
    assert not walk.find("roles.mine").isVisible()
    walk.find("person.role.administrator").click()
    fill(walk, roles__mine=ADA, roles__theirs="fel")
    walk.press("roles.do")
    assert any("passphrase is not right" in words for words in walk.said())
    assert "administrator" not in walk.do(lambda: identity.person_card(walk.ruth.person)).roles
    fill(walk, roles__mine=ADA, roles__theirs=RUTH)
    walk.press("roles.do")
    assert "administrator" in walk.do(lambda: identity.person_card(walk.ruth.person)).roles


def test_the_last_administrator_stays_one_and_it_is_said(walk):
    walk.press("settings.roles.Ada")
    walk.find("person.role.administrator").click()
    walk.press("roles.do")
    assert any("There must be an administrator" in words for words in walk.said())
    assert "administrator" in walk.do(lambda: identity.person_card(walk.ada.person)).roles


def test_who_changes_the_own_roles_is_known_by_the_new_ones_at_once(walk):
    walk.press("settings.roles.Ada")
    walk.find("person.role.secretary").click()
    walk.press("roles.do")
    assert "secretary" in walk.window.desk.person.roles


def test_who_is_no_administrator_is_offered_no_change_of_people(walk):
    walk.window.desk.become(walk.do(lambda: identity.person_card(walk.ruth.person)), walk.ruth)
    walk.go(Place("home"))
    walk.go(Place("settings"))
    for name in ("settings.roles.Ada", "settings.end.Ada", "settings.add_person"):
        assert not has(walk, name)


def test_a_certificate_near_its_end_is_renewed_with_the_administrator_s_passphrase(walk, monkeypatch):
    monkeypatch.setattr(state, "RENEW_WITHIN_DAYS", 4000)
    walk.go(Place("settings"))
    before = walk.do(lambda: identity.person_card(walk.ruth.person)).certificate
    walk.press("settings.renew.Ruth")
    fill(walk, renew__mine=ADA)
    walk.press("renew.do")
    after = walk.do(lambda: identity.person_card(walk.ruth.person)).certificate
    assert after.serial_number != before.serial_number
    assert after.public_key() == before.public_key()


def test_without_a_keyring_it_is_said_calmly_and_the_choice_stays(walk, monkeypatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    walk.press("settings.keyring.keep")
    assert any("No safe keyring is open on this computer" in words for words in walk.said())
    assert walk.find("settings.keyring.ask").isChecked()
    assert not walk.do(lambda: (walk.window.desk.vault.uses_keyring,))[0]


def test_a_vault_that_used_a_keyring_can_be_set_to_ask(walk, monkeypatch):
    monkeypatch.setattr(vault, "_remember", lambda *_: True)  # there is no keyring in a test
    walk.press("settings.keyring.keep")
    assert walk.do(lambda: (walk.window.desk.vault.uses_keyring,))[0]
    walk.press("settings.keyring.ask")
    assert not walk.do(lambda: (walk.window.desk.vault.uses_keyring,))[0]
