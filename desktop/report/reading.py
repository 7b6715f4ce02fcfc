"""Reads a PDF from memory: pages, zoom, and where one is."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QStackedLayout, QWidget
from shiboken6 import isValid

from desktop.shell.theme import Theme
from desktop.widgets.text import label

_STEP = 1.25
#: A page is not shown larger than this at first, however wide the window is.
_COMFORTABLE = 1.15
_SMALLEST, _LARGEST = 0.25, 6.0


class PdfReading(QWidget):
    """Shows a PDF; says ``moved()`` when another page is in sight. No copy of it is written anywhere."""

    moved = Signal()

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self._stack = QStackedLayout(self)
        self._waiting = label("", "muted", wrap=True, name="report.waiting")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self._view = QPdfView(self)
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._view.setZoomMode(QPdfView.ZoomMode.FitInView)
        self._view.setPageSpacing(theme.px(12))
        self._view.setDocument(self._document)
        surroundings = self._view.palette()
        surroundings.setColor(QPalette.ColorRole.Dark, theme.colour("border"))
        self._view.setPalette(surroundings)
        self._view.setAccessibleName(title)
        self._view.setAccessibleIdentifier("report.pages")
        self._view.pageNavigator().currentPageChanged.connect(self._turned)
        self._title = title
        self._stack.addWidget(self._waiting)
        self._stack.addWidget(self._view)
        self.setFocusProxy(self._view)

    @property
    def page(self) -> int:
        """The page in sight, from 0."""
        return self._view.pageNavigator().currentPage()

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return self._document.pageCount()

    def wait(self, said: str) -> None:
        """Say that there is nothing to read yet."""
        self._document.close()
        self._waiting.setText(said)
        self._stack.setCurrentWidget(self._waiting)
        self.moved.emit()

    def show_pdf(self, pdf: bytes) -> None:
        """Show a PDF's first page."""
        self._document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self._stack.setCurrentWidget(self._view)
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        if self._factor() > _COMFORTABLE:
            self._view.setZoomMode(QPdfView.ZoomMode.Custom)
            self._view.setZoomFactor(_COMFORTABLE)
        self._say()

    def turn(self, step: int) -> None:
        """Go some pages on; the ends are the ends."""
        if self.pages:
            wanted = min(max(self.page + step, 0), self.pages - 1)
            self._view.pageNavigator().jump(wanted, QPointF(), 0)

    def zoom(self, step: int) -> None:
        """Make the page larger (1), smaller (-1) or as wide as there is room (0)."""
        if step == 0:
            self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
            return
        now = self._factor()
        self._view.setZoomMode(QPdfView.ZoomMode.Custom)
        self._view.setZoomFactor(min(max(now * (_STEP if step > 0 else 1 / _STEP), _SMALLEST), _LARGEST))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._view.setFocus()

    def _factor(self) -> float:
        """Give the factor that stands now; fitting to the width has one too, but the view does not tell it."""
        if self._view.zoomMode() == QPdfView.ZoomMode.Custom or not self.pages:
            return self._view.zoomFactor()
        points = self._document.pagePointSize(self.page).width()
        margins = self._view.documentMargins()
        inside = self._view.viewport().width() - margins.left() - margins.right()
        return inside / (points * self._view.logicalDpiX() / 72) if points else 1.0

    def _turned(self, _page: int) -> None:
        # The view turns back to the first page once more when the document goes before it.
        if isValid(self._document):
            self._say()

    def _say(self) -> None:
        self._view.setAccessibleDescription(f"{self.page + 1} / {self.pages}")
        self.moved.emit()
