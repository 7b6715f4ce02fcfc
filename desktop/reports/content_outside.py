"""Others' results that answers rely on: whose, of which day, until when, and with what consent."""

from __future__ import annotations

from desktop.outside_words import CONSENTS, KINDS, rating_word
from desktop.reports.content_reader import Reader
from desktop.reports.layout import Bold, Column, ReportBuilder
from desktop.reports.texts import Cell
from desktop.words import word
from forms.text import N_
from models.cards import OutsideCard
from models.relying import relied_on


def relied_questions(reader: Reader) -> list[str]:
    """Give the questions of the instrument in focus whose answers rely on another body's result, in the order they are asked."""
    relied = relied_on(reader.file)
    return [line.question for line in reader.file.result.lines if line.question in relied]


def write_relied_on(report: ReportBuilder, reader: Reader) -> None:
    """List the results that answers rely on, each with the questions; nothing where none is relied on."""
    language, questions = reader.language, relied_questions(reader)
    if not questions:
        return
    relied = relied_on(reader.file)
    results = {relied[question].id: relied[question] for question in questions}
    with report.keep_together():
        report.heading(2, language.text(N_("Others’ results relied on")))
        said = N_("These answers rest on what another body has found. It was not checked again here; each was confirmed by the caseworker.")
        report.paragraph(language.text(said), style="small")
        report.table(
            [
                Column(language.text(N_("Result")), 3.6),
                Column(language.text(N_("Owner")), 2.6),
                Column(language.text(N_("Dated")), 1.4),
                Column(language.text(N_("Valid until")), 1.4),
                Column(language.text(N_("Consent")), 2.4),
                Column(language.text(N_("No.")), 1.2, "right"),
            ],
            [_row(reader, card, [one for one in questions if relied[one].id == card.id]) for card in results.values()],
            size="dense",
        )


def _row(reader: Reader, card: OutsideCard, questions: list[str]) -> list[Cell]:
    language, result = reader.language, card.result
    kind, rating = word(KINDS, result.kind, language), rating_word(result.kind, result.rating, language)
    covered = f". {result.scope}" if result.scope else ""
    return [
        [Bold(language.headed(kind, rating)), covered],
        result.owner,
        language.date(result.dated),
        language.date(result.valid_until) if result.valid_until is not None else "–",
        word(CONSENTS, result.consent, language),
        ", ".join(reader.number(question) for question in questions),
    ]
