"""The middle of the room: the question in focus between its dimmed neighbours."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QScrollBar, QVBoxLayout, QWidget

from desktop.assessment.columns import BAR
from desktop.assessment.neighbour_row import NeighbourRow
from desktop.assessment.question_view import QuestionView
from desktop.assessment.state import AssessmentRoomState
from desktop.shell.theme import Theme
from forms.template import Question


class QuestionPage(QScrollArea):
    """Scrolls by wheel and to what has the focus; arrow and page keys are the room's.

    ``guides`` is what the user wants of the guidance; while that is ``None`` it stands where the whole question has room with it.
    """

    went = Signal(str)
    resized = Signal()

    def __init__(self, theme: Theme, question: QuestionView) -> None:
        super().__init__()
        self._theme = theme
        self._question = question
        self.guides: bool | None = None
        self.guided = False
        self._measured: tuple[str, QSize] | None = None
        self._above = NeighbourRow(theme, key="↑", name="assessment.previous")
        self._below = NeighbourRow(theme, key="↓", name="assessment.next")
        for row in (self._above, self._below):
            row.clicked.connect(lambda _=False, row=row: self.went.emit(row.question))
        inside = QWidget()
        inside.setProperty("surface", "plain")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(2))
        for widget in (self._above, question, self._below):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        # A comment that was as long already is measured with the question; one that grows while it is typed folds nothing.
        question.grown.connect(self._measure_again, Qt.ConnectionType.QueuedConnection)
        for part in (question.form, question.ask):
            # Queued: it has its place only after the layout has settled.
            part.opened.connect(self.see_focus, Qt.ConnectionType.QueuedConnection)
        question.value.stood.connect(self._see_cell, Qt.ConnectionType.QueuedConnection)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
        # A bar beside the viewport instead of in it: no line breaks elsewhere because it comes or goes.
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.hide()
        self.setViewportMargins(0, 0, theme.px(BAR), 0)
        own = self.verticalScrollBar()
        own.rangeChanged.connect(self._show_bar)
        own.valueChanged.connect(self._bar.setValue)
        self._bar.valueChanged.connect(own.setValue)

    def show_state(self, state: AssessmentRoomState, question: Question) -> None:
        """Show the question of a state and its neighbours."""
        self._above.show_neighbour(state.above)
        self._below.show_neighbour(state.below)
        if state.question is None:
            return
        view = self.viewport().size()
        if self.guides is not None:
            self.guided = self.guides
        elif (state.question.id, view) != self._measured:
            self._measured = (state.question.id, view)
            self._question.show_state(state.question, question, editable=state.editable, guided=True)
            self.guided = self._column.totalHeightForWidth(view.width()) <= view.height()
        self._question.show_state(state.question, question, editable=state.editable, guided=self.guided)

    def to_top(self) -> None:
        """Scroll to the beginning of the question."""
        self.verticalScrollBar().setValue(0)

    def see_focus(self) -> None:
        """Scroll to what has opened or taken the focus."""
        opened = (self._question.form, self._question.ask)
        seen = next((part for part in opened if not part.isHidden()), QApplication.focusWidget())
        if seen is not None and seen is not self._question and self.widget().isAncestorOf(seen):
            self.ensureWidgetVisible(seen, 0, self._theme.px(8))

    def _see_cell(self, cell: QRect) -> None:
        """Scroll to the cell of a table that one stands in: a table may be higher than the page."""
        place = self._question.value.mapTo(self.widget(), cell.center())
        self.ensureVisible(place.x(), place.y(), 0, cell.height() + self._theme.px(24))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self._theme.px(BAR)
        self._bar.setGeometry(self.width() - wide, 0, wide, self.height())
        self.resized.emit()

    def _measure_again(self) -> None:
        self._measured = None
        self.resized.emit()

    def _show_bar(self, lowest: int, highest: int) -> None:
        own = self.verticalScrollBar()
        self._bar.setRange(lowest, highest)
        self._bar.setPageStep(own.pageStep())
        self._bar.setSingleStep(own.singleStep())
        self._bar.setValue(own.value())
        self._bar.setVisible(highest > lowest)
