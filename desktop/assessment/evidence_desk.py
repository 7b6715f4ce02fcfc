"""Adding, opening, copying and taking back evidence at the question in focus."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from desktop.assessment.answer_sheet import AnswerSheet
from desktop.assessment.evidence_reader import EvidenceReader
from desktop.assessment.question_state import EvidenceRow
from desktop.assessment.question_view import QuestionView
from desktop.operations import evidence
from desktop.shell.room import Room
from forms.errors import GedigenError


class EvidenceDesk:
    """Joins the question's evidence with the operations on it; ``show(page)`` turns to the reader and back."""

    READER = 2

    def __init__(self, room: Room, sheet: AnswerSheet, view: QuestionView, reader: EvidenceReader, *, show: Callable[[int], None]) -> None:
        self._room, self._sheet, self._view, self._reader, self._show = room, sheet, view, reader, show
        view.form.added.connect(self._add)
        view.form.closed.connect(view.focus)
        view.dropped.connect(lambda path: self.begin(Path(path)))
        view.evidence.opened.connect(self.open)
        view.evidence.copied.connect(self.copy)
        view.evidence.withdrawn.connect(self.withdraw)
        reader.copied.connect(self.copy)
        reader.left.connect(self.close)

    def do(self, action: str) -> None:
        """Add evidence, or open the first file there is."""
        state = self._view.state
        if state is None:
            return
        if action == "evidence":
            if self._view.property("editable"):
                self.begin(None)
            return
        row = next((one for one in state.evidence if one.can_open), None)
        if row is not None:
            self.open(row)

    def begin(self, path: Path | None) -> None:
        """Open the form, perhaps with a file that was dropped."""
        if self._view.state is not None:
            self._view.form.open_for(self._view.state.id, path)

    def open(self, row: EvidenceRow) -> None:
        """Read a file inside the window."""

        def show(content: bytes) -> None:
            self._show(self.READER)
            self._reader.show_evidence(row, content)
            self._reader.focus()

        self._room.run(lambda: evidence.evidence_bytes(evidence_id=row.id), show)

    def close(self) -> None:
        """Close the file that is read."""
        self._reader.forget()
        self._show(0)
        self._view.focus()

    def copy(self, row: EvidenceRow) -> None:
        """Save a copy where the user chooses, saying that it is not encrypted there."""
        text = self._room.text
        chosen, _ = QFileDialog.getSaveFileName(self._room, text("Save a copy: outside the vault it is not encrypted"), row.name)
        if chosen:
            path = Path(chosen)
            said = text("A copy was saved as {file}. Outside the vault it is not encrypted.", file=path.name)
            self._room.run(lambda: evidence.save_evidence_as(evidence_id=row.id, path=path), lambda _: self._room.desk.note(said))

    def withdraw(self, row: EvidenceRow) -> None:
        """Take evidence back, with a reason; the file stays in the vault's history."""
        file, desk = self._sheet.file, self._room.desk
        if file is None:
            return
        case = file.card.id

        def take(reason: str) -> None:
            self._room.run(
                lambda: evidence.withdraw_evidence(actor=desk.actor(), assessment_id=case, evidence_id=row.id, reason=reason),
                lambda _: self._view.focus(),
            )

        prompt = self._room.text("Why is “{name}” withdrawn? It stays in the history.", name=row.name)
        self._view.ask.ask(prompt, take, dismissed=self._view.focus)

    def _add(self, path: Path | None, name: str, note: str, dated: date | None) -> None:
        file, desk, form = self._sheet.file, self._room.desk, self._view.form
        if file is None:
            return
        case, instrument, question = file.card.id, file.with_question(form.question).template.id, form.question

        def added(_: object) -> None:
            form.close_form()

        def failed(error: GedigenError) -> None:
            form.say_wrong(desk.language.error(error))

        self._room.run(
            lambda: evidence.add_evidence(
                actor=desk.actor(),
                assessment_id=case,
                instrument=instrument,
                question=question,
                path=path,
                name=name,
                note=note,
                dated=dated,
            ),
            added,
            failed=failed,
        )
