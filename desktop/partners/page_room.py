"""A partner's page: who it is, and every assessment of it over the years."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QPushButton, QVBoxLayout, QWidget

from desktop.assessments.opening import open_assessment
from desktop.imported.partner_card import ImportedAssessmentsCard
from desktop.operations.partners import partner_page
from desktop.partners.outside_card import OutsideResultsCard
from desktop.partners.state import AssessmentLine, PageState, RapidNotice, page_state
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.shell.room import Room
from desktop.widgets.button import button
from desktop.widgets.card import Card, Notice
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.flow_row import flow
from desktop.widgets.folding_table import FoldingTable
from desktop.widgets.page import Page, clear, row
from desktop.widgets.record_table import Column
from desktop.widgets.text import label
from models.cards import PartnerPage

#: Below this width at 100 % text size things stand below each other.
NARROW = 760
#: … and below this one four acts would leave the title beside them no room.
_BESIDE_TITLE = 960


class PartnerRoom(Room):
    """One partner; edit, add a project, start a new assessment or a renewal from here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._state: PageState | None = None
        self._read: PartnerPage | None = None
        self._revealed = False
        self._page = Page(theme, "")
        self._edit_button = button(theme, self.text("Edit"), self._edit, name="partner.edit", icon="pen-line", shortcut="E")
        self._renew_button = button(theme, self.text("Renew"), self._renew, name="partner.renew", icon="refresh-cw", shortcut="R")
        self._renew_button.setToolTip(self.text("Start a renewal from the latest sealed assessment") + "  R")
        self._compare_button = button(theme, self.text("Compare…"), self._compare, name="partner.compare", icon="git-compare", shortcut="C")
        self._compare_button.setToolTip(self.text("Set the sealed assessments over the years side by side") + "  C")
        self._new_button = button(
            theme, self.text("New assessment"), self._assess, name="partner.assess", kind="primary", icon="plus", shortcut="N"
        )
        acts: list[QWidget] = [self._edit_button, self._compare_button, self._renew_button, self._new_button]
        self._page.act(flow(acts, gap=theme.px(8)))
        self._table = FoldingTable(
            theme,
            self._columns(),
            name="partner.assessments",
            title=self.text("Assessments"),
            give_way=("kind", "dated", "project_band", "organisation"),
            least=150,
        )
        self._table.opened.connect(lambda line: open_assessment(self, line.card))
        self._upper = QGridLayout()
        self._upper.setSpacing(theme.px(16))
        self._upper.setColumnStretch(0, 1)
        self._cards: tuple[QWidget, ...] = ()
        self._notices = QVBoxLayout()
        self._notices.setSpacing(theme.px(8))
        self._page.body.addLayout(self._notices)
        self._page.body.addWidget(label(self.text("Assessments"), "section"))
        self._none = EmptyState(
            theme,
            self.text("No assessment yet. The first one says what this partner is strong in, and what stands in the way."),
            icon="clipboard-list",
            action=button(theme, self.text("Start the first assessment"), self._assess, name="partner.first", kind="primary"),
        )
        self._page.body.addWidget(self._none)
        self._page.body.addWidget(self._table)
        self._page.body.addLayout(self._upper)
        self._below = QVBoxLayout()
        self._page.body.addLayout(self._below)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)

    def title(self) -> str:
        return self._state.name if self._state else self.text("Partner")

    def show_place(self, place: Place) -> None:
        super().show_place(place)
        self._revealed = False
        partner = place.partner
        if partner is not None:
            self.load(lambda: partner_page(partner_id=partner), self._show)

    def commands(self) -> tuple[Command, ...]:
        renewable = self._state is not None and self._state.renewable is not None
        has_any = self._state is not None and bool(self._state.assessments)
        return (
            Command("partner.edit", self.text("Edit this partner"), self._edit, "E"),
            Command("partner.project", self.text("Add a project"), self._add_project, "P"),
            Command("partner.assess", self.text("New assessment of this partner"), self._assess, "N"),
            Command("partner.renew", self.text("Renew the latest assessment"), self._renew, "R", enabled=renewable),
            Command("partner.compare", self.text("Compare the assessments over the years"), self._compare, "C", enabled=has_any),
            Command("partner.outside", self.text("Register another body’s result"), self._register_result, "O"),
            Command(
                "partner.reveal", self._reveal_words(), self._reveal, "H", enabled=self._state is not None and bool(self._state.protection)
            ),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """Put the cards two beside each other, and the actions beside the title, where there is width enough."""
        narrow = self.width() < self.desk.theme.px(NARROW)
        crowded = self.width() < self.desk.theme.px(_BESIDE_TITLE)
        direction = QBoxLayout.Direction.TopToBottom if crowded else QBoxLayout.Direction.LeftToRight
        if self._page.head.direction() != direction:
            self._page.head.setDirection(direction)
        self._upper.setColumnStretch(1, 0 if narrow else 1)
        for at, card in enumerate(self._cards):
            self._upper.addWidget(card, at if narrow else at // 2, 0 if narrow else at % 2)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("case", self.text("Case"), lambda one: one.case_number, width=100),
            Column("dated", self.text("Date"), lambda one: one.dated_words, order=lambda one: one.dated, width=120),
            Column("project", self.text("Project"), lambda one: one.project),
            Column("kind", self.text("Kind"), lambda one: one.kind, width=110),
            Column("organisation", self.text("Organisation"), _organisation, mark=lambda one: one.organisation, width=140),
            Column("project_band", self.text("Project’s band"), _project_band, mark=lambda one: one.project_band, width=140),
            Column("stops", self.text("Stops"), lambda one: one.stops.word if one.stops else "", mark=lambda one: one.stops, width=90),
            Column("state", self.text("State"), lambda one: one.state.word, mark=lambda one: one.state, width=150),
        )

    def _show(self, page: PartnerPage) -> None:
        state = page_state(page, self.desk.language, revealed=self._revealed)
        self._read = page
        had_focus = self._table.hasFocus() or self._state is None or not self.isAncestorOf(self.focusWidget() or self)
        self._state = state
        theme = self.desk.theme
        self._page.say_title(state.name, state.under)
        self._renew_button.setVisible(state.renewable is not None)
        self._compare_button.setVisible(bool(state.assessments))
        self._none.setVisible(not state.assessments)
        self._new_button.setVisible(bool(state.assessments))
        self._table.setVisible(bool(state.assessments))
        self._table.show_records(state.assessments)
        rows = min(max(len(state.assessments), 1), 8)
        self._table.setFixedHeight(
            theme.px(36) * rows + max(self._table.horizontalHeader().sizeHint().height(), theme.px(34)) + theme.px(4)
        )
        clear(self._upper)
        private = () if state.hides else (self._people(state), self._accounts(state))
        self._cards = (self._identity(state), self._projects(state), *private)
        self._lay_out()
        self._show_notices(state)
        clear(self._below)
        if page.imported:
            self._below.addWidget(ImportedAssessmentsCard(self, page.imported))
        self._below.addWidget(OutsideResultsCard(self, page.outside, self._register_result))
        if had_focus:
            (self._table if state.assessments else self._edit_button).setFocus()
        self.desk.commands_changed.emit()

    def _show_notices(self, state: PageState) -> None:
        clear(self._notices)
        if state.protection:
            reveal = button(self.desk.theme, self._reveal_words(), self._reveal, name="partner.reveal", kind="quiet", shortcut="H")
            self._notices.addWidget(Notice(self.desk.theme, state.protection, icon="eye-off", action=reveal))
        if state.named_in:
            self._notices.addWidget(Notice(self.desk.theme, state.named_in, tone="warning"))
        for one in state.rapid:
            go = button(
                self.desk.theme, self.text("Complete it"), partial(self._complete, one), name=f"partner.complete.{one.id}", kind="plain"
            )
            action = go if one.may_complete else None
            self._notices.addWidget(Notice(self.desk.theme, one.words, tone="stop" if one.has_lapsed else "warning", action=action))

    def _reveal_words(self) -> str:
        return self.text("Hide the real name") if self._revealed else self.text("Show the real name")

    def _reveal(self) -> None:
        """Show who a protected partner is, or hide it again; left alone, it is hidden the next time."""
        if self._read is None:
            return
        self._revealed = not self._revealed
        self._show(self._read)
        shown = [one for one in self.findChildren(QPushButton) if one.accessibleIdentifier() == "partner.reveal"]
        for one in shown[-1:]:
            one.setFocus()

    def _complete(self, one: RapidNotice) -> None:
        self.desk.go(Place("new_assessment", partner=self.place.partner, assessment=one.id))

    def _identity(self, state: PageState) -> QWidget:
        theme = self.desk.theme
        card = Card(theme, self.text("Identity"))
        facts = QGridLayout()
        facts.setHorizontalSpacing(theme.px(16))
        facts.setVerticalSpacing(theme.px(6))
        facts.setColumnStretch(1, 1)
        for at, fact in enumerate(state.facts):
            facts.addWidget(label(fact.title, "muted"), at, 0)
            facts.addWidget(label(fact.words, wrap=True), at, 1)
        card.body.addLayout(facts)
        if state.notes:
            card.body.addSpacing(theme.px(4))
            card.body.addWidget(label(state.notes, wrap=True))
        card.body.addStretch(1)
        return card

    def _projects(self, state: PageState) -> QWidget:
        theme = self.desk.theme
        card = Card(theme, self.text("Projects"))
        for project in state.projects:
            words = QVBoxLayout()
            words.setSpacing(theme.px(2))
            words.addWidget(label(project.title, "strong", wrap=True))
            if project.about:
                words.addWidget(label(project.about, "muted", wrap=True))
            change = button(
                theme,
                self.text("Edit"),
                lambda project=project: self._edit_project(project.id),
                name=f"project.edit.{project.id}",
                kind="quiet",
            )
            change.setAccessibleName(self.text("Edit the project {title}", title=project.title))
            line = row(theme, [])
            line.addLayout(words, 1)
            line.addWidget(change)
            card.body.addLayout(line)
        if not state.projects:
            card.body.addWidget(label(self.text("What the partner proposes to do with support from you."), "muted", wrap=True))
        add = button(theme, self.text("Add a project"), self._add_project, name="partner.project", kind="link", icon="plus", shortcut="P")
        card.body.addWidget(add)
        card.body.addStretch(1)
        return card

    def _people(self, state: PageState) -> QWidget:
        card = Card(self.desk.theme, self.text("People"))
        for person in state.people:
            card.body.addLayout(self._pair(person.name, person.about))
        if not state.people:
            card.body.addWidget(
                label(self.text("Nobody has been entered yet: who leads, who signs, who controls the organisation."), "muted", wrap=True)
            )
        card.body.addStretch(1)
        return card

    def _accounts(self, state: PageState) -> QWidget:
        card = Card(self.desk.theme, self.text("Bank accounts"))
        for account in state.accounts:
            card.body.addLayout(self._pair(account.holder, account.about))
            if account.note:
                card.body.addWidget(Notice(self.desk.theme, account.note))
        if not state.accounts:
            card.body.addWidget(label(self.text("No account that money may be paid to has been entered."), "muted", wrap=True))
        card.body.addStretch(1)
        return card

    def _pair(self, words: str, about: str) -> QVBoxLayout:
        pair = QVBoxLayout()
        pair.setSpacing(self.desk.theme.px(2))
        pair.addWidget(label(words, "strong", wrap=True))
        if about:
            pair.addWidget(label(about, "muted", wrap=True))
        return pair

    def _compare(self) -> None:
        self.desk.go(Place("comparison", partner=self.place.partner))

    def _edit(self) -> None:
        self.desk.go(Place("partner_edit", partner=self.place.partner))

    def _add_project(self) -> None:
        self.desk.go(Place("project_edit", partner=self.place.partner))

    def _register_result(self) -> None:
        self.desk.go(Place("outside_result", partner=self.place.partner))

    def _edit_project(self, project: object) -> None:
        self.desk.go(Place("project_edit", partner=self.place.partner, project=project))  # type: ignore[arg-type]

    def _assess(self) -> None:
        self.desk.go(Place("new_assessment", partner=self.place.partner))

    def _renew(self) -> None:
        if self._state is not None and self._state.renewable is not None:
            self.desk.go(Place("new_assessment", partner=self.place.partner, assessment=self._state.renewable.id))


def _organisation(line: AssessmentLine) -> str:
    return line.organisation.word if line.organisation else ""


def _project_band(line: AssessmentLine) -> str:
    return line.project_band.word if line.project_band else ""
