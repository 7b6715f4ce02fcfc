"""The card on a partner's page with what other organisations have assessed."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from desktop.imported.parts import marks_row
from desktop.imported.words import band_of, kind_words, read_only_mark, recommended_words
from desktop.shell.place import Place
from desktop.shell.room import Room
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.page import row
from desktop.widgets.status_mark import StatusMark
from desktop.widgets.text import label
from desktop.words import SUBJECTS, Mark, stops_mark, word
from models.imported_cards import ImportedCard


class ImportedAssessmentsCard(Card):
    """Each of them with date, bands, stops and what was recommended there; opened to be read."""

    def __init__(self, room: Room, cards: tuple[ImportedCard, ...]) -> None:
        theme, text, language = room.desk.theme, room.text, room.desk.language
        super().__init__(theme, text("Assessed by other organisations"))
        for card in cards:
            facts = card.facts
            words = QVBoxLayout()
            words.setSpacing(theme.px(4))
            said = [facts.case_number, kind_words(facts, language), language.date(facts.as_of), facts.project_title]
            if recommended := recommended_words(facts, language):
                said.append(text("recommended: {decision}", decision=recommended.lower()))
            words.addWidget(label(" · ".join(part for part in said if part), "strong", wrap=True))
            words.addWidget(StatusMark(theme, read_only_mark(card, language)))
            marks: list[tuple[str, Mark | None]] = [
                (word(SUBJECTS, subject, language), band_of(facts, subject, language)) for subject in ("organisation", "project")
            ]
            marks.append((text("Stop criteria"), stops_mark(facts.stops, language)))
            words.addLayout(marks_row(theme, [(title, mark) for title, mark in marks if mark is not None]))
            read = button(theme, text("Read"), partial(_open, room, card.id), name=f"partner.imported.{card.id}", kind="plain")
            read.setAccessibleName(text("Read {case} from {organisation}", case=facts.case_number, organisation=card.origin.organisation))
            line = row(theme, [])
            line.addLayout(words, 1)
            line.addWidget(read)
            self.body.addLayout(line)


def _open(room: Room, imported: UUID) -> None:
    room.desk.go(Place("imported", assessment=imported))
