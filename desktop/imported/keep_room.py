"""Before another organisation's report is kept: it is verified once more, and the user says which partner it is about."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from desktop.imported.parts import marks_grid
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.given import Given
from desktop.shell.place import Place
from desktop.shell.room import Room
from desktop.widgets.button import button
from desktop.widgets.card import Card, Notice
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.facts import facts_grid
from desktop.widgets.fields import Choice
from desktop.widgets.form import FormRows
from desktop.widgets.page import Page, clear
from desktop.widgets.save_bar import SaveBar
from desktop.widgets.text import label
from forms.errors import GedigenError

if TYPE_CHECKING:
    from desktop.imported.keep_state import KeepState
    from desktop.operations.change import Change
    from desktop.operations.importing import Checked, Placing
    from desktop.reports.grounds import Grounds


class KeepReportRoom(Room):
    """Comes from the verified file: ``Place.file`` is the report, ``Place.given`` what it was judged by, with the root certificate."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._checked: Checked | None = None
        self._state: KeepState | None = None
        self._choice: Choice | None = None
        self._saving = False
        self._page = Page(theme, self.text("Keep a report of another organisation"), widest=980)
        self._body = QVBoxLayout()
        self._body.setSpacing(theme.px(16))
        self._page.body.addLayout(self._body, 1)
        self._bar = SaveBar(
            theme, desk.language, name="keep.keep", words=self.text("Keep it"), save=self._keep, cancel=self._back, icon="lock"
        )
        self._bar.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._page, 1)
        whole.addWidget(self._bar)

    def title(self) -> str:
        return self.text("Keep a report of another organisation")

    def commands(self) -> tuple[Command, ...]:
        can = self._state is not None and not self._state.refusal
        return (
            Command("keep.keep", self.text("Keep it"), self._keep, "Ctrl+Return", enabled=can),
            Command("keep.keep.keypad", self.text("Keep it"), self._keep, "Ctrl+Enter", enabled=can, about=self.text("Keypad")),
            Command("keep.back", self.text("Back to the verified file"), self._back, enabled=self.place.file is not None),
        )

    def show_place(self, place: Place) -> None:
        super().show_place(place)
        self._checked, self._state, self._choice, self._saving = None, None, None, False
        self._bar.hide()
        clear(self._body)
        file = place.file
        given = place.given
        if file is None or given is None or given.root is None:
            self._nothing()
            return
        self._page.say_title(self.title(), file.name)
        self._body.addWidget(label(self.text("Verifying the file once more, and reading its record…"), "muted", name="keep.waiting"))
        root, failed = given.root, partial(self._refused, place)

        def check(grounds: Grounds) -> None:
            if place == self.place:
                self.render_apart(partial(_check, file, root, grounds), partial(self._look_up, place), failed=failed)

        self.load(partial(_grounds, given), check, failed=failed)

    def change_happened(self, change: object) -> None:
        """What else is written does not change what was verified; what is kept leads elsewhere."""

    def _nothing(self) -> None:
        theme = self.desk.theme
        go = button(theme, self.text("Check a report"), lambda: self.desk.go(Place("verify")), name="keep.verify", kind="primary")
        sentence = self.text("First check the report by the other organisation’s root certificate. If it is valid, it can be kept here.")
        self._body.addWidget(EmptyState(theme, sentence, icon="shield-check", action=go), 1)
        go.setFocus()

    def _look_up(self, place: Place, checked: Checked) -> None:
        if place == self.place:
            failed = partial(self._refused, place)
            self.load(partial(_place, checked), lambda placing: self._show(checked, placing), failed=failed)

    def _refused(self, place: Place, error: GedigenError) -> None:
        if place != self.place:
            return
        clear(self._body)
        back = button(self.desk.theme, self.text("Back to the verified file"), self._back, name="keep.back")
        notice = Notice(self.desk.theme, self.desk.language.error(error), tone="warning", action=back)
        notice.words.setAccessibleIdentifier("keep.refused")
        self._body.addWidget(notice)
        self._body.addStretch(1)
        back.setFocus()

    def _show(self, checked: Checked, placing: Placing) -> None:
        from desktop.imported.keep_state import keep_state

        state = keep_state(checked, placing, self.desk.language)
        self._checked, self._state = checked, state
        theme, text = self.desk.theme, self.text
        clear(self._body)
        if state.refusal:
            self._body.addWidget(self._refusal(state))
        origin = Card(theme, text("Where it comes from"))
        compare = text(
            "Compare the fingerprint with what the organisation has told you by another way: whoever has that root can sign for it."
        )
        origin.body.addWidget(label(compare, "muted", wrap=True))
        origin.body.addLayout(facts_grid(theme, state.origin, name="keep.origin"))
        about = Card(theme, state.title)
        about.body.addLayout(marks_grid(theme, state.bands))
        about.body.addLayout(facts_grid(theme, state.facts, name="keep.fact"))
        if not state.refusal:
            self._body.addWidget(self._linking(state))
        self._body.addWidget(about)
        self._body.addWidget(origin)
        self._body.addStretch(1)
        self._bar.setVisible(not state.refusal)
        self._bar.say(text("It is kept as it came, read-only, and the audit trail says where it is from."))
        if self._choice is not None:
            self._choice.setFocus()
        self.desk.commands_changed.emit()

    def _refusal(self, state: KeepState) -> Notice:
        action = None
        if state.kept is not None:
            action = button(self.desk.theme, self.text("Open it"), partial(self._open, state.kept), name="keep.open")
        notice = Notice(self.desk.theme, state.refusal, tone="warning", action=action)
        notice.words.setAccessibleIdentifier("keep.refused")
        return notice

    def _linking(self, state: KeepState) -> Card:
        card = Card(self.desk.theme, self.text("Whom it is about"))
        rows = FormRows(self.desk.theme)
        self._choice = Choice(state.options, current=state.proposed, searchable=True)
        rows.add(self.text("Partner in this vault"), self._choice, name="keep.partner", hint=state.proposed_said)
        card.body.addWidget(rows)
        return card

    def _keep(self) -> None:
        checked, choice = self._checked, self._choice
        if checked is None or choice is None or self._saving:
            return
        choice.settle()
        key = choice.key
        if key is None:
            self._bar.say(self.text("Choose which partner it is about, or register a new one."), wrong=True)
            choice.setFocus()
            return
        self._saving = True
        partner = key if isinstance(key, UUID) else None
        self.run(lambda: _kept(self.desk, checked, partner), self._done, failed=self._not_kept)

    def _done(self, change: Change) -> None:
        self._saving = False
        self.desk.note(self.text("The report is kept as an assessment of another organisation."))
        if change.made is not None:
            self._open(change.made)

    def _not_kept(self, error: GedigenError) -> None:
        self._saving = False
        self._bar.say(self.desk.language.error(error), wrong=True)

    def _open(self, imported: UUID) -> None:
        self.desk.go(Place("imported", assessment=imported))

    def _back(self) -> None:
        self.desk.go(Place("verify", file=self.place.file))


# The engine that verifies reports takes a while to load, so these bring it in where they run: outside the window's thread.


def _grounds(given: Given) -> Grounds:
    from desktop.verify.given import grounds_of

    return grounds_of(given, vault_is_open=True)


def _check(report: Path, root: Path, grounds: Grounds) -> Checked:
    from desktop.operations.importing import check_report

    return check_report(path=report, root=root, tsa_roots_pem=grounds.tsa_roots_pem, revocation_lists=grounds.revocation_lists)


def _place(checked: Checked) -> Placing:
    from desktop.operations.importing import place

    return place(checked=checked)


def _kept(desk: Desk, checked: Checked, partner: UUID | None) -> Change:
    from desktop.operations.importing import keep_report

    return keep_report(actor=desk.actor(), checked=checked, partner_id=partner)
