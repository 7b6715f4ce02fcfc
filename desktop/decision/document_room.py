"""The decision document in the window: read it, sign it, export it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QStandardPaths, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.decision.document_state import DocumentState, document_state
from desktop.decision.read import DecisionRead, decision_read
from desktop.decision.signing_steps import decision_steps
from desktop.report.reading import PdfReading
from desktop.report.turning import Turning
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.shell.room import Room
from desktop.widgets.button import button
from desktop.widgets.card import Notice
from desktop.widgets.case_page import CasePage
from desktop.widgets.fields import Segments
from desktop.widgets.flow_row import flow
from desktop.widgets.page import clear
from forms.errors import GedigenError
from models.cards import AssessmentFile
from models.decided import Decided

if TYPE_CHECKING:
    from desktop.operations.decision_documents import Behind

#: The least height that the pages get, in pixels at 100 % text size.
_LEAST = 320


class DecisionDocumentRoom(Room):
    """One decision (``Place.version``, else the one that stands) in one language (``Place.question``): signed, or as it will be."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._read: DecisionRead | None = None
        self._state: DocumentState | None = None
        self._wanted = desk.language.code
        self._shown: object = None
        self._working = False
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._page = CasePage(self, here="decision", title=self.text("Decision document"), widest=1600)
        self._page.body.setSpacing(theme.px(8))
        self._sign_button = button(
            theme, self.text("Make and sign"), self._sign, name="document.sign", kind="primary", icon="signature", shortcut="Ctrl+Return"
        )
        self._export_button = button(
            theme, self.text("Export…"), self._export, name="document.export", kind="primary", icon="download", shortcut="Ctrl+E"
        )
        back = button(theme, self.text("Back to the decision"), self._back, name="document.back", icon="arrow-left")
        self._page.page.act(self._sign_button, self._export_button, back)
        margin = theme.px(24)
        self._page.page.column.setContentsMargins(margin, theme.px(10), margin, theme.px(12))
        self._page.page.column.setSpacing(theme.px(8))
        self._notes = QVBoxLayout()
        self._page.body.addLayout(self._notes)
        choice = QWidget()
        self._languages = QHBoxLayout(choice)
        self._languages.setContentsMargins(0, 0, 0, 0)
        self._reading = PdfReading(theme, self.text("Decision document"))
        self._turning = Turning(desk, self._reading, name="document")
        self._page.body.addWidget(flow([choice, self._turning.row()], gap=theme.px(8), ends=True))
        self._page.body.addWidget(self._reading, 1)
        whole.addWidget(self._page)

    def title(self) -> str:
        return self.text("Decision document")

    def show_place(self, place: Place) -> None:
        if place != self.place:
            self._read, self._state, self._shown, self._working = None, None, None, False
            if place.question:
                self._wanted = place.question
        super().show_place(place)
        assessment = place.assessment
        if assessment is not None:
            self.load(partial(decision_read, assessment), self._show)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        self._reading.setMinimumHeight(max(self.desk.theme.px(_LEAST), self._page.room_for(self._reading)))

    def commands(self) -> tuple[Command, ...]:
        state = self._state
        can_sign, can_export = state is not None and state.action == "sign", state is not None and state.document is not None
        own = (
            Command("document.sign", self.text("Make and sign the decision document"), self._sign, "Ctrl+Return", enabled=can_sign),
            Command("document.export", self.text("Export the decision document"), self._export, "Ctrl+E", enabled=can_export),
            Command("document.back", self.text("Back to the decision"), self._back),
            *self._turning.commands(),
        )
        return own + self._page.commands()

    def _show(self, read: DecisionRead) -> None:
        self._read, file = read, read.file
        state = document_state(
            file,
            read.decisions,
            self.desk.language,
            wanted=self._wanted,
            decision=self.place.version,
            person=self.desk.person.id if self.desk.person is not None else None,
            awaiting=read.awaiting,
        )
        self._state = state
        self._page.show_file(file)
        self._sign_button.setVisible(state is not None and state.action == "sign")
        self._sign_button.setEnabled(not self._working)
        self._export_button.setVisible(state is not None and state.document is not None)
        clear(self._languages)
        if state is None:
            self._reading.wait(self.text("Nothing has been decided about this assessment yet."))
            return
        self._page.page.say_title(self.text("Decision document"), f"{state.outcome}. {state.said}")
        if len(state.languages) > 1:
            choose = Segments(
                self.desk.theme,
                state.languages,
                name="document.language",
                title=self.text("Language of the document"),
                current=state.language,
            )
            choose.chosen.connect(lambda code: self._choose(str(code)))
            self._languages.addWidget(choose)
        QTimer.singleShot(0, self, self._give_room)  # what is new knows its height once it is shown
        shown = (state.decision.id, state.language, state.document)
        if shown != self._shown:
            self._shown = shown
            self._fetch(file, state)
        self.desk.commands_changed.emit()

    def _choose(self, code: str) -> None:
        self._wanted = code
        if self._read is not None:
            self._show(self._read)
            self._page.focus_on(f"document.language.{code}")

    def _fetch(self, file: AssessmentFile, state: DocumentState) -> None:
        """Get the bytes: registered ones out of the vault, a preview laid out in the second thread."""
        self._say("")
        wanted, one, code = self._shown, state.decision, state.language
        self._reading.wait(self.text("Laying out the document…"))

        def show(pdf: bytes) -> None:
            if wanted == self._shown:
                self._reading.show_pdf(pdf)
                self._reading.setFocus(Qt.FocusReason.OtherFocusReason)

        def failed(error: GedigenError) -> None:
            if wanted == self._shown:
                self._reading.wait("")
                self._say(self.desk.language.error(error))

        if state.document is not None:
            self.run(partial(_registered, state.document), show, failed=failed)
        else:

            def lay_out(behind: Behind) -> None:
                self.render_apart(partial(_preview, file, one, code, behind), show, failed=failed)

            self.run(partial(_behind, one.id), lay_out, failed=failed)

    def _sign(self) -> None:
        state = self._state
        if state is None or state.action != "sign" or self._working:
            return
        self._working = True
        self._sign_button.setEnabled(False)
        self._reading.wait(self.text("Making and signing the document…"))

        def done() -> None:
            self._working = False

        def failed(error: GedigenError | None) -> None:
            self._working = False
            self._shown = None
            if self._read is not None:
                self._show(self._read)
            self._say(self.desk.language.error(error) if error is not None else "")

        decision_steps(self, decision=state.decision.id, code=state.language, ended=done, refused=failed).begin()

    def _export(self) -> None:
        state, file = self._state, self._read.file if self._read is not None else None
        if state is None or state.document is None or file is None:
            return
        document, decision, code = state.document, state.decision, state.language

        def named(name: str) -> None:
            folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or str(Path.home())
            title, kinds = self.text("Export the decision document"), self.text("PDF (*.pdf)")
            chosen, _ = QFileDialog.getSaveFileName(self, title, str(Path(folder) / name), kinds)
            if chosen:
                self._write(document, Path(chosen))

        self.run(partial(_name, file, decision, code), named)

    def _write(self, document: UUID, path: Path) -> None:
        path = path if path.suffix.casefold() == ".pdf" else path.with_name(path.name + ".pdf")
        self.run(
            partial(_export, document, path),
            lambda _: self._say(self.text("Exported as {file}.", file=str(path)), tone="note"),
            failed=lambda error: self._say(self.desk.language.error(error)),
        )

    def _back(self) -> None:
        self.desk.go(Place("decision", assessment=self.place.assessment, partner=self.place.partner))

    def _say(self, said: str, *, tone: str = "warning") -> None:
        clear(self._notes)
        if said:
            notice = Notice(self.desk.theme, said, tone=tone)
            notice.words.setAccessibleIdentifier("document.said")
            self._notes.addWidget(notice)


# The report's engine takes a while to load, so these bring it in where they run: outside the window's thread.


def _registered(document: UUID) -> bytes:
    from desktop.operations.decision_documents import decision_bytes

    return decision_bytes(document_id=document)


def _behind(decision: UUID) -> Behind:
    from desktop.operations.decision_documents import behind

    return behind(decision_id=decision)


def _preview(file: AssessmentFile, decision: Decided, code: str, behind: Behind) -> bytes:
    from desktop.operations.decision_documents import preview_decision

    return preview_decision(file=file, decision=decision, language_code=code, behind=behind)


def _name(file: AssessmentFile, decision: Decided, code: str) -> str:
    from desktop.operations.decision_documents import decision_file_name

    return decision_file_name(file, decision, code)


def _export(document: UUID, path: Path) -> None:
    from desktop.operations.decision_documents import export_decision

    export_decision(document_id=document, path=path)
