"""After the decision and around it: assurance and capacity plan, the partner's reply, ties declared, review."""

from __future__ import annotations

from desktop.language import Language
from desktop.reports.content_reader import Reader, plan_sentence
from desktop.reports.layout import Bold, Column, ReportBuilder
from desktop.reports.styles import TEXT_WIDTH
from desktop.reports.texts import Cell
from desktop.words import OUTCOMES, word
from forms.text import N_
from models.cards import ReviewCard, TieCard

#: A capacity plan of no more letters than this stands beside the assurance plan.
SHORT_PLAN = 700


def write_follow_up(report: ReportBuilder, reader: Reader) -> None:
    """Write the plans, the partner's reply, the ties and the review."""
    language = reader.language
    report.heading(1, language.text(N_("Follow-up and review")))
    recommended = reader.file.recommendation
    plan = recommended.capacity_plan if recommended is not None else ""
    if plan and len(plan) <= SHORT_PLAN and reader.file.result.assurance is not None:
        with report.columns() as sides:
            _capacity_plan(report, reader)
            sides.right()
            _assurance(report, reader)
    else:
        _capacity_plan(report, reader)
        _assurance(report, reader)
    report.heading(2, language.text(N_("The partner’s reply")))
    if recommended is not None and recommended.partner_reply:
        report.paragraph(recommended.partner_reply)
    else:
        report.paragraph(language.text(N_("No reply from the partner to the draft findings is recorded.")))
    _ties(report, reader)
    _review(report, reader)


def _capacity_plan(report: ReportBuilder, reader: Reader) -> None:
    language, recommended = reader.language, reader.file.recommendation
    if recommended is not None and recommended.capacity_plan:
        report.heading(2, language.text(N_("Capacity plan")))
        report.paragraph(recommended.capacity_plan)
    if recommended is not None and recommended.next_due is not None:
        report.paragraph(language.text(N_("Next assessment due {date}."), date=recommended.next_due))


def _assurance(report: ReportBuilder, reader: Reader) -> None:
    plan, table = reader.file.result.assurance, reader.file.template.assurance
    if plan is None or table is None:
        return
    language = reader.language
    report.heading(2, language.text(N_("Assurance plan")))
    with report.keep_together():
        report.table(
            [Column(language.text(N_("Measure")), 4), Column(language.text(N_("Per year")), 1, "right")],
            [[reader.own(one.text), language.number(plan.counts[one.id])] for one in table.measures if one.id in plan.counts],
            width=TEXT_WIDTH * 0.48,
        )
        report.paragraph(plan_sentence(language, plan, table), style="small")


def _ties(report: ReportBuilder, reader: Reader) -> None:
    language = reader.language
    report.heading(2, language.text(N_("Ties to the partner")))
    ties = reader.file.ties
    if not ties:
        report.paragraph(language.text(N_("Nobody has declared ties yet.")))
        return
    none = [tie.person_name for tie in ties if not tie.has_tie]
    if none:
        report.paragraph(language.text(N_("Declared that they have none: {names}."), names=none))
    report.bullets([_tie(language, tie) for tie in ties if tie.has_tie])


def _tie(language: Language, tie: TieCard) -> list[str | Bold]:
    parts: list[str | Bold] = [Bold(f"{tie.person_name}. "), tie.text]
    if tie.resolution:
        parts.append(" " + language.text(N_("Decided by {name}: {resolution}"), name=tie.resolved_by, resolution=tie.resolution))
    else:
        parts.append(" " + language.text(N_("Nothing has been decided about this tie yet.")))
    return parts


def _review(report: ReportBuilder, reader: Reader) -> None:
    language = reader.language
    report.heading(2, language.text(N_("Review by a second person")))
    reviews = sorted(reader.file.reviews, key=lambda review: review.at)
    if not reviews:
        report.paragraph(language.text(N_("Not reviewed yet.")))
        return
    for review in reviews:
        _one_review(report, reader, review)


def _one_review(report: ReportBuilder, reader: Reader, review: ReviewCard) -> None:
    language = reader.language
    agreed = [point.question for point in review.points if point.agrees]
    against = [point for point in review.points if not point.agrees]
    by = {"outcome": word(OUTCOMES, review.outcome, language), "name": review.reviewer_name, "at": review.at}
    if review.points:
        said = language.plural(
            "{outcome} by {name}, {at}. Agrees on {agreed} of {n} key question.",
            "{outcome} by {name}, {at}. Agrees on {agreed} of {n} key questions.",
            len(review.points),
            agreed=len(agreed),
            **by,
        )
    else:
        said = language.text(N_("{outcome} by {name}, {at}."), **by)
    report.paragraph([Bold(said), f" {review.comment}"] if review.comment else Bold(said))
    if review.approves_not_applicable:
        report.paragraph(language.text(N_("The reviewer accepts the share of questions set aside as not applicable.")))
    rows: list[list[Cell]] = [
        [reader.number(point.question), reader.question_text(point.question), language.text(N_("Disagrees")), point.comment]
        for point in against
    ]
    rows += [
        [reader.number(point.question), reader.question_text(point.question), language.text(N_("Agrees")), point.comment]
        for point in review.points
        if point.agrees and point.comment
    ]
    if rows:
        report.table(
            [
                Column(language.text(N_("No.")), 0.75, "right"),
                Column(language.text(N_("Key question")), 5),
                Column(language.text(N_("Reviewer")), 1.5),
                Column(language.text(N_("Comment")), 5.5),
            ],
            rows,
        )
