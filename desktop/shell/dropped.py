"""What is dropped on a window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QDropEvent


def dropped_pdf(event: QDropEvent) -> Path | None:
    """Give the PDF that is dropped, when it is one file and its name ends so."""
    urls = event.mimeData().urls()
    if len(urls) == 1 and urls[0].isLocalFile() and urls[0].toLocalFile().casefold().endswith(".pdf"):
        return Path(urls[0].toLocalFile())
    return None
