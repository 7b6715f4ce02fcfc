"""Others' results on a partner's page: listed with validity and consent; copied out, and taken back with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from desktop.assessment.inline_ask import InlineAsk
from desktop.operations.outside import save_result_as, withdraw_result
from desktop.partners.outside_state import OutsideLine, outside_lines
from desktop.shell.room import Room
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.page import row
from desktop.widgets.status_mark import StatusMark
from desktop.widgets.text import label
from models.cards import OutsideCard


class OutsideResultsCard(Card):
    """What other bodies have found out about the partner; ``add`` leads to the form for one more."""

    def __init__(self, room: Room, cards: tuple[OutsideCard, ...], add: Callable[[], object]) -> None:
        theme, text = room.desk.theme, room.text
        super().__init__(theme, text("Others’ results"))
        self._room = room
        lines = outside_lines(cards, room.desk.language, today=date.today())  # noqa: DTZ011 — the reader's own day
        if not lines:
            said = text("Ratings, verifications and passports that another body has made. One that holds can answer questions here.")
            self.body.addWidget(label(said, "muted", wrap=True))
        for number, line in enumerate(lines):
            if number:
                self.body.addSpacing(theme.px(4))
            self._add(line)
        new = button(theme, text("Register a result"), add, name="partner.outside", kind="link", icon="plus", shortcut="O")
        self.body.addWidget(new, 0, Qt.AlignmentFlag.AlignLeft)

    def _add(self, line: OutsideLine) -> None:
        theme, text = self._room.desk.theme, self._room.text
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(label(line.title, "strong", wrap=True))
        for part in (line.about, line.scope, line.reason):
            if part:
                words.addWidget(label(part, "muted", wrap=True))
        beside = row(theme, [])
        beside.addLayout(words, 1)
        if line.mark is not None:
            beside.addWidget(StatusMark(theme, line.mark), 0, Qt.AlignmentFlag.AlignTop)
        ask = InlineAsk(theme, self._room.desk.language, name=f"outside.withdraw.{line.id}.why")
        for do, title, name, wanted in (
            (partial(self._copy, line), text("Save a copy"), "copy", bool(line.file_name)),
            (partial(self._withdraw, line, ask), text("Withdraw"), "withdraw", line.may_withdraw),
        ):
            if wanted:
                made = button(theme, title, do, name=f"outside.{name}.{line.id}", kind="quiet")
                made.setAccessibleDescription(line.title)
                beside.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(beside)
        self.body.addWidget(ask)

    def _copy(self, line: OutsideLine) -> None:
        text = self._room.text
        chosen, _ = QFileDialog.getSaveFileName(self._room, text("Save a copy: outside the vault it is not encrypted"), line.file_name)
        if chosen:
            path = Path(chosen)
            said = text("A copy was saved as {file}. Outside the vault it is not encrypted.", file=path.name)
            self._room.run(lambda: save_result_as(result_id=line.id, path=path), lambda _: self._room.desk.note(said))

    def _withdraw(self, line: OutsideLine, ask: InlineAsk) -> None:
        desk = self._room.desk
        prompt = self._room.text("Why is this result withdrawn? It stays readable, and answers nothing any more.")
        ask.ask(
            prompt, lambda why: self._room.run(lambda: withdraw_result(actor=desk.actor(), result_id=line.id, reason=why), lambda _: None)
        )
