"""Asks for the PIN of a card, once for each signature."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.shell.desk import Desk
from desktop.widgets.button import button
from desktop.widgets.fields import text_line
from desktop.widgets.form import FormRows
from desktop.widgets.page import row
from desktop.widgets.text import label


class PinDialog(QDialog):
    """Accepted means: sign with ``pin``. The PIN is kept nowhere."""

    def __init__(self, desk: Desk, card: str, *, parent: QWidget) -> None:
        super().__init__(parent)
        theme, text = desk.theme, desk.language.text
        self.setWindowTitle(text("PIN of the card"))
        self.setMinimumWidth(theme.px(420))
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(20))
        column.setSpacing(theme.px(12))
        column.addWidget(label(text("PIN of the card"), "section"))
        said = text("The key is on the card “{label}”. The PIN is used for this signature and kept nowhere.", label=card)
        column.addWidget(label(said, "muted", wrap=True))
        form = FormRows(theme)
        self._typed = text_line(secret=True)
        form.add(text("PIN"), self._typed, name="pin.pin", hint=text("It is tried once: a card locks after a few wrong tries."))
        column.addWidget(form)
        cancel = button(theme, text("Cancel"), self.reject, name="pin.cancel")
        self._go = button(theme, text("Sign"), self.accept, name="pin.sign", kind="primary", icon="signature")
        self._go.setDefault(True)
        self._go.setEnabled(False)
        self._typed.textChanged.connect(lambda typed: self._go.setEnabled(bool(typed)))
        column.addLayout(row(theme, [None, cancel, self._go]))
        self._typed.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # A dialog opens as tall as its words would be in one narrow column, and would spread them.
        self.setFixedHeight(self._column.totalHeightForWidth(self.width()))

    @property
    def pin(self) -> str:
        """What was typed."""
        return self._typed.text()
