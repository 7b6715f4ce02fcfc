"""F1: which keys do what, in the room one is in and everywhere."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.language import Language
from desktop.shell.commands import Command
from desktop.shell.theme import Theme
from desktop.widgets.button import button
from desktop.widgets.text import label


class ShortcutsDialog(QDialog):
    """A list of keys and what they do."""

    def __init__(
        self, theme: Theme, language: Language, *, here: Iterable[Command], everywhere: Iterable[Command], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(language.text("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(24), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(label(language.text("Keyboard shortcuts"), "title"))
        inside = QWidget()
        inside.setProperty("surface", "ground")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, theme.px(12), 0)
        grid.setHorizontalSpacing(theme.px(24))
        grid.setVerticalSpacing(theme.px(6))
        row = 0
        for heading, commands in ((language.text("In this room"), here), (language.text("Everywhere"), everywhere)):
            keyed = [command for command in commands if command.keys]
            if not keyed:
                continue
            grid.addWidget(label(heading, "heading"), row, 0, 1, 2)
            for at, command in enumerate(keyed, row + 1):
                grid.addWidget(label(command.keys, "strong"), at, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(label(command.title), at, 1)
            row += len(keyed) + 1
        grid.setRowStretch(row, 1)
        grid.setColumnStretch(1, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        column.addWidget(area, 1)
        close = button(theme, language.text("Close"), self.accept, name="keys.close", kind="primary")
        close.setDefault(True)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(theme.px(480), theme.px(460))
        close.setFocus()
