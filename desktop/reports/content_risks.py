"""Risks: likelihood and impact before and after measures, never mixed with capacity."""

from __future__ import annotations

from desktop.charts.risk_matrix import NumberedRisk, number_risks, risk_matrix
from desktop.charts.wording import band_status, risk_word, subject_word
from desktop.reports.content_reader import Reader, print_measure
from desktop.reports.layout import Bold, Column, ReportBuilder, StatusWord
from desktop.reports.texts import Cell
from forms.risk import RiskEntry
from forms.template import RiskMatrix
from forms.text import N_
from models.risks import matrix_template, proposals, risk_id

_FIGURE_WIDTH = 318.0
#: More risks than this are set in small type.
FEW_RISKS = 4


def write_risks(report: ReportBuilder, reader: Reader) -> None:
    """Write the risk part; nothing for a template without a matrix."""
    file, language = reader.file, reader.language
    rated_by = matrix_template(file)
    matrix = rated_by.risk_matrix if rated_by is not None else None
    if matrix is None:
        return
    report.heading(1, language.text(N_("Risks")))
    risks = number_risks(matrix, file.risks)
    decided = {entry.proposal for entry in file.risks}
    undecided = [(risk_id(seen, one.id), one) for seen in file.each() for one in seen.result.risks if risk_id(seen, one.id) not in decided]
    if not risks and not undecided:
        report.paragraph(language.text(N_("No risk has been entered.")))
    if risks:
        _matrix(report, reader, matrix, risks)
        _table(report, reader, risks)
    if undecided:
        texts = {name: reader.own(risk.text).rstrip(".") for name, (_, risk) in proposals(file).items()}
        with report.keep_together():
            report.paragraph(Bold(language.text(N_("The answers point to these risks; the caseworker has not decided on them yet:"))))
            why = {name: [risk_word(language, one.rating).lower(), reader.numbered_questions(one.because)] for name, one in undecided}
            report.bullets([f"{texts[name]} ({language.chained(why[name])})." for name, _ in undecided])
    set_aside = [entry for entry in file.risks if entry.choice == "rejected"]
    if set_aside:
        report.heading(2, language.text(N_("Proposed by the answers, set aside")))
        report.bullets([[Bold(entry.title), f" {entry.reason}"] for entry in set_aside])


def _matrix(report: ReportBuilder, reader: Reader, matrix: RiskMatrix, risks: tuple[NumberedRisk, ...]) -> None:
    language = reader.language
    drawing = risk_matrix(matrix, risks, language=language, measure=print_measure, width=_FIGURE_WIDTH, cell_height=33)
    with report.columns(left_share=0.685) as sides:
        report.figure(drawing)
        sides.right()
        report.space(14)
        for title, ratings in (
            (language.text(N_("Before mitigation")), [risk.inherent for risk in risks]),
            (language.text(N_("After mitigation")), [risk.residual for risk in risks]),
        ):
            report.paragraph(Bold(title))
            for rating in reversed(("low", "moderate", "significant", "high")):
                count = ratings.count(rating)
                if count:
                    report.status(band_status(rating, language), f"{language.number(count)} {risk_word(language, rating).lower()}")
            report.space(6)
        report.paragraph(
            language.text(N_("Likelihood goes up, impact across. The rating is read from the organisation’s table, not multiplied.")),
            style="small",
        )
        report.paragraph(
            language.text(N_("L: likelihood 1–5. I: impact 1–5. The numbers are those of the table, the highest after mitigation first.")),
            style="small",
        )
        if any(risk.entry.on_people for risk in risks):
            report.paragraph(
                language.text(
                    N_("Impact 5 on people is never rated below {rating}."), rating=risk_word(language, matrix.people_floor).lower()
                ),
                style="small",
            )


def _table(report: ReportBuilder, reader: Reader, risks: tuple[NumberedRisk, ...]) -> None:
    language = reader.language
    report.table(
        [
            Column(language.text(N_("No.")), 0.75, "right"),
            Column(language.text(N_("Risk")), 4.4),
            Column(language.text(N_("Before mitigation")), 2.75),
            Column(language.text(N_("What is done")), 5.2),
            Column(language.text(N_("After mitigation")), 2.65),
        ],
        [_row(reader, risk) for risk in risks],
        size="dense" if len(risks) > FEW_RISKS else "normal",
        by_content=True,
    )


def _row(reader: Reader, risk: NumberedRisk) -> list[Cell]:
    entry, language = risk.entry, reader.language
    return [
        language.number(risk.number),
        _description(reader, entry),
        rated(reader, risk.inherent, entry.likelihood, entry.impact),
        " ".join(part for part in (entry.mitigation, _owner(reader, entry)) if part),
        rated(reader, risk.residual, entry.residual_likelihood, entry.residual_impact),
    ]


def rated(reader: Reader, rating: str, likelihood: int, impact: int) -> StatusWord:
    """Write a rating with the cell that it is read from."""
    language = reader.language
    place = language.text(N_("L{likelihood} I{impact}"), likelihood=likelihood, impact=impact)
    return StatusWord(band_status(rating, language), f"{risk_word(language, rating)} {place}")


def _description(reader: Reader, entry: RiskEntry) -> str:
    language = reader.language
    tail = [subject_word(language, entry.subject)]
    if entry.choice == "own":
        tail.append(language.text(N_("added by the caseworker")))
    if entry.choice == "changed":
        tail.append(language.text(N_("changed from the proposal: {reason}"), reason=entry.reason))
    return f"{entry.title} ({', '.join(tail)})"


def _owner(reader: Reader, entry: RiskEntry) -> str:
    return reader.language.text(N_("Owner: {owner}."), owner=entry.owner) if entry.owner else ""
