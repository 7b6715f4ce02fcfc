"""The inside of the window while a vault is open: navigation around, one room in the middle, the message strip below."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.shell.chrome import ENTRIES, Sidebar, TopBar
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.journey import Journey
from desktop.shell.palette import CommandPalette
from desktop.shell.place import HOME, Place
from desktop.shell.room import Room
from desktop.shell.rooms import ROOMS, import_beforehand, import_room, is_imported, make_room
from desktop.shell.shortcuts_dialog import ShortcutsDialog
from desktop.widgets.message_strip import MessageStrip
from forms.text import N_

if TYPE_CHECKING:
    from desktop.operations.change import Change

#: Below this many pixels of width at 100 % text size the navigation folds to icons.
NARROW = 1000
#: Milliseconds between two imports of rooms that nobody waits for; each visit begins them anew.
_PAUSE = 150


class House(QWidget):
    """Shows places. Made anew when language, scheme or text size change; the ``journey`` is handed on."""

    begun = Signal()

    def __init__(self, desk: Desk, journey: Journey, *, everywhere: Callable[[], tuple[Command, ...]], menu: QMenu) -> None:
        super().__init__()
        self._desk = desk
        self._journey = journey
        self._window_commands = everywhere
        self._rooms: dict[str, Room] = {}
        self._keys: list[QShortcut] = []
        #: Where one goes as soon as its room's code is there.
        self._awaited: Place | None = None
        self._unimported = iter(ROOMS)
        self._importing = QTimer(self)
        self._importing.setSingleShot(True)
        self._importing.setInterval(_PAUSE)
        self._importing.timeout.connect(self._import_next)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._sidebar = Sidebar(desk, lambda room: self.go(Place(room)))
        self._bar = TopBar(desk, search=self.open_palette, menu=menu)
        self._stack = QStackedWidget()
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._stack, 1)
        row.addWidget(self._sidebar)
        row.addLayout(column, 1)
        self._strip = MessageStrip(desk.theme, desk.language, self)
        desk.went.connect(self.go)
        desk.back_wanted.connect(self.go_back)
        desk.noted.connect(self._noted)
        desk.failed.connect(self._failed)
        desk.changed.connect(self._changed)
        desk.person_changed.connect(self._name_person)
        desk.commands_changed.connect(self._set_keys)
        desk.commands_changed.connect(self.say_title)
        self._name_person()

    @property
    def room(self) -> Room | None:
        """The room on screen."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Room) else None

    def start(self) -> None:
        """Show where one was, or Home: the room is made in one turn and shown in the next. ``begun()`` is said then."""
        QTimer.singleShot(0, self, self._begin)
        place = self._journey.here or HOME
        if is_imported(place.room):
            self._make(place.room)

    def _begin(self) -> None:
        try:
            if self.room is None and self._awaited is None:
                self._show(self._journey.here or HOME)
        finally:
            self._importing.start()
            self.begun.emit()

    def go(self, place: Place) -> None:
        """Go to a place."""
        self.leave()
        self._show(place)

    def go_back(self) -> None:
        """Go to where one came from."""
        self.leave()
        before = self._journey.back()
        if before is not None:
            self._show(before)

    def leave(self) -> None:
        """Let the room on screen commit what is half typed, and remember at which question one stood."""
        if self.room is not None:
            self.room.leave()
            self._journey.stand_at(self.room.place)

    def say_title(self) -> None:
        """Write where one is, and in which vault, into the window's title."""
        title = self.room.title() if self.room is not None else ""
        vault = self._desk.vault.folder.stem if self._desk.vault is not None else ""
        window = self.window()
        if window is not None:
            here = " · ".join(part for part in (title, vault) if part)
            window.setWindowTitle(f"{here} – Gedigen" if here else "Gedigen")

    def commands(self) -> tuple[Command, ...]:
        """Everything that can be done now: in this room first, then everywhere."""
        here = self.room.commands() if self.room is not None else ()
        return (*here, *self._everywhere())

    def open_palette(self) -> CommandPalette:
        """Open Ctrl+K; partners and assessments join as soon as they are read."""
        palette = CommandPalette(self._desk.theme, self._desk.language, self.commands(), self)
        palette.show()
        self._desk.run(self._read_records, partial(_offer, palette))
        return palette

    def open_keys(self) -> None:
        """Open F1."""
        here = self.room.commands() if self.room is not None else ()
        dialog = ShortcutsDialog(self._desk.theme, self._desk.language, here=here, everywhere=self._everywhere(), parent=self)
        dialog.finished.connect(self.activateWindow)
        dialog.open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sidebar.fold(self.width() < self._desk.theme.px(NARROW))
        self._place_strip()

    def _show(self, place: Place) -> None:
        """Show a place at once, or as soon as the second thread has its room's code: importing it here would hold the window up."""
        self._awaited = None
        if place.room in self._rooms or is_imported(place.room):
            self._enter(place)
            return
        self._awaited = place
        self._desk.render(partial(import_room, place.room), lambda _: self._enter_awaited(place))

    def _enter_awaited(self, place: Place) -> None:
        if shiboken6.isValid(self) and self._awaited is place:
            self._awaited = None
            self._enter(place)

    def _import_next(self) -> None:
        """Import the rooms one by one and with pauses: two threads that compute would wait for each other, and a visitor for both."""
        name = next((name for name in self._unimported if not is_imported(name)), None)
        if name is not None:
            self._desk.render(partial(import_beforehand, name), self._import_later)

    def _import_later(self, _: object) -> None:
        if shiboken6.isValid(self):
            self._importing.start()

    def _enter(self, place: Place) -> None:
        if self._importing.isActive():
            self._importing.start()
        room = self._make(place.room)
        if self._stack.indexOf(room) < 0:
            self._stack.addWidget(room)
        self._journey.visit(place)
        self._stack.setCurrentWidget(room)
        self._sidebar.mark(place.room)
        self._bar.back.setEnabled(self._journey.can_go_back)
        room.show_place(place)
        self._set_keys()
        self.say_title()

    def _make(self, name: str) -> Room:
        if name not in self._rooms:
            self._rooms[name] = make_room(name, self._desk)
        return self._rooms[name]

    def _changed(self, change: Change) -> None:
        if self.room is not None:
            self.room.change_happened(change)

    def _everywhere(self) -> tuple[Command, ...]:
        text = self._desk.language.text
        places = tuple(
            Command(f"go.{room}", text(N_("Go to {place}"), place=text(word)), partial(self.go, Place(room)), shortcut)
            for room, word, _, shortcut in (entry for entry in ENTRIES if entry is not None)
        )
        own = (
            Command("go.back", text(N_("Back")), self.go_back, "Alt+Left", enabled=self._journey.can_go_back),
            Command("palette", text(N_("Search or command")), self.open_palette, "Ctrl+K"),
            Command("keys", text(N_("Show keyboard shortcuts")), self.open_keys, "F1"),
        )
        return (*places, *own, *self._window_commands())

    def _set_keys(self) -> None:
        for key in self._keys:
            key.setEnabled(False)
            key.deleteLater()
        self._keys = []
        taken: set[str] = set()
        for command in self.commands():
            if not command.shortcut or command.shortcut in taken:
                continue  # a room's command goes before one of the same keys everywhere
            taken.add(command.shortcut)
            key = QShortcut(QKeySequence(command.shortcut), self)
            key.setContext(Qt.ShortcutContext.WindowShortcut)
            key.activated.connect(partial(self._press, command.id))
            self._keys.append(key)

    def _press(self, wanted: str) -> None:
        """Run a command as it stands now, for it may have been enabled or changed since its keys were set."""
        command = next((one for one in self.commands() if one.id == wanted), None)
        if command is not None and command.enabled:
            command.run()

    def _name_person(self) -> None:
        person, text = self._desk.person, self._desk.language.text
        name = person.name if person is not None else text(N_("Nobody"))
        self._bar.person.setText(name)
        self._bar.person.setAccessibleName(text(N_("{name}, person menu"), name=name))

    def _read_records(self) -> tuple[list[Command], list[Command]]:
        from desktop.operations.assessments import assessment_rows
        from desktop.operations.partners import partner_rows

        text = self._desk.language.text
        rows = partner_rows()
        also = {row.id: row.also for row in rows}  # found by its real name, a protected partner is still shown by its cover name
        partners = [
            Command(
                f"partner.{row.id}",
                row.name,
                partial(self._desk.go, Place("partner", partner=row.id)),
                about=text(N_("Partner")),
                words=row.also,
            )
            for row in rows
        ]
        assessments = [
            Command(
                f"assessment.{card.id}",
                f"{card.case_number} · {card.partner_name}",
                partial(self._desk.go, Place("assessment", assessment=card.id)),
                about=card.project_title or text(N_("Assessment")),
                words=also.get(card.draft.partner, ""),
            )
            for card in assessment_rows()
        ]
        return assessments, partners

    def _noted(self, text: str, undo: Callable[[], None] | None) -> None:
        self._say(text, undo=undo)

    def _failed(self, text: str) -> None:
        self._say(text, wrong=True)

    def _say(self, text: str, *, undo: Callable[[], None] | None = None, wrong: bool = False) -> None:
        self._strip.say(text, undo=undo, wrong=wrong)
        self._place_strip()

    def _place_strip(self) -> None:
        theme = self._desk.theme
        width = min(theme.px(720), self.width() - self._sidebar.width() - theme.px(48))
        height = max(self._strip.sizeHint().height(), self._strip.heightForWidth(width))
        left = self._sidebar.width() + (self.width() - self._sidebar.width() - width) // 2
        self._strip.setGeometry(left, self.height() - height - theme.px(16), width, height)


def _offer(palette: CommandPalette, records: tuple[list[Command], list[Command]]) -> None:
    if shiboken6.isValid(palette):
        for commands in records:
            palette.add(commands)
