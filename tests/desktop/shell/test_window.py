"""The window from the first run on, with a real vault."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from desktop.operations import vaults
from desktop.operations.change import Change
from desktop.shell.palette import CommandPalette
from desktop.shell.place import Place
from desktop.shell.shortcuts_dialog import ShortcutsDialog
from desktop.shell.window import MainWindow
from desktop.start.locked_view import LockedView
from desktop.start.start_view import StartView
from desktop.widgets.message_strip import MessageStrip
from desktop.widgets.passphrase_dialog import PassphraseDialog

PASSPHRASE, OTHER = "four small grey boats", "seven long green trains"


def field(root, name, kind=QLineEdit):
    return next(one for one in root.findChildren(kind) if one.accessibleIdentifier() == name)


def said(root):
    return [one.text() for one in root.findChildren(QLabel) if one.isVisibleTo(root) and one.text()]


@pytest.fixture
def window(desk, qtbot):
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.begin(None)
    made.show()
    return made


@pytest.fixture
def vault(desk, window, settled, tmp_path):
    """A vault of two people, the first of whom works in it."""
    folder = tmp_path / "Solbacken.gedigen"
    desk.run(
        lambda: vaults.create_vault(folder=folder, organisation="Solbacken", person_name="Ada", passphrase=PASSPHRASE, use_keyring=False),
        window.come_in,
    )
    settled(desk)
    desk.run(
        lambda: vaults.add_person(
            by=desk.actor(), administrator_passphrase=PASSPHRASE, name="Ruth", email="", roles=frozenset({"reviewer"}), passphrase=OTHER
        ),
        lambda _: None,
    )
    settled(desk)
    return folder


def open_dialog():
    return next((one for one in QApplication.topLevelWidgets() if isinstance(one, PassphraseDialog) and one.isVisible()), None)


def test_a_vault_is_created_from_the_first_screen(window, desk, settled, tmp_path, qtbot):
    view = window.centralWidget()
    assert isinstance(view, StartView)
    qtbot.mouseClick(field(view, "start.create", QPushButton), Qt.MouseButton.LeftButton)
    field(view, "create.folder").setText(str(tmp_path / "New"))
    for name, text in {"organisation": "Solbacken", "name": "Ada", "passphrase": PASSPHRASE, "again": PASSPHRASE}.items():
        field(view, f"create.{name}").setText(text)
    qtbot.mouseClick(field(view, "create.create", QPushButton), Qt.MouseButton.LeftButton)
    settled(desk)
    assert window.house is not None
    assert desk.person.name == "Ada"
    assert (tmp_path / "New.gedigen" / "vault.json").exists()
    assert desk.preferences.vaults == (str(tmp_path / "New.gedigen"),)


def test_what_is_missing_is_said_under_its_field_and_nothing_is_made(window, tmp_path, qtbot):
    view = window.centralWidget()
    view.show_create()
    field(view, "create.folder").setText(str(tmp_path / "New"))
    field(view, "create.passphrase").setText(PASSPHRASE)
    field(view, "create.again").setText("something else")
    qtbot.mouseClick(field(view, "create.create", QPushButton), Qt.MouseButton.LeftButton)
    assert "The two passphrases differ. Type it again." in said(view)
    assert "Enter your name." in said(view)
    assert list(tmp_path.glob("*.gedigen")) == []


def test_a_closed_vault_asks_the_passphrase_and_takes_a_wrong_one_calmly(window, desk, vault, settled):
    window.close_vault()
    window.begin(vault)
    settled(desk)
    view = window.centralWidget()
    assert isinstance(view, LockedView)
    field(view, "locked.passphrase").setText("wrong")
    field(view, "locked.unlock", QPushButton).click()
    settled(desk)
    assert window.centralWidget() is view
    assert any("passphrase is not right" in words and "An administrator unlocks the vault" in words for words in said(view))
    field(view, "locked.passphrase").setText(OTHER)
    field(view, "locked.unlock", QPushButton).click()
    settled(desk)
    assert desk.person.name == "Ruth"


def test_a_folder_that_is_no_vault_is_said_on_the_first_screen(window, desk, settled, tmp_path):
    (tmp_path / "Empty.gedigen").mkdir()
    window.begin(tmp_path / "Empty.gedigen")
    settled(desk)
    assert isinstance(window.centralWidget(), StartView)
    assert not any((tmp_path / "Empty.gedigen").iterdir())


def test_an_act_of_a_locked_person_asks_the_passphrase_and_is_then_done(window, desk, vault, settled):
    desk.become(desk.person, None)
    done = []
    desk.run(lambda: desk.actor().name, done.append)
    settled(desk)
    dialog = open_dialog()
    dialog._secret.setText("wrong")
    dialog._go.click()
    settled(desk)
    assert dialog.isVisible()
    assert done == []
    dialog._secret.setText(PASSPHRASE)
    dialog._go.click()
    settled(desk)
    assert done == ["Ada"]


def test_giving_up_the_passphrase_does_nothing_and_says_so(window, desk, vault, settled):
    desk.become(desk.person, None)
    heard = []
    desk.run(lambda: desk.actor(), pytest.fail, failed=heard.append)
    settled(desk)
    open_dialog().reject()
    assert [str(error) for error in heard] == ["Enter your passphrase to continue. Nothing was changed."]


def test_switching_person_takes_that_person_s_own_passphrase(window, desk, vault, settled):
    window.switch_person()
    settled(desk)
    dialog = open_dialog()
    ruth = next(one for one in window._people if one.name == "Ruth")
    dialog._who.show_key(ruth.id)
    dialog._secret.setText(PASSPHRASE)
    dialog._go.click()
    settled(desk)
    assert desk.person.name == "Ada"
    dialog._secret.setText(OTHER)
    dialog._go.click()
    settled(desk)
    assert desk.person.name == "Ruth"
    assert desk.actor().name == "Ruth"


def test_locking_takes_everything_off_the_screen_and_lets_go_of_the_key(window, desk, vault):
    actor = desk.actor()
    window.lock()
    assert isinstance(window.centralWidget(), LockedView)
    assert actor.is_locked


def test_the_language_switches_the_whole_window_where_one_is(window, desk, vault, settled):
    import msgspec

    desk.go(Place("settings"))
    settled(desk)
    desk.prefer(msgspec.structs.replace(desk.preferences, language="sv"))
    settled(desk)
    assert window.house.room.title() == desk.language.text("Settings")
    assert window.house.room.place == Place("settings")
    assert desk.language.code == "sv"


def test_an_error_without_a_place_of_its_own_stands_in_the_message_strip(window, desk, vault, settled):
    from forms.errors import GedigenError

    def fail():
        raise GedigenError("The file {name} is gone. Nothing was changed.", name="a.pdf")

    desk.run(fail, pytest.fail)
    settled(desk)
    assert "The file a.pdf is gone. Nothing was changed." in said(window.findChild(MessageStrip))


def test_a_fault_of_the_program_is_logged_and_said_without_its_details(window, desk, vault, settled, logged):
    desk.run(lambda: {}["Solbacken"], pytest.fail)
    settled(desk)
    words = said(window.findChild(MessageStrip))
    assert any("Something went wrong in the program" in one for one in words)
    assert not any("Solbacken" in one for one in words)
    assert [record.getMessage() for record in logged] == ["an operation failed"]


def test_a_change_is_told_to_the_room_on_screen_after_its_own_answer(window, desk, vault, settled):
    heard = []
    window.house.room.change_happened = lambda change: heard.append(change.what)
    desk.run(lambda: Change("partner.registered"), lambda _: heard.append("then"))
    settled(desk)
    assert heard == ["then", "partner.registered"]


def test_the_palette_finds_a_command_and_runs_it(window, desk, vault, settled, qtbot):
    palette = window.house.open_palette()
    settled(desk)
    assert isinstance(palette, CommandPalette)
    qtbot.keyClicks(palette._typed, "go sett")
    qtbot.keyClick(palette._typed, Qt.Key.Key_Return)
    settled(desk)
    assert window.house.room.title() == "Settings"


def test_closing_the_window_closes_the_vault_for_others_to_open(window, desk, vault):
    window.close()
    assert desk.vault is None
    with vaults.open_vault(folder=vault, passphrase=PASSPHRASE, use_keyring=False).vault as again:
        assert again.folder == vault


def _drop(window, file):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    window.dropEvent(event)


def test_a_pdf_dropped_on_the_window_goes_to_its_verification(window, desk, vault, tmp_path):
    went = []
    desk.went.connect(went.append)
    _drop(window, tmp_path / "Report.PDF")
    assert went == [Place("verify", file=tmp_path / "Report.PDF")]


def test_a_pdf_dropped_on_the_first_page_is_checked_without_a_vault(window, desk, vault, tmp_path, settled):
    window.close_vault()
    file = tmp_path / "Report.pdf"
    file.write_bytes(b"no report")
    _drop(window, file)
    settled(desk)
    shown = field(window, "verify.status", QWidget)
    assert (desk.vault, shown.accessibleName()) == (None, "Cannot be read")


def test_below_a_thousand_pixels_the_navigation_folds_to_icons_that_keep_their_names(window, desk, vault, qtbot):
    window.resize(900, 700)
    home = field(window, "nav.home", QPushButton)
    assert home.text() == ""
    assert home.accessibleName() == "Home"
    window.resize(1200, 700)
    assert home.text() == "Home"


def add_person(window, settled, *, mine):
    """Fill in Settings' form for a new reviewer, with what is given as the administrator's passphrase."""
    desk = window.desk
    desk.go(Place("settings"))
    settled(desk)
    room = window.house.room
    room._people.add()
    for name, text in {"name": "Bo", "passphrase": OTHER, "again": OTHER, "mine": mine}.items():
        field(room, f"person.{name}").setText(text)
    field(room, "person.add", QPushButton).click()
    settled(desk)
    return room


def test_a_person_is_added_in_settings_with_the_administrator_s_passphrase(window, desk, vault, settled, qtbot):
    room = add_person(window, settled, mine=PASSPHRASE)
    qtbot.waitUntil(lambda: {"Ada", "Bo", "Ruth"} <= set(said(room)))


def test_a_wrong_administrator_s_passphrase_adds_nobody_and_is_said_in_place(window, desk, vault, settled):
    room = add_person(window, settled, mine="wrong")
    assert any("passphrase is not right" in words for words in said(room))
    heard = []
    desk.run(vaults.people, heard.extend)
    settled(desk)
    assert [person.name for person in heard] == ["Ada", "Ruth"]


def test_the_window_s_title_says_the_room_and_the_vault(window, desk, vault, settled):
    desk.go(Place("settings"))
    settled(desk)
    assert window.windowTitle() == "Settings · Solbacken – Gedigen"
    window.close_vault()
    assert window.windowTitle() == "Gedigen"


def test_the_window_has_a_picture_in_the_sizes_that_desktops_ask_for(window):
    assert {size.width() for size in window.windowIcon().availableSizes()} == {16, 24, 32, 48, 64, 128, 256}


def test_the_window_comes_back_in_the_size_in_which_it_was_left(window, desk, qtbot):
    window.resize(782, 561)  # Qt keeps it within the screen, which is small in a test
    window.close()
    again = MainWindow(desk)
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (782, 561)


def test_ctrl_comma_opens_settings_and_alt_left_goes_back(window, desk, vault, settled, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    settled(desk)
    assert window.house.room.place == Place("settings")
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    settled(desk)
    assert window.house.room.place == Place("home")


def test_f1_lists_the_keys_of_the_room_before_those_of_everywhere(window, desk, vault, settled, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    words = said(window.findChild(ShortcutsDialog))
    assert words.index("In this room") < words.index("Ctrl+N") < words.index("Everywhere") < words.index("Ctrl+,")


def test_after_the_start_every_room_is_imported_beside_the_window(desk, vault, window, qtbot):
    from desktop.shell.rooms import ROOMS, is_imported

    qtbot.waitUntil(lambda: all(is_imported(name) for name in ROOMS))


def test_a_room_that_is_not_imported_yet_is_imported_beside_the_window_and_then_shown(desk, window, vault, settled, monkeypatch):
    import sys
    import threading

    from desktop.shell import house

    monkeypatch.delitem(sys.modules, "desktop.verify.room", raising=False)
    threads = []

    def import_room(name):
        threads.append(threading.current_thread())
        rooms_import(name)

    rooms_import = house.import_room
    monkeypatch.setattr(house, "import_room", import_room)
    desk.go(Place("verify"))
    assert window.house.room is None or window.house.room.place.room != "verify"
    settled(desk)
    assert window.house.room.place == Place("verify")
    assert threads
    assert threading.main_thread() not in threads


def test_who_goes_elsewhere_while_a_room_is_imported_is_left_there(desk, window, vault, settled, monkeypatch):
    import sys

    monkeypatch.delitem(sys.modules, "desktop.verify.room", raising=False)
    desk.go(Place("verify"))
    desk.go(Place("settings"))
    settled(desk)
    assert window.house.room.place == Place("settings")


def test_the_old_look_stays_until_the_new_one_stands(desk, window, vault, settled, qtbot, monkeypatch):
    import msgspec

    settled(desk)
    between, apply = [], desk.theme.apply

    def apply_and_tell(application):
        apply(application)
        between.append((window.house, window.updatesEnabled()))

    monkeypatch.setattr(desk.theme, "apply", apply_and_tell)
    desk.prefer(msgspec.structs.replace(desk.preferences, scheme="dark"))
    qtbot.waitUntil(lambda: bool(between) and window.house is not None and window.house.room is not None and window.updatesEnabled())
    assert between == [(None, False)]
