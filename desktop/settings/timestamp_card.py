"""The timestamp authority: what it is, what is sent to it, and the documents that wait for it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.operations import certificates, timestamp_authority
from desktop.operations.timestamp_authority import Timestamps
from desktop.settings.authority_form import AuthorityForm
from desktop.settings.authority_list_form import GiveList
from desktop.settings.timestamp_run import TimestampRun
from desktop.settings.timestamp_state import TimestampState, timestamp_state
from desktop.shell.room import Room
from desktop.widgets.button import button
from desktop.widgets.card import Card, Notice
from desktop.widgets.flow_row import FlowRow
from desktop.widgets.page import clear
from desktop.widgets.status_mark import StatusMark
from desktop.widgets.text import label
from models.database import utc_now


class TimestampCard(Card):
    """Off at first; an administrator sets an authority, and anybody timestamps what waits."""

    def __init__(self, room: Room) -> None:
        super().__init__(room.desk.theme, room.text("Timestamps"))
        self._room = room
        self._stands: Timestamps | None = None
        self._run: TimestampRun | None = None
        self._body = QVBoxLayout()
        self._body.setSpacing(room.desk.theme.px(8))
        self.body.addLayout(self._body)

    @property
    def state(self) -> TimestampState | None:
        """What the card shows."""
        if self._stands is None:
            return None
        person = self._room.desk.person
        administers = person is not None and "administrator" in person.roles
        return timestamp_state(self._stands, administers=administers, at=utc_now(), language=self._room.desk.language)

    def show_stands(self, stands: Timestamps) -> None:
        """Show how it stands; a run that is under way stays on screen."""
        self._stands = stands
        if self._run is not None:
            return
        state, theme, text = self.state, self._room.desk.theme, self._room.text
        clear(self._body)
        if state is None:
            return
        for said in state.said:
            self._body.addWidget(label(said, "muted", wrap=True))
        if state.whose:
            self._body.addWidget(label(state.whose, "caption", wrap=True, name="settings.timestamps.whose"))
        for said, documents, words, name in (
            (state.awaiting_said, state.awaiting, text("Timestamp what waits"), "settings.timestamp_waiting"),
            (state.renewable_said, state.renewable, text("Renew timestamps"), "settings.timestamp_renew"),
        ):
            if documents:
                act = button(theme, words, partial(self.begin, documents), name=name, icon="refresh-cw")
                self._body.addWidget(Notice(theme, said, action=act))
        acts = FlowRow(gap=theme.px(8))
        if state.used:
            roots = text("Export the authority’s root certificate")
            acts.addWidget(button(theme, roots, self._export, name="settings.export_authority", icon="download"))
        if state.may_change:
            words = text("Use another authority") if state.used else text("Use a timestamp authority")
            acts.addWidget(button(theme, words, self.change, name="settings.timestamp_authority", icon="pen-line"))
            if state.used:
                acts.addWidget(button(theme, text("Turn timestamps off"), self._turn_off, name="settings.timestamps_off"))
        self._body.addLayout(acts)
        if state.lists_said:
            self._show_lists(state)

    def _show_lists(self, state: TimestampState) -> None:
        theme, text = self._room.desk.theme, self._room.text
        self._body.addSpacing(theme.px(8))
        self._body.addWidget(label(text("Revocation lists of timestamp authorities"), "strong", wrap=True))
        self._body.addWidget(label(state.lists_said, "muted", wrap=True, name="settings.authority_lists"))
        for one in state.lists:
            self._body.addWidget(label(one.issuer, wrap=True))
            self._body.addWidget(label(one.said, "caption", wrap=True))
            if one.mark is not None:
                self._body.addWidget(StatusMark(theme, one.mark), 0, Qt.AlignmentFlag.AlignLeft)
        if state.may_change:
            acts = FlowRow(gap=theme.px(8))
            words = text("Give a revocation list")
            acts.addWidget(button(theme, words, self.give_list, name="settings.authority_list", icon="file-text"))
            self._body.addLayout(acts)

    def give_list(self) -> None:
        """Open the form that takes in an authority's revocation list."""
        state = self.state
        if state is None or not state.may_change or not state.lists_said or self._run is not None:
            return
        self._open(GiveList(self._room, given=self._given, gave_up=partial(self._back, "settings.authority_list")))

    def change(self) -> None:
        """Open the form that sets an authority."""
        state = self.state
        if state is None or not state.may_change or self._run is not None:
            return
        self._open(AuthorityForm(self._room, done=self._set, gave_up=partial(self._back, "settings.timestamp_authority")))

    def begin_waiting(self) -> None:
        """Timestamp everything that waits."""
        state = self.state
        if state is not None and state.awaiting:
            self.begin(state.awaiting)

    def begin(self, documents: tuple[UUID, ...]) -> None:
        """Timestamp these documents one after the other; the card shows how far it has come."""
        if self._run is not None:
            return
        clear(self._body)
        self._run = TimestampRun(self._room, documents, ended=self._ended)
        self._body.addWidget(self._run)
        self._run.begin()

    def _open(self, form: AuthorityForm | GiveList) -> None:
        clear(self._body)
        self._body.addWidget(form)
        form.setFocus()

    def _given(self) -> None:
        self._room.desk.note(self._room.text("The revocation list is kept. What is verified or signed from now on goes by it."))
        self._read_again()

    def _ended(self, said: str) -> None:
        self._run = None
        self._room.desk.note(said)
        self._read_again()

    def _set(self) -> None:
        self._room.desk.note(self._room.text("Timestamps are used from now on. The authority answered as it should."))
        self._read_again()

    def _turn_off(self) -> None:
        turn_off = lambda: timestamp_authority.turn_off_authority(actor=self._room.desk.actor())  # noqa: E731
        self._room.run(turn_off, lambda _: self._read_again())

    def _export(self) -> None:
        text = self._room.text
        usual = str(Path.home() / text("timestamp authority.pem"))
        chosen, _ = QFileDialog.getSaveFileName(self, text("Export the authority’s root certificate"), usual, "PEM (*.pem)")
        if chosen:
            path = Path(chosen)
            said = text("Exported to {file}.", file=str(path))
            self._room.run(lambda: certificates.export_timestamp_roots(path=path), lambda _: self._room.desk.note(said))

    def _read_again(self) -> None:
        self._room.run(timestamp_authority.timestamps, self.show_stands)

    def _back(self, came_from: str) -> None:
        if self._stands is not None:
            self.show_stands(self._stands)
        for one in self.findChildren(QWidget):
            if one.accessibleIdentifier() == came_from:
                one.setFocus()
