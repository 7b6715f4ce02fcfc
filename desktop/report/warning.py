"""Asks before a public record leaves the vault: what it shows, and that nobody can call it back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.shell.desk import Desk
from desktop.widgets.button import button
from desktop.widgets.facts import bullets
from desktop.widgets.fields import check
from desktop.widgets.page import row
from desktop.widgets.question_dialog import QuestionDialog


class PublicWarning(QuestionDialog):
    """Accepted means: it may be made public. It can be accepted only once the box is ticked; cancel has the focus at first."""

    def __init__(self, desk: Desk, sentences: Sequence[str], *, parent: QWidget) -> None:
        theme, text = desk.theme, desk.language.text
        super().__init__(theme, text("Make it public?"), least=480, parent=parent)
        column = self.column
        column.addLayout(bullets(theme, sentences))
        column.addSpacing(theme.px(6))
        self._export = button(theme, text("Export…"), self.accept, name="report.public.confirm", kind="primary", icon="download")
        self._export.setEnabled(False)
        read = check(text("I have read this, and it may be made public"), name="report.public.read", changed=self._export.setEnabled)
        column.addWidget(read)
        cancel = button(theme, text("Not yet"), self.reject, name="report.public.cancel")
        column.addLayout(row(theme, [None, cancel, self._export]))
        cancel.setFocus(Qt.FocusReason.OtherFocusReason)
