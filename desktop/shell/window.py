"""The main window: the start view, the locked view, or the house."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast
from uuid import UUID

import msgspec
import shiboken6
from PySide6.QtCore import QByteArray, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QWidget

from desktop.language import OWN_NAMES
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.dropped import dropped_pdf
from desktop.shell.house import House
from desktop.shell.journey import Journey
from desktop.shell.leaving import LeavingQuestion, StoppingQuestion, unsaved, unsaved_words
from desktop.shell.place import Place
from desktop.shell.rooms import import_room
from desktop.start.locked_view import LockedView
from desktop.start.start_view import StartView
from desktop.widgets.passphrase_dialog import PassphraseDialog
from forms.errors import GedigenError
from forms.text import N_
from models.errors import VaultLocked
from resources import path

if TYPE_CHECKING:
    from desktop.operations.vaults import Opened
    from models.actor import Actor
    from models.identity import PersonCard

_SWITCH_TO = {
    "en": N_("Switch to English"),
    "sv": N_("Switch to Swedish"),
    "nb": N_("Switch to Norwegian"),
    "fr": N_("Switch to French"),
}


class MainWindow(QMainWindow):
    """One window, one vault."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._journey = Journey()
        self._people: tuple[PersonCard, ...] = ()
        self._unlocking: PassphraseDialog | None = None
        # Whether the last thing done was refused for want of a passphrase, and whether the user has said that it may be lost.
        self._refused = self._may_lose = False
        self._shown: Callable[[], None] = self.show_start
        self.setWindowTitle("Gedigen")
        self.setWindowIcon(_icon())
        self.setAcceptDrops(True)
        self.setMinimumSize(QSize(720, 480))
        self._take_place()
        # Queued, because the button that was pressed is among what is thrown away.
        desk.appearance_changed.connect(self._draw_anew, Qt.ConnectionType.QueuedConnection)
        desk.unlock_wanted.connect(self._ask_passphrase)
        desk.switch_wanted.connect(self.switch_person)
        for settles in (desk.changed, desk.went):
            settles.connect(self._settle_refusal)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_scheme_changed)

    @property
    def house(self) -> House | None:
        """The inside while a vault is open and not locked."""
        inside = self.centralWidget()
        return inside if isinstance(inside, House) else None

    def begin(self, folder: Path | None) -> None:
        """Open a vault by the keyring if it can be, else ask; without a vault show the start view."""
        if folder is None:
            self.show_start()
        else:
            self.open_vault(folder)

    def open_vault(self, folder: Path, passphrase: str | None = None, *, refused: Callable[[GedigenError], None] | None = None) -> None:
        """Open a vault; ``refused`` hears what was wrong with a passphrase that was given."""

        def failed(error: GedigenError) -> None:
            if isinstance(error, VaultLocked):
                self.show_locked_vault(folder)
            elif refused is not None:
                refused(error)
            else:
                self.show_start(trouble=error)

        self.desk.drop_errand()

        def close_and_open() -> Opened:
            from desktop.operations import vaults

            import_room("home")
            if self.desk.vault is not None:
                self.desk.vault.close()
            return vaults.open_vault(folder=folder, passphrase=passphrase)

        self.desk.run(close_and_open, self.come_in, failed=failed)

    def come_in(self, opened: Opened) -> None:
        """Work in a vault that was opened or created."""
        self._people = opened.people
        self._journey.forget()
        folder = opened.vault.folder
        person = self._who(opened)
        self.desk.come_in(opened.vault, person, opened.actor)
        self.desk.prefer(self.desk.preferences.opened(folder, str(person.id) if person is not None else ""))
        if person is None:
            self.show_locked()
        else:
            self.show_house()

    def show_start(self, *, trouble: GedigenError | None = None) -> None:
        """Show create, open and sample."""
        self._shown = self.show_start
        self._put(StartView(self.desk, opened=self.come_in, open_vault=self.open_vault, verify=self.show_verify, trouble=trouble))

    def show_verify(self, file: Path | None = None) -> None:
        """Check a report while no vault is open."""
        from desktop.verify.loose_view import LooseVerifyView

        self._shown = lambda: self.show_verify(file)
        view = LooseVerifyView(self.desk, back=self.show_start)
        self._put(view)
        if file is not None:
            view.room.show_place(Place("verify", file=file))

    def show_locked_vault(self, folder: Path) -> None:
        """Ask for the passphrase of a vault that is closed."""
        self._shown = lambda: self.show_locked_vault(folder)
        view = LockedView(self.desk, folder=folder, people=(), other=self.show_start)
        view.given.connect(lambda _, passphrase: self.open_vault(folder, passphrase, refused=view.refuse))
        self._put(view)

    def show_locked(self) -> None:
        """Ask who works, with the vault open and nothing of it on screen."""
        self._shown = self.show_locked
        folder = self.desk.vault.folder if self.desk.vault is not None else Path()
        view = LockedView(self.desk, folder=folder, people=self._people, other=self.close_vault)
        view.given.connect(lambda person, passphrase: self._unlock(person, passphrase, then=self._unlocked, refused=view.refuse))
        self._put(view)

    def show_house(self) -> None:
        """Show the rooms."""
        self._shown = self.show_house
        house = House(self.desk, self._journey, everywhere=self._commands, menu=self._person_menu())
        self._put(house)
        house.begun.connect(lambda: self.setUpdatesEnabled(True))
        QTimer.singleShot(0, house, house.start)  # a turn of its own: making a room is the longest part

    def close_vault(self) -> None:
        """Close the vault and go back to the start view."""
        if not self._nothing_is_lost(then=self.close_vault):
            return
        self.desk.leave_vault()
        self._people = ()
        self.show_start()

    def lock(self) -> None:
        """Let go of the person's key and take everything off the screen."""
        self._leave_room()
        self.desk.finish()  # what was half typed is signed by the key that is let go of
        self.desk.lock()
        self.show_locked()

    def switch_person(self) -> None:
        """Let another person work here, by that person's own passphrase."""
        self._leave_room()
        self._read_people(lambda: self._open_dialog(None, then=self._unlocked, given_up=lambda: None))

    def _unlocked(self, actor: Actor) -> None:
        person = next(one for one in self._people if one.id == actor.person)
        before = self.desk.person
        self.desk.become(person, actor)
        if self.desk.vault is not None:
            self.desk.prefer(self.desk.preferences.opened(self.desk.vault.folder, str(person.id)))
        if self.house is None or before is None or before.id != person.id:
            self.show_house()

    def _ask_passphrase(self, again: Callable[[], None], given_up: Callable[[], None]) -> None:
        """An operation needs a person: ask, then do it again; several at once wait for the same answer."""

        def give_up() -> None:
            self._refused = True
            given_up()

        if self._unlocking is not None:
            self._unlocking.accepted.connect(again)
            self._unlocking.rejected.connect(give_up)
            return

        def then(actor: Actor) -> None:
            self._unlocked(actor)
            again()

        person = self.desk.person
        self._read_people(lambda: self._open_dialog(person.id if person else None, then=then, given_up=give_up))

    def _open_dialog(self, person: UUID | None, *, then: Callable[[Actor], None], given_up: Callable[[], None]) -> None:
        def unlocked(actor: Actor) -> None:
            dialog.accept()
            then(actor)

        dialog = PassphraseDialog(
            self.desk.theme,
            self.desk.language,
            people=self._people,
            person=person,
            attempt=lambda who, passphrase: self._unlock(who, passphrase, then=unlocked, refused=refuse),
            parent=self,
        )

        def refuse(error: GedigenError) -> None:
            dialog.refuse(self.desk.language.error(error))

        self._unlocking = dialog
        dialog.rejected.connect(given_up)
        dialog.finished.connect(self._dialog_closed)
        dialog.open()

    def _dialog_closed(self) -> None:
        if self._unlocking is not None:
            self._unlocking.deleteLater()
        self._unlocking = None
        self.activateWindow()

    def _unlock(self, person: UUID, passphrase: str, *, then: Callable[[Actor], None], refused: Callable[[GedigenError], None]) -> None:
        from desktop.operations.vaults import unlock_person

        self.desk.run(lambda: unlock_person(person_id=person, passphrase=passphrase), then, failed=refused)

    def _read_people(self, then: Callable[[], None]) -> None:
        def read(here: tuple[PersonCard, ...]) -> None:
            self._people = here
            then()

        from desktop.operations.vaults import people

        self.desk.run(people, read)

    def _who(self, opened: Opened) -> PersonCard | None:
        """Who works: the one whose passphrase opened the vault, the only one there is, or who worked here last."""
        active = [person for person in opened.people if person.active]
        if opened.actor is not None:
            return next(person for person in active if person.id == opened.actor.person)
        last = self.desk.preferences.person.get(str(opened.vault.folder), "")
        return active[0] if len(active) == 1 else next((person for person in active if str(person.id) == last), None)

    def _commands(self) -> tuple[Command, ...]:
        text, preferences = self.desk.language.text, self.desk.preferences
        dark = self.desk.theme.tokens.scheme == "dark"
        look = text(N_("Light colours")) if dark else text(N_("Dark colours"))

        def prefer(**chosen: object) -> Callable[[], None]:
            return lambda: self.desk.prefer(msgspec.structs.replace(preferences, **chosen))

        return (
            Command("person.switch", text(N_("Switch person")), self.switch_person, "Ctrl+Shift+P"),
            Command("person.lock", text(N_("Lock")), self.lock, "Ctrl+L"),
            Command("vault.close", text(N_("Close the vault")), self.close_vault),
            Command("look.scheme", look, prefer(scheme="light" if dark else "dark"), words=text(N_("theme"))),
            *(
                Command(f"look.language.{code}", text(switch), prefer(language=code), words=OWN_NAMES[code])
                for code, switch in _SWITCH_TO.items()
                if code != preferences.language
            ),
            Command("quit", text(N_("Quit")), self.close, "Ctrl+Q"),
        )

    def _person_menu(self) -> QMenu:
        text = self.desk.language.text
        menu = QMenu(self)
        for icon, word, run in (
            ("users", text(N_("Switch person")), self.switch_person),
            ("lock", text(N_("Lock")), self.lock),
            ("log-out", text(N_("Close the vault")), self.close_vault),
        ):
            menu.addAction(self.desk.theme.icon(icon), word, run)
        return menu

    def _put(self, view: QWidget) -> None:
        self.setCentralWidget(view)  # lets go of what was there before
        if (first := view.focusProxy()) is not None:
            first.setFocus()  # again, for the focus left with what was there before
        if not isinstance(view, House):
            self.setUpdatesEnabled(True)
            self.setWindowTitle("Gedigen")

    def _draw_anew(self) -> None:
        self._leave_room()
        # Gone before the new look is applied, and without being taken out of the window: either would dress all of it anew once more.
        if (inside := self.centralWidget()) is not None:
            shiboken6.delete(inside)
        # The old look stays on screen until the new one stands, and what came meanwhile is answered in between.
        self.setUpdatesEnabled(False)
        theme, preferences = self.desk.theme, self.desk.preferences
        theme.scheme, theme.text_size = preferences.scheme, preferences.text_size
        theme.apply(cast(QApplication, QApplication.instance()))
        QTimer.singleShot(0, self, self._stand_anew)

    def _stand_anew(self) -> None:
        if self.centralWidget() is None:
            self._shown()

    def _system_scheme_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self.desk.theme.scheme == "system" and self.desk.theme.is_stale:
            self._draw_anew()

    def _leave_room(self) -> None:
        if self.house is not None:
            self.house.leave()

    def _nothing_is_lost(self, *, then: Callable[[], object]) -> bool:
        """Write what is half typed. If something typed would be lost, ask, and do ``then`` when that is settled."""
        errand = self.desk.errand
        if errand is not None and errand.is_running:
            stopping = StoppingQuestion(self.desk.language, errand, leave=lambda: QTimer.singleShot(0, self, lambda: then()), parent=self)
            stopping.open()
            return False
        if self.desk.vault is None or self._may_lose:
            self._may_lose = False
            return True
        self._leave_room()
        self.desk.finish()
        text = self.desk.language.text
        if self._unlocking is not None:
            self._unlocking.say_why(
                text(N_("What you typed last is not saved yet. Enter your passphrase to save it before the vault is closed."))
            )
            self._unlocking.finished.connect(lambda _: QTimer.singleShot(0, self, lambda: then()))
            return False
        forms = unsaved_words(unsaved(self.desk.drafts), self.desk.language)
        lost = [text(N_("What you did last was not saved, because no passphrase was given."))] if self._refused else []
        lost += [text(N_("Typed and not saved: {forms}."), forms=forms)] if forms else []
        if not lost:
            return True

        def leave() -> None:
            self._may_lose = True
            QTimer.singleShot(0, self, lambda: then())

        question = LeavingQuestion(self.desk.language, "\n".join(lost), stay=self._stay, leave=leave, parent=self)
        question.open()
        return False

    def _stay(self) -> None:
        """Stay with what is not saved: in its form, if it is in one."""
        self.activateWindow()
        places = unsaved(self.desk.drafts)
        if places and self._journey.here not in places:
            self.desk.go(places[-1])

    def _settle_refusal(self, *_: object) -> None:
        self._refused = False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if isinstance(self.centralWidget(), House | StartView) and dropped_pdf(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        file = dropped_pdf(event)
        if file is None:
            return
        event.acceptProposedAction()
        if self.house is not None:
            self.desk.go(Place("verify", file=file))
        else:
            self.show_verify(file)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._nothing_is_lost(then=self.close):
            event.ignore()
            return
        frame = base64.b64encode(self.saveGeometry().data()).decode("ascii")
        self.desk.prefer(msgspec.structs.replace(self.desk.preferences, place=frame))
        self.desk.stop()
        super().closeEvent(event)

    def _take_place(self) -> None:
        """Stand where one stood last time, if that is still on a screen."""
        kept = self.desk.preferences.place
        if not kept or not self.restoreGeometry(QByteArray(base64.b64decode(kept))):
            self.resize(QSize(1280, 800).boundedTo(self.screen().availableSize()))


def _icon() -> QIcon:
    """Give the program's picture in every size that a desktop asks for."""
    icon = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        icon.addFile(str(path("icons", f"gedigen-{size}.png")), QSize(size, size))
    return icon
