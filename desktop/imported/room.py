"""An assessment of another organisation: where it is from, what it says, and its report. Nothing can be changed in it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from desktop.imported.parts import findings_card, marks_grid, scores_card
from desktop.report.reading import PdfReading
from desktop.report.turning import Turning
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.shell.room import Room
from desktop.widgets.button import button
from desktop.widgets.card import Card, Notice
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.facts import facts_grid
from desktop.widgets.page import Page, clear
from desktop.widgets.status_mark import StatusMark
from desktop.widgets.text import label
from forms.errors import GedigenError

if TYPE_CHECKING:
    from desktop.imported.state import ImportedState
    from desktop.language import Language
    from models.imported_cards import ImportedFile

#: The least height of the report's pages, in pixels at 100 % text size.
_PAGES = 620


class ImportedRoom(Room):
    """Shows the one that ``Place.assessment`` names; its result is computed again from the record at each visit."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._state: ImportedState | None = None
        self._page = Page(theme, self.text("Assessment of another organisation"), widest=1100)
        self._partner_button = button(theme, self.text("Go to the partner"), self._partner, name="imported.partner", icon="building-2")
        self._export_button = button(
            theme, self.text("Export the report…"), self._export, name="imported.export", icon="download", shortcut="Ctrl+E"
        )
        for one in (self._export_button, self._partner_button):
            one.setEnabled(False)
        self._page.act(self._export_button, self._partner_button)
        self._notes = QVBoxLayout()
        self._page.body.addLayout(self._notes)
        self._body = QVBoxLayout()
        self._body.setSpacing(theme.px(16))
        self._page.body.addLayout(self._body)
        self._report = Card(theme, self.text("The report"))
        self._reading = PdfReading(theme, self.text("The report"))
        self._reading.setMinimumHeight(theme.px(_PAGES))
        self._turning = Turning(desk, self._reading, name="imported")
        self._report.body.addWidget(self._turning.row(), 0, Qt.AlignmentFlag.AlignLeft)
        self._report.body.addWidget(self._reading)
        self._page.body.addWidget(self._report)
        self._report.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)

    def title(self) -> str:
        return self._state.title if self._state is not None else self.text("Assessment of another organisation")

    def commands(self) -> tuple[Command, ...]:
        known = self._state is not None
        return (
            Command("imported.export", self.text("Export the report"), self._export, "Ctrl+E", enabled=known),
            Command("imported.partner", self.text("Go to the partner"), self._partner, enabled=known),
            *self._turning.commands(enabled=known),
        )

    def show_place(self, place: Place) -> None:
        super().show_place(place)
        self._state = None
        clear(self._body)
        self._say("")
        self._report.hide()
        self._page.say_title(self.text("Assessment of another organisation"))
        imported, language = place.assessment, self.desk.language
        if imported is None:
            self._nothing()
            return
        self._body.addWidget(label(self.text("Computing its result again…"), "muted", name="imported.waiting"))

        def compute(file: ImportedFile) -> None:
            if place == self.place:
                self.render_apart(partial(_state, file, language), partial(self._show, place), failed=self._refused)

        self.load(partial(_read, imported), compute, failed=self._refused)

    def change_happened(self, change: object) -> None:
        """Nothing that is written in the vault changes it."""

    def _nothing(self) -> None:
        theme = self.desk.theme
        go = button(theme, self.text("Go to Assessments"), lambda: self.desk.go(Place("assessments")), name="imported.list", kind="primary")
        sentence = self.text(
            "What other organisations have sealed stands among your assessments once it is kept. Open one there to read it."
        )
        self._body.addWidget(EmptyState(theme, sentence, icon="clipboard-list", action=go))

    def _show(self, place: Place, state: ImportedState) -> None:
        if place != self.place:
            return
        self._state = state
        theme, text = self.desk.theme, self.text
        clear(self._body)
        self._page.say_title(state.title)
        about = Card(theme)
        mark = StatusMark(theme, state.marked, strong=True)
        mark.setAccessibleIdentifier("imported.mark")
        about.body.addWidget(mark)
        about.body.addWidget(label(state.said, wrap=True, name="imported.said"))
        about.body.addLayout(marks_grid(theme, state.bands))
        about.body.addLayout(facts_grid(theme, state.facts, name="imported.fact"))
        self._body.addWidget(about)
        if state.differs:
            wrong = text(
                "What lists show of this assessment is not what its record comes to. Trust what is computed here, and restore a backup."
            )
            self._body.addWidget(Notice(theme, wrong, tone="stop"))
        for words in state.stops:
            self._body.addWidget(Notice(theme, words, tone="stop"))
        computed = text("Computed here from the answers in the record, by the template that came with it.")
        self._body.addWidget(scores_card(theme, text("Result"), computed, state.instruments))
        origin = Card(theme, text("Where it comes from"))
        origin.body.addLayout(facts_grid(theme, state.origin, name="imported.origin"))
        self._body.addWidget(origin)
        self._body.addWidget(findings_card(theme, text("What the verification found when it was taken in"), state.findings))
        self._report.show()
        self._reading.show_pdf(state.pdf)
        for one in (self._export_button, self._partner_button):
            one.setEnabled(True)
        self._partner_button.setFocus()
        self.desk.commands_changed.emit()

    def _refused(self, error: GedigenError) -> None:
        clear(self._body)
        self._say(self.desk.language.error(error))

    def _say(self, said: str, *, tone: str = "warning") -> None:
        clear(self._notes)
        if said:
            notice = Notice(self.desk.theme, said, tone=tone)
            notice.words.setAccessibleIdentifier("imported.note")
            self._notes.addWidget(notice)

    def _partner(self) -> None:
        if self._state is not None:
            self.desk.go(Place("partner", partner=self._state.partner))

    def _export(self) -> None:
        state = self._state
        if state is None or self.place.assessment is None:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or str(Path.home())
        title, kinds = self.text("Export the report"), self.text("PDF (*.pdf)")
        chosen, _ = QFileDialog.getSaveFileName(self, title, str(Path(folder) / state.file_name), kinds)
        if chosen:
            path = Path(chosen)
            self.run(
                partial(_write, self.place.assessment, path),
                lambda _: self._say(self.text("Exported as {file}.", file=str(path)), tone="note"),
                failed=lambda error: self._say(self.desk.language.error(error)),
            )


# The engine that reads reports takes a while to load, so these bring it in where they run: outside the window's thread.


def _read(imported: UUID) -> ImportedFile:
    from desktop.operations.importing import imported_file

    return imported_file(imported_id=imported)


def _state(file: ImportedFile, language: Language) -> ImportedState:
    from desktop.imported.state import imported_state

    return imported_state(file, language)


def _write(imported: UUID, path: Path) -> None:
    from desktop.operations.importing import export_imported

    export_imported(imported_id=imported, path=path)
