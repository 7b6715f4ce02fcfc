"""The list of partners."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from desktop.operations.partners import partner_rows
from desktop.partners.countries import alphabetical
from desktop.partners.state import PartnerLine, partner_lines
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.shell.room import Room
from desktop.widgets.button import button
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.folding_table import FoldingTable
from desktop.widgets.page import Page
from desktop.widgets.record_table import Column
from desktop.widgets.search_line import SearchLine
from desktop.widgets.text import label
from models.cards import PartnerRow

_LAST = date.max
_FIRST = date.min


class PartnersRoom(Room):
    """All partners with their latest assessment; search as one types, Enter opens, N registers a new one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._page = Page(theme, self.text("Partners"), scrolls=False, widest=1600)
        self._new_button = button(
            theme, self.text("Register a partner"), self._new, name="partners.new", kind="primary", icon="plus", shortcut="N"
        )
        self._page.act(self._new_button)
        self._search = SearchLine(
            theme,
            self.text("Search partners"),
            placeholder=self.text("Search in names, former names and registration numbers"),
            name="partners.search",
            widest=480,
        )
        self._search.sought.connect(self._read)
        self._search.returnPressed.connect(self._open_first)
        self._table = FoldingTable(
            theme, self._columns(), name="partners.list", title=self.text("Partners"), give_way=("due", "country", "dated", "state")
        )
        self._table.opened.connect(self._open)
        self._none = EmptyState(
            theme,
            self.text(
                "Every organisation that you work with, or are thinking of working with, is listed here. Register the first one to "
                "assess it."
            ),
            icon="building-2",
            action=button(theme, self.text("Register a partner"), self._new, name="partners.first", kind="primary", icon="plus"),
        )
        self._not_found = EmptyState(
            theme,
            self.text("No partner matches your search."),
            icon="search",
            action=button(theme, self.text("Show all partners"), self._show_all, name="partners.all"),
        )
        self._stack = QStackedWidget()
        for one in (self._table, self._none, self._not_found):
            self._stack.addWidget(one)
        self._count = label("", "caption", name="partners.count")
        self._page.body.addWidget(self._search)
        self._page.body.addWidget(self._stack, 1)
        self._page.body.addWidget(self._count)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)

    def title(self) -> str:
        return self.text("Partners")

    def show_place(self, place: Place) -> None:
        super().show_place(place)
        self._read()
        if not self._search.hasFocus():
            self._table.setFocus()

    def commands(self) -> tuple[Command, ...]:
        return (
            Command("partners.new", self.text("Register a partner"), self._new, "N"),
            Command("partners.search", self.text("Search partners"), self._search.begin, "Ctrl+F"),
        )

    def _columns(self) -> tuple[Column, ...]:
        language = self.desk.language
        return (
            Column("name", self.text("Name"), lambda one: one.name, order=lambda one: alphabetical(one.name, language)),
            Column(
                "country", self.text("Country"), lambda one: one.country, order=lambda one: alphabetical(one.country, language), width=130
            ),
            Column("state", self.text("Latest assessment"), _state_words, mark=lambda one: one.state, width=150),
            Column("dated", self.text("Date"), lambda one: one.dated_words, order=lambda one: one.dated or _FIRST, number=True, width=110),
            Column("band", self.text("Organisation"), _band_words, mark=lambda one: one.band, width=130),
            Column("stops", self.text("Stops"), lambda one: one.stops.word if one.stops else "", mark=lambda one: one.stops, width=90),
            Column("due", self.text("Next due"), lambda one: one.due_words, order=lambda one: one.due or _LAST, number=True, width=120),
        )

    def _read(self) -> None:
        self._search.settle()
        wanted = self._search.text().strip()
        self.load(lambda: partner_rows(find=wanted), self._show)

    def _show(self, rows: tuple[PartnerRow, ...]) -> None:
        searched = bool(self._search.text().strip())
        self._table.show_records(partner_lines(rows, self.desk.language))
        self._stack.setCurrentWidget(self._table if rows else self._not_found if searched else self._none)
        self._new_button.setVisible(bool(rows) or searched)
        self._search.setVisible(bool(rows) or searched)
        self._count.setVisible(bool(rows))
        self._count.setText(self.desk.language.plural("{n} partner", "{n} partners", len(rows)))

    def _open(self, line: PartnerLine) -> None:
        self.desk.go(Place("partner", partner=line.id))

    def _open_first(self) -> None:
        if self._search.settle():
            wanted = self._search.text().strip()
            self.load(lambda: partner_rows(find=wanted), self._show_and_open)
        elif self._table.shown:
            self._open(self._table.current or self._table.shown[0])

    def _show_and_open(self, rows: tuple[PartnerRow, ...]) -> None:
        self._show(rows)
        if rows:
            self.desk.go(Place("partner", partner=rows[0].id))

    def _new(self) -> None:
        self.desk.go(Place("partner_edit"))

    def _show_all(self) -> None:
        self._search.clear()
        self._read()
        self._table.setFocus()


def _state_words(line: PartnerLine) -> str:
    return line.state.word if line.state else ""


def _band_words(line: PartnerLine) -> str:
    return line.band.word if line.band else ""
