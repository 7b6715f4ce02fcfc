"""The partner's version, written to the partner from what it may see and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from desktop.language import Language
from desktop.reports.form_builder import FormBuilder
from desktop.reports.layout import Bold, Column, LaidOut, StatusWord
from desktop.reports.partner_profile import partner_profile
from desktop.reports.partner_view import FindingPart, InstrumentPart, PartnerView, SubjectPart
from desktop.reports.texts import Blank, Cell, Paragraphs
from desktop.words import SIGNER_FIELDS, word
from forms.text import N_
from models.document_kind import CASEWORKER

_REPLY_LINES = 8
#: Conditions that take more than this share of a page run over to the next.
_MOST_KEPT = 0.35
#: A cell so high has room for a short reply by hand; points.
_ROOM_TO_REPLY = Blank(46)


def draft_content(view: PartnerView, language: Language) -> LaidOut:
    """Set the draft findings on pages: what we found, what is asked for, and room for the partner's reply."""
    page = _begin(view, language, title=N_("Draft findings"), standing=language.text(N_("Draft for your reply")))
    text = language.text
    with page.callout("note", text(N_("A draft: nothing here is decided"))):
        page.paragraph(
            text(
                N_(
                    "Thank you for the time you have given us. This is what we believe we have seen. You know your organisation best, so "
                    "please tell us what is wrong, what is missing and what has already changed. Your reply will stand beside our findings."
                )
            )
        )
        if view.reply_by is not None:
            page.paragraph(Bold(text(N_("Please reply by {date}."), date=view.reply_by)))
    _subject_of(page, view, language)
    _results(page, view, language, drawn=False)
    _stops(page, view, language)
    page.heading(1, text(N_("What we found, and your reply")))
    _nothing_found(page, view, language)
    for one in view.instruments:
        _findings(page, one, view, language, reply=True)
    _judged(page, view, language)
    _risks(page, view, language)
    _about(page, view, language)
    with page.keep_together():
        page.heading(1, text(N_("Your reply as a whole")))
        page.lines(text(N_("What is wrong, what is missing, and what has changed?")), _REPLY_LINES)
        page.space(8)
        headings = ["", text(N_("Name and role")), text(N_("Place and date")), text(N_("Signature"))]
        page.empty_table(headings, [text(N_("For you: {partner}"), partner=view.partner)], widths=[1.3, 2, 1.4, 2])
    return page.lay_out()


def feedback_content(view: PartnerView, language: Language, *, root_fingerprint: str = "") -> LaidOut:
    """Set the final feedback on pages: the decision, the result, the findings, what is to be met, and what we owe the partner."""
    page = _begin(view, language, title=N_("Feedback to you"), standing=_sealed_or_not(view, language))
    text = language.text
    page.paragraph(
        text(
            N_(
                "Thank you for letting us ask, read and visit. Here we tell you what we found, what follows from it, and what you "
                "can expect of us."
            )
        ),
        style="lead",
    )
    _decision(page, view, language)
    _conditions(page, view, language)
    _subject_of(page, view, language)
    _results(page, view, language, drawn=True)
    _stops(page, view, language)
    page.heading(1, text(N_("What we found")))
    _nothing_found(page, view, language)
    for one in view.instruments:
        _findings(page, one, view, language, reply=False)
    _judged(page, view, language)
    _risks(page, view, language)
    _together(page, view, language)
    if view.reply:
        page.heading(1, text(N_("Your reply")))
        page.paragraph(view.reply)
    with page.keep_together():
        _about(page, view, language)
        if view.record_sha256:
            _signed(page, view, language, root_fingerprint)
    return page.lay_out()


def _begin(view: PartnerView, language: Language, *, title: str, standing: str) -> FormBuilder:
    name = language.text(title)
    page = FormBuilder(
        language=language,
        title=language.headed(view.partner, f"{name}, {view.case_number}"),
        subject=f"{name}, {view.case_number}",
        author=view.organisation,
        left=f"{view.case_number} · {view.partner}",
        right=standing,
        foot=view.organisation,
    )
    page.title(name, subtitle=" · ".join([view.partner, view.country, language.date(view.assessed_on)]))
    return page


def _sealed_or_not(view: PartnerView, language: Language) -> str:
    return language.text(N_("Final feedback")) if view.record_sha256 else language.text(N_("Draft, not sealed"))


