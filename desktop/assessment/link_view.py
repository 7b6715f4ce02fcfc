"""Where a question is answered in another instrument, the way there, and taking back an answer of its own."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop.assessment.keycap import key_button, show_key
from desktop.assessment.link_state import LinkState
from desktop.language import Language
from desktop.shell.theme import Theme
from desktop.widgets.button import button
from desktop.widgets.text import label, set_property


class LinkView(QFrame):
    """Says ``did("link")`` to go there, ``did("relink")`` to let the linked answer stand again."""

    did = Signal(str)

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[object, ...] = ()
        self.setProperty("surface", "note")
        self.setAccessibleIdentifier("assessment.link")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(6), theme.px(8), theme.px(6))
        row.setSpacing(theme.px(8))
        words = QVBoxLayout()
        words.setSpacing(theme.px(1))
        self._words = label("", "dense", wrap=True, name="assessment.link.words")
        self._said = label("", "caption", wrap=True, name="assessment.link.said")
        words.addWidget(self._words)
        words.addWidget(self._said)
        row.addLayout(words, 1)
        self._again = button(
            theme, language.text("Use the answer there"), lambda: self.did.emit("relink"), name="assessment.link.again", kind="quiet"
        )
        self._go = key_button(
            theme, language.text("Go there"), lambda: self.did.emit("link"), key="L", name="assessment.link.go", kind="plain"
        )
        row.addWidget(self._again)
        row.addWidget(self._go)
        self.hide()

    def show_link(self, link: LinkState | None, *, key: str, editable: bool) -> None:
        """Show where the answer stands; hidden where no link leads."""
        shown = (link, key, editable)
        if shown == self._shown:
            return
        self._shown = shown
        self.setVisible(link is not None)
        if link is None:
            return
        self._words.setText(link.words)
        self._said.setText(link.said)
        self._again.setVisible(editable and link.is_own)
        show_key(self._theme, self._go, key)
        self.setAccessibleName(f"{link.words}. {link.said}")
        set_property(self, "surface", "plain" if link.is_own else "note")
