"""Home: what to go on with, what waits for me, what is coming up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QVBoxLayout

from desktop.home.state import HomeLine, HomeState, Upkeep, home_state, upkeep_of
from desktop.operations import certificates
from desktop.operations.assessments import HomeCards, home
from desktop.operations.partners import partner_rows
from desktop.operations.timestamp_authority import timestamps
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.shell.room import Room
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.entry_row import Entry, EntryColumn, EntryRow
from desktop.widgets.page import Page, clear
from desktop.widgets.text import label
from models.database import utc_now
from models.identity import PersonCard

#: So many rows of a column stand there at first; the rest is a press away.
SHOWN = 10


#: Below this width at 100 % text size the columns stand under each other, so that names keep their room.
NARROW = 760


def _upkeep(person: PersonCard) -> Upkeep:
    root = certificates.root_term()
    return upkeep_of(person, certificates.ending(), timestamps(), root_ends=root.ends if root.is_near_end(utc_now()) else None)


class HomeRoom(Room):
    """Three columns; the first time, one sentence how to begin."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._columns: QBoxLayout | None = None
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._page = Page(desk.theme, self.text("Home"), widest=1440)
        whole.addWidget(self._page)

    def title(self) -> str:
        return self.text("Home")

    def show_place(self, place: Place) -> None:
        super().show_place(place)
        person = self.desk.person
        if person is not None:

            def read() -> tuple[HomeCards, int, Upkeep]:
                return home(person=person.id), len(partner_rows()), _upkeep(person)

            self.load(read, self._take)

    def commands(self) -> tuple[Command, ...]:
        start = Command("partner.new", self.text("Register a partner"), self._register, "Ctrl+N")
        return (start,)

    def _register(self) -> None:
        self.desk.go(Place("partner_edit"))

    def _take(self, read: tuple[HomeCards, int, Upkeep]) -> None:
        cards, partners, upkeep = read
        roles = self.desk.person.roles if self.desk.person is not None else frozenset()
        self._show(
            home_state(
                cards,
                language=self.desk.language,
                today=date.today(),  # noqa: DTZ011 — due is counted in the reader's own days
                partners=partners,
                may_decide=bool(roles & {"secretary", "administrator"}),
                upkeep=upkeep,
            )
        )

    def _show(self, state: HomeState) -> None:
        self._page.say_title(self.text("Home"), self.text("Today: {what}", what=state.today) if not state.is_new else "")
        self._columns = None
        clear(self._page.body)
        if state.is_new:
            self._page.body.addWidget(self._beginning())
            return
        self._columns = row = QBoxLayout(self._direction())
        row.setSpacing(self.desk.theme.px(16))
        columns = (
            ("continue", self.text("Continue"), state.to_continue, self.text("No assessment is unfinished.")),
            ("needs_me", self.text("Waiting for me"), state.needs_me, self.text("Nothing is waiting for you.")),
            ("coming_up", self.text("Coming up"), state.coming_up, self.text("No renewal is due soon.")),
        )
        for name, heading, lines, nothing in columns:
            # A column with nothing in it leaves some of its room to the names in the others.
            row.addWidget(self._column(name, heading, lines, nothing), 3 if lines else 2, Qt.AlignmentFlag.AlignTop)
        self._page.body.addLayout(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._columns is not None and self._columns.direction() != self._direction():
            self._columns.setDirection(self._direction())

    def _direction(self) -> QBoxLayout.Direction:
        narrow = self.width() < self.desk.theme.px(NARROW)
        return QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight

    def _column(self, name: str, heading: str, lines: Sequence[HomeLine], nothing: str) -> Card:
        theme = self.desk.theme
        card = Card(theme, heading)
        card.body.setSpacing(theme.px(2))
        # The rows have an inset of their own for hover and focus; the words of heading and rows stand in one line.
        card.body.setContentsMargins(theme.px(8), theme.px(12), theme.px(8), theme.px(12))
        if card.heading is not None:
            card.heading.setContentsMargins(theme.px(8), 0, theme.px(8), theme.px(4))
        if not lines:
            empty = label(nothing, "muted", wrap=True)
            empty.setContentsMargins(theme.px(8), 0, theme.px(8), theme.px(4))
            card.body.addWidget(empty)
        rows = EntryColumn(theme, [self._row(f"home.{name}.{at}", line) for at, line in enumerate(lines[:SHOWN])])
        card.body.addWidget(rows)
        if left := lines[SHOWN:]:
            words = self.desk.language.plural("And {n} more", "And {n} more", len(left))
            more = button(theme, words, name=f"home.{name}.more", kind="link")
            more.clicked.connect(lambda: self._show_all(card, more, rows, name, lines))
            card.body.addWidget(more)
        return card

    def _row(self, name: str, line: HomeLine) -> EntryRow:
        entry = Entry(title=line.title, about=line.about, note=line.note, mark=line.mark, share=line.share)
        return EntryRow(self.desk.theme, entry, partial(self.desk.go, line.place), name=name)

    def _show_all(self, card: Card, more: QPushButton, rows: EntryColumn, name: str, lines: Sequence[HomeLine]) -> None:
        """Show the rest under what is there, with the focus on its first row."""
        rows.add([self._row(f"home.{name}.{at}", line) for at, line in enumerate(lines[SHOWN:], SHOWN)])
        rows.focus_row(SHOWN)
        card.body.removeWidget(more)
        more.hide()
        more.deleteLater()

    def _beginning(self) -> EmptyState:
        word = self.text("Register a partner")
        action = button(self.desk.theme, word, self._register, name="home.register", kind="primary", icon="plus")
        said = self.text("What is waiting for you is shown here each day. It begins with a partner: register one, then assess it.")
        return EmptyState(self.desk.theme, said, icon="home", action=action)
