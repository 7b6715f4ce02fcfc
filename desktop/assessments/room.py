"""All assessments."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from desktop.assessments.choosing_bar import ChoosingBar
from desktop.assessments.opening import open_assessment
from desktop.assessments.state import Line, box_words, has_seal, lines, state_options
from desktop.operations.assessments import assessment_rows, imported_rows
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.shell.room import Room
from desktop.widgets.button import button
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.fields import Choice
from desktop.widgets.flow_row import FlowRow
from desktop.widgets.page import Page
from desktop.widgets.record_table import Column
from desktop.widgets.search_line import SearchLine
from desktop.widgets.text import label
from desktop.widgets.ticking_table import TickingTable
from models.cards import AssessmentCard
from models.imported_cards import ImportedCard

#: What is ticked is kept here, so that it outlives the room.
_TICKED = Place("assessments")


class AssessmentsRoom(Room):
    """Every assessment in the vault, the last touched first; Enter opens it where it is worked on now.

    Several sealed ones can be ticked, to write their documents at once.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._cards: tuple[AssessmentCard, ...] = ()
        self._imported: tuple[ImportedCard, ...] = ()
        self._page = Page(theme, self.text("Assessments"), scrolls=False, widest=1600)
        self._new_button = button(
            theme, self.text("New assessment"), self._new, name="assessments.new", kind="primary", icon="plus", shortcut="N"
        )
        self._several_button = button(
            theme, self.text("Documents of several cases…"), self._choose, name="assessments.several", icon="list-checks", shortcut="D"
        )
        self._page.act(self._several_button, self._new_button)
        self._search = SearchLine(
            theme,
            self.text("Search assessments"),
            placeholder=self.text("Search in case, partner, project and caseworker"),
            name="assessments.search",
            widest=420,
        )
        self._search.sought.connect(self._find)
        self._search.returnPressed.connect(self._open_first)
        self._states = Choice([("", self.text("All states"))], current="")
        self._states.setAccessibleName(self.text("State"))
        self._states.setAccessibleIdentifier("assessments.state")
        self._states.setMinimumContentsLength(16)
        self._states.chosen.connect(lambda _: self._filter())
        self._table = TickingTable(
            theme,
            self._columns(),
            name="assessments.list",
            title=self.text("Assessments"),
            give_way=("caseworker", "kind", "touched", "project", "progress"),
            least=240,
            key=lambda line: line.card.id if line.card is not None else line.imported,
            can_tick=has_seal,
            heading=self.text("Chosen"),
            words=lambda line, ticked: box_words(line, ticked, desk.language),
        )
        self._table.opened.connect(self._open)
        self._bar = ChoosingBar(desk, self._table, go=self._documents, end=self._end_choosing)
        self._table.begun.connect(self._begin)
        self._table.ticked_changed.connect(self._keep)
        self._none = EmptyState(
            theme,
            self.text("Every assessment is listed here, from its first answer to the board’s decision. Start the first one."),
            icon="clipboard-list",
            action=button(theme, self.text("New assessment"), self._new, name="assessments.first", kind="primary", icon="plus"),
        )
        self._not_found = EmptyState(
            theme,
            self.text("No assessment matches your search."),
            icon="search",
            action=button(theme, self.text("Show all assessments"), self._show_all, name="assessments.all"),
        )
        self._stack = QStackedWidget()
        for one in (self._table, self._none, self._not_found):
            self._stack.addWidget(one)
        self._count = label("", "caption", name="assessments.count")
        filters = QHBoxLayout()
        filters.setSpacing(theme.px(12))
        filters.addWidget(self._search, 1)
        filters.addWidget(self._states)
        filters.addStretch(1)
        self._page.body.addLayout(filters)
        self._page.body.addWidget(self._bar)
        self._page.body.addWidget(self._stack, 1)
        self._page.body.addWidget(self._count)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)

    def title(self) -> str:
        return self.text("Assessments")

    def show_place(self, place: Place) -> None:
        super().show_place(place)
        self.load(lambda: (assessment_rows(), imported_rows()), self._show)
        if not self._search.hasFocus() and not self._states.hasFocus():
            self._table.setFocus()

    def commands(self) -> tuple[Command, ...]:
        return (
            Command("assessments.new", self.text("New assessment"), self._new, "N"),
            Command("assessments.search", self.text("Search assessments"), self._search.begin, "Ctrl+F"),
            *self._choosing_commands(),
        )

    def _choosing_commands(self) -> tuple[Command, ...]:
        choosing, some = self._table.shows_boxes, bool(self._table.ticked)
        several, end = self.text("Documents of several cases…"), self.text("End choosing")
        if not choosing:
            return (Command("assessments.several", several, self._choose, "D", enabled=self._can_choose()),)
        return (
            Command("assessments.documents", self.text("Documents of the chosen cases…"), self._documents, "Ctrl+Return", enabled=some),
            Command("assessments.tick_shown", self.text("Choose all sealed cases that are shown"), self._table.tick_shown),
            Command("assessments.untick", self.text("Choose none"), self._table.untick, enabled=some),
            Command("assessments.end", end, self._end_choosing, "Esc"),
        )

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("case", self.text("Case"), lambda one: one.case_number, width=90),
            Column("partner", self.text("Partner"), lambda one: one.partner),
            Column("project", self.text("Project"), lambda one: one.project, width=130),
            Column("kind", self.text("Kind"), lambda one: one.kind, order=lambda one: one.as_of, width=126),
            Column("state", self.text("State"), lambda one: one.state.word, mark=lambda one: one.state, width=150),
            Column("stops", self.text("Stops"), lambda one: one.stops.word if one.stops else "", mark=lambda one: one.stops, width=90),
            Column("progress", self.text("Answered"), lambda one: one.progress, order=lambda one: one.share, number=True, width=104),
            Column("caseworker", self.text("Caseworker"), lambda one: one.caseworker, width=118),
            Column(
                "touched", self.text("Last touched"), lambda one: one.touched_words, order=lambda one: one.touched, number=True, width=154
            ),
        )

    def _show(self, read: tuple[tuple[AssessmentCard, ...], tuple[ImportedCard, ...]]) -> None:
        self._cards, self._imported = read
        kept = self.desk.drafts.get(_TICKED)
        if isinstance(kept, tuple) and kept and not self._table.shows_boxes:
            self._table.tick(kept)  # the room was made anew since
        self._table.keep_ticks([card.id for card in self._cards])
        chosen = self._states.key
        options = state_options(self._cards, self.desk.language, imported=len(self._imported))
        self._states.offer(options, current=chosen if chosen in [key for key, _ in options] else "")
        self._filter()

    def _filter(self) -> None:
        state = str(self._states.key or "")
        self._table.show_records(lines(self._cards, self.desk.language, imported=self._imported, state=state))
        self._find()

    def _find(self) -> None:
        self._search.settle()
        found = self._table.seek(self._search.text())
        some = bool(self._cards or self._imported)
        self._stack.setCurrentWidget(self._table if found else self._not_found if some else self._none)
        for one in (self._search, self._states):
            one.setVisible(some)
        self._show_acts()
        self._bar.count()
        self._count.setText(self.desk.language.plural("{n} assessment", "{n} assessments", found))

    def _open_first(self) -> None:
        self._find()
        current: Line | None = self._table.current
        if current is not None:
            self._open(current)

    def _open(self, line: Line) -> None:
        if line.card is not None:
            open_assessment(self, line.card)
        else:
            self.desk.go(Place("imported", assessment=line.imported))

    def _new(self) -> None:
        self.desk.go(Place("new_assessment"))

    def _can_choose(self) -> bool:
        return any(map(has_seal, lines(self._cards, self.desk.language)))

    def _choose(self) -> None:
        """Show boxes to tick, and stand in the list. While documents are being written, go there instead."""
        errand = self.desk.errand
        if errand is not None and errand.is_running:
            self.desk.go(Place("documents"))
        elif self._can_choose():
            self._table.show_boxes(True)
            self._begin()
            self._table.setFocus()

    def _begin(self) -> None:
        self._show_acts()
        self._bar.count()
        self.desk.commands_changed.emit()

    def _keep(self) -> None:
        self.desk.drafts[_TICKED] = self._table.ticked

    def _show_acts(self) -> None:
        """Show the bar while one chooses, and the other acts while one does not: in large text there is no room for both."""
        choosing, some = self._table.shows_boxes, bool(self._cards or self._imported)
        self._bar.setVisible(choosing)
        self._new_button.setVisible(some and not choosing)
        self._count.setVisible(some and not choosing)
        self._several_button.setVisible(self._can_choose() and not choosing)
        below = self._new_button.parentWidget()
        if isinstance(below.layout(), FlowRow):  # in large text they stand in a row of their own, which would leave a gap
            below.setVisible(some and not choosing)

    def _end_choosing(self) -> None:
        self._table.show_boxes(False)
        self._show_acts()
        self._table.setFocus()
        self.desk.commands_changed.emit()

    def _documents(self) -> None:
        """Go on with what is ticked, in the order of the case numbers."""
        ticked = set(self._table.ticked)
        chosen = sorted((card.case_number, card.id) for card in self._cards if card.id in ticked)
        if chosen:
            if self.desk.errand is not None and not self.desk.errand.is_running:
                self.desk.drop_errand()  # what came of these cases last time is not what is asked for
            self.desk.go(Place("documents", assessments=tuple(id_ for _, id_ in chosen)))

    def _show_all(self) -> None:
        self._states.show_key("")
        self._search.clear()
        self._filter()
        self._table.setFocus()
