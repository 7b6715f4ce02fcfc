"""A page to read, in the look of now: what ``Paper`` has written, and help texts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from desktop.library.paper import Paper
from desktop.shell.desk import Desk
from desktop.shell.theme import Theme
from desktop.widgets.button import button
from desktop.widgets.page import row
from resources import path

#: Keys that move the page, which is as high as its text and scrolls with what is around it.
_MOVING = {
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Space,
}


#: The widest that a page is set, in pixels at 100 % text size: some ninety letters to a line.
_MEASURE = 700


class Reader(QTextBrowser):
    """Shows a page; nothing in it leads out of the program. With ``grows`` it is as high as its text and scrolls with its room."""

    def __init__(self, theme: Theme, *, name: str, title: str, grows: bool = False) -> None:
        super().__init__()
        self._theme, self._grows = theme, grows
        self.setAccessibleName(title)
        self.setAccessibleIdentifier(name)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.document().setDocumentMargin(theme.px(16))
        if grows:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.document().documentLayout().documentSizeChanged.connect(lambda size: self._grow(size.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        free = max(event.size().width() + self.viewportMargins().right() - self._theme.px(_MEASURE), 0)
        if self.viewportMargins().right() != free:
            self.setViewportMargins(0, 0, free, 0)
        super().resizeEvent(event)

    def paper(self) -> Paper:
        """Give an empty page in the look of now."""
        tokens = self._theme.tokens
        ink = {role: tokens.role(role) for role in ("text", "muted", "accent", "border", "high")}
        return Paper(ink=ink, px=self._theme.px(10))

    def show_paper(self, paper: Paper) -> None:
        """Show a page from its beginning."""
        self.setHtml(paper.html())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._grows and event.key() in _MOVING and not event.modifiers():
            event.ignore()  # what is around it scrolls
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._grows:
            event.ignore()
        else:
            super().wheelEvent(event)

    def _grow(self, height: float) -> None:
        self.setFixedHeight(round(height) + 2 * self.frameWidth() + 2)


class HelpDialog(QDialog):
    """One of the help texts, in the window's language or else in English."""

    def __init__(self, desk: Desk, file: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        theme = desk.theme
        self.setWindowTitle(title)
        self.resize(theme.px(760), theme.px(640))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(16))
        column.setSpacing(theme.px(12))
        text = path("help", desk.language.code, file)
        if not text.is_file():
            text = path("help", "en", file)
        self._reader = Reader(theme, name="help.text", title=title)
        self._reader.setMarkdown(text.read_text(encoding="utf-8"))
        column.addWidget(self._reader, 1)
        column.addLayout(row(theme, [None, button(theme, desk.language.text("Close"), self.accept, name="help.close", kind="primary")]))
        self._reader.setFocus()
