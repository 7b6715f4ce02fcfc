"""The bar below a form: save, leave, and whether anything is unsaved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.language import Language
from desktop.shell.theme import Theme
from desktop.widgets.button import button
from desktop.widgets.text import label, line


class SaveBar(QWidget):
    """Stays below the form while the form scrolls. ``room`` begins the identifiers: ``partner.save``, ``partner.cancel``."""

    def __init__(
        self, theme: Theme, language: Language, *, room: str, save_words: str, save: Callable[[], None], cancel: Callable[[], None]
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(line())
        ground = QFrame()
        ground.setProperty("surface", "ground")
        row = QHBoxLayout(ground)
        row.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(12))
        row.setSpacing(theme.px(8))
        self.save = button(theme, save_words, save, name=f"{room}.save", kind="primary", shortcut="Ctrl+Enter")
        self.cancel = button(theme, language.text("Leave without saving"), cancel, name=f"{room}.cancel")
        self._words = label("", "muted", wrap=True, name=f"{room}.status")
        row.addWidget(self.save)
        row.addWidget(self.cancel)
        row.addSpacing(theme.px(8))
        row.addWidget(self._words, 1)
        column.addWidget(ground)

    def say(self, words: str) -> None:
        """Say beside the buttons how things stand."""
        self._words.setText(words)
