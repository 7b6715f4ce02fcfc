"""Documents of several cases at once: choose, see what comes of each case, write, and read what came of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from desktop.assessments.documents_form import DocumentsForm
from desktop.assessments.documents_progress import DocumentsProgress, DocumentsResult
from desktop.assessments.documents_run import run_lines
from desktop.assessments.documents_state import DocumentLine, DocumentsState, Wish, documents_state
from desktop.assessments.names_taken import NamesTaken
from desktop.assessments.writing import WritingDocuments
from desktop.operations.sealed_cases import SealedCase, sealed_cases
from desktop.operations.wanted import Taken, Terms, Wanted
from desktop.report.warning import PublicWarning
from desktop.reports.public_warning import public_warning
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.shell.room import Room
from desktop.widgets.button import button
from desktop.widgets.card import Notice
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.folding_table import FoldingTable
from desktop.widgets.page import Page, clear
from desktop.widgets.record_table import Column
from desktop.widgets.save_bar import SaveBar
from desktop.widgets.text import label
from forms.errors import GedigenError

#: Heights at 100 % text size: the least that the list gets, and what stands around it while it is the main thing.
_LEAST, _AROUND = 300, 372
#: What is chosen is kept here for whichever cases come next.
_KEPT = Place("documents")
#: What is not written stands first in the end.
_ORDER = ("high", "moderate", "incomplete", "low")


class DocumentsRoom(Room):
    """``Place.assessments`` are the cases; without any it shows the writing that is under way or has ended, if there is one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, text = desk.theme, self.text
        self._cases: tuple[SealedCase, ...] = ()
        self._state: DocumentsState | None = None
        self._writing: WritingDocuments | None = None
        self._finished: dict[Wanted, DocumentLine] = {}
        self._checking = False
        self._page = Page(theme, text("Documents of several cases"), widest=1600)
        self._top = QVBoxLayout()
        self._top.setSpacing(theme.px(12))
        self._form = DocumentsForm(desk)
        self._form.changed.connect(self._choose)
        self._progress = DocumentsProgress(desk, stop=self._stop)
        self._warnings = QVBoxLayout()
        self._warnings.setSpacing(theme.px(8))
        self._heading = label(text("What will be written"), "section")
        self._table = FoldingTable(
            theme,
            self._columns(),
            name="documents.list",
            title=text("Documents"),
            give_way=("language", "document", "partner"),
            least=260,
        )
        self._table.opened.connect(self._open)
        self._table.selectionModel().currentChanged.connect(lambda *_: self._say_line())
        self._line = label("", "dense", wrap=True, name="documents.line")
        self._none = EmptyState(
            theme,
            text("Choose sealed cases in the list of assessments, and write their documents to a folder at once."),
            icon="file-text",
            action=button(theme, text("Go to the assessments"), self._go_list, name="documents.go_list", kind="primary"),
        )
        for part in (self._none, self._form, self._progress):
            self._page.body.addWidget(part)
        self._page.body.addLayout(self._top)
        self._page.body.addLayout(self._warnings)
        self._page.body.addWidget(self._heading)
        self._page.body.addWidget(self._table, 1)
        self._page.body.addWidget(self._line)
        self._bar = SaveBar(theme, desk.language, name="documents.write", words=text("Write the documents"), save=self._write)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._page, 1)
        whole.addWidget(self._bar)
        self._show_parts("nothing")

    def title(self) -> str:
        return self.text("Documents of several cases")

    def show_place(self, place: Place) -> None:
        super().show_place(place)
        errand = self.desk.errand
        under_way = isinstance(errand, WritingDocuments) and (
            errand.is_running or errand.cases == place.assessments or not place.assessments
        )
        if isinstance(errand, WritingDocuments) and under_way:
            self._follow(errand)
        elif place.assessments:
            self._writing = None
            self.load(partial(sealed_cases, assessments=place.assessments), self._read, failed=self._not_read)
        else:
            self._writing = None
            self._state = None
            self._page.say_title(self.title())
            self._show_parts("none")

    def change_happened(self, change: object) -> None:
        """Read the cases again while one is choosing; what is written or being written is as it is."""
        del change
        if self._writing is None and self.place.assessments and not self._checking:
            self.load(partial(sealed_cases, assessments=self.place.assessments), self._reread, failed=self._not_read)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def commands(self) -> tuple[Command, ...]:
        writing = self._writing
        if writing is not None and writing.is_running:
            return (Command("documents.stop", self.text("Stop after this one"), self._stop, "Esc", enabled=not writing.run.is_stopping),)
        if writing is not None:
            return (
                Command("documents.open_folder", self.text("Open the folder"), self._open_folder, enabled=bool(writing.run.written)),
                Command("documents.again", self.text("Choose again"), self._again),
            )
        if self._state is None:
            return (Command("documents.go_list", self.text("Go to the assessments"), self._go_list),)
        can = bool(self._state.wanted)
        return (
            Command("documents.write", self.text("Write the documents"), self._write, "Ctrl+Return", enabled=can),
            Command(
                "documents.write.keypad",
                self.text("Write the documents"),
                self._write,
                "Ctrl+Enter",
                about=self.text("Keypad"),
                enabled=can,
            ),
            Command("documents.browse", self.text("Choose a folder…"), self._form.browse),
        )

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("case", self.text("Case"), lambda line: line.case_number, width=90),
            Column("partner", self.text("Partner"), lambda line: line.partner, width=200),
            Column("document", self.text("Document"), lambda line: line.document, width=146),
            Column("language", self.text("Language"), lambda line: line.language, width=96),
            Column("state", self.text("State"), lambda line: line.mark.word, mark=lambda line: line.mark, width=150),
            Column("said", self.text("Note"), lambda line: line.said),
        )

    def _show_parts(self, mode: str) -> None:
        """Show what belongs to a mode: nothing, none, choosing, writing or written."""
        self._none.setVisible(mode == "none")
        self._form.setVisible(mode == "choosing")
        self._progress.setVisible(mode == "writing")
        self._bar.setVisible(mode == "choosing")
        listed = mode in ("choosing", "writing", "written")
        for part in (self._heading, self._table, self._line):
            part.setVisible(listed)
        self._heading.setText(self.text("What will be written") if mode == "choosing" else self.text("Document by document"))
        clear(self._top)
        clear(self._warnings)
        self._give_room()

    def _give_room(self) -> None:
        theme = self.desk.theme
        around = _AROUND if self._writing is not None else self.height()
        self._table.setMinimumHeight(max(theme.px(_LEAST), self.height() - theme.px(around)))

    def _read(self, cases: tuple[SealedCase, ...]) -> None:
        self._reread(cases)
        if self._state is not None:
            self._form.begin()

    def _reread(self, cases: tuple[SealedCase, ...]) -> None:
        if self._writing is not None:  # begun while they were read
            return
        self._cases = cases
        kept = self.desk.drafts.get(_KEPT)
        self._show_parts("choosing")
        self._show(kept if isinstance(kept, Wish) else Wish())

    def _not_read(self, error: GedigenError) -> None:
        self._show_parts("none")
        self.desk.report_error(error)

    def _choose(self) -> None:
        wish = self._form.wish()
        self.desk.drafts[_KEPT] = wish
        self._show(wish)

    def _show(self, wish: Wish) -> None:
        self._state = state = documents_state(self._cases, wish, self.desk.language)
        under = self.desk.language.plural("{n} case", "{n} cases", len(self._cases))
        self._page.say_title(self.title(), under)
        self._form.show_state(state)
        self._form.order_tabs(self._table, self._bar.save)
        clear(self._warnings)
        for tone, sentences in (("warning", state.warnings), ("note", state.notes)):
            for sentence in sentences:
                self._warnings.addWidget(Notice(self.desk.theme, sentence, tone=tone))
        self._show_lines(state.lines)
        self._bar.say(state.said)
        self._bar.save.setEnabled(bool(state.wanted))
        self.desk.commands_changed.emit()

    def _show_lines(self, lines: tuple[DocumentLine, ...]) -> None:
        """Show other lines where one has scrolled to: they come anew with each document."""
        bar = self._table.verticalScrollBar()
        stands = bar.value()
        self._table.show_records(lines)
        bar.setValue(stands)
        self._say_line()

    def _say_line(self) -> None:
        """Say the whole of the line that one stands at, for a cell may be too narrow for it."""
        line: DocumentLine | None = self._table.current
        if line is None:
            self._line.setText("")
            return
        which = " · ".join(filter(None, (line.case_number, line.partner, line.document, line.language)))
        said = " ".join(filter(None, (f"{line.mark.word}." if line.said else line.mark.word, line.said)))
        self._line.setText(self.desk.language.headed(which, said))

    def _write(self) -> None:
        state = self._state
        if state is None or self._checking or self._writing is not None or not state.wanted:
            return
        folder = self._form.folder
        if folder is None:
            self._form.mark_folder(self.text("Choose the folder that the files are written to."))
            return
        self._checking = True
        self._bar.save.setEnabled(False)
        self.render_apart(
            partial(_names_taken, folder, state.wanted), partial(self._confirm, state, folder), failed=partial(self._folder_refused, state)
        )

    def _folder_refused(self, state: DocumentsState, error: GedigenError) -> None:
        self._not_begun()
        if state is self._state:
            self._form.mark_folder(self.desk.language.error(error))

    def _not_begun(self) -> None:
        self._checking = False
        self._bar.save.setEnabled(self._state is not None and bool(self._state.wanted))

    def _confirm(self, state: DocumentsState, folder: Path, taken: tuple[str, ...]) -> None:
        """Let a public record's warning be read, as at a single export; nothing is asked of one who has chosen otherwise or gone."""
        if state is not self._state or not self.isVisible():
            self._not_begun()
            return
        if not state.is_public:
            self._ask_names(folder, taken)
            return
        dialog = PublicWarning(self.desk, public_warning(self.desk.language), parent=self)
        dialog.accepted.connect(lambda: self._ask_names(folder, taken))
        dialog.rejected.connect(self._not_begun)
        dialog.finished.connect(lambda _: self.activateWindow())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_names(self, folder: Path, taken: tuple[str, ...]) -> None:
        if not taken:
            self._begin(folder, "leave", taken)
            return
        dialog = NamesTaken(self.desk, taken, parent=self)
        dialog.accepted.connect(lambda: self._begin(folder, dialog.taken, taken))
        dialog.rejected.connect(self._not_begun)
        dialog.finished.connect(lambda _: self.activateWindow())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _begin(self, folder: Path, way: Taken, names: tuple[str, ...]) -> None:
        state = self._state
        if state is None:
            return
        self._checking = False
        terms = Terms(folder, unsigned=state.wish.unsigned, taken=way, asked=frozenset(names))
        writing = WritingDocuments(self.desk, cases=self.place.assessments, lines=state.lines, terms=terms)
        self.desk.take_on(writing)
        writing.begin()
        self._follow(writing)
        self._progress.begin()

    def _follow(self, writing: WritingDocuments) -> None:
        """Show a writing and stay with it; the room may have been made anew since it began."""
        if self._writing is not writing:
            self._writing, self._finished = writing, {}
            writing.moved.connect(self._moved)
            writing.ended.connect(self._ended)
            writing.is_watched = self._is_seen
        self._show_parts("writing")
        self.desk.commands_changed.emit()
        if writing.is_running or not writing.run.ended:
            self._moved()
        else:
            self._ended()

    def _is_seen(self) -> bool:
        return shiboken6.isValid(self) and self.isVisible()

    def _moved(self) -> None:
        writing = self._writing
        if writing is None or writing is not self.desk.errand:
            return
        self._progress.show_run(writing.run)
        self._show_lines(self._sorted(writing))
        self._page.say_title(self.title(), "")

    def _ended(self) -> None:
        writing = self._writing
        if writing is None or writing is not self.desk.errand:
            return
        if not writing.run.ended:  # the passphrase was not given: nothing was begun
            self._again()
            return
        self._show_parts("written")
        self._page.say_title(self.title(), str(writing.run.folder))
        result = DocumentsResult(self.desk, writing.run, open_folder=self._open_folder, again=self._again)
        self._top.addWidget(result)
        self._top.addWidget(result.acts)
        self._show_lines(self._sorted(writing))
        if self.isVisible() and not self._table.hasFocus():
            result.begin()
        self.desk.commands_changed.emit()

    def _sorted(self, writing: WritingDocuments) -> tuple[DocumentLine, ...]:
        lines = run_lines(writing.run, self.desk.language, self._finished)
        return tuple(sorted(lines, key=lambda line: _ORDER.index(line.mark.tone))) if writing.run.ended else lines

    def _stop(self) -> None:
        if self._writing is not None:
            self._writing.stop()
            self.desk.commands_changed.emit()

    def _again(self) -> None:
        """Choose anew for the same cases; what came of the last time is forgotten."""
        writing = self._writing
        cases = self.place.assessments or (writing.cases if writing is not None else ())
        self._writing = None
        self.desk.drop_errand()
        self.desk.go(replace(self.place, assessments=cases))

    def _open_folder(self) -> None:
        if self._writing is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._writing.run.folder)))

    def _open(self, line: DocumentLine) -> None:
        code = line.wanted.language if line.wanted is not None else ""
        self.desk.go(Place("report", assessment=line.case, question=code))

    def _go_list(self) -> None:
        self.desk.go(Place("assessments"))


def _names_taken(folder: Path, wanted: tuple[Wanted, ...]) -> tuple[str, ...]:
    # The report's engine, which names files, takes a while to load: it is brought in here, in the second thread.
    from desktop.operations.batch import names_taken

    return names_taken(folder=folder, wanted=wanted)
