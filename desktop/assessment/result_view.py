"""The result panel: fixed places for what remains, gaps, stops, sections and the two profiles."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStyle, QVBoxLayout, QWidget

from desktop.assessment.keycap import key_button
from desktop.assessment.result_state import ResultPanel, ScoreRow
from desktop.charts.marks import status_mark
from desktop.language import Language
from desktop.shell.theme import DENSE, Theme
from desktop.widgets.chart_painter import paint_path
from desktop.widgets.status_mark import StatusMark, mark_width, paint_mark
from desktop.widgets.text import label, line
from desktop.words import BANDS, Mark

#: The only motion of the room, in milliseconds.
_FADE = 120
_WRAPS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ResultView(QFrame):
    """Shows the panel; says ``asked()`` when one wants to see what remains."""

    asked = Signal()

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self._theme, self._language = theme, language
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
        self._instrument = label("", "heading", wrap=True, name="assessment.instrument")
        self._gaps = label("", "dense", wrap=True, name="assessment.gaps")
        self._key_gaps = label("", "caption", wrap=True, name="assessment.key_gaps")
        self._stops = StatusMark(theme, Mark("incomplete", ""), size=DENSE)
        self._stops.setAccessibleIdentifier("assessment.stops")
        self._stops_said = label("", "caption", wrap=True, name="assessment.stops_said")
        for widget in (self._instrument, self._gaps, self._key_gaps, self._stops, self._stops_said):
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
        self._instrument.setText(panel.instrument)
        self._instrument.setVisible(bool(panel.instrument))
        self._gaps.setText(panel.gaps)
        self._key_gaps.setText(panel.gaps_said or " ")
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
            made = ScoreLine(self._theme, self._language, strong=strong, name=f"assessment.score.{row.id}")
            self._rows[row.id] = made
            into.addWidget(made)
        return self._rows[row.id]


class ScoreLine(QWidget):
    """One score: title, number and band in columns, or the interval. A long title goes over two lines, a long status below it."""

    def __init__(self, theme: Theme, language: Language, *, strong: bool, name: str) -> None:
        super().__init__()
        self._theme, self._strong = theme, strong
        self._row: ScoreRow | None = None
        self._font = theme.font(DENSE, QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        metrics = QFontMetrics(self._font)
        self._mark = max(mark_width(metrics, language.text(one), theme) for one in BANDS.values())
        self._number = metrics.horizontalAdvance("100") + 1
        self._fade = QVariantAnimation(self)
        self._fade.setStartValue(0.3)
        self._fade.setEndValue(1.0)
        self._fade.setDuration(_FADE)
        self._fade.valueChanged.connect(lambda _: self.update())
        self.setAccessibleIdentifier(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_row(self, row: ScoreRow) -> None:
        """Show another score."""
        if row == self._row:
            return
        before = (self._row.title if self._row is not None else "", self._is_long, self._stop_width)
        if self._row is not None and self._row.number != row.number:
            self._fade_in()
        self._row = row
        self.setAccessibleName(row.said)
        self.setToolTip(row.said)
        if before != (row.title, self._is_long, self._stop_width):
            self.updateGeometry()  # at each key it would lay the whole room out again
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """The same whether it is an interval or a number with its band: nothing moves when a section is complete."""
        metrics = QFontMetrics(self._font)
        title = self._row.title if self._row is not None else ""
        words = metrics.boundingRect(QRect(0, 0, self._title_width(width) - self._stop_width, 10_000), _WRAPS, title).height()
        below = metrics.height() if self._is_long else 0
        return max(words + below + self._theme.px(4), self._theme.px(26 if self._strong else 22))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(220), self.heightForWidth(self._theme.px(220)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(140), self._theme.px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._row is None:
            return
        theme, row = self._theme, self._row
        painter = QPainter(self)
        painter.setFont(self._font)
        line, right = painter.fontMetrics().height(), self.width()
        below = line if self._is_long else 0
        painter.setPen(theme.colour("text"))
        left = self._stop_width
        if row.stops is not None:
            paint_path(painter, status_mark(row.stops.tone, x=left / 2, y=(self.height() - below) / 2, size=line * 0.62), theme)
            painter.setPen(theme.colour(row.stops.tone))
        painter.drawText(QRect(left, 0, self._title_width(right) - left, self.height() - below), _WRAPS, row.title)
        if self._fade.state() == QVariantAnimation.State.Running:
            painter.setOpacity(float(self._fade.currentValue()))
        if row.mark is None:
            painter.setPen(theme.colour("muted"))
            painter.drawText(QRect(0, 0, right, self.height()), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, row.number)
        elif below:
            paint_mark(painter, row.mark, theme, into=QRect(0, self.height() - line - theme.px(2), right, line))
        else:
            paint_mark(painter, row.mark, theme, into=QRect(right - self._mark, 0, self._mark, self.height()))
            painter.setPen(theme.colour("text"))
            number = QRect(right - self._mark - theme.px(4) - self._number, 0, self._number, self.height())
            painter.drawText(number, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, row.number)
        painter.end()

    def _fade_in(self) -> None:
        """Let a new number come softly, unless the system asks for no motion."""
        if self.isVisible() and wants_motion(self):
            self._fade.start()

    @property
    def _is_long(self) -> bool:
        """Whether the status has more words than fit beside a title, as one that waits for the reviewer."""
        mark = self._row.mark if self._row is not None else None
        return mark is not None and QFontMetrics(self._font).horizontalAdvance(mark.word) > self._mark

    @property
    def _stop_width(self) -> int:
        return QFontMetrics(self._font).height() if self._row is not None and self._row.stops is not None else 0

    def _title_width(self, width: int) -> int:
        return max(width - self._mark - self._number - self._theme.px(8), self._theme.px(60))


def wants_motion(widget: QWidget) -> bool:
    """Say whether the system lets things move; many people ask it not to."""
    return widget.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, widget) > 0
