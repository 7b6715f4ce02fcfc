"""Asks once more before the one step that cannot be taken back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.shell.desk import Desk
from desktop.widgets.button import button
from desktop.widgets.facts import bullets
from desktop.widgets.page import row
from desktop.widgets.question_dialog import QuestionDialog
from desktop.widgets.text import label


class SealingDialog(QuestionDialog):
    """Says what sealing freezes. Accepted means: seal. Cancel has the focus at first."""

    def __init__(self, desk: Desk, freezes: Sequence[str], *, chair: bool, parent: QWidget) -> None:
        theme, text = desk.theme, desk.language.text
        super().__init__(theme, text("Seal the record?"), least=460, parent=parent)
        column = self.column
        said = text("What is sealed can never be changed again. To correct it later, a new assessment replaces this one.")
        column.addWidget(label(said, wrap=True))
        column.addWidget(label(text("It freezes:"), "strong"))
        column.addLayout(bullets(theme, freezes))
        line = (
            text("The report has a line for the chair.")
            if chair
            else text("The report has no line for the chair; the decision is recorded beside it.")
        )
        column.addWidget(label(line, "muted", wrap=True))
        column.addSpacing(theme.px(6))
        cancel = button(theme, text("Not yet"), self.reject, name="seal.cancel")
        seal = button(theme, text("Seal the record"), self.accept, name="seal.confirm", kind="primary", icon="lock")
        column.addLayout(row(theme, [None, cancel, seal]))
        cancel.setFocus(Qt.FocusReason.OtherFocusReason)
