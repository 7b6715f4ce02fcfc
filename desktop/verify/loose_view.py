"""Checking a report while no vault is open: with the root certificate and whatever else one was given."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.verify.room import VerifyRoom
from desktop.widgets.button import button


class LooseVerifyView(QWidget):
    """The room that checks reports, with a way back to where vaults are opened."""

    def __init__(self, desk: Desk, *, back: Callable[[], None]) -> None:
        super().__init__()
        theme = desk.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(12), 0, 0)
        column.setSpacing(0)
        leave = button(theme, desk.language.text("Back to the vaults"), back, name="verify.back", kind="link")
        column.addWidget(leave, 0, Qt.AlignmentFlag.AlignLeft)
        column.itemAt(0).widget().setContentsMargins(theme.px(24), 0, 0, 0)
        self.room = VerifyRoom(desk)
        column.addWidget(self.room, 1)
        self.room.show_place(Place("verify"))
