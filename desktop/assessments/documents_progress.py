"""How far the writing of documents has come, and what came of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QProgressBar

from desktop.assessments.documents_run import Run, left_words, present_words, progress_words, summary, went_well
from desktop.shell.desk import Desk
from desktop.widgets.button import button
from desktop.widgets.card import Card, Notice
from desktop.widgets.flow_row import flow
from desktop.widgets.text import label


class DocumentsProgress(Card):
    """While documents are written: how many, which one, how long, and a way to stop after the present one."""

    def __init__(self, desk: Desk, *, stop: Callable[[], None]) -> None:
        super().__init__(desk.theme, desk.language.text("Documents are being written."))
        self._language = desk.language
        self._done = label("", wrap=True, name="documents.done")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(desk.language.text("Documents are being written."))
        self._bar.setAccessibleIdentifier("documents.bar")
        self._present = label("", "dense", wrap=True, name="documents.present")
        self._left = label("", "muted", wrap=True, name="documents.left")
        self._stop = button(desk.theme, desk.language.text("Stop after this one"), stop, name="documents.stop", icon="x", shortcut="Esc")
        for part in (self._done, self._bar, self._present, self._left):
            self.body.addWidget(part)
        self.body.addWidget(flow([self._stop], gap=desk.theme.px(8)))

    def show_run(self, run: Run) -> None:
        """Show how far it has come."""
        self._done.setText(progress_words(run, self._language))
        self._bar.setRange(0, max(len(run.every), 1))
        self._bar.setValue(len(run.outcomes))
        self._bar.setAccessibleDescription(self._done.text())
        self._present.setText(present_words(run))
        self._left.setText(left_words(run.seconds_left, self._language))
        self._stop.setEnabled(not run.is_stopping)

    def begin(self) -> None:
        """Stand at the way to stop it."""
        self._stop.setFocus()


class DocumentsResult(Notice):
    """What came of it in a few sentences; ``acts`` are the ways on from here, to stand below."""

    def __init__(self, desk: Desk, run: Run, *, open_folder: Callable[[], None], again: Callable[[], None]) -> None:
        theme, text = desk.theme, desk.language.text
        tone = "note" if went_well(run) else "warning"
        super().__init__(theme, summary(run, desk.language), tone=tone, icon="check" if went_well(run) else "")
        self.words.setAccessibleIdentifier("documents.summary")
        self._open = button(theme, text("Open the folder"), open_folder, name="documents.open_folder", kind="primary", icon="folder-open")
        self._again = button(theme, text("Choose again"), again, name="documents.again", icon="refresh-cw")
        self._open.setEnabled(bool(run.written))
        for act in (self._open, self._again):
            act.setAccessibleDescription(summary(run, desk.language))  # one of them has the focus when it is over
        self.acts = flow([self._open, self._again], gap=theme.px(8))

    def begin(self) -> None:
        """Stand at what one is likely to do next."""
        (self._open if self._open.isEnabled() else self._again).setFocus()
