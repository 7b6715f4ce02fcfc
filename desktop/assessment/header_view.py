"""The head of the room: who and what, the stages, what is saved, and taking back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.assessment.state import AssessmentRoomState
from desktop.assessment.steps import Stage
from desktop.language import Language
from desktop.shell.theme import Theme
from desktop.widgets.button import button
from desktop.widgets.status_mark import StatusMark
from desktop.widgets.step_strip import Step, StepStrip
from desktop.widgets.text import label, set_property
from desktop.words import Mark


class ElidedLabel(QLabel):
    """A line of text that gives way: what has no room is left out at the end, and a screen reader still hears it all."""

    def __init__(self, kind: str, *, name: str = "") -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleIdentifier(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._whole = ""

    def say(self, text: str) -> None:
        """Show another text."""
        if text != self._whole:
            self._whole = text
            self.setAccessibleName(text)
            self._fit()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 4, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(self.width(), 40))
        self.setText(shown)
        self.setToolTip("" if shown == self._whole else self._whole)


class HeaderView(QWidget):
    """Two lines that never change their height."""

    def __init__(
        self, theme: Theme, language: Language, *, go: Callable[[str], None], undo: Callable[[], object], redo: Callable[[], object]
    ) -> None:
        super().__init__()
        self._stages: tuple[Stage, ...] = ()
        self._narrow = False
        self._shown_steps: tuple[object, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        self._title = ElidedLabel("section", name="assessment.title")
        self._state = StatusMark(theme, Mark("incomplete", ""), size=13)
        self._state.setAccessibleIdentifier("assessment.state")
        self._saved = label("", "caption", name="assessment.saved")
        self._undo = self._icon(theme, "undo-2", language.text("Undo") + "  Ctrl+Z", undo, "assessment.undo")
        self._redo = self._icon(theme, "redo-2", language.text("Redo") + "  Ctrl+Shift+Z", redo, "assessment.redo")
        first = QHBoxLayout()
        first.setSpacing(theme.px(12))
        first.addWidget(self._title, 1)
        first.addWidget(self._saved)
        first.addWidget(self._state)
        first.addWidget(self._undo)
        first.addWidget(self._redo)
        self._steps = StepStrip(theme, go, name="assessment.step", title=language.text("Stages of the assessment"))
        self._about = ElidedLabel("caption", name="assessment.about")
        self._about.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        second = QHBoxLayout()
        second.setSpacing(theme.px(12))
        second.addWidget(self._steps)
        second.addWidget(self._about, 1)
        column.addLayout(first)
        column.addLayout(second)

    def fold(self, narrow: bool) -> None:
        """Leave out case number, kind and the stages that cannot be gone to yet, where width and height are the question's."""
        self._about.setVisible(not narrow)
        self._narrow = narrow
        self._show_steps()

    def show_state(self, state: AssessmentRoomState) -> None:
        """Show the head of the state."""
        header = state.header
        self._title.say(header.title)
        self._about.say(f"{header.case_number} · {header.about}")
        self._state.show_mark(header.state)
        if self._saved.text() != header.saved:
            self._saved.setText(header.saved)
            QAccessible.updateAccessibility(QAccessibleEvent(self._saved, QAccessible.Event.NameChanged))
        set_property(self._saved, "kind", "error" if header.saved_badly else "caption")
        self._undo.setEnabled(state.can_undo)
        self._redo.setEnabled(state.can_redo)
        self._stages = state.steps
        self._show_steps()

    def _show_steps(self) -> None:
        steps = tuple(stage for stage in self._stages if not self._narrow or stage.standing != "shut")
        if steps != self._shown_steps:
            self._shown_steps = steps
            self._steps.show_steps([Step(stage.id, stage.title, stage.standing, stage.said) for stage in steps])

    def _icon(self, theme: Theme, icon: str, text: str, press: Callable[[], object], name: str) -> QPushButton:
        made = button(theme, "", press, name=name, kind="quiet", icon=icon)
        made.setAccessibleName(text)
        made.setToolTip(text)
        return made
