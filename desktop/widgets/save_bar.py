"""The bar below a form: its one main action, perhaps a way out, and how things stand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.language import Language
from desktop.shell.theme import Theme
from desktop.widgets.button import button
from desktop.widgets.text import label, line, set_property


class SaveBar(QWidget):
    """Stays below the form while the form scrolls. ``name`` is the main action's identifier (``partner.save``).

    With ``cancel`` there is a way out too, ``partner.cancel``; what is said stands in ``partner.status``.
    """

    def __init__(
        self,
        theme: Theme,
        language: Language,
        *,
        name: str,
        words: str,
        save: Callable[[], None],
        cancel: Callable[[], None] | None = None,
        icon: str = "",
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
        room = name.partition(".")[0]
        self.save = button(theme, words, save, name=name, kind="primary", icon=icon, shortcut="Ctrl+Enter")
        self._words = label("", "muted", wrap=True, name=f"{room}.status")
        row.addWidget(self.save)
        if cancel is not None:
            row.addWidget(button(theme, language.text("Leave without saving"), cancel, name=f"{room}.cancel"))
        row.addSpacing(theme.px(8))
        row.addWidget(self._words, 1)
        column.addWidget(ground)

    def say(self, words: str, *, wrong: bool = False) -> None:
        """Say beside the buttons how things stand, or what was refused."""
        set_property(self._words, "kind", "error" if wrong else "muted")
        self._words.setText(words)
