"""Reads a piece of evidence inside the window, from memory: no copy of it is written anywhere."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPalette, QPixmap
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from desktop.assessment.keycap import key_button
from desktop.assessment.question_state import EvidenceRow
from desktop.language import Language
from desktop.shell.theme import Theme
from desktop.widgets.button import button
from desktop.widgets.text import label

_TEXT_TYPES = ("text/", "application/json", "application/xml", "application/x-yaml")
_LONGEST_TEXT = 2_000_000
_LARGEST_PICTURE = 12_000
_SPOKEN_PAGES = 20


class EvidenceReader(QFrame):
    """Shows a PDF, a picture or a text; of anything else it says that a copy must be saved to read it."""

    left = Signal()
    copied = Signal(object)

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self._language = language
        self._row: EvidenceRow | None = None
        self.setProperty("surface", "card")
        self.setAccessibleIdentifier("assessment.reader")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(12))
        column.setSpacing(theme.px(6))
        self._title = label("", "section", wrap=True, name="assessment.reader.title")
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(
            button(theme, language.text("Save a copy…"), lambda: self.copied.emit(self._row), name="assessment.reader.copy", kind="quiet")
        )
        head.addWidget(key_button(theme, language.text("Back to the question"), self.left.emit, key="Esc", name="assessment.reader.back"))
        column.addLayout(head)
        self._about = label("", "caption", wrap=True)
        column.addWidget(self._about)
        inside = QWidget()
        self._stack = QStackedLayout(inside)
        self._document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self._pdf = QPdfView(self)
        self._pdf.setPageMode(QPdfView.PageMode.MultiPage)
        self._pdf.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._pdf.setDocument(self._document)
        dressed = self._pdf.palette()
        dressed.setColor(QPalette.ColorRole.Dark, theme.colour("border"))
        self._pdf.setPalette(dressed)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        pictures = QScrollArea()
        pictures.setWidgetResizable(True)
        pictures.setWidget(self._picture)
        self._words = QPlainTextEdit()
        self._words.setReadOnly(True)
        self._sentence = label("", "muted", wrap=True, name="assessment.reader.said")
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = {"pdf": self._pdf, "picture": pictures, "text": self._words, "sentence": self._sentence}
        for kind, page in self._pages.items():
            page.setAccessibleName(language.text("Evidence"))
            page.setAccessibleIdentifier(f"assessment.reader.{kind}" if page is not self._sentence else "assessment.reader.said")
            self._stack.addWidget(page)
        column.addWidget(inside, 1)

    def show_evidence(self, row: EvidenceRow, content: bytes) -> None:
        """Show a file's bytes."""
        self.forget()
        self._row = row
        self._title.setText(row.name)
        self._about.setText(row.about)
        if content.startswith(b"%PDF") and self._show_pdf(content):
            self._open("pdf")
        elif row.media_type.startswith("image/") and self._show_picture(content):
            self._open("picture")
        elif row.media_type.startswith(_TEXT_TYPES):
            self._words.setPlainText(content[:_LONGEST_TEXT].decode("utf-8", errors="replace"))
            self._open("text")
        else:
            self._sentence.setText(
                self._language.text("This kind of file cannot be shown here. Save a copy and open it in its own program.")
            )
            self._open("sentence")

    def forget(self) -> None:
        """Let go of what was shown."""
        self._document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray())
        self._picture.clear()
        self._words.clear()
        self._row = None

    def focus(self) -> None:
        """Stand in the document, to scroll it with the keys."""
        page = self._stack.currentWidget()
        (page if page is not self._sentence else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        # Everything else stays here: no key of the question may change an answer that is not in sight.
        event.accept()

    def _open(self, page: str) -> None:
        self._stack.setCurrentWidget(self._pages[page])

    def _show_pdf(self, content: bytes) -> bool:
        self._buffer.setData(QByteArray(content))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        if self._document.status() != QPdfDocument.Status.Ready:
            return False
        # A screen reader cannot read the pages that are painted: it is given their words.
        words = (self._document.getAllText(page).text() for page in range(min(self._document.pageCount(), _SPOKEN_PAGES)))
        self._pdf.setAccessibleDescription("\n".join(words))
        self._pdf.verticalScrollBar().setValue(0)
        return True

    def _show_picture(self, content: bytes) -> bool:
        image = QImage.fromData(content)
        if image.isNull() or max(image.width(), image.height()) > _LARGEST_PICTURE:
            return False
        widest = QSize(max(self.width() - 60, 200), 10_000)
        if image.width() > widest.width():
            image = image.scaled(widest, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        self._picture.setPixmap(QPixmap.fromImage(image))
        return True
