"""What is chosen for the documents of several cases: kinds, languages, for archives or not, unsigned or not, and the folder."""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.assessments.documents_state import DocumentsState, Wish
from desktop.report.state import Kind
from desktop.reports.chosen import Ticks
from desktop.shell.desk import Desk
from desktop.widgets.button import button
from desktop.widgets.fields import check, text_line
from desktop.widgets.flow_row import flow
from desktop.widgets.form import FormRows
from desktop.widgets.page import clear
from desktop.widgets.text import label


class DocumentsForm(QWidget):
    """Says ``changed()`` when something else is chosen."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        theme, text = desk.theme, desk.language.text
        self._kinds: dict[Kind, QCheckBox] = {}
        self._languages: dict[str, QCheckBox] = {}
        self._offered: tuple[Hashable, Hashable] = ((), ())
        self._shows = False
        self._comments = self._box(text("Show our comments"), "show.comments")
        self._judged = self._box(text("Show the judged rating"), "show.judged")
        self._risks = self._box(text("Show the risks"), "show.risks")
        self._partner = flow([self._comments, self._judged, self._risks], gap=theme.px(14))
        self._partner.setContentsMargins(theme.px(26), 0, 0, 0)
        self._archive = self._box(text("For archives that refuse attachments (PDF/A-2a)"), "archive")
        self._unsigned = self._box(text("Those that nobody has signed, too; they are made if need be"), "unsigned")
        self._folder = text_line(placeholder=text("Where the files are written"))
        self._folder.editingFinished.connect(self._said)
        self._kind_place, self._language_place = QWidget(), QWidget()
        self._kind_column = QVBoxLayout(self._kind_place)
        self._language_column = QVBoxLayout(self._language_place)
        for column in (self._kind_column, self._language_column):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(theme.px(2))
        self._form = FormRows(theme, widest=760)
        self._form.add(text("Kinds of document"), self._kind_place, name="documents.kinds")
        self._form.add(text("Languages"), self._language_place, name="documents.languages")
        self._form.add_wide(self._archive)
        self._form.add_wide(self._unsigned)
        self._browse = button(theme, text("Choose a folder…"), self.browse, name="documents.browse", icon="folder-open")
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self._folder, 1)
        row.addWidget(self._browse)
        self._form.add(text("Folder"), place, name="documents.folder", buddy=self._folder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._form)

    @property
    def folder(self) -> Path | None:
        """The folder that was given, ``None`` for none or one that does not say where it begins."""
        given = self._folder.text().strip()
        folder = Path(given).expanduser() if given else None
        return folder if folder is not None and folder.is_absolute() else None

    def show_state(self, state: DocumentsState) -> None:
        """Offer what these cases can have, and show what is chosen."""
        wish = state.wish
        self._shows = True
        self._offer(state)
        for kind, box in self._kinds.items():
            box.setChecked(kind in wish.kinds)
        for code, box in self._languages.items():
            box.setChecked(wish.languages is not None and code in wish.languages)
        self._comments.setChecked(wish.ticks.comments)
        self._judged.setChecked(wish.ticks.judged)
        self._risks.setChecked(wish.ticks.risks)
        self._archive.setChecked(wish.archive)
        self._unsigned.setChecked(wish.unsigned)
        if not self._folder.hasFocus():
            self._folder.setText(wish.folder)
        self._partner.setVisible("partner" in wish.kinds)
        self._shows = False

    def wish(self) -> Wish:
        """Give what is chosen."""
        return Wish(
            kinds=frozenset(kind for kind, box in self._kinds.items() if box.isChecked()),
            languages=frozenset(code for code, box in self._languages.items() if box.isChecked()),
            archive=self._archive.isChecked(),
            ticks=Ticks(self._comments.isChecked(), self._judged.isChecked(), self._risks.isChecked()),
            unsigned=self._unsigned.isChecked(),
            folder=self._folder.text().strip(),
        )

    def begin(self) -> None:
        """Stand at the first choice."""
        next(iter(self._kinds.values())).setFocus()

    def mark_folder(self, wrong: str) -> None:
        """Say under the folder what is wrong with it, and stand there; an empty text takes that away."""
        self._form.mark_wrong(self._folder, wrong)
        if wrong:
            self._folder.setFocus()

    def browse(self) -> None:
        """Choose the folder in the system's own dialog."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        begin = str(self.folder or documents or Path.home())
        chosen = QFileDialog.getExistingDirectory(self, self._desk.language.text("Folder for the documents"), begin)
        if chosen:
            self._folder.setText(chosen)
            self._said()

    def _offer(self, state: DocumentsState) -> None:
        """Make the boxes anew only when others are offered, so that the focus stays on the one that was ticked."""
        offered = (state.kinds, state.languages)
        if offered == self._offered:
            return
        self._offered = offered
        theme = self._desk.theme
        self._partner.setParent(None)  # it stays, the rest goes
        for column in (self._kind_column, self._language_column):
            clear(column)
        self._kinds = {kind: self._box(title, f"kind.{kind}", about=purpose) for kind, title, purpose in state.kinds}
        for kind, _, purpose in state.kinds:
            self._kind_column.addWidget(self._kinds[kind])
            about = label(purpose, "caption", wrap=True)
            about.setContentsMargins(theme.px(30), 0, 0, theme.px(4))
            self._kind_column.addWidget(about)
            if kind == "partner":
                self._kind_column.addWidget(self._partner)
        text = self._desk.language.headed
        self._languages = {code: self._box(text(name, having), f"language.{code}") for code, name, having in state.languages}
        self._language_column.addWidget(flow(_widgets(self._languages.values()), gap=theme.px(14)))

    def order_tabs(self, *then: QWidget) -> None:
        """Let Tab take everything in the order in which it stands, and what follows the form: the boxes of these cases were made last."""
        order: list[QWidget] = []
        for kind, box in self._kinds.items():
            order += [box, self._comments, self._judged, self._risks] if kind == "partner" else [box]
        order += [*self._languages.values(), self._archive, self._unsigned, self._folder, self._browse, *then]
        for one, after in itertools.pairwise(order):
            QWidget.setTabOrder(one, after)

    def _box(self, words: str, name: str, *, about: str = "") -> QCheckBox:
        made = check(words, name=f"documents.{name}", changed=self._said)
        made.setAccessibleDescription(about)
        return made

    def _said(self, _on: bool = False) -> None:
        if not self._shows:
            self.mark_folder("")
            self.changed.emit()


def _widgets(boxes: Iterable[QCheckBox]) -> list[QWidget]:
    return list(boxes)
