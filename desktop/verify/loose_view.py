"""Checking a report while no vault is open: with the root certificate and whatever else one was given."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.shell.desk import Desk
from desktop.shell.dropped import dropped_pdf
from desktop.shell.place import Place
from desktop.verify.room import VerifyRoom
from desktop.widgets.button import button


class LooseVerifyView(QWidget):
    """The room that checks reports, with a way back to where vaults are opened."""

    def __init__(self, desk: Desk, *, back: Callable[[], None]) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        theme = desk.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        back_button = button(theme, desk.language.text("Back"), back, name="verify.back", kind="link", icon="arrow-left")
        self.room = VerifyRoom(desk, leading=back_button)
        column.addWidget(self.room, 1)
        self.room.show_place(Place("verify"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_pdf(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        file = dropped_pdf(event)
        if file is not None:
            event.acceptProposedAction()
            self.room.show_place(Place("verify", file=file))