def _subject_of(page: FormBuilder, view: PartnerView, language: Language) -> None:
    text, project = language.text, view.project
    page.heading(1, text(N_("What we have assessed")))
    if project is None:
        page.paragraph(text(N_("Your organisation, for a partnership without money for a project.")))
        return
    page.paragraph([text(N_("Your organisation, and the project:")), " ", Bold(project.title)])
    page.facts(
        [
            (text(N_("Amount")), Bold(project.amount) if project.amount else text(N_("No amount stated"))),
            (text(N_("Period")), project.period or text(N_("No period stated"))),
            (text(N_("Case number")), view.case_number),
        ],
        widths=(1.2, 1.6, 1.2),
    )


def _results(page: FormBuilder, view: PartnerView, language: Language, *, drawn: bool) -> None:
    """Write what was found to be in place, and each subject's sections: ``drawn`` as its profile, else in a table."""
    page.heading(1, language.text(N_("The result")))
    several = len(view.instruments) > 1
    for one in view.instruments:
        if several:
            page.heading(2, one.name)
        if one.met:
            page.paragraph(Bold(one.met))
        for subject in one.subjects:
            if drawn:
                _profile(page, subject, one.subjects, language, level=3 if several else 2)
            else:
                _result_table(page, subject, language)


def _profile(page: FormBuilder, subject: SubjectPart, beside: Sequence[SubjectPart], language: Language, *, level: Literal[2, 3]) -> None:
    drawing = partner_profile(subject, beside, language)
    with page.keep_together():
        page.heading(level, subject.title)
        if subject.rated is not None:
            page.status(subject.rated.tone, " · ".join(part for part in (subject.rated.figure, subject.rated.word) if part))
        if drawing is not None:
            page.figure(drawing)


def _result_table(page: FormBuilder, subject: SubjectPart, language: Language) -> None:
    """Write the sections of a subject, and in the last row the subject itself, for it is what they add up to."""
    rows: list[list[Cell]] = [[part.title, part.figure, StatusWord(part.tone, part.word)] for part in subject.sections]
    if subject.rated is not None:
        whole = language.text(N_("{subject} as a whole"), subject=subject.title)
        rows.append([Bold(whole), Bold(subject.rated.figure), StatusWord(subject.rated.tone, subject.rated.word)])
    if rows:
        page.table(
            [Column(subject.title, 5), Column(language.text(N_("Figure")), 1.6, "right"), Column(language.text(N_("Rating")), 2.6)], rows
        )


def _stops(page: FormBuilder, view: PartnerView, language: Language) -> None:
    if not view.stops:
        return
    with page.callout("stop", language.text(N_("This must be settled before we can go on"))):
        for stop in view.stops:
            page.paragraph(stop)


def _nothing_found(page: FormBuilder, view: PartnerView, language: Language) -> None:
    if any(one.findings for one in view.instruments):
        return
    if any(one.met for one in view.instruments):
        page.paragraph(language.text(N_("We found nothing that falls below the requirements.")))
    else:
        page.paragraph(language.text(N_("We found nothing that weighs the result down.")))


def _findings(page: FormBuilder, one: InstrumentPart, view: PartnerView, language: Language, *, reply: bool) -> None:
    if not one.findings:
        return
    if len(view.instruments) > 1:
        page.heading(2, one.name)
    text = language.text
    columns = [
        Column(text(N_("No.")), 0.7, "right"),
        Column(text(N_("Question")), 3.6),
        Column(text(N_("What we found")), 4),
        Column(text(N_("What is asked for")), 4),
    ]
    rows = [_finding(part, reply=reply) for part in one.findings]
    if reply:
        columns.append(Column(text(N_("Your reply")), 4.8))
    page.table(columns, rows, size="dense" if reply else "normal", by_content=True)


def _finding(part: FindingPart, *, reply: bool) -> list[Cell]:
    found: Cell = Paragraphs((part.answer, part.comment)) if part.comment else part.answer
    row: list[Cell] = [part.number, part.text, found, part.required or "–"]
    return [*row, _ROOM_TO_REPLY] if reply else row


def _judged(page: FormBuilder, view: PartnerView, language: Language) -> None:
    rows: list[list[Cell]] = [
        [part.title, StatusWord(part.tone, part.word), part.reason or "–"] for one in view.instruments for part in one.judged
    ]
    if not rows:
        return
    page.heading(1, language.text(N_("Our own rating beside the calculated one")))
    columns = [Column(language.text(N_("Concerns")), 2), Column(language.text(N_("Rating")), 2)]
    if view.shown.comments:
        columns.append(Column(language.text(N_("Comment")), 5))
    else:
        rows = [row[:2] for row in rows]
    page.table(columns, rows)


