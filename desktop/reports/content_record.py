"""The appendix: method, what the signature says, signature fields, every question with its answer, evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.reports.content_change import then
from desktop.reports.content_documents import write_expired
from desktop.reports.content_outside import write_relied_on
from desktop.reports.content_reader import KEY_LETTER, Reader
from desktop.reports.content_sums import write_perspectives, write_sums
from desktop.reports.content_tables import write_tables
from desktop.reports.layout import Bold, Column, Digest, ReportBuilder
from desktop.reports.texts import Cell, RowsTitle
from desktop.scope_words import chosen_words
from desktop.words import SIGNER_FIELDS, word
from forms.result import QuestionLine
from forms.template import Section
from forms.text import N_
from models.cards import AssessmentFile, EvidenceCard

#: Stands for "confirmed from last time" in the record, where it would be said on every other line.
CONFIRMED = "="
#: A method of more letters than this is set in one column, which may run over pages.
MOST_IN_COLUMNS = 4000


def write_method(report: ReportBuilder, reader: Reader) -> None:
    """Write how the result comes about, in plain words."""
    language = reader.language
    report.heading(1, reader.titled(language.text(N_("How this was done"))))
    interval = language.text(
        N_(
            "While something is open, an interval is shown: it assumes that every question asked now gets an answer "
            "and that none becomes not applicable."
        )
    )
    texts = reader.own(reader.file.template.method).split("\n")
    if reader.file.is_main:
        texts += [interval, chosen_words(reader.file.card.draft, language)]
    paragraphs = [text.strip() for text in texts if text.strip()]
    if sum(map(len, paragraphs)) > MOST_IN_COLUMNS:
        for text in paragraphs:
            report.paragraph(text, style="compact")
    else:
        left, right = _halves(paragraphs)
        with report.columns() as sides:
            for text in left:
                report.paragraph(text, style="compact")
            sides.right()
            for text in right:
                report.paragraph(text, style="compact")
    if any(section.score.status != "unscored" for section in reader.file.result.sections if section.asked):
        write_sums(report, reader)


def _halves(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Share paragraphs between two columns of about the same length, a long one at the end of a sentence."""
    half = sum(map(len, texts)) / 2
    left: list[str] = []
    for number, text in enumerate(texts):
        room = half - sum(map(len, left))
        if len(text) <= room:
            left.append(text)
            continue
        ends = [match.end() for match in re.finditer(r"[.!?] (?=[A-ZÅÄÖÉØÆ])", text)]
        end = min([0, *ends, len(text)], key=lambda place: abs(place - room))
        rest = [part for part in (text[end:].strip(), *texts[number + 1 :]) if part]
        return [part for part in (*left, text[:end].strip()) if part], rest
    return left, []


def write_signatures(
    report: ReportBuilder, reader: Reader, *, signers: Sequence[tuple[str, str]], root_fingerprint: str, attached: bool = True
) -> None:
    """Write what a signature here says and the fields to sign in; ``signers`` are (field, name).

    ``attached`` is false for an archive that refuses attachments: the record is then only named by its digest.
    """
    language = reader.language
    with report.keep_together():
        report.heading(1, language.text(N_("Signatures")), anchor="signatures")
        _signed_here(report, reader, signers)
        report.digests(_tied_to(reader, root_fingerprint, attached=attached))


def _signed_here(report: ReportBuilder, reader: Reader, signers: Sequence[tuple[str, str]]) -> None:
    language = reader.language
    if reader.file.seal is not None:
        report.signature_fields([(field, word(SIGNER_FIELDS, field, language), name) for field, name in signers])
    for seen in reader.file.each():
        if seen.template.partner_signs:
            _partner_line(report, reader, seen)
    report.paragraph(
        language.text(
            N_(
                "A signature here shows who signed and that nothing has been changed since: integrity and attribution inside the "
                "organisation. It is not a qualified electronic signature. Its time is the signer’s own clock unless a timestamp "
                "in this file confirms it. The caseworker signs for the assessment and the recommendation; the reviewer "
                "for having read it and for the points of agreement above. The board’s decision is recorded separately and does not "
                "change this file."
            )
        )
    )
    report.paragraph(
        [
            language.text(N_("Anyone can check this file against the organisation’s root certificate:")),
            "\n",
            Bold(language.text(N_("gedigen verify FILE --root PEM"))),
        ]
    )


def _partner_line(report: ReportBuilder, reader: Reader, seen: AssessmentFile) -> None:
    """Leave a line where the partner signs by hand for an instrument that it answers for too."""
    language, blank = reader.language, "_" * 24
    report.facts(
        [
            (language.text(N_("For the partner: {instrument}"), instrument=reader.own(seen.template.name)), blank),
            (language.text(N_("Name")), blank),
            (language.text(N_("Date")), "_" * 14),
        ],
        widths=(2.2, 2.2, 1.2),
    )


def write_record(report: ReportBuilder, reader: Reader) -> None:
    """Write every question of the instrument in focus that is asked, with its answer, and the contradictions."""
    language = reader.language
    report.heading(1, reader.titled(language.text(N_("The record"))))
    legend = language.text(N_("K: key question. A level is given by its number and words. [n]: evidence by its number in the list."))
    if reader.file.earlier is not None:
        legend += " " + language.text(N_("=: confirmed as it was last time."))
    report.paragraph(legend, style="small")
    rows: list[list[Cell]] = []
    for section in reader.file.template.sections:
        lines = [line for line in reader.file.result.lines if line.section == section.id]
        if lines:
            rows.append([None, RowsTitle(reader.own(section.title)), None, None])
            rows += _answer_rows(reader, section, lines)
    report.table(
        [
            Column(language.text(N_("No.")), 0.7, "right"),
            Column(language.text(N_("Question")), 4.6),
            Column(language.text(N_("Answer")), 5),
            Column(language.text(N_("How known, comment, evidence")), 4.8),
        ],
        rows,
        size="dense",
        by_content=True,
    )
    write_tables(report, reader)
    write_perspectives(report, reader)
    write_expired(report, reader)
    _clashes(report, reader)
    write_relied_on(report, reader)


