"""The library: every template with what it is for, and where it stands in the organisation."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QVBoxLayout, QWidget

from desktop.library.reader import HelpDialog
from desktop.library.state import LEFT_OUT, LibraryLine, library_lines
from desktop.operations import templates
from desktop.operations.templates import LibraryEntry
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.shell.room import Room
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.flow_row import FlowRow
from desktop.widgets.page import Page, clear, row
from desktop.widgets.status_mark import StatusMark
from desktop.widgets.text import label

#: Below this width at 100 % text size the actions stand under the title.
NARROW = 760
HELP = "templates.md"


class LibraryRoom(Room):
    """A card for each template; the name leads to its page."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._lines: tuple[LibraryLine, ...] = ()
        about = self.text("A template is a questionnaire with its rules. Every assessment is made by one version, and keeps it for ever.")
        self._page = Page(theme, self.text("Library"), under=about, widest=980)
        helping = button(theme, self.text("How to make your own"), self._help, name="library.help", icon="circle-help")
        opening = button(theme, self.text("Open a template file"), self._open_file, name="library.open", kind="primary", icon="folder-open")
        actions = QWidget()
        beside = row(theme, [helping, opening, None])
        beside.setContentsMargins(0, 0, 0, 0)
        actions.setLayout(beside)
        self._page.act(actions)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(12))
        self._page.body.addLayout(self._list)
        self._page.body.addWidget(self._left_out())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)

    def title(self) -> str:
        return self.text("Library")

    def show_place(self, place: Place) -> None:
        super().show_place(place)
        self.load(templates.entries, self._show)

    def commands(self) -> tuple[Command, ...]:
        opening = tuple(
            Command(f"template.{line.id}", line.name, partial(self._go, line.id), about=self.text("Template")) for line in self._lines
        )
        return (
            Command("library.open", self.text("Open a template file"), self._open_file, "O"),
            Command("library.help", self.text("How to make your own"), self._help, "H"),
            *opening,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self.desk.theme.px(NARROW)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._page.head.direction() != direction:
            self._page.head.setDirection(direction)

    def _show(self, entries: tuple[LibraryEntry, ...]) -> None:
        self._lines = library_lines(entries, self.desk.language)
        clear(self._list)
        said = False
        for line in self._lines:
            if line.is_own and not said:
                said = True
                self._list.addWidget(label(self.text("Your own"), "section"))
            self._list.addWidget(self._card(line))
        self.desk.commands_changed.emit()

    def _card(self, line: LibraryLine) -> Card:
        theme = self.desk.theme
        card = Card(theme)
        card.setAccessibleName(line.name)
        card.body.setSpacing(theme.px(4))
        name = button(theme, line.name, partial(self._go, line.id), name=f"library.{line.id}", kind="link")
        name.setFont(theme.font(16))
        head = FlowRow(gap=theme.px(12))
        head.addWidget(name)
        head.addWidget(StatusMark(theme, line.standing))
        card.body.addLayout(head)
        card.body.addWidget(label(line.purpose, wrap=True))
        for fact in line.facts:
            card.body.addWidget(label(fact, "muted", wrap=True))
        return card

    def _left_out(self) -> Card:
        card = Card(self.desk.theme, self.text("Not here, and why"))
        for said in LEFT_OUT:
            card.body.addWidget(label(self.text(said), wrap=True))
        return card

    def _go(self, template: str) -> None:
        self.desk.go(Place("template", template=template))

    def _open_file(self) -> None:
        kinds = self.text("Templates") + " (*.yaml *.yml *.xlsx)"
        chosen, _ = QFileDialog.getOpenFileName(self, self.text("Open a template file"), str(Path.home()), kinds)
        if chosen:
            self.desk.go(Place("template", file=Path(chosen)))

    def _help(self) -> None:
        dialog = HelpDialog(self.desk, HELP, self.text("How to make a template of your own"), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self.window().activateWindow)
        dialog.open()
