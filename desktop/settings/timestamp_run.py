"""Timestamping many documents, one after the other: how far it has come, and a way to stop between two."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from desktop.shell.room import Room
from desktop.widgets.button import button
from desktop.widgets.page import row
from desktop.widgets.text import label
from forms.errors import GedigenError

if TYPE_CHECKING:
    from desktop.operations.change import Change
    from desktop.operations.timestamping import Stamped, Waiting


class TimestampRun(QWidget):
    """Reads each document in the database's thread, asks the network in the second, and registers it in the first again.

    Calls ``ended(said)`` once: when all are done, when it was stopped, or at the first refusal. What was timestamped stays.
    """

    def __init__(self, room: Room, documents: tuple[UUID, ...], *, ended: Callable[[str], None]) -> None:
        super().__init__()
        self._room, self._documents, self._ended = room, documents, ended
        self._done, self._stopping = 0, False
        theme, text = room.desk.theme, room.text
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self._said = label("", wrap=True, name="timestamps.progress")
        self._bar = QProgressBar()
        self._bar.setRange(0, len(documents))
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(text("Timestamps"))
        self._stop = button(theme, text("Stop"), self.stop, name="timestamps.stop", icon="x")
        column.addWidget(self._said)
        column.addWidget(self._bar)
        column.addLayout(row(theme, [self._stop, None]))

    def begin(self) -> None:
        """Begin with the first."""
        self._stop.setFocus()
        self._next()

    def stop(self) -> None:
        """Stop after the document that is under way."""
        self._stopping = True
        self._stop.setEnabled(False)

    def _next(self) -> None:
        text, whole = self._room.text, len(self._documents)
        self._bar.setValue(self._done)
        self._said.setText(text("Timestamped: {done} of {whole}", done=self._done, whole=whole))
        if self._done == whole:
            self._ended(self._room.desk.language.plural("{n} document has a timestamp.", "{n} documents have a timestamp.", whole))
        elif self._stopping:
            self._ended(text("Stopped: {done} of {whole} documents have a timestamp, the others wait.", done=self._done, whole=whole))
        else:
            document = self._documents[self._done]

            def read() -> Waiting:
                from desktop.operations.timestamping import prepare

                return prepare(document_id=document)

            self._room.run(read, self._ask, failed=self._refused)

    def _ask(self, waiting: Waiting) -> None:
        def ask() -> Stamped:
            from desktop.operations.timestamping import stamp

            return stamp(waiting)

        self._room.render_apart(ask, self._keep, failed=self._refused)

    def _keep(self, stamped: Stamped) -> None:
        desk = self._room.desk

        def keep() -> Change:
            from desktop.operations.timestamping import keep

            return keep(actor=desk.actor(), stamped=stamped)

        self._room.run(keep, lambda _: self._kept(), failed=self._refused)

    def _kept(self) -> None:
        self._done += 1
        self._next()

    def _refused(self, error: GedigenError) -> None:
        text, whole = self._room.text, len(self._documents)
        said = self._room.desk.language.error(error)
        self._ended(text("{done} of {whole} documents have a timestamp. {said}", done=self._done, whole=whole, said=said))
