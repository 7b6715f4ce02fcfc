"""The result panel: fixed places for what remains, gaps, stops, sections and the two profiles."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.assessment.keycap import key_button
from desktop.assessment.result_state import ResultPanel, ScoreRow
from desktop.language import Language
from desktop.shell.theme import DENSE, Theme
from desktop.widgets.status_mark import StatusMark, paint_mark
from desktop.widgets.text import label, line
from desktop.words import Mark


class ResultView(QFrame):
    """Shows the panel; says ``asked()`` when one wants to see what remains."""

    asked = Signal()

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("surface", "card")
        self.setAccessibleName(language.text("Result so far"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        column.setSpacing(theme.px(2))
        self._number = label("", "number", name="assessment.open")
        self._remains = label("", "dense", wrap=True, name="assessment.remains")
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(self._number)
        head.addWidget(self._remains, 1)
        column.addLayout(head)
        self._list = key_button(theme, language.text("What remains"), self.asked.emit, key="R", name="assessment.remaining")
        column.addWidget(self._list)
        column.addSpacing(theme.px(2))
        column.addWidget(line())
        column.addSpacing(theme.px(2))
        self._gaps = label("", "dense", wrap=True, name="assessment.gaps")
        self._key_gaps = label("", "caption", wrap=True, name="assessment.key_gaps")
        self._stops = StatusMark(theme, Mark("incomplete", ""), size=DENSE)
        self._stops.setAccessibleIdentifier("assessment.stops")
        self._stops_said = label("", "caption", wrap=True, name="assessment.stops_said")
        for widget in (self._gaps, self._key_gaps, self._stops, self._stops_said):
            column.addWidget(widget)
        column.addSpacing(theme.px(2))
        column.addWidget(line())
        column.addSpacing(theme.px(2))
        self._sections = QVBoxLayout()
        self._sections.setSpacing(0)
        column.addWidget(label(language.text("Sections, per cent"), "heading"))
        column.addLayout(self._sections)
        column.addSpacing(theme.px(2))
        column.addWidget(line())
        column.addSpacing(theme.px(2))
        self._subjects = QVBoxLayout()
        self._subjects.setSpacing(0)
        column.addLayout(self._subjects)
        column.addStretch(1)
        self._rows: dict[str, ScoreLine] = {}

    def show_panel(self, panel: ResultPanel) -> None:
        """Show the result so far; only what differs is drawn again."""
        if self._number.text() != panel.remains:
            self._number.setText(panel.remains)
        if self._remains.text() != panel.remains_said:
            self._remains.setText(panel.remains_said)
        self._gaps.setText(panel.gaps)
        self._key_gaps.setText(panel.gaps_said)
        self._stops.show_mark(panel.stops)
        self._stops_said.setText(panel.stops_said or " ")
        titles = "\n".join(panel.stop_titles)
        self._stops.setToolTip(titles)
        self._stops.setAccessibleDescription(titles)
        for into, rows, strong in ((self._sections, panel.sections, False), (self._subjects, panel.subjects, True)):
            for row in rows:
                self._row(into, row, strong).show_row(row)
        wanted = {row.id for row in (*panel.sections, *panel.subjects)}
        for name in [name for name in self._rows if name not in wanted]:
            self._rows.pop(name).deleteLater()

    def _row(self, into: QVBoxLayout, row: ScoreRow, strong: bool) -> ScoreLine:
        if row.id not in self._rows:
            made = ScoreLine(self._theme, strong=strong, name=f"assessment.score.{row.id}")
            self._rows[row.id] = made
            into.addWidget(made)
        return self._rows[row.id]


class ScoreLine(QWidget):
    """One score: title, then number and band, or the interval."""

    def __init__(self, theme: Theme, *, strong: bool, name: str) -> None:
        super().__init__()
        self._theme, self._strong = theme, strong
        self._row: ScoreRow | None = None
        self.setAccessibleIdentifier(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_row(self, row: ScoreRow) -> None:
        """Show another score."""
        if row == self._row:
            return
        self._row = row
        self.setAccessibleName(row.said)
        self.setToolTip(row.said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(180), self._theme.px(26 if self._strong else 22))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(140), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._row is None:
            return
        theme, row = self._theme, self._row
        painter = QPainter(self)
        font = theme.font(DENSE, QFont.Weight.DemiBold if self._strong else QFont.Weight.Normal)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        right = self.width()
        mark = 0
        if row.mark is not None:
            # Where there is little room the title gives way, never the word of the band.
            mark = metrics.height() + theme.px(4) + metrics.horizontalAdvance(row.mark.word) + 2
            paint_mark(painter, row.mark, theme, into=QRect(right - mark, 0, mark, self.height()))
        number = metrics.horizontalAdvance(row.number)
        at = right - mark - (theme.px(4) if mark else 0) - number
        painter.setPen(theme.colour("text" if row.mark is not None else "muted"))
        painter.drawText(QRect(at, 0, number + 1, self.height()), Qt.AlignmentFlag.AlignVCenter, row.number)
        painter.setPen(theme.colour("text"))
        words = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, at - theme.px(8))
        painter.drawText(QRect(0, 0, at - theme.px(8), self.height()), Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()
