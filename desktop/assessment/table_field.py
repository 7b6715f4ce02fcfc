"""A table to fill in: its cells, the sums under them, rows to add and take away, and what the figures say against each other."""

from __future__ import annotations

from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.assessment.question_state import QuestionState
from desktop.assessment.table_entry import answer_of, problem_of
from desktop.assessment.table_grid import TableGrid
from desktop.assessment.table_model import TableModel
from desktop.language import Language
from desktop.shell.theme import DENSE, Theme
from desktop.value_words import ratio_words, row_title, rows_of
from desktop.widgets.button import button
from desktop.widgets.fields import QUIET
from desktop.widgets.text import label
from forms.question import Question
from forms.tables import ratios
from forms.text import in_language
from forms.values import Value


class TableField(QWidget):
    """Says ``entered(rows)`` when the table is an answer (``None``: emptied) 400 ms after the last change and on leaving.

    While something in it keeps it from being one, that is said below it and nothing is saved; on leaving it is ``refused(sentence)``.
    """

    entered = Signal(object)
    refused = Signal(str)
    #: Where in this field the cell is that one stands in.
    stood = Signal(QRect)

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self._theme, self._language = theme, language
        self._model = TableModel(theme, language)
        self.grid = TableGrid(theme, language, self._model)
        self.grid.setAccessibleIdentifier("assessment.table")
        self._says = label("", "caption", wrap=True, name="assessment.table.says")
        self._add = button(theme, language.text("Add row"), self._add_row, name="assessment.table.add", kind="quiet", icon="plus")
        self._add.setToolTip(language.text("Insert"))
        self._drop = button(theme, language.text("Take the row away"), self._drop_row, name="assessment.table.remove", kind="quiet")
        self._drop.setToolTip(language.text("Ctrl+Delete"))
        self._acts = QWidget()
        acts = QHBoxLayout(self._acts)
        acts.setContentsMargins(0, 0, 0, 0)
        acts.setSpacing(theme.px(8))
        for made in (self._add, self._drop):
            acts.addWidget(made)
        acts.addStretch(1)
        self._ratios = QWidget()
        self._ratios.setAccessibleIdentifier("assessment.table.ratios")
        self._lines = QGridLayout(self._ratios)
        self._lines.setContentsMargins(0, theme.px(4), 0, 0)
        self._lines.setHorizontalSpacing(theme.px(12))
        self._lines.setVerticalSpacing(theme.px(2))
        self._lines.setColumnStretch(2, 1)
        self._shown_ratios: list[tuple[QLabel, QLabel, QLabel]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        for widget in (self.grid, self._says, self._acts, self._ratios):
            column.addWidget(widget)
        self._saved: Value | None = None
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET)
        self._quiet.timeout.connect(self._settle)
        self._model.edited.connect(self._edited)
        self.grid.wants_row.connect(self._insert)
        self.grid.drops_row.connect(self._remove)
        self.grid.moved.connect(self._moved)
        self.grid.left.connect(self._settle)

    @property
    def is_changing(self) -> bool:
        """Whether something here is not what was last shown or said."""
        return self._quiet.isActive() or bool(self._problem())

    def show_value(self, question: Question, value: Value | None, *, state: QuestionState, enabled: bool) -> None:
        """Show a question's table."""
        new = self._model.rowCount() == 0 or self._model.question.id != question.id
        self._saved = value
        self._model.editable = enabled
        at = self.grid.currentIndex()
        row, column = (at.row(), at.column()) if at.isValid() and not new else (0, 0)
        self._model.show_table(question, rows_of(value), currency=state.currency)
        self.grid.setAccessibleName(state.text)
        if self._model.rowCount():
            self.grid.setCurrentIndex(self._model.index(min(row, self._model.rowCount() - 1), column))
        self._make_ratios(question)
        self._refresh()

    def allow(self, *, enabled: bool) -> None:
        """Let the table be filled in, or only read."""
        if self._model.editable != enabled:
            self._model.editable = enabled
            self._refresh()

    def focus(self) -> None:
        """Stand in a cell."""
        self.grid.focus_cell()
        self._moved(self.grid.cell_place)

    def commit(self) -> None:
        """Say now what the table holds, or what keeps it from being an answer."""
        self.grid.finish_typing()
        self._settle()
        if problem := self._problem():
            self.refused.emit(self._language.text("{problem} The answer was not changed.", problem=problem))

    def _settle(self) -> None:
        self._quiet.stop()
        if self._model.rowCount() == 0 or self._problem():
            return
        value = answer_of(self._model.draft, self._model.question)
        if value != self._saved:
            self._saved = value
            self.entered.emit(value)

    def _problem(self) -> str:
        return problem_of(self._model.draft, self._model.question, self._language) if self._model.rowCount() else ""

    def _edited(self) -> None:
        self._quiet.start()
        self._refresh()

    def _refresh(self) -> None:
        repeats = self._model.rowCount() > 0 and not self._model.question.rows
        self._acts.setVisible(repeats and self._model.editable)
        self._add.setEnabled(self._model.may_grow)
        self._drop.setEnabled(bool(self._model.draft.rows))
        self._say()
        if self._model.rowCount():
            self._show_ratios()

    def _say(self) -> None:
        """Say what is wrong in the cell one stands in, else what is missing before the table can be saved."""
        wrong = self._model.wrong(self.grid.currentIndex())
        problem = self._problem()
        text = wrong or (self._language.text("Not saved yet. {problem}", problem=problem) if problem else "")
        if self._says.text() != text:
            self._says.setText(text)
            self._says.setProperty("kind", "error" if wrong else "caption")
            self._says.style().polish(self._says)
        self._says.setVisible(bool(text))

    def _moved(self, cell: QRect) -> None:
        self._say()
        if self.grid.hasFocus() or self.grid.is_editing:
            self.stood.emit(cell.translated(self.grid.pos()))

    def _add_row(self) -> None:
        at = self.grid.currentIndex()
        rows = len(self._model.draft.rows)
        self._insert(min(at.row(), rows - 1) if at.isValid() else rows - 1)

    def _drop_row(self) -> None:
        self._remove(self.grid.currentIndex().row())

    def _insert(self, after: int) -> None:
        self.grid.finish_typing()
        if self._model.may_grow:
            self._model.add_row(after)
            self._stand(after + 1)

    def _remove(self, row: int) -> None:
        self.grid.finish_typing()
        if not self._model.question.rows and 0 <= row < len(self._model.draft.rows):
            self._model.remove_row(row)
            self._stand(min(row, len(self._model.draft.rows) - 1))

    def _stand(self, row: int) -> None:
        self.grid.setCurrentIndex(self._model.index(row, 0))
        self.grid.focus_cell()

    def _make_ratios(self, question: Question) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            widget.hide()
            widget.deleteLater()
        self._shown_ratios = []
        if not question.rows:
            self._ratios.setVisible(False)
        for ratio in question.ratios:
            at = self._lines.rowCount()
            self._lines.addWidget(label(in_language(ratio.text, self._language.code), "strong", wrap=True), at, 0, 1, 3)
            for _ in self._model.draft.rows:
                self._line()
        self._ratios.setVisible(bool(question.ratios))

    def _line(self) -> None:
        at = self._lines.rowCount()
        row, figure, remark = label("", "dense"), label("", "dense"), label("", "dense", wrap=True)
        figure.setFont(self._theme.font(DENSE, QFont.Weight.Medium))
        self._lines.addWidget(row, at, 0)
        self._lines.addWidget(figure, at, 1)
        self._lines.addWidget(remark, at, 2)
        self._shown_ratios.append((row, figure, remark))

    def _show_ratios(self) -> None:
        question = self._model.question
        cells = self._model.draft.cells
        lines = ratios(question, cells)
        if len(lines) != len(self._shown_ratios):
            self._make_ratios(question)
        for line, (row, figure, remark) in zip(lines, self._shown_ratios, strict=True):
            empty = all(cell is None for cell in cells[line.row])
            row.setText(row_title(question, cells, line.row, self._language))
            said, words = ratio_words(question, line, self._language)
            figure.setText(said)
            remark.setText("" if empty else words)
