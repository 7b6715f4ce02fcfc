"""Dated documents among the answers that no longer held at the day of assessment."""

from __future__ import annotations

from desktop.reports.content_reader import Reader
from desktop.reports.layout import ReportBuilder
from forms.documents import expired
from forms.text import N_


def write_expired(report: ReportBuilder, reader: Reader) -> None:
    """Name the documents that had expired, with the numbers of their questions; nothing where none had."""
    file, language = reader.file, reader.language
    gone = expired(file.template, file.answers, as_of=file.card.draft.as_of)
    asked = [(question, document) for question, document in gone.items() if reader.number(question)]
    if not asked:
        return
    report.heading(2, language.text(N_("Documents that had expired")))
    report.bullets(
        [
            language.text(
                N_("{document}, expired {date} ({question})"),
                document=document.title,
                date=document.expires,
                question=reader.numbered_questions([question]),
            )
            for question, document in asked
        ]
    )
