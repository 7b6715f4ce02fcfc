"""What remains before the assessment can be handed over, each entry the way to its place."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.assessment.keycap import key_button
from desktop.assessment.state import AssessmentRoomState, Remaining
from desktop.language import Language
from desktop.shell.theme import BODY, CAPTION, Theme
from desktop.widgets.button import button
from desktop.widgets.page import clear
from desktop.widgets.text import label


class RemainingView(QFrame):
    """A list one goes through with the arrow keys; says ``went(entry)``, ``submitted()`` and ``left()``."""

    went = Signal(object)
    submitted = Signal()
    left = Signal()

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self._theme, self._language = theme, language
        self._shown: tuple[object, ...] | None = None
        self.setProperty("surface", "card")
        self.setAccessibleName(language.text("What remains"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        column.setSpacing(theme.px(8))
        head = QHBoxLayout()
        head.addWidget(label(language.text("What remains before the review"), "section"), 1)
        head.addWidget(
            key_button(theme, language.text("Back to the question"), self.left.emit, key="Esc", name="assessment.remaining.back")
        )
        column.addLayout(head)
        self._said = label("", "muted", wrap=True, name="assessment.remaining.said")
        column.addWidget(self._said)
        self._submit = button(theme, language.text("Hand over for review"), self.submitted.emit, name="assessment.submit", kind="primary")
        column.addWidget(self._submit)
        inside = QWidget()
        inside.setProperty("surface", "plain")
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        area = _List()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self._area = area
        column.addWidget(area, 1)
        self._buttons: list[_EntryRow] = []

    def show_state(self, state: AssessmentRoomState) -> None:
        """Show what remains."""
        shown = (state.remaining, state.can_submit, state.editable)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._list)
        self._buttons = []
        count = len(state.remaining)
        text = self._language.text
        if count:
            self._said.setText(
                self._language.plural("{n} thing remains; Enter goes to it.", "{n} things remain; Enter goes to one.", count)
            )
        elif state.can_submit:
            self._said.setText(text("Nothing remains. A second person reviews it next."))
        else:
            self._said.setText(text("Nothing remains here."))
        self._submit.setVisible(state.can_submit)
        for place, entry in enumerate(state.remaining, start=1):
            self._list.addWidget(self._row(place, entry))
        self._list.addStretch(1)

    def focus(self) -> None:
        """Stand at the first entry, or at handing over."""
        target = self._buttons[0] if self._buttons else self._submit if not self._submit.isHidden() else self
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        at = next((at for at, made in enumerate(self._buttons) if made.hasFocus()), None)
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif step is not None and at is not None:
            there = self._buttons[min(max(at + step, 0), len(self._buttons) - 1)]
            there.setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(there)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and at is not None:
            self._buttons[at].click()
        else:
            super().keyPressEvent(event)

    def _row(self, place: int, entry: Remaining) -> QWidget:
        made = _EntryRow(self._theme, entry, name=f"assessment.remaining.{place}")
        made.clicked.connect(lambda: self.went.emit(entry))
        self._buttons.append(made)
        return made


class _List(QScrollArea):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # arrows go from entry to entry


class _EntryRow(QAbstractButton):
    """One entry: what remains, and under it the question that it is about."""

    def __init__(self, theme: Theme, entry: Remaining, *, name: str) -> None:
        super().__init__()
        self._theme, self._entry = theme, entry
        self.setText(entry.title or entry.text)
        self.setAccessibleName(": ".join(part for part in (entry.title, entry.text) if part))
        self.setAccessibleIdentifier(name)
        self.setToolTip(entry.title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(300), self._theme.px(46 if self._entry.title else 34))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()  # arrows and Enter are the list's

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        if self.underMouse():
            painter.setBrush(theme.tint("text", 0.05))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        left, width = theme.px(10), self.width() - theme.px(20)
        lines = [(self._entry.title, "text", theme.font(BODY)), (self._entry.text, "muted", theme.font(CAPTION))]
        if not self._entry.title:
            lines = [(self._entry.text, "text", theme.font(BODY))]
        heights = [QFontMetrics(font).height() for _, _, font in lines]
        top = (self.height() - sum(heights)) // 2
        for (words, role, font), height in zip(lines, heights, strict=True):
            painter.setFont(font)
            painter.setPen(theme.colour(role))
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, width)
            painter.drawText(QRect(left, top, width, height), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
            top += height
        painter.end()
