"""Seal and sign: what remains, the one step that cannot be taken back, and each person's signature on each report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.digest_words import grouped
from desktop.operations.assessments import assessment_file
from desktop.operations.change import Change
from desktop.operations.timestamp_authority import timestamps
from desktop.recommendation.remaining_state import way_to
from desktop.recommendation.side_view import RemainsList
from desktop.seal.confirming import SealingDialog
from desktop.seal.report_card import ReportCardView
from desktop.seal.signing_steps import report_steps
from desktop.seal.state import SealState, seal_state
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.shell.room import Room
from desktop.widgets.button import button
from desktop.widgets.card import Card, Notice
from desktop.widgets.case_page import CasePage
from desktop.widgets.facts import bullets, facts_grid
from desktop.widgets.fields import check
from desktop.widgets.page import clear, row
from desktop.widgets.text import label
from forms.errors import GedigenError
from models.cards import AssessmentFile


@dataclass(frozen=True)
class _Read:
    """What the room shows: the case, the lines that may be left unsigned, and the reports that await a timestamp."""

    file: AssessmentFile
    optional: tuple[str, ...]
    awaiting: tuple[UUID, ...]


class SealRoom(Room):
    """Before the seal: what remains and the seal. After it: one card per language of the report."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._file: AssessmentFile | None = None
        self._optional: tuple[str, ...] = ()
        self._awaiting: tuple[UUID, ...] = ()
        self._state: SealState | None = None
        self._reports: dict[str, ReportCardView] = {}
        self._chair = False
        self._busy = ""
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._page = CasePage(self, here="seal", title=self.text("Seal and sign"), widest=980)
        whole.addWidget(self._page)

    def title(self) -> str:
        return self.text("Seal and sign")

    def show_place(self, place: Place) -> None:
        if place != self.place:
            self._file, self._chair, self._busy = None, False, ""
        super().show_place(place)
        assessment = place.assessment
        if assessment is not None:

            def read() -> _Read:
                # Imported here, in the database's thread: it brings the report's engine, which takes a while to load.
                from desktop.operations.sealing import optional_signers

                file = assessment_file(assessment_id=assessment)
                return _Read(file, optional_signers(file), tuple(one.document for one in timestamps().awaiting))

            self.load(read, self._show)

    def commands(self) -> tuple[Command, ...]:
        state = self._state
        sealed = state is not None and state.standing == "sealed"
        own = [
            Command("seal.seal", self.text("Seal the record"), self._ask_seal, enabled=state is not None and state.can_seal),
            Command("seal.switch", self.text("Switch person to sign"), self.desk.switch_person, enabled=sealed),
            Command("seal.report", self.text("Read the report"), self._read, enabled=True),
        ]
        for one in state.reports if state is not None else ():
            title = self.text("Sign: {report}", report=one.title)
            own.append(Command(f"seal.sign.{one.language}", title, partial(self._sign, one.language), enabled=one.action == "sign"))
        return tuple(own) + self._page.commands()

    def _show(self, read: _Read) -> None:
        first = self._file is None
        self._file, self._optional, self._awaiting = read.file, read.optional, read.awaiting
        self._write(first=first)

    def _write(self, *, first: bool) -> None:
        file, person = self._file, self.desk.person
        if file is None:
            return
        self._state = seal_state(
            file,
            self.desk.language,
            person=person.id if person else None,
            roles=person.roles if person else frozenset(),
            optional=self._optional,
            awaiting=self._awaiting,
        )
        self._page.show_file(file)
        self._page.keeping_place(self._build)
        if first:
            names = [f"seal.sign.{one.language}" for one in self._state.reports] + ["seal.seal", "seal.remains.0", "seal.decision"]
            any(self._page.focus_on(name) for name in names)
        self.desk.commands_changed.emit()

    def _build(self) -> None:
        state = self._state
        clear(self._page.body)
        self._reports = {}
        if state is None:
            return
        if state.standing == "before":
            self._page.body.addWidget(self._before(state))
            return
        self._page.body.addWidget(self._sealed(state))
        for report in state.reports:
            view = ReportCardView(
                self.desk,
                report,
                sign=partial(self._sign, report.language),
                make=partial(self._make, report.language),
                switch=self.desk.switch_person,
                read=partial(self._read, report.language),
            )
            view.show_busy(self._busy == report.language)
            self._reports[report.language] = view
            self._page.body.addWidget(view)
        self._page.body.addWidget(self._decide())

    def _before(self, state: SealState) -> QWidget:
        theme = self.desk.theme
        card = Card(theme, self.text("Seal the record"))
        card.body.addWidget(label(state.said, wrap=True, name="seal.said"))
        if state.remains:
            card.body.addWidget(RemainsList(self.desk, state.remains, self._go, name="seal.remains"))
        else:
            card.body.addWidget(label(self.text("It freezes:"), "strong"))
            card.body.addLayout(bullets(theme, state.freezes))
        card.body.addSpacing(theme.px(4))
        chair = check(
            self.text("Leave a line in the report for the chair to sign"), name="seal.chair", on=self._chair, changed=self._want_chair
        )
        chair.setEnabled(state.can_seal)
        card.body.addWidget(chair)
        seal = button(theme, self.text("Seal…"), self._ask_seal, name="seal.seal", kind="primary", icon="lock")
        seal.setEnabled(state.can_seal)
        preview = button(theme, self.text("Read the draft"), self._read, name="seal.preview", icon="file-text")
        card.body.addLayout(row(theme, [seal, preview, None]))
        self._wrong = label("", "error", wrap=True, name="seal.error")
        self._wrong.hide()
        card.body.addWidget(self._wrong)
        return card

    def _sealed(self, state: SealState) -> QWidget:
        theme = self.desk.theme
        card = Card(theme, state.sealed_said)
        known = ((self.text("SHA-256 of the record"), grouped(state.record_sha256)), (self.text("Audit trail"), state.anchor))
        card.body.addLayout(facts_grid(theme, known, name="seal.sealed"))
        return card

    def _decide(self) -> QWidget:
        theme = self.desk.theme
        said = self.text("The board reads the signed report. Its decision is recorded beside it, with the minutes.")
        there = button(theme, self.text("Record the decision"), partial(self._go, "decision"), name="seal.decision")
        return Notice(theme, said, action=there)

    def _want_chair(self, wanted: bool) -> None:
        self._chair = wanted

    def _ask_seal(self) -> None:
        state = self._state
        if state is None or not state.can_seal:
            return
        dialog = SealingDialog(self.desk, state.freezes, chair=self._chair, parent=self)
        dialog.accepted.connect(self._seal)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _seal(self) -> None:
        assessment, chair = self.place.assessment, self._chair
        if assessment is None:
            return

        def seal() -> Change:
            from desktop.operations.sealing import seal_assessment

            return seal_assessment(actor=self.desk.actor(), assessment_id=assessment, chair=chair)

        self._file = None  # the page that comes is another: begin at its top
        self.run(seal, lambda _done: self.desk.note(self.text("The record is sealed.")), failed=self._refuse)

    def _make(self, code: str) -> None:
        assessment = self.place.assessment
        if assessment is None:
            return

        def make() -> Change:
            from desktop.operations.reporting import make_report

            return make_report(actor=self.desk.actor(), assessment_id=assessment, language_code=code)

        self._work(code, make)

    def _sign(self, code: str) -> None:
        assessment = self.place.assessment
        if assessment is None:
            return

        self._begin(code)
        steps = report_steps(self, assessment=assessment, code=code, ended=self._end, refused=partial(self._fail, code))
        steps.begin()

    def _begin(self, code: str) -> None:
        self._busy = code
        self._reports[code].show_busy(True)

    def _end(self) -> None:
        self._busy = ""

    def _fail(self, code: str, error: GedigenError | None) -> None:
        """Let it be tried again, and say in place why it was not done, if there is something to say."""
        self._busy = ""
        if code in self._reports:
            self._write(first=False)
            self._reports[code].refuse(self.desk.language.error(error) if error is not None else "")

    def _work(self, code: str, operation: Callable[[], Change]) -> None:
        """Lay out in the database's thread; the card says meanwhile that it is under way."""
        self._begin(code)
        self.run(operation, lambda _: self._end(), failed=partial(self._fail, code))

    def _refuse(self, error: GedigenError) -> None:
        if self._state is not None and self._state.standing == "before":
            self._wrong.setText(self.desk.language.error(error))
            self._wrong.show()
        else:
            self.desk.report_error(error)

    def _read(self, code: str = "") -> None:
        self.desk.go(Place("report", assessment=self.place.assessment, partner=self.place.partner, question=code))

    def _go(self, room: str, question: str = "") -> None:
        if self._file is not None:
            self.desk.go(way_to(self._file, room, question))
