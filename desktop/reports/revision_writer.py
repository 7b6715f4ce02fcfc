"""Adds a revision to a PDF and leaves everything that it need not touch as it is."""

from __future__ import annotations

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from desktop.reports.revision_reader import RevisionReader


class RevisionWriter(IncrementalPdfFileWriter):
    """Leaves XMP and document information as they are.

    pyHanko rewrites both on every revision: 3 kB each, in a form that stricter PDF/A checkers refuse, and it would oblige the
    verification to allow later changes of the title. The method is private, hence the pin on pyHanko 0.38 and a test.
    """

    def _update_meta(self) -> None:
        pass


def revision_of(pdf: bytes) -> IncrementalPdfFileWriter:
    """Begin a revision after these bytes. Raises pyHanko's PdfError or ValueError when they are no sound PDF."""
    return RevisionWriter.from_reader(RevisionReader(pdf))
