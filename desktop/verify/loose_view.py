"""Checking a report while no vault is open: with the root certificate and whatever else one was given."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

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
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(20), theme.px(12), theme.px(24), 0)
        head.addWidget(button(theme, desk.language.text("Back to the vaults"), back, name="verify.back", kind="link"))
        head.addStretch(1)
        column.addLayout(head)
        self.room = VerifyRoom(desk)
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
