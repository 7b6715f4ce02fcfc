"""Asks what becomes of files that are in the folder already under the names of documents to write."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from desktop.operations.wanted import Taken
from desktop.shell.desk import Desk
from desktop.widgets.button import button
from desktop.widgets.page import row
from desktop.widgets.question_dialog import QuestionDialog
from desktop.widgets.text import label

#: So many names are listed.
_LISTED = 6


class NamesTaken(QuestionDialog):
    """Accepted means: write, and do with these files as ``taken`` says. What they hold is not touched before."""

    def __init__(self, desk: Desk, names: Sequence[str], *, parent: QWidget) -> None:
        theme, language = desk.theme, desk.language
        text = language.text
        said = language.plural("{n} file of the same name is in the folder", "{n} files of the same names are in the folder", len(names))
        super().__init__(theme, text("Files of the same name"), least=520, parent=parent, heading=said)
        column = self.column
        listed = [*names[:_LISTED], *(["…"] if len(names) > _LISTED else [])]
        column.addWidget(label("\n".join(listed), "dense", wrap=True, name="documents.taken.names"))
        column.addWidget(label(text("A file that is the same byte for byte stays as it is. What of the others?"), wrap=True))
        self._ways = QButtonGroup(self)
        self._keys: dict[QRadioButton, Taken] = {}
        ways: tuple[tuple[Taken, str], ...] = (
            ("leave", text("Leave them; the new ones are not written")),
            ("beside", text("Write the new ones beside them, with a number in the name")),
            ("replace", text("Replace them; what they hold now is gone")),
        )
        for key, words in ways:
            way = QRadioButton(words)
            way.setAccessibleIdentifier(f"documents.taken.{key}")
            way.setChecked(key == "leave")
            self._ways.addButton(way)
            self._keys[way] = key
            column.addWidget(way)
        column.addSpacing(theme.px(6))
        cancel = button(theme, text("Not yet"), self.reject, name="documents.taken.cancel")
        go = button(theme, text("Write the documents"), self.accept, name="documents.taken.go", kind="primary")
        column.addLayout(row(theme, [None, cancel, go]))
        next(iter(self._keys)).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def taken(self) -> Taken:
        """What was chosen."""
        return next((key for way, key in self._keys.items() if way.isChecked()), "leave")
