"""The report in the window: read it, export it, check it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.operations import vaults
from desktop.operations.assessments import assessment_file
from desktop.report.reading import PdfReading
from desktop.report.state import ReportState, page_said, report_state
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
from desktop.widgets.text import label
from forms.errors import GedigenError
from forms.text import N_
from models.cards import AssessmentFile
from models.errors import RecordRefused
from models.identity import OrganisationCard

#: Heights at 100 % text size: what stands around the pages, and the least that they get.
_AROUND, _LEAST = 194, 320
#: From this text size on, in per cent.
_LARGE_TEXT = 150


class ReportRoom(Room):
    """One language at a time; a registered revision when there is one, else a preview made on the spot."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._file: AssessmentFile | None = None
        self._organisation: OrganisationCard | None = None
        self._state: ReportState | None = None
        self._wanted = desk.language.code
        self._shown: object = None
        self._exported: Path | None = None
        theme = desk.theme
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._page = CasePage(self, here="report", title=self.text("Report"), widest=1600)
        self._page.body.setSpacing(theme.px(8))
        self._export_button = button(theme, self.text("Export…"), self._export, name="report.export", kind="primary", icon="download")
        self._root_button = button(theme, self.text("Root certificate…"), self._export_root, name="report.root", icon="shield-check")
        self._verify_button = button(theme, self.text("Verify now"), self._verify, name="report.verify", icon="file-check")
        acts = (self._export_button, self._verify_button, self._root_button)
        # Beside the title they leave a row more for the pages; in large text they would leave no room for it.
        if theme.px(100) < _LARGE_TEXT:
            self._page.page.act(*acts)
        else:
            self._page.body.addWidget(flow(list(acts), gap=theme.px(8)))
        margin = theme.px(24)
        self._page.page.column.setContentsMargins(margin, theme.px(10), margin, theme.px(12))
        self._page.page.column.setSpacing(theme.px(8))
        self._notes = QVBoxLayout()
        self._page.body.addLayout(self._notes)
        choice = QWidget()
        self._languages = QHBoxLayout(choice)
        self._languages.setContentsMargins(0, 0, 0, 0)
        self._where = label("", "dense", name="report.page")
        self._where.setMinimumWidth(theme.px(110))
        tools: list[QWidget] = [choice, self._where]
        for name, words, act, shortcut in self._moves():
            tools.append(button(theme, words, act, name=f"report.{name}", kind="quiet", shortcut=shortcut))
        self._page.body.addWidget(flow(tools, gap=theme.px(8)))
        self._reading = PdfReading(theme, self.text("Report"))
        self._reading.moved.connect(self._say_page)
        self._page.body.addWidget(self._reading, 1)
        whole.addWidget(self._page)

    def title(self) -> str:
        return self.text("Report")

    def show_place(self, place: Place) -> None:
        if place != self.place:
            self._file, self._shown, self._exported = None, None, None
            if place.question:
                self._wanted = place.question  # where one comes from says which language was looked at
        super().show_place(place)
        assessment = place.assessment
        if assessment is not None:
            self.load(lambda: (assessment_file(assessment_id=assessment), vaults.organisation()), self._show)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The pages take the height that is left, and never so little that nothing can be read: then the room scrolls.
        theme = self.desk.theme
        self._reading.setMinimumHeight(max(theme.px(_LEAST), self.height() - theme.px(_AROUND)))

    def commands(self) -> tuple[Command, ...]:
        can_export = self._state is not None and self._state.can_export
        moves = tuple(Command(f"report.{name}", words, act, shortcut) for name, words, act, shortcut in self._moves())
        own = (
            Command("report.export", self.text("Export the report"), self._export, "Ctrl+E", enabled=can_export),
            Command("report.root", self.text("Export the root certificate"), self._export_root),
            Command("report.verify", self.text("Verify the report now"), self._verify, enabled=can_export),
            *moves,
        )
        return own + self._page.commands()

    def _moves(self) -> tuple[tuple[str, str, Callable[[], object], str], ...]:
        text = self.text
        return (
            ("previous", text("Previous page"), partial(self._turn, -1), "Ctrl+PgUp"),
            ("next", text("Next page"), partial(self._turn, 1), "Ctrl+PgDown"),
            ("smaller", text("Smaller"), partial(self._zoom, -1), "Ctrl+-"),
            ("larger", text("Larger"), partial(self._zoom, 1), "Ctrl++"),
            ("fit", text("Fit the width"), partial(self._zoom, 0), "Ctrl+0"),
        )

    def _show(self, read: tuple[AssessmentFile, OrganisationCard]) -> None:
        self._file, self._organisation = read
        file = self._file
        self._state = report_state(file, self.desk.language, wanted=self._wanted)
        state = self._state
        self._page.show_file(file)
        self._page.page.say_title(self.text("Report"), state.said)
        self._export_button.setEnabled(state.can_export)
        self._verify_button.setEnabled(state.can_export)
        self._offer_languages(state)
        shown = (file.card.id, state.language, state.report)
        if shown != self._shown:
            self._shown = shown
            self._fetch(file, state, read[1])
        self.desk.commands_changed.emit()

    def _offer_languages(self, state: ReportState) -> None:
        clear(self._languages)
        if len(state.languages) > 1:
            choose = Segments(
                self.desk.theme, state.languages, name="report.language", title=self.text("Language of the report"), current=state.language
            )
            choose.chosen.connect(lambda code: self._choose(str(code)))
            self._languages.addWidget(choose)

    def _choose(self, code: str) -> None:
        self._wanted = code
        if self._file is not None and self._organisation is not None:
            self._show((self._file, self._organisation))
            self._page.focus_on(f"report.language.{code}")

    def _fetch(self, file: AssessmentFile, state: ReportState, organisation: OrganisationCard) -> None:
        """Get the bytes: registered ones out of the vault, a preview laid out in the second thread."""
        self._say("")
        wanted = self._shown
        self._reading.wait(self.text("Laying out the report…"))

        def show(pdf: bytes) -> None:
            if wanted == self._shown:
                self._reading.show_pdf(pdf)
                self._reading.setFocus(Qt.FocusReason.OtherFocusReason)

        def failed(error: GedigenError) -> None:
            if wanted == self._shown:
                self._reading.wait("")
                self._say(self.desk.language.error(error))

        code, report = state.language, state.report
        if report is not None:
            self.run(lambda: _registered(report), show, failed=failed)
        else:
            self.render_apart(lambda: _preview(file, code, organisation), show, failed=failed)

    def _say(self, said: str, *, tone: str = "warning") -> None:
        clear(self._notes)
        if said:
            notice = Notice(self.desk.theme, said, tone=tone)
            notice.words.setAccessibleIdentifier("report.said")
            self._notes.addWidget(notice)

    def _say_page(self) -> None:
        self._where.setText(page_said(self._reading.page, self._reading.pages, self.desk.language))

    def _turn(self, step: int) -> None:
        self._reading.turn(step)

    def _zoom(self, step: int) -> None:
        self._reading.zoom(step)

    def _export(self) -> None:
        state, file = self._state, self._file
        if state is None or state.report is None or file is None:
            return
        report, language = state.report, state.language

        def named(name: str) -> None:
            chosen, _ = QFileDialog.getSaveFileName(
                self, self.text("Export the report"), str(_documents() / name), self.text("PDF (*.pdf)")
            )
            if chosen:
                self._write(report, Path(chosen))

        self.run(lambda: _name(file, language), named)

    def _write(self, report: UUID, path: Path) -> None:
        path = path if path.suffix.casefold() == ".pdf" else path.with_name(path.name + ".pdf")

        def done(_: object) -> None:
            self._exported = path
            self._say(self.text("Exported as {file}.", file=str(path)), tone="note")

        self.run(lambda: _write_report(report, path), done, failed=lambda error: self._say(self.desk.language.error(error)))

    def _export_root(self) -> None:
        suggested = str(_documents() / "gedigen-root.pem")
        chosen, _ = QFileDialog.getSaveFileName(self, self.text("Export the root certificate"), suggested, self.text("Certificate (*.pem)"))
        if not chosen:
            return
        path = Path(chosen)
        said = self.text("Exported as {file}. Whoever has it can check your reports.", file=chosen)
        self.run(
            lambda: _write_root(path),
            lambda _: self._say(said, tone="note"),
            failed=lambda error: self._say(self.desk.language.error(error)),
        )

    def _verify(self) -> None:
        """Check the file that was exported; without one, export first: what counts is what leaves the vault."""
        if self._exported is not None and self._exported.is_file():
            self.desk.go(Place("verify", file=self._exported))
        else:
            self._say(self.text("Export the report first: what is verified is the file that others get."), tone="note")
            self._export_button.setFocus(Qt.FocusReason.OtherFocusReason)


def _documents() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home())


# The report's engine takes a while to load, so these bring it in where they run: outside the window's thread.


def _registered(report: UUID) -> bytes:
    from desktop.operations.reporting import report_bytes

    return report_bytes(report_id=report)


def _preview(file: AssessmentFile, code: str, organisation: OrganisationCard) -> bytes:
    from desktop.operations.reporting import preview

    return preview(file=file, language_code=code, organisation_card=organisation)


def _name(file: AssessmentFile, code: str) -> str:
    from desktop.operations.reporting import file_name

    return file_name(file, code)


def _write_report(report: UUID, path: Path) -> None:
    from desktop.operations.reporting import export_report

    export_report(report_id=report, path=path)


def _write_root(path: Path) -> None:
    try:
        vaults.export_root(path=path)
    except OSError as error:
        raise RecordRefused(
            N_("{file} could not be written ({why}). Choose another place."), file=path.name, why=error.strerror or ""
        ) from None
