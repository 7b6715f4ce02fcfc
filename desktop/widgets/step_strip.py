"""The stages of an assessment beside each other: which are done, where one is, and the way to each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.shell.theme import Theme
from desktop.widgets.button import button
from desktop.widgets.flow_row import FlowRow
from desktop.widgets.page import clear


@dataclass(frozen=True)
class Step:
    """One stage. ``state``: done, here, open, or shut (cannot be gone to yet); ``said`` is the word a screen reader hears for it."""

    id: str
    title: str
    state: str
    said: str


class StepStrip(QWidget):
    """Stages in their order; calls ``go(id)`` when one is pressed."""

    def __init__(self, theme: Theme, go: Callable[[str], None], *, name: str, title: str) -> None:
        super().__init__()
        self._theme = theme
        self._go = go
        self._name = name
        self.setAccessibleName(title)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._row = FlowRow(gap=theme.px(4))
        self.setLayout(self._row)

    def show_steps(self, steps: Iterable[Step]) -> None:
        """Show how far the assessment is."""
        clear(self._row)
        for step in steps:
            made = button(self._theme, step.title, partial(self._go, step.id), name=f"{self._name}.{step.id}", kind="quiet")
            if step.state == "done":
                made.setIcon(self._theme.icon("check", "low"))
                made.setIconSize(self._theme.icon_size())
            made.setCheckable(step.state == "here")
            made.setChecked(step.state == "here")
            made.setEnabled(step.state != "shut")
            made.setAccessibleName(f"{step.title}, {step.said}")
            self._row.addWidget(made)
