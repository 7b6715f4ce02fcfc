"""The report in the window: choose its kind, read it, make and sign it, export it, check it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QVBoxLayout

from desktop.operations import vaults
from desktop.operations.assessments import assessment_file
from desktop.report.choosing import KindChoice
from desktop.report.engine import bytes_of, hand_out, look_up, name_of, write_root
from desktop.report.reading import PdfReading
from desktop.report.state import ReportState, report_state
from desktop.report.turning import Turning
from desktop.report.warning import PublicWarning
from desktop.reports.public_warning import public_warning
from desktop.seal.signing_steps import report_steps
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.shell.room import Room
from desktop.widgets.button import button, dress
from desktop.widgets.card import Notice
from desktop.widgets.case_page import CasePage
from desktop.widgets.page import clear
from forms.errors import GedigenError
from models.cards import AssessmentFile, ReportCard
from models.identity import OrganisationCard

#: The least height that the pages get, in pixels at 100 % text size.
_LEAST = 320


class ReportRoom(Room):
    """One kind in one language at a time; a registered revision when there is one, else a preview made on the spot."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._file: AssessmentFile | None = None
        self._organisation: OrganisationCard | None = None
        self._state: ReportState | None = None
        self._wanted = desk.language.code
        self._shown: object = None
        self._chain: tuple[ReportCard, ...] | None = None
        self._pdf = b""
        self._busy = False
        self._exported: Path | None = None
        theme = desk.theme
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._page = CasePage(self, here="report", title=self.text("Report"), widest=1600)
        self._page.body.setSpacing(theme.px(8))
        self._export_button = button(theme, self.text("Export…"), self._export, name="report.export", kind="primary", icon="download")
        self._root_button = button(theme, self.text("Root certificate…"), self._export_root, name="report.root", icon="shield-check")
        self._verify_button = button(theme, self.text("Verify now"), self._verify, name="report.verify", icon="file-check")
        self._sign_button = button(theme, self.text("Make and sign"), self._sign, name="report.sign", icon="signature")
        acts = (self._export_button, self._sign_button, self._verify_button, self._root_button)
        self._page.page.act(*acts)
        margin = theme.px(24)
        self._page.page.column.setContentsMargins(margin, theme.px(10), margin, theme.px(12))
        self._page.page.column.setSpacing(theme.px(8))
        self._notes = QVBoxLayout()
        self._page.body.addLayout(self._notes)
        self._reading = PdfReading(theme, self.text("Report"))
        self._turning = Turning(desk, self._reading, name="report")
        self._choice = KindChoice(desk, self._turning.row())
        self._choice.spoken.connect(self._choose)
        self._choice.changed.connect(self._chosen)
        self._page.body.addWidget(self._choice)
        self._page.body.addWidget(self._reading, 1)
        whole.addWidget(self._page)

    def title(self) -> str:
        return self.text("Report")

    def show_place(self, place: Place) -> None:
        if place != self.place:
            self._file, self._shown, self._chain, self._exported = None, None, None, None
            self._choice.clear()
            if place.question:
                self._wanted = place.question  # where one comes from says which language was looked at
        super().show_place(place)
        assessment = place.assessment
        if assessment is not None:
            self.load(lambda: (assessment_file(assessment_id=assessment), vaults.organisation()), self._read)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        """Let the pages take the height that is left, and never so little that nothing can be read: then the room scrolls."""
        self._reading.setMinimumHeight(max(self.desk.theme.px(_LEAST), self._page.room_for(self._reading)))

    def commands(self) -> tuple[Command, ...]:
        can_export = self._can_export()
        registered = self._state is not None and self._state.report is not None
        own = (
            Command("report.export", self.text("Export the report"), self._export, "Ctrl+E", enabled=can_export),
            Command("report.sign", self.text("Make and sign the document"), self._sign, enabled=self._can_sign()),
            Command("report.root", self.text("Export the root certificate"), self._export_root),
            Command("report.verify", self.text("Verify the report now"), self._verify, enabled=registered),
            *self._turning.commands(),
        )
        kinds = self._state.kinds if self._state is not None else ()
        own += tuple(
            Command(f"report.kind.{kind}", self.text("Read: {kind}", kind=words), partial(self._choice.choose, kind))
            for kind, words in kinds
        )
        return own + self._page.commands()

    def _read(self, read: tuple[AssessmentFile, OrganisationCard]) -> None:
        self._file, self._organisation = read
        self._chain = None
        self._page.show_file(read[0])
        self._show()

    def _show(self) -> None:
        """Show what is chosen of the case that was read."""
        file, organisation, person = self._file, self._organisation, self.desk.person
        if file is None or organisation is None:
            return
        self._state = state = report_state(
            file,
            self.desk.language,
            wanted=self._choice.wanted(self._wanted),
            chain=self._chain,
            person=person.id if person else None,
            roles=person.roles if person else frozenset(),
        )
        self._choice.show_state(state)
        self._page.page.say_title(self.text("Report"), state.said)
        self._give_room()
        shown = (file.card.id, state.language, state.chosen, len(file.reports) + len(file.documents), file.card.touched_at)
        if shown != self._shown:
            self._shown, self._pdf = shown, b""
            self._fetch(file, state, organisation)
        self._allow()
        self.desk.commands_changed.emit()

    def _allow(self) -> None:
        """Let only that be pressed which can be done now."""
        state = self._state
        registered = state is not None and state.report is not None
        self._export_button.setEnabled(self._can_export())
        self._verify_button.setEnabled(registered)
        self._sign_button.setEnabled(self._can_sign())
        # Only what can be signed here has the button, and it is the primary one until there is something to export.
        signs_first = state is not None and state.can_sign and not state.can_export
        self._sign_button.setVisible(state is not None and state.can_sign)
        dress(self.desk.theme, self._sign_button, "primary" if signs_first else "plain", "signature")
        dress(self.desk.theme, self._export_button, "plain" if signs_first else "primary", "download")

    def _can_export(self) -> bool:
        state = self._state
        return state is not None and state.can_export and not self._busy and (not state.is_draft or bool(self._pdf))

    def _can_sign(self) -> bool:
        return self._state is not None and self._state.can_sign and not self._busy

    def _chosen(self) -> None:
        self._chain = None
        self._show()

    def _choose(self, code: str) -> None:
        self._wanted = code
        self._chosen()

    def _fetch(self, file: AssessmentFile, state: ReportState, organisation: OrganisationCard) -> None:
        """Get the bytes: registered ones out of the vault, a preview laid out in the second thread, where is found out which it is."""
        self._say("")
        wanted = self._shown
        here = QApplication.focusWidget()
        choosing = here is not None and self._choice.isAncestorOf(here)
        self._reading.wait(self.text("Laying out the report…"))

        def show(pdf: bytes) -> None:
            if wanted == self._shown:
                self._pdf = pdf
                self._reading.show_pdf(pdf)
                self._allow()
                if not choosing:
                    self._reading.setFocus(Qt.FocusReason.OtherFocusReason)

        def found(looked: tuple[tuple[ReportCard, ...], bytes]) -> None:
            if wanted != self._shown:
                return
            self._chain, pdf = looked
            self._show()
            report = self._state.report if self._state is not None else None
            if report is not None:
                self.run(lambda: bytes_of(report), show, failed=failed)
            else:
                show(pdf)

        def failed(error: GedigenError) -> None:
            if wanted == self._shown:
                self._reading.wait("")
                self._say(self.desk.language.error(error))

        self.render_apart(lambda: look_up(file, state.language, organisation, state.chosen), found, failed=failed)

    def _say(self, said: str, *, tone: str = "warning") -> None:
        clear(self._notes)
        if said:
            notice = Notice(self.desk.theme, said, tone=tone)
            notice.words.setAccessibleIdentifier("report.said")
            self._notes.addWidget(notice)
        self._give_room()

    def _sign(self) -> None:
        state, assessment = self._state, self.place.assessment
        if state is None or assessment is None or not self._can_sign():
            return
        self._busy = True
        self._allow()

        def ended() -> None:
            self._busy = False
            self._allow()
            self._say(self.text("Made and signed."), tone="note")

        def refused(error: GedigenError | None) -> None:
            self._busy = False
            self._allow()
            self._say(self.desk.language.error(error) if error is not None else "")

        report_steps(self, assessment=assessment, code=state.language, chosen=state.chosen, ended=ended, refused=refused).begin()

    def _export(self) -> None:
        state, file = self._state, self._file
        if state is None or file is None or not self._can_export():
            return
        if state.kind == "public":
            dialog = PublicWarning(self.desk, public_warning(self.desk.language), parent=self)
            dialog.accepted.connect(self._ask_where)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()
        else:
            self._ask_where()

    def _ask_where(self) -> None:
        state, file = self._state, self._file
        if state is None or file is None:
            return

        def named(name: str) -> None:
            chosen, _ = QFileDialog.getSaveFileName(
                self, self.text("Export the report"), str(_documents() / name), self.text("PDF (*.pdf)")
            )
            if chosen:
                self._write(file, state, Path(chosen))

        self.run(lambda: name_of(file, state.language, state.chosen), named)

    def _write(self, file: AssessmentFile, state: ReportState, path: Path) -> None:
        path = path if path.suffix.casefold() == ".pdf" else path.with_name(path.name + ".pdf")
        pdf = self._pdf

        def done(_: object) -> None:
            self._exported = path
            self._say(self.text("Exported as {file}.", file=str(path)), tone="note")

        self.run(
            lambda: hand_out(self.desk.actor, file, state.language, chosen=state.chosen, report=state.report, pdf=pdf, path=path),
            done,
            failed=lambda error: self._say(self.desk.language.error(error)),
        )

    def _export_root(self) -> None:
        suggested = str(_documents() / "gedigen-root.pem")
        chosen, _ = QFileDialog.getSaveFileName(self, self.text("Export the root certificate"), suggested, self.text("Certificate (*.pem)"))
        if not chosen:
            return
        path = Path(chosen)
        said = self.text("Exported as {file}. Whoever has it can check your reports.", file=chosen)
        self.run(
            lambda: write_root(path),
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