def _answer_rows(reader: Reader, section: Section, lines: Sequence[QuestionLine]) -> list[list[Cell]]:
    """Write the answers of a section, those of each heading within it under its title."""
    titles = {group.id: group.title for group in section.groups}
    rows: list[list[Cell]] = []
    before: str | None = None
    for line in lines:
        group = reader.question(line.question).group
        if group is not None and group != before:
            rows.append([None, reader.own(titles[group]), None, None])
        before = group
        rows.append(_answer_row(reader, line))
    return rows


def _answer_row(reader: Reader, line: QuestionLine) -> list[Cell]:
    question = reader.question(line.question)
    answer = reader.answer(line.question)
    number = reader.number(line.question)
    value = reader.value(question, answer)
    if question.kind == "table" and answer is not None and answer.state == "answered":
        value = reader.language.text(N_("{rows}, printed below as a table"), rows=reader.short_value(question, answer))
    return [
        number,
        [Bold(KEY_LETTER), " ", reader.own(question.text)] if line.key else reader.own(question.text),
        f"{value} ({earlier})" if (earlier := then(reader, line.question)) else value,
        _told(reader, line),
    ]


def _told(reader: Reader, line: QuestionLine) -> Cell:
    language = reader.language
    answer, card = reader.answer(line.question), reader.card(line.question)
    told: list[str | Bold] = []
    if linked := reader.linked_from(line.question):
        told.append(Bold(f"{linked}. "))
    if card is not None and card.source == "confirmed":
        told.append(Bold(f"{CONFIRMED} "))
    if card is not None and card.source == "relied_on":
        told.append(Bold(language.text(N_("Relied on another body’s result.")) + " "))
    if known := reader.known(line):
        told.append(Bold(f"{known}. "))
    if answer is not None and answer.reason:
        told.append(language.text(N_("Because: {reason}"), reason=answer.reason) + " ")
    if answer is not None and answer.comment:
        told.append(answer.comment + " ")
    if card is not None and card.source == "upgraded":
        told.append(language.text(N_("Carried over from an earlier version of the template.")) + " ")
    elif card is not None and card.why:
        told.append(language.text(N_("Changed after the result was seen: {why}"), why=card.why) + " ")
    told.append(reader.evidence_of(line.question))
    return [part for part in told if part] or None


def _clashes(report: ReportBuilder, reader: Reader) -> None:
    clashes = reader.file.result.clashes
    if not clashes:
        return
    report.heading(2, reader.language.text(N_("Answers that do not fit together")))
    report.bullets([f"{reader.clash_text(clash.id)} ({reader.numbered_questions(clash.because)})" for clash in clashes])


def write_evidence(report: ReportBuilder, reader: Reader) -> None:
    """List the evidence behind the answers of all instruments."""
    language = reader.language
    evidence = reader.evidence()
    report.heading(2, language.text(N_("Evidence")))
    if not evidence:
        report.paragraph(language.text(N_("No evidence has been added.")))
        return
    report.table(
        [
            Column(language.text(N_("Ref.")), 26),
            Column(language.text(N_("Document")), 200),
            Column(language.text(N_("No.")), 30, "right"),
            Column(language.text(N_("Dated")), 62),
            Column(language.text(N_("SHA-256")), 164),
        ],
        [_evidence_row(reader, number, card) for number, card in evidence],
        size="dense",
    )


def _evidence_row(reader: Reader, number: int, card: EvidenceCard) -> list[Cell]:
    language = reader.language
    named: list[str | Bold] = [Bold(card.name), f". {card.note}" if card.note else ""]
    seen = reader.file.with_question(card.question)
    if not seen.is_main:
        named.append(f" ({reader.own(seen.template.name)})")
    dated = language.date(card.dated) if card.dated is not None else "–"
    digest: Cell = Digest(card.sha256) if card.sha256 else language.text(N_("Reference without file"))
    return [f"[{number}]", named, reader.number(card.question), dated, digest]


def _tied_to(reader: Reader, root_fingerprint: str, *, attached: bool) -> list[tuple[str, str]]:
    """Give everything outside this file that it can be compared with: template, record, audit trail, root certificate."""
    file, language = reader.file, reader.language
    rules = language.text(N_("rules of arithmetic {rules}"), rules=file.result.rules)
    used = [seen.template for seen in file.each()]
    tied = [(f"{reader.own(one.name)}, {one.id} {one.version}, {rules}, SHA-256:", one.hash) for one in used]
    if file.seal is not None:
        record = (
            N_("Sealed record, attached as assessment.json, SHA-256:") if attached else N_("Sealed record, not attached here, SHA-256:")
        )
        tied += [
            (language.text(record), file.seal.sha256),
            (language.text(N_("Audit trail at sealing, entry {seq}:"), seq=file.seal.audit_seq), file.seal.audit_head),
        ]
    if root_fingerprint:
        tied.append((language.text(N_("Root certificate, SHA-256:")), root_fingerprint))
    return tied
