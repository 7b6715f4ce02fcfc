"""Cards and notices: what belongs together on one surface."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.shell.theme import Theme
from desktop.widgets.text import label

_ICONS = {"note": ("info", "accent"), "warning": ("triangle-alert", "moderate"), "stop": ("octagon-alert", "high")}


class Card(QFrame):
    """A surface with a heading; add to ``body``."""

    def __init__(self, theme: Theme, heading: str = "", *, surface: str = "card") -> None:
        super().__init__()
        self.setProperty("surface", surface)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(16))
        self.body.setSpacing(theme.px(8))
        self.heading: QLabel | None = None
        if heading:
            self.heading = label(heading, "section")
            self.body.addWidget(self.heading)
            self.setAccessibleName(heading)


class Notice(QFrame):
    """A sentence that wants to be seen: tone note, warning or stop, with the tone's icon or another and optionally one action."""

    def __init__(self, theme: Theme, text: str, *, tone: str = "note", icon: str = "", action: QWidget | None = None) -> None:
        super().__init__()
        self.setProperty("surface", tone)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(10))
        row.setSpacing(theme.px(10))
        drawn = QLabel()
        drawn.setPixmap(theme.pixmap(icon or _ICONS[tone][0], role=_ICONS[tone][1], size=theme.px(18)))
        drawn.setFixedSize(theme.icon_size())
        self.words = label(text, wrap=True)
        row.addWidget(drawn)
        row.addWidget(self.words, 1)
        if action is not None:
            row.addWidget(action)
        self.setAccessibleName(text)

    def say(self, text: str) -> None:
        """Change the sentence."""
        self.words.setText(text)
        self.setAccessibleName(text)
