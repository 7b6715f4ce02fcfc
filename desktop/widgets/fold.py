"""Details that most people need not see: folded away, one press from sight."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from desktop.shell.theme import Theme
from desktop.widgets.button import button


class Fold(QWidget):
    """A link that shows and hides what ``fill`` makes, at the first showing. ``show_words`` and ``hide_words`` are the link's."""

    def __init__(self, theme: Theme, show_words: str, hide_words: str, fill: Callable[[], QLayout | QWidget], *, name: str) -> None:
        super().__init__()
        self._theme, self._words, self._fill = theme, (show_words, hide_words), fill
        self._inside: QWidget | None = None
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        self.way = button(theme, show_words, self._turn, name=name, kind="link", icon="chevron-right")
        column.addWidget(self.way)

    @property
    def is_open(self) -> bool:
        """Whether the details can be seen."""
        return self._inside is not None and not self._inside.isHidden()

    def _turn(self) -> None:
        if self._inside is None:
            made = self._fill()
            self._inside = made if isinstance(made, QWidget) else QWidget()
            if isinstance(made, QLayout):
                made.setContentsMargins(0, 0, 0, 0)
                self._inside.setLayout(made)
            self._column.addWidget(self._inside)
            opens = True
        else:
            opens = self._inside.isHidden()
        self._inside.setVisible(opens)
        self.way.setText(self._words[opens])
        self.way.setAccessibleName(self._words[opens])
        self.way.setIcon(self._theme.leading("chevron-down" if opens else "chevron-right", "accent"))