def _risks(page: FormBuilder, view: PartnerView, language: Language) -> None:
    if not view.risks:
        return
    text = language.text
    page.heading(1, text(N_("Risks that we see")))
    page.table(
        [
            Column(text(N_("Risk")), 4.5),
            Column(text(N_("Before mitigation")), 2),
            Column(text(N_("What is done")), 4.5),
            Column(text(N_("After mitigation")), 2),
        ],
        [[one.title, StatusWord(one.before_tone, one.before), one.done, StatusWord(one.after_tone, one.after)] for one in view.risks],
        by_content=True,
    )


def _decision(page: FormBuilder, view: PartnerView, language: Language) -> None:
    text, decision = language.text, view.decision
    page.heading(1, text(N_("The decision")))
    if decision is None:
        page.paragraph(text(N_("No decision has been recorded yet. We will let you know as soon as there is one.")))
        return
    page.paragraph(decision.word, style="statement")
    page.paragraph(text(N_("Decided on {date}."), date=decision.decided_on))
    if decision.granted:
        page.paragraph(decision.granted)


def _conditions(page: FormBuilder, view: PartnerView, language: Language) -> None:
    if not view.conditions:
        return
    text = language.text
    with page.keep_together(most=_MOST_KEPT):
        page.heading(2, text(N_("On these conditions")) if view.decision is not None else text(N_("Conditions that we have proposed")))
        page.table(
            [Column("", 0.45), Column(text(N_("Condition")), 7.2), Column(text(N_("To be met")), 3.2)],
            [
                [language.number(number), one.text, Bold(one.due[:1].upper() + one.due[1:])]
                for number, one in enumerate(view.conditions, start=1)
            ],
            by_content=True,
        )


def _together(page: FormBuilder, view: PartnerView, language: Language) -> None:
    """Write what follows: how the partner grows stronger, and what it can expect of us."""
    text = language.text
    if view.capacity_plan:
        page.heading(1, text(N_("How you become stronger: the capacity plan")))
        page.paragraph(view.capacity_plan)
    page.heading(1, text(N_("What you can expect of us")))
    for one in view.owed:
        page.paragraph([Bold(text(N_("What we owe you, as we noted it:"))), " ", one.text])
    promised = [text(N_("An answer to everything that you write to us about this assessment."))]
    promised += [text(N_("{what}: {count} a year."), what=one.text, count=one.per_year) for one in view.support]
    if view.next_due is not None:
        promised.append(text(N_("A new assessment at the latest by {date}."), date=view.next_due))
    page.bullets(promised)
    page.paragraph(text(N_("Tell us too how we are to work with. What you say about us is not weighed in the assessment of you.")))


def _about(page: FormBuilder, view: PartnerView, language: Language) -> None:
    """Say what the document is made from, and what was chosen to be shown in it or left out."""
    text, shown = language.text, view.shown
    page.heading(1, text(N_("About this document")))
    parts = (
        (shown.comments, text(N_("our comments"))),
        (shown.judged, text(N_("our own rating beside the calculated one"))),
        (shown.risks, text(N_("the risks that we see"))),
    )
    with_these, without = [name for on, name in parts if on], [name for on, name in parts if not on]
    said = [text(N_("It was written for you and holds only what concerns you."))]
    if with_these:
        said.append(text(N_("It shows {what}."), what=with_these))
    if without:
        said.append(text(N_("It leaves out {what}."), what=without))
    said.append(text(N_("The same content travels inside this file as partner.json, for other programs to read.")))
    page.paragraph(" ".join(said), style="small")
    used = language.chained(f"{one.name} ({one.id} {one.version})" for one in view.instruments)
    page.paragraph(text(N_("Assessed by: {templates}."), templates=used), style="small")


def _signed(page: FormBuilder, view: PartnerView, language: Language, root_fingerprint: str) -> None:
    text = language.text
    page.signature_fields([(CASEWORKER, word(SIGNER_FIELDS, CASEWORKER, language), view.caseworker)])
    page.paragraph(
        text(
            N_("The signature shows who wrote to you and that nothing has been changed since. Anyone can check it: {command}"),
            command="gedigen verify FILE --root PEM",
        ),
        style="small",
    )
    tied = [(text(N_("Sealed record that this is made from, SHA-256:")), view.record_sha256)]
    if root_fingerprint:
        tied.append((text(N_("Root certificate, SHA-256:")), root_fingerprint))
    page.digests(tied)
